// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxclient.h"

#include "tests/support/waiting.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QRegularExpression>

namespace sonar::test {

namespace {

constexpr char redirectUri[] = "http://localhost:3000/oauth/callback";

QByteArray formOf(const Members &fields)
{
    QByteArrayList parts;
    for (const auto &[name, value] : fields)
        parts << QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    return parts.join('&');
}

} // namespace

QString challengeOf(const QString &verifier)
{
    return QLatin1String(
        QCryptographicHash::hash(verifier.toLatin1(), QCryptographicHash::Sha256)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QByteArray jsonOf(const Members &members)
{
    QJsonObject object;
    for (const auto &[name, value] : members)
        object.insert(name, value);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject Answer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QString Answer::text(const char *name) const
{
    return json().value(QLatin1String(name)).toString();
}

QString Answer::query(const char *name) const
{
    const QUrl location(QString::fromUtf8(headers.value("location")));
    return QUrlQuery(location).queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
}

SandboxClient::SandboxClient(const Sale &sale)
    : verifier(QStringLiteral("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
    , m_sale(sale)
{}

Answer SandboxClient::send(const QByteArray &method, const QString &path, const QByteArray &body,
                           const Headers &headers)
{
    QNetworkRequest request(QUrl(m_sale.apiUrl.toString() + path));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    // As a verb of one's own, HEAD would make Qt wait for a body.
    const std::unique_ptr<QNetworkReply> reply(
        method == "HEAD" ? m_network.head(request)
                         : m_network.sendCustomRequest(request, method, body));
    waitUntil([&] { return reply->isFinished(); });
    Answer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    for (const auto &[name, value] : reply->rawHeaderPairs())
        answer.headers.insert(name.toLower(), value);
    return answer;
}

Answer SandboxClient::get(const QString &pathAndQuery)
{
    return send("GET", pathAndQuery);
}

Answer SandboxClient::postJson(const QString &path, const QByteArray &body, const Headers &headers)
{
    return send("POST", path, body, Headers{{"Content-Type", "application/json"}} + headers);
}

Answer SandboxClient::postForm(const QString &path, const Members &fields)
{
    return send("POST", path, formOf(fields),
                {{"Content-Type", "application/x-www-form-urlencoded"}});
}

Members SandboxClient::authorizeParameters() const
{
    return {{QStringLiteral("client_id"), m_sale.clientUuid},
            {QStringLiteral("redirect_uri"), QLatin1String(redirectUri)},
            {QStringLiteral("response_type"), QStringLiteral("code")},
            {QStringLiteral("state"), QStringLiteral("4f0c2c6e-8a3b-4b7e-9d52-0a1b2c3d4e5f")},
            {QStringLiteral("code_challenge"), challengeOf(verifier)}};
}

Answer SandboxClient::authorize(const Members &parameters)
{
    return get(QStringLiteral("/oauth/authorize?") + QLatin1String(formOf(parameters)));
}

Answer SandboxClient::press(const Answer &page, const QString &decision, const QString &person)
{
    static const QRegularExpression hidden(QStringLiteral("name=\"ticket\" value=\"([^\"]+)\""));
    const QString ticket = hidden.match(QString::fromUtf8(page.body)).captured(1);
    return postForm(QStringLiteral("/oauth/decision"), {{QStringLiteral("ticket"), ticket},
                                                        {QStringLiteral("person"), person},
                                                        {QStringLiteral("decision"), decision}});
}

QString SandboxClient::code(const QString &person)
{
    return press(authorize(authorizeParameters()), QStringLiteral("authorize"), person)
        .query("code");
}

Answer SandboxClient::exchange(const QString &code)
{
    return postJson(QStringLiteral("/oauth.ExchangeAuthorizationCodeV2"),
                    jsonOf({{QStringLiteral("code"), code},
                            {QStringLiteral("code_verifier"), verifier},
                            {QStringLiteral("redirect_uri"), QLatin1String(redirectUri)}}));
}

Answer SandboxClient::refresh(const QString &refreshToken)
{
    return postJson(QStringLiteral("/oauth.RefreshAccessToken"),
                    jsonOf({{QStringLiteral("refresh_token"), refreshToken}}));
}

Answer SandboxClient::signIn(const QString &person)
{
    Answer answer = exchange(code(person));
    accessToken = answer.text("access_token");
    return answer;
}

Answer SandboxClient::call(const QString &endpoint, Members members)
{
    for (auto &[name, value] : members) {
        if (name == QLatin1String("SaleUUID") && value.isEmpty())
            value = m_sale.saleUuid;
    }
    return postJson(QStringLiteral("/externalapi.") + endpoint, jsonOf(members),
                    {{"authorization", "api:Bearer " + accessToken.toLatin1()}});
}

QString SandboxClient::entityId(const QString &label)
{
    const Answer answer =
        call(QStringLiteral("ListAvailableEntities"), {{QStringLiteral("SaleUUID"), QString()}});
    const QJsonArray entities = answer.json().value(QLatin1String("Entities")).toArray();
    for (const QJsonValue &entity : entities) {
        if (entity.toObject().value(QLatin1String("Label")).toString() == label)
            return entity.toObject().value(QLatin1String("EntityID")).toString();
    }
    return {};
}

Answer SandboxClient::check(const QString &entity, const QString &wallet)
{
    return call(QStringLiteral("PrePurchaseCheck"),
                {{QStringLiteral("SaleUUID"), QString()},
                 {QStringLiteral("EntityID"), entity},
                 {QStringLiteral("PurchasingWalletAddress"), wallet}});
}

Answer SandboxClient::permit(const QString &entity, const QString &wallet)
{
    return call(QStringLiteral("GenerateSalePurchasePermit"),
                {{QStringLiteral("SaleUUID"), QString()},
                 {QStringLiteral("EntityID"), entity},
                 {QStringLiteral("PurchasingWalletAddress"), wallet}});
}

RunningSandbox::RunningSandbox(SandboxOptions options)
{
    options.clock = &clock;
    if (options.redirectUris.isEmpty())
        options.redirectUris = {QLatin1String(redirectUri),
                                QStringLiteral("http://127.0.0.1:3001/oauth/callback")};
    server = std::make_unique<SandboxServer>(options);
    sale = server->start().value();
    client = std::make_unique<SandboxClient>(sale);
}

} // namespace sonar::test
