// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sonar {

enum class LogLevel { Error, Warning, Info, Debug };

/// Writes log messages to standard error, one line each: from our own categories (sonar.*) what
/// `level` asks for, from everything else warnings at most. Messages never hold a secret.
void logToStandardError(LogLevel level);

} // namespace sonar
