// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/tokenreply.h"

#include "app/base/json.h"

#include <QByteArrayList>
#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace sonar {

namespace {

constexpr qsizetype replyBytes = 256 * 1024;
constexpr qsizetype tokenBytes = 16 * 1024;
constexpr qint64 longestLifetime = 10ll * 366 * 24 * 3600;

struct TokenReplyText
{
    Q_DECLARE_TR_FUNCTIONS(TokenReply)
};

Error malformed(const QString &why)
{
    return {ErrorKind::Malformed,
            TokenReplyText::tr("The service's answer with the tokens could not be read."),
            TokenReplyText::tr("Try again. If it happens again, tell the support of the sale."),
            why};
}

/// VSCHAR without the space (RFC 6749 appendix A): goes into a header and the keychain unchanged.
bool isTokenText(const QString &text)
{
    return text.size() <= tokenBytes && std::all_of(text.begin(), text.end(), [](QChar c) {
               return c > QLatin1Char(' ') && c <= QLatin1Char('~');
           });
}

QByteArray tokenField(JsonFields &fields, const char *name)
{
    const QString text = fields.textOr(name);
    if (!isTokenText(text))
        fields.refuse(name, TokenReplyText::tr("has characters or a length that no token has"));
    return text.toLatin1();
}

std::optional<quint64> claim(const JsonDocument &claims, const char *name)
{
    const auto value = claims.root().member(name);
    return value ? value->toUint64() : std::nullopt;
}

/// Seconds that a JWT gives itself (RFC 7519 §4.1.4); nothing for any other token. `expiresIn` is
/// what the reply says, 0 when it doesn't.
std::optional<qint64> jwtLifetime(const QByteArray &token, qint64 expiresIn, qint64 now)
{
    const QByteArrayList parts = token.split('.');
    if (parts.size() != 3)
        return std::nullopt;
    const auto payload = QByteArray::fromBase64Encoding(
        parts[1], QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!payload)
        return std::nullopt;
    const auto claims = JsonDocument::parse(*payload, {tokenBytes, 16});
    if (!claims)
        return std::nullopt;
    const auto expires = claim(*claims, "exp");
    if (!expires)
        return std::nullopt;
    if (const auto issued = claim(*claims, "iat"); issued && *issued < *expires)
        return qint64(std::min(*expires - *issued, quint64(longestLifetime)));
    // Against our clock only while both roughly agree: one that is wrong by hours would make every
    // token look expired.
    const qint64 left = qint64(std::min(*expires, quint64(now + longestLifetime))) - now;
    return left > expiresIn / 2 ? std::optional(left) : std::nullopt;
}

/// Digits in text as the number that they are; anything else as it stands.
QByteArray withoutQuotes(const QByteArray &json)
{
    const QByteArray inner =
        json.size() > 2 && json.startsWith('"') ? json.mid(1, json.size() - 2) : QByteArray();
    const bool digits = !inner.isEmpty() && std::all_of(inner.begin(), inner.end(), [](char c) {
        return c >= '0' && c <= '9';
    });
    return digits ? inner : json;
}

/// Whole seconds of any JSON number (RFC 6749 §5.1 says no more than that): 3600.0 and 1e3, too;
/// of digits in text, which some services write. 0 when it is left out, as §5.1 allows.
/// Not one of the exact fields: up to longestLifetime a double holds every second.
qint64 lifetimeField(JsonFields &fields, const JsonDocument &document)
{
    constexpr auto name = "expires_in";
    if (!fields.has(name))
        return 0;
    bool isNumber = false;
    const double seconds =
        withoutQuotes(document.exactText(name).value_or(QByteArray())).toDouble(&isNumber);
    if (!isNumber)
        fields.refuse(name, TokenReplyText::tr("isn't a number"));
    else if (!(seconds >= 1 && seconds <= double(longestLifetime)))
        fields.refuse(name, TokenReplyText::tr("is out of range"));
    return fields.ok() ? qint64(seconds) : 0;
}

} // namespace

Result<TokenReply> parseTokenReply(const QByteArray &json, qint64 now)
{
    const auto document = JsonDocument::parse(json, {replyBytes, 16});
    if (!document)
        return failure(malformed(document.error().details));
    JsonFields fields(document->root(), QStringLiteral("TokenReply"));
    TokenReply reply;
    fields.text("access_token");
    reply.accessToken = tokenField(fields, "access_token");
    if (fields.ok() && reply.accessToken.isEmpty())
        fields.refuse("access_token", TokenReplyText::tr("is empty"));
    reply.refreshToken = tokenField(fields, "refresh_token");
    fields.text("token_type");
    reply.lifetimeSeconds = lifetimeField(fields, *document);
    if (!fields.ok())
        return failure(malformed(fields.fault()));
    const auto own = jwtLifetime(reply.accessToken, reply.lifetimeSeconds, now);
    if (reply.lifetimeSeconds == 0)
        reply.lifetimeSeconds = own.value_or(0);
    else if (own)
        reply.lifetimeSeconds = std::min(reply.lifetimeSeconds, *own);
    if (reply.lifetimeSeconds == 0) {
        fields.refuse("expires_in", TokenReplyText::tr("is missing, and the token itself doesn't "
                                                       "say how long it is valid"));
        return failure(malformed(fields.fault()));
    }
    return reply;
}

TokenSet tokenSet(const TokenReply &reply, qint64 now, const QByteArray &oldRefreshToken)
{
    return {reply.accessToken, reply.refreshToken.isEmpty() ? oldRefreshToken : reply.refreshToken,
            now + reply.lifetimeSeconds};
}

} // namespace sonar
