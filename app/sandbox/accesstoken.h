// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace sonar::sandbox {

struct AccessClaims
{
    QString subject;     ///< person
    QString session;     ///< `sid`
    QString id;          ///< `jti`
    qint64 issuedAt = 0; ///< Unix seconds
    qint64 expiresAt = 0;
};

/// A JWT (RFC 7519) signed with HS256.
QString signedToken(const AccessClaims &claims, const QByteArray &key);
/// Nothing unless this key signed it. Its expiry isn't looked at.
std::optional<AccessClaims> verifiedToken(const QString &token, const QByteArray &key);

} // namespace sonar::sandbox
