// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitimport.h"
#include "app/permits/permitexport.h"
#include "tests/fuzz/fuzztarget.h"

#include <QTimeZone>

using namespace sonar;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto import = parsePermitImport(fuzz::bytesOf(data, size));
    if (!import)
        return 0;
    QList<ExportedPermit> permits;
    for (const ImportedPermit &one : import->permits) {
        ExportedPermit permit;
        permit.entityLabel = one.entityLabel;
        permit.saleSpecificEntityId = one.claimed.saleSpecificEntityId;
        permit.wallet = one.claimed.wallet;
        permit.replyText = one.replyText;
        permit.permit = one.permit;
        permit.verification = verifyPermit(one.permit, one.claimed, 1'800'000'000);
        permit.receivedAt = one.receivedAt;
        permits << permit;
    }
    // Exported again it can be read again, every reply byte for byte.
    const QByteArray text = permitsAsJson(
        permits, import->sale, QDateTime::fromSecsSinceEpoch(1'800'000'000, QTimeZone::utc()));
    (void)permitsAsCsv(permits, import->sale);
    const auto again = parsePermitImport(text);
    fuzz::require(again.has_value() && again->permits.size() == permits.size());
    for (qsizetype i = 0; i < permits.size(); ++i)
        fuzz::require(again->permits[i].replyText == permits[i].replyText);
    return 0;
}
