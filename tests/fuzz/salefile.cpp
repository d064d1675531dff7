// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/salefile.h"
#include "app/base/loopback.h"
#include "tests/fuzz/fuzztarget.h"

using namespace sonar;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto sale = parseSaleFile(fuzz::bytesOf(data, size));
    if (!sale)
        return 0;
    fuzz::require(!sale->redirectUris.isEmpty());
    fuzz::require(isAllowedUrl(sale->apiUrl) && isAllowedUrl(sale->frontendUrl));
    // Written and read again it is the same sale.
    auto again = parseSaleFile(toSaleFile(*sale));
    fuzz::require(again.has_value());
    again->fileText = sale->fileText;
    fuzz::require(*again == *sale);
    return 0;
}
