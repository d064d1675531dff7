// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QSize;
class QWidget;

namespace sonar {

/// As large as `wanted`, but with room around it on the screen of `window`'s parent.
void resizeWithinScreen(QWidget *window, const QSize &wanted);

/// Higher, when what has come into a dialog since needs it.
void growToContents(QWidget *window);

} // namespace sonar
