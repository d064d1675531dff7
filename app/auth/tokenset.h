// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace sonar {

/// The tokens of one account at one service. Lives in memory and the keychain only.
struct TokenSet
{
    QByteArray accessToken;
    QByteArray refreshToken;
    qint64 expiresAt =
        0; ///< Unix seconds by our clock: when received + expires_in, or the JWT's exp if sooner

    bool operator==(const TokenSet &) const = default;
};

/// Whose tokens: tokens are never sent to another service (RFC 9700).
struct TokenKey
{
    QString accountId; ///< Account::id
    QString serviceId; ///< Sale::serviceId()

    bool operator==(const TokenKey &) const = default;
};

} // namespace sonar
