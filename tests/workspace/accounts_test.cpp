// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/workbench.h"

#include "tests/workspace/world.h"

#include <QCoro/QCoroFuture>
#include <QPromise>
#include <QSignalSpy>
#include <QUrlQuery>

#include <array>

using namespace sonar;
using namespace sonar::test;

namespace {

/// Keeps tokens in memory, and can be told to refuse or to take its time.
class MoodyStore final : public TokenStore
{
public:
    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) override
    {
        co_await gate();
        if (locked)
            co_return failure(fault());
        co_return *co_await m_memory.load(key);
    }
    QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) override
    {
        if (locked)
            co_return failure(fault());
        co_return co_await m_memory.save(key, tokens);
    }
    QCoro::Task<Result<void>> remove(TokenKey key) override
    {
        removed << key;
        if (locked)
            co_return failure(fault());
        co_return co_await m_memory.remove(key);
    }

    bool has(const TokenKey &key) { return QCoro::waitFor(m_memory.load(key))->has_value(); }
    void put(const TokenKey &key) { QCoro::waitFor(m_memory.save(key, {"access", "refresh", 1})); }
    void hold() { m_held.emplace().start(); }
    void letGo()
    {
        m_held->finish();
        m_held.reset();
    }

    bool locked = false;
    QList<TokenKey> removed;

private:
    static Error fault()
    {
        return {ErrorKind::Keychain, QStringLiteral("The keychain is locked."),
                QStringLiteral("Unlock it and try again."), QStringLiteral("test"), 0};
    }
    QCoro::Task<> gate()
    {
        if (m_held) {
            const QFuture<void> opened = m_held->future();
            co_await opened;
        }
    }

    MemoryTokenStore m_memory;
    std::optional<QPromise<void>> m_held;
};

QStringList twoRedirectUris()
{
    QStringList uris;
    std::array<QTcpServer, 2> free;
    for (QTcpServer &server : free) {
        server.listen(QHostAddress::LocalHost);
        uris << QStringLiteral("http://localhost:%1/oauth/callback").arg(server.serverPort());
    }
    return uris;
}

class AccountsTest : public ::testing::Test
{
protected:
    void begin()
    {
        Workbench::Options options;
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        workbench = std::make_unique<Workbench>(options, &store);
        workbench->start();
    }

    void beginWithSale()
    {
        begin();
        ASSERT_TRUE(workbench->addSale(world.sale, true));
        ASSERT_TRUE(waitUntil([&] {
            return workbench->current()->session()->state() == Session::State::NotConnected;
        }));
    }

    /// Who signs in through a workspace's next flows; nobody while `person` is empty.
    void visitAs(Workspace *workspace, const QString &person)
    {
        QObject::connect(workspace, &Workspace::signInStarted, &visitor,
                         [this, person](AuthorizationFlow *flow) {
                             QObject::connect(flow, &AuthorizationFlow::browserRequested, &visitor,
                                              [this, person](const QUrl &url) {
                                                  asked << url;
                                                  if (!person.isEmpty())
                                                      visitor.press(
                                                          url, QStringLiteral("authorize"), person);
                                              });
                         });
    }

    void connectAs(const QString &person)
    {
        Workspace *const workspace = workbench->current();
        visitor.disconnect(workspace);
        QObject::disconnect(workspace, nullptr, &visitor, nullptr);
        visitAs(workspace, person);
        workspace->startSignIn();
        ASSERT_TRUE(waitUntil([&] {
            return workspace->entitiesState() == Workspace::Entities::Loaded &&
                   !workspace->isRefreshing() && !workspace->emailAddress().isEmpty();
        }));
    }

    TokenKey keyOf(const Account &account) const { return {account.id, world.sale.serviceId()}; }

    static bool shows(const Workspace *workspace, const QString &label)
    {
        const QList<Entity> &entities = workspace->entities();
        return std::any_of(entities.cbegin(), entities.cend(),
                           [&](const Entity &entity) { return entity.label == label; });
    }

    const QString wallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    World world{[](SandboxOptions &options) { options.redirectUris = twoRedirectUris(); }};
    QTemporaryDir folder;
    MoodyStore store;
    SandboxVisitor visitor;
    QList<QUrl> asked;
    std::unique_ptr<Workbench> workbench;
};

} // namespace

TEST_F(AccountsTest, TwoConnectedAtOnceDoNotMix)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    Workspace *const first = workbench->current();
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    const Account second = workbench->addAccount(QStringLiteral("Second"));
    ASSERT_NE(workbench->current(), first);
    EXPECT_TRUE(workbench->current()->entities().isEmpty());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("grace")));
    Workspace *const other = workbench->current();

    EXPECT_EQ(first->session()->state(), Session::State::Connected);
    EXPECT_TRUE(shows(first, QStringLiteral("Borealis Capital")));
    EXPECT_FALSE(shows(first, QStringLiteral("Kestrel Capital")));
    EXPECT_TRUE(shows(other, QStringLiteral("Kestrel Capital")));
    EXPECT_FALSE(shows(other, QStringLiteral("Borealis Capital")));
    EXPECT_EQ(first->emailAddress(), QStringLiteral("ada@example.test"));
    EXPECT_EQ(other->emailAddress(), QStringLiteral("grace@example.test"));
    EXPECT_TRUE(store.has(keyOf(first->account())));
    EXPECT_TRUE(store.has(keyOf(second)));

    // Requests go out under each one's own tokens, whichever is in view.
    first->permits()->add(entityNamed(*first, QStringLiteral("Borealis Capital")), wallet, {});
    EXPECT_TRUE(other->permits()->rows().isEmpty());
    first->refresh();
    other->refresh();
    ASSERT_TRUE(waitUntil([&] { return !first->isRefreshing() && !other->isRefreshing(); }));
    EXPECT_TRUE(shows(first, QStringLiteral("Borealis Capital")));
    EXPECT_TRUE(shows(other, QStringLiteral("Kestrel Capital")));

    // Disconnecting one leaves the other as it was.
    other->disconnectAccount();
    ASSERT_TRUE(waitUntil([&] { return !store.has(keyOf(second)); }));
    EXPECT_EQ(first->session()->state(), Session::State::Connected);
    EXPECT_TRUE(store.has(keyOf(first->account())));
    EXPECT_EQ(first->permits()->rows().size(), 1);
}

TEST_F(AccountsTest, PendingSignInsAreSeparate)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    Workspace *const first = workbench->current();
    visitAs(first, {});
    first->startSignIn();
    ASSERT_TRUE(waitUntil([&] { return asked.size() == 1; }));
    workbench->addAccount(QStringLiteral("Second"));
    Workspace *const other = workbench->current();
    visitAs(other, {});
    other->startSignIn();
    ASSERT_TRUE(waitUntil([&] { return asked.size() == 2; })) << "on the next registered port";
    const auto redirectOf = [](const QUrl &url) {
        return QUrlQuery(url).queryItemValue(QStringLiteral("redirect_uri"));
    };
    EXPECT_NE(redirectOf(asked.at(0)), redirectOf(asked.at(1)));

    // The first one's answer, in the second one's view, connects the first one.
    ASSERT_TRUE(QCoro::waitFor(
        visitor.press(asked.at(0), QStringLiteral("authorize"), QStringLiteral("grace"))));
    ASSERT_TRUE(waitUntil([&] { return first->entitiesState() == Workspace::Entities::Loaded; }));
    EXPECT_EQ(workbench->current(), other);
    EXPECT_EQ(other->session()->state(), Session::State::NotConnected);
    EXPECT_TRUE(other->entities().isEmpty());
    ASSERT_NE(other->signIn(), nullptr);
    EXPECT_EQ(other->signIn()->state(), AuthorizationFlow::State::WaitingForBrowser);

    ASSERT_TRUE(QCoro::waitFor(visitor.press(asked.at(1), QStringLiteral("authorize"))));
    ASSERT_TRUE(waitUntil([&] { return other->entitiesState() == Workspace::Entities::Loaded; }));
    EXPECT_TRUE(shows(first, QStringLiteral("Kestrel Capital")));
    EXPECT_TRUE(shows(other, QStringLiteral("Borealis Capital")));
}

TEST_F(AccountsTest, ConnectingAgainAsSomebodyElseLeavesNothingOfTheFirst)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    Workspace *const workspace = workbench->current();
    workspace->permits()->add(entityNamed(*workspace, QStringLiteral("Borealis Capital")), wallet,
                              {});
    workspace->session()->refused(QCoro::waitFor(workspace->session()->accessToken()).value());
    ASSERT_EQ(workspace->session()->state(), Session::State::Ended);
    EXPECT_EQ(workspace->permits()->rows().size(), 1) << "an ended session loses nothing shown";

    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("grace")));
    ASSERT_TRUE(waitUntil([&] {
        return workspace->emailAddress() == QLatin1String("grace@example.test") &&
               workspace->entitiesState() == Workspace::Entities::Loaded;
    }));
    EXPECT_TRUE(workspace->permits()->rows().isEmpty());
    EXPECT_FALSE(shows(workspace, QStringLiteral("Borealis Capital")));
    EXPECT_TRUE(shows(workspace, QStringLiteral("Kestrel Capital")));
}

TEST_F(AccountsTest, SaleShownWhileTheSessionIsLookedForLoadsWhenItIsFound)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    Sale other = world.sale;
    other.name = QStringLiteral("Another sale there");
    other.saleUuid = QStringLiteral("6b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
    other.fileText.clear();
    ASSERT_TRUE(workbench->addSale(other, false));
    workbench->showSale(world.sale.saleUuid);

    store.hold();
    begin();
    ASSERT_NE(workbench->current(), nullptr);
    EXPECT_EQ(workbench->current()->session()->state(), Session::State::Restoring);
    workbench->showSale(other.saleUuid);
    Workspace *const shown = workbench->current();
    store.letGo();
    // The sandbox knows only its own sale: an answer is what counts.
    EXPECT_TRUE(waitUntil([&] {
        return shown->entitiesState() == Workspace::Entities::Loaded ||
               shown->entitiesState() == Workspace::Entities::Failed;
    }));
}

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

TEST_F(AccountsTest, RenamedAccountKeepsItsSession)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    const Account account = workbench->current()->account();
    workbench->renameAccount(account.id, QStringLiteral("Renamed"));
    EXPECT_EQ(workbench->current()->account().name, QStringLiteral("Renamed"));
    begin();
    ASSERT_NE(workbench->current(), nullptr);
    EXPECT_EQ(workbench->current()->account(), (Account{account.id, QStringLiteral("Renamed")}));
    EXPECT_TRUE(waitUntil(
        [&] { return workbench->current()->session()->state() == Session::State::Connected; }));
}

TEST_F(AccountsTest, ChangedSaleTakesThePlaceOfTheOldOne)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    Sale second = world.sale;
    second.name = QStringLiteral("Second");
    second.saleUuid = QStringLiteral("6b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
    second.fileText.clear();
    ASSERT_TRUE(workbench->addSale(second, false));
    Sale moved = world.sale;
    moved.name = QStringLiteral("Moved");
    moved.saleUuid = second.saleUuid;
    EXPECT_FALSE(workbench->changeSale(world.sale.saleUuid, moved, false));
    EXPECT_EQ(workbench->sales().size(), 2);
    ASSERT_TRUE(workbench->changeSale(world.sale.saleUuid, moved, true));
    ASSERT_EQ(workbench->sales().size(), 1);
    EXPECT_EQ(workbench->sales().constFirst().name, QStringLiteral("Moved"));
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("Moved"));
}

TEST_F(AccountsTest, AccountInViewIsKnownWithoutASale)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    const Account second = workbench->addAccount(QStringLiteral("Second"));
    workbench->removeSale(world.sale.saleUuid);
    EXPECT_EQ(workbench->current(), nullptr);
    EXPECT_EQ(workbench->currentAccount(), std::optional(second));
    workbench->forgetAccount(second.id);
    ASSERT_TRUE(workbench->currentAccount());
    EXPECT_NE(workbench->currentAccount()->id, second.id);
}
