// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/flowlayout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace sonar {

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(8);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[size_t(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *const item = m_items[size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

int FlowLayout::widthOf(const QLayoutItem &item) const
{
    return m_expanding && item.widget() == m_expanding ? item.minimumSize().width()
                                                       : item.sizeHint().width();
}

int FlowLayout::arrange(const QRect &rect, bool place) const
{
    int y = rect.y();
    for (size_t first = 0; first < m_items.size();) {
        std::vector<QLayoutItem *> line;
        int used = 0;
        int height = 0;
        size_t next = first;
        for (; next < m_items.size(); ++next) {
            QLayoutItem *const item = m_items[next].get();
            if (item->isEmpty())
                continue;
            const int width = widthOf(*item) + (line.empty() ? 0 : spacing());
            if (!line.empty() && used + width > rect.width())
                break;
            line.push_back(item);
            used += width;
            height = std::max(height, item->sizeHint().height());
        }
        first = next;
        if (line.empty())
            break;
        if (y > rect.y())
            y += spacing();
        int x = rect.x();
        for (QLayoutItem *item : line) {
            int width = std::min(widthOf(*item), rect.width());
            if (item->widget() == m_expanding)
                width += std::max(rect.width() - used, 0);
            const int own = item->sizeHint().height();
            if (place)
                item->setGeometry(QStyle::visualRect(parentWidget()->layoutDirection(), rect,
                                                     QRect(x, y + (height - own) / 2, width, own)));
            x += width + spacing();
        }
        y += height;
    }
    return y - rect.y();
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const auto &item : m_items) {
        if (item->isEmpty())
            continue;
        width += item->sizeHint().width() + (width > 0 ? spacing() : 0);
        height = std::max(height, item->sizeHint().height());
    }
    return {width, height};
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto &item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo({widthOf(*item), item->sizeHint().height()});
    }
    // Those around it must not make it lower than its lines are now.
    return m_width > 0 ? size.expandedTo({0, heightForWidth(m_width)}) : size;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
    // Another width may need another height. Later: now the layouts around this one are at work.
    if (m_width != rect.width())
        QMetaObject::invokeMethod(this, &QLayout::update, Qt::QueuedConnection);
    m_width = rect.width();
}

} // namespace sonar
