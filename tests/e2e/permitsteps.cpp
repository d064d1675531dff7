// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/permitsteps.h"

#include "tests/support/waiting.h"

#include <QFileInfo>

namespace sonar::test {

void connectAndRequest(Desktop &desktop, const QString &wallet)
{
    ScreenReader &screen = desktop.screen();
    ASSERT_TRUE(screen.press(QStringLiteral("Connect"))) << qPrintable(screen.dump());
    ASSERT_TRUE(desktop.world().waitForBrowser());
    // The first entity is selected from the start.
    const auto cell = screen.waitFor(QStringLiteral("cell"), QStringLiteral("Ada Lovelace"));
    ASSERT_TRUE(cell) << qPrintable(screen.dump());
    const auto field = screen.waitFor(QStringLiteral("text"), QStringLiteral("Wallet address"));
    ASSERT_TRUE(field) << qPrintable(screen.dump());
    ASSERT_TRUE(screen.setText(*field, wallet));
    ASSERT_TRUE(screen.press(QStringLiteral("Request permit"))) << qPrintable(screen.dump());
}

void exportTo(Desktop &desktop, const QString &file)
{
    ScreenReader &screen = desktop.screen();
    ASSERT_TRUE(screen.press(QStringLiteral("Export…"))) << qPrintable(screen.dump());
    const auto path = screen.waitFor(QStringLiteral("text"), QStringLiteral("File"));
    ASSERT_TRUE(path) << qPrintable(screen.dump());
    ASSERT_TRUE(screen.setText(*path, file));
    ASSERT_TRUE(screen.press(QStringLiteral("Save"))) << qPrintable(screen.dump());
    ASSERT_TRUE(waitUntil([&] { return QFileInfo::exists(file); })) << qPrintable(screen.dump());
}

} // namespace sonar::test
