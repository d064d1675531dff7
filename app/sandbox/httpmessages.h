// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace sonar::sandbox {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// A request as it came, independent of the HTTP server in use.
struct HttpRequest
{
    QByteArray method;   ///< "GET", …; empty for one that isn't known
    QByteArray path;     ///< percent-encoded
    QByteArray query;    ///< percent-encoded, without the question mark
    HttpHeaders headers; ///< names in lower case
    QByteArray body;

    /// The header of that name (lower case) if it was sent exactly once.
    std::optional<QByteArray> header(const QByteArray &name) const;
    /// Whether it was sent at all.
    bool hasHeader(const QByteArray &name) const;
};

struct HttpReply
{
    int status = 200;
    HttpHeaders headers;
    QByteArray body;
    int delayMilliseconds = 0; ///< before it is sent

    HttpReply &with(const QByteArray &name, const QByteArray &value);
};

HttpReply jsonReply(const QByteArray &json, int status = 200);
/// {"message": …, "code": …}
HttpReply errorReply(int status, const QString &code, const QString &message);
HttpReply redirectReply(const QByteArray &location);

/// Names and values of application/x-www-form-urlencoded text, in their order; nothing if it isn't
/// well-formed (a stray %, invalid UTF-8).
std::optional<QList<std::pair<QString, QString>>> parseForm(const QByteArray &text);

/// `text` percent-encoded for one value of a query.
QByteArray queryValue(const QString &text);

} // namespace sonar::sandbox
