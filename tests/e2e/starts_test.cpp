// SPDX-License-Identifier: GPL-3.0-or-later
// The program, started again while it runs or after it was killed, under a window manager.
#include "tests/e2e/programs.h"
#include "tests/e2e/windowmanager.h"
#include "tests/support/waiting.h"

#include <QFile>

using namespace sonar::test;

namespace {

class Starts : public EndToEnd
{
protected:
    Starts()
        : EndToEnd(Opener::Visitor)
    {}

    void SetUp() override { ASSERT_TRUE(windows.isRunning()); }

    QString file(const QString &name, const QByteArray &content) const
    {
        const QString path = world.path(name);
        QFile written(path);
        EXPECT_TRUE(written.open(QIODevice::WriteOnly));
        written.write(content);
        return path;
    }
    QString saleFile(const QString &name) const
    {
        return file(name, R"({"name": "Example sale",
            "saleUUID": "5b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a11",
            "clientUUID": "0d1f7f0a-31f2-4f7e-8e4b-6f2f0a1b2c3d",
            "redirectURI": "http://localhost:3000/oauth/callback"})");
    }

    struct Ended
    {
        int exitCode = -1;
        QByteArray error;
    };
    /// A start that is expected to end by itself.
    Ended startAgain(const QStringList &arguments, const QString &startupId = {})
    {
        QProcessEnvironment environment = world.environment({});
        environment.remove(QStringLiteral("QT_LOGGING_RULES"));
        if (!startupId.isEmpty())
            environment.insert(QStringLiteral("DESKTOP_STARTUP_ID"), startupId);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(DESKTOP_PROGRAM), arguments);
        EXPECT_TRUE(process.waitForFinished(patience));
        return {process.exitCode(), process.readAllStandardError()};
    }

    WindowManager windows;
};

} // namespace

TEST_F(Starts, SecondOneBringsTheFirstInFrontOfOtherPrograms)
{
    Desktop first(world, {saleFile(QStringLiteral("one.sonarsale"))});
    ASSERT_TRUE(waitUntil([&] { return windows.activeProcess() == first.process().processId(); },
                          patience));
    for (const QString &startupId :
         {QString(), QStringLiteral("launcher/one \"two\"_TIME4000000")}) {
        const World others(Opener::Visitor);
        Desktop other(others, {});
        ASSERT_TRUE(waitUntil(
            [&] { return windows.activeProcess() == other.process().processId(); }, patience));
        EXPECT_EQ(startAgain({}, startupId).exitCode, 0);
        EXPECT_TRUE(waitUntil(
            [&] { return windows.activeProcess() == first.process().processId(); }, patience))
            << qPrintable(startupId);
    }
    EXPECT_TRUE(first.quit());
}

TEST_F(Starts, SecondOneOpensWhatItIsGiven)
{
    Desktop first(world, {});
    EXPECT_SCREEN(first, "Welcome");
    EXPECT_EQ(startAgain({saleFile(QStringLiteral("two\nlines.sonarsale"))}).exitCode, 0);
    EXPECT_SCREEN(first, "Example sale");
    EXPECT_EQ(startAgain({file(QStringLiteral("permits.json"), "{}")}).exitCode, 0);
    EXPECT_SCREEN(first, "holds no permits that this program can read");
}

TEST_F(Starts, SecondOneWithABadFileSaysSoAndFails)
{
    Desktop first(world, {saleFile(QStringLiteral("one.sonarsale"))});
    EXPECT_SCREEN(first, "Example sale");
    const Ended bad = startAgain(
        {QStringLiteral("--sale"), file(QStringLiteral("bad.sonarsale"), "{\"name\": 1}")});
    EXPECT_EQ(bad.exitCode, 2);
    EXPECT_TRUE(bad.error.contains("name")) << bad.error.constData();
    const Ended missing = startAgain({world.path(QStringLiteral("missing.json"))});
    EXPECT_EQ(missing.exitCode, 2);
    EXPECT_TRUE(missing.error.contains("missing.json")) << missing.error.constData();
}

TEST_F(Starts, FirstOneTakesAFileOfPermits)
{
    Desktop first(world, {file(QStringLiteral("permits.json"), "{}")});
    EXPECT_SCREEN(first, "holds no permits that this program can read");
}

TEST_F(Starts, CloseOfABlockedWindowBringsItsDialogToTheFront)
{
    Desktop first(world, {saleFile(QStringLiteral("one.sonarsale"))});
    EXPECT_SCREEN(first, "Example sale");
    ASSERT_TRUE(first.screen().press(QStringLiteral("Add a sale…")));
    ASSERT_TRUE(waitUntil([&] { return windows.isDialogActive(); }, patience));
    const World others(Opener::Visitor);
    Desktop other(others, {});
    ASSERT_TRUE(waitUntil([&] { return windows.activeProcess() == other.process().processId(); },
                          patience));
    windows.closeMainWindow(first.process().processId());
    EXPECT_TRUE(waitUntil(
        [&] {
            return windows.activeProcess() == first.process().processId() &&
                   windows.isDialogActive();
        },
        patience));
    EXPECT_EQ(first.process().state(), QProcess::Running);
}

TEST_F(Starts, LockOfAKilledProgramWithTheSameNumberIsTakenOver)
{
    // Containers and sandboxes give every start the same process number and host name.
    QProcess allowed;
    const QStringList contained{QStringLiteral("-pf"), QStringLiteral("--mount-proc"),
                                QStringLiteral("--kill-child")};
    allowed.start(QStringLiteral("unshare"), contained + QStringList{QStringLiteral("true")});
    allowed.waitForFinished();
    if (allowed.exitStatus() != QProcess::NormalExit || allowed.exitCode() != 0)
        GTEST_SKIP() << "needs the right to make a process namespace";
    for (int start = 0; start < 2; ++start) {
        QProcess process;
        process.setProcessEnvironment(world.environment({}));
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral("unshare"),
                      contained + QStringList{QStringLiteral(DESKTOP_PROGRAM),
                                              saleFile(QStringLiteral("one.sonarsale")),
                                              QStringLiteral("--log-level"),
                                              QStringLiteral("info")});
        QByteArray said;
        EXPECT_TRUE(waitUntil(
            [&] {
                said += process.readAll();
                return said.contains("session: ");
            },
            patience))
            << start << ": " << said.right(500).constData();
        process.kill();
        process.waitForFinished(-1);
    }
}
