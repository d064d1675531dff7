// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sonar {

/// Keeps tokens out of core files and away from other processes of the user: no core dump of this
/// process, and nobody without privileges may attach to it. False if the system refused.
bool disableCoreDumps();

} // namespace sonar
