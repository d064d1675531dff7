// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/systemproxy.h"

#include <QNetworkProxyFactory>

namespace sonar {

void useSystemProxy()
{
    QNetworkProxyFactory::setUseSystemConfiguration(true);
}

} // namespace sonar
