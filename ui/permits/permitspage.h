// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permitaction.h"
#include "ui/permits/permitformat.h"

#include "app/config/preferences.h"
#include "app/workspace/permitdesk.h"

#include <QPair>
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <QWidget>

class QAction;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace sonar {

class ErrorBanner;
class PermitDetailsPane;
class PermitFilterModel;
class PermitsBar;
class PermitTableModel;
class StateView;
class Workspace;

/// Entity × wallet pairs with their permits: add, check, request, watch the time, export.
class PermitsPage : public QWidget
{
    Q_OBJECT
public:
    explicit PermitsPage(QWidget *parent = nullptr);
    ~PermitsPage() override;

    /// What it shows; nullptr: nothing is open.
    void setWorkspace(Workspace *workspace);
    /// The wallet book, for the sale's kind of chain: offered when adding, and their names.
    void setWallets(const QList<Wallet> &wallets);

    /// Adds what is new, selects the pairs and starts `action` for them. The wallet must be a
    /// checked address in its display form.
    void addPairs(const QList<Entity> &entities, const QString &wallet, PermitAction action);
    /// Opens the export dialog: for the selected rows when they hold permits, else for all.
    void exportPermits();
    bool hasPermits() const; ///< there is something to export

    /// Columns, order and the splitter, for Preferences::layout.
    QByteArray saveLayout() const;
    bool restoreLayout(const QByteArray &layout); ///< false, and nothing changed, if it isn't one
    void focusSearch();

Q_SIGNALS:
    void connectRequested();
    /// Added or named by the user here: to be kept in the wallet book.
    void walletsUsed(const QList<sonar::Wallet> &wallets);
    void permitsChanged(); ///< rows or hasPermits

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeContent();
    void makeActions();
    void connectTable();
    QMenu *makeMenu();

    PermitDesk *desk() const;
    bool isConnected() const;
    QList<int> selectedRows() const;
    int currentRow() const; ///< of the desk; -1 if none
    QList<int> visibleRows() const;
    QList<int> rowsToCheck() const;
    QList<int> rowsToRequest() const;

    void tick();
    void updateFace();
    void updateActions();
    void showDetails();
    void check(const QList<int> &rows);
    void request(const QList<int> &rows);
    void retry(const QList<int> &rows);
    void addByDialog();
    void addWallets(const QList<Entity> &entities, const QList<Wallet> &wallets,
                    PermitAction action);
    void select(const QList<int> &rows);
    void removeSelected();
    void clearFilter();
    void openExport(const QList<int> &selected);

    QPointer<Workspace> m_workspace;
    QList<Wallet> m_wallets;
    PermitTableModel *m_model;
    PermitFilterModel *m_filtered;
    QStackedWidget *m_faces;
    StateView *m_state;
    QSplitter *m_splitter;
    ErrorBanner *m_banner;
    PermitsBar *m_bar;
    QStackedWidget *m_list;
    StateView *m_noMatch;
    QTableView *m_table;
    PermitDetailsPane *m_details;
    QAction *m_check;
    QAction *m_request;
    QAction *m_retryFailed;
    QAction *m_export;
    QAction *m_copyWallet;
    QAction *m_remove;
    QTimer m_clock; ///< once a second while visible
    QTimer m_refreshLater;
    QSet<QPair<QString, QString>> m_requested; ///< pairs whose last call was a request
};

} // namespace sonar
