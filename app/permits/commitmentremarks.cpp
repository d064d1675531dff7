// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/commitmentremarks.h"

#include "app/base/hex.h"
#include "app/permits/walletaddress.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace sonar {

namespace {

struct CommitmentRemarks
{
    Q_DECLARE_TR_FUNCTIONS(sonar::CommitmentRemarks)
};

constexpr int longestLabel = 120;

/// Much the same to a person, and like a letter to a shell.
QChar harmless(QChar c)
{
    switch (c.unicode()) {
    case u'\'':
    case u'`':
        return QChar(0x2019); // ’
    case u'"':
        return QChar(0x201d); // ”
    case u'(':
    case u'[':
    case u'{':
    case u'<':
        return QChar(0x2039); // ‹
    case u')':
    case u']':
    case u'}':
    case u'>':
        return QChar(0x203a); // ›
    case u'&':
        return u'+';
    case u';':
        return u',';
    case u'|':
    case u'\\':
        return u'/';
    case u'!':
    case u'?':
        return u'.';
    case u'*':
    case u'#':
    case u'$':
    case u'=':
    case u'^':
    case u'~':
        return u'_';
    default:
        return c;
    }
}

QString amountWords(const Uint256 &amount, const Chain &chain)
{
    const QString number = plainUnits(amount, chain.paymentTokenDecimals.value_or(0));
    if (!chain.paymentTokenDecimals)
        return CommitmentRemarks::tr("%1 base units").arg(number);
    const QString symbol = chain.paymentTokenSymbol.isEmpty() ? CommitmentRemarks::tr("tokens")
                                                              : chain.paymentTokenSymbol.left(24);
    return number + QLatin1Char(' ') + symbol;
}

QString entityWords(const BidUnderPermit &commitment)
{
    const QString label =
        oneLine(commitment.permit.entityLabel.left(4 * longestLabel)).left(longestLabel);
    const QString id = toHex(commitment.permit.permit.entityId);
    return label.isEmpty() ? id : QStringLiteral("%1, %2").arg(label, id);
}

/// Each group of which more than one kind is in `members`: its key and how many.
struct Shared
{
    QByteArray first;
    qsizetype firstCount = 0;
    qsizetype groups = 0;
};

Shared sharedOf(const QList<std::pair<QByteArray, QByteArray>> &members)
{
    QHash<QByteArray, QSet<QByteArray>> kinds;
    for (const auto &[group, kind] : members)
        kinds[group].insert(kind);
    Shared shared;
    QSet<QByteArray> seen;
    for (const auto &[group, kind] : members) {
        const qsizetype count = kinds[group].size();
        if (count < 2 || seen.contains(group))
            continue;
        seen.insert(group);
        if (++shared.groups > 1)
            continue;
        shared.first = group;
        shared.firstCount = count;
    }
    return shared;
}

} // namespace

QString oneLine(const QString &text)
{
    QString line = text.simplified();
    line.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
               c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
    });
    return line.simplified();
}

QString commented(const QStringList &lines)
{
    QString text;
    for (const QString &line : lines) {
        text += QLatin1String("# ");
        for (const QChar c : oneLine(line))
            text += harmless(c);
        text += QLatin1Char('\n');
    }
    return text;
}

QString commitmentTitle(const BidUnderPermit &commitment, qsizetype number, qsizetype count)
{
    const QString entity = entityWords(commitment);
    return count == 1 ? CommitmentRemarks::tr("Entity %1.").arg(entity)
                      : CommitmentRemarks::tr("%1 of %2: entity %3.")
                            .arg(QString::number(number), QString::number(count), entity);
}

QStringList commitmentRemarks(const Sale &sale, const BidUnderPermit &commitment,
                              const QString &title)
{
    const Bid &bid = commitment.bid;
    const PurchasePermit &permit = commitment.permit.permit;
    QStringList lines = {title};
    lines << CommitmentRemarks::tr("New total %1 at price %2, %3. Approves %4.")
                 .arg(amountWords(bid.amount, *sale.chain), QString::number(bid.price),
                      bid.lockup ? CommitmentRemarks::tr("with lock-up")
                                 : CommitmentRemarks::tr("without lock-up"),
                      amountWords(commitment.approval, *sale.chain));
    lines << CommitmentRemarks::tr("To be sent by %1 before %2.")
                 .arg(checksummedAddress(permit.wallet), momentText(permit.expiresAt));
    const PermitVerification &verification = commitment.permit.verification;
    if (!verification.usable())
        lines << CommitmentRemarks::tr("WARNING: this permit did not pass its checks.");
    for (const PermitCheck &check : verification.checks) {
        if (check.result == CheckResult::Failed)
            lines << QStringLiteral("%1: %2").arg(permitCheckName(check.kind), check.text);
    }
    for (const QString &note : permitNotes(verification))
        lines << CommitmentRemarks::tr("NOTE: %1").arg(note);
    if (verification.contractAskedAt)
        lines << CommitmentRemarks::tr("The sale contract was asked at %1.")
                     .arg(momentText(quint64(std::max<qint64>(*verification.contractAskedAt, 0))));
    return lines;
}

QStringList contractNotes(const QList<BidUnderPermit> &commitments)
{
    QList<std::pair<QByteArray, QByteArray>> byWallet;
    QList<std::pair<QByteArray, QByteArray>> byEntity;
    for (const BidUnderPermit &one : commitments) {
        const PurchasePermit &permit = one.permit.permit;
        byWallet.append({permit.wallet, permit.entityId});
        byEntity.append({permit.entityId, permit.wallet});
    }
    QStringList notes;
    // Protocol reference §9, WalletTiedToAnotherEntity and MaxWalletsPerEntityExceeded.
    if (const Shared wallets = sharedOf(byWallet); wallets.groups > 0) {
        const QString wallet = checksummedAddress(wallets.first);
        const QString who =
            wallets.groups == 1
                ? CommitmentRemarks::tr("%1 bids for %2 entities here.")
                      .arg(wallet, QString::number(wallets.firstCount))
                : CommitmentRemarks::tr("%1 and others bid for more than one entity here.")
                      .arg(wallet);
        notes << CommitmentRemarks::tr(
                     "%1 The SettlementSale contract ties a wallet to the first entity that bids "
                     "from it and refuses the others; a Safe batch then fails as a whole.")
                     .arg(who);
    }
    if (const Shared entities = sharedOf(byEntity); entities.groups > 0) {
        const QString id = toHex(entities.first);
        const QString who =
            entities.groups == 1
                ? CommitmentRemarks::tr("Entity %1 bids from %2 wallets here.")
                      .arg(id, QString::number(entities.firstCount))
                : CommitmentRemarks::tr("Entity %1 and others bid from more than one wallet here.")
                      .arg(id);
        notes << CommitmentRemarks::tr(
                     "%1 They share one bid: for the second wallet, the total of the first is "
                     "committed already.")
                     .arg(who);
    }
    return notes;
}

} // namespace sonar
