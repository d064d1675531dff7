// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workspace/accountsworld.h"

using namespace sonar;
using namespace sonar::test;

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

TEST_F(AccountsTest, SamePersonConnectingAgainKeepsWhatIsShown)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    Workspace *const workspace = workbench->current();
    workspace->permits()->add(entityNamed(*workspace, QStringLiteral("Borealis Capital")), wallet,
                              {});
    const QDateTime before = workspace->entitiesUpdatedAt();
    workspace->session()->refused(QCoro::waitFor(workspace->session()->accessToken()).value());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    ASSERT_TRUE(waitUntil([&] { return workspace->entitiesUpdatedAt() >= before; }));
    EXPECT_EQ(workspace->permits()->rows().size(), 1);
    EXPECT_TRUE(shows(workspace, QStringLiteral("Borealis Capital")));
}

TEST_F(AccountsTest, ChangedApiPathIsAnotherService)
{
    ASSERT_NO_FATAL_FAILURE(beginWithSale());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    Sale moved = world.sale;
    moved.apiUrl.setPath(QStringLiteral("/v2"));
    ASSERT_TRUE(workbench->changeSale(world.sale.saleUuid, moved, true));
    Session *const session = workbench->current()->session();
    EXPECT_EQ(session->key().serviceId, world.sale.serviceId() + QLatin1String("/v2"));
    ASSERT_TRUE(waitUntil([&] { return session->state() == Session::State::NotConnected; }))
        << "tokens of the old address were taken to the new one";
    // The old address has its session still.
    ASSERT_TRUE(workbench->changeSale(world.sale.saleUuid, world.sale, true));
    EXPECT_EQ(workbench->current()->session()->state(), Session::State::Connected);
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
