// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace sonar {

/// What a start asks the program for.
struct StartRequest
{
    QString saleFile;   ///< absolute path; empty: none
    QString permitFile; ///< absolute path of permits to verify; empty: none
    bool sandbox = false;
    /// What the launcher gave the start so that its window may come to the front
    /// (XDG_ACTIVATION_TOKEN, DESKTOP_STARTUP_ID); empty: nothing. Usable once.
    QByteArray activationToken{};

    bool operator==(const StartRequest &) const = default;
};

/// What the running program says to another start.
struct StartAnswer
{
    int exitCode = 0;  ///< which the other start ends with
    QString message{}; ///< plain text for its standard error; empty: nothing to say

    bool operator==(const StartAnswer &) const = default;
};

/// Messages between two starts: four bytes of length (big-endian), then a CBOR map (RFC 8949).
/// Paths may hold any character, and names that a version doesn't know are passed over.
QByteArray messageOf(const StartRequest &request);
QByteArray messageOf(const StartAnswer &answer);

/// Takes a whole message out of what has arrived; nothing when it isn't all there. A message that
/// can't be one (too long, no map) makes `refused` true.
std::optional<StartRequest> requestIn(const QByteArray &arrived, bool &refused);
std::optional<StartAnswer> answerIn(const QByteArray &arrived, bool &refused);

} // namespace sonar
