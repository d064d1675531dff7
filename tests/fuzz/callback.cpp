// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/callbackrequest.h"
#include "tests/fuzz/fuzztarget.h"

using namespace sonar;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    if (const auto head = parseRequestHead(bytes)) {
        fuzz::require(!head->method.isEmpty() && head->path.startsWith('/'));
        fuzz::require(!head->path.contains('?') && !head->query.contains(' '));
        fuzz::require(!head->host.contains('\r') && !head->host.contains('\n'));
        (void)parseCallbackQuery(head->query);
    }
    const CallbackParameters parameters = parseCallbackQuery(bytes);
    fuzz::require(parameters.code.size() <= bytes.size());
    return 0;
}
