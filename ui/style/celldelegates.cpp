// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/celldelegates.h"

#include "ui/style/chip.h"

#include <QApplication>
#include <QPainter>

namespace sonar {

namespace {

constexpr int cellPadding = 11; ///< as sonar.qss pads cells

const QStyle *styleOf(const QStyleOptionViewItem &option)
{
    return option.widget ? option.widget->style() : QApplication::style();
}

} // namespace

void ChipDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = cell.text;
    cell.text.clear();
    styleOf(cell)->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    if (text.isEmpty())
        return;
    const QRect room = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    QSize size = Chip::sizeFor(text, cell.font);
    size.setWidth(qMin(size.width(), room.width()));
    const QRect chip =
        QStyle::alignedRect(cell.direction, Qt::AlignLeft | Qt::AlignVCenter, size, room);
    Chip::paint(*painter, chip, text, Tone(index.data(ToneRole).toInt()), cell.font, cell.palette);
}

QSize ChipDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize chip = Chip::sizeFor(index.data(Qt::DisplayRole).toString(), option.font);
    return {chip.width() + 2 * cellPadding, chip.height() + 8};
}

void MonospacedDelegate::initStyleOption(QStyleOptionViewItem *option,
                                         const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->font = monospaced(option->font);
    option->fontMetrics = QFontMetrics(option->font);
    option->textElideMode = Qt::ElideMiddle;
}

} // namespace sonar
