// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/config/sale.h"

#include <QString>
#include <QStringView>

namespace sonar {

/// What a wallet must be to buy in a sale.
struct WalletRules
{
    /// Without a sale: any address of that kind of chain but the zero one.
    WalletRules(ChainType chainType = ChainType::Evm)
        : type(chainType)
    {}
    static WalletRules of(const Sale &sale);

    ChainType type;
    quint64 chainId = 0;  ///< EVM; 0: not known
    QString saleContract; ///< address, as the sale file has it; may be empty
    QString paymentToken; ///< likewise

    bool operator==(const WalletRules &) const = default;
};

/// Why nobody buys from `address`, which is in its display form: a sentence. Empty for a wallet.
QString whyNotAWallet(const QString &address, const WalletRules &rules);

/// `text` without the characters that can't be seen: zero-width ones, marks of direction, a byte
/// order mark.
QString withoutInvisible(const QString &text);

/// Meant for an address, right or wrong: it begins with 0x, or is as long as a base58 key and of
/// its letters.
bool isLikeWalletAddress(const QString &text);

/// The wallet address that a person typed or pasted, in the form it is shown and sent in (EIP-55,
/// or base58). Invisible characters, quotation marks around it, 0X, and a prefix for the sale's own
/// chain (EIP-3770 "base:0x…", EIP-681 "ethereum:0x…@8453", CAIP-10 "eip155:8453:0x…") are taken
/// off. The error (InvalidInput) says what is wrong. The zero address, the sale contract and the
/// payment token aren't wallets.
Result<QString> parseWalletAddress(const QString &text, const WalletRules &rules);

} // namespace sonar
