// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/tokenexchange.h"

#include "app/base/json.h"
#include "app/net/redaction.h"

#include <QPointer>

#include <utility>

namespace sonar {

namespace {

TransportLimits exchangeLimits()
{
    TransportLimits limits;
    limits.totalMilliseconds = 30'000;
    limits.bodyBytes = 256 * 1024;
    return limits;
}

QCoro::Task<> exchange(QPointer<TokenExchangeReply> reply, JsonTransport *transport, QUrl url,
                       AuthorizationGrant grant, CancelToken cancel)
{
    const QByteArray json = exchangeRequest(grant);
    const JsonTransport::Headers noHeaders;
    Result<JsonReply> result = co_await transport->post(url, json, noHeaders, cancel);
    if (!result)
        result = failure(withoutSecrets(result.error(), {grant.code, grant.verifier}));
    if (reply)
        reply->finish(std::move(result));
}

} // namespace

QByteArray exchangeRequest(const AuthorizationGrant &grant)
{
    return "{\"code\":" + jsonQuoted(QString::fromUtf8(grant.code)) +
           ",\"code_verifier\":" + jsonQuoted(QString::fromLatin1(grant.verifier)) +
           ",\"redirect_uri\":" + jsonQuoted(grant.redirectUri) + '}';
}

TokenExchangeReply::TokenExchangeReply(const QNetworkRequest &request, QObject *parent)
    : QNetworkReply(parent)
{
    setRequest(request);
    setUrl(request.url());
    setOperation(QNetworkAccessManager::PostOperation);
    open(QIODevice::ReadOnly);
}

void TokenExchangeReply::finish(Result<JsonReply> result)
{
    if (m_result)
        return;
    m_result = std::move(result);
    if (*m_result)
        setAttribute(QNetworkRequest::HttpStatusCodeAttribute, (*m_result)->status);
    else
        setError(QNetworkReply::UnknownServerError, m_result->error().summary);
    setFinished(true);
    // Later, since the flow connects only when it has got the reply.
    QMetaObject::invokeMethod(this, &QNetworkReply::finished, Qt::QueuedConnection);
}

void TokenExchangeReply::abort()
{
    finish(failure({ErrorKind::Cancelled, {}, {}, {}}));
}

qint64 TokenExchangeReply::readData(char *, qint64)
{
    return -1; // the tokens are handed over by result()
}

TokenExchange::TokenExchange(QUrl exchangeUrl, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_exchangeUrl(std::move(exchangeUrl))
    , m_transport(exchangeLimits())
{}

TokenExchange::~TokenExchange()
{
    m_cancel.cancel();
}

void TokenExchange::setGrant(AuthorizationGrant grant)
{
    m_grant = std::move(grant);
}

QNetworkReply *TokenExchange::createRequest(Operation operation, const QNetworkRequest &request,
                                            QIODevice *)
{
    auto *reply = new TokenExchangeReply(request, this);
    const auto grant = std::exchange(m_grant, std::nullopt);
    if (!grant || operation != PostOperation || request.url() != m_exchangeUrl) {
        reply->abort();
        return reply;
    }
    exchange(reply, &m_transport, m_exchangeUrl, *grant, m_cancel);
    return reply;
}

} // namespace sonar
