// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/base/uint256.h"
#include "app/config/sale.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sonar {

/// Types of protocol reference §7 (EVM) and §8 (Solana).
enum class PermitType { Basic, BasicV2, BasicV3, Allocation, Solana };

/// A purchase permit, decoded exactly. Fields that its type doesn't have are nullopt.
struct PurchasePermit
{
    PermitType type = PermitType::Basic;
    QByteArray entityId;   ///< 16 bytes; EntityID for basic, SaleSpecificEntityID after it
    QByteArray saleUuid;   ///< 16 bytes
    QByteArray wallet;     ///< 20 bytes (EVM) or 32 (Solana)
    quint64 expiresAt = 0; ///< Unix seconds; the contract refuses when expiresAt <= now
    std::optional<Uint256> minAmount; ///< base units; 0 = none
    std::optional<Uint256> maxAmount; ///< base units; 2^256-1 (Solana: 2^64-1) = no limit
    std::optional<quint64> minPrice;
    std::optional<quint64> maxPrice;
    std::optional<quint64> opensAt; ///< Unix seconds; the window is [opensAt, closesAt)
    std::optional<quint64> closesAt;
    QByteArray payload;
    std::optional<Uint256> reservedAmount; ///< allocation only
    QByteArray signature;                  ///< as sent, decoded from hex, whatever its length

    /// SettlementSale's payload, abi.encode(bool forcedLockup), of which basic-v3 may carry more;
    /// nothing for any other payload.
    std::optional<bool> forcedLockup() const;

    bool operator==(const PurchasePermit &) const = default;
};

/// The type's name in files: "basic", "basic-v2", "basic-v3", "allocation", "solana".
QString permitTypeName(PermitType type);

/// 16 bytes written as hex, with 0x or without, or as a UUID.
std::optional<QByteArray> idBytes(QStringView text);

/// From the exact text of a reply {PermitJSON, Signature}. Strict: wrong lengths, unknown forms,
/// numbers out of range and members named twice are refused (Malformed). `chain` tells EVM from
/// Solana.
Result<PurchasePermit> decodePermit(const QByteArray &replyText, ChainType chain);

} // namespace sonar
