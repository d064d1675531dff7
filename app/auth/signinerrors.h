// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/callbackrequest.h"
#include "app/auth/pendingsignins.h"
#include "app/base/error.h"

#include <QList>
#include <QUrl>

/// What a sign-in that failed says to the user.
namespace sonar::signinerrors {

Error cancelled();
Error expired();
Error unusableSale(const QString &field, const QUrl &url);
Error portsInUse(const QList<quint16> &ports);
/// The service sent the browser back with `error=`.
Error refusedByService(const CallbackParameters &parameters);
bool isDeclined(const CallbackParameters &parameters);
Error withoutCode();
/// The token endpoint refused or failed.
Error exchangeFailed(Error cause);
Error notExchanged();

/// For a callback with `error` and without a state: perhaps the service's, perhaps anybody's.
QString perhapsEnded(const CallbackParameters &parameters);
/// The browser began a TLS handshake with the callback's port.
QString cameByHttps();
/// A request to the callback's port had more headers than are read.
QString callbackTooLarge();
/// A refused callback's line for "Copy details"; none of its values.
QString refusedCallbackLine(const CallbackParameters &parameters);
/// For a callback that isn't the pending sign-in's, which goes on.
QString callbackRefused(const CallbackParameters &parameters);

} // namespace sonar::signinerrors
