// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/commitmentfields.h"

#include <QCoreApplication>

#include <limits>

namespace sonar {

namespace {

struct CommitmentFieldsText
{
    Q_DECLARE_TR_FUNCTIONS(CommitmentFields)
};

constexpr quint64 largestPrice = std::numeric_limits<quint64>::max();

/// A price is a plain uint64 (protocol reference §7), typed with or without group separators.
std::optional<quint64> priceFrom(const QString &text, const QLocale &locale)
{
    const auto value = parseUnits(text, 0, locale);
    if (!value || *value > largestPrice)
        return std::nullopt;
    return static_cast<quint64>(*value);
}

QString amountProblem(const QString &text, int decimals, const QLocale &locale)
{
    if (text.isEmpty())
        return {};
    const auto amount = readUnits(text, decimals, locale);
    if (amount)
        return {};
    if (amount.error() == UnitsFault::TooLarge)
        return CommitmentFieldsText::tr("The amount is too large.");
    if (decimals == 0)
        return CommitmentFieldsText::tr("Not a whole number.");
    return decimals == 1
               ? CommitmentFieldsText::tr("Not a number with at most 1 decimal.")
               : CommitmentFieldsText::tr("Not a number with at most %1 decimals.").arg(decimals);
}

PurchasePermit termsOf(PurchasePermit permit)
{
    permit.expiresAt = 0;
    permit.signature.clear();
    return permit;
}

} // namespace

CommitmentCheck checkFields(const CommitmentFields &fields, const PurchasePermit &permit,
                            const AmountFormat &format)
{
    const QLocale &locale = format.locale;
    const int decimals = format.decimals.value_or(0);
    const QString totalText = fields.total.trimmed();
    const QString committedText = fields.committed.trimmed();
    const QString priceText = fields.price.trimmed();
    CommitmentCheck check;
    check.totalProblem = amountProblem(totalText, decimals, locale);
    check.committedProblem = amountProblem(committedText, decimals, locale);

    const auto total = parseUnits(totalText, decimals, locale);
    const auto committed = committedText.isEmpty() ? std::optional<Uint256>(0)
                                                   : parseUnits(committedText, decimals, locale);
    const auto price = priceFrom(priceText, locale);
    if (!price && !priceText.isEmpty())
        check.priceProblem =
            CommitmentFieldsText::tr("The price must be a whole number, at most %1.")
                .arg(formatUnits(largestPrice, 0, locale));

    const Bid bid{fields.lockup, price.value_or(0), total.value_or(0)};
    bool fits = total && committed && price;
    const QList<BidProblem> problems = checkBid(bid, permit, {decimals, format.symbol, locale});
    for (const BidProblem &problem : problems) {
        fits = false;
        if (problem.field == BidField::Amount && total)
            check.totalProblem = problem.text;
        if (problem.field == BidField::Price && price)
            check.priceProblem = problem.text;
    }
    if (total && committed && *committed > *total) {
        fits = false;
        check.committedProblem = CommitmentFieldsText::tr(
            "More than the new total. A bid can be raised but not lowered.");
    }
    if (fits)
        check.entry = CommitmentEntry{bid, Uint256(*total - *committed)};
    return check;
}

bool hasFixedPrice(const PurchasePermit &permit)
{
    return permit.minPrice && permit.minPrice == permit.maxPrice;
}

CommitmentFields firstFields(const PurchasePermit &permit, const AmountFormat &format)
{
    CommitmentFields fields;
    if (hasFixedPrice(permit))
        fields.price = formatUnits(*permit.minPrice, 0, format.locale);
    fields.lockup = permit.forcedLockup().value_or(false);
    return fields;
}

CommitmentFields CommitmentBook::fields(const QString &key, const PurchasePermit &permit,
                                        const AmountFormat &format) const
{
    const auto page = m_pages.constFind(key);
    if (page == m_pages.cend() || page->terms != termsOf(permit))
        return firstFields(permit, format);
    return page->fields;
}

void CommitmentBook::keep(const QString &key, const PurchasePermit &permit,
                          const CommitmentFields &fields)
{
    m_pages.insert(key, {termsOf(permit), fields});
}

} // namespace sonar
