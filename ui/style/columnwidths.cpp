// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/columnwidths.h"

#include <QAbstractItemDelegate>
#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QStyleOptionViewItem>
#include <QTableView>

#include <algorithm>

namespace sonar {

/// Milliseconds between looks, while answers come in by the hundred.
static constexpr int pause = 250;

ColumnWidths::ColumnWidths(const QList<Column> &columns, QTableView *view)
    : QObject(view)
    , m_view(view)
    , m_columns(columns)
{
    for (const Column &column : columns)
        view->setColumnWidth(column.column, column.least);
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &ColumnWidths::fit);
    const QAbstractItemModel *model = view->model();
    const auto otherRows = [this] { fitSoon(true); };
    connect(model, &QAbstractItemModel::rowsInserted, this, otherRows);
    connect(model, &QAbstractItemModel::rowsRemoved, this, otherRows);
    connect(model, &QAbstractItemModel::modelReset, this, otherRows);
    connect(model, &QAbstractItemModel::dataChanged, this, [this] { fitSoon(false); });
    view->viewport()->installEventFilter(this);
    connect(view->horizontalHeader(), &QHeaderView::sectionResized, this,
            &ColumnWidths::sectionResized);
}

void ColumnWidths::fitSoon(bool afresh)
{
    m_afresh = m_afresh || afresh;
    if (m_personal || m_soon.isActive())
        return;
    const bool lately = m_last.isValid() && m_last.elapsed() < pause;
    m_soon.start(lately ? pause : 0);
}

void ColumnWidths::fit()
{
    m_last.start();
    if (m_personal || !m_view->model() || m_view->model()->rowCount() == 0)
        return;
    const QScopedValueRollback<bool> fitting(m_fitting, true);
    QList<int> widths = wantedWidths();
    const bool afresh = m_afresh || m_squeezed;
    m_squeezed = squeeze(widths);
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        const int column = m_columns[i].column;
        if (widths[i] > 0 && (afresh || m_squeezed || widths[i] > m_view->columnWidth(column)))
            m_view->setColumnWidth(column, widths[i]);
    }
    m_afresh = false;
}

QList<int> ColumnWidths::wantedWidths() const
{
    QList<int> widths;
    for (const Column &column : m_columns)
        widths << (m_view->isColumnHidden(column.column)
                       ? 0
                       : std::clamp(widthFor(column.column), column.least, column.widest));
    return widths;
}

bool ColumnWidths::squeeze(QList<int> &widths) const
{
    const auto givesWay = [&](qsizetype i) { return m_columns[i].tightest > 0 && widths[i] > 0; };
    int over = -m_view->viewport()->width();
    for (qsizetype i = 0; i < widths.size(); ++i)
        over += givesWay(i) ? widths[i] : 0;
    if (over <= 0)
        return false;
    // First what is more than usual, then what is more than the least of all; each its share.
    for (const auto bound : {&Column::least, &Column::tightest}) {
        const auto spare = [&](qsizetype i) {
            return givesWay(i) ? std::max(0, widths[i] - m_columns[i].*bound) : 0;
        };
        int all = 0;
        for (qsizetype i = 0; i < widths.size(); ++i)
            all += spare(i);
        const int taken = std::min(over, all);
        over -= taken;
        for (qsizetype i = 0; i < widths.size() && all > 0; ++i)
            widths[i] -= (spare(i) * taken + all - 1) / all;
    }
    return true;
}

bool ColumnWidths::eventFilter(QObject *object, QEvent *event)
{
    // Only the viewport is watched, and the view may be half gone when it hears of the last events.
    if (event->type() == QEvent::Resize)
        fitSoon(false);
    return QObject::eventFilter(object, event);
}

int ColumnWidths::widthFor(int column) const
{
    int width = m_view->horizontalHeader()->sectionSizeHint(column);
    QStyleOptionViewItem option;
    option.initFrom(m_view);
    option.widget = m_view; // its style sheet pads the cells
    option.font = m_view->font();
    option.fontMetrics = m_view->fontMetrics();
    const int height = m_view->viewport()->height();
    const int first = std::max(0, m_view->rowAt(0));
    const int rows = m_view->model()->rowCount();
    for (int row = first; row < rows && m_view->rowViewportPosition(row) < height; ++row) {
        const QModelIndex index = m_view->model()->index(row, column, m_view->rootIndex());
        width =
            std::max(width, m_view->itemDelegateForIndex(index)->sizeHint(option, index).width());
    }
    return width;
}

void ColumnWidths::sectionResized(int section, int before, int now)
{
    if (before == 0)
        fitSoon(false); // shown again
    // The last one follows the window.
    const QHeaderView *header = m_view->horizontalHeader();
    int last = header->count() - 1;
    while (last > 0 && header->isSectionHidden(header->logicalIndex(last)))
        --last;
    if (m_fitting || before == 0 || now == 0 || header->visualIndex(section) == last)
        return;
    m_personal = true;
}

} // namespace sonar
