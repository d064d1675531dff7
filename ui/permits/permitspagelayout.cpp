// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitdetailspane.h"
#include "ui/permits/permitfiltermodel.h"
#include "ui/permits/permitnotices.h"
#include "ui/permits/permitresults.h"
#include "ui/permits/permitsbar.h"
#include "ui/permits/permitselectionpane.h"
#include "ui/permits/permitspage.h"
#include "ui/permits/permittablemodel.h"
#include "ui/permits/permitwords.h"
#include "ui/permits/refreshbanner.h"
#include "ui/permits/signerwarning.h"
#include "ui/style/chip.h"
#include "ui/style/columnwidths.h"
#include "ui/style/sidebyside.h"
#include "ui/style/stateview.h"
#include "ui/style/tables.h"

#include "app/workspace/permitwatch.h"
#include "app/workspace/workspace.h"

#include <QAction>
#include <QClipboard>
#include <QCursor>
#include <QDataStream>
#include <QGuiApplication>
#include <QHeaderView>
#include <QIODevice>
#include <QMenu>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

// How the page is put together; permitspage.cpp says what it does.

namespace sonar {

namespace {

/// The address is short already: what doesn't fit is the end of the name.
class WalletCellDelegate : public MonospacedDelegate
{
public:
    using MonospacedDelegate::MonospacedDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        MonospacedDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideRight;
    }
};

constexpr int lowest = 96; ///< of the list: texts that wrap ask for no height of their own
constexpr quint32 layoutMagic = 0x536e5034;      // "SnP4": the columns of this version
constexpr quint32 olderLayoutMagic = 0x536e5033; // "SnP3": in another order, all pairs by default

} // namespace

PermitsPage::PermitsPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new PermitTableModel(this))
    , m_filtered(new PermitFilterModel(m_model, this))
    , m_refreshBanner(new RefreshBanner(this))
    , m_faces(new QStackedWidget(this))
    , m_state(new StateView(this))
    , m_content(new QWidget(this))
{
    makeActions();
    makeOptions();
    m_signer = new SignerWarning(m_content);
    m_notices = new PermitNotices(m_content);
    m_splitter = new SideBySide(m_content);
    m_splitter->addWidget(makeList());
    m_beside = new QStackedWidget(m_splitter);
    m_details = new PermitDetailsPane(m_beside);
    m_selection = new PermitSelectionPane(m_beside);
    m_beside->addWidget(m_details);
    m_beside->addWidget(m_selection);
    m_splitter->addWidget(m_beside);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({736, 312});
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(0);
    // Their own margins, which go with them when they are hidden.
    for (QWidget *message : std::initializer_list<QWidget *>{m_signer, m_notices}) {
        message->layout()->setContentsMargins(16, 8, 16, 0);
        content->addWidget(message);
    }
    content->addWidget(m_splitter, 1);
    m_faces->addWidget(m_state);
    m_faces->addWidget(m_content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_refreshBanner->layout()->setContentsMargins(16, 8, 16, 0);
    layout->addWidget(m_refreshBanner);
    layout->addWidget(m_faces, 1);

    m_seconds.setInterval(1000);
    m_seconds.setTimerType(Qt::PreciseTimer);
    connect(&m_seconds, &QTimer::timeout, this, &PermitsPage::tick);
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &PermitsPage::refresh);

    connect(m_state, &StateView::primaryTriggered, this, &PermitsPage::faceAction);
    connect(m_state, &StateView::secondaryTriggered, this, [this] {
        if (m_wallets.isEmpty())
            openWalletBook();
        else
            m_everyPair->setChecked(true);
    });
    connect(m_signer, &SignerWarning::editSaleRequested, this, &PermitsPage::editSaleRequested);
    connect(m_details, &PermitDetailsPane::editSaleRequested, this,
            &PermitsPage::editSaleRequested);
    connect(m_signer, &SignerWarning::accepted, this, [this](const QString &signer) {
        if (desk())
            desk()->acceptSigner(signer);
    });
    connect(m_refreshBanner, &RefreshBanner::connectRequested, this,
            &PermitsPage::connectRequested);
    connect(m_notices, &PermitNotices::activated, this, &PermitsPage::raiseRequested);
    connect(m_details, &PermitDetailsPane::anotherWalletRequested, this, &PermitsPage::addByDialog);
    const auto current = [this](auto act) {
        return [this, act] {
            if (const int row = currentRow(); row >= 0)
                (this->*act)({row});
        };
    };
    connect(m_details, &PermitDetailsPane::checkRequested, this, current(&PermitsPage::check));
    connect(m_details, &PermitDetailsPane::requestRequested, this, current(&PermitsPage::request));
    connect(m_details, &PermitDetailsPane::retryRequested, this, current(&PermitsPage::retry));
    connect(m_details, &PermitDetailsPane::exportRequested, this,
            current(&PermitsPage::openExport));
    connect(m_details, &PermitDetailsPane::replyCopied, this,
            [this](const QString &entityId, const QString &wallet) {
                markExported({{entityId, wallet}});
            });
    connect(m_selection, &PermitSelectionPane::checkRequested, m_check, &QAction::trigger);
    connect(m_selection, &PermitSelectionPane::requestRequested, m_request, &QAction::trigger);
    connect(m_selection, &PermitSelectionPane::exportRequested, this,
            [this] { openExport(selectedRows()); });
    makeMenus();
    refresh();
}

PermitsPage::~PermitsPage() = default;

void PermitsPage::makeActions()
{
    const auto make = [this](const QString &text, const QString &tip, auto act) {
        auto *action = new QAction(text, this);
        action->setToolTip(tip);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    m_checkAll = make(tr("Check all"), tr("Ask Sonar whether these wallets may commit"),
                      [this] { check(rowsInReach()); });
    m_requestAll = make(tr("Request for all"),
                        tr("Check, and request a permit for every wallet that is ready"),
                        [this] { request(rowsToRequest()); });
    m_check = make(tr("Check"), {}, [this] { check(selectedRows()); });
    m_request = make(tr("Request permit"), {}, [this] { request(selectedRows()); });
    m_retry = make(tr("Retry failed"), {}, [this] { retry(failedRows()); });
    m_walletBook = make(tr("Wallet book…"), tr("Your wallet book: add, import, name, remove"),
                        [this] { openWalletBook(); });
    m_export = make(tr("Export…"), {}, [this] { exportPermits(); });
    m_copyWallet = make(tr("Copy wallet address"), {}, [this] {
        QStringList wallets;
        for (const int row : selectedRows())
            wallets << desk()->rows()[row].wallet;
        wallets.removeDuplicates();
        QGuiApplication::clipboard()->setText(wallets.join(QLatin1Char('\n')));
    });
    m_remove = make(tr("Remove"), {}, [this] { removeSelected(); });
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetShortcut);
}

void PermitsPage::makeOptions()
{
    const auto make = [this](const QString &text, const QString &tip, bool on) {
        auto *option = new QAction(text, this);
        option->setToolTip(tip);
        option->setCheckable(true);
        option->setChecked(on);
        connect(option, &QAction::toggled, this, &PermitsPage::layoutChanged);
        return option;
    };
    m_everyPair = make(tr("Show every entity with every wallet"), {}, false);
    m_everyPair->setObjectName(QStringLiteral("everyPair"));
    m_renewing =
        make(tr("Renew permits automatically"),
             tr("Requests a new permit shortly before the old one expires, while Sonar Desktop is "
                "running"),
             false);
    m_notifying = make(tr("Notify on the desktop"),
                       tr("When a permit ends soon, and when a wallet has become ready"), true);
    connect(m_everyPair, &QAction::toggled, this, [this](bool on) {
        if (!on) {
            dropUnasked();
            return;
        }
        m_removed.clear();
        fillMatrix();
    });
    connect(m_renewing, &QAction::toggled, this, [this](bool on) {
        if (m_watch)
            m_watch->setRenewing(on);
    });
    connect(m_notifying, &QAction::toggled, this,
            [this](bool on) { m_notices->setDesktopAllowed(on); });
}

void PermitsPage::makeTable()
{
    m_table = new QTableView(this);
    m_table->setAccessibleName(tr("Permits"));
    m_table->setModel(m_filtered);
    prepareTable(m_table);
    installCopyAction(m_table);
    m_table->setItemDelegateForColumn(PermitTableModel::StatusColumn, new ChipDelegate(m_table));
    m_table->setItemDelegateForColumn(PermitTableModel::WalletColumn,
                                      new WalletCellDelegate(m_table));
    m_table->setItemDelegateForColumn(PermitTableModel::TimeLeftColumn,
                                      new MonospacedDelegate(m_table));
    const int character = m_table->fontMetrics().averageCharWidth();
    const auto sized = [character](PermitTableModel::Column column, int least, int widest,
                                   int tightest = 0) {
        return ColumnWidths::Column{column, character * least, character * widest,
                                    character * tightest};
    };
    // The longest words for a status, with the cell's margins.
    const int status =
        Chip::sizeFor(reasonWords(FailureReason::OutsideTimeWindow, {}), m_table->font()).width() +
        24;
    m_widths =
        new ColumnWidths({sized(PermitTableModel::EntityColumn, 17, 30, 10),
                          sized(PermitTableModel::WalletColumn, 24, 36, 13),
                          {PermitTableModel::StatusColumn, character * 20, status, character * 13},
                          sized(PermitTableModel::TimeLeftColumn, 12, 18, 11),
                          sized(PermitTableModel::NextStepColumn, 22, 60, 14),
                          sized(PermitTableModel::AmountColumn, 19, 50),
                          sized(PermitTableModel::WalletLimitsColumn, 24, 50),
                          sized(PermitTableModel::WindowColumn, 34, 50),
                          sized(PermitTableModel::TypeColumn, 13, 24),
                          sized(PermitTableModel::PriceColumn, 16, 40)},
                         m_table);
    // The most urgent first.
    m_table->sortByColumn(PermitTableModel::TimeLeftColumn, Qt::AscendingOrder);
    m_table->addAction(m_remove);

    const auto later = [this] { refreshSoon(); };
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_follows = false;
        // Keys may come at once; the rest not while rows are on their way out and in.
        const bool any = m_table->selectionModel()->hasSelection();
        for (QAction *action : {m_copyWallet, m_remove})
            action->setEnabled(any);
        for (QAction *action : {m_check, m_request})
            action->setEnabled(any && isConnected());
        refreshSoon();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, later);
    // By hand, or by the wheel.
    connect(m_table->verticalScrollBar(), &QScrollBar::actionTriggered, this,
            [this] { m_follows = false; });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, later);
    connect(m_filtered, &QAbstractItemModel::modelReset, this, later);
    connect(m_filtered, &QAbstractItemModel::layoutChanged, this, later);
    connect(m_filtered, &QAbstractItemModel::rowsInserted, this, later);
    connect(m_filtered, &QAbstractItemModel::rowsRemoved, this, later);
    connect(m_model, &QAbstractItemModel::modelReset, this, later);
    connect(m_model, &QAbstractItemModel::dataChanged, this,
            [later](const QModelIndex &first, const QModelIndex &) {
                if (first.column() <= PermitTableModel::StatusColumn)
                    later();
            });
}

QWidget *PermitsPage::makeList()
{
    makeTable();
    m_bar = new PermitsBar({m_walletBook,
                            m_checkAll,
                            m_requestAll,
                            m_retry,
                            {m_export, m_remove, nullptr, m_everyPair, m_renewing, m_notifying}},
                           m_table, this);
    m_noMatch = new StateView(this);
    m_noMatch->showMessage(tr("No permit matches"),
                           tr("Nothing here fits the search and the status filter."),
                           tr("Show all"));
    m_list = new QStackedWidget(this);
    m_list->addWidget(m_table);
    m_list->addWidget(m_noMatch);
    m_list->setMinimumHeight(lowest);
    auto *list = new QWidget(this);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_bar);
    column->addWidget(m_list, 1);
    connectBar();
    return list;
}

void PermitsPage::connectBar()
{
    connect(m_noMatch, &StateView::primaryTriggered, this, [this] {
        m_bar->clearFilter();
        m_table->setFocus();
    });
    connect(m_bar, &PermitsBar::searchChanged, this, [this](const QString &text) {
        m_filtered->setSearch(text);
        refresh();
    });
    connect(m_bar, &PermitsBar::stateChosen, this, [this](std::optional<PermitState> state) {
        m_filtered->setState(state);
        refresh();
    });
    connect(m_bar, &PermitsBar::groupingChosen, this, [this](PermitFilterModel::Grouping grouping) {
        m_filtered->setGrouping(grouping);
        Q_EMIT layoutChanged();
    });
    connect(m_bar, &PermitsBar::addTriggered, this, &PermitsPage::addByDialog);
    connect(m_bar, &PermitsBar::cancelTriggered, this, [this] {
        if (desk())
            desk()->cancel();
    });
    const auto shortcut = [this](const QKeySequence &keys, auto act) {
        auto *made = new QShortcut(keys, this);
        made->setContext(Qt::WindowShortcut); // of the page in view, wherever the focus is
        connect(made, &QShortcut::activated, this, act);
    };
    shortcut(QKeySequence::Find, [this] { focusSearch(); });
    shortcut(QKeySequence::New, [this] {
        if (isConnected())
            addByDialog();
    });
    const auto tableKey = [this](Qt::Key key, auto act) {
        auto *made = new QShortcut(key, m_table);
        made->setContext(Qt::WidgetShortcut);
        connect(made, &QShortcut::activated, this, act);
    };
    tableKey(Qt::Key_Return, [this] { groupClicked(m_table->currentIndex()); });
    tableKey(Qt::Key_Plus, [this] { foldCurrent(false); });
    tableKey(Qt::Key_Minus, [this] { foldCurrent(true); });
    connect(m_table, &QTableView::doubleClicked, this, &PermitsPage::groupClicked);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex &index) {
        // On the arrow itself one click is enough.
        const int x = m_table->viewport()->mapFromGlobal(QCursor::pos()).x() -
                      m_table->columnViewportPosition(index.column());
        constexpr int arrowWidth = 26;
        if (index.column() == PermitTableModel::EntityColumn && x >= 0 && x < arrowWidth)
            groupClicked(index);
    });
}

void PermitsPage::makeMenus()
{
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        QMenu menu(this);
        menu.addActions({m_check, m_request});
        menu.addSeparator();
        menu.addActions({m_copyWallet, m_export});
        menu.addSeparator();
        menu.addAction(m_remove);
        menu.exec(m_table->viewport()->mapToGlobal(position));
    });
}

void PermitsPage::focusSearch()
{
    m_bar->focusSearch();
}

QByteArray PermitsPage::saveLayout() const
{
    QByteArray layout;
    QDataStream out(&layout, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << layoutMagic << m_table->horizontalHeader()->saveState() << m_widths->arePersonal()
        << m_splitter->saveState() << quint8(m_filtered->grouping()) << m_everyPair->isChecked()
        << m_renewing->isChecked() << m_notifying->isChecked();
    return layout;
}

bool PermitsPage::restoreLayout(const QByteArray &layout)
{
    QDataStream in(layout);
    in.setVersion(QDataStream::Qt_6_4);
    quint32 magic = 0;
    QByteArray header;
    bool personal = false;
    QByteArray splitter;
    quint8 grouping = 0;
    bool everyPair = false;
    bool renewing = false;
    bool notifying = true;
    in >> magic >> header >> personal >> splitter >> grouping >> everyPair >> renewing >> notifying;
    const bool older = magic == olderLayoutMagic;
    if (in.status() != QDataStream::Ok || (magic != layoutMagic && !older) ||
        grouping > quint8(PermitFilterModel::Grouping::ByWallet))
        return false;
    const QSignalBlocker quiet(this); // nothing new to keep
    m_bar->setGrouping(PermitFilterModel::Grouping(grouping));
    m_everyPair->setChecked(everyPair && !older);
    m_renewing->setChecked(renewing);
    m_notifying->setChecked(notifying);
    if (older)
        return m_splitter->restoreState(splitter);
    const bool columnsRestored = m_table->horizontalHeader()->restoreState(header);
    m_widths->setPersonal(columnsRestored && personal);
    return columnsRestored && m_splitter->restoreState(splitter);
}

} // namespace sonar
