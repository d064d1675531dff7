// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitspage.h"

#include "app/workspace/permitwatch.h"
#include "app/workspace/workspace.h"
#include "ui/permits/permitdetailspane.h"
#include "ui/permits/permitfiltermodel.h"
#include "ui/permits/permitnotices.h"
#include "ui/permits/permitresults.h"
#include "ui/permits/permitsbar.h"
#include "ui/permits/permitselectionpane.h"
#include "ui/permits/permittablemodel.h"
#include "ui/permits/refreshbanner.h"
#include "ui/permits/signerwarning.h"
#include "ui/style/stateview.h"

#include <QAction>
#include <QDialog>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

// What the page shows; permitspageactions.cpp has what is done with rows, permitspagelayout.cpp
// puts the page together.

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
        dialog->done(QDialog::Rejected); // without a question about what was typed
    if (m_workspace) {
        m_workspace->disconnect(this);
        if (m_workspace->permits())
            m_workspace->permits()->disconnect(this);
    }
    m_workspace = workspace;
    m_requested.clear();
    m_removed.clear();
    m_asked.clear();
    m_wallets.clear(); // may be of another kind of chain
    m_watch.reset();
    m_results.reset();
    m_notices->clear();
    m_model->setDesk(desk(), workspace ? workspace->sale() : Sale());
    m_bar->setRunning(desk() ? desk()->running() : 0);
    m_details->setSale(workspace ? workspace->sale() : Sale());
    m_refreshBanner->setWorkspace(workspace);
    if (workspace)
        followDesk();
    fillMatrix();
    showSigner();
    refresh();
}

void PermitsPage::followDesk()
{
    connect(m_workspace, &Workspace::sessionStateChanged, this, [this] {
        m_watch->setConnected(isConnected());
        refresh();
    });
    connect(m_workspace, &Workspace::entitiesChanged, this, [this] {
        fillMatrix();
        refreshSoon();
    });
    connect(m_workspace, &Workspace::profileChanged, this, &PermitsPage::refreshSoon);
    connect(m_workspace, &QObject::destroyed, this, [this] { setWorkspace(nullptr); });
    connect(desk(), &PermitDesk::runningChanged, this, [this](int running) {
        m_bar->setRunning(running);
        refreshSoon();
    });
    connect(desk(), &PermitDesk::callEnded, this, [this](int row, bool failed) {
        const PermitRow &ended = desk()->rows().at(row);
        if (failed)
            m_bar->addFailed();
        // Otherwise a renewal shows only in that the time goes on running out.
        if (ended.status == PermitStatus::Issued && ended.error &&
            ended.error->kind == ErrorKind::Malformed)
            m_notices->tell(tr("A permit wasn't renewed"), ended.error->summary);
    });
    connect(desk(), &PermitDesk::reset, this, [this] {
        m_requested.clear();
        m_removed.clear();
        showSigner();
    });
    connect(desk(), &PermitDesk::signerChangeChanged, this, &PermitsPage::showSigner);
    m_results = std::make_unique<PermitResults>(desk(), this);
    connect(desk(), &PermitDesk::contractAnswered, this, &PermitsPage::refreshSoon);
    m_watch = std::make_unique<PermitWatch>(desk());
    m_watch->setRenewing(m_renewing->isChecked());
    m_watch->setConnected(isConnected());
    connect(m_watch.get(), &PermitWatch::endingSoon, this, &PermitsPage::tellEndingSoon);
    connect(m_watch.get(), &PermitWatch::becameReady, this, &PermitsPage::tellReady);
}

void PermitsPage::refreshSoon()
{
    // Many rows change many times: now and then is enough, but never is not.
    constexpr int many = 500;
    if (m_refresh.isActive())
        return;
    m_refresh.start(desk() && desk()->running() > 0 && desk()->rows().size() > many ? 200 : 20);
}

void PermitsPage::showSigner()
{
    m_signer->setChange(desk() ? desk()->signerChange() : std::nullopt);
}

void PermitsPage::tellEndingSoon(const QList<int> &rows)
{
    qint64 left = PermitWatch::warnSeconds;
    for (const int row : rows)
        left = std::min(left, desk()->secondsLeft(desk()->rows().at(row)).value_or(left));
    const int count = int(rows.size());
    const QString time = countdownWords(left);
    m_notices->tell(
        tr("%Ln permits end soon", nullptr, count),
        count == 1
            ? tr("It expires in %1. Request a new one if you still need it.").arg(time)
            : tr("The first expires in %1. Request new ones if you still need them.").arg(time));
}

void PermitsPage::tellReady(const QList<int> &rows)
{
    const int count = int(rows.size());
    m_notices->tell(tr("%Ln pairs of entity and wallet are ready", nullptr, count),
                    tr("%Ln permits can be requested.", nullptr, count));
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
    m_filtered->tickGroups(m_table->rowAt(0), m_table->rowAt(m_table->viewport()->height() - 1));
    const int row = currentRow();
    if (row < 0)
        return;
    const PermitRow &current = desk()->rows().at(row);
    m_details->tick(current, desk()->secondsLeft(current), desk()->secondsUntilOpen(current),
                    desk()->opensAt(current));
    m_details->showContractAge(desk()->clock().unixSeconds());
    if (m_beside->currentWidget() == m_details)
        desk()->lookAt(row);
}

QList<int> PermitsPage::selectedRows() const
{
    QModelIndexList indexes = m_table->selectionModel()->selectedRows();
    std::sort(indexes.begin(), indexes.end());
    QList<int> rows;
    rows.reserve(indexes.size());
    // A pair may be selected itself and with its group.
    std::vector<bool> taken(size_t(m_model->rowCount()));
    for (const QModelIndex &index : std::as_const(indexes)) {
        for (const int row : m_filtered->sourceRows(index.row())) {
            if (!taken[size_t(row)])
                rows << row;
            taken[size_t(row)] = true;
        }
    }
    return rows;
}

int PermitsPage::currentRow() const
{
    const QModelIndex index = m_filtered->mapToSource(m_table->currentIndex());
    return index.isValid() && desk() && index.row() < desk()->rows().size() ? index.row() : -1;
}

QList<int> PermitsPage::visibleRows() const
{
    QList<int> rows;
    const int first = std::max(m_table->rowAt(0), 0);
    const int end = m_table->rowAt(m_table->viewport()->height() - 1);
    const int last = end < 0 ? m_filtered->rowCount() - 1 : end;
    for (int row = first; row <= last; ++row) {
        if (!m_filtered->isGroup(row))
            rows << m_filtered->sourceRows(row);
    }
    return rows;
}

QList<int> PermitsPage::failedRows() const
{
    QList<int> rows = m_filtered->sourceRows();
    rows.removeIf([this](int row) { return !m_model->hasFailed(row); });
    return rows;
}

QList<int> PermitsPage::rowsInReach() const
{
    const QList<int> selected = selectedRows();
    return selected.size() > 1 ? selected : m_filtered->sourceRows();
}

QList<int> PermitsPage::rowsToRequest() const
{
    return rowsToRequest(selectedRows());
}

QList<int> PermitsPage::rowsToRequest(const QList<int> &selected) const
{
    if (selected.size() > 1)
        return selected;
    QList<int> ready;
    QList<int> others;
    for (const int row : m_filtered->sourceRows()) {
        const PermitState state = m_model->state(row);
        if (state == PermitState::Ready)
            ready << row;
        else if (state != PermitState::Usable && state != PermitState::Unconfirmed &&
                 state != PermitState::Working)
            others << row;
    }
    return ready.isEmpty() ? others : ready;
}

void PermitsPage::refresh()
{
    m_refresh.stop();
    showFace();
    const QList<int> selected = selectedRows();
    showActions(selected);
    showDetails(selected);
    followSelection();
}

void PermitsPage::showFace()
{
    const bool hasRows = desk() && !desk()->rows().isEmpty();
    const auto session = m_workspace ? m_workspace->session()->state() : Session::State::Unknown;
    if (hasRows) {
        m_faces->setCurrentWidget(m_content);
        const bool noMatch = m_filtered->rowCount() == 0 && m_model->rowCount() > 0;
        m_list->setCurrentWidget(noMatch ? static_cast<QWidget *>(m_noMatch) : m_table);
        return;
    }
    m_faces->setCurrentWidget(m_state);
    if (!m_workspace)
        m_state->showMessage(tr("No sale open"), tr("Open a sale to work with its permits."));
    else if (session == Session::State::Connected && m_workspace->hidesPermits())
        showHidden();
    else if (session == Session::State::Connected)
        m_state->showMessage(tr("No permits yet"),
                             tr("Choose an entity and a wallet to see whether the wallet may "
                                "commit, and to request its purchase permit."),
                             tr("Add…"),
                             m_wallets.isEmpty() ? tr("Wallet book…")
                                                 : tr("Show every entity with every wallet"));
    else if (session == Session::State::Unknown || session == Session::State::Restoring)
        m_state->showLoading(tr("Checking whether you're connected…"));
    else if (session == Session::State::Disconnecting)
        m_state->showLoading(tr("Disconnecting…"),
                             tr("Your keychain may ask you before it removes your sign-in."));
    else
        m_state->showMessage(
            session == Session::State::Ended ? tr("Your session has ended") : tr("Not connected"),
            tr("Connect your Sonar account to check wallets and request "
               "permits."),
            session == Session::State::Ended ? tr("Connect again…") : tr("Connect"));
}

void PermitsPage::faceAction()
{
    if (isConnected())
        addByDialog();
    else
        Q_EMIT connectRequested();
}

/// Since somebody signed in who may be somebody else.
void PermitsPage::showHidden()
{
    if (m_workspace->isRefreshing())
        m_state->showLoading(tr("Checking who is signed in"),
                             tr("Your permits come back as soon as Sonar says that it is you."));
    else
        m_state->showMessage(tr("Your permits are hidden"),
                             tr("They come back as soon as Sonar says that it is you who is signed "
                                "in. Until then they are kept in the program's memory."));
}

void PermitsPage::showActions(const QList<int> &selected)
{
    const bool bulk = selected.size() > 1;
    const QList<int> toRequest = rowsToRequest(selected);
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
    const qsizetype failed = failedRows().size();
    m_retry->setText(tr("Retry failed (%1)").arg(QLocale().toString(failed)));
    m_retry->setVisible(failed > 0);
    m_retry->setEnabled(connected);
    m_export->setEnabled(hasPermits());
    m_copyWallet->setEnabled(!selected.isEmpty());
    m_remove->setEnabled(!selected.isEmpty());
    m_details->setConnected(connected);
    m_selection->setConnected(connected);
}

void PermitsPage::showDetails(const QList<int> &selected)
{
    if (selected.size() > 1) {
        showSelection(selected);
        m_beside->setCurrentWidget(m_selection);
        return;
    }
    m_beside->setCurrentWidget(m_details);
    const int row = currentRow();
    if (row < 0 || !m_table->selectionModel()->hasSelection()) {
        m_details->clear();
        return;
    }
    desk()->lookAt(row);
    PermitRow shown = desk()->rows()[row];
    // What is said about a permit is said as of now.
    if (const QList<ExportedPermit> fresh = desk()->permits({row}); !fresh.isEmpty())
        shown.permit = fresh.first();
    m_details->showRow(shown, desk()->secondsLeft(shown), AmountFormat::of(m_workspace->sale()));
    m_details->tick(shown, desk()->secondsLeft(shown), desk()->secondsUntilOpen(shown),
                    desk()->opensAt(shown));
    m_details->showContractAge(desk()->clock().unixSeconds());
}

void PermitsPage::showSelection(const QList<int> &selected)
{
    PermitSelectionPane::Selection summary;
    summary.pairs = selected.size();
    QSet<QString> entities;
    QSet<QString> wallets;
    for (const int row : selected) {
        const PermitRow &pair = desk()->rows().at(row);
        const PermitState state = m_model->state(row);
        ++summary.states[state];
        entities.insert(pair.entityId);
        wallets.insert(pair.wallet);
        if (m_model->hasFailed(row) && state != PermitState::Failed)
            ++summary.failures;
        if (!showsPermit(pair))
            continue;
        ++summary.permits;
        if (state == PermitState::Usable || state == PermitState::Unconfirmed ||
            state == PermitState::NotOpenYet) {
            const quint64 end = endOf(pair.permit->permit);
            summary.firstEnd = std::min(summary.firstEnd.value_or(end), end);
        }
    }
    summary.entities = entities.size();
    summary.wallets = wallets.size();
    m_selection->showSelection(summary);
}

bool PermitsPage::hasPermits() const
{
    return desk() && desk()->hasPermits();
}

} // namespace sonar
