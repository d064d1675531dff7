// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace sonar::sandbox {

/// Keccak-256 as Ethereum uses it.
QByteArray keccak256(const QByteArray &bytes);

/// `size` (at most 32) fixed bytes that belong to a name: the sandbox's ids, addresses and keys.
QByteArray derived(const QByteArray &name, int size);

} // namespace sonar::sandbox
