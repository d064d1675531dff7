// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "ui/style/theme.h"

#include <QString>

#include <optional>

namespace sonar {

class Session;

/// How the window says where a session stands.
struct SessionWords
{
    QString chip;
    Tone tone = Tone::Neutral;
};

SessionWords sessionWords(const Session &session);
/// What the user has to know about the session beside the chip, if anything: it ended
/// (NotConnected), or the keychain failed (Keychain).
std::optional<Error> sessionNews(const Session &session);

} // namespace sonar
