// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/walletbookmodel.h"

#include "ui/permits/permitformat.h"

#include <algorithm>

namespace sonar {

namespace {

constexpr int longestWalletName = 60;

} // namespace

void WalletBookModel::setWallets(const QList<Wallet> &wallets)
{
    beginResetModel();
    m_wallets = wallets;
    endResetModel();
}

void WalletBookModel::removeWallets(QList<int> rows)
{
    std::sort(rows.begin(), rows.end(), std::greater<>());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const int row : std::as_const(rows)) {
        if (row < 0 || row >= m_wallets.size())
            continue;
        beginRemoveRows({}, row, row);
        m_wallets.removeAt(row);
        endRemoveRows();
    }
    Q_EMIT edited();
}

int WalletBookModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_wallets.size());
}

int WalletBookModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant WalletBookModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_wallets.size())
        return {};
    const Wallet &wallet = m_wallets.at(index.row());
    const bool name = index.column() == NameColumn;
    switch (role) {
    case Qt::DisplayRole:
        return name ? shownText(wallet.name, longestWalletName) : wallet.address;
    case Qt::EditRole:
        return name ? wallet.name : wallet.address;
    case Qt::ToolTipRole:
        return plainToolTip(name ? wallet.name : wallet.address);
    case Qt::AccessibleTextRole:
        if (name && wallet.name.isEmpty())
            return tr("No name");
        return data(index, Qt::DisplayRole);
    default:
        return {};
    }
}

bool WalletBookModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || index.column() != NameColumn)
        return false;
    const QString name = value.toString().simplified().left(longestWalletName);
    if (m_wallets.at(index.row()).name == name)
        return false;
    m_wallets[index.row()].name = name;
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags WalletBookModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    if (index.column() == NameColumn)
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant WalletBookModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Name") : tr("Address");
}

} // namespace sonar
