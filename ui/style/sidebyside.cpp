// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/sidebyside.h"

namespace sonar {

namespace {

constexpr int leastTableCharacters = 108; ///< a few columns of a table, and a pane

} // namespace

SideBySide::SideBySide(QWidget *parent)
    : QSplitter(parent)
{
    setChildrenCollapsible(false);
    setHandleWidth(1);
    connect(this, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
}

QByteArray SideBySide::saveState() const
{
    return orientation() == Qt::Horizontal ? QSplitter::saveState() : m_beside;
}

bool SideBySide::restoreState(const QByteArray &state)
{
    if (orientation() == Qt::Horizontal)
        return QSplitter::restoreState(state);
    m_beside = state;
    return !state.isEmpty();
}

int SideBySide::narrow() const
{
    return fontMetrics().averageCharWidth() * leastTableCharacters;
}

QSize SideBySide::minimumSizeHint() const
{
    // Either way of putting them is possible.
    QSize least;
    int low = 0;
    for (int i = 0; i < count(); ++i) {
        const QSize one = widget(i)->minimumSizeHint().expandedTo(widget(i)->minimumSize());
        least = least.expandedTo(one);
        low += one.height();
    }
    return {least.width(), orientation() == Qt::Vertical ? low : least.height()};
}

void SideBySide::resizeEvent(QResizeEvent *event)
{
    const bool below = width() < narrow();
    if (below && orientation() == Qt::Horizontal) {
        m_beside = QSplitter::saveState();
        m_moved = false;
        setOrientation(Qt::Vertical);
    } else if (!below && orientation() == Qt::Vertical) {
        setOrientation(Qt::Horizontal);
        QSplitter::restoreState(m_beside);
    }
    QSplitter::resizeEvent(event);
    if (below && !m_moved)
        setSizes({height() * 3 / 5, height() * 2 / 5});
}

} // namespace sonar
