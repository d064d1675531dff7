// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/tables.h"

#include "ui/style/celldelegates.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

#include <algorithm>

namespace sonar {

namespace {

QString contentOf(const QModelIndex &index)
{
    const QString full = index.data(FullTextRole).toString();
    const QString text = full.isEmpty() ? index.data(Qt::DisplayRole).toString() : full;
    // One cell stays one cell when pasted into a spreadsheet.
    return text.simplified();
}

void copySelection(const QTableView *view)
{
    QModelIndexList cells = view->selectionModel()->selectedIndexes();
    cells.removeIf([view](const QModelIndex &cell) {
        return view->isColumnHidden(cell.column()) || view->isRowHidden(cell.row());
    });
    const bool oneRow = std::all_of(cells.cbegin(), cells.cend(), [&](const QModelIndex &cell) {
        return cell.row() == cells.first().row();
    });
    if (oneRow && view->currentIndex().isValid())
        cells = {view->currentIndex()};
    const QHeaderView *header = view->horizontalHeader();
    std::sort(cells.begin(), cells.end(), [header](const QModelIndex &a, const QModelIndex &b) {
        return a.row() != b.row()
                   ? a.row() < b.row()
                   : header->visualIndex(a.column()) < header->visualIndex(b.column());
    });
    QString text;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0)
            text += cells[i].row() == cells[i - 1].row() ? QLatin1Char('\t') : QLatin1Char('\n');
        text += contentOf(cells[i]);
    }
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

struct TableWords
{
    Q_DECLARE_TR_FUNCTIONS(sonar::Tables)
};

/// What can be done with the header: `sorted` is the column that its first two entries sort by.
void showColumnMenu(QTableView *view, const QPoint &place, int sorted)
{
    QHeaderView *header = view->horizontalHeader();
    auto *menu = new QMenu(view);
    menu->setObjectName(QStringLiteral("columns"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (sorted >= 0) {
        QString name = view->model()->headerData(sorted, Qt::Horizontal).toString();
        name.replace(QLatin1Char('&'), QLatin1String("&&"));
        const auto sort = [&](const QString &text, Qt::SortOrder order) {
            QObject::connect(menu->addAction(text.arg(name)), &QAction::triggered, view,
                             [view, sorted, order] { view->sortByColumn(sorted, order); });
        };
        sort(TableWords::tr("Sort by %1, &ascending"), Qt::AscendingOrder);
        sort(TableWords::tr("Sort by %1, &descending"), Qt::DescendingOrder);
        menu->addSeparator();
    }
    const int shown = header->count() - header->hiddenSectionCount();
    for (int column = 0; column < header->count(); ++column) {
        QAction *action =
            menu->addAction(view->model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        // A table without columns would have no header left to bring them back.
        action->setEnabled(header->isSectionHidden(column) || shown > 1);
        QObject::connect(action, &QAction::toggled, view,
                         [view, column](bool on) { view->setColumnHidden(column, !on); });
    }
    menu->popup(place);
}

/// The header can't be reached by keys, so what it does can be done from the table.
void installColumnAction(QTableView *view)
{
    auto *action = new QAction(TableWords::tr("Sort and columns…"), view);
    action->setShortcut(Qt::ALT | Qt::Key_Down);
    action->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(action, &QAction::triggered, view, [view] {
        const QModelIndex current = view->currentIndex();
        const QHeaderView *header = view->horizontalHeader();
        const int column = current.isValid() && !view->isColumnHidden(current.column())
                               ? current.column()
                               : header->logicalIndex(0);
        const QPoint below(qMax(0, header->sectionViewportPosition(column)), header->height());
        showColumnMenu(view, header->mapToGlobal(below), column);
    });
    view->addAction(action);
}

} // namespace

void prepareTable(QTableView *view)
{
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTextElideMode(Qt::ElideRight);
    view->setTabKeyNavigation(false);
    // Before sorting is switched on: it would start with the first column, downwards.
    view->horizontalHeader()->setSortIndicator(0, Qt::AscendingOrder);
    view->setSortingEnabled(true);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(qMax(32, view->fontMetrics().height() + 16));
    QHeaderView *header = view->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(64);
    header->setStretchLastSection(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(
        header, &QWidget::customContextMenuRequested, view, [view, header](const QPoint &position) {
            showColumnMenu(view, header->mapToGlobal(position), header->logicalIndexAt(position));
        });
    installColumnAction(view);
}

void installCopyAction(QTableView *view)
{
    auto *action = new QAction(TableWords::tr("Copy"), view);
    action->setShortcut(QKeySequence::Copy);
    action->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(action, &QAction::triggered, view, [view] { copySelection(view); });
    view->addAction(action);
}

} // namespace sonar
