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

#include <memory>

class QAction;
class QMenu;
class QStackedWidget;
class QTableView;

namespace sonar {

class ColumnWidths;
class PermitDetailsPane;
class PermitFilterModel;
class PermitNotices;
class PermitResults;
class PermitSelectionPane;
class PermitsBar;
class PermitTableModel;
class PermitWatch;
class RefreshBanner;
class SideBySide;
class SignerWarning;
class StateView;
class Workspace;

/// Entity × wallet pairs with their permits: add, check, request, watch the time, export.
class PermitsPage : public QWidget
{
    Q_OBJECT
public:
    explicit PermitsPage(QWidget *parent = nullptr);
    ~PermitsPage() override;

    /// What it shows; nullptr: nothing is open. setWallets follows.
    void setWorkspace(Workspace *workspace);
    /// The wallet book, for the sale's kind of chain: offered when adding, and their names.
    void setWallets(const QList<Wallet> &wallets);
    /// Every entity with every wallet of the book stands in the table by itself; otherwise only
    /// what the person has asked for does.
    void setShowsEveryPair(bool everyPair);
    void openWalletBook();

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
    void editSaleRequested(); ///< to name the signer, or to correct the contract
    /// Added or named by the user here: to be kept in the wallet book.
    void walletsUsed(const QList<sonar::Wallet> &wallets);
    /// The whole wallet book, as the user has changed it.
    void walletBookChanged(const QList<sonar::Wallet> &wallets);
    void layoutChanged(); ///< saveLayout gives something new that should be kept at once
    /// The user has clicked a notification; `token` as for bringToFront.
    void raiseRequested(const QByteArray &token);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    using PairKey = QPair<QString, QString>; ///< entity id, wallet

    void makeActions();
    void makeOptions();
    QWidget *makeList();
    void connectBar();
    void makeTable();
    void makeMenus();
    void followDesk();

    PermitDesk *desk() const;
    bool isConnected() const;
    QList<PairKey> keysOf(const QList<int> &rows) const;
    /// Of those that are still there.
    static QList<int> rowsOf(const PermitDesk &desk, const QList<PairKey> &keys);
    QList<int> selectedRows() const; ///< of the desk, as they stand in view; a group's are all its
    int currentRow() const;          ///< of the desk; -1 if none
    QList<int> visibleRows() const;
    QList<int> failedRows() const;
    /// What the bar's buttons are for: the selection when it is several rows, else all that is
    /// shown.
    QList<int> rowsInReach() const;
    QList<int> rowsToRequest() const;
    QList<int> rowsToRequest(const QList<int> &selected) const;

    void tick();
    void refreshSoon();
    void refresh(); ///< face, actions and details, after whatever has changed
    void showFace();
    void showHidden();
    void showActions(const QList<int> &selected);
    void showDetails(const QList<int> &selected);
    void showSelection(const QList<int> &selected);
    void check(const QList<int> &rows);
    void request(const QList<int> &rows);
    void retry(const QList<int> &rows);
    void addByDialog();
    void fillMatrix();
    void dropUnasked();
    void dropWallets(const QList<Wallet> &before);
    void removeRows(const QList<int> &rows);
    void foldCurrent(bool folded);
    void groupClicked(const QModelIndex &index);
    void tellEndingSoon(const QList<int> &rows);
    void tellReady(const QList<int> &rows);
    void showSigner();
    void addWallets(const QList<Entity> &entities, const QList<Wallet> &wallets,
                    PermitAction action);
    void select(const QList<int> &rows);
    void followSelection();
    void removeSelected();
    void openExport(const QList<int> &selected);
    void markExported(const QList<PairKey> &keys);
    void faceAction();

    QPointer<Workspace> m_workspace;
    QList<Wallet> m_wallets;
    PermitTableModel *m_model;
    PermitFilterModel *m_filtered;
    RefreshBanner *m_refreshBanner;
    QStackedWidget *m_faces;
    StateView *m_state;
    QWidget *m_content; ///< what has to be told at once, over list and details
    SideBySide *m_splitter;
    SignerWarning *m_signer = nullptr;
    PermitNotices *m_notices = nullptr;
    PermitsBar *m_bar;
    QStackedWidget *m_list;
    StateView *m_noMatch;
    QTableView *m_table;
    ColumnWidths *m_widths;
    QStackedWidget *m_beside; ///< the table: details of one pair, or what several have in common
    PermitDetailsPane *m_details;
    PermitSelectionPane *m_selection;
    QAction *m_checkAll; ///< of the bar
    QAction *m_requestAll;
    QAction *m_check; ///< of the selection
    QAction *m_request;
    QAction *m_retry;
    QAction *m_export;
    QAction *m_copyWallet;
    QAction *m_remove;
    QAction *m_walletBook;
    QAction *m_everyPair; ///< options, remembered
    QAction *m_renewing;
    QAction *m_notifying;
    std::unique_ptr<PermitWatch> m_watch;
    std::unique_ptr<PermitResults> m_results;
    QTimer m_seconds; ///< runs while visible
    QTimer m_refresh; ///< many changes, one refresh
    bool m_follows =
        false; ///< what was selected for a call stays in view, until somebody scrolls or selects
    QSet<PairKey> m_requested; ///< pairs whose last call was a request
    QSet<PairKey> m_removed;   ///< pairs that the user doesn't want to see
    QSet<PairKey> m_asked;     ///< pairs that the user has added
};

} // namespace sonar
