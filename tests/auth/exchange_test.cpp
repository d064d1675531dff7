// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/secretlogging.h"
#include "app/auth/tokenexchange.h"
#include "app/base/json.h"
#include "app/net/redaction.h"

#include "tests/auth/signin.h"
#include "tests/support/badanswers.h"

#include <QLoggingCategory>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

/// A whole sign-in whose exchange is answered by `script`.
void expectFailedExchange(const BadAnswer &bad, const QList<ErrorKind> &kinds)
{
    SCOPED_TRACE(bad.name);
    SignIn world;
    world.server.play(bad.script);
    world.start();
    const QByteArray redirect = world.comeBack("code=c0de&state=" + world.state());
    EXPECT_EQ(headerOf(redirect, "location"), "/oauth/callback/failed");
    world.page(redirect);
    ASSERT_TRUE(world.waitForEnd());
    ASSERT_EQ(world.results.size(), 1);
    ASSERT_FALSE(world.results[0]);
    EXPECT_TRUE(kinds.contains(world.error().kind))
        << int(world.error().kind) << ' ' << qPrintable(world.error().report());
    EXPECT_FALSE(world.error().summary.isEmpty());
    EXPECT_FALSE(world.error().advice.isEmpty());
    EXPECT_EQ(world.server.requests.size(), 1) << "a code is exchanged once";
    EXPECT_FALSE(world.error().report().contains(QStringLiteral("c0de")));
}

} // namespace

TEST(Exchange, BadAnswersFailWithTheirErrorAndAreNotRepeated)
{
    for (const BadAnswer &bad : badAnswers(tokenAnswer("access", "refresh"))) {
        // What the service refuses is the sign-in's failure.
        const bool refused = bad.kind == ErrorKind::NotFound ||
                             (bad.kind == ErrorKind::Rejected && qstrcmp(bad.name, "redirect"));
        expectFailedExchange(bad, {refused ? ErrorKind::SignIn : bad.kind});
    }
}

TEST(Exchange, SpoiltMembersFailAsMalformed)
{
    for (const BadAnswer &bad :
         spoiltMembers(tokenAnswer("access", "refresh"), {"access_token", "expires_in"}))
        expectFailedExchange(bad, {ErrorKind::Malformed});
}

TEST(Exchange, NoRouteIsANetworkFault)
{
    SignIn world;
    world.start();
    world.server.stop();
    world.page(world.comeBack("code=c&state=" + world.state()));
    ASSERT_TRUE(world.waitForEnd());
    EXPECT_EQ(world.error().kind, ErrorKind::Network);
}

TEST(Exchange, RefusalShowsTheServicesWordsWithoutTheCode)
{
    SignIn world;
    world.server.play([](const SeenRequest &request) {
        // A service that repeats in its message all that it was sent.
        return answered(400, "{\"code\":\"invalid_grant\",\"message\":" +
                                 jsonQuoted(QString::fromUtf8(request.body)) + "}");
    });
    world.start();
    world.page(world.comeBack("code=s3cretcode&state=" + world.state()));
    ASSERT_TRUE(world.waitForEnd());
    const QString report = world.error().report();
    EXPECT_TRUE(report.contains(QStringLiteral("invalid_grant")));
    EXPECT_TRUE(world.error().summary.contains(QStringLiteral("It says")));
    EXPECT_FALSE(report.contains(QStringLiteral("s3cretcode")));
    EXPECT_TRUE(report.contains(QStringLiteral("\"code_verifier\":\"[…]\""))) << qPrintable(report);
}

TEST(Exchange, OnlyTheExpectedRequestLeaves)
{
    ScriptedServer server;
    server.play(answered(200, "{}"));
    TokenExchange network(QUrl(server.url().toString() + QStringLiteral("/exchange")));
    const auto ends = [](QNetworkReply *reply) {
        const bool ended = waitUntil([&] { return reply->isFinished(); });
        reply->deleteLater();
        return ended;
    };
    // Without a grant, elsewhere, and by another method.
    EXPECT_TRUE(ends(network.post(
        QNetworkRequest(QUrl(server.url().toString() + QStringLiteral("/exchange"))), "x")));
    network.setGrant({"c", "v", QStringLiteral("u")});
    EXPECT_TRUE(ends(network.post(QNetworkRequest(server.url()), "x")));
    network.setGrant({"c", "v", QStringLiteral("u")});
    EXPECT_TRUE(ends(
        network.get(QNetworkRequest(QUrl(server.url().toString() + QStringLiteral("/exchange"))))));
    EXPECT_TRUE(server.requests.isEmpty());
    EXPECT_FALSE(network.hasGrant());
}

TEST(Exchange, RequestIsExactlyItsThreeMembers)
{
    EXPECT_EQ(exchangeRequest({"c\"\\\n", "v", QStringLiteral("http://x/é")}),
              "{\"code\":\"c\\\"\\\\\\u000a\",\"code_verifier\":\"v\","
              "\"redirect_uri\":\"http://x/\xc3\xa9\"}");
}

TEST(SecretLogging, QtsCategoriesStayShutWhateverTheRulesSay)
{
    silenceSecretLogging();
    silenceSecretLogging();
    QLoggingCategory::setFilterRules(QStringLiteral("*=true\nqt.networkauth.*=true"));
    const QLoggingCategory flow("qt.networkauth.oauth2");
    const QLoggingCategory reply("qt.networkauth.replyhandler");
    const QLoggingCategory other("sonar.test");
    for (const QLoggingCategory *category : {&flow, &reply}) {
        EXPECT_FALSE(category->isDebugEnabled() || category->isInfoEnabled() ||
                     category->isWarningEnabled() || category->isCriticalEnabled());
    }
    EXPECT_TRUE(other.isDebugEnabled());
    QLoggingCategory::setFilterRules({});
}

TEST(Redaction, BlotsOutEverySecretEverywhere)
{
    const Error error{ErrorKind::Rejected, QStringLiteral("a tok b"), QStringLiteral("tok tok"),
                      QStringLiteral("x ref y")};
    const Error clean = withoutSecrets(error, {"tok", "ref", ""});
    EXPECT_EQ(clean.summary, QStringLiteral("a […] b"));
    EXPECT_EQ(clean.advice, QStringLiteral("[…] […]"));
    EXPECT_EQ(clean.details, QStringLiteral("x […] y"));
    // Whole to its last character, and pieces of eight characters or more.
    const auto cleaned = [](const char *text) {
        return withoutSecrets({ErrorKind::Rejected, QString::fromLatin1(text), {}, {}},
                              {"abcdefghijklmnop"})
            .summary;
    };
    EXPECT_EQ(cleaned("it was abcdefghijklmnop"), QStringLiteral("it was […]"));
    EXPECT_EQ(cleaned("abcdefgh"), QStringLiteral("[…]"));
    EXPECT_EQ(cleaned("ijklmnop."), QStringLiteral("[…]."));
    EXPECT_EQ(cleaned("abcdefg"), QStringLiteral("abcdefg"));
}
