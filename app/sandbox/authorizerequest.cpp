// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/authorizerequest.h"

#include "app/sandbox/randomtext.h"

#include <QHash>

namespace sonar::sandbox {

namespace {

const QStringList &parameterNames()
{
    static const QStringList names{QStringLiteral("client_id"), QStringLiteral("redirect_uri"),
                                   QStringLiteral("response_type"), QStringLiteral("state"),
                                   QStringLiteral("code_challenge")};
    return names;
}

tl::unexpected<QString> wrong(const QString &text)
{
    return tl::unexpected<QString>(text);
}

QString shortened(const QString &text)
{
    return text.size() > 60 ? text.left(60) + QChar(0x2026) : text;
}

/// Anything unguessable is a state (protocol reference §3); the eight characters that Qt 6.4 makes
/// from the clock are not.
bool isState(const QString &text)
{
    return text.size() > 8;
}

tl::expected<QHash<QString, QString>, QString> fiveParameters(const QByteArray &query)
{
    const auto form = parseForm(query);
    if (!form)
        return wrong(QStringLiteral("The query is not well-formed."));
    QHash<QString, QString> parameters;
    for (const auto &[name, value] : *form) {
        if (!parameterNames().contains(name))
            return wrong(QStringLiteral("The parameter \u201C%1\u201D is not one of the five that "
                                        "Sonar knows.")
                             .arg(shortened(name)));
        if (parameters.contains(name))
            return wrong(QStringLiteral("The parameter \u201C%1\u201D was sent twice.").arg(name));
        parameters.insert(name, value);
    }
    for (const QString &name : parameterNames()) {
        if (parameters.value(name).isEmpty())
            return wrong(QStringLiteral("The parameter \u201C%1\u201D is missing.").arg(name));
    }
    return parameters;
}

} // namespace

tl::expected<AuthorizeRequest, QString> readAuthorizeRequest(const QByteArray &query,
                                                             const Sale &sale)
{
    const auto parameters = fiveParameters(query);
    if (!parameters)
        return wrong(parameters.error());
    const auto value = [&](const char *name) { return parameters->value(QLatin1String(name)); };
    if (value("client_id") != sale.clientUuid)
        return wrong(QStringLiteral("The client_id is not that of this sale."));
    if (!sale.redirectUris.contains(value("redirect_uri")))
        return wrong(QStringLiteral("The redirect_uri \u201C%1\u201D is not registered. It must "
                                    "equal a registered one character for character.")
                         .arg(shortened(value("redirect_uri"))));
    if (value("response_type") != QLatin1String("code"))
        return wrong(QStringLiteral("The response_type must be \u201Ccode\u201D."));
    if (!isState(value("state")))
        return wrong(QStringLiteral("The state must have 9 characters or more."));
    const QString challenge = value("code_challenge");
    if (challenge.size() != 43 || !isBase64Url(challenge))
        return wrong(QStringLiteral(
            "The code_challenge is not a SHA-256 in base64url (43 characters, no padding)."));
    return AuthorizeRequest{value("redirect_uri"), value("state"), challenge};
}

} // namespace sonar::sandbox
