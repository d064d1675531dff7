// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/uint256.h"
#include "app/sandbox/permitissuer.h"

namespace sonar::sandbox {

/// Every field that a permit of some type has (protocol reference §7 and §8).
struct PermitFields
{
    QByteArray entityId;
    QByteArray saleUuid;
    QByteArray wallet;
    quint64 expiresAt = 0;
    Uint256 minAmount;
    Uint256 maxAmount;
    quint64 minPrice = 0;
    quint64 maxPrice = 0;
    quint64 opensAt = 0;
    quint64 closesAt = 0;
    QByteArray payload;
};

/// What the sandbox grants for an order; on Solana amounts are uint64.
PermitFields grantedFields(const PermitOrder &order, ChainType chain);

/// A token amount as the service writes it.
QString decimal(const Uint256 &value);
/// PermitJSON as the service writes it.
QByteArray permitJson(PermitKind kind, const PermitFields &fields);
QByteArray solanaPermitJson(const PermitFields &fields);

/// abi.encode of the struct (§7); of an allocation, its inner permit's.
QByteArray abiEncoded(PermitKind kind, const PermitFields &fields);
/// Borsh (§8).
QByteArray borshEncoded(const PermitFields &fields);

} // namespace sonar::sandbox
