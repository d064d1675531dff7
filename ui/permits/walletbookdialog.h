// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/walletlist.h"

#include <QDialog>
#include <QUndoStack>

class QAction;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace sonar {

class StateView;
class WalletBookModel;

/// The user's wallets of one kind of chain: add one or many, import them, name them, remove them.
/// Every change counts at once.
class WalletBookDialog : public QDialog
{
    Q_OBJECT
public:
    WalletBookDialog(const QList<Wallet> &wallets, const WalletRules &rules,
                     QWidget *parent = nullptr);

    QList<Wallet> wallets() const;
    void importFile(const QString &path); ///< CSV

    /// By Esc, or by closing the window: asks before it discards wallets that were typed.
    void reject() override;

Q_SIGNALS:
    void walletsChanged(const QList<sonar::Wallet> &wallets);

private:
    QWidget *makeBook();
    QWidget *makeEntry();
    QWidget *makeReport();
    void addTyped();
    void chooseFile();
    /// Takes over what was read and tells what became of it.
    void take(const WalletReading &reading);
    void showReport(const WalletReading &reading, const WalletMerge &merge);
    void removeSelected();
    QWidget *makeUndo(QWidget *parent);
    void bookEdited();
    void renameSelected();
    void showCount();

    WalletRules m_rules;
    WalletBookModel *m_model;
    QList<Wallet> m_book; ///< as the last change left it
    QUndoStack m_changes;
    QSortFilterProxyModel *m_filtered;
    QStackedWidget *m_list; ///< the table, or why there is nothing in it
    StateView *m_empty;
    QTableView *m_table;
    QLabel *m_count;
    QPushButton *m_rename;
    QPushButton *m_remove;
    QPlainTextEdit *m_entry;
    QPushButton *m_add;
    QWidget *m_report;
    QLabel *m_summary;
    QPlainTextEdit *m_refused;
};

} // namespace sonar
