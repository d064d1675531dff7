// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace sonar {

/// Shows a file that was saved: in the file manager, selected, or else its folder.
void showInFolder(QWidget *window, const QString &file);

} // namespace sonar
