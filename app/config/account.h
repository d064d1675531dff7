// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace sonar {

/// A Sonar login the user works with. Its tokens lie in the keychain under `id` and the service.
struct Account
{
    QString id;   ///< UUID text, ours, random; says nothing about the person
    QString name; ///< chosen by the user; plain text

    bool operator==(const Account &) const = default;
};

/// Where an account may have tokens in the keychain; says nothing secret. A keychain can't be
/// listed, so this is all that leads to them once no sale names the service any more.
struct TokenPlace
{
    QString accountId; ///< Account::id
    QString serviceId; ///< Sale::serviceId()

    bool operator==(const TokenPlace &) const = default;
};

} // namespace sonar
