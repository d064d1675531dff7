// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/purchasepermit.h"

#include <QList>
#include <QLocale>
#include <QString>

namespace sonar {

/// What a commitment says to the sale contract (protocol reference §9).
struct Bid
{
    bool lockup = false;
    quint64 price = 0; ///< as the permit's MinPrice and MaxPrice count it
    Uint256 amount;    ///< the entity's new total in base units, not the increment

    bool operator==(const Bid &) const = default;
};

enum class BidField { Amount, Price, Lockup };

/// Why the contract would refuse a bid under a permit.
struct BidProblem
{
    BidField field; ///< where to show it
    QString text;   ///< plain words

    bool operator==(const BidProblem &) const = default;
};

/// How amounts are written in words.
struct AmountWording
{
    int decimals = 0;
    QString symbol; ///< may be empty; plain text
    QLocale locale = QLocale::c();
};

/// Every limit of `permit` that `bid` breaks; empty when it fits. Limits that its type doesn't
/// have aren't checked.
QList<BidProblem> checkBid(const Bid &bid, const PurchasePermit &permit,
                           const AmountWording &wording);

} // namespace sonar
