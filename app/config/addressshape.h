// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"

#include <QStringView>

namespace sonar {

/// Whether `text` is written like an address of that kind of chain: "0x" and 40 hex digits, or 32
/// to 44 base58 characters. A checksum isn't looked at here.
bool hasAddressShape(ChainType type, QStringView text);

} // namespace sonar
