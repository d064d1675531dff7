// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/auth/sessionworld.h"

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

using State = Session::State;

} // namespace

TEST(Session, FindsItsTokensInTheStore)
{
    SessionWorld world;
    EXPECT_EQ(world.session->state(), State::Unknown);
    world.store.kept = world.first();
    awaited(world.session->restore());
    EXPECT_EQ(world.states, (QList<State>{State::Restoring, State::Connected}));
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    EXPECT_FALSE(world.session->isSessionOnly());
    EXPECT_EQ(world.session->secondsToRefresh(), 3300);
    awaited(world.session->restore()); // once is enough
    EXPECT_EQ(world.store.loads, 1);
}

TEST(Session, WithoutTokensItIsNotConnected)
{
    SessionWorld world;
    awaited(world.session->restore());
    EXPECT_EQ(world.session->state(), State::NotConnected);
    const Result<QByteArray> token = world.token();
    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().kind, ErrorKind::NotConnected);
    EXPECT_EQ(world.session->secondsToRefresh(), -1);
    EXPECT_EQ(world.refreshes(), 0);
}

TEST(Session, FirstCallerLooksIntoTheStore)
{
    SessionWorld world;
    world.store.kept = world.first();
    world.store.hold();
    const auto one = started(world.session->accessToken());
    const auto two = started(world.session->accessToken());
    EXPECT_EQ(world.session->state(), State::Restoring);
    EXPECT_FALSE(one->has_value());
    world.store.release();
    ASSERT_TRUE(waitUntil([&] { return one->has_value() && two->has_value(); }));
    EXPECT_EQ(**one, QByteArray("access-0"));
    EXPECT_EQ(**two, QByteArray("access-0"));
    EXPECT_EQ(world.store.loads, 1);
}

TEST(Session, UnreadableStoreIsSaidAndSignInStaysPossible)
{
    SessionWorld world;
    world.store.fail();
    awaited(world.session->restore());
    EXPECT_EQ(world.session->state(), State::NotConnected);
    ASSERT_TRUE(world.session->storageFault());
    EXPECT_EQ(world.session->storageFault()->kind, ErrorKind::Keychain);

    const Result<void> kept = awaited(world.session->adopt(world.first(), false));
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().kind, ErrorKind::Keychain);
    EXPECT_EQ(world.session->state(), State::NotConnected) << "the user is asked first";

    EXPECT_TRUE(awaited(world.session->adopt(world.first(), true)));
    EXPECT_EQ(world.session->state(), State::Connected);
    EXPECT_TRUE(world.session->isSessionOnly());
    EXPECT_EQ(world.token(), QByteArray("access-0"));
}

TEST(Session, NewTokensAreSavedBeforeAnyoneUsesThem)
{
    SessionWorld world;
    awaited(world.session->restore());
    world.store.hold();
    const auto adopting = started(world.session->adopt(world.first(), false));
    EXPECT_EQ(world.session->state(), State::NotConnected);
    EXPECT_EQ(world.token().error().kind, ErrorKind::NotConnected);
    world.store.release();
    ASSERT_TRUE(waitUntil([&] { return adopting->has_value(); }));
    EXPECT_EQ(world.store.kept, world.first());
    EXPECT_EQ(world.token(), QByteArray("access-0"));
}

TEST(Session, SessionOnlyStoresNothingEver)
{
    SessionWorld world;
    world.connect(3600, true);
    world.clock.pass(3500);
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_TRUE(world.store.saved.isEmpty());
    EXPECT_FALSE(world.store.kept);
    EXPECT_TRUE(world.session->isSessionOnly());
}

TEST(Session, ForgetEmptiesMemoryAndStore)
{
    SessionWorld world;
    world.connect();
    EXPECT_TRUE(awaited(world.session->forget()));
    EXPECT_EQ(world.session->state(), State::NotConnected);
    EXPECT_FALSE(world.store.kept);
    EXPECT_EQ(world.token().error().kind, ErrorKind::NotConnected);
    EXPECT_EQ(world.refreshes(), 0);
}

TEST(Session, ForgetThatTheStoreRefusesSaysSoButUsesNothingMore)
{
    SessionWorld world;
    world.connect();
    world.store.fail();
    const Result<void> forgotten = awaited(world.session->forget());
    ASSERT_FALSE(forgotten);
    EXPECT_EQ(forgotten.error().kind, ErrorKind::Keychain);
    EXPECT_TRUE(world.session->storageFault());
    EXPECT_EQ(world.token().error().kind, ErrorKind::NotConnected);
}

TEST(Session, ForgetWhileTokensAreBeingAdoptedWins)
{
    SessionWorld world;
    awaited(world.session->restore());
    world.store.hold();
    const auto adopting = started(world.session->adopt(world.first(), false));
    const auto forgetting = started(world.session->forget());
    world.store.release();
    ASSERT_TRUE(waitUntil([&] { return adopting->has_value() && forgetting->has_value(); }));
    EXPECT_EQ((*adopting)->error().kind, ErrorKind::Cancelled);
    EXPECT_EQ(world.session->state(), State::NotConnected);
    EXPECT_FALSE(world.store.kept);
}

TEST(Session, CancelledAdoptionLeavesSessionAndStoreAsTheyWere)
{
    for (const bool wasConnected : {false, true}) {
        SessionWorld world;
        awaited(world.session->restore());
        if (wasConnected)
            world.connect();
        const State before = world.session->state();
        world.store.hold();
        const CancelToken cancel;
        const auto adopting =
            started(world.session->adopt({"new", "new-r", world.clock.wall + 60}, false, cancel));
        cancel.cancel();
        world.store.release();
        ASSERT_TRUE(waitUntil([&] { return adopting->has_value(); }));
        ASSERT_FALSE((*adopting)->has_value());
        EXPECT_EQ((*adopting)->error().kind, ErrorKind::Cancelled);
        EXPECT_EQ(world.session->state(), before);
        EXPECT_EQ(world.store.kept, wasConnected ? std::optional(world.first()) : std::nullopt);
    }
}

TEST(Session, AdoptionForThisSessionOnlyCanBeCancelledTooWhileItWaits)
{
    SessionWorld world;
    awaited(world.session->restore());
    world.store.hold();
    const auto first = started(world.session->adopt(world.first(), false));
    const CancelToken cancel;
    const auto second =
        started(world.session->adopt({"new", "new-r", world.clock.wall + 60}, true, cancel));
    cancel.cancel();
    world.store.release();
    ASSERT_TRUE(waitUntil([&] { return first->has_value() && second->has_value(); }));
    EXPECT_FALSE((*second)->has_value());
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    EXPECT_FALSE(world.session->isSessionOnly());
}

TEST(Session, AbandonedTokensThatAreStoredLateDoNotStayThere)
{
    SessionWorld world;
    awaited(world.session->restore());
    world.store.beLate();
    ASSERT_FALSE(awaited(world.session->adopt(world.first(), false)));
    awaited(world.session->abandon());
    world.store.land();
    EXPECT_FALSE(world.store.kept);
    EXPECT_EQ(world.session->state(), State::NotConnected);
}

TEST(Session, OfTwoAdoptionsTheLaterOneCountsInMemoryAndStore)
{
    SessionWorld world;
    awaited(world.session->restore());
    world.store.hold();
    const auto one = started(world.session->adopt(world.first(), false));
    const auto two =
        started(world.session->adopt({"new", "new-r", world.clock.wall + 3600}, false));
    world.store.release();
    ASSERT_TRUE(waitUntil([&] { return one->has_value() && two->has_value(); }));
    EXPECT_TRUE((*one)->has_value());
    EXPECT_TRUE((*two)->has_value());
    EXPECT_EQ(world.token(), QByteArray("new"));
    EXPECT_EQ(world.store.kept->refreshToken, "new-r");
}

TEST(Session, ProgramsEndWaitsForWhatIsBeingRemoved)
{
    QObject ending;
    TestStore *store = nullptr;
    // Told before the session, so that only its wait lets the store go on.
    QObject::connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, &ending,
                     [&ending, &store] {
                         QMetaObject::invokeMethod(
                             &ending, [&store] { store->release(); }, Qt::QueuedConnection);
                     });
    SessionWorld world;
    store = &world.store;
    world.connect();
    world.store.hold();
    const auto forgetting = started(world.session->forget());
    QMetaObject::invokeMethod(
        QCoreApplication::instance(), [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    QCoreApplication::exec();
    EXPECT_FALSE(world.store.kept);
    EXPECT_TRUE(forgetting->has_value());
    world.store.release();
    EXPECT_TRUE(waitUntil([&] { return forgetting->has_value(); }));
}

TEST(Session, ProgramsEndWaitsForAllSessionsTogether)
{
    const auto refreshInVain = [](SessionWorld &world) {
        world.server.play(Scripted{{}, Scripted::Then::Hold});
        world.connect(10);
        auto asking = started(world.session->accessToken());
        EXPECT_TRUE(waitUntil([&] { return world.refreshes() == 1; }));
        return asking;
    };
    // The first never comes to an end; whoever is told of the program's end after it sees that the
    // second has had its turn all the same.
    SessionWorld first;
    std::optional<QByteArray> storedAgain;
    SessionWorld *next = nullptr;
    QObject between;
    QObject::connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, &between, [&] {
        storedAgain = next->store.kept ? next->store.kept->refreshToken : QByteArray();
    });
    SessionWorld second;
    next = &second;
    const auto asking = refreshInVain(first);
    const auto askingToo = refreshInVain(second);
    first.store.hold();
    QMetaObject::invokeMethod(
        QCoreApplication::instance(), [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    QCoreApplication::exec();
    EXPECT_EQ(storedAgain, QByteArray("refresh-0"));
    EXPECT_TRUE(askingToo->has_value());
    EXPECT_FALSE(asking->has_value());
    first.store.release();
    EXPECT_TRUE(waitUntil([&] { return asking->has_value(); }));
}

TEST(Session, IncompleteSetIsSaidAndConnectingAgainHealsIt)
{
    SessionWorld world;
    world.store.fault = Error{ErrorKind::Malformed, QStringLiteral("Incomplete."), {}, {}};
    awaited(world.session->restore());
    EXPECT_EQ(world.session->state(), State::NotConnected);
    ASSERT_TRUE(world.session->storageFault());
    EXPECT_FALSE(world.session->isStoreUnread()) << "reading it again changes nothing";
    world.store.fault.reset();
    ASSERT_TRUE(awaited(world.session->adopt(world.first(), false)));
    EXPECT_FALSE(world.session->storageFault());
}

TEST(Session, DeletedSessionLeavesNobodyWaiting)
{
    for (const bool duringRefresh : {false, true}) {
        SessionWorld world;
        world.store.kept = world.first(duringRefresh ? 10 : 3600);
        if (duringRefresh)
            world.server.play(Scripted{{}, Scripted::Then::Hold});
        else
            world.store.hold();
        const auto token = started(world.session->accessToken());
        if (duringRefresh) {
            ASSERT_TRUE(waitUntil([&] { return world.refreshes() == 1; }));
        }
        world.session.reset();
        world.store.release();
        ASSERT_TRUE(waitUntil([&] { return token->has_value(); }));
        EXPECT_FALSE((*token)->has_value());
    }
}

TEST(Session, ClockSetBackWhileClosedNeverLoops)
{
    SessionWorld world;
    world.store.kept = world.first(3600);
    world.clock.wall -= 3600; // set back an hour while the program was closed
    awaited(world.session->restore());
    EXPECT_EQ(world.token(), QByteArray("access-0")); // it may live longer than it does: 401 tells
    EXPECT_EQ(awaited(world.session->replaceRejected("access-0")), QByteArray("access-1"));
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.refreshes(), 1);
}

TEST(Session, ClockSetForwardWhileClosedRefreshesOnce)
{
    SessionWorld world;
    world.store.kept = world.first(3600);
    world.clock.wall += 400 * 86'400;
    awaited(world.session->restore());
    EXPECT_EQ(world.session->state(), State::Connected) << "no false expired";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.refreshes(), 1);
}

TEST(Session, SetLeftByAKilledRefreshAsksToConnect)
{
    SessionWorld world;
    world.store.kept = TokenSet{"access-0", {}, world.clock.wall - 5};
    awaited(world.session->restore());
    EXPECT_EQ(world.session->state(), State::NotConnected);
    EXPECT_EQ(world.refreshes(), 0);
    EXPECT_TRUE(waitUntil([&] { return !world.store.kept; }));
}

TEST(Session, SetWithoutRefreshTokenIsUsedToItsEnd)
{
    SessionWorld world;
    world.store.kept = TokenSet{"access-0", {}, world.clock.wall + 100};
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    world.clock.pass(99);
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    world.clock.pass(2);
    EXPECT_EQ(world.token().error().kind, ErrorKind::NotConnected);
    EXPECT_EQ(world.session->state(), State::Ended);
    EXPECT_EQ(world.refreshes(), 0);
}
