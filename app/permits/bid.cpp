// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/bid.h"

#include <QCoreApplication>

#include <limits>

namespace sonar {

namespace {

struct BidText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::Bid)
};

QString amountText(const Uint256 &amount, const AmountWording &wording)
{
    const QString number = formatUnits(amount, wording.decimals, wording.locale);
    return wording.symbol.isEmpty() ? number : number + QChar(QChar::Nbsp) + wording.symbol;
}

/// A whole number, grouped like amounts.
QString priceText(quint64 price, const QLocale &locale)
{
    return formatUnits(price, 0, locale);
}

QString refusedAmount(const Bid &bid, const PurchasePermit &permit, const AmountWording &wording)
{
    if (bid.amount == 0)
        return BidText::tr("Enter an amount: the sale refuses a total of zero.");
    if (permit.minAmount && bid.amount < *permit.minAmount)
        return BidText::tr("The permit asks for a total of at least %1.")
            .arg(amountText(*permit.minAmount, wording));
    if (permit.maxAmount && bid.amount > *permit.maxAmount)
        return BidText::tr("The permit allows a total of at most %1.")
            .arg(amountText(*permit.maxAmount, wording));
    if (permit.type == PermitType::Solana && bid.amount > std::numeric_limits<quint64>::max())
        return BidText::tr("The amount is larger than a sale on Solana can take.");
    return {};
}

QString refusedPrice(const Bid &bid, const PurchasePermit &permit, const QLocale &locale)
{
    if (permit.minPrice && permit.minPrice == permit.maxPrice && bid.price != *permit.minPrice)
        return BidText::tr("The permit allows no price but %1.")
            .arg(priceText(*permit.minPrice, locale));
    if (permit.minPrice && bid.price < *permit.minPrice)
        return BidText::tr("The permit asks for a price of at least %1.")
            .arg(priceText(*permit.minPrice, locale));
    if (permit.maxPrice && bid.price > *permit.maxPrice)
        return BidText::tr("The permit allows a price of at most %1.")
            .arg(priceText(*permit.maxPrice, locale));
    return {};
}

} // namespace

QList<BidProblem> checkBid(const Bid &bid, const PurchasePermit &permit,
                           const AmountWording &wording)
{
    QList<BidProblem> problems;
    if (const QString text = refusedAmount(bid, permit, wording); !text.isEmpty())
        problems.append({BidField::Amount, text});
    if (const QString text = refusedPrice(bid, permit, wording.locale); !text.isEmpty())
        problems.append({BidField::Price, text});
    if (permit.forcedLockup().value_or(false) && !bid.lockup)
        problems.append({BidField::Lockup,
                         BidText::tr("The permit requires the lock-up: the sale refuses a bid "
                                     "without it.")});
    return problems;
}

} // namespace sonar
