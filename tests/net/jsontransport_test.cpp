// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/jsontransport.h"

#include "tests/net/posting.h"

#include <QTimer>

#include <gtest/gtest.h>

#include <memory>
#include <optional>

using namespace sonar;
using namespace sonar::test;

namespace {

/// Limits that a test can wait for.
TransportLimits shortLimits()
{
    return {300, 600, 64 * 1024};
}

/// Limits that a busy machine doesn't reach.
TransportLimits longLimits()
{
    return {15'000, 20'000, 64 * 1024};
}

ErrorKind kindOf(const Scripted &script, const TransportLimits &limits = longLimits())
{
    ScriptedServer server;
    server.play(script);
    JsonTransport transport(limits);
    const Result<JsonReply> result = post(transport, server.url());
    EXPECT_FALSE(result.has_value());
    EXPECT_EQ(server.requests.size(), 1) << "sent again behind our back";
    return result ? ErrorKind::File : result.error().kind;
}

} // namespace

TEST(JsonTransport, PostsJsonAndReturnsTheBody)
{
    ScriptedServer server;
    server.play(answered(201, "{\"b\":2}"));
    JsonTransport transport;
    const Posted posted = begin(transport, QUrl(server.url().toString() + QStringLiteral("/x/y.Z")),
                                {}, {{"authorization", "api:Bearer abc"}});
    ASSERT_TRUE(waitUntil([&] { return posted->has_value(); }));
    ASSERT_TRUE((*posted)->has_value());
    EXPECT_EQ((**posted)->body, "{\"b\":2}");
    EXPECT_EQ((**posted)->status, 201);
    ASSERT_EQ(server.requests.size(), 1);
    const SeenRequest &request = server.requests.first();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/x/y.Z");
    EXPECT_EQ(request.body, "{\"a\":1}");
    EXPECT_EQ(request.header("content-type"), "application/json");
    EXPECT_EQ(request.header("authorization"), "api:Bearer abc");
    EXPECT_FALSE(request.header("cookie"));
    EXPECT_FALSE(request.header("referer"));
}

TEST(JsonTransport, ABodyThatIsKeptTakesNoMoreThanItsBytes)
{
    ScriptedServer server;
    server.play(answered(200, "{\"b\":2}"));
    JsonTransport transport;
    const Result<JsonReply> reply = post(transport, server.url());
    ASSERT_TRUE(reply);
    EXPECT_LT(reply->body.capacity(), 1024);
}

TEST(JsonTransport, KeepsNoCookie)
{
    ScriptedServer server;
    server.play(answered(200, "{}", {"Set-Cookie: a=b; Path=/"}));
    JsonTransport transport;
    ASSERT_TRUE(post(transport, server.url()));
    ASSERT_TRUE(post(transport, server.url()));
    ASSERT_EQ(server.requests.size(), 2);
    EXPECT_FALSE(server.requests[1].header("cookie"));
}

TEST(JsonTransport, FollowsNoRedirect)
{
    ScriptedServer elsewhere;
    for (const int status : {300, 301, 302, 303, 307, 308}) {
        const QByteArray location = "Location: " + elsewhere.url().toEncoded();
        EXPECT_EQ(kindOf(answered(status, {}, {location})), ErrorKind::Rejected) << status;
    }
    EXPECT_TRUE(elsewhere.requests.isEmpty());
}

TEST(JsonTransport, PlainHttpGoesToLoopbackAlone)
{
    JsonTransport transport;
    for (const char *url : {"http://api.echo.xyz/x", "http://127.0.0.1.example.com/x",
                            "http://localhost.example.com/", "http://10.0.0.1/", "ftp://localhost/",
                            "file:///etc/passwd", "", "https:///x", "http://[::2]/"}) {
        const Posted posted = begin(transport, QUrl(QString::fromLatin1(url)));
        // At once: nothing was looked up or sent.
        ASSERT_TRUE(posted->has_value()) << url;
        ASSERT_FALSE((*posted)->has_value()) << url;
        EXPECT_EQ((*posted)->error().kind, ErrorKind::InvalidInput) << url;
    }
}

TEST(JsonTransport, SilenceEndsAtTheTotalLimit)
{
    EXPECT_EQ(kindOf({{}, Scripted::Then::Hold}, shortLimits()), ErrorKind::Timeout);
    EXPECT_EQ(kindOf({"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", Scripted::Then::Hold},
                     shortLimits()),
              ErrorKind::Timeout);
}

TEST(JsonTransport, SilenceInTheBodyEndsBeforeTheTotalLimit)
{
    const TransportLimits limits{200, 600'000, 64 * 1024};
    EXPECT_EQ(
        kindOf({"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", Scripted::Then::Hold}, limits),
        ErrorKind::Timeout);
}

TEST(JsonTransport, AConnectionThatIsNotMadeEndsBeforeTheTotalLimit)
{
    // Takes the connection and never answers the TLS handshake.
    ScriptedServer server;
    server.play(Scripted{{}, Scripted::Then::Hold});
    JsonTransport transport({200, 600'000, 64 * 1024});
    QUrl url = server.url();
    url.setScheme(QStringLiteral("https"));
    const Result<JsonReply> result = post(transport, url);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Timeout);
    EXPECT_TRUE(server.requests.isEmpty());
}

TEST(JsonTransport, AnAnswerMayBeginLaterThanTheConnectLimit)
{
    ScriptedServer server;
    server.play(Scripted{{}, Scripted::Then::Hold});
    JsonTransport transport({200, 600'000, 64 * 1024});
    const Posted posted = begin(transport, server.url());
    ASSERT_TRUE(waitUntil([&] { return server.requests.size() == 1; }));
    // One that was begun later and never gets a connection has reached that limit.
    ScriptedServer mute;
    mute.play(Scripted{{}, Scripted::Then::Hold});
    QUrl handshake = mute.url();
    handshake.setScheme(QStringLiteral("https"));
    EXPECT_EQ(post(transport, handshake).error().kind, ErrorKind::Timeout);
    EXPECT_FALSE(posted->has_value());
    server.release(answered(200, "{}"));
    ASSERT_TRUE(waitUntil([&] { return posted->has_value(); }));
    EXPECT_TRUE((*posted)->has_value());
}

TEST(JsonTransport, DrippedAnswerEndsAtTheTotalLimit)
{
    // Each byte is progress, so only the total limit ends it.
    Scripted drip = answered(200, QByteArray(1'000, ' '));
    drip.byteMilliseconds = 40;
    EXPECT_EQ(kindOf(drip, shortLimits()), ErrorKind::Timeout);
    Scripted dripInBody{"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", Scripted::Then::Hold};
    EXPECT_EQ(kindOf(dripInBody, shortLimits()), ErrorKind::Timeout);
}

TEST(JsonTransport, LostConnectionIsANetworkFaultAndNothingIsSentAgain)
{
    EXPECT_EQ(kindOf({{}, Scripted::Then::Close}), ErrorKind::Network);
    EXPECT_EQ(kindOf({{}, Scripted::Then::Reset}), ErrorKind::Network);
    EXPECT_EQ(kindOf({"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":"}),
              ErrorKind::Network);
    EXPECT_EQ(kindOf({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\""}),
              ErrorKind::Network);
    EXPECT_EQ(kindOf({"HTTP/1.1 200 OK\r\nContent-Le"}), ErrorKind::Network);
}

TEST(JsonTransport, ReusedConnectionThatDiesSendsNothingAgain)
{
    ScriptedServer server;
    server.play(answered(200, "{}"));
    JsonTransport transport(longLimits());
    ASSERT_TRUE(post(transport, server.url()));
    server.play(Scripted{{}, Scripted::Then::Close});
    EXPECT_FALSE(post(transport, server.url()));
    EXPECT_EQ(server.requests.size(), 2);
    // And the next one works on a new connection.
    server.play(answered(200, "{}"));
    EXPECT_TRUE(post(transport, server.url()));
}

TEST(JsonTransport, NothingThereIsANetworkFault)
{
    JsonTransport transport(longLimits());
    const Result<JsonReply> result =
        post(transport, QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(freePort())));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Network);
    EXPECT_TRUE(result.error().summary.contains(QStringLiteral("127.0.0.1")));
}

TEST(JsonTransport, WhatIsNoHttpIsAFault)
{
    for (const QByteArray &bytes :
         {QByteArray("SSH-2.0-OpenSSH_9.2\r\n"), QByteArray("\r\n\r\n"), QByteArray("\0\0\0\0", 4),
          QByteArray("HTTP/9.9 xxx\r\n\r\n"), QByteArray("HTTP/1.1 99999999999 x\r\n\r\n{}")}) {
        ScriptedServer server;
        server.play(Scripted{bytes});
        JsonTransport transport(longLimits());
        const Result<JsonReply> result = post(transport, server.url());
        EXPECT_FALSE(result) << bytes.constData();
    }
}

TEST(JsonTransport, BodyIsBounded)
{
    EXPECT_EQ(kindOf(answered(200, QByteArray(65 * 1024, ' ')), {5'000, 10'000, 64 * 1024}),
              ErrorKind::Malformed);
    ScriptedServer server;
    server.play(answered(200, QByteArray(4'096, ' ')));
    JsonTransport transport({5'000, 10'000, 4'096});
    EXPECT_TRUE(post(transport, server.url())) << "as long as it may be";
    // Without a length, too.
    EXPECT_EQ(
        kindOf({"HTTP/1.1 200 OK\r\n\r\n" + QByteArray(1024 * 1024, ' ')}, {5'000, 10'000, 4'096}),
        ErrorKind::Malformed);
}

TEST(JsonTransport, ARefusalKeepsItsStatusWhateverItsLength)
{
    struct Row
    {
        int status;
        ErrorKind kind;
    };
    for (const Row &row : {Row{401, ErrorKind::Unauthorized}, Row{429, ErrorKind::RateLimited},
                           Row{500, ErrorKind::ServerFault}, Row{302, ErrorKind::Rejected}}) {
        for (const qsizetype length : {4'097, 65'537, 10 * 1024 * 1024}) {
            ScriptedServer server;
            server.play(answered(row.status, "<h1>Sorry</h1>" + QByteArray(length, 'x'),
                                 {"Retry-After: 9", "x-request-id: abc-2"}));
            // A limit below and one above what is read of a refusal.
            for (const qsizetype most : {4'096, 4 * 1024 * 1024}) {
                JsonTransport transport({15'000, 20'000, most});
                const Result<JsonReply> result = post(transport, server.url());
                ASSERT_FALSE(result);
                const Error &error = result.error();
                EXPECT_EQ(error.kind, row.kind) << row.status << ' ' << length;
                EXPECT_EQ(error.httpStatus, row.status);
                EXPECT_EQ(error.retryAfterSeconds, 9);
                EXPECT_TRUE(error.details.contains(QStringLiteral("abc-2")));
                EXPECT_TRUE(error.details.contains(QStringLiteral("Sorry")));
                EXPECT_LT(error.details.size(), 1'000);
            }
        }
    }
}

TEST(JsonTransport, AnAskForCredentialsIsAnAnswerLikeAnyOther)
{
    for (const char *scheme : {"Bearer", "Bearer realm=\"sonar\", error=\"invalid_token\"",
                               "Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"y\"", "NTLM"}) {
        EXPECT_EQ(kindOf(answered(401, R"({"message":"no"})",
                                  {QByteArray("WWW-Authenticate: ") + scheme})),
                  ErrorKind::Unauthorized)
            << scheme;
    }
}

TEST(JsonTransport, GzipIsReadAndABombIsNot)
{
    // gzip of {"a":1}, and of 100 MB of spaces in 100 members would be the same fault: one of 8 MiB
    // is over the limit already.
    const QByteArray raw(8 * 1024 * 1024, ' ');
    const QByteArray deflated = qCompress(raw, 9).mid(4); // zlib format: "deflate"
    ASSERT_LT(deflated.size(), 16 * 1024);
    EXPECT_EQ(
        kindOf(answered(200, deflated, {"Content-Encoding: deflate"}), {5'000, 10'000, 64 * 1024}),
        ErrorKind::Malformed);
    ScriptedServer server;
    server.play(answered(200, qCompress("{\"a\":1}").mid(4), {"Content-Encoding: deflate"}));
    JsonTransport transport;
    const Result<JsonReply> small = post(transport, server.url());
    ASSERT_TRUE(small);
    EXPECT_EQ(small->body, "{\"a\":1}");
}

TEST(JsonTransport, BrokenCompressionIsAMalformedAnswer)
{
    EXPECT_EQ(kindOf(answered(200, "this is no gzip at all", {"Content-Encoding: gzip"})),
              ErrorKind::Malformed);
}

TEST(JsonTransport, LengthThatIsTooShortCutsTheBody)
{
    ScriptedServer server;
    server.play(Scripted{"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{\"a\":1}"});
    JsonTransport transport(longLimits());
    const Result<JsonReply> result = post(transport, server.url());
    if (result) { // what the rest means is for the decoder to refuse
        EXPECT_EQ(result->body, "{\"a");
    }
    EXPECT_EQ(server.requests.size(), 1);
}

TEST(JsonTransport, CancelWorksBeforeDuringAndAfter)
{
    ScriptedServer server;
    JsonTransport transport;
    CancelToken early;
    early.cancel();
    const Posted before = begin(transport, server.url(), early);
    ASSERT_TRUE(before->has_value());
    EXPECT_EQ((*before)->error().kind, ErrorKind::Cancelled);

    for (const QByteArray &sentAlready :
         {QByteArray(), QByteArray("HTTP/1.1 200 OK\r\n"),
          QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a")}) {
        server.play(Scripted{sentAlready, Scripted::Then::Hold});
        const qsizetype seen = server.requests.size();
        const CancelToken cancel;
        const Posted during = begin(transport, server.url(), cancel);
        ASSERT_TRUE(waitUntil([&] { return server.requests.size() > seen; }));
        cancel.cancel();
        ASSERT_TRUE(waitUntil([&] { return during->has_value(); }));
        EXPECT_EQ((*during)->error().kind, ErrorKind::Cancelled);
        cancel.cancel(); // again, and after the end: nothing
    }
}

TEST(JsonTransport, DyingTransportTellsWhoeverWaits)
{
    ScriptedServer server;
    server.play(Scripted{{}, Scripted::Then::Hold});
    auto transport = std::make_unique<JsonTransport>();
    const Posted posted = begin(*transport, server.url());
    ASSERT_TRUE(waitUntil([&] { return !server.requests.isEmpty(); }));
    transport.reset();
    ASSERT_TRUE(waitUntil([&] { return posted->has_value(); }));
    EXPECT_EQ((*posted)->error().kind, ErrorKind::Cancelled);
}

TEST(JsonTransport, EveryAnswersRequestIdIsKept)
{
    ScriptedServer server;
    server.play(answered(200, "{}", {"X-Request-ID: abc-3"}));
    JsonTransport transport(longLimits());
    const Result<JsonReply> right = post(transport, server.url());
    ASSERT_TRUE(right);
    EXPECT_EQ(right->requestId, "abc-3");
    server.play(answered(200, QByteArray(65 * 1024, ' '), {"x-request-id: abc-4"}));
    const Result<JsonReply> tooLarge = post(transport, server.url());
    ASSERT_FALSE(tooLarge);
    EXPECT_TRUE(tooLarge.error().details.contains(QStringLiteral("abc-4")));
    EXPECT_TRUE(tooLarge.error().details.contains(QStringLiteral("200")));
}

TEST(JsonTransport, DetailsHaveTheRequestIdAndNoSecret)
{
    ScriptedServer server;
    server.play(answered(500, R"({"message":"no"})", {"x-request-id: abc-1"}));
    JsonTransport transport;
    const Posted posted = begin(transport, server.url(), {}, {{"authorization", "api:Bearer s3c"}});
    ASSERT_TRUE(waitUntil([&] { return posted->has_value(); }));
    const QString report = (*posted)->error().report();
    EXPECT_TRUE(report.contains(QStringLiteral("abc-1")));
    EXPECT_TRUE(report.contains(QStringLiteral("500")));
    EXPECT_FALSE(report.contains(QStringLiteral("s3c")));
}
