// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitdigest.h"
#include "app/permits/permitverification.h"
#include "app/sonar/codecs.h"
#include "tests/fuzz/fuzztarget.h"

using namespace sonar;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body = fuzz::bytesOf(data, size);
    if (const auto reply = decodePermitReply(body)) {
        fuzz::require(reply->body == body);
        fuzz::require(body.contains(reply->permitJson) && body.contains(reply->signature));
    }
    for (const ChainType chain : {ChainType::Evm, ChainType::Svm}) {
        const auto permit = decodePermit(body, chain);
        if (!permit)
            continue;
        fuzz::require(permit->entityId.size() == 16 && permit->saleUuid.size() == 16);
        fuzz::require(permit->wallet.size() == (chain == ChainType::Evm ? 20 : 32));
        if (permit->type == PermitType::Solana)
            fuzz::require(!borshEncode(*permit).isEmpty());
        else if (permit->type != PermitType::Allocation)
            fuzz::require(abiEncode(*permit).size() % 32 == 0);
        fuzz::require(!verifyPermit(*permit, {}, 1'800'000'000).checks.isEmpty());
    }
    return 0;
}
