// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sonar {

/// EIP-55 text of 20 bytes.
QString checksummedAddress(const QByteArray &bytes);

/// The 20 bytes of an EVM address. Accepts "0x" + 40 hex digits that are all lower case, all upper
/// case, or carry a right EIP-55 checksum; the error (InvalidInput) says which of these failed.
Result<QByteArray> parseEvmAddress(QStringView text);

/// The 32 bytes of a Solana address (base58).
Result<QByteArray> parseSolanaAddress(QStringView text);

std::optional<QByteArray> fromBase58(QStringView text);
QString toBase58(const QByteArray &bytes);

/// Shortened in the middle for display: 0x7099…79C8.
QString shortened(const QString &address);

} // namespace sonar
