// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxclient.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

constexpr auto ownerOnly =
    QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;

struct State : public testing::Test
{
    QTemporaryDir folder;
    SandboxOptions options;
    State() { options.statePath = folder.filePath(QStringLiteral("state.json")); }
};

} // namespace

TEST_F(State, SessionsOutliveARestart)
{
    Answer tokens;
    {
        RunningSandbox sandbox(options);
        tokens = sandbox.client->signIn();
    }
    RunningSandbox again(options);
    again.client->accessToken = tokens.text("access_token");
    EXPECT_EQ(again.client->call(latin("MyProfile")).status, 200);
    EXPECT_EQ(again.client->refresh(tokens.text("refresh_token")).status, 200);
}

TEST_F(State, SpentTokensStaySpentAfterARestart)
{
    Answer first;
    Answer second;
    {
        RunningSandbox sandbox(options);
        first = sandbox.client->signIn();
        second = sandbox.client->refresh(first.text("refresh_token"));
    }
    RunningSandbox again(options);
    EXPECT_EQ(again.client->refresh(first.text("refresh_token")).status, 400);
    EXPECT_EQ(again.client->refresh(second.text("refresh_token")).status, 400);
}

TEST_F(State, FileHoldsNoTokenAndIsItsOwnersAlone)
{
    RunningSandbox sandbox(options);
    const Answer tokens = sandbox.client->signIn();
    const QByteArray text = contentOf(options.statePath);
    EXPECT_TRUE(text.contains("ada"));
    EXPECT_FALSE(text.contains(tokens.text("refresh_token").toUtf8()));
    EXPECT_FALSE(text.contains(tokens.text("access_token").toUtf8()));
    EXPECT_EQ(QFile::permissions(options.statePath), ownerOnly);
}

TEST_F(State, WithoutAFileARestartForgets)
{
    Answer tokens;
    {
        RunningSandbox sandbox;
        tokens = sandbox.client->signIn();
    }
    RunningSandbox again;
    EXPECT_EQ(again.client->refresh(tokens.text("refresh_token")).status, 400);
}

TEST_F(State, DamagedFileCountsAsNone)
{
    for (const char *text : {"", "{", "[]", "{\"version\":2,\"key\":\"00\",\"sessions\":[]}",
                             "{\"version\":1,\"key\":\"00\",\"sessions\":[{}]}"}) {
        QFile file(options.statePath);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        RunningSandbox sandbox(options);
        EXPECT_EQ(sandbox.client->signIn().status, 200) << text;
        if (*text == '\0')
            continue;
        QFile aside(options.statePath + latin(".unread"));
        ASSERT_TRUE(aside.open(QIODevice::ReadOnly)) << text;
        EXPECT_EQ(aside.readAll(), text) << "what stood there is lost";
    }
}

TEST_F(State, UnwritableFileIsSaidAtTheStart)
{
    options.statePath = folder.filePath(latin("no/such/folder/state.json"));
    options.redirectUris = {latin("http://localhost:3000/oauth/callback")};
    SandboxServer server(options);
    const auto sale = server.start();
    ASSERT_FALSE(sale);
    EXPECT_EQ(sale.error().kind, ErrorKind::File);
    EXPECT_TRUE(sale.error().summary.contains(options.statePath));
}

TEST_F(State, StoryTellsEverythingIssuedAndHandedIn)
{
    options.storyPath = folder.filePath(latin("story.jsonl"));
    RunningSandbox sandbox(options);
    SandboxClient &client = *sandbox.client;
    const QString code = client.code();
    const Answer tokens = client.exchange(code);
    client.accessToken = tokens.text("access_token");
    const Answer permit = client.permit(client.entityId(latin("Borealis Capital")),
                                        latin("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
    ASSERT_EQ(permit.status, 200);
    const QString spent = tokens.text("refresh_token");
    const Answer fresh = client.refresh(spent);
    client.refresh(spent);
    QList<std::pair<QString, QString>> told;
    QStringList outcomes;
    for (const QByteArray &line : contentOf(options.storyPath).trimmed().split('\n')) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        told.append({entry.value(QLatin1String("kind")).toString(),
                     entry.value(QLatin1String("text")).toString()});
        if (entry.contains(QLatin1String("outcome")))
            outcomes << entry.value(QLatin1String("outcome")).toString();
    }
    const QList<std::pair<QString, QString>> expected{
        {latin("code"), code},
        {latin("code_verifier"), client.verifier},
        {latin("access_token"), tokens.text("access_token")},
        {latin("refresh_token"), tokens.text("refresh_token")},
        {latin("permit"), QString::fromUtf8(permit.body)},
        {latin("refresh"), spent},
        {latin("access_token"), fresh.text("access_token")},
        {latin("refresh_token"), fresh.text("refresh_token")},
        {latin("refresh"), spent}};
    EXPECT_EQ(told, expected);
    EXPECT_EQ(outcomes, QStringList({latin("taken"), latin("refused")}));
    EXPECT_EQ(QFile::permissions(options.storyPath), ownerOnly);
}

TEST(Start, TakenPortIsSaidWithItsNumber)
{
    RunningSandbox sandbox;
    SandboxOptions options;
    options.port = quint16(sandbox.sale.apiUrl.port());
    options.redirectUris = {latin("http://localhost:3000/oauth/callback")};
    SandboxServer second(options);
    const auto sale = second.start();
    ASSERT_FALSE(sale);
    EXPECT_EQ(sale.error().kind, ErrorKind::PortInUse);
    EXPECT_TRUE(sale.error().summary.contains(QString::number(options.port)));
}

TEST(Start, GivesTheSaleToUseItWith)
{
    RunningSandbox sandbox;
    EXPECT_FALSE(sandbox.sale.isSandbox()) << "only the one inside the program is";
    EXPECT_EQ(sandbox.sale.name, latin("Sandbox sale"));
    EXPECT_EQ(sandbox.sale.redirectUris.size(), 2);
    EXPECT_EQ(sandbox.sale.permitSigner.size(), 42);
    ASSERT_TRUE(sandbox.sale.chain);
    EXPECT_EQ(sandbox.sale.chain->chainId, 84532u);
    EXPECT_EQ(sandbox.client->get(sandbox.sale.setUpPage().path()).status, 200);
    EXPECT_EQ(sandbox.client->get(sandbox.sale.homePage().path()).status, 200);
}

TEST(Start, NeedsARedirectUriAndAKnownMutation)
{
    SandboxServer nowhere{SandboxOptions()};
    EXPECT_FALSE(nowhere.start());
    SandboxOptions options;
    options.redirectUris = {latin("http://localhost:3000/oauth/callback")};
    options.permitMutation = latin("sideways");
    SandboxServer odd(options);
    EXPECT_FALSE(odd.start());
}
