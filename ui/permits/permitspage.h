// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/permitaction.h"
#include "ui/permits/permitformat.h"

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
class Preferences;
class StateView;
class Workspace;

/// Entity × wallet pairs with their permits: add, check, request, watch the time, export.
class PermitsPage : public QWidget
{
    Q_OBJECT
public:
    /// `preferences` (wallet book and layout) may be null, else must outlive the page.
    explicit PermitsPage(Preferences *preferences, QWidget *parent = nullptr);

    /// What it shows; nullptr: nothing is open.
    void setWorkspace(Workspace *workspace);

    /// Adds what is new, selects the pairs and starts `action` for them. The wallet must be a
    /// checked address; it is remembered in the wallet book.
    void addPairs(const QList<Entity> &entities, const QString &wallet, PermitAction action);
    /// Opens the export dialog: for the selected rows when they hold permits, else for all.
    void exportPermits();
    bool hasPermits() const; ///< there is something to export

    void saveLayout();
    void restoreLayout();

Q_SIGNALS:
    void connectRequested();
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
    void remember(const QList<Wallet> &wallets);
    void select(const QList<int> &rows);
    void removeSelected();
    void clearFilter();
    void openExport(const QList<int> &selected);

    Preferences *m_preferences;
    QPointer<Workspace> m_workspace;
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
