// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/screenfit.h"

#include <QLayout>
#include <QScreen>
#include <QWidget>

namespace sonar {

namespace {

constexpr int around = 48; ///< a title bar, and something of what is below

} // namespace

void resizeWithinScreen(QWidget *window, const QSize &wanted)
{
    const QWidget *const beside = window->parentWidget() ? window->parentWidget() : window;
    const QSize room = beside->screen()->availableSize() - QSize(around, around);
    window->resize(wanted.boundedTo(room).expandedTo(window->minimumSize()));
}

void growToContents(QWidget *window)
{
    QLayout *const layout = window->layout();
    layout->activate();
    const int needed = layout->hasHeightForWidth()
                           ? layout->totalMinimumHeightForWidth(window->width())
                           : layout->totalMinimumSize().height();
    if (window->height() < needed)
        window->resize(window->width(), needed);
}

} // namespace sonar
