// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/programs.h"
#include "tests/support/waiting.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrlQuery>

#include <gtest/gtest.h>

using namespace sonar::test;

namespace {

/// GET without following redirects; the status, 0 when nothing answered.
int statusOf(const QUrl &url)
{
    QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    QNetworkReply *reply = network.get(request);
    waitUntil([reply] { return reply->isFinished(); });
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

#define EXPECT_SCREEN(desktop, text)                                                               \
    EXPECT_TRUE((desktop).screen().waitForText(QStringLiteral(text)))                              \
        << qPrintable((desktop).screen().dump())

} // namespace

TEST(Connecting, ThroughTheRealBrowserAndStaysConnectedAfterARestart)
{
    World world;
    Sandbox sandbox(world);
    ASSERT_TRUE(sandbox.isReady());
    const QStringList arguments{QStringLiteral("--sale"), sandbox.saleFile()};
    {
        Desktop desktop(world, arguments);
        ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")))
            << qPrintable(desktop.screen().dump());
        EXPECT_SCREEN(desktop, "Borealis Capital");
        EXPECT_SCREEN(desktop, "Connected");
        // The tab ends on our page: it says how it went, and code and state aren't in its address.
        ASSERT_TRUE(waitUntil([&] { return !world.read(QStringLiteral("browser.txt")).isEmpty(); },
                              60'000));
        const QString report = world.read(QStringLiteral("browser.txt"));
        const QString address = report.section(QLatin1Char('\n'), 0, 0);
        EXPECT_FALSE(address.contains(QLatin1String("code="))) << qPrintable(address);
        EXPECT_FALSE(address.contains(QLatin1String("state="))) << qPrintable(address);
        EXPECT_TRUE(report.contains(QLatin1String("close"))) << qPrintable(report);
        EXPECT_TRUE(desktop.quit());
    }
    const int exchanges = sandbox.count(QStringLiteral("code"));
    EXPECT_EQ(exchanges, 1);
    Desktop again(world, {}, QString());
    EXPECT_SCREEN(again, "Borealis Capital");
    EXPECT_EQ(sandbox.count(QStringLiteral("code")), exchanges) << "a second sign-in was made";
}

TEST(Connecting, DeniedInTheBrowserSaysSoAndCanBeTriedAgain)
{
    World world;
    Sandbox sandbox(world);
    Desktop desktop(world, {QStringLiteral("--sale"), sandbox.saleFile()}, QStringLiteral("deny"));
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")));
    EXPECT_TRUE(desktop.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Try again"),
                                         60'000))
        << qPrintable(desktop.screen().dump());
    EXPECT_EQ(sandbox.count(QStringLiteral("access_token")), 0);
}

TEST(Connecting, ForeignStateIsRefusedAndTheSignInGoesOn)
{
    World world;
    Sandbox sandbox(world);
    Desktop desktop(world, {QStringLiteral("--sale"), sandbox.saleFile()}, QString());
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")));
    ASSERT_TRUE(
        desktop.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Copy link")))
        << qPrintable(desktop.screen().dump());
    QUrl url(QStringLiteral("http://localhost:%1/oauth/callback").arg(sandbox.redirectPort()));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("code"), QStringLiteral("injected"));
    query.addQueryItem(QStringLiteral("state"), QStringLiteral("not-ours"));
    url.setQuery(query);
    EXPECT_NE(statusOf(url), 0);
    EXPECT_TRUE(
        desktop.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Copy link")))
        << "the pending sign-in was ended by a foreign callback";
    EXPECT_EQ(sandbox.count(QStringLiteral("access_token")), 0);
}

TEST(Connecting, TakenPortIsNamed)
{
    World world;
    Sandbox sandbox(world);
    QTcpServer taken;
    ASSERT_TRUE(taken.listen(QHostAddress::LocalHost, sandbox.redirectPort()));
    Desktop desktop(world, {QStringLiteral("--sale"), sandbox.saleFile()}, QString());
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")));
    EXPECT_TRUE(desktop.screen().waitForText(QString::number(sandbox.redirectPort())))
        << qPrintable(desktop.screen().dump());
    EXPECT_TRUE(
        desktop.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Try again")));
}

TEST(Connecting, WithoutAKeychainAConnectionForThisSessionIsOffered)
{
    World world;
    Sandbox sandbox(world);
    // The screen reader's bus is handed over, the session bus with the Secret Service isn't there.
    QProcessEnvironment extra;
    extra.insert(QStringLiteral("AT_SPI_BUS_ADDRESS"), ScreenReader::busAddress());
    extra.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                 QStringLiteral("unix:path=/nonexistent/bus"));
    {
        Desktop desktop(world, {QStringLiteral("--sale"), sandbox.saleFile()},
                        QStringLiteral("authorize"), extra);
        ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")))
            << qPrintable(desktop.screen().dump());
        ASSERT_TRUE(desktop.screen().waitFor(QStringLiteral("push button"),
                                             QStringLiteral("Continue for this session only"),
                                             60'000))
            << qPrintable(desktop.screen().dump());
        ASSERT_TRUE(desktop.screen().press(QStringLiteral("Continue for this session only")));
        EXPECT_SCREEN(desktop, "Borealis Capital");
        EXPECT_TRUE(desktop.quit());
    }
    Desktop again(world, {}, QString(), extra);
    EXPECT_TRUE(again.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Connect")))
        << "tokens outlived the session without a keychain";
}

TEST(Connecting, ExpiredTokenIsRefreshedWithoutAQuestion)
{
    World world;
    Sandbox sandbox(world, {QStringLiteral("--access-token-seconds"), QStringLiteral("2")});
    Desktop desktop(world, {QStringLiteral("--sale"), sandbox.saleFile()});
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")));
    EXPECT_SCREEN(desktop, "Borealis Capital");
    const int before = sandbox.count(QStringLiteral("refresh_token"));
    EXPECT_TRUE(waitUntil(
        [&] {
            desktop.screen().press(QStringLiteral("Refresh"));
            return sandbox.count(QStringLiteral("refresh_token")) > before;
        },
        60'000));
    EXPECT_SCREEN(desktop, "Borealis Capital");
    EXPECT_EQ(sandbox.count(QStringLiteral("code")), 1);
}
