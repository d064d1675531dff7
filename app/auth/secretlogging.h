// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sonar {

/// Shuts the logging categories that print codes and tokens (qt.networkauth.*), whatever
/// QT_LOGGING_RULES or setFilterRules() say. To be called first in main(); may be called again.
void silenceSecretLogging();

} // namespace sonar
