// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/commitmentlot.h"

#include "app/permits/commitmentremarks.h"
#include "app/permits/walletaddress.h"
#include "ui/permits/permitformat.h"

#include <QCoreApplication>

#include <algorithm>

namespace sonar {

namespace {

struct CommitmentLotText
{
    Q_DECLARE_TR_FUNCTIONS(CommitmentLot)
};

constexpr qsizetype namedItems = 3;

/// Why there is no bid under any permit of the sale.
QString saleObstacle(const Sale &sale)
{
    const QStringList missing = missingChainValues(sale);
    if (missing.isEmpty())
        return {};
    return CommitmentLotText::tr("The sale file doesn't say: %1. The people who run the sale "
                                 "publish it; add it by Edit sale… and export again.")
        .arg(missing.join(CommitmentLotText::tr(", ", "between listed values")));
}

QString named(const QList<ExportItem> &items)
{
    QStringList names;
    for (const ExportItem &item : items.mid(0, namedItems))
        names << itemTitle(item);
    if (items.size() > namedItems)
        names << CommitmentLotText::tr("and %1 more").arg(items.size() - namedItems);
    return names.join(CommitmentLotText::tr("; ", "between listed permits"));
}

/// Into its place in the lot.
void sort(CommitmentLot &lot, WalletForm form, const ExportItem &item, const BidUnderPermit &bid)
{
    ++lot.filled;
    if (form == WalletForm::SafeBatch) {
        if (lot.safe.isEmpty())
            lot.safe = bid.permit.permit.wallet;
        if (bid.permit.permit.wallet != lot.safe) {
            lot.otherWallets << item;
            return;
        }
    }
    lot.included << bid;
    lot.includedKeys << item.key();
}

} // namespace

QList<ExportedPermit> CommitmentLot::shown() const
{
    QList<ExportedPermit> permits;
    for (const BidUnderPermit &one : included)
        permits << one.permit;
    if (view && !viewBid)
        permits << *view;
    return permits;
}

bool CommitmentLot::includesOthers() const
{
    return included.size() > (viewBid ? 1 : 0);
}

CommitmentLot commitmentLot(const LotQuestion &question, const CommitmentBook &book,
                            const PermitSource &source, const Sale &sale, QSet<QString> &impossible)
{
    CommitmentLot lot;
    lot.count = question.items.size();
    lot.viewAlone = question.viewAlone;
    const AmountFormat format = AmountFormat::of(sale);
    const QString obstacle = saleObstacle(sale);
    lot.possible = obstacle.isEmpty() && sale.chainType() == ChainType::Evm;
    // One by one: which permit is whose isn't to be read from what the service put in it.
    const auto permitOf = [&source](const ExportItem &item) -> std::optional<ExportedPermit> {
        const QList<ExportedPermit> found = source.permits({item});
        return found.isEmpty() ? std::nullopt : std::optional(found.front());
    };
    if (question.view >= 0 && question.view < lot.count)
        lot.view = permitOf(question.items[question.view]);
    if (lot.view) {
        lot.safe = lot.view->permit.wallet;
        lot.obstacle = whyNoCommitment(lot.view->permit);
        if (lot.obstacle.isEmpty())
            lot.obstacle = obstacle;
    }
    for (qsizetype i = 0; i < lot.count; ++i) {
        const bool inView = i == question.view;
        const ExportItem &item = question.items[i];
        const QString key = item.key();
        if (question.viewAlone && !inView)
            continue;
        std::optional<ExportedPermit> permit;
        if (inView)
            permit = lot.view;
        else if (book.holds(key))
            permit = permitOf(item);
        if (permit) {
            impossible.remove(key);
            if (!whyNoCommitment(permit->permit).isEmpty())
                impossible.insert(key);
        }
        if (impossible.contains(key)) {
            lot.impossible << item;
            continue;
        }
        std::optional<CommitmentEntry> entry;
        if (permit && lot.possible)
            entry =
                checkFields(book.fields(key, permit->permit, format), permit->permit, format).entry;
        if (!entry) {
            lot.missing << item;
            continue;
        }
        const BidUnderPermit bid{*permit, entry->bid, entry->approval};
        if (inView)
            lot.viewBid = bid;
        sort(lot, question.form, item, bid);
    }
    return lot;
}

QString itemTitle(const ExportItem &item)
{
    return CommitmentLotText::tr("%1, %2", "entity, wallet")
        .arg(entityName(item.entityLabel, item.saleSpecificEntityId), walletName(item.wallet, {}));
}

QStringList lotSentences(const CommitmentLot &lot)
{
    if (lot.viewAlone)
        return {CommitmentLotText::tr("Holds this permit alone, of %1.").arg(lot.count)};
    QStringList lines;
    lines << (lot.filled == lot.count
                  ? CommitmentLotText::tr("All %1 commitments are complete.").arg(lot.count)
                  : CommitmentLotText::tr("%n of %1 commitments are complete.", nullptr, lot.filled)
                        .arg(lot.count));
    if (!lot.missing.isEmpty())
        lines.last() += QLatin1Char(' ') +
                        CommitmentLotText::tr("Not included yet: %1.").arg(named(lot.missing));
    if (!lot.impossible.isEmpty())
        lines
            << CommitmentLotText::tr("Can't be exported this way: %1.").arg(named(lot.impossible));
    if (!lot.otherWallets.isEmpty())
        lines << CommitmentLotText::tr("A batch is for one Safe; this one is for %1. Left out, as "
                                       "filled in for another wallet: %2. Choose a permit of that "
                                       "wallet above to make its batch.")
                     .arg(checksummedAddress(lot.safe), named(lot.otherWallets));
    return lines + contractNotes(lot.included);
}

bool isLotDoubtful(const CommitmentLot &lot)
{
    return !lot.viewAlone &&
           (!lot.otherWallets.isEmpty() || !contractNotes(lot.included).isEmpty());
}

} // namespace sonar
