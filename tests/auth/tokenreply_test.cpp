// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/tokenreply.h"

#include <gtest/gtest.h>

using namespace sonar;

namespace {

constexpr qint64 now = 1'790'000'000;

QByteArray reply(const QByteArray &access, const QByteArray &rest)
{
    return "{\"access_token\":\"" + access + "\",\"token_type\":\"Bearer\"" + rest + "}";
}

QByteArray jwt(const QByteArray &claims)
{
    return "eyJhbGciOiJIUzI1NiJ9." +
           claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) + ".sig";
}

qint64 lifetime(const QByteArray &claims, int expiresIn = 3600)
{
    const auto parsed = parseTokenReply(
        reply(jwt(claims), ",\"expires_in\":" + QByteArray::number(expiresIn)), now);
    return parsed ? parsed->lifetimeSeconds : -1;
}

} // namespace

TEST(TokenReply, ReadsTheDocumentedAnswer)
{
    const auto parsed =
        parseTokenReply(reply("a-1", ",\"refresh_token\":\"r-1\",\"expires_in\":3600"), now);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, (TokenReply{"a-1", "r-1", 3600}));
}

TEST(TokenReply, KeepsTheOldRefreshTokenWhenThereIsNone)
{
    for (const char *rest : {",\"expires_in\":60", ",\"expires_in\":60,\"refresh_token\":\"\"",
                             ",\"expires_in\":60,\"refresh_token\":null"}) {
        const auto parsed = parseTokenReply(reply("a", rest), now);
        ASSERT_TRUE(parsed) << rest;
        EXPECT_EQ(tokenSet(*parsed, now, "old"), (TokenSet{"a", "old", now + 60}));
    }
}

TEST(TokenReply, RefusesTokensThatWouldSpoilAHeader)
{
    for (const QByteArray &token :
         {QByteArray(), QByteArray("a b"), QByteArray("a\\r\\nX: y"), QByteArray("\xc3\xa9"),
          QByteArray("a\\u0000"), QByteArray(17'000, 'a')}) {
        const auto parsed = parseTokenReply(reply(token, ",\"expires_in\":60"), now);
        ASSERT_FALSE(parsed) << token.left(20).constData();
        EXPECT_EQ(parsed.error().kind, ErrorKind::Malformed);
    }
}

TEST(TokenReply, TakesWholeSecondsOfAnyNumber)
{
    for (const auto &[seconds, whole] : std::initializer_list<std::pair<const char *, qint64>>{
             {"3600.0", 3600}, {"3599.5", 3599}, {"1e3", 1000}, {"36E+2", 3600}, {"1.5", 1}}) {
        const auto parsed =
            parseTokenReply(reply("a", QByteArray(",\"expires_in\":") + seconds), now);
        ASSERT_TRUE(parsed) << seconds;
        EXPECT_EQ(parsed->lifetimeSeconds, whole) << seconds;
    }
}

TEST(TokenReply, RefusesLifetimesThatAreNone)
{
    for (const char *seconds : {"0", "-1", "0.5", "-0.0", "1e12", "1e400", "true",
                                "18446744073709551615", "null", "[]", "999999999999"})
        EXPECT_FALSE(parseTokenReply(reply("a", QByteArray(",\"expires_in\":") + seconds), now))
            << seconds;
    for (const char *text : {"", "0", "-1", "+5", " 60", "60 ", "1e3", "60.0", "0x10", "sixty",
                             "999999999999", "\u0666"})
        EXPECT_FALSE(
            parseTokenReply(reply("a", QByteArray(",\"expires_in\":\"") + text + '"'), now))
            << text;
    EXPECT_FALSE(parseTokenReply(reply("a", {}), now));
}

TEST(TokenReply, DigitsInTextAreANumber)
{
    const auto parsed = parseTokenReply(R"({"access_token":"A","refresh_token":"R",)"
                                        R"("token_type":"Bearer","expires_in":"3600"})",
                                        now);
    ASSERT_TRUE(parsed) << qPrintable(parsed.error().report());
    EXPECT_EQ(*parsed, (TokenReply{"A", "R", 3600}));
}

TEST(TokenReply, JwtSaysHowLongItLivesWhereTheReplyDoesNot)
{
    // The year 2100: no longer than the longest lifetime that is believed.
    const auto parsed =
        parseTokenReply(R"({"access_token":"A.eyJleHAiOjQxMDI0NDQ4MDB9.A","refresh_token":"R",)"
                        R"("token_type":"Bearer"})",
                        now);
    ASSERT_TRUE(parsed) << qPrintable(parsed.error().report());
    EXPECT_EQ(parsed->lifetimeSeconds, 10ll * 366 * 24 * 3600);

    const auto own = [](const QByteArray &claims, const char *rest = "") {
        const auto reply_ = parseTokenReply(reply(jwt(claims), rest), now);
        return reply_ ? reply_->lifetimeSeconds : -1;
    };
    EXPECT_EQ(own("{\"exp\":" + QByteArray::number(now + 2000) + "}"), 2000);
    EXPECT_EQ(own("{\"exp\":" + QByteArray::number(now + 2000) + "}", ",\"expires_in\":null"),
              2000);
    EXPECT_EQ(own("{\"iat\":100,\"exp\":700}"), 600) << "by its own clock";
    EXPECT_EQ(own("{\"exp\":" + QByteArray::number(now) + "}"), -1) << "over already";
    EXPECT_EQ(own("{\"exp\":" + QByteArray::number(now - 7200) + "}"), -1);
    EXPECT_EQ(own("{\"iat\":100}"), -1);
    EXPECT_EQ(own("{\"exp\":" + QByteArray::number(now + 2000) + "}", ",\"expires_in\":\"x\""), -1)
        << "what is there has to be right";
}

TEST(TokenReply, FaultsNameTheFieldAndNotItsContent)
{
    const auto parsed =
        parseTokenReply(R"({"access_token":"s3cret token","token_type":"x","expires_in":5})", now);
    ASSERT_FALSE(parsed);
    EXPECT_TRUE(parsed.error().details.contains(QStringLiteral("access_token")));
    EXPECT_FALSE(parsed.error().report().contains(QStringLiteral("s3cret")));
}

TEST(TokenReply, JwtThatEndsSoonerCounts)
{
    EXPECT_EQ(lifetime("{\"iat\":100,\"exp\":700}"), 600); // by its own clock
    EXPECT_EQ(lifetime("{\"iat\":100,\"exp\":99999}"), 3600);
    EXPECT_EQ(lifetime("{\"exp\":" + QByteArray::number(now + 2000) + "}"), 2000);
    // Our clock is wrong by hours: it would look expired, so it doesn't count.
    EXPECT_EQ(lifetime("{\"exp\":" + QByteArray::number(now - 7200) + "}"), 3600);
    EXPECT_EQ(lifetime("{\"exp\":" + QByteArray::number(now + 7200) + "}"), 3600);
}

TEST(TokenReply, ClaimsThatAreNoneDontCount)
{
    for (const char *claims :
         {"", "[]", "{}", "null", "{\"exp\":\"700\"}", "{\"exp\":-5}", "{\"exp\":1e400}",
          "{\"exp\":18446744073709551615}", "{\"exp\":500,\"iat\":500}", "{\"exp\":5,\"iat\":500}",
          "{\"exp\":1,\"exp\":2}", "{\"exp\":"})
        EXPECT_EQ(lifetime(claims), 3600) << claims;
    EXPECT_TRUE(parseTokenReply(reply("a.b.c", ",\"expires_in\":60"), now));
    EXPECT_TRUE(parseTokenReply(reply("..", ",\"expires_in\":60"), now));
}
