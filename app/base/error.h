// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace sonar {

/// What went wrong, as far as the program acts differently on it.
enum class ErrorKind {
    Cancelled,    ///< the user or the program withdrew it; not shown
    InvalidInput, ///< what the user typed or opened
    Network,      ///< no connection, connection lost
    Timeout,      ///< no answer, or not a whole one, in time
    Tls,          ///< the server's identity could not be verified
    RateLimited,  ///< HTTP 429
    ServerFault,  ///< HTTP 5xx
    Unauthorized, ///< HTTP 401: the access token is no good
    NotFound,     ///< HTTP 404
    Rejected,     ///< any other non-2xx answer
    Malformed,    ///< an answer or a file that isn't what its format says
    NotConnected, ///< there is no session; connect (again)
    SignIn,       ///< the sign-in was refused, expired, or its callback was not ours
    PortInUse,    ///< the callback's port is taken
    Keychain,     ///< the OS keychain failed; the session may go on in memory
    File,         ///< reading or writing a local file
};

/// An error as a value. All texts are for the user, translated, plain text (never rich text);
/// none holds a token, code, verifier or state.
struct Error
{
    ErrorKind kind = ErrorKind::Network;
    QString summary;            ///< what happened, one sentence
    QString advice;             ///< what it means and what to do next; may be empty
    QString details;            ///< for "Copy details": status, request id, time; may be empty
    int httpStatus = 0;         ///< 0 when no HTTP answer was involved
    int retryAfterSeconds = -1; ///< what the server asked for (Retry-After); -1 if it didn't
    QString said{};             ///< the server's own words, in `summary` already; bounded

    /// summary, advice and details as plain text for the clipboard.
    QString report() const;

    bool operator==(const Error &) const = default;
};

} // namespace sonar
