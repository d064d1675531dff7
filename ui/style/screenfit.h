// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

class QWidget;

namespace sonar {

/// What a window may take of the screen that `window`'s parent is on: all but a frame with a title
/// bar, which isn't known before the window is shown.
QSize roomFor(const QWidget *window);

/// As large as `wanted`, but within that room; a window that is shown moves where its new size
/// would lie outside of the screen.
void resizeWithinScreen(QWidget *window, const QSize &wanted);
/// The same for a window that a person doesn't resize.
void fixWithinScreen(QWidget *window, const QSize &wanted);

} // namespace sonar
