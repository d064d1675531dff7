// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace sonar {

/// True for `localhost`, 127.0.0.0/8 and ::1 (RFC 8252 §7.3): the only hosts that plain http may go
/// to.
bool isLoopbackHost(const QString &host);

/// True for https with a host, and for http to a loopback host; nothing else is ever requested or
/// opened.
bool isAllowedUrl(const QUrl &url);

} // namespace sonar
