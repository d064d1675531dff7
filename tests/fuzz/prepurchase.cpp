// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/codecs.h"
#include "tests/fuzz/fuzztarget.h"

using namespace sonar;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto result = decodePrePurchase(fuzz::bytesOf(data, size));
    if (result && result->reasonText.isEmpty())
        fuzz::require(result->reason == FailureReason::None);
    return 0;
}
