// SPDX-License-Identifier: GPL-3.0-or-later
// Refreshes that fail, and what else may happen to the session meanwhile.
#include "tests/auth/sessionworld.h"

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

using State = Session::State;

} // namespace

TEST(SessionRefresh, ThousandCallsDuringA429MakeOneRequest)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(400);
    world.store.saved.clear();
    world.server.play(answered(429, "{}", {"Retry-After: 30"}));
    for (int i = 0; i < 1'000; ++i)
        ASSERT_EQ(world.token(), QByteArray("access-0")) << "it is still good";
    EXPECT_EQ(world.refreshes(), 1);
    EXPECT_EQ(world.store.saved.size(), 2) << "taken out of the store, and put back";

    world.clock.pass(29);
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    EXPECT_EQ(world.refreshes(), 1);
    world.session->resume();
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    EXPECT_EQ(world.refreshes(), 2) << "a person's click is sent";
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    EXPECT_EQ(world.refreshes(), 2) << "once";
    world.clock.pass(30);
    world.server.play([&](const SeenRequest &) { return world.rotated(); });
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.refreshes(), 3);
}

TEST(SessionRefresh, ThousandCallsWithADeadTokenGetTheKeptError)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(700);
    world.server.play(answered(503, "{}"));
    QList<Outcome<Result<QByteArray>>> callers;
    for (int i = 0; i < 1'000; ++i)
        callers << started(i % 2 ? world.session->accessToken()
                                 : world.session->replaceRejected("access-0"));
    for (const auto &caller : callers) {
        ASSERT_TRUE(waitUntil([&] { return caller->has_value(); }));
        ASSERT_FALSE((*caller)->has_value());
        EXPECT_EQ((*caller)->error().kind, ErrorKind::ServerFault);
    }
    EXPECT_EQ(world.token().error().kind, ErrorKind::ServerFault);
    EXPECT_EQ(world.refreshes(), 1);
}

TEST(SessionRefresh, PausesBetweenFailedRefreshesGrowToALimit)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(700);
    world.server.play(answered(500, "{}"));
    for (const int pause : {2, 4, 8, 16, 32, 64, 64, 64}) {
        const int before = world.refreshes();
        ASSERT_FALSE(world.token());
        ASSERT_EQ(world.refreshes(), before + 1);
        world.clock.pass(pause - 1);
        ASSERT_FALSE(world.token());
        ASSERT_EQ(world.refreshes(), before + 1) << pause;
        world.clock.pass(1);
    }
    // A service that asks for a day isn't waited for so long.
    world.server.play(answered(503, "{}", {"Retry-After: 86400"}));
    ASSERT_FALSE(world.token());
    world.clock.pass(600);
    world.server.play([&](const SeenRequest &) { return world.rotated(); });
    EXPECT_EQ(world.token(), QByteArray("access-1"));
}

TEST(SessionRefresh, AskingAgainDoesNotWaitAfterANetworkFault)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(700);
    world.server.play(Scripted{{}, Scripted::Then::Reset});
    EXPECT_EQ(world.token().error().kind, ErrorKind::Network);
    world.server.play([&](const SeenRequest &) { return world.rotated(); });
    EXPECT_EQ(world.token().error().kind, ErrorKind::Network);
    EXPECT_EQ(world.refreshes(), 1);
    world.session->resume();
    EXPECT_EQ(world.token(), QByteArray("access-1"));
}

TEST(SessionRefresh, RefusedAccessTokenIsNotHandedOutAgain)
{
    SessionWorld world;
    world.connect(3600);
    world.server.play(answered(503, "{}"));
    EXPECT_EQ(awaited(world.session->replaceRejected("access-0")).error().kind,
              ErrorKind::ServerFault);
    EXPECT_EQ(world.token().error().kind, ErrorKind::ServerFault);
    EXPECT_EQ(world.refreshes(), 1);
}

TEST(SessionRefresh, ForgetDuringARefreshWins)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(400);
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    const auto token = started(world.session->accessToken());
    ASSERT_TRUE(waitUntil([&] { return world.refreshes() == 1; }));
    EXPECT_TRUE(awaited(world.session->forget()));
    ASSERT_TRUE(waitUntil([&] { return token->has_value(); }));
    EXPECT_FALSE((*token)->has_value());
    EXPECT_FALSE(world.store.kept);
    EXPECT_EQ(world.session->state(), State::NotConnected);
}

TEST(SessionRefresh, ConnectingAnewDuringARefreshServesTheWaiting)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(400);
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    const auto token = started(world.session->accessToken());
    ASSERT_TRUE(waitUntil([&] { return world.refreshes() == 1; }));
    ASSERT_TRUE(awaited(world.session->adopt({"new", "new-r", world.clock.wall + 3600}, false)));
    ASSERT_TRUE(waitUntil([&] { return token->has_value(); }));
    EXPECT_EQ(world.token(), QByteArray("new"));
    EXPECT_EQ(world.store.kept->refreshToken, "new-r");
}

TEST(SessionRefresh, DisconnectingWhileAnAdoptionWaitsForARefreshWins)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(400);
    world.store.hold();
    const auto token = started(world.session->accessToken());
    const auto adopting =
        started(world.session->adopt({"new", "new-r", world.clock.wall + 3600}, false));
    const auto forgetting = started(world.session->forget());
    world.store.release();
    ASSERT_TRUE(waitUntil(
        [&] { return token->has_value() && adopting->has_value() && forgetting->has_value(); }));
    ASSERT_FALSE((*adopting)->has_value());
    EXPECT_EQ((*adopting)->error().kind, ErrorKind::Cancelled);
    EXPECT_EQ(world.session->state(), State::NotConnected);
    EXPECT_FALSE(world.store.kept);
}

TEST(SessionRefresh, NoneBeginsWhileOtherTokensAreBeingAdopted)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(400);
    world.store.hold();
    const auto adopting =
        started(world.session->adopt({"new", "new-r", world.clock.wall + 3600}, false));
    const auto token = started(world.session->accessToken());
    const auto replacement = started(world.session->replaceRejected("access-0"));
    world.store.release();
    ASSERT_TRUE(waitUntil(
        [&] { return adopting->has_value() && token->has_value() && replacement->has_value(); }));
    EXPECT_TRUE((*adopting)->has_value());
    EXPECT_EQ(**token, QByteArray("new"));
    EXPECT_EQ(**replacement, QByteArray("new"));
    EXPECT_EQ(world.refreshes(), 0);
    EXPECT_EQ(world.store.kept->refreshToken, "new-r");
}

TEST(SessionRefresh, SpentSetThatIsStoredLateDoesNotStayThere)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(700);
    world.store.beLate(); // the set without a refresh token
    world.server.play(Scripted{{}, Scripted::Then::Reset});
    EXPECT_EQ(world.token().error().kind, ErrorKind::Network);
    world.store.land();
    ASSERT_TRUE(world.store.kept);
    EXPECT_EQ(world.store.kept->refreshToken, "refresh-0");
    EXPECT_FALSE(world.session->isSessionOnly());
}

TEST(SessionRefresh, SaveThatTimedOutCountsAsNotStored)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(400);
    world.server.play([&](const SeenRequest &) {
        world.store.beLate(); // the new tokens
        return world.rotated();
    });
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_TRUE(world.session->isSessionOnly());
    ASSERT_TRUE(world.session->storageFault());
    // It was stored late all the same: that refresh token, too, is taken out before it is sent.
    world.store.land();
    EXPECT_EQ(world.store.kept->refreshToken, "refresh-1");
    bool checked = false;
    world.server.play([&](const SeenRequest &) {
        EXPECT_EQ(world.store.kept->refreshToken, QByteArray());
        checked = true;
        return world.rotated();
    });
    world.clock.pass(3'400);
    EXPECT_EQ(world.token(), QByteArray("access-2"));
    EXPECT_TRUE(checked);
    EXPECT_FALSE(world.session->isSessionOnly());
}

TEST(SessionRefresh, HeldOneIsWithdrawnAtTheProgramsEndAndTheTokensAreStoredAgain)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(400);
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    const auto token = started(world.session->accessToken());
    ASSERT_TRUE(waitUntil([&] { return world.refreshes() == 1; }));
    EXPECT_EQ(world.store.kept->refreshToken, QByteArray());
    QMetaObject::invokeMethod(
        QCoreApplication::instance(), [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    QCoreApplication::exec();
    EXPECT_EQ(world.store.kept->refreshToken, "refresh-0");
    ASSERT_TRUE(waitUntil([&] { return token->has_value(); }));
    EXPECT_FALSE((*token)->has_value());
    EXPECT_EQ(world.refreshes(), 1);
}
