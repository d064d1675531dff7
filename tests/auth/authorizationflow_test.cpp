// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/pkce.h"
#include "app/base/json.h"
#include "app/sandbox/sandboxserver.h"
#include "app/sandbox/sandboxvisitor.h"

#include "app/auth/callbacklistener.h"
#include "tests/auth/signin.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

using FlowState = AuthorizationFlow::State;

QJsonObject exchangeBody(const SignIn &world)
{
    return world.server.requests.isEmpty()
               ? QJsonObject()
               : QJsonDocument::fromJson(world.server.requests.last().body).object();
}

} // namespace

TEST(AuthorizationFlow, AuthorizeAddressHasExactlyTheFiveParameters)
{
    SignIn world;
    world.start();
    ASSERT_EQ(world.browser.size(), 1);
    const QUrl url = world.browser.first();
    EXPECT_EQ(url.path(), QStringLiteral("/oauth/authorize"));
    EXPECT_EQ(url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery), world.server.url());
    QStringList names;
    const QUrlQuery query(url);
    for (const auto &item : query.queryItems())
        names << item.first;
    names.sort();
    EXPECT_EQ(names.join(QLatin1Char(' ')),
              QStringLiteral("client_id code_challenge redirect_uri response_type state"));
    const auto value = [&](const char *name) {
        return query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
    };
    EXPECT_EQ(value("client_id"), world.sale.clientUuid);
    EXPECT_EQ(value("redirect_uri"), world.sale.redirectUris.first());
    EXPECT_EQ(value("response_type"), QStringLiteral("code"));
    EXPECT_EQ(value("state").size(), 43);
    EXPECT_EQ(value("code_challenge").size(), 43);
    EXPECT_EQ(world.flow->state(), FlowState::WaitingForBrowser);
    EXPECT_EQ(world.flow->authorizeUrl(), url);
}

TEST(AuthorizationFlow, RedirectUriIsSentCharacterForCharacter)
{
    const QString odd = QStringLiteral("http://localhost:%1/a%20b/C?x=1%262&y=%2F+z");
    SignIn world;
    world.sale.redirectUris = {odd.arg(world.port)};
    world.start();
    ASSERT_EQ(world.browser.size(), 1);
    // Decoded once as the service does it, not as QUrlQuery would.
    const QByteArray query = world.browser.first().query(QUrl::FullyEncoded).toLatin1();
    QByteArray sent;
    for (const QByteArray &pair : query.split('&')) {
        if (pair.startsWith("redirect_uri="))
            sent = QByteArray::fromPercentEncoding(pair.mid(13));
    }
    EXPECT_EQ(sent, world.sale.redirectUris.first().toLatin1());
    const QByteArray answer =
        rawExchange(world.port, getRequest("/a%20b/C?x=1%262&y=%2F+z&code=c&state=" + world.state(),
                                           world.port));
    EXPECT_EQ(statusOf(answer), 303);
    EXPECT_EQ(exchangeBody(world).value(QLatin1String("redirect_uri")).toString(),
              world.sale.redirectUris.first());
}

TEST(AuthorizationFlow, ExchangeIsJsonWithThreeMembersAndNoAuthorization)
{
    SignIn world;
    world.start();
    const QByteArray redirect = world.comeBack("code=c%2B1%22%5C&state=" + world.state());
    EXPECT_EQ(headerOf(redirect, "location"), "/oauth/callback/connected");
    world.page(redirect);
    ASSERT_TRUE(world.waitForEnd());
    ASSERT_TRUE(world.results[0]);
    EXPECT_EQ(world.results[0]->accessToken, "access-1");
    EXPECT_EQ(world.results[0]->refreshToken, "refresh-1");
    EXPECT_EQ(world.results[0]->expiresAt, world.clock.wall + 3600);

    ASSERT_EQ(world.server.requests.size(), 1);
    const SeenRequest &request = world.server.requests[0];
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/oauth.ExchangeAuthorizationCodeV2");
    EXPECT_EQ(request.header("content-type"), "application/json");
    EXPECT_FALSE(request.header("authorization"));
    EXPECT_FALSE(request.header("cookie"));
    const QJsonObject body = exchangeBody(world);
    EXPECT_EQ(body.keys().join(QLatin1Char(' ')),
              QStringLiteral("code code_verifier redirect_uri"));
    EXPECT_EQ(body.value(QLatin1String("code")).toString(), QStringLiteral("c+1\"\\"));
    EXPECT_EQ(body.value(QLatin1String("redirect_uri")).toString(), world.sale.redirectUris[0]);
    // The verifier belongs to the challenge that the browser took along.
    const QByteArray verifier = body.value(QLatin1String("code_verifier")).toString().toLatin1();
    EXPECT_EQ(QString::fromLatin1(pkceChallenge(verifier)),
              QUrlQuery(world.browser[0]).queryItemValue(QStringLiteral("code_challenge")));
}

TEST(AuthorizationFlow, PagesAndApiMayHaveAPathOfTheirOwn)
{
    SignIn world;
    world.sale.frontendUrl = QUrl(world.server.url().toString() + QStringLiteral("/front"));
    world.sale.apiUrl = QUrl(world.server.url().toString() + QStringLiteral("/api/v1"));
    world.start();
    EXPECT_EQ(world.browser.value(0).path(), QStringLiteral("/front/oauth/authorize"));
    world.comeBack("code=c&state=" + world.state());
    ASSERT_EQ(world.server.requests.size(), 1);
    EXPECT_EQ(world.server.requests[0].target, "/api/v1/oauth.ExchangeAuthorizationCodeV2");
}

TEST(AuthorizationFlow, StateAndVerifierAreFreshEachTime)
{
    QSet<QString> seen;
    for (int i = 0; i < 3; ++i) {
        SignIn world;
        world.start();
        const QUrlQuery query(world.browser.value(0));
        seen.insert(query.queryItemValue(QStringLiteral("state")));
        seen.insert(query.queryItemValue(QStringLiteral("code_challenge")));
    }
    EXPECT_EQ(seen.size(), 6);
}

TEST(AuthorizationFlow, ErrorWithoutAStateIsReportedAndTheSignInGoesOn)
{
    SignIn world;
    world.start();
    for (const QByteArray &query :
         {QByteArray("error=access_denied"), QByteArray("error=access_denied&state="),
          "error=" + QByteArray(3'000, 'x') + "%0A%3Cb%3E&error_description=call%20555"}) {
        const QByteArray redirect = world.comeBack(query);
        EXPECT_EQ(headerOf(redirect, "location"), "/oauth/callback/refused");
    }
    ASSERT_EQ(world.reported.size(), 3);
    EXPECT_EQ(world.reported[0], QStringLiteral("Sonar may have ended the sign-in: access_denied. "
                                                "Try again or cancel."));
    EXPECT_LT(world.reported[2].size(), 140);
    EXPECT_FALSE(world.reported[2].contains(QStringLiteral("555")));
    EXPECT_TRUE(world.refused.isEmpty());
    EXPECT_TRUE(world.results.isEmpty()) << "any page of this computer could end it";

    world.page(world.comeBack("code=good&state=" + world.state()));
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_TRUE(world.results[0]);
}

TEST(AuthorizationFlow, RefusesCallbacksWithoutTheRightStateAndGoesOn)
{
    SignIn world;
    world.start();
    const QByteArray right = world.state();
    QByteArray changed = right;
    changed[5] = changed[5] == 'x' ? 'y' : 'x';
    const QList<QByteArray> wrong{
        "code=evil",
        "code=evil&state=",
        "code=evil&state=" + changed,
        "code=evil&state=" + right.left(42),
        "code=evil&state=" + right + "&state=" + right,
        "code=evil&code=evil&state=" + right,
        "error=access_denied&state=" + changed,
        "error=access_denied&error=x&state=" + right,
        "",
    };
    for (const QByteArray &query : wrong) {
        const QByteArray redirect = world.comeBack(query);
        EXPECT_EQ(headerOf(redirect, "location"), "/oauth/callback/refused") << query.constData();
        EXPECT_EQ(statusOf(world.page(redirect)), 400);
    }
    EXPECT_EQ(world.refused.size(), wrong.size());
    for (const QString &why : world.refused)
        EXPECT_FALSE(why.contains(QStringLiteral("evil")));
    EXPECT_TRUE(world.server.requests.isEmpty()) << "no code was exchanged";
    EXPECT_TRUE(world.results.isEmpty());
    EXPECT_EQ(world.flow->state(), FlowState::WaitingForBrowser);

    world.page(world.comeBack("code=good&state=" + right));
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_TRUE(world.results[0]);
}

TEST(AuthorizationFlow, StateOfAnotherAccountsSignInIsRefusedAndBothGoOn)
{
    SignIn ada;
    SignIn grace;
    ada.start();
    grace.start();
    const QByteArray redirect = ada.comeBack("code=c&state=" + grace.state());
    EXPECT_EQ(headerOf(redirect, "location"), "/oauth/callback/refused");
    EXPECT_EQ(ada.refused.size(), 1);
    EXPECT_TRUE(ada.results.isEmpty());
    for (SignIn *world : {&grace, &ada}) {
        world->page(world->comeBack("code=c&state=" + world->state()));
        ASSERT_TRUE(world->waitForEnd());
        EXPECT_TRUE(world->results[0]);
    }
}

TEST(AuthorizationFlow, StateWorksOnceEvenWhileTheExchangeRuns)
{
    SignIn world;
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    world.start();
    QTcpSocket tab;
    tab.connectToHost(QHostAddress::LocalHost, world.port);
    const QByteArray query = "code=c&state=" + world.state();
    tab.write(getRequest("/oauth/callback?" + query, world.port));
    ASSERT_TRUE(waitUntil([&] { return world.server.requests.size() == 1; }));
    EXPECT_EQ(world.flow->state(), FlowState::Finishing);
    EXPECT_EQ(headerOf(world.comeBack(query), "location"), "/oauth/callback/refused");
    EXPECT_EQ(headerOf(world.comeBack("error=access_denied&state=" + world.state()), "location"),
              "/oauth/callback/refused");
    world.server.release(answered(200, tokenAnswer("a", "r")));
    ASSERT_TRUE(waitUntil([&] { return tab.state() == QAbstractSocket::UnconnectedState; }));
    EXPECT_EQ(headerOf(tab.readAll(), "location"), "/oauth/callback/connected");
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_TRUE(world.results[0]);
    EXPECT_EQ(world.server.requests.size(), 1);
}

TEST(AuthorizationFlow, PrefetchSpendsNeitherStateNorCode)
{
    SignIn world;
    world.start();
    const QByteArray visit =
        getRequest("/oauth/callback?code=c&state=" + world.state(), world.port);
    EXPECT_EQ(statusOf(rawExchange(world.port, visit.chopped(2) + "Sec-Purpose: prefetch\r\n\r\n")),
              503);
    EXPECT_EQ(world.flow->state(), FlowState::WaitingForBrowser);
    EXPECT_TRUE(world.server.requests.isEmpty());
    world.page(rawExchange(world.port, visit));
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_TRUE(world.results[0]);
    EXPECT_EQ(world.server.requests.size(), 1);
}

TEST(AuthorizationFlow, BrowserThatComesByHttpsIsToldOfAndTheSignInGoesOn)
{
    SignIn world;
    world.start();
    rawExchange(world.port, QByteArray::fromHex("16030100dc010000d80303"));
    ASSERT_EQ(world.hindered.size(), 1);
    EXPECT_TRUE(world.hindered[0].contains(QStringLiteral("https")));
    EXPECT_FALSE(world.flow->strayRequests().isEmpty());
    world.page(world.comeBack("code=c&state=" + world.state()));
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_TRUE(world.results[0]);
}

TEST(AuthorizationFlow, CallbackThatIsTooLargeIsToldOf)
{
    SignIn world;
    world.start();
    EXPECT_EQ(statusOf(world.comeBack("code=" + QByteArray(70'000, 'c'))), 431);
    EXPECT_EQ(world.hindered.size(), 1);
}

TEST(AuthorizationFlow, WhatCameBesidesTheCallbackStandsInTheDetails)
{
    SignIn world;
    world.start();
    EXPECT_TRUE(world.flow->strayRequests().isEmpty());
    world.page("HTTP/1.1 303 See Other\r\nLocation: /favicon.ico\r\n\r\n");
    world.page("HTTP/1.1 303 See Other\r\nLocation: /favicon.ico\r\n\r\n");
    world.comeBack("code=s3cret&state=f0reign");
    for (int i = 0; i < 100; ++i)
        world.page("HTTP/1.1 303 See Other\r\nLocation: /" + QByteArray(i % 50 + 1, 'x') + "/" +
                   QByteArray(i / 50 + 1, 'y') + "\r\n\r\n");
    const QString waiting = world.flow->strayRequests();
    EXPECT_TRUE(waiting.contains(QStringLiteral("GET /favicon.ico")) &&
                waiting.contains(QStringLiteral("(×2)")))
        << qPrintable(waiting);
    EXPECT_LE(waiting.count(QLatin1Char('\n')), 21) << "bounded";
    world.clock.pass(601);
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_TRUE(world.error().details.contains(waiting)) << qPrintable(world.error().details);
    EXPECT_FALSE(world.error().report().contains(QStringLiteral("s3cret")));
    EXPECT_FALSE(world.error().report().contains(QStringLiteral("f0reign")));
}

TEST(AuthorizationFlow, ConnectsByEveryFormOfTheTokenReply)
{
    for (
        const char *reply :
        {R"({"access_token":"A","refresh_token":"R","token_type":"Bearer","expires_in":"3600"})",
         R"({"access_token":"A.eyJleHAiOjQxMDI0NDQ4MDB9.A","refresh_token":"R","token_type":"Bearer"})"}) {
        SignIn world;
        world.server.play(answered(200, reply));
        world.start();
        world.page(world.comeBack("code=c&state=" + world.state()));
        ASSERT_TRUE(world.waitForEnd());
        ASSERT_TRUE(world.results[0]) << reply << qPrintable(world.error().report());
        EXPECT_GE(world.results[0]->expiresAt, world.clock.wall + 3600);
    }
}

TEST(AuthorizationFlow, ErrorsOfTheServiceEndItWithTheirSentence)
{
    SignIn declined;
    declined.start();
    const QByteArray redirect =
        declined.comeBack("error=access_denied&error_description=no&state=" + declined.state());
    EXPECT_EQ(headerOf(redirect, "location"), "/oauth/callback/declined");
    EXPECT_TRUE(declined.page(redirect).contains("You declined"));
    ASSERT_TRUE(declined.waitForEnd());
    EXPECT_EQ(declined.error().kind, ErrorKind::SignIn);
    EXPECT_TRUE(declined.server.requests.isEmpty());

    SignIn failed;
    failed.start();
    const QByteArray other = failed.comeBack(
        "error=server_error&error_description=" + QByteArray("%3Cb%3Ehi%E2%80%AE%0A").repeated(99) +
        "&state=" + failed.state());
    EXPECT_EQ(headerOf(other, "location"), "/oauth/callback/failed");
    failed.page(other);
    ASSERT_TRUE(failed.waitForEnd());
    EXPECT_EQ(failed.error().kind, ErrorKind::SignIn);
    EXPECT_TRUE(failed.error().details.contains(QStringLiteral("server_error")));
    EXPECT_LT(failed.error().details.size(), 600);
    EXPECT_TRUE(failed.error().summary.contains(QStringLiteral("It says: <b>hi")));
    EXPECT_LT(failed.error().summary.size(), 300);
    EXPECT_FALSE(failed.error().summary.contains(QChar(0x202e)));
    EXPECT_FALSE(failed.error().details.contains(QChar(0x202e)));
    EXPECT_NE(failed.error().summary, declined.error().summary);
}

TEST(AuthorizationFlow, AnswerWithoutACodeEndsIt)
{
    SignIn world;
    world.start();
    world.page(world.comeBack("state=" + world.state()));
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_EQ(world.error().kind, ErrorKind::SignIn);
    EXPECT_TRUE(world.server.requests.isEmpty());
}

TEST(AuthorizationFlow, ExpiresAfterTenMinutes)
{
    SignIn world;
    world.start();
    EXPECT_EQ(world.flow->secondsLeft(), 600);
    world.clock.pass(599);
    EXPECT_EQ(world.flow->secondsLeft(), 1);
    world.clock.wall -= 86'400; // setting the clock back doesn't lengthen it
    world.clock.steady += 1'000;
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_EQ(world.error().kind, ErrorKind::SignIn);
    EXPECT_TRUE(world.error().summary.contains(QStringLiteral("expired")));
    CallbackListener again;
    EXPECT_TRUE(again.listen(world.sale.redirectUris[0])) << "the port is free";
}

TEST(AuthorizationFlow, CallbackAfterTenMinutesIsToldThatItExpired)
{
    SignIn world;
    world.start();
    world.clock.pass(600); // before the flow has looked at the clock
    const QByteArray redirect = world.comeBack("code=c&state=" + world.state());
    EXPECT_EQ(headerOf(redirect, "location"), "/oauth/callback/expired");
    EXPECT_TRUE(world.page(redirect).contains("expired"));
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_TRUE(world.error().summary.contains(QStringLiteral("expired")));
    EXPECT_TRUE(world.server.requests.isEmpty());
}

TEST(AuthorizationFlow, TakenPortIsNamedAndNothingIsOpened)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    SignIn world({redirectTo(other.serverPort())});
    world.start();
    EXPECT_TRUE(world.browser.isEmpty());
    ASSERT_EQ(world.results.size(), 1);
    EXPECT_EQ(world.error().kind, ErrorKind::PortInUse);
    EXPECT_TRUE(world.error().summary.contains(QString::number(other.serverPort())));
}

TEST(AuthorizationFlow, TriesTheNextRedirectUriWhenAPortIsTaken)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    SignIn world;
    const QString second = redirectTo(world.port, "127.0.0.1", "/other/path");
    world.sale.redirectUris = {redirectTo(other.serverPort()), second};
    world.start();
    ASSERT_EQ(world.browser.size(), 1);
    EXPECT_EQ(QUrlQuery(world.browser[0])
                  .queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded),
              second);
    rawExchange(world.port,
                getRequest("/other/path?code=c&state=" + world.state(), world.port, "127.0.0.1"));
    EXPECT_EQ(exchangeBody(world).value(QLatin1String("redirect_uri")).toString(), second);
}

TEST(AuthorizationFlow, AllPortsTakenNamesThemAll)
{
    QTcpServer first;
    QTcpServer second;
    ASSERT_TRUE(first.listen(QHostAddress::LocalHost) && second.listen(QHostAddress::LocalHost));
    SignIn world({redirectTo(first.serverPort()), redirectTo(second.serverPort())});
    world.start();
    EXPECT_EQ(world.error().kind, ErrorKind::PortInUse);
    for (const quint16 port : {first.serverPort(), second.serverPort()})
        EXPECT_TRUE(world.error().summary.contains(QString::number(port)));
}

TEST(AuthorizationFlow, ListensOnlyWhileASignInIsPending)
{
    SignIn world;
    const auto listening = [&] {
        QTcpServer probe;
        return !probe.listen(QHostAddress::LocalHost, world.port);
    };
    EXPECT_FALSE(listening());
    world.start();
    EXPECT_TRUE(listening());
    world.flow->cancel();
    ASSERT_EQ(world.results.size(), 1) << "cancel ends it at once";
    EXPECT_EQ(world.error().kind, ErrorKind::Cancelled);
    EXPECT_FALSE(listening());

    SignIn done;
    done.start();
    done.page(done.comeBack("code=c&state=" + done.state()));
    ASSERT_TRUE(done.waitForEnd());
    QTcpServer probe;
    EXPECT_TRUE(probe.listen(QHostAddress::LocalHost, done.port));
}

TEST(AuthorizationFlow, CancelDuringTheExchangeTellsTheTab)
{
    SignIn world;
    world.server.play(Scripted{{}, Scripted::Then::Hold});
    world.start();
    QTcpSocket tab;
    tab.connectToHost(QHostAddress::LocalHost, world.port);
    tab.write(getRequest("/oauth/callback?code=c&state=" + world.state(), world.port));
    ASSERT_TRUE(waitUntil([&] { return world.server.requests.size() == 1; }));
    world.flow->cancel();
    EXPECT_EQ(world.error().kind, ErrorKind::Cancelled);
    ASSERT_TRUE(waitUntil([&] { return tab.state() == QAbstractSocket::UnconnectedState; }));
    EXPECT_TRUE(tab.readAll().contains("cancelled"));
    world.flow->cancel();
    EXPECT_EQ(world.results.size(), 1);
}

TEST(AuthorizationFlow, CanBeDeletedAtAnyPoint)
{
    for (int point = 0; point < 4; ++point) {
        SignIn world;
        world.server.play(Scripted{{}, Scripted::Then::Hold});
        if (point == 0) {
            world.flow = std::make_unique<AuthorizationFlow>(world.sale, QStringLiteral("ada"));
            world.flow->start();
        } else {
            world.start();
        }
        QTcpSocket tab;
        if (point >= 2) {
            tab.connectToHost(QHostAddress::LocalHost, world.port);
            tab.write(getRequest("/oauth/callback?code=c&state=" + world.state(), world.port));
            ASSERT_TRUE(waitUntil([&] { return world.server.requests.size() == 1; }));
        }
        world.flow.reset();
        if (point == 3)
            world.server.release(answered(200, tokenAnswer("a", "r")));
        QTcpServer probe;
        EXPECT_TRUE(probe.listen(QHostAddress::LocalHost, world.port)) << point;
        EXPECT_TRUE(handlePosted());
        EXPECT_TRUE(world.results.isEmpty());
    }
}

TEST(AuthorizationFlow, UnsafeAddressesOfASaleAreRefused)
{
    SignIn world;
    world.sale.apiUrl = QUrl(QStringLiteral("http://api.echo.xyz"));
    world.start();
    EXPECT_EQ(world.error().kind, ErrorKind::InvalidInput);
    EXPECT_TRUE(world.error().summary.contains(QStringLiteral("apiURL")));
    SignIn pages;
    pages.sale.frontendUrl = QUrl(QStringLiteral("file:///etc/passwd"));
    pages.start();
    EXPECT_EQ(pages.error().kind, ErrorKind::InvalidInput);
    EXPECT_TRUE(pages.browser.isEmpty());
}

TEST(AuthorizationFlow, ConnectsAndDeclinesAtTheSandbox)
{
    for (const char *button : {"authorize", "deny"}) {
        const quint16 port = freePort();
        SandboxOptions options;
        options.redirectUris = {redirectTo(port)};
        SandboxServer sandbox(options);
        const Result<Sale> sale = sandbox.start();
        ASSERT_TRUE(sale);
        AuthorizationFlow flow(*sale, QStringLiteral("ada"));
        SandboxVisitor person;
        Outcome<Result<QString>> page;
        std::optional<Result<TokenSet>> end;
        QObject::connect(
            &flow, &AuthorizationFlow::browserRequested, &person,
            [&](const QUrl &url) { page = started(person.press(url, QLatin1String(button))); });
        QObject::connect(&flow, &AuthorizationFlow::finished, &person,
                         [&](const Result<TokenSet> &result) { end = result; });
        flow.start();
        ASSERT_TRUE(waitUntil([&] { return end && page && page->has_value(); }));
        const bool connected = qstrcmp(button, "authorize") == 0;
        EXPECT_EQ(end->has_value(), connected);
        ASSERT_TRUE(**page);
        EXPECT_TRUE((***page).contains(connected ? QStringLiteral("Access allowed")
                                                 : QStringLiteral("You declined")));
    }
}
