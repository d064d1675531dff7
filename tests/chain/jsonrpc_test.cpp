// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chain/jsonrpc.h"

#include "app/base/json.h"
#include "tests/chain/fakerpc.h"
#include "tests/support/waiting.h"

#include <QCoro/QCoroTask>

#include <gtest/gtest.h>

namespace sonar {

namespace {

const QString host = QStringLiteral("rpc.example.org");

/// The error of an answer to request 7.
Error refusalOf(const QByteArray &answer)
{
    const auto result = rpcResult(answer, 7, host);
    EXPECT_FALSE(result) << "taken for an answer: " << answer.constData();
    return result ? Error() : result.error();
}

Result<QString> asked(JsonRpc &rpc)
{
    return QCoro::waitFor(rpc.call(QStringLiteral("eth_chainId"), "[]"));
}

} // namespace

TEST(JsonRpcAnswer, IsTheResultOfTheQuestionAsked)
{
    const auto result = rpcResult(R"({"jsonrpc":"2.0","id":7,"result":"0x1"})", 7, host);
    ASSERT_TRUE(result) << qPrintable(result.error().report());
    EXPECT_EQ(*result, QStringLiteral("0x1"));
    EXPECT_TRUE(rpcResult(R"({"id":7,"result":"0x","error":null,"jsonrpc":"2.0"})", 7, host));
}

TEST(JsonRpcAnswer, AnythingElseIsRefused)
{
    const QByteArray answers[] = {
        "",
        "null",
        "[]",
        "<html>",
        R"([{"jsonrpc":"2.0","id":7,"result":"0x1"}])",
        R"({"jsonrpc":"2.0","id":7})",
        R"({"jsonrpc":"2.0","id":7,"result":null})",
        R"({"jsonrpc":"2.0","id":7,"result":1})",
        R"({"jsonrpc":"2.0","id":7,"result":true})",
        R"({"jsonrpc":"2.0","id":7,"result":{}})",
        R"({"jsonrpc":"2.0","id":8,"result":"0x1"})",
        R"({"jsonrpc":"2.0","id":"7","result":"0x1"})",
        R"({"jsonrpc":"2.0","id":null,"result":"0x1"})",
        R"({"jsonrpc":"2.0","id":7.0,"result":"0x1"})",
        R"({"jsonrpc":"2.0","result":"0x1"})",
        R"({"jsonrpc":"1.0","id":7,"result":"0x1"})",
        R"({"jsonrpc":2.0,"id":7,"result":"0x1"})",
        R"({"id":7,"result":"0x1"})",
        R"({"jsonrpc":"2.0","id":7,"result":"0x1","result":"0x2"})",
        R"({"jsonrpc":"2.0","id":7,"result":"0x1","error":{"code":1,"message":"x"}})",
        R"({"jsonrpc":"2.0","id":7,"error":"no"})",
        R"({"jsonrpc":"2.0","id":7,"error":{"code":1}})",
        R"({"jsonrpc":"2.0","id":7,"error":{"message":"x"}})",
        R"({"jsonrpc":"2.0","id":8,"error":{"code":1,"message":"x"}})",
        R"({"jsonrpc":"2.0","id":7,"result":"0x1"} x)",
    };
    for (const QByteArray &answer : answers) {
        SCOPED_TRACE(answer.constData());
        EXPECT_EQ(refusalOf(answer).kind, ErrorKind::Malformed);
    }
}

TEST(JsonRpcAnswer, AnErrorSaysWhatTheServerSays)
{
    const Error error = refusalOf(
        R"({"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"no such\nblock","data":{}}})");
    EXPECT_EQ(error.kind, ErrorKind::Rejected);
    EXPECT_TRUE(error.summary.contains(QStringLiteral("no such block")))
        << qPrintable(error.summary);
    EXPECT_TRUE(error.summary.contains(host));
    EXPECT_TRUE(error.details.contains(QStringLiteral("-32000"))) << qPrintable(error.details);
    EXPECT_EQ(
        refusalOf(R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}})")
            .kind,
        ErrorKind::Rejected);
}

TEST(JsonRpc, AsksOverTheWireWithANewIdEachTime)
{
    test::FakeRpc server;
    server.answer(QStringLiteral("eth_chainId"), QStringLiteral("0x14a34"));
    JsonRpc rpc(server.url());
    EXPECT_EQ(asked(rpc).value_or(QString()), QStringLiteral("0x14a34"));
    EXPECT_EQ(asked(rpc).value_or(QString()), QStringLiteral("0x14a34"));
    ASSERT_EQ(server.questions().size(), 2);
    EXPECT_NE(server.questions().at(0).id, server.questions().at(1).id);
    const auto request = JsonDocument::parse(server.questions().at(0).body);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->exactText("jsonrpc"), R"("2.0")");
    EXPECT_EQ(request->exactText("method"), R"("eth_chainId")");
    EXPECT_EQ(request->exactText("params"), "[]");
}

TEST(JsonRpc, NeverAsksOverAPlainConnectionToAnotherHost)
{
    JsonRpc rpc(QUrl(QStringLiteral("http://rpc.example.org/v3/secret-key")));
    const auto answer = asked(rpc);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::InvalidInput);
    EXPECT_FALSE(answer.error().report().contains(QStringLiteral("secret-key")));
}

TEST(JsonRpc, FaultsNameTheHostAndNeverTheKey)
{
    test::FakeRpc server;
    JsonRpc rpc(server.url());
    for (const int status : {301, 401, 403, 404, 429, 500, 503}) {
        server.status = status;
        const auto answer = asked(rpc);
        ASSERT_FALSE(answer) << status;
        EXPECT_EQ(answer.error().httpStatus, status);
        EXPECT_TRUE(answer.error().summary.contains(QStringLiteral("127.0.0.1"))) << status;
        EXPECT_FALSE(answer.error().report().contains(QStringLiteral("a-key-of-the-users")));
        EXPECT_FALSE(answer.error().report().contains(QStringLiteral("Sonar"))) << status;
    }
    server.close();
    const auto answer = asked(rpc);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Network);
    EXPECT_FALSE(answer.error().report().contains(QStringLiteral("a-key-of-the-users")));
}

TEST(JsonRpc, ReadsNoMoreThanAnAnswerCanBe)
{
    test::FakeRpc server;
    server.body = [](const test::RpcQuestion &) { return QByteArray(1024 * 1024, ' '); };
    JsonRpc rpc(server.url());
    const auto answer = asked(rpc);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Malformed);
}

TEST(JsonRpc, WaitsOnlySoLong)
{
    test::FakeRpc server;
    server.silent = true;
    JsonRpc rpc(server.url(), {50, 100, 1024});
    const auto answer = asked(rpc);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Timeout);
}

TEST(JsonRpc, EndsWithItsObject)
{
    test::FakeRpc server;
    server.silent = true;
    auto rpc = std::make_unique<JsonRpc>(server.url());
    std::optional<Result<QString>> answer;
    rpc->call(QStringLiteral("eth_chainId"), "[]").then([&](const Result<QString> &result) {
        answer = result;
    });
    ASSERT_TRUE(test::waitUntil([&] { return server.questions().size() == 1; }));
    rpc.reset();
    ASSERT_TRUE(test::waitUntil([&] { return answer.has_value(); }));
    ASSERT_FALSE(*answer);
    EXPECT_EQ(answer->error().kind, ErrorKind::Cancelled);
}

} // namespace sonar
