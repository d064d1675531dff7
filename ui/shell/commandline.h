// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/logging.h"

#include <QByteArrayList>
#include <QString>

#include <optional>

namespace sonar {

/// What the user asked for on the command line.
struct CommandLine
{
    bool sandbox = false;
    QString saleFile;   ///< absolute path; empty: none
    QString permitFile; ///< absolute path of permits to show with their checks; empty: none
    QString tourFolder; ///< empty: no tour
    QString verifyFile; ///< absolute path of permits to check without a window; empty: none
    QString signer;     ///< whom --verify expects; empty: not given
    LogLevel logLevel = LogLevel::Warning;

    /// Set: write `output` and end with this code (0 to standard output, 2 to standard error).
    std::optional<int> exitCode;
    QString output;
};

/// Needs no application object, so that --help, --version and mistakes are answered without a
/// display. `arguments`, as the system gives them, begins with the program's name; options of Qt
/// itself are left to Qt.
CommandLine parseCommandLine(const QByteArrayList &arguments);

} // namespace sonar
