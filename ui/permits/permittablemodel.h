// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/celldelegates.h"

#include <QAbstractTableModel>
#include <QCollator>
#include <QHash>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <vector>

namespace sonar {

/// The rows of a PermitDesk. What sorting and filtering read is made when a row changes, and names
/// are kept once for all their rows; a cell's text is made when it is first shown. So thousands of
/// rows may change, be sorted and be filtered at once.
class PermitTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        EntityColumn,
        WalletColumn,
        StatusColumn,
        TimeLeftColumn,
        NextStepColumn,
        AmountColumn,
        WalletLimitsColumn,
        WindowColumn,
        TypeColumn,
        PriceColumn,
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

    PermitState state(int row) const { return m_rows[size_t(row)].state; }
    /// The row's last call failed, whatever it was before and so still is.
    bool hasFailed(int row) const { return m_rows[size_t(row)].failed; }
    /// For each row whether every one of the folded terms occurs in entity, wallet or status.
    std::vector<char> matching(const QStringList &foldedTerms) const;
    /// Sorts rows as their cells sort; rows with the same key are told apart by compareExactly.
    quint64 sortKey(Column column, int row) const;
    /// -1, 0 or 1.
    int compareExactly(Column column, int left, int right) const;
    /// False when the cell is empty and belongs at the end whichever way it is sorted.
    bool hasSortValue(Column column, int row) const;

    /// Rows of one entity, or of one wallet, share a number from 0.
    int entityNumber(int row) const { return m_rows[size_t(row)].entity; }
    int walletNumber(int row) const { return m_rows[size_t(row)].wallet; }
    const QString &entityText(int number) const { return m_entities[size_t(number)].shown; }
    const QString &walletText(int number) const { return m_wallets[size_t(number)].shown; }
    /// Unix seconds; 0 without a permit that lives.
    quint64 end(int row) const { return m_rows[size_t(row)].end; }
    QString timeLeft(int row) const;

Q_SIGNALS:
    /// These rows go, wherever they stand: a model that stands before this one lets go of them
    /// while they are still there. A reset of this model follows, in which the others only move up.
    void scatteredRowsAboutToBeRemoved(const QList<int> &rows);

private:
    /// An entity or a wallet as its rows show it.
    struct Party
    {
        QString shown;
        QString name; ///< that `shown` was made from
        QString folded;
        QCollatorSortKey key;
    };
    struct Texts
    {
        PermitWords words;
        QString amount;
        QString walletLimits;
        QString window;
        QString price;
    };
    struct Row
    {
        int entity = 0;
        int wallet = 0;
        PermitState state = PermitState::NotChecked;
        FailureReason reason = FailureReason::None;
        std::optional<PermitType> type; ///< of a permit that is shown
        bool requesting = false;
        bool failed = false;
        bool soon = false;
        bool hasAmount = false;
        bool hasWindow = false;
        bool hasPrice = false;
        bool hasLimits = false;
        quint64 end = 0; ///< of a permit that lives
        quint64 mostKey = 0;
        quint64 limitsKey = 0;
        quint64 opensAt = 0;
        quint64 mostPrice = 0;
        qint64 changesAt = -1; ///< seconds left at which the words change
        mutable std::unique_ptr<Texts> texts;
    };

    void rowsAdded();
    void deskRowsAboutToBeRemoved(const QList<int> &rows);
    void deskRowsRemoved();
    void rowsChanged(int first, int last);
    void reload();
    void append(int count);
    int entityOf(const PermitRow &row);
    int walletOf(const PermitRow &row);
    Party party(const QString &shown, const QString &name, const QString &searched,
                const QString &sorted) const;
    /// True when the wallet has another name now.
    bool takeName(const Row &row, const PermitRow &current);
    bool takeLabel(const Row &row, const PermitRow &current);
    void fill(Row &row, int number) const;
    void fillPermit(Row &row, const PermitRow &current, std::optional<qint64> left) const;
    const Texts &texts(int row) const;
    PermitRow asOfNow(int row) const;
    const PermitRow *source(int row) const;
    int statusClass(int row) const;
    QString text(int row, Column column) const;
    QString toolTip(int row, Column column) const;
    QString fullText(int row, Column column) const;

    QPointer<PermitDesk> m_desk;
    AmountFormat m_format;
    QCollator m_collator;
    std::vector<Row> m_rows;
    QList<int> m_leaving; ///< rows that are about to go
    std::vector<Party> m_entities;
    std::vector<Party> m_wallets;
    QHash<QString, int> m_entityNumbers;
    QHash<QString, int> m_walletNumbers;
    mutable std::vector<quint64> m_entityRanks; ///< empty: to be made
    mutable std::vector<quint64> m_walletRanks;
    QTimer m_batch;
};

} // namespace sonar
