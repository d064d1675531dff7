// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/attentionnotice.h"

#include "app/workspace/desktopnotifier.h"
#include "tests/support/waiting.h"

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::waitUntil;

TEST(AttentionNotice, TellsTheDesktopWhereWindowsCannotAskAndNobodyLooks)
{
    QWidget window;
    AttentionNotice notice(&window, false);
    notice.tell(QStringLiteral("Connected"), QStringLiteral("Click"));
    auto *notifier = notice.findChild<DesktopNotifier *>();
    ASSERT_TRUE(notifier);

    // A click on it brings the window.
    Q_EMIT notifier->activated({});
    EXPECT_TRUE(window.isVisible());
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    AttentionNotice seen(&window, false);
    seen.tell(QStringLiteral("Connected"), QStringLiteral("Click"));
    EXPECT_FALSE(seen.findChild<DesktopNotifier *>()) << "a bubble about the window in front";
}

TEST(AttentionNotice, IsSilentWhereWindowsAsk)
{
    QWidget window;
    AttentionNotice notice(&window, true);
    notice.tell(QStringLiteral("Connected"), QStringLiteral("Click"));
    EXPECT_FALSE(notice.findChild<DesktopNotifier *>());
}
