// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace sonar {

/// Asks the desktop's file manager to show a file in its folder, selected (D-Bus interface
/// org.freedesktop.FileManager1). `unable` is called when none does so, at once or later, and not
/// after the death of `context`.
void showInFileManager(const QString &path, QObject *context, const std::function<void()> &unable);

} // namespace sonar
