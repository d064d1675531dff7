// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sonar {

/// Every request of this program goes through the proxy that the system names; loopback never does.
void useSystemProxy();

} // namespace sonar
