// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/bid.h"
#include "app/permits/purchasepermit.h"

#include <QByteArray>
#include <QList>

namespace sonar {

/// Calldata of what is asked of a sale contract and its payment token (protocol reference §9).
/// Addresses are 20 bytes.

/// First four bytes of the hash of "name(types)"; the whole calldata of a call without arguments:
/// "stage()", "cancelBid()", "claimRefund()".
QByteArray functionSelector(const QByteArray &signature);

// ERC-20
QByteArray approveCalldata(const QByteArray &spender, const Uint256 &amount);
QByteArray balanceOfCalldata(const QByteArray &account);
QByteArray allowanceCalldata(const QByteArray &owner, const QByteArray &spender);

// SettlementSale. Both contracts below take permits of type v3 alone: an error (InvalidInput) for
// any other.
Result<QByteArray> replaceBidWithApprovalCalldata(const QByteArray &token, const Bid &bid,
                                                  const PurchasePermit &permit);
QByteArray entityStatesByIdsCalldata(const QList<QByteArray> &entityIds);

// ExampleSale
Result<QByteArray> purchaseCalldata(const Uint256 &amount, const PurchasePermit &permit);

} // namespace sonar
