// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace sonar {

/// Opens a page in the user's browser through the desktop's URL opener. Refuses (false, nothing
/// opened) whatever isAllowedUrl refuses; false also when the desktop can't open it.
bool openExternal(const QUrl &url);

} // namespace sonar
