// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/codecs.h"
#include "tests/fuzz/fuzztarget.h"

using namespace sonar;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body = fuzz::bytesOf(data, size);
    if (const auto read = decodeCommitmentData(body)) {
        fuzz::require(read->paymentTokenDecimals >= 0 && read->paymentTokenDecimals <= 77);
        for (const Commitment &commitment : read->commitments)
            fuzz::require(commitment.createdAt.isValid());
    }
    if (const auto investments = decodeInvestments(body)) {
        for (const Investment &investment : *investments)
            fuzz::require(investment.investedOn.isValid());
    }
    return 0;
}
