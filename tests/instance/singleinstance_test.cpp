// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/singleinstance.h"

#include "tests/support/waiting.h"

#include <QCryptographicHash>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

using sonar::SingleInstance;
using sonar::test::waitUntil;

namespace {

class SecondStart : public ::testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_EQ(first.claim({}), SingleInstance::Role::First);
        QObject::connect(&first, &SingleInstance::raiseRequested, &first,
                         [this](const SingleInstance::Wishes &wishes) { raised << wishes; });
    }

    void startAgain(const SingleInstance::Wishes &wishes)
    {
        // claim() of the second waits for the first's answer, so it has a thread of its own here.
        auto role = SingleInstance::Role::Unanswered;
        std::unique_ptr<QThread> second(QThread::create([&] {
            SingleInstance instance(preferences);
            role = instance.claim(wishes);
        }));
        second->start();
        EXPECT_TRUE(waitUntil([&] { return second->isFinished(); }));
        EXPECT_EQ(role, SingleInstance::Role::HandedOver);
    }

    /// As another version of the program would.
    QByteArray say(const QByteArray &message)
    {
        const QByteArray digest =
            QCryptographicHash::hash(preferences.toUtf8(), QCryptographicHash::Sha256);
        QLocalSocket socket;
        socket.connectToServer(QStringLiteral("sonar-desktop-") +
                               QLatin1String(digest.toHex().left(24)));
        socket.write(message);
        EXPECT_TRUE(waitUntil([&] { return socket.state() == QLocalSocket::UnconnectedState; }));
        return socket.readAll();
    }

    QTemporaryDir folder;
    const QString preferences = folder.filePath(QStringLiteral("settings.ini"));
    SingleInstance first{preferences};
    QList<SingleInstance::Wishes> raised;
};

} // namespace

TEST_F(SecondStart, HandsItsWishesToTheFirst)
{
    const QString saleFile = QStringLiteral("/sales/example sale.sonarsale");
    startAgain({});
    startAgain({saleFile, false});
    startAgain({{}, true});
    startAgain({saleFile, true});
    ASSERT_EQ(raised.size(), 4);
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(raised[i].saleFile, i % 2 == 1 ? saleFile : QString()) << i;
        EXPECT_EQ(raised[i].sandbox, i >= 2) << i;
    }
}

TEST_F(SecondStart, OfAnotherVersionIsUnderstoodAsFarAsPossible)
{
    EXPECT_EQ(say("/a.sonarsale\n"), "ok\n");
    EXPECT_EQ(say("/a.sonarsale\nmake coffee\nsandboxes\n"), "ok\n");
    EXPECT_EQ(say("\nmake coffee\nsandbox\n"), "ok\n");
    ASSERT_EQ(raised.size(), 3);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(raised[i].saleFile, i < 2 ? QStringLiteral("/a.sonarsale") : QString()) << i;
        EXPECT_EQ(raised[i].sandbox, i == 2) << i;
    }
}

TEST_F(SecondStart, WithMoreThanAMessageIsCutOff)
{
    EXPECT_EQ(say(QByteArray(100'000, 'a')), "");
    EXPECT_TRUE(raised.isEmpty());
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
