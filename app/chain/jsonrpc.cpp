// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chain/jsonrpc.h"

#include "app/base/json.h"
#include "app/base/loopback.h"
#include "app/net/answererror.h"

#include <QCoreApplication>

namespace sonar {

namespace {

struct RpcText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::JsonRpc)
};

constexpr qsizetype longestAnswer = 64 * 1024;
constexpr int deepestAnswer = 16;

Error notSecure(const QString &host)
{
    return {ErrorKind::InvalidInput,
            RpcText::tr("The address of the chain's server is not secure."),
            RpcText::tr("Only https is used (http on this computer alone). Check the sale's RPC "
                        "URL."),
            RpcText::tr("Host: %1").arg(host), 0};
}

/// The transport speaks of Sonar; here somebody else answered.
Error fromChainServer(Error error, const QString &host)
{
    error.advice.clear();
    if (error.httpStatus == 0 || error.kind == ErrorKind::Malformed)
        return error;
    error.summary = error.kind == ErrorKind::RateLimited
                        ? RpcText::tr("Too many questions: %1 asks you to wait.").arg(host)
                        : RpcText::tr("%1 refused the question (HTTP status %2).")
                              .arg(host)
                              .arg(error.httpStatus);
    return error;
}

tl::unexpected<Error> noAnswer(const QString &host, const QString &why)
{
    return failure({ErrorKind::Malformed,
                    RpcText::tr("%1 doesn't answer like a chain's server.").arg(host),
                    RpcText::tr("Check the sale's RPC URL."), why, 0});
}

/// The error object of an answer; its texts are the server's.
tl::unexpected<Error> refusal(const QByteArray &text, const QString &host)
{
    const auto object = JsonDocument::parse(text, {longestAnswer, deepestAnswer});
    const auto message = object ? object->root().member("message") : std::nullopt;
    const auto code = object ? object->exactText("code") : std::nullopt;
    if (!message || !message->toText() || !code)
        return noAnswer(host, RpcText::tr("Its error is no JSON-RPC error."));
    const QString said = plainLine(*message->toText());
    return failure({ErrorKind::Rejected,
                    RpcText::tr("%1 refused the question. It says: %2").arg(host, said),
                    {},
                    RpcText::tr("Code: %1").arg(plainLine(QString::fromUtf8(*code), 40)),
                    0,
                    -1,
                    said});
}

} // namespace

TransportLimits rpcLimits()
{
    return {5'000, 10'000, longestAnswer};
}

bool isRevert(const Error &error)
{
    // Servers agree on no code for it; geth's 3 comes with the first of these words, too.
    return error.kind == ErrorKind::Rejected && error.httpStatus == 0 &&
           (error.said.contains(QLatin1String("revert"), Qt::CaseInsensitive) ||
            error.said.contains(QLatin1String("invalid opcode"), Qt::CaseInsensitive));
}

Result<QString> rpcResult(const QByteArray &answer, quint64 id, const QString &host)
{
    const auto document = JsonDocument::parse(answer, {longestAnswer, deepestAnswer});
    if (!document)
        return noAnswer(host, document.error().details);
    const JsonValue root = document->root();
    const auto version = root.member("jsonrpc");
    if (!version || version->toText() != QLatin1String("2.0"))
        return noAnswer(host, RpcText::tr("The answer is no JSON-RPC 2.0."));
    const auto result = root.member("result");
    const auto error = root.member("error");
    const bool refused = error && !error->isNull();
    if (refused && result && !result->isNull())
        return noAnswer(host, RpcText::tr("The answer has both a result and an error."));
    // An error may carry no id when the request couldn't be read (§5).
    const auto answered = root.member("id");
    const bool ours = answered && answered->toUint64() == id;
    if (!ours && !(refused && answered && answered->isNull()))
        return noAnswer(host, RpcText::tr("The answer belongs to another question."));
    if (refused)
        return refusal(document->exactText("error").value_or(QByteArray()), host);
    const auto text = result ? result->toText() : std::nullopt;
    if (!text)
        return noAnswer(host, RpcText::tr("The result is no text."));
    return *text;
}

JsonRpc::JsonRpc(QUrl url, TransportLimits limits)
    : m_url(std::move(url))
    , m_transport(limits)
{}

QCoro::Task<Result<QString>> JsonRpc::call(QString method, QByteArray params, CancelToken cancel)
{
    const QString host = m_url.host();
    if (!isAllowedUrl(m_url))
        co_return failure(notSecure(host));
    const quint64 id = ++m_lastId;
    const QByteArray request = R"({"jsonrpc":"2.0","id":)" + QByteArray::number(id) +
                               R"(,"method":)" + jsonQuoted(method) + R"(,"params":)" + params +
                               '}';
    const Result<JsonReply> reply = co_await m_transport.post(m_url, request, {}, cancel);
    // Nothing of the object is touched from here on: it may be gone.
    if (!reply)
        co_return failure(fromChainServer(reply.error(), host));
    co_return rpcResult(reply->body, id, host);
}

} // namespace sonar
