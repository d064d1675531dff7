// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"
#include "app/sandbox/httpmessages.h"

#include <tl/expected.hpp>

namespace sonar::sandbox {

/// The query of /oauth/authorize once it was found right.
struct AuthorizeRequest
{
    QString redirectUri;
    QString state;
    QString challenge;
};

/// Exactly the five parameters of protocol reference §3, each once and well-formed; otherwise what
/// is wrong, in a sentence. That extra ones (scope, code_challenge_method) are refused is stricter
/// than any source says: nobody knows whether the service takes them.
tl::expected<AuthorizeRequest, QString> readAuthorizeRequest(const QByteArray &query,
                                                             const Sale &sale);

} // namespace sonar::sandbox
