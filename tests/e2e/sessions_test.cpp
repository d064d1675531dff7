// SPDX-License-Identifier: GPL-3.0-or-later
// What a session goes through once it is there. Who clicks Authorize is of no matter here, so that
// no browser is started for it (connecting_test.cpp has one).
#include "tests/e2e/programs.h"
#include "tests/support/waiting.h"

#include <QFile>
#include <QJsonDocument>

using namespace sonar::test;

namespace {

int refusedRefreshes(const World &world)
{
    int refused = 0;
    for (const QJsonObject &entry : world.story())
        refused += entry.value(QLatin1String("outcome")).toString() == QLatin1String("refused");
    return refused;
}

class Sessions : public EndToEnd
{
protected:
    Sessions()
        : EndToEnd(Opener::Visitor)
    {}
};

} // namespace

TEST_F(Sessions, WithoutAKeychainAConnectionForThisSessionIsOffered)
{
    Sandbox sandbox(world);
    const KeychainlessSession session(world);
    const QProcessEnvironment extra = session.environment();
    {
        Desktop desktop(world, sandbox.saleArguments(), QStringLiteral("authorize"), extra);
        ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")))
            << qPrintable(desktop.screen().dump());
        ASSERT_TRUE(desktop.screen().waitFor(QStringLiteral("push button"),
                                             QStringLiteral("Continue for this session only")))
            << qPrintable(desktop.screen().dump());
        ASSERT_TRUE(desktop.screen().press(QStringLiteral("Continue for this session only")));
        EXPECT_SCREEN(desktop, "Borealis Capital");
        EXPECT_TRUE(desktop.quit());
    }
    Desktop again(world, {}, QString(), extra);
    EXPECT_TRUE(again.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Connect")))
        << "tokens outlived the session without a keychain";
}

TEST_F(Sessions, ExpiredTokenIsRefreshedWithoutAQuestion)
{
    Sandbox sandbox(world, {QStringLiteral("--access-token-seconds"), QStringLiteral("2")});
    Desktop desktop(world, sandbox.saleArguments());
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")));
    EXPECT_SCREEN(desktop, "Borealis Capital");
    EXPECT_TRUE(waitUntil(
        [&] {
            desktop.screen().press(QStringLiteral("Refresh"));
            // Qt clicks a moment later, and another press within that moment puts it off.
            return waitUntil([&] { return sandbox.count(QStringLiteral("refresh")) >= 2; }, 500);
        },
        patience));
    EXPECT_SCREEN(desktop, "Borealis Capital");
    EXPECT_EQ(sandbox.count(QStringLiteral("code")), 1);
    EXPECT_TRUE(desktop.quit());
    EXPECT_EQ(refusedRefreshes(world), 0);
}

TEST_F(Sessions, SecondStartRaisesTheFirstWindowAndEnds)
{
    Sandbox sandbox(world);
    Desktop first(world, sandbox.saleArguments());
    ASSERT_TRUE(first.screen().press(QStringLiteral("Connect")));
    EXPECT_SCREEN(first, "Borealis Capital");
    Desktop second(world, {}, QString());
    EXPECT_EQ(second.waitForEnd(), 0);
    EXPECT_TRUE(waitUntil([&] { return first.screen().isActive(); }))
        << qPrintable(first.screen().dump());

    // Opened by a second start, the sale file reaches the first window.
    QJsonObject other = sandbox.sale();
    other.insert(QStringLiteral("name"), QStringLiteral("Another sale"));
    other.insert(QStringLiteral("saleUUID"),
                 QStringLiteral("6f1b1d5e-52a5-4a3c-9d2a-0f6f6b8f2c11"));
    QFile file(world.path(QStringLiteral("another.sonarsale")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(other).toJson());
    file.close();
    Desktop third(world, {QStringLiteral("--sale"), file.fileName()}, QString());
    EXPECT_EQ(third.waitForEnd(), 0);
    EXPECT_SCREEN(first, "Another sale");

    Desktop fourth(world, {QStringLiteral("--sandbox")}, QString());
    EXPECT_EQ(fourth.waitForEnd(), 0);
    EXPECT_SCREEN(first, "Sandbox sale (sandbox)");
    EXPECT_TRUE(first.quit());
    EXPECT_EQ(sandbox.count(QStringLiteral("code")), 1);
    EXPECT_EQ(refusedRefreshes(world), 0) << "two programs used the same session";
}
