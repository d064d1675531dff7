// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verify/verifiedlistmodel.h"

#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/verify/verificationreport.h"

namespace sonar {

namespace {

/// For a permit's sign in the list: the same three as for a check.
CheckResult resultOf(ImportStanding standing)
{
    switch (standing) {
    case ImportStanding::Usable:
        return CheckResult::Passed;
    case ImportStanding::Unconfirmed:
        return CheckResult::NotChecked;
    case ImportStanding::NotUsable:
        break;
    }
    return CheckResult::Failed;
}

} // namespace

void VerifiedListModel::setFile(const VerifiedFile &file)
{
    const bool sameRows = file.permits.size() == m_file.permits.size();
    if (!sameRows)
        beginResetModel();
    m_file = file;
    if (!sameRows)
        endResetModel();
    else if (!m_file.permits.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1)); // the current one stays current
}

int VerifiedListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_file.permits.size());
}

QVariant VerifiedListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ImportedPermit &permit = m_file.import.permits[index.row()];
    const VerifiedImport &verified = m_file.permits[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return QStringLiteral("%1  %2").arg(checkSymbol(resultOf(verified.standing())),
                                            importedTitle(permit));
    case Qt::AccessibleTextRole:
        return tr("%1: %2", "usable or not, permit")
            .arg(standingText(verified), importedTitle(permit));
    case Qt::ToolTipRole:
        return plainToolTip(importedWallet(permit.permit));
    default:
        return {};
    }
}

} // namespace sonar
