// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/callbacklistener.h"

#include "tests/auth/authworld.h"

#include <QCryptographicHash>
#include <QLocale>
#include <QNetworkInterface>
#include <QRegularExpression>
#include <QSet>

#include <array>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

/// A listener that answers every callback with `outcome` and counts them.
struct Listening
{
    explicit Listening(CallbackListenerLimits limits = {}, const char *host = "localhost",
                       const char *path = "/oauth/callback")
        : listener(limits)
    {
        QObject::connect(&listener, &CallbackListener::callbackReceived, &listener,
                         [this](quint64 id, const CallbackParameters &parameters) {
                             callbacks << parameters.code;
                             if (answers)
                                 listener.answer(id, outcome);
                         });
        QObject::connect(&listener, &CallbackListener::strayRequest, &listener,
                         [this](StrayRequest kind, const QString &line) {
                             strays << kind;
                             lines << line;
                         });
        EXPECT_TRUE(listener.listen(redirectTo(port, host, path)));
    }
    QByteArray ask(const QByteArray &request) { return rawExchange(port, request); }

    quint16 port = freePort();
    CallbackListener listener;
    CallbackOutcome outcome = CallbackOutcome::Connected;
    bool answers = true;
    QList<QByteArray> callbacks;
    QList<StrayRequest> strays;
    QStringList lines;
};

/// True when something on `address` takes connections.
bool connects(const QString &address, quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(address), port);
    waitUntil([&] {
        return socket.state() == QAbstractSocket::ConnectedState ||
               socket.state() == QAbstractSocket::UnconnectedState;
    });
    return socket.state() == QAbstractSocket::ConnectedState;
}

void expectInert(const QByteArray &answer)
{
    EXPECT_TRUE(headerOf(answer, "content-security-policy").contains("default-src 'none'"));
    EXPECT_TRUE(headerOf(answer, "content-security-policy").contains("frame-ancestors 'none'"));
    EXPECT_EQ(headerOf(answer, "cache-control"), "no-store");
    EXPECT_EQ(headerOf(answer, "referrer-policy"), "no-referrer");
    EXPECT_EQ(headerOf(answer, "x-content-type-options"), "nosniff");
    EXPECT_FALSE(answer.contains("<script"));
    EXPECT_FALSE(answer.contains("javascript:"));
    EXPECT_FALSE(answer.toLower().contains("access-control-allow"));
}

} // namespace

TEST(CallbackListener, GetOnTheExactPathIsACallback)
{
    Listening world;
    const QByteArray answer = world.ask(getRequest("/oauth/callback?code=c1&state=s", world.port));
    EXPECT_EQ(statusOf(answer), 303);
    EXPECT_EQ(world.callbacks, QList<QByteArray>{"c1"});
    expectInert(answer);
}

TEST(CallbackListener, CodeAndStateAreNotLeftInTheAddress)
{
    Listening world;
    const QByteArray answer =
        world.ask(getRequest("/oauth/callback?code=s3cret&state=st4te", world.port));
    const QByteArray location = headerOf(answer, "location");
    EXPECT_EQ(location, "/oauth/callback/connected");
    const QByteArray page = world.ask(getRequest(location, world.port));
    EXPECT_EQ(statusOf(page), 200);
    EXPECT_TRUE(headerOf(page, "content-type").startsWith("text/html"));
    EXPECT_TRUE(page.contains("Access allowed"));
    EXPECT_FALSE((answer + page).contains("s3cret"));
    EXPECT_FALSE((answer + page).contains("st4te"));
    expectInert(page);
}

TEST(CallbackListener, EveryOutcomeHasItsPageWithNothingFromElsewhere)
{
    QSet<QByteArray> headings;
    for (const CallbackOutcome outcome :
         {CallbackOutcome::Connected, CallbackOutcome::Declined, CallbackOutcome::Failed,
          CallbackOutcome::Expired, CallbackOutcome::Refused, CallbackOutcome::Unfinished,
          CallbackOutcome::Cancelled}) {
        Listening world;
        world.outcome = outcome;
        const QByteArray answer = world.ask(getRequest("/oauth/callback?state=s", world.port));
        const QByteArray page = world.ask(getRequest(headerOf(answer, "location"), world.port));
        EXPECT_EQ(statusOf(page), outcome == CallbackOutcome::Refused ? 400 : 200);
        expectInert(page);
        EXPECT_FALSE(page.contains("http://")) << page.constData();
        EXPECT_FALSE(page.contains("https://"));
        EXPECT_FALSE(page.contains("url("));
        static const QRegularExpression placeholder(QStringLiteral("@[a-z]+@"));
        EXPECT_FALSE(QString::fromUtf8(page).contains(placeholder))
            << "a placeholder is left" << page.constData();
        const QByteArray heading = page.mid(page.indexOf("<h1>"), page.indexOf("</h1>"));
        EXPECT_FALSE(headings.contains(heading));
        headings.insert(heading);
    }
}

TEST(CallbackListener, PolicyAllowsThePagesOwnStyleByItsHash)
{
    Listening world;
    world.ask(getRequest("/oauth/callback?state=s", world.port));
    const QByteArray page = world.ask(getRequest("/oauth/callback/connected", world.port));
    const qsizetype start = page.indexOf("<style>") + 7;
    const QByteArray style = page.mid(start, page.indexOf("</style>") - start);
    const QByteArray hash = QCryptographicHash::hash(style, QCryptographicHash::Sha256).toBase64();
    EXPECT_TRUE(headerOf(page, "content-security-policy").contains("'sha256-" + hash + "'"));
    EXPECT_FALSE(headerOf(page, "content-security-policy").contains("unsafe"));
}

TEST(CallbackListener, PageNamesTheLanguageOfItsText)
{
    Listening world;
    world.ask(getRequest("/oauth/callback?state=s", world.port));
    const QLocale before;
    // There is no translation into German.
    for (const QLocale &locale : {QLocale::c(), QLocale(QLocale::German)}) {
        QLocale::setDefault(locale);
        const QByteArray page = world.ask(getRequest("/oauth/callback/connected", world.port));
        EXPECT_TRUE(page.contains("<html lang=\"en\">")) << page.constData();
    }
    QLocale::setDefault(before);
}

TEST(CallbackListener, ResultPagesExistOnlyForOutcomesThatHappened)
{
    Listening world;
    EXPECT_EQ(statusOf(world.ask(getRequest("/oauth/callback/connected", world.port))), 404);
    world.ask(getRequest("/oauth/callback?state=s", world.port));
    EXPECT_EQ(statusOf(world.ask(getRequest("/oauth/callback/connected", world.port))), 200);
    EXPECT_EQ(statusOf(world.ask(getRequest("/oauth/callback/failed", world.port))), 404);
}

TEST(CallbackListener, AnythingElseIsRefusedAndChangesNothing)
{
    Listening world;
    const QByteArray host = "Host: localhost:" + QByteArray::number(world.port) + "\r\n";
    struct Row
    {
        QByteArray request;
        int status;
    };
    const QByteArray query = "?code=c&state=s";
    const QList<Row> rows{
        {"GET / HTTP/1.1\r\n" + host + "\r\n", 404},
        {"GET /favicon.ico HTTP/1.1\r\n" + host + "\r\n", 404},
        {"GET /oauth/callbackXYZ" + query + " HTTP/1.1\r\n" + host + "\r\n", 404},
        {"GET /oauth/callback/" + query + " HTTP/1.1\r\n" + host + "\r\n", 404},
        {"GET /oauth/Callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 404},
        {"GET //oauth/callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 404},
        {"GET /oauth/%63allback" + query + " HTTP/1.1\r\n" + host + "\r\n", 404},
        {"GET /x/../oauth/callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 404},
        {"POST /oauth/callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 405},
        {"HEAD /oauth/callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 405},
        {"OPTIONS /oauth/callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 405},
        {"get /oauth/callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 405},
        {"GET /oauth/callback" + query + " HTTP/1.1\r\n\r\n", 400},
        {"GET /oauth/callback" + query + " HTTP/1.1\r\n" + host + host + "\r\n", 400},
        {"GET /oauth/callback" + query + " HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400},
        {"GET /oauth/callback" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
        {"GET /oauth/callback" + query + " HTTP/1.1\r\nHost: localhost:1\r\n\r\n", 400},
        {"GET /oauth/callback" + query +
             " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(world.port) + "\r\n\r\n",
         400},
        {"GET http://localhost/oauth/callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET /oauth/callback" + query + "\r\n" + host + "\r\n", 400},
        {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
        {"GET http://evil.example/oauth/callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET https://localhost:" + QByteArray::number(world.port) + "/oauth/callback" + query +
             " HTTP/1.1\r\n" + host + "\r\n",
         400},
        {"GET http:///oauth/callback" + query + " HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET http://localhost:" + QByteArray::number(world.port) + " HTTP/1.1\r\n" + host + "\r\n",
         404},
        {"GET /oauth/callback" + query + " HTTP/1.1\r\n" + host + "Cookie: a\nX: b\r\n\r\n", 400},
        {"GET /oauth/callback?code=" + QByteArray(70'000, 'x') + " HTTP/1.1\r\n" + host + "\r\n",
         431},
        {"GET /oauth/callback" + query + " HTTP/1.1\r\n" + host + "X: " + QByteArray(80'000, 'x'),
         431},
    };
    for (const Row &row : rows) {
        const QByteArray answer = world.ask(row.request);
        EXPECT_EQ(statusOf(answer), row.status) << row.request.left(120).constData();
        expectInert(answer);
        EXPECT_FALSE(answer.contains("evil")) << "what was asked is not repeated";
    }
    EXPECT_TRUE(world.callbacks.isEmpty());
    EXPECT_EQ(world.lines.size(), rows.size()) << "each leaves a line for the details";
    // And the real one still comes through; the host's case doesn't matter (RFC 9110 §4.2.3).
    EXPECT_EQ(statusOf(world.ask(getRequest("/oauth/callback" + query, world.port, "LOCALHOST"))),
              303);
    EXPECT_EQ(world.callbacks.size(), 1);
}

TEST(CallbackListener, CookiesOfOtherServersOnThisComputerDoNotCount)
{
    Listening world;
    QByteArray request = getRequest("/oauth/callback?code=c1&state=s", world.port);
    request.chop(2);
    // As much as Chromium keeps for one host: 180 of 4 KiB each would be 720 KiB.
    for (int i = 0; i < 180; ++i)
        request += (i % 2 ? "Cookie: c" : "cookie:c") + QByteArray(4'096, 'x') + "\r\n";
    request += "\r\n";
    EXPECT_EQ(statusOf(world.ask(request)), 303);
    EXPECT_EQ(world.callbacks, QList<QByteArray>{"c1"});
}

TEST(CallbackListener, HeadsOfUpTo64KibibytesAreRead)
{
    Listening world;
    QByteArray request = getRequest("/oauth/callback?code=c1&state=s", world.port);
    request.chop(2);
    request += "X: ";
    const QByteArray room(64 * 1024 - request.size() - 4, 'x');
    EXPECT_EQ(statusOf(world.ask(request + room + "\r\n\r\n")), 303);
    EXPECT_EQ(statusOf(world.ask(request + room + "x\r\n\r\n")), 431);
    EXPECT_EQ(world.callbacks.size(), 1);
    EXPECT_EQ(world.strays, QList<StrayRequest>{StrayRequest::TooLarge});
}

TEST(CallbackListener, EndlessCookiesAreNotReadForEver)
{
    CallbackListenerLimits limits;
    limits.headBytes = 1024;
    Listening world(limits);
    QByteArray request = getRequest("/oauth/callback?code=c1&state=s", world.port);
    request.chop(2);
    EXPECT_EQ(statusOf(world.ask(request + "Cookie: " + QByteArray(17 * 1024, 'x'))), 431);
    EXPECT_TRUE(world.callbacks.isEmpty());
}

TEST(CallbackListener, GuessesOfTheBrowserSpendNothing)
{
    for (const QByteArray &header :
         {QByteArray("Sec-Purpose: prefetch"), QByteArray("Sec-Purpose: prefetch;prerender"),
          QByteArray("sec-purpose: prefetch;anonymous-client-ip"), QByteArray("Purpose: prefetch"),
          QByteArray("X-Purpose: preview"), QByteArray("X-Purpose: instant"),
          QByteArray("X-moz: prefetch"), QByteArray("PURPOSE: Prefetch")}) {
        Listening world;
        const QByteArray visit = getRequest("/oauth/callback?code=c1&state=s", world.port);
        QByteArray guess = visit;
        guess.chop(2);
        const QByteArray answer = world.ask(guess + header + "\r\n\r\n");
        EXPECT_EQ(statusOf(answer), 503) << header.constData();
        expectInert(answer);
        EXPECT_TRUE(world.callbacks.isEmpty()) << header.constData();
        EXPECT_EQ(world.strays, QList<StrayRequest>{StrayRequest::Speculative});
        EXPECT_EQ(statusOf(world.ask(visit)), 303);
        EXPECT_EQ(world.callbacks.size(), 1);
    }
    Listening world;
    QByteArray visit = getRequest("/oauth/callback?code=c1&state=s", world.port);
    visit.chop(2);
    EXPECT_EQ(statusOf(world.ask(visit + "Sec-Purpose: \r\nPurpose: navigation\r\n\r\n")), 303);
}

TEST(CallbackListener, PrefetchedResultPageIsNotShown)
{
    Listening world;
    QList<CallbackOutcome> shown;
    QObject::connect(&world.listener, &CallbackListener::resultShown, &world.listener,
                     [&](CallbackOutcome outcome) { shown << outcome; });
    world.ask(getRequest("/oauth/callback?state=s", world.port));
    const QByteArray page = getRequest("/oauth/callback/connected", world.port);
    EXPECT_EQ(statusOf(world.ask(page.chopped(2) + "Sec-Purpose: prefetch\r\n\r\n")), 503);
    EXPECT_TRUE(shown.isEmpty());
    EXPECT_EQ(statusOf(world.ask(page)), 200);
    EXPECT_TRUE(waitUntil([&] { return shown.size() == 1; }));
}

TEST(CallbackListener, TlsHelloIsClosedAtOnce)
{
    CallbackListenerLimits limits;
    limits.connectionMilliseconds = 3'600'000; // so that only closing it ends it
    Listening world(limits);
    QByteArray hello = QByteArray::fromHex("16030100dc010000d80303") + QByteArray(200, '\x11');
    EXPECT_EQ(world.ask(hello), QByteArray());
    EXPECT_EQ(world.strays, QList<StrayRequest>{StrayRequest::Https});
    EXPECT_EQ(world.ask(hello.left(1)), QByteArray()) << "one byte tells";
    EXPECT_TRUE(world.callbacks.isEmpty());
    EXPECT_EQ(statusOf(world.ask(getRequest("/oauth/callback?state=s", world.port))), 303);
}

TEST(CallbackListener, AbsoluteFormIsReadAsOriginForm)
{
    Listening world;
    const QByteArray port = QByteArray::number(world.port);
    for (const QByteArray &request : {"GET http://localhost:" + port +
                                          "/oauth/callback?code=C&state=S HTTP/1.1\r\nHost: "
                                          "localhost:" +
                                          port + "\r\n\r\n",
                                      "GET HTTP://LocalHost:" + port +
                                          "/oauth/callback?code=C&state=S HTTP/1.1\r\nHost: "
                                          "localhost:" +
                                          port + "\r\n\r\n",
                                      // The target's authority counts, whatever the field says.
                                      "GET http://localhost:" + port +
                                          "/oauth/callback?code=C&state=S HTTP/1.1\r\nHost: "
                                          "proxy.example\r\n\r\n"}) {
        world.callbacks.clear();
        EXPECT_EQ(statusOf(world.ask(request)), 303) << request.constData();
        EXPECT_EQ(world.callbacks, QList<QByteArray>{"C"}) << request.constData();
    }
}

TEST(CallbackListener, LinesForTheDetailsSayWhatCameWithoutSecrets)
{
    Listening world;
    const QByteArray host = "Host: localhost:" + QByteArray::number(world.port) + "\r\n";
    const QByteArray secret = "?code=s3cret&state=st4te HTTP/1.1\r\nCookie: c00kie=1\r\n";
    world.ask("GET /favicon.ico" + secret + host + "\r\n");
    world.ask("GET /oauth/callback/s3cret" + secret + host + "\r\n");
    world.ask("POST /oauth/callback" + secret + host + "\r\n");
    world.ask("GET /oauth/callback" + secret + "Host: 127.0.0.1:1\r\n\r\n");
    world.ask("GET /oauth/callback" + secret + host + "Purpose: prefetch\r\n\r\n");
    world.ask("s3cret st4te c00kie\r\n\r\n");
    world.ask("GET /oauth/callback" + secret + "Host: " + QByteArray(5'000, 'h') + "\r\n\r\n");
    world.ask(QByteArray(3'000, 'M') + " /" + QByteArray(5'000, 'p') + secret + host + "\r\n");
    ASSERT_EQ(world.lines.size(), 8);
    EXPECT_TRUE(world.lines.at(0).contains(QStringLiteral("GET /favicon.ico")));
    EXPECT_TRUE(world.lines.at(0).contains(QStringLiteral("404")));
    world.ask("GET /" + QByteArray(20, 'a') + '/' + QByteArray(21, 'b') + secret + host + "\r\n");
    EXPECT_TRUE(world.lines.last().contains(QString(20, QLatin1Char('a')) + QStringLiteral("/…")))
        << qPrintable(world.lines.last());
    EXPECT_TRUE(world.lines.at(2).contains(QStringLiteral("POST /oauth/callback")));
    EXPECT_TRUE(world.lines.at(3).contains(QStringLiteral("127.0.0.1:1")));
    EXPECT_TRUE(world.lines.at(4).contains(QStringLiteral("503")));
    for (const QString &line : world.lines) {
        EXPECT_LT(line.size(), 300) << qPrintable(line);
        for (const char *hidden : {"s3cret", "st4te", "c00kie", "?"})
            EXPECT_FALSE(line.contains(QLatin1String(hidden))) << qPrintable(line);
    }
}

TEST(CallbackListener, RequestThatEndsHalfwayLeavesALine)
{
    CallbackListenerLimits limits;
    limits.connectionMilliseconds = 50;
    Listening world(limits);
    world.ask("GET /oauth/callback?code=s3cret HTTP/1.1\r\nHost: loc");
    EXPECT_EQ(world.strays, QList<StrayRequest>{StrayRequest::Other});
    EXPECT_FALSE(world.lines.value(0).contains(QStringLiteral("s3cret")));
    // Browsers open connections that they may need: nothing to tell of.
    world.ask({});
    EXPECT_EQ(world.lines.size(), 1);
}

TEST(CallbackListener, RefusalOfAMethodNamesTheOneAllowed)
{
    Listening world;
    const QByteArray answer = world.ask("POST /oauth/callback HTTP/1.1\r\nHost: localhost:" +
                                        QByteArray::number(world.port) + "\r\n\r\n");
    EXPECT_EQ(headerOf(answer, "allow"), "GET");
}

TEST(CallbackListener, LocalhostMeansBothLoopbackAddressesAndNoOther)
{
    Listening world;
    EXPECT_TRUE(connects(QStringLiteral("127.0.0.1"), world.port));
    EXPECT_FALSE(connects(QStringLiteral("127.0.0.2"), world.port));
    QTcpServer six;
    if (six.listen(QHostAddress::LocalHostIPv6)) { // the machine has IPv6
        EXPECT_EQ(statusOf(rawExchange(world.port, getRequest("/oauth/callback", world.port),
                                       QStringLiteral("::1"))),
                  303);
    }
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (!address.isLoopback() && address.scopeId().isEmpty()) {
            EXPECT_FALSE(connects(address.toString(), world.port))
                << qPrintable(address.toString());
        }
    }
}

TEST(CallbackListener, LiteralAddressMeansThatOneAlone)
{
    const quint16 port = freePort();
    CallbackListener listener;
    ASSERT_TRUE(listener.listen(redirectTo(port, "127.0.0.1")));
    EXPECT_TRUE(connects(QStringLiteral("127.0.0.1"), port));
    EXPECT_FALSE(connects(QStringLiteral("::1"), port));
    QTcpServer six;
    if (!six.listen(QHostAddress::LocalHostIPv6))
        return;
    const quint16 sixPort = freePort();
    CallbackListener sixListener;
    ASSERT_TRUE(sixListener.listen(redirectTo(sixPort, "[::1]")));
    EXPECT_FALSE(connects(QStringLiteral("127.0.0.1"), sixPort));
    EXPECT_EQ(
        statusOf(rawExchange(sixPort, getRequest("/", sixPort, "[::1]"), QStringLiteral("::1"))),
        404);
    EXPECT_EQ(
        statusOf(rawExchange(sixPort, getRequest("/", sixPort, "::1"), QStringLiteral("::1"))),
        400);
}

TEST(CallbackListener, ClosedListenerFreesThePort)
{
    const quint16 port = freePort();
    CallbackListener listener;
    EXPECT_FALSE(connects(QStringLiteral("127.0.0.1"), port));
    ASSERT_TRUE(listener.listen(redirectTo(port)));
    EXPECT_TRUE(listener.isListening());
    listener.close();
    EXPECT_FALSE(listener.isListening());
    EXPECT_FALSE(connects(QStringLiteral("127.0.0.1"), port));
    EXPECT_TRUE(listener.listen(redirectTo(port)));
}

TEST(CallbackListener, TakenPortIsNamed)
{
    for (const auto address : {QHostAddress::LocalHost, QHostAddress::AnyIPv4}) {
        QTcpServer other;
        ASSERT_TRUE(other.listen(address));
        CallbackListener listener;
        const Result<void> result = listener.listen(redirectTo(other.serverPort()));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::PortInUse);
        EXPECT_TRUE(result.error().summary.contains(QString::number(other.serverPort())));
        EXPECT_FALSE(listener.isListening());
    }
}

TEST(CallbackListener, TakenOnIpv6AloneIsTakenToo)
{
    QTcpServer other;
    if (!other.listen(QHostAddress::LocalHostIPv6))
        GTEST_SKIP() << "no IPv6 here";
    CallbackListener listener;
    const Result<void> result = listener.listen(redirectTo(other.serverPort()));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::PortInUse);
    EXPECT_FALSE(connects(QStringLiteral("127.0.0.1"), other.serverPort()));
}

TEST(CallbackListener, RedirectUrisThatLeadElsewhereAreRefused)
{
    for (const char *uri :
         {"https://localhost:3000/cb", "http://example.com:3000/cb", "http://0.0.0.0:3000/cb",
          "http://[::]:3000/cb", "http://user@localhost:3000/cb", "http://localhost:3000/cb#x",
          "com.example.app:/cb", "http://localhost.evil.example/cb", "",
          "http://localhost:99999/cb", "http://192.168.0.1:3000/cb"}) {
        CallbackListener listener;
        const Result<void> result = listener.listen(QString::fromLatin1(uri));
        ASSERT_FALSE(result) << uri;
        EXPECT_EQ(result.error().kind, ErrorKind::SignIn) << uri;
        EXPECT_FALSE(listener.isListening());
    }
}

TEST(CallbackListener, SilentConnectionsAreClosedInTime)
{
    CallbackListenerLimits limits;
    limits.connectionMilliseconds = 100;
    Listening world(limits);
    EXPECT_EQ(world.ask({}), QByteArray());
    EXPECT_EQ(world.ask("GET /oauth/callback HTTP/1.1\r\nHost: loc"), QByteArray());
    EXPECT_TRUE(world.callbacks.isEmpty());
}

TEST(CallbackListener, OldestThatHasNotAskedMakesRoom)
{
    CallbackListenerLimits limits;
    limits.connectionMilliseconds = 3'600'000;
    limits.connections = 2;
    Listening world(limits);
    std::array<QTcpSocket, 3> silent;
    for (QTcpSocket &socket : silent) {
        socket.connectToHost(QHostAddress::LocalHost, world.port);
        ASSERT_TRUE(waitUntil([&] { return socket.state() == QAbstractSocket::ConnectedState; }));
    }
    EXPECT_TRUE(waitUntil([&] { return silent[0].state() == QAbstractSocket::UnconnectedState; }));
    // The others go on: a request by each is answered.
    for (QTcpSocket *socket : {&silent[1], &silent[2]}) {
        EXPECT_EQ(socket->state(), QAbstractSocket::ConnectedState);
        socket->write(getRequest("/", world.port));
        EXPECT_TRUE(waitUntil([&] { return socket->bytesAvailable() > 0; }));
    }
}

TEST(CallbackListener, CallbackThatWaitsForTheExchangeOutlivesTheTimeLimit)
{
    CallbackListenerLimits limits;
    limits.connectionMilliseconds = 50;
    Listening world(limits);
    world.answers = false;
    quint64 id = 0;
    QObject::connect(&world.listener, &CallbackListener::callbackReceived, &world.listener,
                     [&](quint64 callback) { id = callback; });
    QTcpSocket tab;
    tab.connectToHost(QHostAddress::LocalHost, world.port);
    tab.write(getRequest("/oauth/callback?state=s", world.port));
    ASSERT_TRUE(waitUntil([&] { return id != 0; }));
    // A silent connection that came later has been closed by now; this one hasn't.
    EXPECT_EQ(world.ask({}), QByteArray());
    EXPECT_TRUE(world.listener.answer(id, CallbackOutcome::Connected));
    EXPECT_FALSE(world.listener.answer(id, CallbackOutcome::Connected)) << "once only";
    ASSERT_TRUE(waitUntil([&] { return tab.state() == QAbstractSocket::UnconnectedState; }));
    EXPECT_EQ(statusOf(tab.readAll()), 303);
}

TEST(CallbackListener, AnswerToATabThatWentAwaySaysSo)
{
    Listening world;
    world.answers = false;
    quint64 id = 0;
    QObject::connect(&world.listener, &CallbackListener::callbackReceived, &world.listener,
                     [&](quint64 callback) { id = callback; });
    auto tab = std::make_unique<QTcpSocket>();
    tab->connectToHost(QHostAddress::LocalHost, world.port);
    tab->write(getRequest("/oauth/callback?state=s", world.port));
    ASSERT_TRUE(waitUntil([&] { return id != 0; }));
    tab.reset();
    EXPECT_TRUE(waitUntil([&] { return !world.listener.answer(id, CallbackOutcome::Failed); }));
}

TEST(CallbackListener, ResultShownComesWithItsPage)
{
    Listening world;
    QList<CallbackOutcome> shown;
    QObject::connect(&world.listener, &CallbackListener::resultShown, &world.listener,
                     [&](CallbackOutcome outcome) { shown << outcome; });
    world.ask(getRequest("/oauth/callback?state=s", world.port));
    EXPECT_TRUE(shown.isEmpty());
    world.ask(getRequest("/oauth/callback/connected", world.port));
    EXPECT_TRUE(waitUntil([&] { return shown.size() == 1; }));
    EXPECT_EQ(shown.value(0), CallbackOutcome::Connected);
}

TEST(CallbackListener, CloseWithinItsOwnSignalIsSafe)
{
    Listening world;
    world.answers = false;
    QObject::connect(&world.listener, &CallbackListener::callbackReceived, &world.listener,
                     [&](quint64 id) {
                         world.listener.answerAtOnce(id, CallbackOutcome::Cancelled);
                         world.listener.close();
                     });
    const QByteArray page = world.ask(getRequest("/oauth/callback?state=s", world.port));
    EXPECT_EQ(statusOf(page), 200);
    EXPECT_TRUE(page.contains("cancelled"));
}
