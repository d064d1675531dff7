// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/celldelegates.h"

#include <QAbstractTableModel>
#include <QCollator>
#include <QPointer>
#include <QTimer>

#include <vector>

namespace sonar {

/// The rows of a PermitDesk. Every cell's text and sort key is made once, when its row changes, so
/// that sorting, filtering and painting thousands of rows only read.
class PermitTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        EntityColumn,
        WalletColumn,
        StatusColumn,
        TimeLeftColumn,
        AmountColumn,
        WindowColumn,
        TypeColumn,
        PriceColumn,
        NextStepColumn,
        ColumnCount,
    };
    enum Role {
        StateRole = Qt::UserRole + 1, ///< int(PermitState)
    };

    explicit PermitTableModel(QObject *parent = nullptr);

    /// What it shows; nullptr empties it.
    void setDesk(PermitDesk *desk, const Sale &sale);
    PermitDesk *desk() const { return m_desk; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

    /// Rows added to the desk are taken over in batches; this takes over all at once.
    void flush();
    /// Moves the clock: the time column of `visibleRows`, and whatever row's words change with it.
    void tick(const QList<int> &visibleRows);

    PermitState state(int row) const { return m_cells[size_t(row)].state; }
    /// Every one of the folded terms occurs in entity, wallet or status.
    bool matches(int row, const QStringList &foldedTerms) const;
    /// -1, 0 or 1.
    int compare(Column column, int left, int right) const;
    /// False when the cell is empty and belongs at the end whichever way it is sorted.
    bool hasSortValue(Column column, int row) const;

private:
    struct Cells
    {
        Cells(const PermitRow &row, const QCollator &collator);

        QString entity;
        QString wallet;
        QCollatorSortKey entityKey;
        QCollatorSortKey walletKey;
        QString folded; ///< what a search looks into, beside the status
        PermitWords words;
        QString foldedStatus;
        PermitState state = PermitState::NotChecked;
        FailureReason reason = FailureReason::None;
        QString amount;
        QString window;
        QString type;
        QString price;
        std::optional<quint64> end;  ///< of a permit that lives
        std::optional<Uint256> most; ///< for the amount column
        quint64 opensAt = 0;
        quint64 mostPrice = 0;
        /// Seconds left at which the words change.
        std::optional<qint64> changesAt;
    };

    void rowsAdded();
    void rowsRemoved(int first, int last);
    void rowsChanged(int first, int last);
    void reload();
    void append(int count);
    void fill(Cells &cells, int row) const;
    void fillPermit(Cells &cells, const PermitRow &row, std::optional<qint64> left) const;
    PermitRow asOfNow(int row) const;
    const PermitRow *source(int row) const;
    QVariant text(const Cells &cells, int row, Column column) const;
    QString timeLeft(const Cells &cells, int row) const;
    QString toolTip(const Cells &cells, int row, Column column) const;
    QString fullText(const Cells &cells, int row, Column column) const;

    QPointer<PermitDesk> m_desk;
    AmountFormat m_format;
    QCollator m_collator;
    std::vector<Cells> m_cells;
    QTimer m_batch;
};

} // namespace sonar
