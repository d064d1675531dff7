// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/answererror.h"
#include "app/net/redaction.h"
#include "tests/fuzz/fuzztarget.h"

#include <algorithm>

using namespace sonar;

/// First line: status, Retry-After, request id and a secret, with spaces between; then the body.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    const qsizetype line = std::max<qsizetype>(bytes.indexOf('\n'), 0);
    const QByteArrayList facts = bytes.left(line).split(' ');
    const int status = facts.value(0).toInt();
    Error error = errorFromAnswer({status, facts.value(2), facts.value(1), bytes.mid(line)});
    fuzz::require(!error.summary.isEmpty() && !error.details.isEmpty());
    fuzz::require(error.httpStatus == status);
    fuzz::require(error.retryAfterSeconds >= -1 && error.retryAfterSeconds <= 24 * 3600);
    fuzz::require(error.report().size() < 2'000);
    for (const QChar c : error.summary)
        fuzz::require(c.category() != QChar::Other_Control && c.category() != QChar::Other_Format);
    const QByteArray secret = facts.value(3);
    error = withoutSecrets(error, {secret});
    if (secret.size() >= 8) // shorter ones may stand in the program's own words
        fuzz::require(!error.report().contains(QString::fromUtf8(secret)));
    return 0;
}
