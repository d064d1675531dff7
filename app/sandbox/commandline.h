// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxserver.h"

#include <QStringList>

#include <optional>

namespace sonar::sandbox {

/// What sonar-sandbox was asked for: a sandbox, or a text to print and an exit code.
struct CommandLine
{
    std::optional<SandboxOptions> options;
    QString text;
    int exitCode = 0; ///< 2 for a wrong command line
};

CommandLine readCommandLine(const QStringList &arguments);

} // namespace sonar::sandbox
