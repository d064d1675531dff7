// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/preferences.h"

#include <QAbstractTableModel>

namespace sonar {

/// The wallets of a book; names can be edited in place.
class WalletBookModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, AddressColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setWallets(const QList<Wallet> &wallets);
    const QList<Wallet> &wallets() const { return m_wallets; }
    void removeWallets(QList<int> rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void edited(); ///< renamed or removed by the user

private:
    QList<Wallet> m_wallets;
};

} // namespace sonar
