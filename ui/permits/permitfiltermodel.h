// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permittablemodel.h"

#include <QSortFilterProxyModel>

namespace sonar {

/// Search, status filter and order over a PermitTableModel.
class PermitFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit PermitFilterModel(PermitTableModel *model, QObject *parent = nullptr);

    void setSearch(const QString &text); ///< every word must occur
    void setState(std::optional<PermitState> state);
    bool isFiltering() const { return !m_terms.isEmpty() || m_state.has_value(); }

    /// Rows of the PermitTableModel, as they stand in view.
    QList<int> sourceRows() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    PermitTableModel *m_model;
    QStringList m_terms;
    std::optional<PermitState> m_state;
};

} // namespace sonar
