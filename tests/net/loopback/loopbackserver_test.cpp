// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/loopback/loopbackserver.h"
#include "tests/support/waiting.h"

#include <QNetworkInterface>
#include <QTcpSocket>
#include <QThread>

#include <gtest/gtest.h>

#include <memory>
#include <vector>

using namespace sonar;
using namespace sonar::test;

namespace {

constexpr const char *host = "Host: 127.0.0.1\r\n";

QByteArray get(const QByteArray &path, const QByteArray &fields = {})
{
    return "GET " + path + " HTTP/1.1\r\n" + host + fields + "\r\n";
}

/// Answers each request with its path and body, unless it is kept for later.
struct EchoServer
{
    explicit EchoServer(const LoopbackLimits &limits = {})
        : server(
              [this](const HttpRequest &request, const HttpExchange &exchange) {
                  requests.push_back(request);
                  if (request.path == "/later")
                      held.push_back(exchange);
                  else
                      exchange.respond({200, {}, request.path + ' ' + request.body + '|'});
              },
              limits)
    {
        server.setFaultHandler([this](const HttpFault &fault) {
            faults.push_back(fault);
            return HttpResponse{fault.status, {}, "refused|"};
        });
        EXPECT_TRUE(server.listen(QHostAddress::LocalHost, 0)) << qPrintable(server.errorText());
    }

    std::vector<HttpRequest> requests;
    std::vector<HttpExchange> held;
    std::vector<HttpFault> faults;
    LoopbackServer server;
};

struct Client
{
    explicit Client(const EchoServer &echo)
    {
        socket.connectToHost(QHostAddress::LocalHost, echo.server.port());
        EXPECT_TRUE(
            waitUntil([this] { return socket.state() == QAbstractSocket::ConnectedState; }));
    }

    void send(const QByteArray &bytes) { socket.write(bytes); }
    bool hears(const QByteArray &text)
    {
        return waitUntil([&] {
            answer += socket.readAll();
            return answer.contains(text);
        });
    }
    bool isClosed()
    {
        return waitUntil([&] {
            answer += socket.readAll();
            return socket.state() == QAbstractSocket::UnconnectedState;
        });
    }

    QTcpSocket socket;
    QByteArray answer;
};

} // namespace

TEST(LoopbackServer, ListensOnThisComputerAlone)
{
    EchoServer echo;
    EXPECT_FALSE(echo.server.listen(QHostAddress::Any, 0));
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (address.isLoopback() || address.protocol() != QAbstractSocket::IPv4Protocol)
            continue;
        QTcpSocket socket;
        socket.connectToHost(address, echo.server.port());
        waitUntil([&] {
            return socket.state() != QAbstractSocket::ConnectingState &&
                   socket.state() != QAbstractSocket::HostLookupState;
        });
        EXPECT_NE(socket.state(), QAbstractSocket::ConnectedState);
    }
}

TEST(LoopbackServer, SaysThatAPortIsInUse)
{
    EchoServer echo;
    LoopbackServer second([](const HttpRequest &, const HttpExchange &) {});
    EXPECT_FALSE(second.listen(QHostAddress::LocalHost, echo.server.port()));
    EXPECT_TRUE(second.isPortInUse());
    EXPECT_FALSE(second.errorText().isEmpty());
}

TEST(LoopbackServer, AnswersPipelinedRequestsInTheirOrder)
{
    EchoServer echo;
    Client client(echo);
    client.send(get("/later") + "POST /two HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc" +
                get("/three", "Connection: close\r\n"));
    ASSERT_TRUE(waitUntil([&] { return echo.held.size() == 1; }));
    EXPECT_EQ(echo.requests.size(), 1u) << "the next one waits for the answer";
    echo.held[0].respond({200, {}, "one|"});
    ASSERT_TRUE(client.isClosed());
    const auto one = client.answer.indexOf("one|");
    const auto two = client.answer.indexOf("/two abc|");
    const auto three = client.answer.indexOf("/three |");
    EXPECT_TRUE(one > 0 && one < two && two < three) << client.answer.constData();
}

TEST(LoopbackServer, OnlyTheFirstResponseCounts)
{
    EchoServer echo;
    Client client(echo);
    client.send(get("/later"));
    ASSERT_TRUE(waitUntil([&] { return echo.held.size() == 1; }));
    EXPECT_TRUE(echo.held[0].isOpen());
    echo.held[0].respond({200, {}, "first|"});
    EXPECT_FALSE(echo.held[0].isOpen());
    echo.held[0].respond({200, {}, "second|"});
    client.send(get("/after", "Connection: close\r\n"));
    ASSERT_TRUE(client.isClosed());
    EXPECT_EQ(client.answer.count("first|"), 1);
    EXPECT_FALSE(client.answer.contains("second|"));
    EXPECT_TRUE(client.answer.contains("/after |"));
}

TEST(LoopbackServer, AnswersHeadWithoutABody)
{
    EchoServer echo;
    Client client(echo);
    client.send("HEAD /x HTTP/1.1\r\n" + QByteArray(host) + "Connection: close\r\n\r\n");
    ASSERT_TRUE(client.isClosed());
    EXPECT_TRUE(client.answer.startsWith("HTTP/1.1 200 OK"));
    EXPECT_TRUE(client.answer.endsWith("\r\n\r\n")) << client.answer.constData();
}

TEST(LoopbackServer, GivesLeaveToSendABody)
{
    EchoServer echo;
    Client client(echo);
    client.send("POST /x HTTP/1.1\r\n" + QByteArray(host) +
                "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_TRUE(client.hears("100 Continue"));
    client.send("ab");
    EXPECT_TRUE(client.hears("/x ab|"));
}

TEST(LoopbackServer, TakesLargeHeadsAndRefusesLargerOnes)
{
    EchoServer echo;
    Client client(echo);
    client.send(get("/cookies", "Cookie: " + QByteArray(60'000, 'c') + "\r\n"));
    EXPECT_TRUE(client.hears("/cookies |"));
    client.send(get("/cookies", "Cookie: " + QByteArray(70'000, 'c') + "\r\n"));
    EXPECT_TRUE(client.isClosed());
    EXPECT_TRUE(client.answer.contains("431 Request Header Fields Too Large"));
    EXPECT_TRUE(client.answer.endsWith("refused|"));
    ASSERT_EQ(echo.faults.size(), 1u);
    EXPECT_EQ(echo.faults[0].kind, HttpFault::Kind::TooLarge);
    EXPECT_EQ(echo.requests.size(), 1u);
}

TEST(LoopbackServer, ClosesATlsHandshakeAtOnceAndTellsOfIt)
{
    EchoServer echo;
    Client client(echo);
    client.send(QByteArray::fromHex("16030102000100"));
    EXPECT_TRUE(client.isClosed());
    EXPECT_TRUE(client.answer.isEmpty());
    ASSERT_EQ(echo.faults.size(), 1u);
    EXPECT_EQ(echo.faults[0].kind, HttpFault::Kind::TlsHello);
}

TEST(LoopbackServer, ClosesAConnectionThatNeverAsks)
{
    LoopbackLimits limits;
    limits.requestMilliseconds = 100;
    EchoServer echo(limits);
    Client client(echo);
    client.send("GET /half");
    EXPECT_TRUE(client.isClosed());
    EXPECT_TRUE(echo.requests.empty());
}

TEST(LoopbackServer, AHeldRequestHasNoTimeLimit)
{
    LoopbackLimits limits;
    limits.requestMilliseconds = 50;
    EchoServer echo(limits);
    Client held(echo);
    held.send(get("/later"));
    ASSERT_TRUE(waitUntil([&] { return echo.held.size() == 1; }));
    // A connection that began later runs into the limit first.
    Client silent(echo);
    ASSERT_TRUE(silent.isClosed());
    EXPECT_TRUE(echo.held[0].isOpen());
    echo.held[0].respond({200, {}, "done|"});
    EXPECT_TRUE(held.hears("done|"));
}

TEST(LoopbackServer, SilentConnectionsDontCrowdOutTheBrowser)
{
    LoopbackLimits limits;
    limits.connections = 4;
    EchoServer echo(limits);
    std::vector<std::unique_ptr<Client>> silent;
    for (int i = 0; i < 12; ++i)
        silent.push_back(std::make_unique<Client>(echo));
    Client browser(echo);
    browser.send(get("/here"));
    EXPECT_TRUE(browser.hears("/here |"));
    EXPECT_TRUE(silent.front()->isClosed());
}

TEST(LoopbackServer, AResponseUnderWayOutlivesTheServer)
{
    auto echo = std::make_unique<EchoServer>();
    Client client(*echo);
    client.send(get("/later"));
    ASSERT_TRUE(waitUntil([&] { return echo->held.size() == 1; }));
    const HttpExchange exchange = echo->held[0];
    bool sent = false;
    exchange.respond({200, {}, QByteArray(3'000'000, 'x') + "end|"}, [&sent] { sent = true; });
    echo.reset();
    EXPECT_TRUE(client.hears("xend|"));
    EXPECT_TRUE(client.isClosed());
    EXPECT_TRUE(sent);
    exchange.respond({200, {}, {}}); // nobody waits: nothing happens
}

TEST(LoopbackServer, TheHandlerMayCloseIt)
{
    std::unique_ptr<LoopbackServer> server;
    server = std::make_unique<LoopbackServer>(
        [&server](const HttpRequest &, const HttpExchange &exchange) {
            exchange.respond({200, {}, "bye|"});
            server.reset();
        });
    ASSERT_TRUE(server->listen(QHostAddress::LocalHost, 0));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, server->port());
    socket.write(get("/"));
    QByteArray answer;
    EXPECT_TRUE(waitUntil([&] {
        answer += socket.readAll();
        return socket.state() == QAbstractSocket::UnconnectedState && answer.contains("bye|");
    })) << answer.constData();
}

TEST(LoopbackServer, EndsQuietlyInAThreadOfItsOwn)
{
    static int warnings;
    warnings = 0;
    QThread thread;
    thread.start();
    quint16 port = 0;
    auto *server = new LoopbackServer([](const HttpRequest &, const HttpExchange &) {});
    server->moveToThread(&thread);
    QMetaObject::invokeMethod(
        server,
        [&] {
            server->listen(QHostAddress::LocalHost, 0);
            port = server->port();
        },
        Qt::BlockingQueuedConnection);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    socket.write(get("/"));
    ASSERT_TRUE(waitUntil([&] { return socket.bytesToWrite() == 0; }));
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &) { ++warnings; });
    QMetaObject::invokeMethod(
        server, [server] { delete server; }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
    qInstallMessageHandler(before);
    EXPECT_EQ(warnings, 0) << "objects were moved between threads";
    EXPECT_TRUE(waitUntil([&] { return socket.state() == QAbstractSocket::UnconnectedState; }));
}
