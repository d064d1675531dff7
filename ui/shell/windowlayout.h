// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMainWindow;
class QSplitter;

namespace sonar {

class Preferences;

/// The window's place and size and its splitter, as they were when it was last closed.
void restoreWindowLayout(QMainWindow &window, QSplitter &splitter, const Preferences &preferences);
void saveWindowLayout(const QMainWindow &window, const QSplitter &splitter,
                      Preferences &preferences);

} // namespace sonar
