// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permittablemodel.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <vector>

namespace sonar {

/// Search, status filter, order and groups over a PermitTableModel. A group is a row of its own
/// above its pairs, which can be folded away. A change of the rows beneath is told at once, but
/// moves rows only a moment later and all together: rows don't jump about while calls come back.
class PermitFilterModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum class Grouping { None, ByEntity, ByWallet };
    Q_ENUM(Grouping)
    enum Role {
        GroupRole = Qt::UserRole + 200, ///< bool: the row is a group
    };

    explicit PermitFilterModel(PermitTableModel *model, QObject *parent = nullptr);

    void setSearch(const QString &text); ///< every word must occur
    void setState(std::optional<PermitState> state);
    bool isFiltering() const { return !m_terms.isEmpty() || m_state.has_value(); }
    void setGrouping(Grouping grouping);
    Grouping grouping() const { return m_grouping; }

    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /// Moves rows to where they belong now, without waiting.
    void settle();

    /// Rows of the PermitTableModel, as they stand in view; those folded away, too.
    QList<int> sourceRows() const;
    /// The same of one row in view: a pair, or all pairs of a group.
    QList<int> sourceRows(int row) const;
    bool isGroup(int row) const { return m_entries[size_t(row)] < 0; }
    bool isFolded(int row) const; ///< of a group's row
    void setFolded(int row, bool folded);
    void setAllFolded(bool folded);
    /// Moves the clock of the groups among these rows in view; last < 0: to the end.
    void tickGroups(int first, int last);

    /// Invalid for a group.
    QModelIndex mapToSource(const QModelIndex &index) const;
    /// Invalid for a row that is filtered or folded away.
    QModelIndex mapFromSource(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    /// What stands in a row in view: a source row, or -1 - the number of a group's entity or
    /// wallet.
    using Entry = int;
    using Rows = std::vector<int>; ///< of the source, in order

    void followSource();
    Rows sortedRows() const;
    /// Entries for these source rows; fills `groups` by number.
    std::vector<Entry> entriesOf(const Rows &rows, Grouping grouping,
                                 QHash<int, Rows> *groups) const;
    void rebuild();
    /// Tells views what goes, what comes and what moves, one after the other.
    void show(const Rows &rows, Grouping grouping);
    void reorder(std::vector<Entry> entries, size_t kept);
    void findPlaces();
    /// These rows of the source are about to go.
    void letGo(const QList<int> &rows);
    /// They have gone, and the others have moved up.
    void moveUp(const QList<int> &gone);
    void sourceChanged(int first, int last, int firstColumn, int lastColumn);
    int placeOf(Entry entry) const;                                    ///< row in view, or -1
    int groupAt(int row) const { return -1 - m_entries[size_t(row)]; } ///< its number
    int groupNumber(int sourceRow) const;
    const Rows &rowsOf(int group) const;
    QVariant groupData(int row, PermitTableModel::Column column, int role) const;
    QString groupText(int number, PermitTableModel::Column column) const;
    QString groupSummary(const Rows &rows) const;

    PermitTableModel *m_model;
    QStringList m_terms;
    std::optional<PermitState> m_state;
    Grouping m_grouping = Grouping::None;
    PermitTableModel::Column m_column = PermitTableModel::EntityColumn;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    std::vector<Entry> m_entries;  ///< by row in view
    std::vector<int> m_places;     ///< source row → row in view, or -1
    QHash<int, int> m_groupPlaces; ///< group number → row in view
    QHash<int, Rows> m_groups;     ///< by number; with those folded away
    QSet<int> m_folded;            ///< group numbers
    QList<int> m_gone;             ///< rows of the source that are about to go
    QTimer m_later;
};

} // namespace sonar
