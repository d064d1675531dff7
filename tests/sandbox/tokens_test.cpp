// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxclient.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

const QString exchangePath = QStringLiteral("/oauth.ExchangeAuthorizationCodeV2");
const QString refreshPath = QStringLiteral("/oauth.RefreshAccessToken");

Members exchangeMembers(const QString &code, const QString &verifier)
{
    return {{latin("code"), code},
            {latin("code_verifier"), verifier},
            {latin("redirect_uri"), latin("http://localhost:3000/oauth/callback")}};
}

int profileStatus(SandboxClient &client)
{
    return client.call(latin("MyProfile")).status;
}

} // namespace

TEST(Exchange, PublishedFlowEndsWithTokensThatWork)
{
    RunningSandbox sandbox;
    const Answer answer = sandbox.client->signIn();
    ASSERT_EQ(answer.status, 200) << answer.body.constData();
    EXPECT_EQ(answer.headers.value("content-type"), "application/json");
    EXPECT_EQ(answer.headers.value("cache-control"), "no-store");
    EXPECT_EQ(answer.text("token_type"), latin("Bearer"));
    EXPECT_EQ(answer.json().value(QLatin1String("expires_in")).toInt(), 900);
    EXPECT_GE(answer.text("refresh_token").size(), 43);
    EXPECT_EQ(profileStatus(*sandbox.client), 200);
}

TEST(Exchange, AccessTokenIsAJwtWithItsExpiry)
{
    RunningSandbox sandbox;
    const QStringList parts = sandbox.client->signIn().text("access_token").split(QLatin1Char('.'));
    ASSERT_EQ(parts.size(), 3);
    const QJsonObject claims =
        QJsonDocument::fromJson(
            QByteArray::fromBase64(parts[1].toLatin1(), QByteArray::Base64UrlEncoding))
            .object();
    EXPECT_EQ(claims.value(QLatin1String("sub")).toString(), latin("ada"));
    EXPECT_EQ(claims.value(QLatin1String("exp")).toInteger(), sandbox.clock.unixSeconds() + 900);
    EXPECT_TRUE(claims.contains(QLatin1String("iat")));
    EXPECT_TRUE(claims.contains(QLatin1String("jti")));
}

TEST(Exchange, CodeWorksOnceAndItsReplayEndsTheSession)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const QString code = client.code();
    const Answer first = client.exchange(code);
    client.accessToken = first.text("access_token");
    ASSERT_EQ(profileStatus(client), 200);
    EXPECT_EQ(client.exchange(code).status, 400);
    EXPECT_EQ(profileStatus(client), 401);
    EXPECT_EQ(client.refresh(first.text("refresh_token")).status, 400);
}

TEST(Exchange, CodeExpires)
{
    SandboxOptions options;
    options.codeSeconds = 60;
    RunningSandbox sandbox(options);
    const QString inTime = sandbox.client->code();
    sandbox.clock.turn(59);
    EXPECT_EQ(sandbox.client->exchange(inTime).status, 200);
    const QString late = sandbox.client->code();
    sandbox.clock.turn(60);
    EXPECT_EQ(sandbox.client->exchange(late).status, 400);
}

TEST(Exchange, WrongVerifierIsRefusedAndUsesTheCodeUp)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const QString code = client.code();
    const QString right = client.verifier;
    client.verifier = QString(43, QLatin1Char('x'));
    EXPECT_EQ(client.exchange(code).status, 400);
    client.verifier = right;
    EXPECT_EQ(client.exchange(code).status, 400);
}

TEST(Exchange, ShortVerifierIsRefusedThoughItsHashFits)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    client.verifier = QString(42, QLatin1Char('v'));
    EXPECT_EQ(client.exchange(client.code()).status, 400);
    client.verifier = QString(129, QLatin1Char('v'));
    EXPECT_EQ(client.exchange(client.code()).status, 400);
    client.verifier = QString(42, QLatin1Char('v')) + QLatin1Char('!');
    EXPECT_EQ(client.exchange(client.code()).status, 400);
    client.verifier = QString(128, QLatin1Char('~'));
    EXPECT_EQ(client.exchange(client.code()).status, 200);
}

TEST(Exchange, CodeIsBoundToItsRedirectUri)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    Members members = exchangeMembers(client.code(), client.verifier);
    members[2].second = latin("http://127.0.0.1:3001/oauth/callback");
    EXPECT_EQ(client.postJson(exchangePath, jsonOf(members)).status, 400);
}

TEST(Exchange, RefusesEveryOtherBody)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Members good = exchangeMembers(client.code(), client.verifier);
    const struct
    {
        const char *what;
        QByteArray body;
    } cases[] = {
        {"nothing", ""},
        {"no JSON", "code=1"},
        {"an array", "[" + jsonOf(good) + "]"},
        {"a string", "\"code\""},
        {"no code", jsonOf(good.sliced(1))},
        {"no redirect_uri", jsonOf(good.first(2))},
        {"a number as code", R"({"code":1,"code_verifier":"v","redirect_uri":"r"})"},
        {"null as code", R"({"code":null,"code_verifier":"v","redirect_uri":"r"})"},
        {"empty code", R"({"code":"","code_verifier":"v","redirect_uri":"r"})"},
        {"grant_type", jsonOf(good + Members{{latin("grant_type"), latin("authorization_code")}})},
        {"client_id", jsonOf(good + Members{{latin("client_id"), sandbox.sale.clientUuid}})},
        {"code twice", R"({"code":"a","code":"b","code_verifier":"v","redirect_uri":"r"})"},
        {"two values", jsonOf(good) + jsonOf(good)},
        {"deep nesting", QByteArray(5000, '[')},
        {"broken UTF-8", "{\"code\":\"\xff\",\"code_verifier\":\"v\",\"redirect_uri\":\"r\"}"},
    };
    for (const auto &one : cases)
        EXPECT_EQ(client.postJson(exchangePath, one.body).status, 400) << one.what;
    EXPECT_EQ(client.postJson(exchangePath, jsonOf(good)).status, 200)
        << "what was refused for its form must not use the code up";
}

TEST(Exchange, RefusesAnAuthorizationHeaderAndKeepsTheCode)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const QByteArray body = jsonOf(exchangeMembers(client.code(), client.verifier));
    for (const char *value : {"api:Bearer token", "Basic Y2xpZW50Og=="}) {
        const Answer refused = client.postJson(exchangePath, body, {{"Authorization", value}});
        EXPECT_EQ(refused.status, 400) << value;
        EXPECT_EQ(refused.text("code"), latin("invalid_request")) << value;
    }
    const Answer taken = client.postJson(exchangePath, body);
    ASSERT_EQ(taken.status, 200);
    EXPECT_EQ(
        client
            .postJson(refreshPath, jsonOf({{latin("refresh_token"), taken.text("refresh_token")}}),
                      {{"authorization", "api:Bearer " + taken.text("access_token").toLatin1()}})
            .status,
        200)
        << "a refresh may carry one";
}

TEST(Exchange, RefusesFormsAndOtherContentTypes)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Members good = exchangeMembers(client.code(), client.verifier);
    EXPECT_EQ(client.postForm(exchangePath, good).status, 415);
    for (const char *type :
         {"text/plain", "application/jsonp", "application/json; charset=latin1",
          "application/ json", "application/json charset=utf-8", "application/json; charset=",
          "application/json; charset=utf-8; charset=utf-8", "application/json; charset = utf-8",
          "application/json; charset=\"utf-8", "application/json; boundary=x", ";application/json"})
        EXPECT_EQ(client.send("POST", exchangePath, jsonOf(good), {{"Content-Type", type}}).status,
                  415)
            << type;
    for (const char *type :
         {"Application/JSON; charset=UTF-8", "application/json;charset=utf-8",
          "application/json ; Charset=\"UTF-8\"", "application/json;", "application/json; ;"})
        EXPECT_EQ(client
                      .send("POST", exchangePath,
                            jsonOf(exchangeMembers(client.code(), client.verifier)),
                            {{"Content-Type", type}})
                      .status,
                  200)
            << type;
}

TEST(Refresh, RotatesBothTokens)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Answer first = client.signIn();
    const Answer second = client.refresh(first.text("refresh_token"));
    ASSERT_EQ(second.status, 200);
    EXPECT_NE(second.text("refresh_token"), first.text("refresh_token"));
    EXPECT_NE(second.text("access_token"), first.text("access_token"));
    client.accessToken = second.text("access_token");
    EXPECT_EQ(profileStatus(client), 200);
    EXPECT_EQ(client.refresh(second.text("refresh_token")).status, 200);
}

TEST(Refresh, SpentTokenEndsTheSession)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Answer first = client.signIn();
    const Answer second = client.refresh(first.text("refresh_token"));
    client.accessToken = second.text("access_token");
    ASSERT_EQ(profileStatus(client), 200);
    const Answer replay = client.refresh(first.text("refresh_token"));
    EXPECT_EQ(replay.status, 400);
    EXPECT_EQ(replay.text("code"), latin("invalid_grant"));
    EXPECT_EQ(profileStatus(client), 401);
    EXPECT_EQ(client.refresh(second.text("refresh_token")).status, 400);
}

TEST(Refresh, OneSessionEndsWithoutTheOther)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Answer one = client.signIn();
    const Answer other = client.signIn();
    client.refresh(one.text("refresh_token"));
    client.refresh(one.text("refresh_token"));
    EXPECT_EQ(profileStatus(client), 200);
    EXPECT_EQ(client.refresh(other.text("refresh_token")).status, 200);
}

TEST(Refresh, RefusesWhatIsNoRefreshToken)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Answer tokens = client.signIn();
    EXPECT_EQ(client.refresh(latin("unknown")).status, 400);
    EXPECT_EQ(client.refresh(tokens.text("access_token")).status, 400);
    EXPECT_EQ(client.postForm(refreshPath, {{latin("refresh_token"), tokens.text("refresh_token")}})
                  .status,
              415);
    EXPECT_EQ(client.refresh(tokens.text("refresh_token")).status, 200);
}

TEST(AccessToken, Expires)
{
    SandboxOptions options;
    options.accessTokenSeconds = 30;
    RunningSandbox sandbox(options);
    const Answer tokens = sandbox.client->signIn();
    EXPECT_EQ(tokens.json().value(QLatin1String("expires_in")).toInt(), 30);
    sandbox.clock.turn(29);
    EXPECT_EQ(profileStatus(*sandbox.client), 200);
    sandbox.clock.turn(1);
    EXPECT_EQ(profileStatus(*sandbox.client), 401);
}

TEST(AccessToken, IsTakenInOneSpellingOnly)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const QByteArray token = client.signIn().text("access_token").toLatin1();
    const auto status = [&](const Headers &headers) {
        return client.postJson(latin("/externalapi.MyProfile"), "{}", headers).status;
    };
    EXPECT_EQ(status({{"authorization", "api:Bearer " + token}}), 200);
    EXPECT_EQ(status({{"Authorization", "api:Bearer " + token}}), 200);
    EXPECT_EQ(status({}), 401);
    for (const QByteArray &value :
         {"Bearer " + token, "api:bearer " + token, "api: Bearer " + token, "API:Bearer " + token,
          "api:Bearer  " + token, "api:Bearer" + token, "api:Bearer " + token + "x",
          "api:Bearer " + token.chopped(1), QByteArray("api:Bearer "), "api:Basic " + token})
        EXPECT_EQ(status({{"authorization", value}}), 401) << value.constData();
}

TEST(AccessToken, ForgedOnesAreRefused)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const QByteArrayList parts = client.signIn().text("access_token").toLatin1().split('.');
    const auto encoded = [](const QByteArray &text) {
        return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    const QByteArray claims = QByteArray::fromBase64(parts[1], QByteArray::Base64UrlEncoding);
    for (const QByteArray &forged :
         {encoded(R"({"alg":"none","typ":"JWT"})") + '.' + parts[1] + '.',
          parts[0] + '.' + encoded(QByteArray(claims).replace("ada", "grace")) + '.' + parts[2],
          parts[0] + '.' + parts[1] + '.' + encoded(QByteArray(32, 'x')),
          parts[0] + '.' + parts[1]}) {
        client.accessToken = QLatin1String(forged);
        EXPECT_EQ(profileStatus(client), 401) << forged.constData();
    }
}
