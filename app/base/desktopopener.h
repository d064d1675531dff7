// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <functional>

class QObject;

namespace sonar {

/// Runs `program` (xdg-open) with an address and watches how it ends. `failed` is called when it
/// can't be started, at once, or when it ends with an error within a minute; not once `context` is
/// gone. The program has a session of its own and outlives this one: xdg-open may be the browser's
/// parent.
void runOpener(const QString &program, const QUrl &url, QObject *context,
               std::function<void()> failed);

} // namespace sonar
