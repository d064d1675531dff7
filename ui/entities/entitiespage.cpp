// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entitiespage.h"

#include "app/workspace/workspace.h"
#include "ui/entities/entitydetailspane.h"
#include "ui/entities/entityfiltermodel.h"
#include "ui/entities/entitytablemodel.h"
#include "ui/entities/permitrequestbox.h"
#include "ui/style/errorbanner.h"
#include "ui/style/externallink.h"
#include "ui/style/labels.h"
#include "ui/style/plaintext.h"
#include "ui/style/searchfield.h"
#include "ui/style/spinner.h"
#include "ui/style/stateview.h"
#include "ui/style/tonedframe.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

namespace sonar {

namespace {

bool asksToConnect(const Error &error)
{
    return error.kind == ErrorKind::NotConnected || error.kind == ErrorKind::Unauthorized;
}

/// Local time with its zone, and with the date when it isn't today's.
QString shownTime(const QDateTime &utc)
{
    const QDateTime local = utc.toLocalTime();
    const QString time = local.date() == QDate::currentDate()
                             ? QLocale().toString(local.time(), QLocale::ShortFormat)
                             : QLocale().toString(local, QLocale::ShortFormat);
    return QStringLiteral("%1 %2").arg(time, local.timeZoneAbbreviation());
}

} // namespace

EntitiesPage::~EntitiesPage() = default;

void EntitiesPage::setWorkspace(Workspace *workspace)
{
    if (m_workspace) {
        m_workspace->disconnect(this);
        m_workspace->permits()->disconnect(this);
    }
    m_workspace = workspace;
    // Another account's list isn't this one's older data.
    m_model->setEntities({});
    if (workspace) {
        const auto follow = [this] { showState(entitiesStateOf(m_workspace)); };
        connect(workspace, &Workspace::entitiesChanged, this, follow);
        connect(workspace, &Workspace::sessionStateChanged, this, follow);
        connect(workspace, &QObject::destroyed, this, [this] { showState({}); });
        const PermitDesk *permits = workspace->permits();
        connect(permits, &PermitDesk::rowsAdded, this, &EntitiesPage::updatePermitStatus);
        connect(permits, &PermitDesk::rowsRemoved, this, &EntitiesPage::updatePermitStatus);
        connect(permits, &PermitDesk::rowsChanged, this, &EntitiesPage::updatePermitStatus);
        connect(permits, &PermitDesk::reset, this, &EntitiesPage::updatePermitStatus);
    }
    showState(entitiesStateOf(workspace));
}

void EntitiesPage::showState(const EntitiesState &state)
{
    m_state = state;
    m_details->permitBox()->setRules(state.walletRules);
    m_details->permitBox()->setConnected(state.connection == EntitiesState::Connection::Connected);
    const bool loaded = state.loading == EntitiesState::Loading::Loaded;
    const bool reachable = state.connection == EntitiesState::Connection::Connected ||
                           state.connection == EntitiesState::Connection::Ended;
    const bool firstList = m_model->rowCount() == 0;
    m_model->setEntities(loaded && reachable ? state.entities : QList<Entity>());
    if (loaded && reachable && !state.entities.isEmpty())
        showContent(state);
    else
        showFace(state);
    if (firstList)
        selectFirst();
    // A refresh may have changed what is selected without changing the selection.
    selectionChanged();
}

void EntitiesPage::showFace(const EntitiesState &state)
{
    using Connection = EntitiesState::Connection;
    using Loading = EntitiesState::Loading;
    m_faceAction = Action::None;
    m_faces->setCurrentWidget(m_face);
    if (state.connection == Connection::NoSale) {
        m_face->showMessage(tr("No sale open"), tr("Open a sale to see your entities in it."));
    } else if (state.connection == Connection::Restoring) {
        m_face->showLoading(tr("Checking whether you're connected…"),
                            tr("Your keychain may ask for its password."));
    } else if (state.connection == Connection::Disconnecting) {
        m_face->showLoading(tr("Disconnecting…"),
                            tr("Your keychain may ask you before it removes your sign-in."));
    } else if (state.connection == Connection::Unread) {
        m_faceAction = Action::Connect;
        m_face->showMessage(tr("Your saved sign-in couldn't be read"),
                            tr("You may still be connected. Try again above to read the keychain, "
                               "or connect again: you sign in on Sonar in your own browser."),
                            tr("Connect"));
    } else if (state.connection == Connection::NotConnected) {
        m_faceAction = Action::Connect;
        m_face->showMessage(tr("Connect your Sonar account"),
                            tr("You sign in on Sonar in your own browser. After that your entities "
                               "in this sale appear here, and you can request purchase permits."),
                            tr("Connect"));
    } else if (state.connection == Connection::Ended) {
        m_faceAction = Action::Connect;
        m_face->showMessage(tr("Your session has ended"),
                            tr("Sonar doesn't accept it any more. Connect again to continue."),
                            tr("Connect again…"));
    } else if (state.loading == Loading::Failed && state.error) {
        const bool connectAgain = asksToConnect(*state.error);
        m_faceAction = connectAgain ? Action::Connect : Action::Refresh;
        m_face->showError(*state.error, connectAgain ? tr("Connect again…") : tr("Try again"));
    } else if (state.loading == Loading::Loaded && state.error) {
        const bool connectAgain = asksToConnect(*state.error);
        m_faceAction = connectAgain ? Action::Connect : Action::Refresh;
        Error shown = *state.error;
        const QString before = tr("At %1 there were no entities.").arg(shownTime(state.updatedAt));
        shown.advice = shown.advice.isEmpty() ? before : before + QLatin1Char(' ') + shown.advice;
        m_face->showError(shown, connectAgain ? tr("Connect again…") : tr("Try again"));
    } else if (state.loading == Loading::Loaded) {
        m_faceAction = Action::SetUp;
        m_face->showMessage(tr("No entities yet"),
                            tr("An entity is the person or organisation that takes part in a sale. "
                               "Set one up on Sonar, then refresh."),
                            tr("Set up on Sonar") + QStringLiteral(" ↗"), tr("Refresh"));
    } else {
        m_face->showLoading(tr("Loading your entities"));
    }
}

void EntitiesPage::showContent(const EntitiesState &state)
{
    m_faces->setCurrentWidget(m_content);
    m_refreshing->setVisible(state.refreshing);
    showSummary();
    showMatches();
    // That the session has ended the window tells.
    if (state.error && state.connection == EntitiesState::Connection::Connected) {
        const bool connectAgain = asksToConnect(*state.error);
        m_bannerAction = connectAgain ? Action::Connect : Action::Refresh;
        Error shown = *state.error;
        const QString age = tr("What you see is from %1.").arg(shownTime(state.updatedAt));
        shown.advice = shown.advice.isEmpty() ? age : age + QLatin1Char(' ') + shown.advice;
        m_error->showError(shown, connectAgain ? tr("Connect again…") : tr("Try again"));
    } else {
        m_error->clear();
    }
}

void EntitiesPage::showSummary()
{
    const EligibilitySummary summary = eligibilitySummary(m_state.entities);
    m_summary->setTone(summary.tone);
    m_summaryText->setFullText(summary.text);
    m_summaryPage = summary.action;
    setExternalLinkText(m_summaryLink, summary.linkText);
    m_summaryLink->setVisible(summary.action != SonarPage::None);
}

void EntitiesPage::showMatches()
{
    if (m_filter->rowCount() > 0 || !m_filter->isFiltering()) {
        m_list->setCurrentWidget(m_table);
        return;
    }
    const QString searched = shownText(m_search->text(), 60);
    m_noMatch->showMessage(
        searched.isEmpty() ? tr("No entity with this eligibility")
                           : tr("No entity matches “%1”").arg(searched),
        tr("%Ln entities are hidden by search and filter.", nullptr, m_model->rowCount()),
        tr("Show all"));
    m_list->setCurrentWidget(m_noMatch);
}

void EntitiesPage::selectFirst()
{
    if (m_filter->rowCount() > 0 && !m_table->selectionModel()->hasSelection())
        m_table->selectRow(0);
}

void EntitiesPage::selectionChanged()
{
    m_details->setEntities(selectedEntities());
    updatePermitStatus();
}

QList<Entity> EntitiesPage::selectedEntities() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QList<Entity> entities;
    for (const QModelIndex &row : rows)
        entities << m_model->entities().at(m_filter->mapToSource(row).row());
    return entities;
}

void EntitiesPage::setWallets(const QList<Wallet> &wallets)
{
    m_details->permitBox()->setWallets(wallets);
}

void EntitiesPage::setPermitStatusSource(PermitStatusSource source)
{
    m_statusSource = std::move(source);
    updatePermitStatus();
}

void EntitiesPage::updatePermitStatus()
{
    PermitRequestBox *box = m_details->permitBox();
    const QString wallet = box->wallet();
    PermitStatusText status;
    if (m_statusSource && !wallet.isEmpty() && m_details->entities().size() == 1)
        status = m_statusSource(m_details->entities().first(), wallet);
    box->setPermitStatus(status);
}

void EntitiesPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void EntitiesPage::perform(Action action)
{
    switch (action) {
    case Action::None:
        break;
    case Action::Connect:
        Q_EMIT connectRequested();
        break;
    case Action::Refresh:
        if (m_workspace)
            m_workspace->refresh();
        Q_EMIT refreshRequested();
        break;
    case Action::SetUp:
        openPage(SonarPage::SetUp);
        break;
    }
}

void EntitiesPage::openPage(SonarPage page)
{
    const QUrl url = page == SonarPage::SetUp ? m_state.setUpPage : m_state.homePage;
    if (page == SonarPage::None)
        return;
    openExternal(url, this, [this, url] { pageNotOpened(url); });
}

void EntitiesPage::pageNotOpened(const QUrl &url)
{
    Error error;
    error.kind = ErrorKind::InvalidInput;
    error.summary = tr("The page on Sonar could not be opened");
    QGuiApplication::clipboard()->setText(url.toString(QUrl::FullyEncoded));
    error.advice = tr(
        "Your browser could not be opened. The link is on the clipboard; paste it into a browser.");
    error.details = url.toString();
    if (m_faces->currentWidget() == m_face) {
        m_face->showError(error, tr("Try again")); // which opens the page again
        return;
    }
    m_bannerAction = Action::None;
    m_error->showError(error);
}

} // namespace sonar
