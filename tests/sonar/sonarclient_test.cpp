// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sonar/clientworld.h"

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

TEST(SonarClient, AtMostSixCallsAreInFlight)
{
    World world;
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    QList<Calling> calls;
    for (int i = 0; i < 40; ++i)
        calls << world.call();
    ASSERT_TRUE(waitUntil([&] { return world.server.requests.size() == 6; }));
    ASSERT_TRUE(world.server.fence());
    EXPECT_EQ(world.server.requests.size(), 6);
    world.server.release(profile);
    ASSERT_TRUE(allEnded(calls));
    EXPECT_EQ(world.server.requests.size(), 40);
    EXPECT_LE(world.server.mostAtOnce, SonarClient::mostInFlight);
    for (const Calling &call : calls)
        EXPECT_FALSE(call->error);
}

TEST(SonarClient, FaultsAreRepeatedAFewTimesThenSaid)
{
    struct Row
    {
        Scripted script;
        ErrorKind kind;
        int requests;
    };
    for (const Row &row : {Row{answered(500, {}), ErrorKind::ServerFault, 4},
                           Row{answered(429, {}), ErrorKind::RateLimited, 4},
                           Row{{{}, Scripted::Then::Close}, ErrorKind::Network, 4},
                           Row{answered(400, {}), ErrorKind::Rejected, 1},
                           Row{answered(404, {}), ErrorKind::NotFound, 1},
                           Row{answered(200, "x"), ErrorKind::Malformed, 1},
                           Row{answered(302, {}, {"Location: /"}), ErrorKind::Rejected, 1}}) {
        World world;
        world.server.play(row.script);
        const Calling call = world.call();
        ASSERT_TRUE(allEnded({call}));
        EXPECT_EQ(call->error->kind, row.kind);
        EXPECT_EQ(world.server.requests.size(), row.requests) << int(row.kind);
    }
}

TEST(SonarClient, WithoutATokenNothingIsSent)
{
    World world;
    world.tokens.fault = Error{ErrorKind::NotConnected, QStringLiteral("no"), {}, {}};
    const Calling call = world.call();
    ASSERT_TRUE(call->ended);
    EXPECT_EQ(call->error->kind, ErrorKind::NotConnected);
    EXPECT_TRUE(world.server.requests.isEmpty());
    EXPECT_EQ(world.tokens.asked, 1) << "a failed refresh isn't repeated";
    // Commitment data needs none.
    EXPECT_EQ(awaited(world.client->readCommitmentData(QStringLiteral("s"))).error().kind,
              ErrorKind::Malformed);
}

TEST(SonarClient, ManyCallsThatFailAtOnceDontPileUp)
{
    World world;
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    QList<Calling> calls;
    for (int i = 0; i < 20'000; ++i)
        calls << world.call();
    ASSERT_TRUE(waitUntil([&] { return world.server.requests.size() == 6; }));
    // The session ends meanwhile: everything that waits fails without a pause.
    world.tokens.fault = Error{ErrorKind::NotConnected, QStringLiteral("no"), {}, {}};
    world.server.release(answered(401, {}));
    ASSERT_TRUE(allEnded(calls));
    for (const Calling &call : calls)
        ASSERT_EQ(call->error->kind, ErrorKind::NotConnected);
}

TEST(SonarClient, ManyWaitingCallsAreCancelledAtOnce)
{
    World world;
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    const CancelToken cancel;
    QList<Calling> calls;
    for (int i = 0; i < 20'000; ++i)
        calls << world.call(cancel);
    cancel.cancel();
    ASSERT_TRUE(allEnded(calls));
    for (const Calling &call : calls) {
        ASSERT_EQ(call->error->kind, ErrorKind::Cancelled);
    }
    // The places are free again.
    world.server.play(profile);
    const Calling next = world.call();
    ASSERT_TRUE(allEnded({next}));
    EXPECT_FALSE(next->error);
}

TEST(SonarClient, CancelWorksInThePauseBeforeARetry)
{
    Alarms alarms;
    World world({3, 60'000, 60'000, alarms.alarm()});
    world.server.play(answered(503, {}));
    const CancelToken cancel;
    const Calling call = world.call(cancel);
    ASSERT_TRUE(waitUntil([&] { return alarms.asked.size() == 1; })) << "the pause has begun";
    EXPECT_FALSE(call->ended);
    cancel.cancel();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_EQ(call->error->kind, ErrorKind::Cancelled);
    ASSERT_TRUE(world.server.fence());
    EXPECT_EQ(world.server.requests.size(), 1);
}

TEST(SonarClient, PauseBeforeARetryHoldsNoPlace)
{
    World world({3, 60'000, 60'000});
    world.server.play(answered(503, {}));
    const CancelToken cancel;
    QList<Calling> pausing;
    for (int i = 0; i < 6; ++i)
        pausing << world.call(cancel);
    ASSERT_TRUE(waitUntil([&] { return world.server.requests.size() == 6; }));
    world.server.play(profile);
    const Calling next = world.call();
    ASSERT_TRUE(allEnded({next}));
    EXPECT_FALSE(next->error);
    cancel.cancel();
    ASSERT_TRUE(allEnded(pausing));
}

TEST(SonarClient, DeletedClientEndsEveryCall)
{
    World world;
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    QList<Calling> calls;
    for (int i = 0; i < 100; ++i)
        calls << world.call();
    ASSERT_TRUE(waitUntil([&] { return world.server.requests.size() == 6; }));
    world.client.reset();
    ASSERT_TRUE(allEnded(calls));
    for (const Calling &call : calls)
        EXPECT_EQ(call->error->kind, ErrorKind::Cancelled);
}

TEST(SonarClient, LargeAnswersAreDecodedToo)
{
    World world;
    QByteArray list = R"({"Entities":[)";
    for (int i = 0; i < 3'000; ++i)
        list += QByteArray(entityJson).replace("e-1", "e-" + QByteArray::number(i)) + ',';
    list.chop(1);
    world.server.play(answered(200, list + "]}"));
    const auto entities = awaited(world.client->listAvailableEntities(QStringLiteral("s")));
    ASSERT_TRUE(entities) << qPrintable(entities.error().report());
    EXPECT_EQ(entities->size(), 3'000);
}

TEST(SonarClient, ServerTextNeverCarriesTheToken)
{
    World world;
    world.server.play([](const SeenRequest &request) {
        return answered(400, "{\"message\":\"bad " + *request.header("authorization") + "\"}");
    });
    const Calling call = world.call();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_TRUE(call->error->summary.contains(QStringLiteral("bad api:Bearer")));
    EXPECT_FALSE(call->error->report().contains(QStringLiteral("token-0")));
}

TEST(SonarClient, ServerTextNeverCarriesTheRefreshTokenEither)
{
    for (const Scripted &answer :
         {answered(400, R"({"message":"bad refresh-token-0"})"), answered(500, "refresh-token-0"),
          answered(200, R"({"EntityID":7,"refresh-token-0":"refresh-token-0"})"),
          answered(401, R"({"message":"not refresh-token-0"})")}) {
        World world;
        world.server.play(answer);
        const Calling call = world.call();
        ASSERT_TRUE(allEnded({call}));
        ASSERT_TRUE(call->error);
        EXPECT_FALSE(call->error->report().contains(QStringLiteral("refresh-token-0")))
            << qPrintable(call->error->report());
    }
}

TEST(SonarClient, AnAskForCredentialsLeadsToOneRefreshAndOneRetry)
{
    for (const char *scheme : {"Bearer", "Bearer realm=\"x\"", "Basic realm=\"x\""}) {
        World world;
        world.server.play([&](const SeenRequest &request) {
            return request.header("authorization") == "api:Bearer token-1"
                       ? profile
                       : answered(401, {}, {QByteArray("WWW-Authenticate: ") + scheme});
        });
        const Calling call = world.call();
        ASSERT_TRUE(allEnded({call}));
        EXPECT_FALSE(call->error) << scheme;
        EXPECT_EQ(world.tokens.replaced, QList<QByteArray>{"token-0"});
        EXPECT_TRUE(world.tokens.refusals.isEmpty());
        ASSERT_EQ(world.server.requests.size(), 2);
        EXPECT_EQ(world.server.requests[0].header("authorization"), "api:Bearer token-0");
        EXPECT_EQ(world.server.requests[1].body, world.server.requests[0].body);
    }
}

TEST(SonarClient, ALongRefusalIsARefusalToo)
{
    World world;
    world.server.play([&](const SeenRequest &request) {
        return request.header("authorization") == "api:Bearer token-1"
                   ? profile
                   : answered(401, QByteArray(5'000'000, 'x'));
    });
    const Calling call = world.call();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_FALSE(call->error);
    EXPECT_EQ(world.tokens.replaced, QList<QByteArray>{"token-0"});
}

TEST(SonarClient, DetailsOfAMalformedAnswerNameIt)
{
    World world;
    world.server.play(answered(200, R"({"EntityID":7})", {"x-request-id: abc-9"}));
    const Calling call = world.call();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_EQ(call->error->kind, ErrorKind::Malformed);
    EXPECT_EQ(call->error->httpStatus, 200);
    for (const char *part : {"MyProfile", "EntityID", "200", "abc-9"})
        EXPECT_TRUE(call->error->details.contains(QLatin1String(part))) << part;
}

TEST(SonarClient, ALongTokenIsNowhereInAnError)
{
    World world;
    for (int i = 0; world.tokens.token.size() < 800; ++i)
        world.tokens.token += QByteArray::number(qHash(i, 7), 36);
    for (const bool json : {true, false}) {
        world.server.play([&](const SeenRequest &request) {
            const QByteArray said = "you sent " + *request.header("authorization");
            return answered(400, json ? "{\"message\":\"" + said + "\"}" : said);
        });
        const Calling call = world.call();
        ASSERT_TRUE(allEnded({call}));
        const QString report = call->error->report();
        EXPECT_TRUE(report.contains(QStringLiteral("you sent api:Bearer […]")));
        EXPECT_FALSE(report.contains(QString::fromLatin1(world.tokens.token.left(8))));
    }
}

TEST(SonarClient, HttpGoesToLoopbackAlone)
{
    FixedTokens tokens;
    SonarClient client(QUrl(QStringLiteral("http://api.echo.xyz")), &tokens);
    const Calling call = begin(client.myProfile());
    ASSERT_TRUE(call->ended);
    EXPECT_EQ(call->error->kind, ErrorKind::InvalidInput);
}
