// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/programs.h"
#include "tests/support/waiting.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrlQuery>

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

class Connecting : public EndToEnd
{};

class NoBrowser : public EndToEnd
{
protected:
    NoBrowser()
        : EndToEnd(Opener::Failing)
    {}
};

} // namespace

TEST_F(Connecting, ThroughTheRealBrowserAndStaysConnectedAfterARestart)
{
    Sandbox sandbox(world);
    ASSERT_TRUE(sandbox.isReady());
    {
        Desktop desktop(world, sandbox.saleArguments());
        ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")))
            << qPrintable(desktop.screen().dump());
        ASSERT_TRUE(world.waitForBrowser());
        EXPECT_SCREEN(desktop, "Borealis Capital");
        EXPECT_SCREEN(desktop, "Connected");
        // The tab ends on our page: it says how it went, and code and state aren't in its address.
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

TEST_F(Connecting, DeniedInTheBrowserSaysSoAndCanBeTriedAgain)
{
    Sandbox sandbox(world);
    Desktop desktop(world, sandbox.saleArguments(), QStringLiteral("deny"));
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")));
    ASSERT_TRUE(world.waitForBrowser());
    EXPECT_TRUE(
        desktop.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Try again")))
        << qPrintable(desktop.screen().dump());
    EXPECT_TRUE(desktop.screen().waitForText(QStringLiteral("Not connected")));
    EXPECT_EQ(sandbox.count(QStringLiteral("access_token")), 0);
    EXPECT_FALSE(world.read(QStringLiteral("browser.txt")).contains(QLatin1String("error=")))
        << "the answer stayed in the tab's address";
}

TEST_F(Connecting, ForeignStateIsRefusedAndTheSignInGoesOn)
{
    Sandbox sandbox(world);
    Desktop desktop(world, sandbox.saleArguments(), QString());
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")));
    ASSERT_TRUE(
        desktop.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Copy link")))
        << qPrintable(desktop.screen().dump());
    QUrl url(QStringLiteral("http://localhost:%1/oauth/callback").arg(sandbox.redirectPort()));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("code"), QStringLiteral("injected"));
    query.addQueryItem(QStringLiteral("state"), QStringLiteral("not-ours"));
    url.setQuery(query);
    EXPECT_EQ(statusOf(url), 303) << "the answer stays in the tab's address";
    EXPECT_SCREEN(desktop, "It was refused; this sign-in goes on.");
    EXPECT_EQ(sandbox.count(QStringLiteral("access_token")), 0);

    // The right one, later, is still taken.
    const QString report = QStringLiteral("browser.txt");
    ASSERT_TRUE(world.waitForBrowser());
    QProcess visitor;
    visitor.setProcessEnvironment(world.environment(QStringLiteral("authorize")));
    visitor.start(QStringLiteral(VISITOR_PROGRAM),
                  {world.read(report).section(QLatin1Char('\n'), 0, 0)});
    EXPECT_SCREEN(desktop, "Borealis Capital");
    visitor.waitForFinished(patience);
    EXPECT_EQ(sandbox.count(QStringLiteral("code")), 1);
}

TEST_F(Connecting, TakenPortIsNamed)
{
    Sandbox sandbox(world);
    QTcpServer taken;
    ASSERT_TRUE(taken.listen(QHostAddress::LocalHost, sandbox.redirectPort()));
    Desktop desktop(world, sandbox.saleArguments(), QString());
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")));
    EXPECT_TRUE(desktop.screen().waitForText(QString::number(sandbox.redirectPort())))
        << qPrintable(desktop.screen().dump());
    EXPECT_TRUE(
        desktop.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Try again")));
}

TEST_F(NoBrowser, OpenerThatFailsIsNoticedAndTheLinkOffered)
{
    Sandbox sandbox(world);
    Desktop desktop(world, sandbox.saleArguments(), QString());
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")));
    EXPECT_SCREEN(desktop, "Your browser could not be opened from here");
    EXPECT_TRUE(
        desktop.screen().waitFor(QStringLiteral("push button"), QStringLiteral("Copy link")))
        << qPrintable(desktop.screen().dump());
}
