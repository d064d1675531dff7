// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/singleinstance.h"

#include "tests/support/waiting.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

using sonar::SingleInstance;
using sonar::test::waitUntil;

TEST(SingleInstance, SecondStartHandsItsSaleFileToTheFirst)
{
    QTemporaryDir folder;
    const QString preferences = folder.filePath(QStringLiteral("settings.ini"));
    SingleInstance first(preferences);
    ASSERT_EQ(first.claim({}), SingleInstance::Role::First);
    QSignalSpy raised(&first, &SingleInstance::raiseRequested);

    // claim() of the second waits for the first's answer, so it has a thread of its own here.
    auto role = SingleInstance::Role::Unanswered;
    std::unique_ptr<QThread> second(QThread::create([&] {
        SingleInstance instance(preferences);
        role = instance.claim(QStringLiteral("/sales/example sale.sonarsale"));
    }));
    second->start();
    EXPECT_TRUE(waitUntil([&] { return second->isFinished(); }));
    EXPECT_EQ(role, SingleInstance::Role::HandedOver);
    ASSERT_EQ(raised.size(), 1);
    EXPECT_EQ(raised.at(0).at(0).toString(), QStringLiteral("/sales/example sale.sonarsale"));
}

TEST(SingleInstance, ProgramsWithOtherPreferencesDoNotMeet)
{
    QTemporaryDir folder;
    SingleInstance one(folder.filePath(QStringLiteral("one.ini")));
    SingleInstance two(folder.filePath(QStringLiteral("two.ini")));
    EXPECT_EQ(one.claim({}), SingleInstance::Role::First);
    EXPECT_EQ(two.claim({}), SingleInstance::Role::First);
}

TEST(SingleInstance, NextStartIsFirstAgainAfterTheFirstEnded)
{
    QTemporaryDir folder;
    const QString preferences = folder.filePath(QStringLiteral("settings.ini"));
    {
        SingleInstance first(preferences);
        ASSERT_EQ(first.claim({}), SingleInstance::Role::First);
    }
    SingleInstance next(preferences);
    EXPECT_EQ(next.claim({}), SingleInstance::Role::First);
}
