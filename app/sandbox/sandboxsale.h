// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"
#include "app/sandbox/sandboxserver.h"

namespace sonar::sandbox {

inline constexpr char sandboxClientUuid[] = "c11e47aa-0b1d-4c59-8d27-3e5f60a1b2c3";

Sale sandboxSale(const SandboxOptions &options, quint16 port, const QString &permitSigner);

/// The sale as one line of JSON that is also a sale file, with `port` beside its keys.
QByteArray readyLine(const Sale &sale);

} // namespace sonar::sandbox
