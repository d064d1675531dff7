// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitfiltermodel.h"

namespace sonar {

PermitFilterModel::PermitFilterModel(PermitTableModel *model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(model);
    setDynamicSortFilter(true);
}

void PermitFilterModel::setSearch(const QString &text)
{
    const QStringList terms =
        text.toCaseFolded().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (terms == m_terms)
        return;
    m_terms = terms;
    invalidateFilter();
}

void PermitFilterModel::setState(std::optional<PermitState> state)
{
    if (state == m_state)
        return;
    m_state = state;
    invalidateFilter();
}

QList<int> PermitFilterModel::sourceRows() const
{
    QList<int> rows;
    rows.reserve(rowCount());
    for (int row = 0; row < rowCount(); ++row)
        rows << mapToSource(index(row, 0)).row();
    return rows;
}

bool PermitFilterModel::filterAcceptsRow(int row, const QModelIndex &) const
{
    return (!m_state || m_model->state(row) == *m_state) && m_model->matches(row, m_terms);
}

bool PermitFilterModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto column = PermitTableModel::Column(left.column());
    const bool leftHas = m_model->hasSortValue(column, left.row());
    const bool rightHas = m_model->hasSortValue(column, right.row());
    // Empty cells stand at the end in both directions.
    if (leftHas != rightHas)
        return leftHas == (sortOrder() == Qt::AscendingOrder);
    return m_model->compare(column, left.row(), right.row()) < 0;
}

} // namespace sonar
