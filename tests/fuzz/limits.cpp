// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/codecs.h"
#include "tests/fuzz/fuzztarget.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)sonar::decodeLimits(sonar::fuzz::bytesOf(data, size));
    return 0;
}
