// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/desktopopener.h"

#include "tests/support/waiting.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::waitUntil;

namespace {

class DesktopOpener : public ::testing::Test
{
protected:
    /// An xdg-open of our own.
    QString script(const QByteArray &body)
    {
        QFile file(folder.filePath(QStringLiteral("xdg-open")));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + body);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }
    QByteArray read(const char *name) const
    {
        QFile file(folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void run(const QString &program)
    {
        runOpener(program, url, &context, [this] { ++failures; });
    }

    /// A second program, which fails when the first, whose number is in "pid", has been waited for.
    bool failsAfterTheFirstHasEnded()
    {
        if (!waitUntil([&] { return read("pid").endsWith('\n'); }))
            return false;
        bool failed = false;
        runOpener(script("while kill -0 " + read("pid").trimmed() +
                         " 2>/dev/null; do sleep 0.01; done\nexit 1\n"),
                  url, &context, [&] { failed = true; });
        return waitUntil([&] { return failed; });
    }

    const QUrl url{QStringLiteral("https://app.echo.xyz/a b?x=1&y=%20;$(id)")};
    QTemporaryDir folder;
    QObject context;
    int failures = 0;
};

} // namespace

TEST_F(DesktopOpener, ErrorAtItsEndIsNoticed)
{
    for (const char *end : {"exit 1\n", "exit 4\n", "kill -9 $$\n"}) {
        failures = 0;
        run(script(end));
        EXPECT_TRUE(waitUntil([&] { return failures == 1; })) << end;
    }
}

TEST_F(DesktopOpener, ProgramThatCannotStartIsAFailure)
{
    run(folder.filePath(QStringLiteral("missing")));
    EXPECT_TRUE(waitUntil([&] { return failures == 1; }));
}

TEST_F(DesktopOpener, SuccessIsNoFailureAndTheAddressArrivesAsOneArgument)
{
    run(script("printf '%s|' \"$#\" \"$1\" > \"${0%/*}/seen\"\necho $$ > \"${0%/*}/pid\"\n"));
    EXPECT_TRUE(failsAfterTheFirstHasEnded());
    EXPECT_EQ(read("seen"), "1|" + url.toEncoded() + '|');
    EXPECT_EQ(failures, 0);
}

TEST_F(DesktopOpener, OurOwnStartsTokensAreNotPassedOnAndTheBrowserChoiceIs)
{
    qputenv("XDG_ACTIVATION_TOKEN", "ours");
    qputenv("DESKTOP_STARTUP_ID", "ours");
    qputenv("BROWSER", "lynx");
    run(script("printf '%s' \"$XDG_ACTIVATION_TOKEN$DESKTOP_STARTUP_ID$BROWSER.\" > "
               "\"${0%/*}/seen\"\n"));
    ASSERT_TRUE(waitUntil([&] { return read("seen").endsWith('.'); }));
    EXPECT_EQ(read("seen"), "lynx.");
    qunsetenv("XDG_ACTIVATION_TOKEN");
    qunsetenv("DESKTOP_STARTUP_ID");
    qunsetenv("BROWSER");
}

TEST_F(DesktopOpener, HasASessionOfItsOwn)
{
    run(script("ps -o sid= -p $$ > \"${0%/*}/sid\"; echo $$ >> "
               "\"${0%/*}/sid\"\n"));
    ASSERT_TRUE(waitUntil([&] { return read("sid").count('\n') == 2; }));
    const QList<QByteArray> lines = read("sid").split('\n');
    EXPECT_EQ(lines[0].trimmed(), lines[1].trimmed());
}

TEST_F(DesktopOpener, NobodyIsTalkedToWhoIsGone)
{
    auto gone = std::make_unique<QObject>();
    runOpener(script("echo $$ > \"${0%/*}/pid\"\nexit 1\n"), url, gone.get(),
              [this] { ++failures; });
    gone.reset();
    EXPECT_TRUE(failsAfterTheFirstHasEnded());
    EXPECT_EQ(failures, 0);
}
