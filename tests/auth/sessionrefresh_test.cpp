// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxserver.h"
#include "app/sonar/sonarclient.h"

#include "tests/auth/sessionworld.h"
#include "tests/support/badanswers.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

using State = Session::State;

QByteArray sentToken(const SeenRequest &request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    EXPECT_EQ(body.keys().join(QLatin1Char(' ')), QStringLiteral("refresh_token"));
    return body.value(QLatin1String("refresh_token")).toString().toLatin1();
}

} // namespace

TEST(SessionRefresh, HappensWhenLessThan300SecondsAreLeft)
{
    SessionWorld world;
    world.connect(3600);
    world.clock.pass(3300);
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    EXPECT_EQ(world.refreshes(), 0);
    world.clock.pass(1);
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    ASSERT_EQ(world.refreshes(), 1);
    const SeenRequest &request = world.server.requests[0];
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/oauth.RefreshAccessToken");
    EXPECT_EQ(request.header("content-type"), "application/json");
    EXPECT_FALSE(request.header("authorization"));
    EXPECT_EQ(sentToken(request), "refresh-0");
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.refreshes(), 1);
}

TEST(SessionRefresh, RotatedTokensAreSavedBeforeAnyoneGetsThem)
{
    SessionWorld world;
    world.connect(100);
    world.clock.pass(60);
    Outcome<Result<QByteArray>> token;
    bool checked = false;
    int before = 0;
    world.server.play([&](const SeenRequest &) {
        // While the request is under way the store has no refresh token that could be sent again.
        EXPECT_EQ(world.store.kept->refreshToken, QByteArray());
        world.store.hold();
        checked = true;
        before = world.store.saves;
        return world.rotated();
    });
    token = started(world.session->accessToken());
    ASSERT_TRUE(waitUntil([&] { return checked && world.store.saves > before; }))
        << "saving has begun, and waits";
    ASSERT_TRUE(handlePosted());
    EXPECT_FALSE(token->has_value());
    world.store.release();
    ASSERT_TRUE(waitUntil([&] { return token->has_value(); }));
    EXPECT_EQ(**token, QByteArray("access-1"));
    EXPECT_EQ(world.store.kept, (TokenSet{"access-1", "refresh-1", world.clock.wall + 3600}));
}

TEST(SessionRefresh, ThousandCallersShareOneRequest)
{
    SessionWorld world;
    world.connect(100);
    world.clock.pass(90);
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    QList<Outcome<Result<QByteArray>>> callers;
    for (int i = 0; i < 900; ++i)
        callers << started(world.session->accessToken());
    ASSERT_TRUE(waitUntil([&] { return world.refreshes() == 1; }));
    for (int i = 0; i < 100; ++i)
        callers << started(i % 2 ? world.session->accessToken()
                                 : world.session->replaceRejected("access-0"));
    world.server.release(world.rotated());
    for (const auto &caller : callers) {
        ASSERT_TRUE(waitUntil([&] { return caller->has_value(); }));
        EXPECT_EQ(**caller, QByteArray("access-1"));
    }
    EXPECT_EQ(world.refreshes(), 1);
}

TEST(SessionRefresh, ThousandRejectedCallersShareOneRequest)
{
    SessionWorld world;
    world.connect();
    QList<Outcome<Result<QByteArray>>> callers;
    for (int i = 0; i < 1'000; ++i)
        callers << started(world.session->replaceRejected("access-0"));
    for (const auto &caller : callers) {
        ASSERT_TRUE(waitUntil([&] { return caller->has_value(); }));
        EXPECT_EQ(**caller, QByteArray("access-1"));
    }
    // A latecomer with the old token isn't a reason for another refresh.
    EXPECT_EQ(awaited(world.session->replaceRejected("access-0")), QByteArray("access-1"));
    EXPECT_EQ(world.refreshes(), 1);
}

TEST(SessionRefresh, EachRefreshTokenIsSentOnce)
{
    SessionWorld world;
    world.connect(600);
    world.lifetime = 600;
    for (int i = 0; i < 5; ++i) {
        world.clock.pass(301);
        ASSERT_TRUE(world.token());
    }
    QList<QByteArray> sent;
    for (const SeenRequest &request : world.server.requests)
        sent << sentToken(request);
    EXPECT_EQ(sent,
              (QList<QByteArray>{"refresh-0", "refresh-1", "refresh-2", "refresh-3", "refresh-4"}));
}

TEST(SessionRefresh, ReplyWithoutRefreshTokenKeepsTheOldOne)
{
    SessionWorld world;
    world.connect(100);
    world.clock.pass(80);
    world.server.play(
        answered(200, R"({"access_token":"access-9","token_type":"Bearer","expires_in":3600})"));
    EXPECT_EQ(world.token(), QByteArray("access-9"));
    EXPECT_EQ(world.store.kept->refreshToken, "refresh-0");
}

TEST(SessionRefresh, ShortLivedTokensDontRefreshWithEveryCall)
{
    SessionWorld world;
    world.lifetime = 60;
    world.connect(60);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(world.token(), QByteArray("access-1")); // the exchange's had less than 300 s
    EXPECT_EQ(world.refreshes(), 1);
    world.clock.pass(30);
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    world.clock.pass(1);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(world.token(), QByteArray("access-2"));
    EXPECT_EQ(world.refreshes(), 2);
}

TEST(SessionRefresh, ShortTokenOfTheExchangeIsRefreshedOnce)
{
    SessionWorld world;
    world.connect(200);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.refreshes(), 1);
}

TEST(SessionRefresh, TokensThatLiveJust300SecondsDontRefreshWithEveryCall)
{
    SessionWorld world;
    world.lifetime = 300;
    world.connect(200);
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    world.clock.pass(1);
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.refreshes(), 1);
}

TEST(SessionRefresh, OneThatWasWithdrawnHoldsNoOtherBack)
{
    SessionWorld world;
    world.connect(100);
    world.clock.pass(60);
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    const auto token = started(world.session->accessToken());
    ASSERT_TRUE(waitUntil([&] { return world.server.requests.size() == 1; }));
    // A sign-in withdraws the refresh, and then comes to nothing itself.
    world.server.play([&](const SeenRequest &) { return world.rotated(); });
    world.store.fail();
    EXPECT_FALSE(awaited(world.session->adopt({"new", "new-r", world.clock.wall + 60}, false)));
    ASSERT_TRUE(waitUntil([&] { return token->has_value(); }));
    EXPECT_EQ(**token, QByteArray("access-1"));
}

TEST(SessionRefresh, MarginIsNotShortenedForTokensThatLiveALittleLonger)
{
    SessionWorld world;
    world.lifetime = 310;
    world.connect(310);
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    world.clock.pass(15);
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    world.clock.pass(15); // a refreshed one of more than 300 s is no exception
    EXPECT_EQ(world.token(), QByteArray("access-2"));
    EXPECT_EQ(world.refreshes(), 2);
}

TEST(SessionRefresh, FailureToSaveGoesOnInMemoryAndSaysSo)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(400);
    world.store.fail();
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.session->state(), State::Connected);
    EXPECT_TRUE(world.session->isSessionOnly());
    ASSERT_TRUE(world.session->storageFault());
    EXPECT_EQ(world.session->storageFault()->kind, ErrorKind::Keychain);
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    // The keychain is back: the next refresh saves, and the warning goes.
    world.store.fault.reset();
    world.clock.pass(3400);
    EXPECT_EQ(world.token(), QByteArray("access-2"));
    EXPECT_FALSE(world.session->isSessionOnly());
    EXPECT_FALSE(world.session->storageFault());
    EXPECT_EQ(world.store.kept->refreshToken, "refresh-2");
}

TEST(SessionRefresh, Only400And401And403EndTheSession)
{
    for (const int status : {400, 401, 403}) {
        SessionWorld world;
        world.connect(600);
        world.clock.pass(400);
        world.server.play(answered(status, R"({"message":"refresh-0 is spent"})"));
        const Result<QByteArray> token = world.token();
        ASSERT_FALSE(token) << status;
        EXPECT_EQ(token.error().kind, ErrorKind::NotConnected) << status;
        EXPECT_FALSE(token.error().advice.isEmpty());
        EXPECT_FALSE(token.error().report().contains(QStringLiteral("refresh-0")));
        EXPECT_EQ(world.session->state(), State::Ended) << status;
        EXPECT_EQ(world.refreshes(), 1) << "a refresh is never repeated";
        EXPECT_TRUE(waitUntil([&] { return !world.store.kept; }));
        EXPECT_EQ(world.token().error().kind, ErrorKind::NotConnected);
        EXPECT_EQ(world.refreshes(), 1);
        // Connecting again works.
        ASSERT_TRUE(awaited(world.session->adopt({"b", "s", world.clock.wall + 3600}, false)));
        EXPECT_EQ(world.token(), QByteArray("b"));
    }
}

TEST(SessionRefresh, BadAnswersCostNoSessionAndAreNotRepeated)
{
    QList<BadAnswer> all = badAnswers(tokenAnswer("a", "r"));
    all << spoiltMembers(tokenAnswer("a", "r"), {"access_token", "expires_in"});
    for (const BadAnswer &bad : all) {
        SCOPED_TRACE(bad.name);
        if (qstrcmp(bad.name, "400") == 0 || qstrcmp(bad.name, "403") == 0)
            continue;
        SessionWorld world;
        world.connect(600);
        world.clock.pass(700);
        world.server.play(bad.script);
        const Result<QByteArray> token = world.token();
        ASSERT_FALSE(token);
        EXPECT_EQ(token.error().kind, bad.kind) << qPrintable(token.error().report());
        EXPECT_EQ(world.refreshes(), 1);
        EXPECT_EQ(world.session->state(), State::Connected);
        ASSERT_TRUE(world.store.kept) << "the store has it again";
        EXPECT_EQ(world.store.kept->refreshToken, "refresh-0");
        EXPECT_FALSE(world.session->isSessionOnly());
        world.server.play([&](const SeenRequest &) { return world.rotated(); });
        world.clock.pass(600);
        EXPECT_EQ(world.token(), QByteArray("access-1"));
    }
}

TEST(SessionRefresh, NoNetworkCostsNoSession)
{
    SessionWorld world;
    world.connect(600);
    world.clock.pass(700);
    world.server.stop();
    EXPECT_EQ(world.token().error().kind, ErrorKind::Network);
    EXPECT_EQ(world.session->state(), State::Connected);
    EXPECT_EQ(world.store.kept->refreshToken, "refresh-0");
}

TEST(SessionRefresh, ResumeAfterANightRefreshesOnceAndWallClockHasNoSay)
{
    SessionWorld world;
    world.connect(3600);
    world.clock.wall -= 3600; // set back an hour while running
    world.clock.steady += 3'000'000;
    EXPECT_EQ(world.token(), QByteArray("access-0"));
    world.clock.steady += 8 * 3'600'000; // the lid was closed; the wall clock is still wrong
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.refreshes(), 1);
    world.clock.wall += 30 * 86'400; // set forward
    EXPECT_EQ(world.token(), QByteArray("access-1"));
    EXPECT_EQ(world.refreshes(), 1);
    EXPECT_EQ(world.session->state(), State::Connected);
}

TEST(SessionRefresh, RefusedReplacementEndsTheSession)
{
    SessionWorld world;
    world.connect();
    world.session->refused("another token"); // not ours: nothing
    EXPECT_EQ(world.session->state(), State::Connected);
    world.session->refused("access-0");
    EXPECT_EQ(world.session->state(), State::Ended);
    EXPECT_TRUE(waitUntil([&] { return !world.store.kept; }));
}

TEST(SessionRefresh, UnauthorizedCallGetsOneRefreshAndOneRetry)
{
    SessionWorld world;
    world.connect();
    QList<QByteArray> paths;
    bool accept = true;
    world.server.play([&](const SeenRequest &request) {
        paths << request.target;
        if (request.target == "/oauth.RefreshAccessToken")
            return world.rotated();
        const QByteArray bearer = request.header("authorization").value_or(QByteArray());
        if (accept && bearer == "api:Bearer access-1")
            return answered(200, R"({"EntityID":"e"})");
        return answered(401, R"({"message":"expired"})");
    });
    SonarClient client(world.server.url(), world.session.get());
    const Result<Profile> profile = awaited(client.myProfile());
    ASSERT_TRUE(profile);
    EXPECT_EQ(paths, (QList<QByteArray>{"/externalapi.MyProfile", "/oauth.RefreshAccessToken",
                                        "/externalapi.MyProfile"}));
    EXPECT_EQ(world.session->state(), State::Connected);

    paths.clear();
    accept = false;
    const Result<Profile> refused = awaited(client.myProfile());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::NotConnected);
    EXPECT_EQ(paths, (QList<QByteArray>{"/externalapi.MyProfile", "/oauth.RefreshAccessToken",
                                        "/externalapi.MyProfile"}));
    EXPECT_EQ(world.session->state(), State::Ended);
}
