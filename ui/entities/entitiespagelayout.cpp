// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entitiespage.h"

#include "ui/entities/entitydetailspane.h"
#include "ui/entities/entityfiltermodel.h"
#include "ui/entities/entitytablemodel.h"
#include "ui/entities/permitrequestbox.h"
#include "ui/style/celldelegates.h"
#include "ui/style/columnwidths.h"
#include "ui/style/errorbanner.h"
#include "ui/style/labels.h"
#include "ui/style/searchfield.h"
#include "ui/style/sidebyside.h"
#include "ui/style/spinner.h"
#include "ui/style/stateview.h"
#include "ui/style/tables.h"
#include "ui/style/tonedframe.h"

#include <QComboBox>
#include <QDataStream>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIODevice>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

// How the page is put together; entitiespage.cpp says what it does.

namespace sonar {

namespace {

constexpr quint32 layoutMagic = 0x536e4532; // "SnE2": the columns of this version
constexpr int lowest = 96;        ///< of the list: texts that wrap ask for no height of their own
constexpr int detailsWidth = 384; ///< a whole EVM address fits into the wallet field
constexpr int allStandings = -1;

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
    m_splitter = new SideBySide(m_content);
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
    find->setContext(Qt::WindowShortcut);
    connect(find, &QShortcut::activated, this, &EntitiesPage::focusSearch);
    showState({});
}

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
    m_standing->addItem(tr("Eligibility: all"), allStandings);
    m_standing->addItem(tr("Eligible"), int(Standing::CanTakePart));
    m_standing->addItem(tr("Not decided yet"), int(Standing::NotDecided));
    m_standing->addItem(tr("Not eligible"), int(Standing::CannotTakePart));
    m_standing->addItem(tr("Not known"), int(Standing::Unrecognised));
    m_standing->setAccessibleName(tr("Eligibility filter"));
    m_refreshing = new Spinner(18, filters);
    m_refreshing->setToolTip(tr("Refreshing"));

    auto *row = new QHBoxLayout(filters);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_search, 1);
    row->addWidget(m_refreshing);
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
    const auto sized = [character](EntityTableModel::Column column, int least, int widest) {
        return ColumnWidths::Column{column, character * least, character * widest};
    };
    m_widths = new ColumnWidths(
        {sized(EntityTableModel::Label, 18, 30), sized(EntityTableModel::Type, 14, 18),
         sized(EntityTableModel::SetUp, 16, 24), sized(EntityTableModel::Eligibility, 20, 28),
         sized(EntityTableModel::Region, 9, 14),
         sized(EntityTableModel::SaleSpecificEntityId, 22, 30),
         sized(EntityTableModel::EntityId, 22, 30)},
        m_table);
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
    m_list->setMinimumHeight(lowest);

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

QByteArray EntitiesPage::saveLayout() const
{
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << layoutMagic << m_table->horizontalHeader()->saveState() << m_widths->arePersonal()
           << m_splitter->saveState();
    return layout;
}

bool EntitiesPage::restoreLayout(const QByteArray &layout)
{
    QDataStream stream(layout);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 magic = 0;
    QByteArray header;
    bool personal = false;
    QByteArray splitter;
    stream >> magic >> header >> personal >> splitter;
    if (stream.status() != QDataStream::Ok || magic != layoutMagic)
        return false;
    const bool columnsRestored = m_table->horizontalHeader()->restoreState(header);
    m_widths->setPersonal(columnsRestored && personal);
    m_splitter->restoreState(splitter);
    return columnsRestored;
}

} // namespace sonar
