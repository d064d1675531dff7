// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowlayout.h"

#include "app/config/preferences.h"
#include "ui/style/screenfit.h"

#include <QMainWindow>
#include <QSplitter>

namespace sonar {

namespace {

const QString geometryKey = QStringLiteral("window");
const QString splitterKey = QStringLiteral("sidebar");
constexpr QSize usualSize(1280, 800);

} // namespace

void restoreWindowLayout(QMainWindow &window, QSplitter &splitter, const Preferences &preferences)
{
    if (!window.restoreGeometry(preferences.layout(geometryKey)))
        resizeWithinScreen(&window, usualSize);
    splitter.restoreState(preferences.layout(splitterKey));
}

void saveWindowLayout(const QMainWindow &window, const QSplitter &splitter,
                      Preferences &preferences)
{
    preferences.setLayout(geometryKey, window.saveGeometry());
    // Hidden, as on the welcome page, the side list has no width.
    if (splitter.widget(0)->isVisible())
        preferences.setLayout(splitterKey, splitter.saveState());
}

} // namespace sonar
