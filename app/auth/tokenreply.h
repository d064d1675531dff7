// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenset.h"
#include "app/base/result.h"

#include <QByteArray>

namespace sonar {

/// What the exchange and the refresh answer (protocol reference §3).
struct TokenReply
{
    QByteArray accessToken;     ///< visible ASCII, safe in a header
    QByteArray refreshToken;    ///< empty: the old one stays
    qint64 lifetimeSeconds = 0; ///< at least 1: expires_in, or what the JWT says if that is shorter
                                ///< or the only one

    bool operator==(const TokenReply &) const = default;
};

/// `now` in Unix seconds, for a JWT that has `exp` but no `iat`. Errors are of kind Malformed and
/// name the field, never its content.
Result<TokenReply> parseTokenReply(const QByteArray &json, qint64 now);

/// The tokens as they are kept; `oldRefreshToken` stays when the reply has none.
TokenSet tokenSet(const TokenReply &reply, qint64 now, const QByteArray &oldRefreshToken = {});

} // namespace sonar
