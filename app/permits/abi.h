// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/uint256.h"

#include <QByteArray>

namespace sonar {

/// Pieces of Solidity's contract ABI: 32-byte words, and what follows them for dynamic types.

QByteArray abiWord(quint64 value);
QByteArray abiWord(const Uint256 &value);
QByteArray abiBool(bool value);
/// An address: right-aligned. `bytes` has at most 32 bytes.
QByteArray abiRightAligned(const QByteArray &bytes);
/// bytes16, bytes32: left-aligned. `bytes` has at most 32 bytes.
QByteArray abiLeftAligned(const QByteArray &bytes);
/// The tail of a `bytes` value: its length, then its bytes padded with zeros to whole words.
QByteArray abiBytes(const QByteArray &bytes);

} // namespace sonar
