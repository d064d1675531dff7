// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts on a Secret Service that asks, declines, pretends and hangs, over restarts.
#include "app/auth/tokenstore.h"
#include "app/workspace/workbench.h"

#include "tests/auth/badservice.h"
#include "tests/workspace/world.h"

using namespace sonar;
using namespace sonar::test;

namespace {

enum class Last { Connect, Disconnect, Forget };

class BadKeyringTest : public ::testing::Test
{
protected:
    /// What takes longer than `jobMilliseconds` is given up.
    explicit BadKeyringTest(int jobMilliseconds = 20'000)
        : store(QStringLiteral("sonar bad accounts test"), jobMilliseconds)
    {
        BadService::behave(QStringLiteral("good"));
        BadService::forget();
    }
    ~BadKeyringTest() override
    {
        workbench.reset();
        BadService::behave(QStringLiteral("good"));
    }
    Q_DISABLE_COPY_MOVE(BadKeyringTest)

    /// Starts the program anew, and waits until it knows where the session stands.
    void begin()
    {
        Workbench::Options options;
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        workbench = std::make_unique<Workbench>(options, &store);
        workbench->start();
        if (workbench->sales().isEmpty()) {
            ASSERT_TRUE(workbench->addSale(world.sale, true));
        }
        ASSERT_TRUE(waitUntil([&] {
            return session()->state() == Session::State::NotConnected ||
                   session()->state() == Session::State::Connected;
        }));
    }
    Session *session() const { return workbench->current()->session(); }

    /// What the sign-in said of the keychain; nothing when it stored its tokens.
    std::optional<Error> signIn()
    {
        Workspace *const workspace = workbench->current();
        QObject::connect(
            workspace, &Workspace::signInStarted, &visitor, [this](AuthorizationFlow *flow) {
                QObject::connect(
                    flow, &AuthorizationFlow::browserRequested, &visitor, [this](const QUrl &url) {
                        visitor.press(url, QStringLiteral("authorize"), QStringLiteral("ada"));
                    });
            });
        std::optional<std::optional<Error>> end;
        QObject::connect(workspace, &Workspace::signInFinished, workbench.get(),
                         [&end](const std::optional<Error> &error) { end = error; });
        workspace->startSignIn();
        EXPECT_TRUE(waitUntil([&] { return end.has_value(); }));
        QObject::disconnect(workspace, nullptr, workbench.get(), nullptr);
        QObject::disconnect(workspace, nullptr, &visitor, nullptr);
        return end.value_or(std::nullopt);
    }

    /// What Disconnect said; it must have been done by then.
    std::optional<Error> disconnectAccount()
    {
        Workspace *const workspace = workbench->current();
        std::optional<std::optional<Error>> end;
        QObject::connect(workspace, &Workspace::disconnected, workbench.get(),
                         [&end](const std::optional<Error> &error) { end = error; });
        workspace->disconnectAccount();
        EXPECT_TRUE(waitUntil([&] { return end.has_value(); }));
        QObject::disconnect(workspace, nullptr, workbench.get(), nullptr);
        return end.value_or(std::nullopt);
    }

    KeychainTokenStore store;
    World world;
    QTemporaryDir folder;
    SandboxVisitor visitor;
    std::unique_ptr<Workbench> workbench;
};

class KeychainHabitTest : public BadKeyringTest,
                          public testing::WithParamInterface<std::tuple<const char *, Last>>
{
protected:
    KeychainHabitTest()
        : BadKeyringTest(hangs() ? 1'000 : 20'000)
    {}

private:
    static bool hangs()
    {
        const QByteArray habit = std::get<0>(GetParam());
        return habit == "silent" || habit.endsWith("hangs");
    }
};

} // namespace

TEST_F(BadKeyringTest, DeclinedRemovalIsToldAndNeverReadAgain)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    ASSERT_FALSE(signIn());
    ASSERT_EQ(BadService::entries().size(), 1);
    BadService::behave(QStringLiteral("delete-dismissed"));
    EXPECT_TRUE(disconnectAccount());
    EXPECT_EQ(BadService::entries().size(), 1);
    EXPECT_TRUE(session()->isRemovalDue());

    // Declined again, then access refused: each leaves the mark.
    for (const char *habit : {"delete-dismissed", "read-dismissed", "locked"}) {
        SCOPED_TRACE(habit);
        BadService::behave(QString::fromLatin1(habit));
        ASSERT_NO_FATAL_FAILURE(begin());
        EXPECT_EQ(session()->state(), Session::State::NotConnected);
        EXPECT_TRUE(session()->storageFault());
        EXPECT_EQ(BadService::entries().size(), 1);
    }
    BadService::behave(QStringLiteral("good"));
    ASSERT_NO_FATAL_FAILURE(begin());
    EXPECT_EQ(session()->state(), Session::State::NotConnected);
    EXPECT_TRUE(waitUntil([] { return BadService::entries().isEmpty(); }));
}

TEST_F(BadKeyringTest, RefusedReadIsSaidAndTheNextStartIsConnected)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    ASSERT_FALSE(signIn());
    BadService::behave(QStringLiteral("read-dismissed"));
    ASSERT_NO_FATAL_FAILURE(begin());
    EXPECT_EQ(session()->state(), Session::State::NotConnected);
    EXPECT_TRUE(session()->isStoreUnread());
    ASSERT_TRUE(session()->storageFault());
    EXPECT_TRUE(session()->storageFault()->summary.contains(QStringLiteral("refused")));
    BadService::behave(QStringLiteral("good"));
    workbench->current()->open(); // Try again
    EXPECT_TRUE(waitUntil([&] { return session()->state() == Session::State::Connected; }));
    EXPECT_FALSE(session()->storageFault());
}

TEST_F(BadKeyringTest, DeclinedSavingIsToldAndNothingConnectsTheNextStart)
{
    for (const char *habit : {"create-dismissed", "create-pretends", "no-default"}) {
        SCOPED_TRACE(habit);
        BadService::behave(QString::fromLatin1(habit));
        ASSERT_NO_FATAL_FAILURE(begin());
        const std::optional<Error> error = signIn();
        ASSERT_TRUE(error);
        EXPECT_EQ(error->kind, ErrorKind::Keychain);
        EXPECT_NE(session()->state(), Session::State::Connected);
        workbench->current()->continueSessionOnly();
        ASSERT_TRUE(waitUntil([&] { return session()->state() == Session::State::Connected; }));
        EXPECT_TRUE(session()->isSessionOnly());
        BadService::behave(QStringLiteral("good"));
        ASSERT_NO_FATAL_FAILURE(begin());
        EXPECT_EQ(session()->state(), Session::State::NotConnected);
        EXPECT_TRUE(BadService::entries().isEmpty());
    }
}

/// Connected with a keychain that works; then it gets a habit, the last thing is done, and the
/// program starts again with the habit and without it. Aborts where the compiler spoils a
/// coroutine.
TEST_P(KeychainHabitTest, ProgramStartsAgain)
{
    const auto [habit, last] = GetParam();
    ASSERT_NO_FATAL_FAILURE(begin());
    ASSERT_FALSE(signIn());
    BadService::behave(QString::fromLatin1(habit));
    if (last == Last::Disconnect)
        disconnectAccount();
    if (last == Last::Forget)
        workbench->forgetAccount(workbench->current()->account().id);
    for (const char *next : {habit, habit, "good", "good"}) {
        if (qstrcmp(next, habit) != 0)
            BadService::behave(QString::fromLatin1(next));
        ASSERT_NO_FATAL_FAILURE(begin());
    }
    EXPECT_EQ(session()->state() == Session::State::Connected, last == Last::Connect);
    if (last != Last::Connect) {
        EXPECT_TRUE(waitUntil([] { return BadService::entries().isEmpty(); }));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Keychain, KeychainHabitTest,
    testing::Combine(testing::Values("good", "asks", "delete-dismissed", "delete-pretends",
                                     "delete-ignores", "delete-hangs", "create-dismissed",
                                     "create-pretends", "create-ignores", "create-hangs",
                                     "keeps-both", "read-dismissed", "locked", "locked-hangs",
                                     "no-default", "silent", "gone"),
                     testing::Values(Last::Connect, Last::Disconnect, Last::Forget)),
    [](const auto &each) {
        QString name = QString::fromLatin1(std::get<0>(each.param)).remove(QLatin1Char('-'));
        switch (std::get<1>(each.param)) {
        case Last::Connect:
            name += QStringLiteral("Connect");
            break;
        case Last::Disconnect:
            name += QStringLiteral("Disconnect");
            break;
        case Last::Forget:
            name += QStringLiteral("Forget");
            break;
        }
        return name.toStdString();
    });
