// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace sonar::test {

/// What of a shown window or dialog can't be seen or reached on its screen; one line each, empty
/// when all is well.
///
/// The window is within its screen, with room for a title bar. Every button and field is within
/// the window, or within an area that scrolls up and down; no area scrolls sideways but tables and
/// texts. No button and no label is too small for its words.
QStringList faultsOfFit(QWidget *window);

} // namespace sonar::test
