// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/loopback/httpmessage.h"

#include <gtest/gtest.h>

using namespace sonar;

namespace {

constexpr qint64 largestBody = 100;

/// `lines` joined and ended as HTTP wants it.
tl::expected<HttpHead, HttpFault> parse(const QByteArrayList &lines)
{
    return parseHttpHead(lines.join("\r\n") + "\r\n\r\n", largestBody);
}

int statusOf(const QByteArrayList &lines)
{
    const auto head = parse(lines);
    return head ? 200 : head.error().status;
}

} // namespace

TEST(HttpMessage, ReadsMethodPathQueryAndFields)
{
    const auto head = parse(
        {"POST /a%20b?c=d?e HTTP/1.1", "Host: 127.0.0.1:8", "X-One:  two ", "Content-Length: 7"});
    ASSERT_TRUE(head);
    EXPECT_EQ(head->request.method, "POST");
    EXPECT_EQ(head->request.path, "/a%20b");
    EXPECT_EQ(head->request.query, "c=d?e");
    EXPECT_EQ(head->request.header("x-one"), QByteArray("two"));
    EXPECT_EQ(head->bodyBytes, 7);
    EXPECT_FALSE(head->isLast);
}

TEST(HttpMessage, TakesAWholeAddressThatAgreesWithHost)
{
    const auto head =
        parse({"GET HTTP://LocalHost:3000/oauth/callback?code=1 HTTP/1.1", "Host: localhost:3000"});
    ASSERT_TRUE(head);
    EXPECT_EQ(head->request.path, "/oauth/callback");
    EXPECT_EQ(head->request.query, "code=1");
    const auto bare = parse({"GET http://localhost:3000?x HTTP/1.1", "Host: localhost:3000"});
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->request.path, "/");
    EXPECT_EQ(bare->request.query, "x");
    EXPECT_EQ(statusOf({"GET http://evil.test/ HTTP/1.1", "Host: localhost:3000"}), 400);
    EXPECT_EQ(statusOf({"GET https://localhost:3000/ HTTP/1.1", "Host: localhost:3000"}), 400);
}

TEST(HttpMessage, RefusesWhatTwoReadersCouldReadDifferently)
{
    const QByteArray host = "Host: a";
    EXPECT_EQ(statusOf({"GET / HTTP/1.1", host}), 200);
    EXPECT_EQ(statusOf({"GET / HTTP/1.1"}), 400) << "no Host";
    EXPECT_EQ(statusOf({"GET / HTTP/1.1", host, "Host: b"}), 400) << "two Hosts";
    EXPECT_EQ(statusOf({"GET  / HTTP/1.1", host}), 400) << "two spaces";
    EXPECT_EQ(statusOf({"GET a HTTP/1.1", host}), 400) << "not a path";
    EXPECT_EQ(statusOf({"GET /\x01 HTTP/1.1", host}), 400) << "control character";
    EXPECT_EQ(statusOf({"GET / HTTP/1.1", "Host : a"}), 400) << "space before the colon";
    EXPECT_EQ(statusOf({"GET / HTTP/1.1", host, " folded"}), 400) << "folded line";
    EXPECT_EQ(statusOf({"GET / HTTP/1.1", host, "X: a\nY: b"}), 400) << "lone line feed";
    EXPECT_EQ(statusOf({"GET / HTTP/2.0", host}), 505);
    EXPECT_EQ(statusOf({"POST / HTTP/1.1", host, "Content-Length: 1", "Content-Length: 2"}), 400);
    EXPECT_EQ(statusOf({"POST / HTTP/1.1", host, "Content-Length: +1"}), 400);
    EXPECT_EQ(statusOf({"POST / HTTP/1.1", host, "Content-Length: 101"}), 413);
    EXPECT_EQ(statusOf({"POST / HTTP/1.1", host, "Content-Length: 99999999999999999999"}), 413);
    EXPECT_EQ(statusOf({"POST / HTTP/1.1", host, "Transfer-Encoding: chunked"}), 411);
}

TEST(HttpMessage, KnowsWhenAConnectionEnds)
{
    EXPECT_TRUE(parse({"GET / HTTP/1.0", "Host: a"})->isLast);
    EXPECT_TRUE(parse({"GET / HTTP/1.1", "Host: a", "Connection: x, Close"})->isLast);
    EXPECT_FALSE(parse({"GET / HTTP/1.1", "Host: a", "Connection: keep-alive"})->isLast);
}

TEST(HttpMessage, WritesAResponseWithItsLength)
{
    HttpResponse response{404, {}, "gone"};
    response.with("X-One", "two");
    EXPECT_EQ(serialized(response, true, true),
              "HTTP/1.1 404 Not Found\r\nX-One: two\r\nContent-Length: 4\r\nConnection: "
              "close\r\n\r\ngone");
    EXPECT_EQ(serialized(response, false, false),
              "HTTP/1.1 404 Not Found\r\nX-One: two\r\nContent-Length: 4\r\n\r\n");
}
