// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sonar {

/// What to do with pairs once they are in the table.
enum class PermitAction { None, Check, Request };

} // namespace sonar
