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

} // namespace sonar
