// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sonar::sandbox {

/// 20 bytes as EIP-55 text.
QString checksummed(const QByteArray &address);

/// The bytes of "0x" and 40 hex digits; mixed case must be a right EIP-55 checksum.
std::optional<QByteArray> evmAddress(const QString &text);

QString base58(const QByteArray &bytes);
/// 32 bytes in base58.
std::optional<QByteArray> svmAddress(const QString &text);

/// By kind of chain: the address' bytes, and bytes as the service writes them.
std::optional<QByteArray> walletBytes(ChainType type, const QString &text);
QString walletText(ChainType type, const QByteArray &bytes);

} // namespace sonar::sandbox
