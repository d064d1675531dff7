// SPDX-License-Identifier: GPL-3.0-or-later
// When the client waits: between attempts, for the service's sake, for a token, for its turn.
#include "tests/sonar/clientworld.h"

#include <QCoro/QCoroSignal>

#include <algorithm>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

struct PausingWorld
{
    Alarms alarms;
    World world{RetryPolicy{3, 500, 30'000, alarms.alarm()}};
    ScriptedServer &server = world.server;
};

Scripted tooMany(const QByteArray &seconds)
{
    return answered(429, R"({"message":"slow down"})", {"Retry-After: " + seconds});
}

/// Tokens that come when the test says so.
class SlowTokens : public AccessTokenProvider
{
public:
    QCoro::Task<Result<QByteArray>> accessToken() override { return late("token-0"); }
    QCoro::Task<Result<QByteArray>> replaceRejected(QByteArray) override { return late("token-1"); }
    void refused(const QByteArray &) override {}

    int waiting = 0;
    bool areThere = false;
    Turn come;

private:
    QCoro::Task<Result<QByteArray>> late(QByteArray token)
    {
        ++waiting;
        if (!areThere)
            co_await qCoro(&come, &Turn::settled);
        --waiting;
        co_return Result<QByteArray>(token);
    }
};

} // namespace

TEST(Pauses, RetryAfterIsHonoured)
{
    PausingWorld pausing;
    pausing.server.play(tooMany("7"));
    const Calling call = pausing.world.call();
    ASSERT_TRUE(waitUntil([&] { return !pausing.alarms.asked.isEmpty(); }));
    EXPECT_GE(pausing.alarms.asked[0], 7'000);
    EXPECT_LE(pausing.alarms.asked[0], 7'500);
    pausing.server.play(profile);
    ASSERT_TRUE(pausing.server.fence());
    EXPECT_EQ(pausing.server.requests.size(), 1);
    EXPECT_FALSE(call->ended);
    pausing.alarms.ringAll();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_FALSE(call->error);
    EXPECT_EQ(pausing.server.requests.size(), 2);
}

TEST(Pauses, NoneOfOurOwnIsLongerThanTheBound)
{
    Alarms alarms;
    World world{RetryPolicy{3, 60'000, 1'000, alarms.alarm()}};
    world.server.play(answered(503, {}));
    const Calling call = world.call();
    for (int pause = 0; pause < 3; ++pause) {
        ASSERT_TRUE(waitUntil([&] { return alarms.asked.size() == pause + 1; }));
        EXPECT_LE(alarms.asked[pause], 1'000);
        alarms.ringAll();
    }
    ASSERT_TRUE(allEnded({call}));
}

TEST(Pauses, ATimeThatIsPastHastensNothing)
{
    for (const char *past : {"0", "Sun, 06 Nov 1994 08:49:37 GMT"}) {
        PausingWorld pausing;
        pausing.server.play(answered(503, {}, {"Retry-After: " + QByteArray(past)}));
        const Calling call = pausing.world.call();
        ASSERT_TRUE(waitUntil([&] { return pausing.alarms.asked.size() == 1; })) << past;
        EXPECT_GE(pausing.alarms.asked[0], 250) << past;
        pausing.alarms.ringAll();
        ASSERT_TRUE(waitUntil([&] { return pausing.alarms.asked.size() == 2; })) << past;
        EXPECT_GE(pausing.alarms.asked[1], 500) << past;
        pausing.server.play(profile);
        pausing.alarms.ringAll();
        ASSERT_TRUE(allEnded({call})) << past;
        EXPECT_FALSE(call->error) << past;
    }
}

TEST(Pauses, WhoeverAsksForMoreThanTheBoundIsNotAskedAgain)
{
    PausingWorld pausing;
    pausing.server.play(tooMany("3600"));
    const Calling call = pausing.world.call();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_EQ(call->error->kind, ErrorKind::RateLimited);
    EXPECT_EQ(call->error->retryAfterSeconds, 3'600);
    EXPECT_TRUE(call->error->advice.contains(QStringLiteral("60 minute")));
    EXPECT_TRUE(call->error->summary.contains(QStringLiteral("slow down")));
    // Nor by anybody else, who is told what is left of the wait.
    const Calling next = pausing.world.call();
    ASSERT_TRUE(next->ended);
    EXPECT_EQ(next->error->kind, ErrorKind::RateLimited);
    EXPECT_GT(next->error->retryAfterSeconds, 3'000);
    EXPECT_LE(next->error->retryAfterSeconds, 3'601);
    EXPECT_EQ(pausing.server.requests.size(), 1);
    // Until the time is over.
    pausing.server.play(profile);
    pausing.alarms.ringAll();
    const Calling later = pausing.world.call();
    ASSERT_TRUE(allEnded({later}));
    EXPECT_FALSE(later->error);
}

TEST(Pauses, APersonsClickIsSentWhateverTheServiceAskedFor)
{
    PausingWorld pausing;
    pausing.server.play(tooMany("86400"));
    ASSERT_TRUE(allEnded({pausing.world.call()}));
    for (int click = 1; click <= 2; ++click) {
        pausing.world.client->resume();
        const Calling clicked = pausing.world.call();
        ASSERT_TRUE(allEnded({clicked}));
        EXPECT_EQ(pausing.server.requests.size(), 1 + click);
        EXPECT_EQ(clicked->error->kind, ErrorKind::RateLimited);
        // What the program does by itself is turned away again.
        EXPECT_TRUE(pausing.world.call()->ended);
        EXPECT_EQ(pausing.server.requests.size(), 1 + click);
    }
    pausing.server.play(profile);
    pausing.world.client->resume();
    const Calling clicked = pausing.world.call();
    ASSERT_TRUE(allEnded({clicked}));
    EXPECT_FALSE(clicked->error);
    // From then on all is as before.
    const Calling next = pausing.world.call();
    ASSERT_TRUE(allEnded({next}));
    EXPECT_FALSE(next->error);
}

TEST(Pauses, AShortPauseIsKeptByAClickToo)
{
    PausingWorld pausing;
    pausing.server.play(tooMany("7"));
    const Calling call = pausing.world.call();
    ASSERT_TRUE(waitUntil([&] { return !pausing.alarms.asked.isEmpty(); }));
    pausing.server.play(profile);
    pausing.world.client->resume();
    const Calling clicked = pausing.world.call();
    ASSERT_TRUE(pausing.server.fence());
    EXPECT_EQ(pausing.server.requests.size(), 1);
    pausing.alarms.ringAll();
    ASSERT_TRUE(allEnded({call, clicked}));
    EXPECT_FALSE(clicked->error);
}

TEST(Pauses, WhoGotNoAnswerInTimeDoesNotWaitForAnother)
{
    ScriptedServer server;
    server.play(Scripted{{}, Scripted::Then::Hold});
    FixedTokens tokens;
    Alarms alarms;
    SonarClient client(server.url(), &tokens, {600'000, 200, 65'536},
                       RetryPolicy{3, 500, 30'000, alarms.alarm()});
    const Calling call = begin(client.myProfile());
    ASSERT_TRUE(allEnded({call}));
    EXPECT_EQ(call->error->kind, ErrorKind::Timeout);
    EXPECT_EQ(server.requests.size(), 1);
    EXPECT_TRUE(alarms.asked.isEmpty());
}

TEST(Pauses, AFaultThatLastsLongerThanTheBoundIsSaidAtOnce)
{
    PausingWorld pausing;
    pausing.server.play(answered(503, {}, {"Retry-After: 3600"}));
    const Calling call = pausing.world.call();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_EQ(call->error->kind, ErrorKind::ServerFault);
    EXPECT_EQ(pausing.server.requests.size(), 1);
}

TEST(Pauses, TooManyRequestsHoldBackEverybody)
{
    PausingWorld pausing;
    pausing.server.play(Scripted{{}, Scripted::Then::Hold});
    QList<Calling> calls;
    for (int i = 0; i < 16; ++i)
        calls << pausing.world.call();
    ASSERT_TRUE(waitUntil([&] { return pausing.server.requests.size() == 6; }));
    pausing.server.release(tooMany("2"));
    ASSERT_TRUE(waitUntil([&] { return !pausing.alarms.asked.isEmpty(); }));
    calls << pausing.world.call();
    calls << begin(pausing.world.client->readCommitmentData(QStringLiteral("s")));
    ASSERT_TRUE(pausing.server.fence());
    EXPECT_EQ(pausing.server.requests.size(), 6) << "sent while the service wants a pause";
    pausing.server.play(profile);
    // The six come back one by one, and each asks for an alarm.
    ASSERT_TRUE(waitUntil([&] {
        pausing.alarms.ringAll();
        return std::all_of(calls.cbegin(), calls.cend(),
                           [](const Calling &call) { return call->ended; });
    }));
    EXPECT_EQ(calls.takeLast()->error->kind, ErrorKind::Malformed);
    for (const Calling &call : std::as_const(calls))
        EXPECT_FALSE(call->error);
}

TEST(Pauses, WhoWaitsIsTurnedAwayWhenTheWaitIsTooLong)
{
    PausingWorld pausing;
    pausing.server.play(Scripted{{}, Scripted::Then::Hold});
    QList<Calling> calls;
    for (int i = 0; i < 16; ++i)
        calls << pausing.world.call();
    ASSERT_TRUE(waitUntil([&] { return pausing.server.requests.size() == 6; }));
    pausing.server.release(tooMany("3600"));
    ASSERT_TRUE(allEnded(calls));
    EXPECT_EQ(pausing.server.requests.size(), 6);
    for (const Calling &call : std::as_const(calls))
        EXPECT_EQ(call->error->kind, ErrorKind::RateLimited);
}

TEST(Pauses, CancelWorksWhileTheServiceWantsAPause)
{
    PausingWorld pausing;
    pausing.server.play(tooMany("7"));
    const CancelToken cancel;
    const Calling call = pausing.world.call(cancel);
    ASSERT_TRUE(waitUntil([&] { return !pausing.alarms.asked.isEmpty(); }));
    cancel.cancel();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_EQ(call->error->kind, ErrorKind::Cancelled);
}

TEST(Pauses, GrowWithEveryAttempt)
{
    PausingWorld pausing;
    pausing.server.play(answered(503, {}));
    const Calling call = pausing.world.call();
    for (int attempt = 0; attempt < 3; ++attempt) {
        ASSERT_TRUE(waitUntil([&] { return pausing.alarms.asked.size() == attempt + 1; }));
        EXPECT_GE(pausing.alarms.asked[attempt], 250 << attempt);
        EXPECT_LE(pausing.alarms.asked[attempt], 750 << attempt);
        pausing.alarms.ringAll();
    }
    ASSERT_TRUE(allEnded({call}));
    EXPECT_EQ(call->error->kind, ErrorKind::ServerFault);
    EXPECT_EQ(pausing.server.requests.size(), 4);
}

TEST(TokenWait, EndsWithACancelAndKeepsNoPlace)
{
    ScriptedServer server;
    server.play(profile);
    SlowTokens tokens;
    SonarClient client(server.url(), &tokens);
    const CancelToken cancel;
    QList<Calling> calls;
    for (int i = 0; i < 6; ++i)
        calls << begin(client.myProfile(cancel));
    EXPECT_EQ(tokens.waiting, 6);
    // All places are taken.
    const Calling open = begin(client.readCommitmentData(QStringLiteral("s")));
    ASSERT_TRUE(server.fence());
    EXPECT_TRUE(server.requests.isEmpty());
    cancel.cancel();
    ASSERT_TRUE(allEnded(calls));
    for (const Calling &call : std::as_const(calls))
        EXPECT_EQ(call->error->kind, ErrorKind::Cancelled);
    ASSERT_TRUE(allEnded({open}));
    EXPECT_EQ(server.requests.size(), 1);
    // The tokens come after all: nothing more is sent.
    tokens.come.settle(true);
    ASSERT_TRUE(waitUntil([&] { return tokens.waiting == 0; }));
    ASSERT_TRUE(server.fence());
    EXPECT_EQ(server.requests.size(), 1);
}

TEST(TokenWait, EndsWithACancelWhileARejectedTokenIsReplaced)
{
    ScriptedServer server;
    server.play(answered(401, {}));
    SlowTokens tokens;
    tokens.areThere = true;
    SonarClient client(server.url(), &tokens);
    server.play([&](const SeenRequest &) {
        tokens.areThere = false;
        return answered(401, {});
    });
    const CancelToken cancel;
    const Calling call = begin(client.myProfile(cancel));
    ASSERT_TRUE(waitUntil([&] { return tokens.waiting == 1; }));
    cancel.cancel();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_EQ(call->error->kind, ErrorKind::Cancelled);
    tokens.come.settle(true);
    ASSERT_TRUE(waitUntil([&] { return tokens.waiting == 0; }));
    EXPECT_EQ(server.requests.size(), 1);
}

TEST(TokenWait, EndsWithTheClient)
{
    ScriptedServer server;
    SlowTokens tokens;
    auto client = std::make_unique<SonarClient>(server.url(), &tokens);
    const Calling call = begin(client->myProfile());
    client.reset();
    ASSERT_TRUE(allEnded({call}));
    EXPECT_EQ(call->error->kind, ErrorKind::Cancelled);
    tokens.come.settle(true);
    ASSERT_TRUE(waitUntil([&] { return tokens.waiting == 0; }));
}

TEST(SharedQueue, SixAreInFlightOfAllClientsTogether)
{
    const auto queue = std::make_shared<CallQueue>(SonarClient::mostInFlight);
    World one(quick, queue);
    World two(quick, queue);
    for (World *world : {&one, &two})
        world->server.play(Scripted{{}, Scripted::Then::Hold});
    QList<Calling> first;
    QList<Calling> second;
    for (int i = 0; i < 4; ++i)
        first << one.call();
    for (int i = 0; i < 10; ++i)
        second << two.call();
    const auto seen = [&] { return one.server.requests.size() + two.server.requests.size(); };
    ASSERT_TRUE(waitUntil([&] { return seen() == 6; }));
    for (int i = 0; i < 4; ++i)
        first << one.call();
    ASSERT_TRUE(one.server.fence());
    ASSERT_TRUE(two.server.fence());
    EXPECT_EQ(seen(), 6);
    // One client goes, with what it has under way and what waits; its places are the other's.
    one.client.reset();
    ASSERT_TRUE(allEnded(first));
    for (const Calling &call : std::as_const(first))
        EXPECT_EQ(call->error->kind, ErrorKind::Cancelled);
    ASSERT_TRUE(waitUntil([&] { return two.server.requests.size() == 6; }));
    two.server.release(profile);
    ASSERT_TRUE(allEnded(second));
    for (const Calling &call : std::as_const(second))
        EXPECT_FALSE(call->error);
    EXPECT_LE(two.server.mostAtOnce, SonarClient::mostInFlight);
}

TEST(CallQueue, TheLongerHoldCounts)
{
    Alarms alarms;
    CallQueue queue(1, alarms.alarm());
    bool in = false;
    const auto visit = [&]() -> QCoro::Task<> { in = co_await queue.enter({}); };
    queue.holdFor(60'000);
    queue.holdFor(120'000);
    queue.holdFor(30'000);
    EXPECT_EQ(alarms.asked, (QList<int>{60'000, 120'000}));
    visit();
    alarms.ring(0);
    ASSERT_TRUE(handlePosted());
    EXPECT_FALSE(in);
    alarms.ring(1);
    EXPECT_TRUE(waitUntil([&] { return in; }));
    // Being turned away is a hold, too.
    queue.leave();
    queue.turnAwayFor(60'000);
    queue.holdFor(30'000);
    EXPECT_GT(queue.turnsAwaySeconds(), 30);
    visit();
    EXPECT_FALSE(in);
    alarms.ring(2);
    EXPECT_EQ(queue.turnsAwaySeconds(), 0);
    visit();
    EXPECT_TRUE(in);
}

TEST(CallQueue, IsFirstComeFirstServed)
{
    CallQueue queue(1);
    QList<int> order;
    const auto visit = [&](int number) -> QCoro::Task<> {
        const bool in = co_await queue.enter({});
        EXPECT_TRUE(in);
        order << number;
    };
    for (int i = 0; i < 4; ++i)
        visit(i);
    EXPECT_EQ(order, QList<int>{0});
    for (int i = 1; i < 4; ++i) {
        queue.leave();
        EXPECT_TRUE(waitUntil([&] { return order.size() == i + 1; }));
    }
    EXPECT_EQ(order, (QList<int>{0, 1, 2, 3}));
}
