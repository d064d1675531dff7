// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace sonar {

/// Proof key of one sign-in (RFC 7636), fresh each time.
struct Pkce
{
    QByteArray verifier;  ///< 43 unreserved characters that hold 256 random bits (§4.1)
    QByteArray challenge; ///< S256 of the verifier (§4.2)
};

Pkce makePkce();

/// base64url(SHA-256(verifier)) without padding.
QByteArray pkceChallenge(const QByteArray &verifier);

/// 256 bits of the system's generator as 43 base64url characters.
QByteArray unguessableText();

} // namespace sonar
