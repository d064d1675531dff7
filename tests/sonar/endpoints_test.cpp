// SPDX-License-Identifier: GPL-3.0-or-later
// One table over every endpoint and every way of answering wrongly.
#include "tests/sonar/endpoints.h"
#include "tests/support/badanswers.h"

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

const RetryPolicy once{0, 1, 1};

class EveryEndpoint : public ::testing::TestWithParam<int>
{
protected:
    Endpoint endpoint = endpoints()[GetParam()];
    ScriptedServer server;
    FixedTokens tokens;

    /// The error of one call, if it failed.
    std::optional<Error> errorOf(const Scripted &script, const TransportLimits &limits = {},
                                 const RetryPolicy &retry = once)
    {
        server.play(script);
        SonarClient client(server.url(), &tokens, limits, retry);
        const Calling calling = endpoint.call(client, {});
        EXPECT_TRUE(waitUntil([&] { return calling->ended; }));
        return calling->error;
    }
    void expectKind(const BadAnswer &bad)
    {
        SCOPED_TRACE(bad.name);
        server.requests.clear();
        const auto error = errorOf(bad.script);
        ASSERT_TRUE(error) << "taken for a right answer";
        EXPECT_EQ(error->kind, bad.kind) << qPrintable(error->report());
        EXPECT_FALSE(error->summary.isEmpty());
        EXPECT_FALSE(error->advice.isEmpty());
        EXPECT_LT(error->report().size(), 3'000);
        EXPECT_FALSE(error->report().contains(QStringLiteral("token-")));
        EXPECT_EQ(server.requests.size(), 1);
    }
};

} // namespace

TEST_P(EveryEndpoint, AsksAsTheReferenceSays)
{
    const auto error = errorOf(answered(200, endpoint.answer));
    EXPECT_FALSE(error) << qPrintable(error->report());
    ASSERT_EQ(server.requests.size(), 1);
    const SeenRequest &request = server.requests[0];
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, endpoint.path);
    EXPECT_EQ(request.body, endpoint.request);
    EXPECT_EQ(request.header("content-type"), "application/json");
    EXPECT_EQ(request.header("authorization"), endpoint.authenticated
                                                   ? std::optional<QByteArray>("api:Bearer token-0")
                                                   : std::nullopt);
    EXPECT_EQ(tokens.asked, endpoint.authenticated ? 1 : 0);
}

TEST_P(EveryEndpoint, BadAnswersBecomeTheirError)
{
    for (const BadAnswer &bad : badAnswers(endpoint.answer))
        expectKind(bad);
}

TEST_P(EveryEndpoint, SpoiltMembersAreMalformed)
{
    for (const BadAnswer &bad : spoiltMembers(endpoint.answer, endpoint.members))
        expectKind(bad);
}

TEST_P(EveryEndpoint, UnknownMembersAreIgnored)
{
    EXPECT_FALSE(errorOf(answered(200, "{\"Future\":[1,{\"a\":null}]," + endpoint.answer.mid(1))));
}

TEST_P(EveryEndpoint, OneByteAtATimeEndsAtTheTotalLimit)
{
    Scripted drip = answered(200, endpoint.answer);
    drip.byteMilliseconds = 50;
    const auto error = errorOf(drip, {200, 300, 65'536});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::Timeout);
}

TEST_P(EveryEndpoint, SilenceInTheBodyEndsAtTheIdleLimit)
{
    const auto error =
        errorOf({"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", Scripted::Then::Hold},
                {100, 600'000, 65'536});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::Timeout);
}

TEST_P(EveryEndpoint, IsRepeatedAfterAFaultOfTheService)
{
    int left = 2;
    server.play([&](const SeenRequest &) {
        return --left >= 0 ? answered(left ? 503 : 429, {}, {"Retry-After: 0"})
                           : answered(200, endpoint.answer);
    });
    SonarClient client(server.url(), &tokens, {}, {3, 1, 10});
    const Calling calling = endpoint.call(client, {});
    ASSERT_TRUE(waitUntil([&] { return calling->ended; }));
    EXPECT_FALSE(calling->error);
    EXPECT_EQ(server.requests.size(), 3);
}

TEST_P(EveryEndpoint, UnauthorizedIsTriedOnceWithAnotherToken)
{
    const auto error = errorOf(answered(401, R"({"message":"token-0 and token-1 are no good"})"));
    ASSERT_TRUE(error);
    EXPECT_EQ(server.requests.size(), endpoint.authenticated ? 2 : 1);
    if (!endpoint.authenticated)
        return;
    EXPECT_EQ(error->kind, ErrorKind::NotConnected);
    EXPECT_EQ(server.requests[1].header("authorization"), "api:Bearer token-1");
    EXPECT_EQ(tokens.replaced, QList<QByteArray>{"token-0"});
    EXPECT_EQ(tokens.refusals, QList<QByteArray>{"token-1"});
    EXPECT_FALSE(error->report().contains(QStringLiteral("token-"))) << qPrintable(error->report());
}

TEST_P(EveryEndpoint, CancelEndsItAtOnce)
{
    server.play(Scripted{"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", Scripted::Then::Hold});
    SonarClient client(server.url(), &tokens);
    const CancelToken cancel;
    const Calling calling = endpoint.call(client, cancel);
    ASSERT_TRUE(waitUntil([&] { return !server.requests.isEmpty(); }));
    cancel.cancel();
    ASSERT_TRUE(waitUntil([&] { return calling->ended; }));
    EXPECT_EQ(calling->error->kind, ErrorKind::Cancelled);
}

INSTANTIATE_TEST_SUITE_P(All, EveryEndpoint, ::testing::Range(0, int(endpoints().size())),
                         [](const auto &row) {
                             QByteArray name = endpoints()[row.param].name;
                             return name.replace(" ", "_").replace("-", "_").toStdString();
                         });
