// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/singleinstance.h"

#include "app/instance/filelock.h"
#include "app/instance/localpeer.h"

#include "tests/support/waiting.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QtEndian>
#include <QThread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sonar;
using sonar::test::waitUntil;

namespace {

constexpr int soon = 100; ///< milliseconds, for what never comes

/// Folders of their own for runtime files and preferences.
class Instances : public ::testing::Test
{
protected:
    Instances()
    {
        runtime = folder.filePath(QStringLiteral("runtime"));
        EXPECT_EQ(mkdir(qPrintable(runtime), 0700), 0);
        before = qgetenv("XDG_RUNTIME_DIR");
        qputenv("XDG_RUNTIME_DIR", runtime.toUtf8());
    }
    ~Instances() override { qputenv("XDG_RUNTIME_DIR", before); }

    void beFirst(SingleInstance &instance)
    {
        ASSERT_EQ(instance.claim({}), SingleInstance::Role::First);
        EXPECT_EQ(instance.fault(), QString());
        instance.setHandler([this](const StartRequest &request) {
            asked << request;
            return answer;
        });
    }

    /// claim() waits for the first program's answer, so it has a thread of its own here.
    SingleInstance::Role startAgain(const StartRequest &request, StartAnswer *answered = nullptr,
                                    int milliseconds = SingleInstance::patience)
    {
        auto role = SingleInstance::Role::Unanswered;
        const std::unique_ptr<QThread> second(QThread::create([&] {
            SingleInstance instance(preferences);
            role = instance.claim(request, milliseconds);
            if (answered)
                *answered = instance.answer();
        }));
        second->start();
        EXPECT_TRUE(waitUntil([&] { return second->isFinished(); }));
        return role;
    }

    QStringList socketsBelow(const QString &path) const
    {
        QStringList found;
        QDirIterator entries(path, QDir::System | QDir::Hidden | QDir::NoDotAndDotDot,
                             QDirIterator::Subdirectories);
        while (entries.hasNext())
            found << entries.next();
        return found;
    }

    QTemporaryDir folder;
    QString runtime;
    QByteArray before;
    const QString preferences = folder.filePath(QStringLiteral("config/settings.ini"));
    QList<StartRequest> asked;
    StartAnswer answer;
};

} // namespace

TEST_F(Instances, SecondHandsItsRequestToTheFirstAndGetsItsAnswer)
{
    SingleInstance first(preferences);
    ASSERT_NO_FATAL_FAILURE(beFirst(first));
    const QList<StartRequest> requests{
        {},
        {QStringLiteral("/sales/two\nlines\r\n.sonarsale"), {}, false, {}},
        {{}, QStringLiteral("/permits/Ünïcode 日本 .json"), true, "token_TIME12"},
        {QString(4000, QLatin1Char('x')), {}, true, QByteArray("\0\n\xff", 3)}};
    for (const StartRequest &request : requests) {
        answer = {int(asked.size()), QStringLiteral("line\nline %1").arg(asked.size())};
        StartAnswer heard;
        EXPECT_EQ(startAgain(request, &heard), SingleInstance::Role::HandedOver);
        EXPECT_EQ(heard, answer);
    }
    EXPECT_EQ(asked, requests);
}

TEST_F(Instances, SocketLiesInTheRuntimeFolderAndNowhereElse)
{
    const auto inTemp = [] {
        return QDir(QDir::tempPath()).entryList({QStringLiteral("sonar*")}, QDir::System);
    };
    const QStringList others = inTemp();
    SingleInstance first(preferences);
    ASSERT_NO_FATAL_FAILURE(beFirst(first));
    EXPECT_EQ(socketsBelow(runtime).size(), 1);
    EXPECT_EQ(socketsBelow(folder.path()).size(), 1);
    EXPECT_EQ(inTemp(), others);
}

TEST_F(Instances, WithoutAPrivateRuntimeFolderTheSocketHasOneOfItsOwn)
{
    const auto unusable = [this](const char *what) {
        SCOPED_TRACE(what);
        SingleInstance first(preferences);
        ASSERT_NO_FATAL_FAILURE(beFirst(first));
        EXPECT_TRUE(socketsBelow(runtime).isEmpty());
        const QStringList sockets = socketsBelow(folder.path());
        ASSERT_EQ(sockets.size(), 1);
        struct stat own
        {};
        ASSERT_EQ(stat(qPrintable(QFileInfo(sockets[0]).path()), &own), 0);
        EXPECT_EQ(own.st_mode & 0777, 0700u);
        EXPECT_EQ(startAgain({}), SingleInstance::Role::HandedOver);
    };
    ASSERT_EQ(chmod(qPrintable(runtime), 0755), 0);
    unusable("others may enter it");
    ASSERT_EQ(chmod(qPrintable(runtime), 0700), 0);
    qputenv("XDG_RUNTIME_DIR", "runtime");
    unusable("it isn't an absolute path");
    const QString link = folder.filePath(QStringLiteral("link"));
    ASSERT_EQ(symlink(qPrintable(runtime), qPrintable(link)), 0);
    qputenv("XDG_RUNTIME_DIR", link.toUtf8());
    unusable("it is a link");
    qunsetenv("XDG_RUNTIME_DIR");
    unusable("there is none");
}

TEST_F(Instances, RuntimeFolderOfAnotherUserIsntUsed)
{
    if (geteuid() != 0 || chown(qPrintable(runtime), 12345, 12345) != 0)
        GTEST_SKIP() << "only root gives a folder away";
    SingleInstance first(preferences);
    ASSERT_NO_FATAL_FAILURE(beFirst(first));
    EXPECT_TRUE(socketsBelow(runtime).isEmpty());
    EXPECT_EQ(startAgain({}), SingleInstance::Role::HandedOver);
}

TEST_F(Instances, ThatNobodyCanReachSayWhy)
{
    qunsetenv("XDG_RUNTIME_DIR");
    // What stands where the private folder would: one that others may enter.
    ASSERT_TRUE(QDir().mkpath(preferences + QStringLiteral(".run")));
    ASSERT_EQ(chmod(qPrintable(preferences + QStringLiteral(".run")), 0777), 0);
    SingleInstance first(preferences);
    ASSERT_EQ(first.claim({}), SingleInstance::Role::First);
    EXPECT_TRUE(first.fault().contains(QLatin1String("settings.ini.run")));
    EXPECT_EQ(startAgain({}, nullptr, soon), SingleInstance::Role::Unanswered);
}

TEST_F(Instances, StrangersAtTheSocketGetNothing)
{
    if (geteuid() != 0)
        GTEST_SKIP() << "only root becomes somebody else";
    SingleInstance first(preferences);
    ASSERT_NO_FATAL_FAILURE(beFirst(first));
    const QStringList sockets = socketsBelow(runtime);
    ASSERT_EQ(sockets.size(), 1);
    for (const QString &path : {folder.path(), runtime, sockets[0]})
        ASSERT_EQ(chmod(qPrintable(path), 0777), 0);
    // A process of another user, who may enter this once.
    const pid_t stranger = fork();
    if (stranger == 0) {
        if (setgid(12345) != 0 || setuid(12345) != 0)
            _exit(3);
        QLocalSocket socket;
        socket.connectToServer(sockets[0]);
        if (!socket.waitForConnected(5000))
            _exit(4);
        socket.write(messageOf(StartRequest{QStringLiteral("/evil.sonarsale"), {}, false, {}}));
        socket.waitForBytesWritten(5000);
        const bool answered = socket.waitForReadyRead(5000);
        _exit(answered ? 1 : 0);
    }
    int status = -1;
    ASSERT_TRUE(waitUntil([&] { return waitpid(stranger, &status, WNOHANG) == stranger; }));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_TRUE(asked.isEmpty());
}

TEST_F(Instances, ServerOfAnotherUserHearsNothing)
{
    if (geteuid() != 0)
        GTEST_SKIP() << "only root becomes somebody else";
    QString path;
    {
        SingleInstance first(preferences);
        ASSERT_NO_FATAL_FAILURE(beFirst(first));
        path = socketsBelow(runtime).value(0);
    }
    // The lock is held by a process that doesn't listen, and somebody else does in its place.
    FileLock lock(preferences + QStringLiteral(".lock"));
    ASSERT_EQ(lock.tryLock(), FileLock::Result::Held);
    for (const QString &open : {folder.path(), runtime})
        ASSERT_EQ(chmod(qPrintable(open), 0777), 0);
    int ready[2];
    int heard[2];
    ASSERT_EQ(pipe(ready), 0);
    ASSERT_EQ(pipe(heard), 0);
    const pid_t stranger = fork();
    if (stranger == 0) {
        if (setgid(12345) != 0 || setuid(12345) != 0)
            _exit(3);
        QLocalServer server;
        if (!server.listen(path) || write(ready[1], "r", 1) != 1)
            _exit(4);
        bool anything = false;
        while (server.waitForNewConnection(-1)) {
            QLocalSocket *socket = server.nextPendingConnection();
            while (socket->waitForReadyRead(-1))
                anything = true;
            const char said = anything ? 'y' : 'n';
            if (write(heard[1], &said, 1) != 1)
                break;
        }
        _exit(0);
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    ASSERT_EQ(chmod(qPrintable(runtime), 0700), 0);
    ASSERT_EQ(chmod(qPrintable(path), 0777), 0);
    EXPECT_EQ(startAgain({QStringLiteral("/private.sonarsale"), {}, false, "token"}, nullptr, soon),
              SingleInstance::Role::Unanswered);
    ASSERT_EQ(read(heard[0], &byte, 1), 1);
    EXPECT_EQ(byte, 'n') << "the request went to a stranger";
    kill(stranger, SIGKILL);
    waitpid(stranger, nullptr, 0);
}

TEST_F(Instances, FolderIsPrivateThatNobodyElseMayDoAnythingIn)
{
    for (const mode_t mode : {0710, 0720, 0740, 0701, 0702, 0704}) {
        ASSERT_EQ(chmod(qPrintable(runtime), mode), 0);
        EXPECT_FALSE(isPrivateFolder(runtime)) << std::oct << mode;
    }
    ASSERT_EQ(chmod(qPrintable(runtime), 0700), 0);
    EXPECT_TRUE(isPrivateFolder(runtime));
    const QString link = folder.filePath(QStringLiteral("link"));
    ASSERT_TRUE(QFile::link(runtime, link));
    EXPECT_FALSE(isPrivateFolder(link)) << "whoever made it may turn it elsewhere";
}

TEST_F(Instances, LockIsTheUsersOwnFileAndNoLink)
{
    const QString path = folder.filePath(QStringLiteral("a.lock"));
    FileLock lock(path);
    ASSERT_EQ(lock.tryLock(), FileLock::Result::Held);
    struct stat found
    {};
    ASSERT_EQ(stat(qPrintable(path), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, mode_t(0600));
    // What a link points to would be emptied.
    const QString link = folder.filePath(QStringLiteral("b.lock"));
    ASSERT_TRUE(QFile::link(folder.filePath(QStringLiteral("precious")), link));
    FileLock linked(link);
    EXPECT_EQ(linked.tryLock(), FileLock::Result::Unavailable);
    EXPECT_FALSE(QFileInfo::exists(folder.filePath(QStringLiteral("precious"))));
}

TEST_F(Instances, LockOfADeadProgramIsTakenOverWhateverItsNumberWas)
{
    // As a program leaves it that was killed in a container: this process's number and host.
    ASSERT_TRUE(QDir().mkpath(QFileInfo(preferences).path()));
    QFile left(preferences + QStringLiteral(".lock"));
    ASSERT_TRUE(left.open(QIODevice::WriteOnly));
    char host[256] = {};
    gethostname(host, sizeof(host) - 1);
    left.write(QByteArray::number(getpid()) + "\nsonar-desktop\n" + host + '\n');
    left.close();
    SingleInstance next(preferences);
    EXPECT_EQ(next.claim({}, soon), SingleInstance::Role::First);
}

TEST_F(Instances, StartDuringTheFirstsEndBecomesTheFirst)
{
    auto first = std::make_unique<FileLock>(preferences + QStringLiteral(".lock"));
    ASSERT_TRUE(QDir().mkpath(QFileInfo(preferences).path()));
    ASSERT_EQ(first->tryLock(), FileLock::Result::Held);
    QMetaObject::invokeMethod(
        qApp, [&] { first.reset(); }, Qt::QueuedConnection);
    EXPECT_EQ(startAgain({}), SingleInstance::Role::First);
}

TEST_F(Instances, WhatIsNoMessageIsCutOff)
{
    SingleInstance first(preferences);
    ASSERT_NO_FATAL_FAILURE(beFirst(first));
    const auto said = [this](const QByteArray &message) {
        QLocalSocket socket;
        socket.connectToServer(socketsBelow(runtime).value(0));
        socket.write(message);
        EXPECT_TRUE(waitUntil([&] { return socket.state() == QLocalSocket::UnconnectedState; }));
        return socket.readAll();
    };
    EXPECT_EQ(said("/a.sonarsale\n"), "");              // "/a.s" is too long
    EXPECT_EQ(said(QByteArray("\0\0\0\1\xff", 5)), ""); // no map
    EXPECT_EQ(said(QByteArray("\x7f\xff\xff\xff", 4)), "");
    EXPECT_EQ(said(QByteArray("\0\4\0\1", 4)), ""); // a byte more than 256 KiB
    EXPECT_TRUE(asked.isEmpty());
    // A later version may say more than this one knows.
    EXPECT_FALSE(said(QByteArray("\0\0\0\x0b\xa1\x66"
                                 "coffee"
                                 "\x19\x01\x02",
                                 15))
                     .isEmpty());
    EXPECT_EQ(asked, QList<StartRequest>{{}});
}

TEST_F(Instances, MessageMayComeInPieces)
{
    SingleInstance first(preferences);
    ASSERT_NO_FATAL_FAILURE(beFirst(first));
    const StartRequest request{QStringLiteral("/a.sonarsale"), {}, true, "t"};
    QLocalSocket socket;
    socket.connectToServer(socketsBelow(runtime).value(0));
    for (const char byte : messageOf(request)) {
        socket.write(&byte, 1);
        ASSERT_TRUE(socket.waitForBytesWritten(5000));
        QCoreApplication::processEvents();
    }
    ASSERT_TRUE(waitUntil([&] { return socket.bytesAvailable() > 0; }));
    EXPECT_EQ(asked, QList{request});
}

TEST_F(Instances, ProgramsWithOtherPreferencesDoNotMeet)
{
    SingleInstance one(folder.filePath(QStringLiteral("one.ini")));
    SingleInstance two(folder.filePath(QStringLiteral("two.ini")));
    EXPECT_EQ(one.claim({}), SingleInstance::Role::First);
    EXPECT_EQ(two.claim({}), SingleInstance::Role::First);
}

TEST_F(Instances, SamePreferencesThroughALinkedFolderMeet)
{
    SingleInstance first(preferences);
    ASSERT_NO_FATAL_FAILURE(beFirst(first));
    const QString link = folder.filePath(QStringLiteral("dotfiles"));
    ASSERT_TRUE(QFile::link(QFileInfo(preferences).path(), link));
    auto role = SingleInstance::Role::Unanswered;
    const std::unique_ptr<QThread> second(QThread::create(
        [&] { role = SingleInstance(link + QStringLiteral("/settings.ini")).claim({}); }));
    second->start();
    EXPECT_TRUE(waitUntil([&] { return second->isFinished(); }));
    EXPECT_EQ(role, SingleInstance::Role::HandedOver);
}

TEST_F(Instances, NextStartIsFirstAgainAfterTheFirstEnded)
{
    {
        SingleInstance first(preferences);
        ASSERT_EQ(first.claim({}), SingleInstance::Role::First);
    }
    SingleInstance next(preferences);
    EXPECT_EQ(next.claim({}, soon), SingleInstance::Role::First);
}

TEST_F(Instances, WithoutAPlaceForALockTheSocketTells)
{
    ASSERT_TRUE(QDir().mkpath(preferences + QStringLiteral(".lock"))); // where the file would be
    SingleInstance first(preferences);
    ASSERT_NO_FATAL_FAILURE(beFirst(first));
    EXPECT_EQ(startAgain({}), SingleInstance::Role::HandedOver);
    EXPECT_EQ(asked.size(), 1);
}
