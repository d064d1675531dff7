// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitfiltermodel.h"

#include <algorithm>
#include <numeric>
#include <utility>

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
    m_entries = entriesOf(sortedRows(), m_grouping, &m_groups);
    findPlaces();
}

void PermitFilterModel::followSource()
{
    connect(m_model, &PermitTableModel::scatteredRowsAboutToBeRemoved, this,
            &PermitFilterModel::letGo);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        if (m_gone.isEmpty())
            beginResetModel();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (!m_gone.isEmpty()) {
            moveUp(std::exchange(m_gone, {}));
            return;
        }
        m_folded.clear();
        m_groups.clear();
        m_entries = entriesOf(sortedRows(), m_grouping, &m_groups);
        findPlaces();
        endResetModel();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        findPlaces(); // new rows come behind the others
        rebuild();
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
    // Numbers of another kind of group mean others: the old groups go while they still say what
    // they are.
    m_folded.clear();
    show(sortedRows(), Grouping::None);
    m_grouping = grouping;
    show(sortedRows(), m_grouping);
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

PermitFilterModel::Rows PermitFilterModel::sortedRows() const
{
    const int count = m_model->rowCount();
    const std::vector<char> matches =
        m_terms.isEmpty() ? std::vector<char>() : m_model->matching(m_terms);
    std::vector<std::pair<quint64, int>> keyed;
    Rows empty; // cells without a value stand at the end in both directions
    keyed.reserve(size_t(count));
    for (int row = 0; row < count; ++row) {
        // A permit whose request for another failed is found under what it is, and under failed.
        if (m_state && m_model->state(row) != *m_state &&
            !(*m_state == PermitState::Failed && m_model->hasFailed(row)))
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
    Rows rows;
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

std::vector<PermitFilterModel::Entry>
PermitFilterModel::entriesOf(const Rows &rows, Grouping grouping, QHash<int, Rows> *groups) const
{
    if (grouping == Grouping::None)
        return rows;
    // A group stands where its first row would: the most urgent group first, too.
    std::vector<int> order;
    for (const int row : rows) {
        const int number = groupNumber(row);
        Rows &group = (*groups)[number];
        if (group.empty())
            order.push_back(number);
        group.push_back(row);
    }
    std::vector<Entry> entries;
    entries.reserve(rows.size() + order.size());
    for (const int number : order) {
        entries.push_back(-1 - number);
        const Rows &group = (*groups)[number];
        if (!m_folded.contains(number))
            entries.insert(entries.end(), group.begin(), group.end());
    }
    return entries;
}

void PermitFilterModel::rebuild()
{
    m_later.stop();
    show(sortedRows(), m_grouping);
}

void PermitFilterModel::show(const Rows &rows, Grouping grouping)
{
    QHash<int, Rows> groups;
    std::vector<Entry> next = entriesOf(rows, grouping, &groups);
    if (next == m_entries && groups == m_groups)
        return;

    std::vector<Entry> kept;
    std::vector<Entry> added;
    std::vector<char> stays(m_entries.size(), 0);
    for (const Entry entry : next) {
        const int place = placeOf(entry);
        (place < 0 ? added : kept).push_back(entry);
        if (place >= 0)
            stays[size_t(place)] = 1;
    }
    // Groups that go are needed until they are gone.
    for (auto group = groups.cbegin(); group != groups.cend(); ++group)
        m_groups.insert(group.key(), *group);

    const int keptCount = int(kept.size());
    if (kept.size() < m_entries.size()) {
        std::vector<Entry> order = kept;
        for (size_t place = 0; place < m_entries.size(); ++place) {
            if (!stays[place])
                order.push_back(m_entries[place]);
        }
        reorder(std::move(order), kept.size());
        beginRemoveRows({}, keptCount, int(m_entries.size()) - 1);
        m_entries.resize(kept.size());
        findPlaces();
        endRemoveRows();
    }
    if (!added.empty()) {
        beginInsertRows({}, keptCount, int(next.size()) - 1);
        m_entries.insert(m_entries.end(), added.begin(), added.end());
        findPlaces();
        endInsertRows();
    }
    const size_t count = next.size();
    reorder(std::move(next), count);
    m_groups = std::move(groups);
    if (m_grouping != Grouping::None && !m_entries.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

/// Rows from `kept` on are about to go: nobody's selection follows them.
void PermitFilterModel::reorder(std::vector<Entry> entries, size_t kept)
{
    if (entries == m_entries)
        return;
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<Entry> stood;
    stood.reserve(size_t(before.size()));
    for (const QModelIndex &index : before)
        stood.push_back(m_entries[size_t(index.row())]);
    m_entries = std::move(entries);
    findPlaces();
    QModelIndexList after;
    after.reserve(before.size());
    for (qsizetype i = 0; i < before.size(); ++i) {
        const int place = placeOf(stood[size_t(i)]);
        after << (place < 0 || size_t(place) >= kept ? QModelIndex()
                                                     : index(place, before[i].column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void PermitFilterModel::findPlaces()
{
    m_places.assign(size_t(m_model->rowCount()), -1);
    m_groupPlaces.clear();
    for (size_t place = 0; place < m_entries.size(); ++place) {
        if (isGroup(int(place)))
            m_groupPlaces.insert(groupAt(int(place)), int(place));
        else
            m_places[size_t(m_entries[place])] = int(place);
    }
}

int PermitFilterModel::placeOf(Entry entry) const
{
    if (entry < 0)
        return m_groupPlaces.value(-1 - entry, -1);
    return size_t(entry) < m_places.size() ? m_places[size_t(entry)] : -1;
}

void PermitFilterModel::letGo(const QList<int> &rows)
{
    std::vector<char> goes(m_places.size());
    for (const int row : rows)
        goes[size_t(row)] = 1;
    QList<int> kept = sourceRows();
    kept.removeIf([&goes](int row) { return goes[size_t(row)] != 0; });
    show(Rows(kept.cbegin(), kept.cend()), m_grouping);
    m_gone = rows;
}

void PermitFilterModel::moveUp(const QList<int> &gone)
{
    std::vector<int> numbers(m_places.size());
    auto next = gone.cbegin();
    int by = 0;
    for (int row = 0; row < int(numbers.size()); ++row) {
        if (next != gone.cend() && *next == row) {
            ++next;
            ++by;
        }
        numbers[size_t(row)] = row - by;
    }
    const auto renumber = [&numbers](int &row) {
        if (row >= 0)
            row = numbers[size_t(row)];
    };
    std::for_each(m_entries.begin(), m_entries.end(), renumber);
    for (Rows &rows : m_groups)
        std::for_each(rows.begin(), rows.end(), renumber);
    findPlaces();
}

QList<int> PermitFilterModel::sourceRows() const
{
    QList<int> rows;
    rows.reserve(qsizetype(m_places.size()));
    if (m_grouping == Grouping::None) {
        std::copy(m_entries.begin(), m_entries.end(), std::back_inserter(rows));
    } else {
        for (int row = 0; row < rowCount(); ++row) {
            if (isGroup(row))
                rows << sourceRows(row);
        }
    }
    return rows;
}

QList<int> PermitFilterModel::sourceRows(int row) const
{
    if (!isGroup(row))
        return {m_entries[size_t(row)]};
    const Rows &rows = rowsOf(groupAt(row));
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
    const int place = index.isValid() ? placeOf(index.row()) : -1;
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
