// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/tables.h" // installCopyAction reads FullTextRole

#include <QStyledItemDelegate>

namespace sonar {

/// Roles that the delegates here read beside Qt::DisplayRole.
enum StyleRole {
    ToneRole = Qt::UserRole + 1000, ///< int(Tone) for ChipDelegate
    FullTextRole, ///< QString: what "copy" takes when the cell shows a shortened form
};

/// Paints a cell's text as a Chip; an empty text paints nothing.
class ChipDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Monospaced, elided in the middle; labels are never taken for rich text.
class MonospacedDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace sonar
