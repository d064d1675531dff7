// SPDX-License-Identifier: GPL-3.0-or-later
// Every test of this folder ends with the search (EndToEnd::TearDown); here it follows a session
// with everything in it, and is itself put to the test.
#include "tests/e2e/permitsteps.h"
#include "tests/support/waiting.h"

#include <QFile>

using namespace sonar::test;

namespace {

class Secrets : public EndToEnd
{};

} // namespace

TEST_F(Secrets, AppearNowhereButInTheKeychain)
{
    Sandbox sandbox(world, {QStringLiteral("--access-token-seconds"), QStringLiteral("250")});
    {
        Desktop desktop(world, sandbox.saleArguments());
        ASSERT_NO_FATAL_FAILURE(connectAndRequest(
            desktop, QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")));
        ASSERT_TRUE(
            waitUntil([&] { return sandbox.count(QStringLiteral("permit")) == 1; }, patience));
        ASSERT_NO_FATAL_FAILURE(exportTo(desktop, QDir::homePath() + QStringLiteral("/p.json")));
        ASSERT_TRUE(desktop.quit());
    }
    {
        // A token with less than 300 s left was refreshed before the first call, and is again by
        // the next start.
        Desktop again(world, {}, QString());
        EXPECT_TRUE(again.screen().waitForText(QStringLiteral("Borealis Capital")));
        EXPECT_EQ(sandbox.count(QStringLiteral("refresh")), 2);
        EXPECT_TRUE(again.quit());
    }
    EXPECT_EQ(sandbox.count(QStringLiteral("code")), 1);
    EXPECT_EQ(sandbox.count(QStringLiteral("code_verifier")), 1);
    EXPECT_EQ(sandbox.count(QStringLiteral("access_token")), 3);
    EXPECT_EQ(sandbox.count(QStringLiteral("refresh_token")), 3);
    EXPECT_EQ(world.secrets().size(), 8);
    EXPECT_EQ(world.filesWith(world.secrets()), QStringList());
    // Silence proves something only where there was talk.
    const QString output = world.read(QStringLiteral("desktop-output.txt"));
    EXPECT_TRUE(output.contains(QLatin1String("session: refreshed"))) << qPrintable(output);
    EXPECT_TRUE(output.contains(QLatin1String(" debug: "))) << qPrintable(output);
}

TEST_F(Secrets, AreFoundByTheSearchWhereTheyAre)
{
    const QByteArray secret = "a-secret-of-this-test-made-of-43-characters";
    for (const QString &place : {world.path(QStringLiteral("data/plain.txt")),
                                 QDir::homePath() + QStringLiteral("/.plain.txt")}) {
        QFile file(place);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("before " + secret.mid(10) + " after");
        file.close();
        EXPECT_EQ(world.filesWith({secret}), QStringList(place));
        file.remove();
    }
    const QString text = QString::fromLatin1(secret);
    QFile wide(world.path(QStringLiteral("config/wide.ini")));
    ASSERT_TRUE(wide.open(QIODevice::WriteOnly));
    wide.write(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    wide.close();
    EXPECT_EQ(world.filesWith({secret}), QStringList(wide.fileName()));
    EXPECT_EQ(world.filesWith({"another-secret-that-stands-nowhere-at-all"}), QStringList());
}
