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
#include "ui/style/tables.h"
#include "ui/style/tonedframe.h"

#include <QClipboard>
#include <QComboBox>
#include <QDataStream>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIODevice>
#include <QLocale>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace sonar {

namespace {

constexpr quint32 layoutMagic = 0x536e4531; // "SnE1": the columns of this version
constexpr int detailsWidth = 384;           ///< a whole EVM address fits into the wallet field
constexpr int allStandings = -1;

bool asksToConnect(const Error &error)
{
    return error.kind == ErrorKind::NotConnected || error.kind == ErrorKind::Unauthorized;
}

/// Local time, with the date when it isn't today's.
QString shownTime(const QDateTime &utc)
{
    const QDateTime local = utc.toLocalTime();
    return local.date() == QDate::currentDate()
               ? QLocale().toString(local.time(), QLocale::ShortFormat)
               : QLocale().toString(local, QLocale::ShortFormat);
}

} // namespace

EntitiesPage::EntitiesPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new EntityTableModel(this))
    , m_filter(new EntityFilterModel(this))
    , m_faces(new QStackedWidget(this))
    , m_face(new StateView(this))
    , m_error(new ErrorBanner(this))
{
    m_filter->setSourceModel(m_model);
    m_content = new QWidget(this);
    m_splitter = new QSplitter(m_content);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(buildList());
    m_details = new EntityDetailsPane(m_splitter);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({680, detailsWidth});
    m_faces->addWidget(m_face);
    // Its own margins, which go with it when it is hidden.
    m_error->layout()->setContentsMargins(16, 8, 16, 0);
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(0);
    content->addWidget(m_error);
    content->addWidget(m_splitter, 1);
    m_faces->addWidget(m_content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_faces);

    connect(m_face, &StateView::primaryTriggered, this, [this] { perform(m_faceAction); });
    connect(m_face, &StateView::secondaryTriggered, this, [this] { perform(Action::Refresh); });
    connect(m_error, &ErrorBanner::retryTriggered, this, [this] { perform(m_bannerAction); });
    connect(m_details, &EntityDetailsPane::pageRequested, this, &EntitiesPage::openPage);
    PermitRequestBox *box = m_details->permitBox();
    connect(box, &PermitRequestBox::walletChanged, this, &EntitiesPage::updatePermitStatus);
    connect(box, &PermitRequestBox::readinessRequested, this, &EntitiesPage::readinessRequested);
    connect(box, &PermitRequestBox::permitRequested, this, &EntitiesPage::permitRequested);
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, &EntitiesPage::focusSearch);
    showState({});
}

EntitiesPage::~EntitiesPage() = default;

QWidget *EntitiesPage::buildSummary()
{
    m_summary = new TonedFrame(Tone::Neutral, this);
    m_summaryText = new ElidedLabel({}, m_summary);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_summaryText->setFont(strong);
    m_summaryLink = externalLinkButton({}, m_summary);
    auto *row = new QHBoxLayout(m_summary);
    row->setContentsMargins(14, 4, 8, 4);
    row->addWidget(m_summaryText, 1);
    row->addWidget(m_summaryLink);
    connect(m_summaryLink, &QPushButton::clicked, this, [this] { openPage(m_summaryPage); });
    return m_summary;
}

QWidget *EntitiesPage::buildFilters()
{
    auto *filters = new QWidget(this);
    m_search = new SearchField(tr("Search entities"), m_table, filters);
    m_standing = new QComboBox(filters);
    m_standing->addItem(tr("All"), allStandings);
    m_standing->addItem(tr("Eligible"), int(Standing::CanTakePart));
    m_standing->addItem(tr("Not decided yet"), int(Standing::NotDecided));
    m_standing->addItem(tr("Not eligible"), int(Standing::CannotTakePart));
    m_standing->addItem(tr("Not known"), int(Standing::Unrecognised));
    m_standing->setAccessibleName(tr("Eligibility filter"));
    auto *label = new QLabel(tr("Eligi&bility"), filters);
    label->setProperty("muted", true);
    label->setBuddy(m_standing);
    m_refreshing = new Spinner(18, filters);
    m_refreshing->setToolTip(tr("Refreshing"));

    auto *row = new QHBoxLayout(filters);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_search, 1);
    row->addWidget(m_refreshing);
    row->addWidget(label);
    row->addWidget(m_standing);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setSearch(text);
        showMatches();
    });
    connect(m_standing, &QComboBox::currentIndexChanged, this, [this] {
        const int standing = m_standing->currentData().toInt();
        m_filter->setStanding(standing == allStandings ? std::nullopt
                                                       : std::optional(Standing(standing)));
        showMatches();
    });
    return filters;
}

void EntitiesPage::buildTable()
{
    m_table = new QTableView(this);
    m_table->setAccessibleName(tr("Entities"));
    m_table->setModel(m_filter);
    prepareTable(m_table);
    installCopyAction(m_table);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->setItemDelegateForColumn(EntityTableModel::Eligibility, new ChipDelegate(m_table));
    auto *monospacedCells = new MonospacedDelegate(m_table);
    for (const int column : {EntityTableModel::SaleSpecificEntityId, EntityTableModel::EntityId}) {
        m_table->setItemDelegateForColumn(column, monospacedCells);
        m_table->setColumnHidden(column, true);
    }
    const int character = m_table->fontMetrics().averageCharWidth();
    m_table->setColumnWidth(EntityTableModel::Label, character * 22);
    m_table->setColumnWidth(EntityTableModel::Type, character * 14);
    m_table->setColumnWidth(EntityTableModel::SetUp, character * 19);
    m_table->setColumnWidth(EntityTableModel::Eligibility, character * 22);
    m_table->setColumnWidth(EntityTableModel::Region, character * 9);
    m_table->setColumnWidth(EntityTableModel::SaleSpecificEntityId, character * 22);
    m_table->setColumnWidth(EntityTableModel::EntityId, character * 22);
    m_table->sortByColumn(EntityTableModel::Label, Qt::AscendingOrder);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &EntitiesPage::selectionChanged);
    // Return goes on to what one does with an entity.
    connect(m_table, &QTableView::activated, this,
            [this] { m_details->permitBox()->focusWallet(); });
}

QWidget *EntitiesPage::buildList()
{
    buildTable();
    m_noMatch = new StateView(this);
    connect(m_noMatch, &StateView::primaryTriggered, this, [this] {
        m_search->clear();
        m_standing->setCurrentIndex(0);
        m_search->setFocus();
    });
    m_list = new QStackedWidget(this);
    m_list->addWidget(m_table);
    m_list->addWidget(m_noMatch);

    auto *list = new QWidget(this);
    QWidget *summary = buildSummary();
    QWidget *filters = buildFilters();
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(summary);
    column->addWidget(filters);
    column->addWidget(m_list, 1);
    setTabOrder(m_summaryLink, m_search);
    setTabOrder(m_search, m_standing);
    setTabOrder(m_standing, m_table);
    return list;
}

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
    m_details->permitBox()->setChainType(state.chainType);
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
        m_face->showLoading(tr("Looking for your session"),
                            tr("It is kept in the system's keychain."));
    } else if (state.connection == Connection::NotConnected) {
        m_faceAction = Action::Connect;
        m_face->showMessage(tr("Connect your Sonar account"),
                            tr("You sign in on Sonar in your own browser. After that your entities "
                               "in this sale appear here, and you can request purchase permits."),
                            tr("Connect…"));
    } else if (state.connection == Connection::Ended) {
        m_faceAction = Action::Connect;
        m_face->showMessage(tr("Your session has ended"),
                            tr("Sonar doesn't accept it any more. Connect again to continue."),
                            tr("Connect again…"));
    } else if (state.loading == Loading::Failed && state.error) {
        const bool connectAgain = asksToConnect(*state.error);
        m_faceAction = connectAgain ? Action::Connect : Action::Refresh;
        m_face->showError(*state.error, connectAgain ? tr("Connect again…") : tr("Try again"));
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
    box->setPermitStatus(status.words, status.tone, status.note);
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
    if (page == SonarPage::None || openExternal(url))
        return;
    Error error;
    error.kind = ErrorKind::InvalidInput;
    error.summary = tr("The page on Sonar could not be opened");
    QGuiApplication::clipboard()->setText(url.toString(QUrl::FullyEncoded));
    error.advice = tr(
        "Your browser could not be opened. The link is on the clipboard; paste it into a browser.");
    error.details = url.toString();
    m_bannerAction = Action::None;
    m_error->showError(error);
}

QByteArray EntitiesPage::saveLayout() const
{
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << layoutMagic << m_table->horizontalHeader()->saveState() << m_splitter->saveState();
    return layout;
}

bool EntitiesPage::restoreLayout(const QByteArray &layout)
{
    QDataStream stream(layout);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 magic = 0;
    QByteArray header;
    QByteArray splitter;
    stream >> magic >> header >> splitter;
    if (stream.status() != QDataStream::Ok || magic != layoutMagic)
        return false;
    const bool columnsRestored = m_table->horizontalHeader()->restoreState(header);
    m_splitter->restoreState(splitter);
    return columnsRestored;
}

} // namespace sonar
