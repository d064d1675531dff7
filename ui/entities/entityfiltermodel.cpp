// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entityfiltermodel.h"

#include "ui/entities/entitytablemodel.h"

#include <algorithm>

namespace sonar {

EntityFilterModel::EntityFilterModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    // The C locale knows neither numbers nor letters, only bytes.
    if (QLocale().language() == QLocale::C)
        m_collator.setLocale(QLocale(QLocale::English));
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
}

void EntityFilterModel::setSearch(const QString &text)
{
    const QStringList words =
        text.toCaseFolded().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

void EntityFilterModel::setStanding(std::optional<Standing> standing)
{
    if (standing == m_standing)
        return;
    m_standing = standing;
    invalidateFilter();
}

bool EntityFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex entity = sourceModel()->index(row, 0, parent);
    if (m_standing && entity.data(EntityTableModel::StandingRole).toInt() != int(*m_standing))
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = entity.data(EntityTableModel::SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&text](const QString &word) { return text.contains(word); });
}

bool EntityFilterModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto compare = [this](const QModelIndex &a, const QModelIndex &b) {
        const QVariant first = a.data(EntityTableModel::SortRole);
        const QVariant second = b.data(EntityTableModel::SortRole);
        if (first.typeId() == QMetaType::Int)
            return first.toInt() - second.toInt();
        return m_collator.compare(first.toString(), second.toString());
    };
    if (const int order = compare(left, right); order != 0)
        return order < 0;
    // Equal cells: by name, then by id, so that the order never depends on the server's.
    for (const int column : {EntityTableModel::Label, EntityTableModel::EntityId}) {
        if (const int order = compare(left.siblingAtColumn(column), right.siblingAtColumn(column));
            order != 0)
            return order < 0;
    }
    return false;
}

} // namespace sonar
