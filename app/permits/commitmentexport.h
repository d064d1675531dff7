// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/bid.h"
#include "app/permits/permitexport.h"

#include <QStringList>

namespace sonar {

/// How commitments are handed to the wallets that make them.
enum class WalletForm {
    Calldata,     ///< hex of approve and of the bid
    CastCommands, ///< two command lines for Foundry's cast
    SafeBatch,    ///< a file for Safe's Transaction Builder, of one wallet
    PhoneLink,    ///< EIP-681 link for one approve alone
};

/// A bid under one permit.
struct BidUnderPermit
{
    ExportedPermit permit;
    Bid bid;
    Uint256 approval; ///< what the contract will take: new total minus what is committed already
};

/// The values of the sale that every WalletForm needs and that aren't known, as the sale's editor
/// names them; empty when nothing is missing.
QStringList missingChainValues(const Sale &sale);

/// Why there is no commitment under such a permit; empty when there is.
QString whyNoCommitment(const PurchasePermit &permit);

/// The commitments as text of one form, in their order: approve and bid of the first, then of the
/// next. Whatever isn't a call itself stands in comment lines ("# …") or, in a Safe batch, in its
/// description: for whom and how much, until when, which checks a permit failed, and what the
/// contract makes of several. An error (InvalidInput) when a form can't hold them: a Safe batch is
/// of one wallet, a link of one permit.
Result<QByteArray> commitmentText(WalletForm form, const Sale &sale,
                                  const QList<BidUnderPermit> &commitments, const QDateTime &now);

/// One commitment as what goes into a wallet or a terminal one by one: approve and the bid, bare.
/// Empty for forms that are taken whole.
QStringList commitmentPieces(WalletForm form, const Sale &sale, const BidUnderPermit &commitment);

} // namespace sonar
