// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/externallink.h"

#include "app/base/desktopopener.h"
#include "app/base/loopback.h"

#include <QDesktopServices>
#include <QGuiApplication>
#include <QStandardPaths>

#include <utility>

namespace sonar {

namespace {

std::function<void(const QUrl &)> inPlaceOfTheDesktop;

/// The desktop's opener where it is a program whose end can be watched; empty elsewhere.
QString openerProgram()
{
    if (QGuiApplication::platformName() != QLatin1String("xcb"))
        return {};
    return QStandardPaths::findExecutable(QStringLiteral("xdg-open"));
}

} // namespace

void openExternal(const QUrl &url, QObject *context, const std::function<void()> &failed)
{
    if (!isAllowedUrl(url)) {
        failed();
        return;
    }
    if (inPlaceOfTheDesktop) {
        inPlaceOfTheDesktop(url);
        return;
    }
    const QString program = openerProgram();
    if (!program.isEmpty())
        runOpener(program, url, context, failed);
    else if (!QDesktopServices::openUrl(url)) // heeds $BROWSER where there is no xdg-open
        failed();
}

void setExternalOpener(std::function<void(const QUrl &)> opener)
{
    inPlaceOfTheDesktop = std::move(opener);
}

} // namespace sonar
