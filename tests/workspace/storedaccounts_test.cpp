// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of an account in a keychain that refuses, hangs or comes back.
#include "tests/workspace/accountsworld.h"

using namespace sonar;
using namespace sonar::test;

TEST_F(AccountsTest, KeychainThatCouldNotBeReadIsReadAgain)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    store.locked = true;
    begin();
    Session *const session = workbench->current()->session();
    ASSERT_TRUE(waitUntil([&] { return session->state() == Session::State::NotConnected; }));
    EXPECT_TRUE(session->isStoreUnread());
    ASSERT_TRUE(session->storageFault());
    store.locked = false;
    workbench->current()->open();
    EXPECT_TRUE(waitUntil(
        [&] { return workbench->current()->entitiesState() == Workspace::Entities::Loaded; }));
    EXPECT_FALSE(session->storageFault());
}

TEST_F(AccountsTest, DisconnectedStaysSoThoughTheKeychainKeptTheTokens)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    Workspace *const workspace = workbench->current();
    std::optional<Error> error;
    QObject::connect(workspace, &Workspace::disconnected, workspace,
                     [&](const std::optional<Error> &fault) { error = fault; });
    store.locked = true;
    workspace->disconnectAccount();
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    store.locked = false;
    workspace->open();
    EXPECT_EQ(workspace->session()->state(), Session::State::NotConnected);
    EXPECT_TRUE(workspace->entities().isEmpty());

    // Over a restart as well, and what the keychain kept goes.
    const TokenKey key = keyOf(workspace->account());
    ASSERT_TRUE(store.has(key));
    begin();
    Session *const session = workbench->current()->session();
    ASSERT_TRUE(waitUntil([&] { return session->state() == Session::State::NotConnected; }));
    EXPECT_TRUE(waitUntil([&] { return !store.has(key); }));

    // Connected again, the next start is, too.
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    begin();
    EXPECT_TRUE(waitUntil(
        [&] { return workbench->current()->session()->state() == Session::State::Connected; }));
}

TEST_F(AccountsTest, DisconnectedStaysSoWhenTheProgramEndsBeforeTheKeychainAnswers)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    const TokenKey key = keyOf(workbench->current()->account());
    store.holdRemovals = true;
    store.hold();
    workbench->current()->disconnectAccount();
    ASSERT_TRUE(store.has(key));
    QFile::copy(folder.filePath(QStringLiteral("settings.ini")),
                folder.filePath(QStringLiteral("then.ini")));
    store.letGo();
    ASSERT_TRUE(waitUntil([&] { return !store.has(key); }));

    // As if the program had been killed then: settings and keychain of that moment.
    workbench.reset();
    store.put(key);
    Workbench::Options options;
    options.preferencesPath = folder.filePath(QStringLiteral("then.ini"));
    workbench = std::make_unique<Workbench>(options, &store);
    workbench->start();
    EXPECT_TRUE(waitUntil([&] { return !store.has(key); }));
    Session *const session = workbench->current()->session();
    EXPECT_TRUE(waitUntil([&] { return session->state() == Session::State::NotConnected; }));
}

TEST_F(AccountsTest, DisconnectIsDoneOnlyWhenTheKeychainHasAnswered)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    Workspace *const workspace = workbench->current();
    int ends = 0;
    QObject::connect(workspace, &Workspace::disconnected, workspace, [&] { ++ends; });
    store.holdRemovals = true;
    store.hold();
    workspace->disconnectAccount();
    EXPECT_EQ(workspace->session()->state(), Session::State::Disconnecting);
    EXPECT_TRUE(workspace->entities().isEmpty()) << "what was shown goes at once";
    EXPECT_EQ(ends, 0);
    store.letGo();
    ASSERT_TRUE(waitUntil([&] { return ends == 1; }));
    EXPECT_EQ(workspace->session()->state(), Session::State::NotConnected);
    EXPECT_FALSE(workspace->session()->isRemovalDue());
}

TEST_F(AccountsTest, RefreshTokenThatWasUsedWhileTheKeychainFailedIsNotSentAgain)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    const TokenKey key = keyOf(workbench->current()->account());
    Session *session = workbench->current()->session();
    const QByteArray token = QCoro::waitFor(session->accessToken()).value();
    store.locked = true;
    const Result<QByteArray> fresh = QCoro::waitFor(session->replaceRejected(token));
    ASSERT_TRUE(fresh);
    EXPECT_NE(*fresh, token);
    EXPECT_TRUE(session->isSessionOnly());
    ASSERT_TRUE(store.has(key)) << "the set that was used up is still there";

    begin();
    session = workbench->current()->session();
    ASSERT_TRUE(waitUntil([&] { return session->storageFault().has_value(); }));
    EXPECT_EQ(session->state(), Session::State::NotConnected);
    store.locked = false;
    begin();
    session = workbench->current()->session();
    EXPECT_TRUE(waitUntil([&] { return !store.has(key); }));
    EXPECT_TRUE(waitUntil([&] { return session->state() == Session::State::NotConnected; }));

    // A session that is saved later after all counts again.
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    begin();
    EXPECT_TRUE(waitUntil(
        [&] { return workbench->current()->session()->state() == Session::State::Connected; }));
}

TEST_F(AccountsTest, SettingsThatCannotBeWrittenLeaveNoEntryThatNobodyKnows)
{
    QFile blocker(folder.filePath(QStringLiteral("blocked")));
    ASSERT_TRUE(blocker.open(QIODevice::WriteOnly));
    Workbench::Options options;
    options.preferencesPath = folder.filePath(QStringLiteral("blocked/settings.ini"));
    QList<TokenKey> keys;
    for (int start = 0; start < 2; ++start) {
        workbench = std::make_unique<Workbench>(options, &store);
        QList<Error> told;
        QObject::connect(workbench.get(), &Workbench::failed, workbench.get(),
                         [&told](const Error &error) { told << error; });
        workbench->start();
        ASSERT_TRUE(workbench->addSale(world.sale, true));
        ASSERT_TRUE(waitUntil([&] { return told.size() == 1; }));
        EXPECT_EQ(told.at(0).kind, ErrorKind::File);
        EXPECT_TRUE(told.at(0).report().contains(options.preferencesPath));

        Workspace *const workspace = workbench->current();
        visitAs(workspace, QStringLiteral("ada"));
        QList<std::optional<Error>> ends;
        QObject::connect(workspace, &Workspace::signInFinished, workspace,
                         [&](const std::optional<Error> &error) { ends << error; });
        workspace->startSignIn();
        ASSERT_TRUE(waitUntil([&] { return ends.size() == 1; }));
        ASSERT_TRUE(ends.at(0));
        EXPECT_EQ(ends.at(0)->kind, ErrorKind::Keychain) << "so that the dialog offers to go on";
        workspace->continueSessionOnly();
        ASSERT_TRUE(
            waitUntil([&] { return workspace->session()->state() == Session::State::Connected; }));
        EXPECT_TRUE(workspace->session()->isSessionOnly());
        keys << keyOf(workspace->account());
        EXPECT_EQ(told.size(), 1) << "once";
    }
    for (const TokenKey &key : keys)
        EXPECT_FALSE(store.has(key));
    EXPECT_EQ(store.saves, 0);
}

TEST_F(AccountsTest, StillLockedAtTheNextStartIsNotConnected)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    store.locked = true;
    workbench->current()->disconnectAccount();
    begin();
    Session *const session = workbench->current()->session();
    ASSERT_TRUE(waitUntil([&] { return session->storageFault().has_value(); }));
    EXPECT_EQ(session->state(), Session::State::NotConnected);
    store.locked = false;
    workbench->current()->open();
    EXPECT_TRUE(waitUntil([&] { return !session->storageFault(); }));
    EXPECT_EQ(session->state(), Session::State::NotConnected);
    EXPECT_FALSE(store.has(session->key()));
}

namespace {

enum class Last { Connect, Disconnect, Forget };

/// Whether the keychain fails when the account is connected, and the last thing done before the
/// program ends, always with a keychain that fails.
class KeychainFaultTest : public AccountsTest,
                          public testing::WithParamInterface<std::tuple<bool, Last>>
{};

} // namespace

/// The program starts again, with the fault still there and without it. Aborts where the compiler
/// spoils a coroutine.
TEST_P(KeychainFaultTest, ProgramStartsAgain)
{
    const auto [failsToStore, last] = GetParam();
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    Workspace *const workspace = workbench->current();
    const Account account = workspace->account();
    visitAs(workspace, QStringLiteral("ada"));
    int ends = 0;
    QObject::connect(workspace, &Workspace::signInFinished, workspace, [&] { ++ends; });
    store.locked = failsToStore;
    workspace->startSignIn();
    ASSERT_TRUE(waitUntil([&] { return ends == 1; }));
    workspace->continueSessionOnly();
    ASSERT_TRUE(
        waitUntil([&] { return workspace->session()->state() == Session::State::Connected; }));
    EXPECT_EQ(workspace->session()->isSessionOnly(), failsToStore);

    store.locked = true;
    bool told = last == Last::Connect;
    QObject::connect(workspace, &Workspace::disconnected, workbench.get(),
                     [&](const std::optional<Error> &error) { told = error.has_value(); });
    QObject::connect(workbench.get(), &Workbench::failed, workbench.get(), [&] { told = true; });
    if (last == Last::Disconnect)
        workspace->disconnectAccount();
    if (last == Last::Forget)
        workbench->forgetAccount(account.id);
    ASSERT_TRUE(waitUntil([&] { return told; }));

    for (const bool stillFails : {true, true, false, false}) {
        store.locked = stillFails;
        begin();
        const Session *const session = workbench->current()->session();
        ASSERT_TRUE(waitUntil([&] {
            return session->state() == Session::State::NotConnected ||
                   session->state() == Session::State::Connected;
        }));
    }
    EXPECT_EQ(workbench->current()->session()->state() == Session::State::Connected,
              last == Last::Connect && !failsToStore);
    EXPECT_EQ(store.has(keyOf(account)), last == Last::Connect && !failsToStore);
}

INSTANTIATE_TEST_SUITE_P(Keychain, KeychainFaultTest,
                         testing::Combine(testing::Bool(),
                                          testing::Values(Last::Connect, Last::Disconnect,
                                                          Last::Forget)));

TEST_F(AccountsTest, SignInCancelledWhileItIsStoredConnectsNothing)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    Workspace *const workspace = workbench->current();
    visitAs(workspace, QStringLiteral("ada"));
    QList<std::optional<Error>> ends;
    QObject::connect(workspace, &Workspace::signInFinished, workspace,
                     [&](const std::optional<Error> &error) { ends << error; });
    store.hold();
    workspace->startSignIn();
    ASSERT_TRUE(waitUntil([&] { return store.saves == 1; }));
    workspace->cancelSignIn();
    store.letGo();
    ASSERT_TRUE(waitUntil([&] { return !store.removed.isEmpty(); })) << "what was stored goes";
    EXPECT_TRUE(waitUntil([&] { return !store.has(keyOf(workspace->account())); }));
    EXPECT_EQ(workspace->session()->state(), Session::State::NotConnected);
    EXPECT_TRUE(ends.isEmpty());
    workspace->continueSessionOnly();
    workspace->storeAgain();
    EXPECT_EQ(workspace->session()->state(), Session::State::NotConnected);

    // And the next sign-in isn't confused.
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("grace")));
    EXPECT_TRUE(shows(workspace, QStringLiteral("Kestrel Capital")));
    EXPECT_TRUE(store.has(keyOf(workspace->account())));
}

TEST_F(AccountsTest, TokensThatWereNotStoredCanBeStoredAgain)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    Workspace *const workspace = workbench->current();
    visitAs(workspace, QStringLiteral("ada"));
    QList<std::optional<Error>> ends;
    QObject::connect(workspace, &Workspace::signInFinished, workspace,
                     [&](const std::optional<Error> &error) { ends << error; });
    store.locked = true;
    workspace->startSignIn();
    ASSERT_TRUE(waitUntil([&] { return ends.size() == 1; }));
    ASSERT_TRUE(ends.at(0));
    EXPECT_EQ(ends.at(0)->kind, ErrorKind::Keychain);
    workspace->storeAgain();
    ASSERT_TRUE(waitUntil([&] { return ends.size() == 2; }));
    EXPECT_TRUE(ends.at(1));
    store.locked = false;
    workspace->storeAgain();
    ASSERT_TRUE(waitUntil([&] { return ends.size() == 3; }));
    EXPECT_FALSE(ends.at(2));
    EXPECT_TRUE(store.has(keyOf(workspace->account())));
    EXPECT_FALSE(workspace->session()->isSessionOnly());
}

TEST_F(AccountsTest, TokensOfACancelledSignInAreLetGo)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    Workspace *const workspace = workbench->current();
    visitAs(workspace, QStringLiteral("ada"));
    bool ended = false;
    QObject::connect(workspace, &Workspace::signInFinished, workspace, [&] { ended = true; });
    store.locked = true;
    workspace->startSignIn();
    ASSERT_TRUE(waitUntil([&] { return ended; }));
    workspace->cancelSignIn();
    workspace->continueSessionOnly();
    EXPECT_EQ(workspace->session()->state(), Session::State::NotConnected);
}

TEST_F(AccountsTest, ForgettingReachesServicesWhoseSaleIsGone)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    const Account account = workbench->current()->account();
    Sale elsewhere = world.sale;
    elsewhere.saleUuid = QStringLiteral("6b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
    elsewhere.apiUrl = QUrl(QStringLiteral("https://api.one.test"));
    elsewhere.fileText.clear();
    ASSERT_TRUE(workbench->addSale(elsewhere, false));
    Sale edited = elsewhere;
    edited.apiUrl = QUrl(QStringLiteral("https://api.two.test"));
    ASSERT_TRUE(workbench->changeSale(elsewhere.saleUuid, edited, true));
    workbench->removeSale(edited.saleUuid);
    const QList<TokenKey> keys{
        {account.id, elsewhere.serviceId()}, {account.id, edited.serviceId()}, keyOf(account)};
    for (const TokenKey &key : keys)
        store.put(key);

    begin(); // nothing of it is in memory any more
    workbench->forgetAccount(account.id);
    for (const TokenKey &key : keys)
        EXPECT_TRUE(waitUntil([&] { return !store.has(key); })) << qPrintable(key.serviceId);
    EXPECT_TRUE(waitUntil([&] {
        const QList<TokenPlace> left = workbench->preferences().tokenPlaces();
        return std::none_of(left.cbegin(), left.cend(),
                            [&](const TokenPlace &place) { return place.accountId == account.id; });
    }));
    QFile settings(folder.filePath(QStringLiteral("settings.ini")));
    ASSERT_TRUE(settings.open(QIODevice::ReadOnly));
    EXPECT_FALSE(settings.readAll().contains(account.id.toLatin1()));
}

TEST_F(AccountsTest, WhatTheKeychainKeptOfAForgottenAccountGoesAtTheNextStart)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    const Account account = workbench->addAccount(QStringLiteral("Second"));
    store.put(keyOf(account));
    std::optional<Error> error;
    QObject::connect(workbench.get(), &Workbench::failed, workbench.get(),
                     [&](const Error &fault) { error = fault; });
    store.locked = true;
    workbench->forgetAccount(account.id);
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    EXPECT_TRUE(error->summary.contains(QStringLiteral("Second"))) << qPrintable(error->summary);
    EXPECT_TRUE(error->summary.contains(QStringLiteral("locked"))) << qPrintable(error->summary);
    EXPECT_FALSE(workbench->accounts().contains(account));
    ASSERT_TRUE(store.has(keyOf(account)));

    store.locked = false;
    begin();
    EXPECT_TRUE(waitUntil([&] { return !store.has(keyOf(account)); }));
    EXPECT_FALSE(workbench->accounts().contains(account));
}

TEST_F(AccountsTest, ForgettingWithdrawsTheSignInUnderWay)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    const Account account = workbench->addAccount(QStringLiteral("Second"));
    Workspace *const workspace = workbench->current();
    visitAs(workspace, {});
    workspace->startSignIn();
    ASSERT_TRUE(waitUntil([&] { return asked.size() == 1; }));
    workbench->forgetAccount(account.id);
    EXPECT_FALSE(QCoro::waitFor(visitor.press(asked.at(0), QStringLiteral("authorize"))))
        << "the callback was still answered";
    EXPECT_FALSE(store.has(keyOf(account)));
}
