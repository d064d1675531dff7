// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/loopback/httpmessage.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace sonar::sandbox {

HttpResponse jsonReply(const QByteArray &json, int status = 200);
/// {"message": …, "code": …}
HttpResponse errorReply(int status, const QString &code, const QString &message);
HttpResponse redirectReply(const QByteArray &location);

/// Names and values of application/x-www-form-urlencoded text, in their order; nothing if it isn't
/// well-formed (a stray %, invalid UTF-8).
std::optional<QList<std::pair<QString, QString>>> parseForm(const QByteArray &text);

/// `text` percent-encoded for one value of a query.
QByteArray queryValue(const QString &text);

} // namespace sonar::sandbox
