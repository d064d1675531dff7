// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/walletlist.h"
#include "app/permits/walletaddress.h"
#include "tests/fuzz/fuzztarget.h"

#include <QSet>

using namespace sonar;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = QString::fromUtf8(fuzz::bytesOf(data, size));
    for (const ChainType chain : {ChainType::Evm, ChainType::Svm}) {
        const WalletReading reading = readWalletLines(text, chain);
        QSet<QString> seen;
        for (const Wallet &wallet : reading.wallets) {
            // Each address once, and one that is read back as itself.
            fuzz::require(!seen.contains(wallet.address));
            seen.insert(wallet.address);
            const auto again = readWalletLines(wallet.address, chain);
            fuzz::require(again.wallets.size() == 1 && again.wallets[0].address == wallet.address);
        }
        for (const RefusedLine &refused : reading.refused)
            fuzz::require(refused.number >= 1 && !refused.reason.isEmpty());
    }
    const WalletReading table = readWalletCsv(fuzz::bytesOf(data, size), ChainType::Evm);
    for (const Wallet &wallet : table.wallets)
        fuzz::require(parseWalletAddress(wallet.address, ChainType::Evm) == wallet.address);
    for (const RefusedLine &refused : table.refused)
        fuzz::require(!refused.reason.isEmpty());
    return 0;
}
