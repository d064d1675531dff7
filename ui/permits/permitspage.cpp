// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitspage.h"

#include "app/workspace/workspace.h"
#include "ui/permits/addpairsdialog.h"
#include "ui/permits/exportdialog.h"
#include "ui/permits/permitdetailspane.h"
#include "ui/permits/permitfiltermodel.h"
#include "ui/permits/permitsbar.h"
#include "ui/permits/permittablemodel.h"
#include "ui/style/errorbanner.h"
#include "ui/style/stateview.h"

#include <QAction>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

// What the page does; permitspagelayout.cpp puts it together.

namespace sonar {

PermitDesk *PermitsPage::desk() const
{
    return m_workspace ? m_workspace->permits() : nullptr;
}

bool PermitsPage::isConnected() const
{
    return m_workspace && m_workspace->session()->state() == Session::State::Connected;
}

void PermitsPage::setWorkspace(Workspace *workspace)
{
    // An open dialog is about what was shown before.
    for (QDialog *dialog : findChildren<QDialog *>())
        dialog->close();
    if (m_workspace) {
        m_workspace->disconnect(this);
        if (m_workspace->permits())
            m_workspace->permits()->disconnect(this);
    }
    m_workspace = workspace;
    m_requested.clear();
    m_model->setDesk(desk(), workspace ? workspace->sale() : Sale());
    m_bar->setRunning(desk() ? desk()->running() : 0);
    if (workspace)
        followDesk();
    refresh();
}

void PermitsPage::followDesk()
{
    const auto later = [this] { m_refresh.start(); };
    connect(m_workspace, &Workspace::sessionStateChanged, this, &PermitsPage::refresh);
    connect(m_workspace, &QObject::destroyed, this, [this] { setWorkspace(nullptr); });
    connect(desk(), &PermitDesk::runningChanged, this, [this, later](int running) {
        m_bar->setRunning(running);
        later();
    });
    connect(desk(), &PermitDesk::reset, this, [this] { m_requested.clear(); });
}

void PermitsPage::setWallets(const QList<Wallet> &wallets)
{
    m_wallets = wallets;
}

void PermitsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    tick();
    m_seconds.start();
}

void PermitsPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_seconds.stop();
}

void PermitsPage::tick()
{
    if (!desk())
        return;
    desk()->tick();
    m_model->tick(visibleRows());
    const int row = currentRow();
    if (row >= 0)
        m_details->setSecondsLeft(desk()->secondsLeft(desk()->rows()[row]));
}

QList<int> PermitsPage::selectedRows() const
{
    QModelIndexList indexes = m_table->selectionModel()->selectedRows();
    std::sort(indexes.begin(), indexes.end());
    QList<int> rows;
    rows.reserve(indexes.size());
    for (const QModelIndex &index : std::as_const(indexes))
        rows << m_filtered->mapToSource(index).row();
    return rows;
}

int PermitsPage::currentRow() const
{
    const QModelIndex index = m_table->currentIndex();
    const int row = index.isValid() ? m_filtered->mapToSource(index).row() : -1;
    return desk() && row < desk()->rows().size() ? row : -1;
}

QList<int> PermitsPage::visibleRows() const
{
    QList<int> rows;
    const int first = std::max(m_table->rowAt(0), 0);
    const int end = m_table->rowAt(m_table->viewport()->height() - 1);
    const int last = end < 0 ? m_filtered->rowCount() - 1 : end;
    for (int row = first; row <= last; ++row)
        rows << m_filtered->mapToSource(m_filtered->index(row, 0)).row();
    return rows;
}

QList<int> PermitsPage::rowsInReach() const
{
    const QList<int> selected = selectedRows();
    return selected.size() > 1 ? selected : m_filtered->sourceRows();
}

QList<int> PermitsPage::rowsToRequest() const
{
    const QList<int> rows = rowsInReach();
    QList<int> ready;
    QList<int> others;
    for (const int row : rows) {
        const PermitState state = m_model->state(row);
        if (state == PermitState::Ready)
            ready << row;
        else if (state != PermitState::Usable && state != PermitState::Working)
            others << row;
    }
    if (selectedRows().size() > 1)
        return rows;
    return ready.isEmpty() ? others : ready;
}

void PermitsPage::refresh()
{
    m_refresh.stop();
    showFace();
    showActions();
    showDetails();
    Q_EMIT permitsChanged();
}

void PermitsPage::showFace()
{
    const bool hasRows = desk() && !desk()->rows().isEmpty();
    const auto session = m_workspace ? m_workspace->session()->state() : Session::State::Unknown;
    m_banner->setVisible(hasRows && session == Session::State::Ended);
    if (m_banner->isHidden())
        m_banner->clear();
    else
        m_banner->showError({ErrorKind::NotConnected,
                             tr("Your session has ended"),
                             tr("Connect again to check wallets and request permits. The permits "
                                "shown here stay good until they expire."),
                             {},
                             0},
                            tr("Connect again…"));
    if (hasRows) {
        m_faces->setCurrentWidget(m_splitter);
        const bool noMatch = m_filtered->rowCount() == 0 && m_model->rowCount() > 0;
        m_list->setCurrentWidget(noMatch ? static_cast<QWidget *>(m_noMatch) : m_table);
        return;
    }
    m_faces->setCurrentWidget(m_state);
    if (!m_workspace)
        m_state->showMessage(tr("No sale open"), tr("Open a sale to work with its permits."));
    else if (session == Session::State::Connected)
        m_state->showMessage(tr("No permits yet"),
                             tr("Choose an entity and a wallet to see whether the wallet may "
                                "commit, and to request its purchase permit."),
                             tr("Add…"));
    else if (session == Session::State::Unknown || session == Session::State::Restoring)
        m_state->showLoading(tr("Looking for your session"));
    else
        m_state->showMessage(
            session == Session::State::Ended ? tr("Your session has ended") : tr("Not connected"),
            tr("Connect your Sonar account to check wallets and request "
               "permits."),
            session == Session::State::Ended ? tr("Connect again…") : tr("Connect…"));
}

void PermitsPage::faceAction()
{
    if (isConnected())
        addByDialog();
    else
        Q_EMIT connectRequested();
}

void PermitsPage::showActions()
{
    const QList<int> selected = selectedRows();
    const bool bulk = selected.size() > 1;
    const QList<int> toRequest = rowsToRequest();
    const bool anyReady =
        !toRequest.isEmpty() && m_model->state(toRequest.first()) == PermitState::Ready;
    const QString count = QLocale().toString(bulk ? selected.size() : toRequest.size());
    m_checkAll->setText(bulk ? tr("Check %1").arg(count) : tr("Check all"));
    m_requestAll->setText(bulk       ? tr("Request for %1").arg(count)
                          : anyReady ? tr("Request for %1 ready").arg(count)
                                     : tr("Request for all"));
    const bool connected = isConnected();
    m_checkAll->setEnabled(connected && m_filtered->rowCount() > 0);
    m_requestAll->setEnabled(connected && !toRequest.isEmpty());
    for (QAction *action : {m_check, m_request})
        action->setEnabled(connected && !selected.isEmpty());
    const QList<int> rows = m_filtered->sourceRows();
    m_retry->setEnabled(connected && std::any_of(rows.cbegin(), rows.cend(), [this](int row) {
                            return m_model->state(row) == PermitState::Failed;
                        }));
    m_export->setEnabled(hasPermits());
    m_copyWallet->setEnabled(!selected.isEmpty());
    m_remove->setEnabled(!selected.isEmpty());
    m_details->setConnected(connected);
}

void PermitsPage::showDetails()
{
    const int row = currentRow();
    if (row < 0 || !m_table->selectionModel()->hasSelection()) {
        m_details->clear();
        return;
    }
    PermitRow shown = desk()->rows()[row];
    // What is said about a permit is said as of now.
    if (const QList<ExportedPermit> fresh = desk()->permits({row}); !fresh.isEmpty())
        shown.permit = fresh.first();
    m_details->showRow(shown, desk()->secondsLeft(shown), AmountFormat::of(m_workspace->sale()));
}

bool PermitsPage::hasPermits() const
{
    return desk() && std::any_of(desk()->rows().cbegin(), desk()->rows().cend(), showsPermit);
}

void PermitsPage::check(const QList<int> &rows)
{
    if (!desk() || rows.isEmpty())
        return;
    for (const int row : rows)
        m_requested.remove({desk()->rows()[row].entityId, desk()->rows()[row].wallet});
    desk()->check(rows);
}

void PermitsPage::request(const QList<int> &rows)
{
    if (!desk() || rows.isEmpty())
        return;
    for (const int row : rows)
        m_requested.insert({desk()->rows()[row].entityId, desk()->rows()[row].wallet});
    desk()->request(rows);
}

void PermitsPage::retry(const QList<int> &rows)
{
    QList<int> checks;
    QList<int> requests;
    for (const int row : rows) {
        const PermitRow &failed = desk()->rows()[row];
        (m_requested.contains({failed.entityId, failed.wallet}) ? requests : checks) << row;
    }
    check(checks);
    request(requests);
}

void PermitsPage::addByDialog()
{
    if (!m_workspace)
        return;
    auto *dialog = new AddPairsDialog(m_workspace->entities(), m_wallets,
                                      m_workspace->sale().chainType(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        addWallets(dialog->chosenEntities(), dialog->chosenWallets(), dialog->action());
        Q_EMIT walletsUsed(dialog->chosenWallets());
    });
    dialog->open();
}

void PermitsPage::addPairs(const QList<Entity> &entities, const QString &wallet,
                           PermitAction action)
{
    const auto known = std::find_if(m_wallets.cbegin(), m_wallets.cend(),
                                    [&](const Wallet &one) { return one.address == wallet; });
    const Wallet used = known == m_wallets.cend() ? Wallet{wallet, {}} : *known;
    addWallets(entities, {used}, action);
    Q_EMIT walletsUsed({used});
}

void PermitsPage::addWallets(const QList<Entity> &entities, const QList<Wallet> &wallets,
                             PermitAction action)
{
    if (!desk())
        return;
    QList<int> rows;
    for (const Entity &entity : entities) {
        for (const Wallet &wallet : wallets)
            rows << desk()->add(entity, wallet.address, wallet.name);
    }
    m_model->flush();
    // What was just added must be seen.
    m_bar->clearFilter();
    refresh();
    select(rows);
    if (action == PermitAction::Check)
        check(rows);
    else if (action == PermitAction::Request)
        request(rows);
}

void PermitsPage::select(const QList<int> &rows)
{
    QItemSelection selection;
    for (const int row : rows) {
        const QModelIndex index = m_filtered->mapFromSource(m_model->index(row, 0));
        if (index.isValid())
            selection.select(index, index);
    }
    if (selection.isEmpty())
        return;
    const QModelIndex first = selection.indexes().first();
    m_table->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect |
                                                     QItemSelectionModel::Rows);
    m_table->scrollTo(first);
}

void PermitsPage::removeSelected()
{
    const QList<int> rows = selectedRows();
    if (!desk() || rows.isEmpty())
        return;
    const bool losesPermit = std::any_of(rows.cbegin(), rows.cend(), [this](int row) {
        return m_model->state(row) == PermitState::Usable;
    });
    if (!losesPermit) {
        desk()->remove(rows);
        return;
    }
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Remove rows"),
                        rows.size() == 1 ? tr("Remove this row and its permit?")
                                         : tr("Remove %1 rows and their permits?").arg(rows.size()),
                        QMessageBox::Cancel, this);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        tr("A permit that isn't exported is gone. You can request another one at any time."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *remove = question->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(remove, &QPushButton::clicked, this, [this] {
        // Rows may have gone or come while the question stood.
        if (desk())
            desk()->remove(selectedRows());
    });
    question->open();
}

void PermitsPage::exportPermits()
{
    openExport(selectedRows());
}

void PermitsPage::openExport(const QList<int> &selected)
{
    if (!hasPermits())
        return;
    // By key: rows may move while the dialog is open.
    QList<QPair<QString, QString>> keys;
    for (const int row : selected)
        keys.append({desk()->rows()[row].entityId, desk()->rows()[row].wallet});
    const QPointer<PermitDesk> source = desk();
    const auto permits = [source, keys](ExportRange range) -> QList<ExportedPermit> {
        QList<int> rows;
        if (!source)
            return {};
        if (range == ExportRange::Selected) {
            for (const auto &[entityId, wallet] : keys)
                rows << source->rowOf(entityId, wallet);
            rows.removeIf([&](int row) { return row < 0 || !showsPermit(source->rows()[row]); });
        } else {
            for (int row = 0; row < int(source->rows().size()); ++row) {
                if (source->rows()[row].status == PermitStatus::Issued)
                    rows << row;
            }
        }
        return source->permits(rows);
    };
    auto *dialog = new ExportDialog(m_workspace->sale(), permits, &systemClock(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setRange(permits(ExportRange::Selected).isEmpty() ? ExportRange::All
                                                              : ExportRange::Selected);
    dialog->open();
}

} // namespace sonar
