// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

#include <functional>

class QObject;

namespace sonar {

/// Opens a page in the user's browser through the desktop's URL opener. Refuses whatever
/// isAllowedUrl refuses. `failed` is called when it wasn't opened: before this returns, or when the
/// opener ends with an error, as long as `context` lives. On Wayland only what Qt notices is told:
/// the opener has to be started by Qt, which gets the browser's right to come to the front.
void openExternal(const QUrl &url, QObject *context, const std::function<void()> &failed);

/// What takes pages in place of the desktop, for the tour; an empty function gives it back.
void setExternalOpener(std::function<void(const QUrl &)> opener);

} // namespace sonar
