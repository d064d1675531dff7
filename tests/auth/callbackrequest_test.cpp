// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/callbackrequest.h"
#include "app/auth/pendingsignins.h"
#include "app/auth/pkce.h"

#include "tests/auth/authworld.h"

#include <QSet>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

TEST(Pkce, MatchesRfc7636AppendixB)
{
    EXPECT_EQ(pkceChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Pkce, VerifierIsFreshAndOfUnreservedCharacters)
{
    QSet<QByteArray> seen;
    QSet<char> characters;
    for (int i = 0; i < 500; ++i) {
        const Pkce pkce = makePkce();
        EXPECT_EQ(pkce.verifier.size(), 43);
        EXPECT_EQ(pkce.challenge, pkceChallenge(pkce.verifier));
        for (const char c : pkce.verifier) {
            characters.insert(c);
            EXPECT_TRUE((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || c == '-' || c == '_');
        }
        seen.insert(pkce.verifier);
    }
    EXPECT_EQ(seen.size(), 500);
    EXPECT_EQ(characters.size(), 64);
}

TEST(PendingSignIns, StateOpensItsEntryOnce)
{
    TurnedClocks clock;
    PendingSignIns pending(&clock);
    const PendingSignIn entry = pending.begin(QStringLiteral("ada"));
    EXPECT_EQ(entry.challenge, pkceChallenge(entry.verifier));
    EXPECT_GE(entry.state.size(), 22); // 128 bits at least
    const auto taken = pending.take(entry.state, QStringLiteral("ada"));
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->verifier, entry.verifier);
    const auto again = pending.take(entry.state, QStringLiteral("ada"));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error(), StateRefusal::Unknown);
}

TEST(PendingSignIns, AnotherAccountCannotFinishIt)
{
    TurnedClocks clock;
    PendingSignIns pending(&clock);
    const PendingSignIn ada = pending.begin(QStringLiteral("ada"));
    const PendingSignIn grace = pending.begin(QStringLiteral("grace"));
    const auto foreign = pending.take(ada.state, QStringLiteral("grace"));
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error(), StateRefusal::OtherAccount);
    // Both still wait.
    EXPECT_TRUE(pending.take(ada.state, QStringLiteral("ada")));
    EXPECT_TRUE(pending.take(grace.state, QStringLiteral("grace")));
}

TEST(PendingSignIns, MissingAndWrongStatesOpenNothing)
{
    TurnedClocks clock;
    PendingSignIns pending(&clock);
    const PendingSignIn entry = pending.begin(QStringLiteral("ada"));
    QByteArray changed = entry.state;
    changed[0] = changed[0] == 'A' ? 'B' : 'A';
    for (const QByteArray &state :
         {QByteArray(), changed, entry.state + '\0', entry.state.left(42), entry.state.toUpper()}) {
        if (state == entry.state)
            continue;
        EXPECT_FALSE(pending.take(state, QStringLiteral("ada")));
    }
    EXPECT_TRUE(pending.take(entry.state, QStringLiteral("ada")));
}

TEST(PendingSignIns, EntryLivesTenMinutesByTheSteadyClock)
{
    TurnedClocks clock;
    PendingSignIns pending(&clock);
    const PendingSignIn first = pending.begin(QStringLiteral("ada"));
    clock.steady += 599'999;
    clock.wall -= 3600; // the wall clock has no say
    EXPECT_TRUE(pending.take(first.state, QStringLiteral("ada")));
    const PendingSignIn second = pending.begin(QStringLiteral("ada"));
    clock.steady += 600'000;
    const auto late = pending.take(second.state, QStringLiteral("ada"));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error(), StateRefusal::Expired);
}

TEST(PendingSignIns, WithdrawnEntryIsGone)
{
    TurnedClocks clock;
    PendingSignIns pending(&clock);
    const PendingSignIn entry = pending.begin(QStringLiteral("ada"));
    pending.withdraw(QStringLiteral("ada"));
    EXPECT_FALSE(pending.take(entry.state, QStringLiteral("ada")));
}

TEST(PendingSignIns, ComparesWholeTexts)
{
    EXPECT_TRUE(equalInConstantTime("abc", "abc"));
    EXPECT_TRUE(equalInConstantTime({}, {}));
    EXPECT_FALSE(equalInConstantTime("abc", "abd"));
    EXPECT_FALSE(equalInConstantTime("abc", "abcd"));
    EXPECT_FALSE(equalInConstantTime("abc", {}));
}

TEST(CallbackRequest, HeadIsReadAndTakenApart)
{
    const auto head = parseRequestHead("GET /oauth/callback?code=a&state=b HTTP/1.1\r\n"
                                       "hOsT:  localhost:3000 \r\nX: y\r\n\r\n");
    ASSERT_TRUE(head);
    EXPECT_EQ(head->method, "GET");
    EXPECT_EQ(head->path, "/oauth/callback");
    EXPECT_EQ(head->query, "code=a&state=b");
    EXPECT_EQ(head->host, "localhost:3000");
}

TEST(CallbackRequest, AbsoluteFormIsTakenApart)
{
    struct Row
    {
        const char *target;
        const char *host;
        const char *path;
        const char *query;
    };
    for (const Row &row :
         {Row{"http://a:1/p?q", "a:1", "/p", "q"}, Row{"HTTP://a", "a", "/", ""},
          Row{"http://a?q=http://b/", "a", "/", "q=http://b/"},
          Row{"http://u@a/p", "u@a", "/p", ""}, Row{"/p?http://b/", "field", "/p", "http://b/"}}) {
        const auto head =
            parseRequestHead("GET " + QByteArray(row.target) + " HTTP/1.1\r\nHost: field\r\n\r\n");
        ASSERT_TRUE(head) << row.target;
        EXPECT_EQ(head->host, row.host);
        EXPECT_EQ(head->path, row.path);
        EXPECT_EQ(head->query, row.query);
        EXPECT_FALSE(head->speculative);
    }
}

TEST(CallbackRequest, HeadsThatAreNoneAreRefused)
{
    for (const QByteArray &head : {
             QByteArray(),
             QByteArray("\r\n\r\n"),
             QByteArray("GET / HTTP/1.1\r\nHost: a\r\n"),
             QByteArray("GET / HTTP/1.1\r\n\r\n"), // no Host
             QByteArray("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
             QByteArray("GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
             QByteArray("GET /\r\nHost: a\r\n\r\n"),
             QByteArray("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
             QByteArray("GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
             QByteArray("GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n"),
             QByteArray("GET http:/x HTTP/1.1\r\nHost: a\r\n\r\n"),
             QByteArray("GET http://a/ HTTP/1.1\r\n\r\n"), // no Host
             QByteArray("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"),
             QByteArray("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
             QByteArray("G\xc3\xa4T / HTTP/1.1\r\nHost: a\r\n\r\n"),
             QByteArray("GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n"),
             QByteArray("GET / HTTP/1.1\nHost: a\r\n\r\n"),
             QByteArray("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"),
             QByteArray("GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
             QByteArray("GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
             QByteArray("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"),
             QByteArray("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 28),
             QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", 33),
             QByteArray("GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n"),
             QByteArray("\x16\x03\x01\x02\r\n\r\n"),
         })
        EXPECT_FALSE(parseRequestHead(head)) << head.constData();
}

TEST(CallbackRequest, QueryIsDecodedOnceAndWhole)
{
    const CallbackParameters parameters =
        parseCallbackQuery("code=a%2Bb%25+c%3D&state=s-_.~&%65rror=x%0D%0A&"
                           "error_description=d%C3%A9&unknown=1&unknown=2&&=&flag");
    EXPECT_EQ(parameters.code, "a+b% c=");
    EXPECT_EQ(parameters.state, "s-_.~");
    EXPECT_EQ(parameters.error, "x\r\n");
    EXPECT_EQ(parameters.errorDescription, "d\xc3\xa9");
    EXPECT_FALSE(parameters.repeated);
    EXPECT_EQ(parseCallbackQuery("code=%zz%4").code, "%zz%4");
    EXPECT_EQ(parseCallbackQuery("code=%fF%ag%G0").code, "\xff%ag%G0");
    EXPECT_EQ(parseCallbackQuery({}).state, QByteArray());
}

TEST(CallbackRequest, RepeatedParametersAreNoticed)
{
    for (const char *query :
         {"state=a&state=a", "code=a&code=", "error=a&c%6fde=x&code=y", "error&error",
          "state=a&code=b&st%61te=a", "state=a&state=a&error_description=x&error_description=y"})
        EXPECT_TRUE(parseCallbackQuery(query).repeated) << query;
    EXPECT_FALSE(parseCallbackQuery("error_description=a&error_description=b").repeated);
}
