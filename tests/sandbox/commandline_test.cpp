// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/salefile.h"
#include "tests/sandbox/sandboxclient.h"
#include "tests/support/waiting.h"

#include <QJsonDocument>
#include <QProcess>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

const QStringList redirect{QStringLiteral("--redirect-uri"),
                           QStringLiteral("http://localhost:3000/oauth/callback")};

struct Ended
{
    int exitCode = -1;
    QString output;
    QString errors;
};

Ended run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(SANDBOX_PROGRAM), arguments);
    waitUntil([&] { return process.state() == QProcess::NotRunning; });
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QByteArray readyLine(QProcess &process, const QStringList &arguments)
{
    process.start(QStringLiteral(SANDBOX_PROGRAM), arguments);
    waitUntil([&] { return process.canReadLine() || process.state() == QProcess::NotRunning; });
    return process.readLine();
}

} // namespace

TEST(CommandLine, PrintsASaleFileThatWorksAndEndsOnRequest)
{
    QProcess process;
    const QByteArray line = readyLine(
        process, redirect + QStringList{latin("--port"), latin("0"), latin("--redirect-uri"),
                                        latin("http://localhost:3001/oauth/callback")});
    const auto sale = parseSaleFile(line);
    ASSERT_TRUE(sale) << qPrintable(sale.error().report()) << line.constData();
    EXPECT_EQ(sale->redirectUris, (QStringList{latin("http://localhost:3000/oauth/callback"),
                                               latin("http://localhost:3001/oauth/callback")}));
    EXPECT_EQ(QJsonDocument::fromJson(line).object().value(QLatin1String("port")).toInt(),
              sale->apiUrl.port());
    SandboxClient client(*sale);
    EXPECT_EQ(client.signIn().status, 200);
    EXPECT_EQ(client.call(latin("MyProfile")).status, 200);
    process.terminate();
    ASSERT_TRUE(waitUntil([&] { return process.state() == QProcess::NotRunning; }));
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(process.exitCode(), 0);
    EXPECT_TRUE(process.readAllStandardOutput().isEmpty()) << "one line and no more";
}

TEST(CommandLine, SolanaSaleParsesToo)
{
    QProcess process;
    const auto sale =
        parseSaleFile(readyLine(process, redirect + QStringList{latin("--chain"), latin("svm")}));
    ASSERT_TRUE(sale) << qPrintable(sale.error().report());
    EXPECT_EQ(sale->chainType(), ChainType::Svm);
    process.kill();
    waitUntil([&] { return process.state() == QProcess::NotRunning; });
}

TEST(CommandLine, RestNamesRenameTheFieldsOfCommitments)
{
    QProcess process;
    const auto sale =
        parseSaleFile(readyLine(process, redirect + QStringList{latin("--rest-names")}));
    ASSERT_TRUE(sale) << qPrintable(sale.error().report());
    const Answer answer =
        SandboxClient(*sale).postJson(latin("/sonar/v1/public/read-commitment-data"),
                                      jsonOf({{latin("SaleUUID"), sale->saleUuid}}));
    EXPECT_TRUE(answer.body.contains("\"TokenAddress\""));
    EXPECT_FALSE(answer.body.contains("\"Token\""));
    process.kill();
    waitUntil([&] { return process.state() == QProcess::NotRunning; });
}

TEST(CommandLine, TakenPortEndsWithOneAndSaysWhich)
{
    RunningSandbox sandbox;
    const QString port = QString::number(sandbox.sale.apiUrl.port());
    const Ended ended = run(redirect + QStringList{latin("--port"), port});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.errors.contains(port));
    EXPECT_TRUE(ended.output.isEmpty());
}

TEST(CommandLine, WrongUseEndsWithTwoAndSaysWhy)
{
    const struct
    {
        QStringList arguments;
        const char *named;
    } cases[] = {
        {{}, "--redirect-uri"},
        {{latin("--redirect-uri"), latin("localhost:3000")}, "localhost:3000"},
        {{latin("--redirect-uri"), latin("http://example.test/cb")}, "example.test"},
        {redirect + QStringList{latin("--mutate"), latin("sideways")}, "wrong-signer"},
        {redirect + QStringList{latin("--port"), latin("70000")}, "--port"},
        {redirect + QStringList{latin("--access-token-seconds"), latin("0")},
         "--access-token-seconds"},
        {redirect + QStringList{latin("--latency-ms"), latin("-1")}, "--latency-ms"},
        {redirect + QStringList{latin("--chain"), latin("dogs")}, "--chain"},
        {redirect + QStringList{latin("--frobnicate")}, "frobnicate"},
        {redirect + QStringList{latin("extra")}, "extra"},
    };
    for (const auto &one : cases) {
        const Ended ended = run(one.arguments);
        EXPECT_EQ(ended.exitCode, 2) << one.named;
        EXPECT_TRUE(ended.errors.contains(latin(one.named))) << qPrintable(ended.errors);
        EXPECT_TRUE(ended.output.isEmpty());
    }
}

TEST(CommandLine, HelpAndVersion)
{
    const Ended help = run({latin("--help")});
    EXPECT_EQ(help.exitCode, 0);
    EXPECT_TRUE(help.output.contains(latin("--redirect-uri")));
    const Ended version = run({latin("--version")});
    EXPECT_EQ(version.exitCode, 0);
    EXPECT_TRUE(version.output.startsWith(latin("sonar-sandbox ")));
}
