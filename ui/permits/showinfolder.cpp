// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/showinfolder.h"

#include "app/workspace/filemanager.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>
#include <QWidget>

namespace sonar {

void showInFolder(QWidget *window, const QString &file)
{
    if (file.isEmpty())
        return;
    showInFileManager(file, window, [file] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath()));
    });
}

} // namespace sonar
