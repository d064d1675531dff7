// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/bid.h"
#include "ui/permits/permitformat.h"

#include <QHash>
#include <QString>

#include <optional>

namespace sonar {

/// What a user typed for the bid under one permit.
struct CommitmentFields
{
    QString total;
    QString committed; ///< empty: nothing yet
    QString price;
    bool lockup = false;

    bool operator==(const CommitmentFields &) const = default;
};

/// The same as values that fit the permit.
struct CommitmentEntry
{
    Bid bid;
    Uint256 approval; ///< new total minus what is committed already
};

/// Fields held against a permit's limits. A problem is a sentence; an empty field has none, yet
/// there is no entry while one is empty or wrong.
struct CommitmentCheck
{
    QString totalProblem;
    QString committedProblem;
    QString priceProblem;
    std::optional<CommitmentEntry> entry;
};

CommitmentCheck checkFields(const CommitmentFields &fields, const PurchasePermit &permit,
                            const AmountFormat &format);

/// A permit that leaves one price has it in it, and one that requires the lock-up that.
bool hasFixedPrice(const PurchasePermit &permit);
CommitmentFields firstFields(const PurchasePermit &permit, const AmountFormat &format);

/// The fields of each permit, so that looking at another loses nothing.
class CommitmentBook
{
public:
    /// As kept for `key`; the first ones when there are none or they were for other terms. A
    /// renewed permit differs in its times and signature alone and keeps them.
    CommitmentFields fields(const QString &key, const PurchasePermit &permit,
                            const AmountFormat &format) const;
    void keep(const QString &key, const PurchasePermit &permit, const CommitmentFields &fields);
    bool holds(const QString &key) const { return m_pages.contains(key); }

private:
    struct Page
    {
        PurchasePermit terms;
        CommitmentFields fields;
    };
    QHash<QString, Page> m_pages;
};

} // namespace sonar
