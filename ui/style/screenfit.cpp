// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/screenfit.h"

#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace sonar {

namespace {

constexpr int sides = 16;
constexpr int titleBar = 48; ///< the highest there are, and the lower edge

void moveWithinScreen(QWidget *window)
{
    if (!window->isVisible())
        return; // placed when it is shown
    const QRect screen = window->screen()->availableGeometry();
    const QRect frame = window->frameGeometry();
    const auto within = [](int place, int least, int most) {
        return std::max(least, std::min(place, most));
    };
    window->move(within(frame.x(), screen.left(), screen.right() + 1 - frame.width()),
                 within(frame.y(), screen.top(), screen.bottom() + 1 - frame.height()));
}

} // namespace

QSize roomFor(const QWidget *window)
{
    const QWidget *const beside = window->parentWidget() ? window->parentWidget() : window;
    return beside->screen()->availableSize() - QSize(sides, titleBar);
}

void resizeWithinScreen(QWidget *window, const QSize &wanted)
{
    window->resize(wanted.boundedTo(roomFor(window)));
    moveWithinScreen(window);
}

void fixWithinScreen(QWidget *window, const QSize &wanted)
{
    window->setFixedSize(wanted.boundedTo(roomFor(window)));
    moveWithinScreen(window);
}

} // namespace sonar
