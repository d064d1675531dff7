// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/externallink.h"

#include "app/base/loopback.h"

#include <QDesktopServices>

namespace sonar {

bool openExternal(const QUrl &url)
{
    return isAllowedUrl(url) && QDesktopServices::openUrl(url);
}

} // namespace sonar
