// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxclient.h"
#include "tests/support/waiting.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QTcpSocket>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

/// Sends bytes as they are and returns all that came back until a whole head and body (or the end).
QByteArray exchangeRaw(const Sale &sale, const QByteArray &bytes)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(sale.apiUrl.port()));
    waitUntil([&] { return socket.state() == QAbstractSocket::ConnectedState; });
    socket.write(bytes);
    QByteArray answer;
    waitUntil([&] {
        answer += socket.readAll();
        return answer.contains("\r\n\r\n") || socket.state() == QAbstractSocket::UnconnectedState;
    });
    return answer;
}

/// All that came until the sandbox closed the connection; nothing if it didn't.
QByteArray untilClosed(const Sale &sale, const QByteArray &bytes)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(sale.apiUrl.port()));
    waitUntil([&] { return socket.state() == QAbstractSocket::ConnectedState; });
    socket.write(bytes);
    QByteArray answer;
    const bool closed = waitUntil([&] {
        answer += socket.readAll();
        return socket.state() == QAbstractSocket::UnconnectedState;
    });
    return closed ? answer + socket.readAll() : QByteArray();
}

QByteArray hostOf(const Sale &sale)
{
    return "Host: 127.0.0.1:" + QByteArray::number(sale.apiUrl.port()) + "\r\n";
}

QByteArray statusLine(const QByteArray &answer)
{
    return answer.left(answer.indexOf('\r'));
}

} // namespace

TEST(Http, ListensOnLoopbackOnly)
{
    RunningSandbox sandbox;
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (address.isLoopback() || address.protocol() != QAbstractSocket::IPv4Protocol)
            continue;
        QTcpSocket socket;
        socket.connectToHost(address, quint16(sandbox.sale.apiUrl.port()));
        waitUntil([&] {
            return socket.state() != QAbstractSocket::ConnectingState &&
                   socket.state() != QAbstractSocket::HostLookupState;
        });
        EXPECT_NE(socket.state(), QAbstractSocket::ConnectedState)
            << qPrintable(address.toString());
    }
}

TEST(Http, RefusesWrongMethods)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const struct
    {
        const char *path;
        const char *allowed;
    } cases[] = {
        {"/oauth/authorize", "GET"},
        {"/oauth/decision", "POST"},
        {"/oauth.ExchangeAuthorizationCodeV2", "POST"},
        {"/oauth.RefreshAccessToken", "POST"},
        {"/externalapi.MyProfile", "POST"},
        {"/sonar/v1/public/read-commitment-data", "POST"},
    };
    for (const auto &one : cases) {
        for (const char *method : {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"}) {
            if (qstrcmp(method, one.allowed) == 0)
                continue;
            const Answer answer = client.send(method, latin(one.path));
            EXPECT_EQ(answer.status, 405) << method << ' ' << one.path;
            EXPECT_EQ(answer.headers.value("allow"), one.allowed);
        }
    }
    EXPECT_EQ(client.get(latin("/")).status, 200) << "the connection is still in step";
}

TEST(Http, UnknownPathsAreNotFound)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    for (const char *path : {"/externalapi.Unknown", "/oauth/authorize/", "/oauth/authorizeX",
                             "/externalapi.MyProfile/", "/favicon.ico"})
        EXPECT_EQ(client.get(latin(path)).status, 404) << path;
    EXPECT_GE(client.get(latin("//oauth/authorize")).status, 400);
    EXPECT_EQ(client.postJson(latin("/externalapi.Unknown"), "{}").status, 404);
}

TEST(Http, AnswersOnlyUnderItsOwnName)
{
    RunningSandbox sandbox;
    const QByteArray port = QByteArray::number(sandbox.sale.apiUrl.port());
    const auto status = [&](const QByteArray &hostLines) {
        return statusLine(exchangeRaw(sandbox.sale, "GET / HTTP/1.1\r\n" + hostLines + "\r\n"));
    };
    EXPECT_TRUE(status("Host: 127.0.0.1:" + port + "\r\n").contains("200"));
    EXPECT_TRUE(status("Host: localhost:" + port + "\r\n").contains("200"));
    for (const QByteArray &host :
         {QByteArray("Host: evil.test\r\n"), "Host: evil.test:" + port + "\r\n",
          QByteArray("Host: 127.0.0.1\r\n"), QByteArray("Host: localhost:1\r\n"),
          "Host: localhost.evil.test:" + port + "\r\n"})
        EXPECT_TRUE(status(host).contains("421")) << host.constData();
    // RFC 9112 §3.2.
    EXPECT_TRUE(status({}).contains("400"));
    EXPECT_TRUE(status("Host: 127.0.0.1:" + port + "\r\nHost: evil.test\r\n").contains("400"));
}

TEST(Http, RefusesRequestsWhoseEndIsInDoubtAndClosesTheConnection)
{
    RunningSandbox sandbox;
    const QByteArray post = "POST /sales.ReadCommitmentData HTTP/1.1\r\n" + hostOf(sandbox.sale) +
                            "Content-Type: application/json\r\n";
    const QByteArray port = QByteArray::number(sandbox.sale.apiUrl.port());
    const struct
    {
        const char *what;
        QByteArray bytes;
        const char *status;
    } cases[] = {
        {"length beside chunks",
         post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
         "411"},
        {"two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "400"},
        {"signed length", post + "Content-Length: +2\r\n\r\n{}", "400"},
        {"length in words", post + "Content-Length: two\r\n\r\n{}", "400"},
        {"length beyond 32 bits", post + "Content-Length: 4294967298\r\n\r\n{}", "413"},
        {"length beyond 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n{}", "413"},
        {"other coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
         "411"},
        {"space before the colon", post + "X-A : b\r\n\r\n", "400"},
        {"folded header", post + "X-A: b\r\n c\r\n\r\n", "400"},
        {"no request", "garbage\r\n\r\n", "400"},
        {"later version", "GET / HTTP/2.0\r\n" + hostOf(sandbox.sale) + "\r\n", "505"},
        {"foreign address", "GET http://evil.test/ HTTP/1.1\r\n" + hostOf(sandbox.sale) + "\r\n",
         "400"},
    };
    for (const auto &one : cases) {
        const QByteArray answer = untilClosed(sandbox.sale, one.bytes);
        EXPECT_TRUE(statusLine(answer).contains(one.status))
            << one.what << ": " << answer.constData();
        EXPECT_TRUE(answer.contains("\"code\":")) << one.what;
    }
    EXPECT_TRUE(
        statusLine(exchangeRaw(sandbox.sale, "GET http://127.0.0.1:" + port + "/ HTTP/1.1\r\n" +
                                                 hostOf(sandbox.sale) + "\r\n"))
            .contains("200"));
    EXPECT_EQ(sandbox.client->get(latin("/")).status, 200);
}

TEST(Http, BodiesAreTakenUncodedAndUpTo64KiB)
{
    RunningSandbox sandbox;
    const QByteArray json = jsonOf({{latin("SaleUUID"), sandbox.sale.saleUuid}});
    const auto status = [&](const QByteArray &body, const QByteArray &headers = {}) {
        return statusLine(exchangeRaw(
            sandbox.sale, "POST /sales.ReadCommitmentData HTTP/1.1\r\n" + hostOf(sandbox.sale) +
                              "Content-Type: application/json\r\n" + headers + "Content-Length: " +
                              QByteArray::number(body.size()) + "\r\n\r\n" + body));
    };
    EXPECT_TRUE(status(json).contains("200"));
    EXPECT_TRUE(status(json, "Content-Encoding: identity\r\n").contains("200"));
    EXPECT_TRUE(status(json, "Content-Encoding: gzip\r\n").contains("415"));
    EXPECT_TRUE(status(json + QByteArray(70'000, ' ')).contains("413"));
}

TEST(Http, BoundsRequests)
{
    RunningSandbox sandbox;
    const QByteArray host = "Host: 127.0.0.1:" + QByteArray::number(sandbox.sale.apiUrl.port());
    EXPECT_TRUE(statusLine(exchangeRaw(sandbox.sale, "GET /" + QByteArray(9000, 'a') +
                                                         " HTTP/1.1\r\n" + host + "\r\n\r\n"))
                    .contains("414"));
    EXPECT_TRUE(statusLine(exchangeRaw(sandbox.sale, "GET /" + QByteArray(1'000'000, 'a')))
                    .contains("431"));
    EXPECT_TRUE(
        statusLine(exchangeRaw(sandbox.sale, "POST /oauth.RefreshAccessToken HTTP/1.1\r\n" + host +
                                                 "\r\nContent-Length: 2000000\r\n\r\n" +
                                                 QByteArray(2'000'000, ' ')))
            .contains("413"));
    EXPECT_EQ(sandbox.client->get(latin("/")).status, 200);
}

TEST(Http, ManyRequestsOnOneConnectionAreNotOneLargeRequest)
{
    RunningSandbox sandbox;
    const QByteArray body = "{\"refresh_token\":\"" + QByteArray(60'000, 'x') + "\"}";
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(sandbox.client->postJson(latin("/oauth.RefreshAccessToken"), body).status, 400);
}

TEST(Http, ClosesTheConnectionOfAClientThatWantsItClosed)
{
    RunningSandbox sandbox;
    const QByteArray host = hostOf(sandbox.sale);
    for (const QByteArray &request :
         {"GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n",
          "GET / HTTP/1.1\r\n" + host + "Connection: TE, Close\r\n\r\n",
          "GET / HTTP/1.0\r\n" + host + "\r\n",
          "GET /nothing HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n"}) {
        // Names of fields are read in any case (RFC 9110 §5.1).
        const QByteArray answer = untilClosed(sandbox.sale, request).toLower();
        EXPECT_TRUE(answer.contains("\r\nconnection: close\r\n"))
            << request.constData() << answer.constData();
        const qsizetype head = answer.indexOf("\r\n\r\n") + 4;
        EXPECT_TRUE(answer.contains("content-length: " + QByteArray::number(answer.size() - head)))
            << "closed after the whole answer";
    }
    const QByteArray kept =
        exchangeRaw(sandbox.sale, "GET / HTTP/1.1\r\n" + host + "Connection: keep-alive\r\n\r\n");
    EXPECT_FALSE(kept.toLower().contains("connection: close"));
}

TEST(Http, ClosesAfterALateReplyToo)
{
    SandboxOptions options;
    options.latencyMilliseconds = 20;
    RunningSandbox sandbox(options);
    EXPECT_TRUE(untilClosed(sandbox.sale, "POST /externalapi.MyProfile HTTP/1.0\r\n" +
                                              hostOf(sandbox.sale) + "Content-Length: 2\r\n\r\n{}")
                    .contains("401"));
}

TEST(Http, GivesLeaveToSendABodyBeforeItComes)
{
    RunningSandbox sandbox;
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(sandbox.sale.apiUrl.port()));
    waitUntil([&] { return socket.state() == QAbstractSocket::ConnectedState; });
    QByteArray answer;
    const auto has = [&](const char *text) {
        return waitUntil([&] {
            answer += socket.readAll();
            return answer.contains(text);
        });
    };
    socket.write("POST /externalapi.MyProfile HTTP/1.1\r\n" + hostOf(sandbox.sale));
    socket.flush();
    socket.write("expect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
    ASSERT_TRUE(has("HTTP/1.1 100 Continue\r\n\r\n")) << answer.constData();
    EXPECT_FALSE(answer.contains("401")) << "before the body";
    socket.write("{}");
    EXPECT_TRUE(has(" 401 ")) << answer.constData();
    EXPECT_EQ(answer.count(" 100 "), 1);
}

TEST(Http, AuthorizationSentTwiceToTheExchangeIsRefusedToo)
{
    RunningSandbox sandbox;
    const QString code = sandbox.client->code();
    const QByteArray body =
        jsonOf({{latin("code"), code},
                {latin("code_verifier"), sandbox.client->verifier},
                {latin("redirect_uri"), latin("http://localhost:3000/oauth/callback")}});
    EXPECT_TRUE(statusLine(exchangeRaw(sandbox.sale,
                                       "POST /oauth.ExchangeAuthorizationCodeV2 HTTP/1.1\r\n" +
                                           hostOf(sandbox.sale) +
                                           "Content-Type: application/json\r\nAuthorization: a\r\n"
                                           "Authorization: b\r\nContent-Length: " +
                                           QByteArray::number(body.size()) + "\r\n\r\n" + body))
                    .contains("400"));
    EXPECT_EQ(sandbox.client->exchange(code).status, 200);
}

TEST(Http, OutlivesJunk)
{
    RunningSandbox sandbox;
    for (const QByteArray &junk :
         {QByteArray("\0\1\2\3\r\n\r\n", 8), QByteArray("GET\r\n\r\n"),
          QByteArray("GET / HTTP/9.9.9\r\n\r\n"), QByteArray("\x16\x03\x01\x02\x00\x01\x00\r\n", 9),
          QByteArray("GET /%zz%00%ff HTTP/1.1\r\nHost: x\r\n\r\n"),
          QByteArray("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
          QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
          QByteArray("GET /oauth/authorize?client_id=%FF%FE&&&=&%zz HTTP/1.1\r\n\r\n")}) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(sandbox.sale.apiUrl.port()));
        waitUntil([&] { return socket.state() == QAbstractSocket::ConnectedState; });
        socket.write(junk);
        waitUntil([&] { return socket.bytesToWrite() == 0; });
        EXPECT_EQ(sandbox.client->get(latin("/")).status, 200) << junk.constData();
    }
}

TEST(Http, LatencyIsAddedToTheApiAndSurvivesAClientThatLeaves)
{
    SandboxOptions options;
    options.latencyMilliseconds = 80;
    RunningSandbox sandbox(options);
    sandbox.client->signIn();
    {
        QTcpSocket impatient;
        impatient.connectToHost(QHostAddress::LocalHost, quint16(sandbox.sale.apiUrl.port()));
        waitUntil([&] { return impatient.state() == QAbstractSocket::ConnectedState; });
        impatient.write("POST /externalapi.MyProfile HTTP/1.1\r\nHost: 127.0.0.1:" +
                        QByteArray::number(sandbox.sale.apiUrl.port()) +
                        "\r\nContent-Length: 2\r\n\r\n{}");
        waitUntil([&] { return impatient.bytesToWrite() == 0; });
        impatient.abort();
    }
    QElapsedTimer time;
    time.start();
    EXPECT_EQ(sandbox.client->call(latin("MyProfile")).status, 200);
    EXPECT_GE(time.elapsed(), 80);
}

TEST(Http, PipelinedRequestsAreAnsweredInTheirOrder)
{
    SandboxOptions options;
    options.latencyMilliseconds = 50;
    RunningSandbox sandbox(options);
    const QByteArray answers = untilClosed(
        sandbox.sale, "POST /externalapi.MyProfile HTTP/1.1\r\n" + hostOf(sandbox.sale) +
                          "Content-Length: 2\r\n\r\n{}GET / HTTP/1.1\r\n" + hostOf(sandbox.sale) +
                          "Connection: close\r\n\r\n");
    EXPECT_EQ(answers.count("HTTP/1.1 "), 2) << answers.constData();
    EXPECT_TRUE(statusLine(answers).contains("401")) << answers.constData();
    EXPECT_GT(answers.indexOf("HTTP/1.1 200"), 0);
}

TEST(Http, StopsWithRepliesUnderWay)
{
    SandboxOptions options;
    options.latencyMilliseconds = 60'000;
    auto sandbox = std::make_unique<RunningSandbox>(options);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(sandbox->sale.apiUrl.port()));
    waitUntil([&] { return socket.state() == QAbstractSocket::ConnectedState; });
    socket.write("POST /externalapi.MyProfile HTTP/1.1\r\nHost: 127.0.0.1:" +
                 QByteArray::number(sandbox->sale.apiUrl.port()) +
                 "\r\nContent-Length: 2\r\n\r\n{}");
    waitUntil([&] { return socket.bytesToWrite() == 0; });
    EXPECT_EQ(sandbox->client->get(latin("/")).status, 200);
    sandbox.reset();
    EXPECT_TRUE(waitUntil([&] { return socket.state() == QAbstractSocket::UnconnectedState; }));
}
