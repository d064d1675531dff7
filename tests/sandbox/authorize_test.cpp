// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxclient.h"

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

Members with(Members parameters, const char *name, const QString &value)
{
    for (auto &[key, old] : parameters) {
        if (key == latin(name)) {
            old = value;
            return parameters;
        }
    }
    parameters.append({latin(name), value});
    return parameters;
}

Members without(Members parameters, const char *name)
{
    parameters.removeIf([&](const auto &parameter) { return parameter.first == latin(name); });
    return parameters;
}

} // namespace

TEST(Authorize, ShowsWhoAsksAndBothButtons)
{
    RunningSandbox sandbox;
    const Answer page = sandbox.client->authorize(sandbox.client->authorizeParameters());
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.body.contains("Sandbox sale"));
    EXPECT_TRUE(page.body.contains("http://localhost:3000"));
    EXPECT_TRUE(page.body.contains("id=\"authorize\""));
    EXPECT_TRUE(page.body.contains("id=\"deny\""));
    EXPECT_TRUE(page.body.contains("ada@example.test"));
    EXPECT_FALSE(page.body.contains("<script"));
    EXPECT_FALSE(page.body.contains("{{"));
}

TEST(Authorize, PageIsInertAndKeepsItsAddressToItself)
{
    RunningSandbox sandbox;
    const Answer page = sandbox.client->authorize(sandbox.client->authorizeParameters());
    const QByteArray policy = page.headers.value("content-security-policy");
    EXPECT_TRUE(policy.contains("default-src 'none'"));
    EXPECT_TRUE(policy.contains("frame-ancestors 'none'"));
    EXPECT_TRUE(policy.contains("form-action 'self' http://localhost:3000;"))
        << "the redirect after the form must be allowed: " << policy.constData();
    EXPECT_EQ(page.headers.value("cache-control"), "no-store");
    EXPECT_EQ(page.headers.value("referrer-policy"), "same-origin");
}

TEST(Authorize, SendsCodeAndStateBack)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Answer answer =
        client.press(client.authorize(client.authorizeParameters()), latin("authorize"));
    EXPECT_EQ(answer.status, 303);
    EXPECT_TRUE(
        answer.headers.value("location").startsWith("http://localhost:3000/oauth/callback?"));
    EXPECT_FALSE(answer.query("code").isEmpty());
    EXPECT_EQ(answer.query("state"), latin("4f0c2c6e-8a3b-4b7e-9d52-0a1b2c3d4e5f"));
}

TEST(Authorize, SendsARefusalBack)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Answer answer =
        client.press(client.authorize(client.authorizeParameters()), latin("deny"));
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.query("error"), latin("access_denied"));
    EXPECT_FALSE(answer.query("error_description").isEmpty());
    EXPECT_EQ(answer.query("state"), latin("4f0c2c6e-8a3b-4b7e-9d52-0a1b2c3d4e5f"));
    EXPECT_TRUE(answer.query("code").isEmpty());
}

TEST(Authorize, TakesEachRegisteredRedirectUri)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Answer answer =
        client.press(client.authorize(with(client.authorizeParameters(), "redirect_uri",
                                           latin("http://127.0.0.1:3001/oauth/callback"))),
                     latin("authorize"));
    EXPECT_TRUE(
        answer.headers.value("location").startsWith("http://127.0.0.1:3001/oauth/callback?code="));
}

TEST(Authorize, KeepsSpecialCharactersOfTheState)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    for (const char *text : {"a+b/c=d&e?f#g%20h\"i<j>k", "nine char", "  two words  ",
                             "\xc3\xa9t\xc3\xa9 \xe2\x82\xac 2026"}) {
        const QString state = latin(text);
        const Answer answer =
            client.press(client.authorize(with(client.authorizeParameters(), "state", state)),
                         latin("authorize"));
        EXPECT_EQ(answer.query("state"), state);
    }
}

TEST(Authorize, ButtonWorksOnce)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Answer page = client.authorize(client.authorizeParameters());
    EXPECT_EQ(client.press(page, latin("authorize")).status, 303);
    EXPECT_EQ(client.press(page, latin("authorize")).status, 403);
}

TEST(Authorize, ButtonNeedsThePage)
{
    RunningSandbox sandbox;
    Answer forged;
    forged.body = "name=\"ticket\" value=\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"";
    EXPECT_EQ(sandbox.client->press(forged, latin("authorize")).status, 403);
    EXPECT_EQ(sandbox.client->press(Answer(), latin("authorize")).status, 403);
}

TEST(Authorize, PageAgesInTenMinutes)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const Answer page = client.authorize(client.authorizeParameters());
    sandbox.clock.turn(601);
    EXPECT_EQ(client.press(page, latin("authorize")).status, 403);
}

TEST(Authorize, NeedsAnAnswerAndAKnownPerson)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    EXPECT_EQ(client.press(client.authorize(client.authorizeParameters()), latin("perhaps")).status,
              400);
    EXPECT_EQ(client
                  .press(client.authorize(client.authorizeParameters()), latin("authorize"),
                         latin("mallory"))
                  .status,
              400);
}

TEST(Authorize, RefusesEveryDeviationWithoutARedirect)
{
    RunningSandbox sandbox;
    const Members good = sandbox.client->authorizeParameters();
    const struct
    {
        const char *what;
        Members parameters;
        const char *named; ///< what the page must name
    } cases[] = {
        {"no client_id", without(good, "client_id"), "client_id"},
        {"no redirect_uri", without(good, "redirect_uri"), "redirect_uri"},
        {"no response_type", without(good, "response_type"), "response_type"},
        {"no state", without(good, "state"), "state"},
        {"no code_challenge", without(good, "code_challenge"), "code_challenge"},
        {"empty state", with(good, "state", QString()), "state"},
        {"foreign client", with(good, "client_id", latin("00000000-0000-4000-8000-000000000000")),
         "client_id"},
        {"other port", with(good, "redirect_uri", latin("http://localhost:3002/oauth/callback")),
         "redirect_uri"},
        {"literal address",
         with(good, "redirect_uri", latin("http://127.0.0.1:3000/oauth/callback")), "redirect_uri"},
        {"trailing slash",
         with(good, "redirect_uri", latin("http://localhost:3000/oauth/callback/")),
         "redirect_uri"},
        {"upper case host",
         with(good, "redirect_uri", latin("http://LOCALHOST:3000/oauth/callback")), "redirect_uri"},
        {"query added",
         with(good, "redirect_uri", latin("http://localhost:3000/oauth/callback?a=b")),
         "redirect_uri"},
        {"token", with(good, "response_type", latin("token")), "response_type"},
        {"Qt 6.4's state", with(good, "state", latin("a1B2c3D4")), "state"},
        {"plain challenge", with(good, "code_challenge", QString(42, QLatin1Char('a'))),
         "code_challenge"},
        {"padded challenge",
         with(good, "code_challenge", QString(43, QLatin1Char('a')) + latin("=")),
         "code_challenge"},
        {"base64 challenge",
         with(good, "code_challenge", QString(42, QLatin1Char('a')) + latin("+")),
         "code_challenge"},
        {"scope", with(good, "scope", latin("read_entities")), "scope"},
        {"empty scope", with(good, "scope", QString()), "scope"},
        {"challenge method", with(good, "code_challenge_method", latin("S256")),
         "code_challenge_method"},
        {"state twice", good + Members{{latin("state"), latin("another-state-of-32-characters!!")}},
         "state"},
        {"redirect twice", good + Members{good[1]}, "redirect_uri"},
    };
    for (const auto &one : cases) {
        const Answer answer = sandbox.client->authorize(one.parameters);
        EXPECT_EQ(answer.status, 400) << one.what;
        EXPECT_FALSE(answer.headers.contains("location")) << one.what;
        EXPECT_TRUE(answer.body.contains(one.named)) << one.what << ": " << answer.body.constData();
        EXPECT_FALSE(answer.body.contains("id=\"authorize\"")) << one.what;
    }
}

TEST(Authorize, EscapesWhatItWasSent)
{
    RunningSandbox sandbox;
    const Answer answer = sandbox.client->authorize(
        with(sandbox.client->authorizeParameters(), "redirect_uri", latin("<img src=x>")));
    EXPECT_EQ(answer.status, 400);
    EXPECT_FALSE(answer.body.contains("<img"));
    EXPECT_TRUE(answer.body.contains("&lt;img"));
}
