// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/net/jsontransport.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <optional>

namespace sonar {

/// What an authorization code is exchanged with (protocol reference §3).
struct AuthorizationGrant
{
    QByteArray code;
    QByteArray verifier;
    QString redirectUri;
};

/// The exchange's answer, for a QAbstractOAuthReplyHandler.
class TokenExchangeReply : public QNetworkReply
{
    Q_OBJECT
public:
    TokenExchangeReply(const QNetworkRequest &request, QObject *parent);

    /// Set once finished() was emitted.
    const std::optional<Result<JsonReply>> &result() const { return m_result; }
    void finish(Result<JsonReply> result);
    void abort() override;
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 maximum) override;

private:
    std::optional<Result<JsonReply>> m_result;
};

/// What QOAuth2AuthorizationCodeFlow sends through: its form-encoded token request becomes the
/// JSON exchange, once; no other request leaves.
class TokenExchange : public QNetworkAccessManager
{
    Q_OBJECT
public:
    /// `exchangeUrl` is what the flow knows as its access token URL.
    explicit TokenExchange(QUrl exchangeUrl, QObject *parent = nullptr);
    ~TokenExchange() override;

    /// The grant that the next token request is made with.
    void setGrant(AuthorizationGrant grant);
    void cancel() { m_cancel.cancel(); }
    bool hasGrant() const { return m_grant.has_value(); }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoingData) override;

private:
    QUrl m_exchangeUrl;
    std::optional<AuthorizationGrant> m_grant;
    JsonTransport m_transport;
    CancelToken m_cancel;
};

/// `{"code":…,"code_verifier":…,"redirect_uri":…}`, exactly.
QByteArray exchangeRequest(const AuthorizationGrant &grant);

} // namespace sonar
