// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitfiltermodel.h"

#include <algorithm>
#include <numeric>

// Which rows stand where; permitgroups.cpp has what a group shows.

namespace sonar {

namespace {

/// Changes within this time move rows together.
constexpr int settleMilliseconds = 250;

} // namespace

PermitFilterModel::PermitFilterModel(PermitTableModel *model, QObject *parent)
    : QAbstractTableModel(parent)
    , m_model(model)
{
    m_later.setSingleShot(true);
    m_later.setInterval(settleMilliseconds);
    connect(&m_later, &QTimer::timeout, this, &PermitFilterModel::settle);
    followSource();
    makeEntries(sortedRows());
}

void PermitFilterModel::followSource()
{
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_folded.clear();
        makeEntries(sortedRows());
        endResetModel();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &PermitFilterModel::rebuild);
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                beginMove();
                for (int &entry : m_movedEntries) {
                    if (entry > last)
                        entry -= last - first + 1;
                    else if (entry >= first)
                        entry = std::numeric_limits<int>::max(); // gone
                }
            });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        makeEntries(sortedRows());
        endMove();
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                sourceChanged(first.row(), last.row(), first.column(), last.column());
            });
}

void PermitFilterModel::sourceChanged(int first, int last, int firstColumn, int lastColumn)
{
    // A few rows are told one by one, many as a whole: views only repaint what is visible.
    constexpr int few = 16;
    if (last - first < few) {
        for (int row = first; row <= last; ++row) {
            if (const int place = m_places[size_t(row)]; place >= 0)
                Q_EMIT dataChanged(index(place, firstColumn), index(place, lastColumn));
        }
    } else if (!m_entries.empty()) {
        Q_EMIT dataChanged(index(0, firstColumn), index(rowCount() - 1, lastColumn));
    }
    // The countdown alone moves nothing.
    const bool onlyTime = firstColumn == PermitTableModel::TimeLeftColumn &&
                          lastColumn == PermitTableModel::TimeLeftColumn;
    if (!onlyTime && !m_later.isActive())
        m_later.start();
}

void PermitFilterModel::setSearch(const QString &text)
{
    const QStringList terms =
        text.toCaseFolded().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (terms == m_terms)
        return;
    m_terms = terms;
    rebuild();
}

void PermitFilterModel::setState(std::optional<PermitState> state)
{
    if (state == m_state)
        return;
    m_state = state;
    rebuild();
}

void PermitFilterModel::setGrouping(Grouping grouping)
{
    if (grouping == m_grouping)
        return;
    beginMove();
    // Groups of another kind are gone.
    for (int &entry : m_movedEntries) {
        if (entry < 0)
            entry = std::numeric_limits<int>::max();
    }
    m_grouping = grouping;
    m_folded.clear();
    makeEntries(sortedRows());
    endMove();
}

void PermitFilterModel::sort(int column, Qt::SortOrder order)
{
    m_column = column < 0 ? PermitTableModel::EntityColumn : PermitTableModel::Column(column);
    m_order = order;
    rebuild();
}

void PermitFilterModel::settle()
{
    m_later.stop();
    rebuild();
}

std::vector<int> PermitFilterModel::sortedRows() const
{
    const int count = m_model->rowCount();
    const std::vector<char> matches =
        m_terms.isEmpty() ? std::vector<char>() : m_model->matching(m_terms);
    std::vector<std::pair<quint64, int>> keyed;
    std::vector<int> empty; // cells without a value stand at the end in both directions
    keyed.reserve(size_t(count));
    for (int row = 0; row < count; ++row) {
        if (m_state && m_model->state(row) != *m_state)
            continue;
        if (!matches.empty() && !matches[size_t(row)])
            continue;
        if (m_model->hasSortValue(m_column, row))
            keyed.emplace_back(m_model->sortKey(m_column, row), row);
        else
            empty.push_back(row);
    }
    const bool up = m_order == Qt::AscendingOrder;
    std::sort(keyed.begin(), keyed.end(), [&](const auto &a, const auto &b) {
        if (a.first != b.first)
            return up ? a.first < b.first : a.first > b.first;
        const int exact = m_model->compareExactly(m_column, a.second, b.second);
        if (exact != 0)
            return up ? exact < 0 : exact > 0;
        return a.second < b.second;
    });
    std::vector<int> rows;
    rows.reserve(keyed.size() + empty.size());
    for (const auto &[key, row] : keyed)
        rows.push_back(row);
    rows.insert(rows.end(), empty.begin(), empty.end());
    return rows;
}

int PermitFilterModel::groupNumber(int sourceRow) const
{
    return m_grouping == Grouping::ByEntity ? m_model->entityNumber(sourceRow)
                                            : m_model->walletNumber(sourceRow);
}

void PermitFilterModel::makeGroups(const std::vector<int> &rows)
{
    // A group stands where its first row would: the most urgent group first, too.
    m_groups.clear();
    QHash<int, size_t> places;
    for (const int row : rows) {
        const int number = groupNumber(row);
        const auto known = places.constFind(number);
        if (known != places.cend()) {
            m_groups[*known].rows.push_back(row);
            continue;
        }
        places.insert(number, m_groups.size());
        m_groups.push_back({number, {row}});
    }
}

void PermitFilterModel::makeEntries(const std::vector<int> &rows)
{
    m_entries.clear();
    m_groups.clear();
    if (m_grouping == Grouping::None) {
        m_entries = rows;
    } else {
        makeGroups(rows);
        m_entries.reserve(rows.size() + m_groups.size());
        for (size_t group = 0; group < m_groups.size(); ++group) {
            m_entries.push_back(-1 - int(group));
            if (!m_folded.contains(m_groups[group].number))
                m_entries.insert(m_entries.end(), m_groups[group].rows.begin(),
                                 m_groups[group].rows.end());
        }
    }
    m_places.assign(size_t(m_model->rowCount()), -1);
    for (size_t place = 0; place < m_entries.size(); ++place) {
        if (m_entries[place] >= 0)
            m_places[size_t(m_entries[place])] = int(place);
    }
}

void PermitFilterModel::rebuild()
{
    m_later.stop();
    const std::vector<int> rows = sortedRows();
    // Most changes move nothing.
    if (m_grouping == Grouping::None && rows == m_entries &&
        m_places.size() == size_t(m_model->rowCount()))
        return;
    beginMove();
    makeEntries(rows);
    endMove();
}

void PermitFilterModel::beginMove()
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    m_movedIndexes = persistentIndexList();
    m_movedEntries.clear();
    m_movedEntries.reserve(size_t(m_movedIndexes.size()));
    for (const QModelIndex &index : std::as_const(m_movedIndexes)) {
        const int entry = m_entries[size_t(index.row())];
        m_movedEntries.push_back(entry >= 0 ? entry : -1 - groupAt(index.row()).number);
    }
}

void PermitFilterModel::endMove()
{
    QHash<int, int> groups; // number → row in view
    for (int row = 0; row < int(m_entries.size()); ++row) {
        if (isGroup(row))
            groups.insert(groupAt(row).number, row);
    }
    QModelIndexList after;
    after.reserve(m_movedIndexes.size());
    for (qsizetype i = 0; i < m_movedIndexes.size(); ++i) {
        const int entry = m_movedEntries[size_t(i)];
        int row = -1;
        if (entry < 0)
            row = groups.value(-1 - entry, -1);
        else if (size_t(entry) < m_places.size())
            row = m_places[size_t(entry)];
        after << (row < 0 ? QModelIndex() : index(row, m_movedIndexes[i].column()));
    }
    changePersistentIndexList(m_movedIndexes, after);
    m_movedIndexes.clear();
    m_movedEntries.clear();
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

QList<int> PermitFilterModel::sourceRows() const
{
    QList<int> rows;
    rows.reserve(qsizetype(m_places.size()));
    if (m_grouping == Grouping::None) {
        std::copy(m_entries.begin(), m_entries.end(), std::back_inserter(rows));
    } else {
        for (const Group &group : m_groups)
            std::copy(group.rows.begin(), group.rows.end(), std::back_inserter(rows));
    }
    return rows;
}

QList<int> PermitFilterModel::sourceRows(int row) const
{
    if (!isGroup(row))
        return {m_entries[size_t(row)]};
    const std::vector<int> &rows = groupAt(row).rows;
    return QList<int>(rows.begin(), rows.end());
}

QModelIndex PermitFilterModel::mapToSource(const QModelIndex &index) const
{
    if (!index.isValid() || isGroup(index.row()))
        return {};
    return m_model->index(m_entries[size_t(index.row())], index.column());
}

QModelIndex PermitFilterModel::mapFromSource(const QModelIndex &index) const
{
    const int place = index.isValid() && size_t(index.row()) < m_places.size()
                          ? m_places[size_t(index.row())]
                          : -1;
    return place < 0 ? QModelIndex() : this->index(place, index.column());
}

int PermitFilterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int PermitFilterModel::columnCount(const QModelIndex &parent) const
{
    return m_model->columnCount(parent);
}

QVariant PermitFilterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_model->headerData(section, orientation, role);
}

QVariant PermitFilterModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const bool group = isGroup(index.row());
    if (role == GroupRole)
        return group;
    if (group)
        return groupData(index.row(), PermitTableModel::Column(index.column()), role);
    const QVariant value =
        m_model->data(m_model->index(m_entries[size_t(index.row())], index.column()), role);
    // Beneath its group.
    if (m_grouping != Grouping::None && role == Qt::DisplayRole &&
        index.column() == PermitTableModel::EntityColumn)
        return QStringLiteral("     ") + value.toString();
    return value;
}

} // namespace sonar
