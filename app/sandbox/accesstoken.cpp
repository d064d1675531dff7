// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/accesstoken.h"

#include "app/base/json.h"
#include "app/sandbox/jsonwriter.h"
#include "app/sandbox/randomtext.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace sonar::sandbox {

namespace {

QByteArray mark(const QByteArray &signedPart, const QByteArray &key)
{
    return QMessageAuthenticationCode::hash(signedPart, key, QCryptographicHash::Sha256)
        .toBase64(base64url);
}

QByteArray encodedHeader()
{
    return QByteArray(R"({"alg":"HS256","typ":"JWT"})").toBase64(base64url);
}

} // namespace

QString signedToken(const AccessClaims &claims, const QByteArray &key)
{
    const QByteArray payload = JsonObject()
                                   .text("sub", claims.subject)
                                   .text("sid", claims.session)
                                   .text("jti", claims.id)
                                   .number("iat", quint64(claims.issuedAt))
                                   .number("exp", quint64(claims.expiresAt))
                                   .done();
    const QByteArray signedPart = encodedHeader() + '.' + payload.toBase64(base64url);
    return QLatin1String(signedPart + '.' + mark(signedPart, key));
}

std::optional<AccessClaims> verifiedToken(const QString &token, const QByteArray &key)
{
    const QByteArrayList parts = token.toUtf8().split('.');
    if (parts.size() != 3 || parts[0] != encodedHeader() ||
        parts[2] != mark(parts[0] + '.' + parts[1], key))
        return std::nullopt;
    const auto document = JsonDocument::parse(QByteArray::fromBase64(parts[1], base64url));
    if (!document)
        return std::nullopt;
    JsonFields fields(document->root(), QStringLiteral("token"));
    AccessClaims claims;
    claims.subject = fields.text("sub");
    claims.session = fields.text("sid");
    claims.id = fields.text("jti");
    claims.issuedAt = qint64(fields.uint64("iat"));
    claims.expiresAt = qint64(fields.uint64("exp"));
    if (!fields.ok())
        return std::nullopt;
    return claims;
}

} // namespace sonar::sandbox
