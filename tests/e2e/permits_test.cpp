// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/programs.h"
#include "tests/support/waiting.h"

#include <QFile>
#include <QFileInfo>

#include <gtest/gtest.h>

using namespace sonar::test;

namespace {

/// Connects and asks for one permit for `entity` and `wallet` through the details pane.
void connectAndRequest(Desktop &desktop, const QString &entity, const QString &wallet)
{
    ScreenReader &screen = desktop.screen();
    ASSERT_TRUE(screen.press(QStringLiteral("Connect"))) << qPrintable(screen.dump());
    const auto cell =
        screen.waitFor(QStringLiteral("table cell"), entity + QLatin1Char('*'), 60'000);
    ASSERT_TRUE(cell) << qPrintable(screen.dump());
    ASSERT_TRUE(screen.selectCell(*cell));
    const auto field = screen.waitFor(QStringLiteral("text"), QStringLiteral("Wallet address"));
    ASSERT_TRUE(field) << qPrintable(screen.dump());
    ASSERT_TRUE(screen.setText(*field, wallet));
    ASSERT_TRUE(screen.press(QStringLiteral("Request permit"))) << qPrintable(screen.dump());
}

} // namespace

TEST(Permits, ExportHoldsWhatTheSandboxSigned)
{
    World world;
    Sandbox sandbox(world);
    Desktop desktop(world, {QStringLiteral("--sale"), sandbox.saleFile()});
    const QString wallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    connectAndRequest(desktop, QStringLiteral("Borealis Capital"), wallet);
    if (::testing::Test::HasFatalFailure())
        return;
    ASSERT_TRUE(waitUntil([&] { return sandbox.count(QStringLiteral("permit")) == 1; }));

    ScreenReader &screen = desktop.screen();
    ASSERT_TRUE(screen.press(QStringLiteral("Export…"))) << qPrintable(screen.dump());
    const QString file = world.path(QStringLiteral("permits.json"));
    const auto path = screen.waitFor(QStringLiteral("text"), QStringLiteral("File"));
    ASSERT_TRUE(path) << qPrintable(screen.dump());
    ASSERT_TRUE(screen.setText(*path, file));
    ASSERT_TRUE(screen.press(QStringLiteral("Save"))) << qPrintable(screen.dump());
    ASSERT_TRUE(waitUntil([&] { return QFileInfo::exists(file); })) << qPrintable(screen.dump());

    QString signedText;
    for (const QJsonObject &entry : sandbox.story()) {
        if (entry.value(QLatin1String("kind")).toString() == QLatin1String("permit"))
            signedText = entry.value(QLatin1String("text")).toString();
    }
    ASSERT_FALSE(signedText.isEmpty());
    EXPECT_TRUE(world.read(QStringLiteral("permits.json")).contains(signedText))
        << "the reply isn't in the export byte for byte:\n"
        << qPrintable(signedText);
}

TEST(Permits, NotReadyWalletSaysWhy)
{
    World world;
    Sandbox sandbox(world);
    Desktop desktop(world, {QStringLiteral("--sale"), sandbox.saleFile()});
    // Ends in 05: not linked to the entity, in the sandbox's table of wallets.
    connectAndRequest(desktop, QStringLiteral("Borealis Capital"),
                      QStringLiteral("0x0000000000000000000000000000000000000005"));
    EXPECT_TRUE(desktop.screen().waitForText(QStringLiteral("linked")))
        << qPrintable(desktop.screen().dump());
    EXPECT_EQ(sandbox.count(QStringLiteral("permit")), 0);
}
