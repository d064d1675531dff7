// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/commitmentexport.h"
#include "ui/permits/commitmentfields.h"
#include "ui/permits/exportitem.h"

#include <QSet>

namespace sonar {

/// Which commitments are asked for.
struct LotQuestion
{
    WalletForm form;
    QList<ExportItem> items;
    qsizetype view = 0; ///< index of the item in view
    bool viewAlone = false;
};

/// The commitments of a range as of now: those that an export holds and what becomes of the others.
struct CommitmentLot
{
    qsizetype count = 0;  ///< permits in the range
    qsizetype filled = 0; ///< with a form that is complete and fits
    bool viewAlone = false;
    bool possible = false;              ///< the sale is one that bids can be made in
    std::optional<ExportedPermit> view; ///< nothing when it went meanwhile
    std::optional<BidUnderPermit> viewBid;
    QString obstacle; ///< why there is no bid under the one in view; may be empty

    QList<BidUnderPermit> included; ///< in the range's order
    QStringList includedKeys;
    QList<ExportItem> missing;      ///< not filled in, or with a mistake
    QList<ExportItem> impossible;   ///< known to be of a type that no bid can be made under
    QList<ExportItem> otherWallets; ///< filled in, but not for the Safe of the one in view
    QByteArray safe;                ///< the wallet of a Safe batch

    /// Those whose faults the user is told of: what is included, and the one in view.
    QList<ExportedPermit> shown() const;
    bool includesOthers() const;
};

/// Looks only at permits that something was typed for and the one in view: to verify takes time.
/// `impossible` remembers the keys of those that were seen to be of no use.
CommitmentLot commitmentLot(const LotQuestion &question, const CommitmentBook &book,
                            const PermitSource &source, const Sale &sale,
                            QSet<QString> &impossible);

/// Entity and wallet.
QString itemTitle(const ExportItem &item);

/// What the user should know of a lot of several, a sentence or a few each: how many are filled in,
/// which aren't, what is left out and why.
QStringList lotSentences(const CommitmentLot &lot);
/// Something is left out or will be refused.
bool isLotDoubtful(const CommitmentLot &lot);

} // namespace sonar
