// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"

#include <QByteArray>
#include <QString>
#include <QStringView>

namespace sonar {

/// Whether `text` is written like an address of that kind of chain: "0x" and 40 hex digits, or 32
/// to 44 base58 characters. A checksum isn't looked at here.
bool hasAddressShape(ChainType type, QStringView text);

/// 20 bytes as 0x and 40 hex digits whose case is their checksum (EIP-55).
QString checksummedText(const QByteArray &address);

/// Whether an EVM address of the right shape has digits of one case only, and so no checksum, or
/// the right one.
bool hasRightChecksum(const QString &address);

} // namespace sonar
