// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <QByteArray>
#include <QNetworkReply>

namespace sonar {

/// What of an answer goes into an error.
struct AnswerFacts
{
    int status = 0;
    QByteArray requestId;  ///< x-request-id, if any
    QByteArray retryAfter; ///< Retry-After, if any
    QByteArray body;       ///< bounded, perhaps cut
};

/// A non-2xx answer by protocol reference §4: the first non-blank string of message, Message,
/// error, Error; the machine code under code or Code; otherwise the status, and in the details
/// what the body begins with.
Error errorFromAnswer(const AnswerFacts &answer);

/// No usable answer at all.
Error errorFromNetwork(QNetworkReply::NetworkError error, const QString &host);

/// The lines that every error's details begin with: status, request id, time in UTC.
QString answerDetails(int status, const QByteArray &requestId, const QString &code = {});

/// An error about an answer that came, with those lines and its status.
Error withAnswerDetails(Error error, int status, const QByteArray &requestId);

/// Printable, one line, at most `longest` characters: fit to be shown from a server that isn't
/// trusted.
QString plainLine(const QString &text, qsizetype longest = 300);

} // namespace sonar
