// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace sonar {

/// How a callback ended, as the browser's tab says it.
enum class CallbackOutcome {
    Connected,
    Declined,   ///< by the user, on the service's page
    Failed,     ///< the exchange or the service failed
    Expired,    ///< after the ten minutes
    Refused,    ///< not this sign-in's: foreign, missing, used or repeated state
    Unfinished, ///< the exchange still runs: the window will tell
    Cancelled,  ///< in the window, meanwhile
};

/// Last part of the address that the result is shown under: no code, no state.
QByteArray outcomeName(CallbackOutcome outcome);

/// A whole HTTP response with the page: no script, nothing from elsewhere, not stored, no referrer.
QByteArray pageResponse(CallbackOutcome outcome);

/// 303 to `path`, with the same headers.
QByteArray redirectResponse(const QByteArray &path);

/// A response of one line of plain text ("404 Not Found").
QByteArray plainResponse(const QByteArray &status, bool withBody = true);

} // namespace sonar
