// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitdigest.h"

#include "app/permits/abi.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace sonar {

namespace {

/// A member of uint256 that fits a Solana permit's u64; decodePermit reads no other.
quint64 amount64(const std::optional<Uint256> &amount)
{
    return static_cast<quint64>(amount.value_or(0));
}

QByteArray littleEndian(quint64 value)
{
    QByteArray bytes(sizeof value, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}

QByteArray littleEndian32(quint32 value)
{
    QByteArray bytes(sizeof value, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray abiPermitTuple(const PurchasePermit &permit)
{
    QByteArray head;
    head.reserve(13 * 32 + permit.payload.size() + 32);
    head += abiLeftAligned(permit.entityId);
    head += abiLeftAligned(permit.saleUuid);
    head += abiRightAligned(permit.wallet);
    head += abiWord(permit.expiresAt);
    if (permit.type != PermitType::Basic) {
        head += abiWord(permit.minAmount.value_or(0));
        head += abiWord(permit.maxAmount.value_or(0));
        head += abiWord(permit.minPrice.value_or(0));
        head += abiWord(permit.maxPrice.value_or(0));
    }
    if (permit.type == PermitType::BasicV3) {
        head += abiWord(permit.opensAt.value_or(0));
        head += abiWord(permit.closesAt.value_or(0));
    }
    const quint64 payloadOffset = quint64(head.size()) + 32;
    return head + abiWord(payloadOffset) + abiBytes(permit.payload);
}

QByteArray abiEncode(const PurchasePermit &permit)
{
    return abiWord(quint64(32)) + abiPermitTuple(permit);
}

QByteArray borshEncode(const PurchasePermit &permit)
{
    QByteArray bytes = permit.entityId + permit.saleUuid + permit.wallet;
    for (const quint64 field :
         {permit.expiresAt, amount64(permit.minAmount), amount64(permit.maxAmount),
          permit.minPrice.value_or(0), permit.maxPrice.value_or(0), permit.opensAt.value_or(0),
          permit.closesAt.value_or(0)})
        bytes += littleEndian(field);
    return bytes + littleEndian32(quint32(permit.payload.size())) + permit.payload;
}

QByteArray keccak256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Keccak_256);
}

QByteArray ethereumMessageDigest(const QByteArray &message)
{
    return keccak256("\x19"
                     "Ethereum Signed Message:\n" +
                     QByteArray::number(message.size()) + message);
}

} // namespace sonar
