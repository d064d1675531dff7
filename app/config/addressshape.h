// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <optional>

namespace sonar {

/// Whether `text` is written like an address of that kind of chain: "0x" and 40 hex digits, or 32
/// to 44 base58 characters. A checksum isn't looked at here.
bool hasAddressShape(ChainType type, QStringView text);

/// The address as it is shown: EVM addresses with their checksum. Nothing when it isn't written
/// like one, or has a wrong checksum.
std::optional<QString> displayedAddress(ChainType type, const QString &address);

/// Of nobody: all bytes are zero. `address` is in its display form.
bool isZeroAddress(const QString &address);

/// 20 bytes as 0x and 40 hex digits whose case is their checksum (EIP-55).
QString checksummedText(const QByteArray &address);

/// Whether an EVM address of the right shape has digits of one case only, and so no checksum, or
/// the right one.
bool hasRightChecksum(const QString &address);

} // namespace sonar
