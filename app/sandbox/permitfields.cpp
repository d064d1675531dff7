// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/permitfields.h"

#include "app/base/hex.h"
#include "app/sandbox/jsonwriter.h"
#include "app/sandbox/walletforms.h"

#include <QtEndian>

#include <limits>

namespace sonar::sandbox {

namespace {

constexpr quint64 day = 24 * 60 * 60;
constexpr quint64 largest64 = std::numeric_limits<quint64>::max();

bool isBasic(PermitKind kind)
{
    return kind == PermitKind::Basic || kind == PermitKind::Allocation;
}

/// abi.encode(bool forcedLockup)
QByteArray lockupPayload(bool forced)
{
    QByteArray payload(32, '\0');
    payload.back() = forced ? 1 : 0;
    return payload;
}

QByteArray word(Uint256 value)
{
    QByteArray bytes(32, '\0');
    for (int i = 31; i >= 0; --i) {
        bytes[i] = char(static_cast<unsigned>(value & 0xff));
        value >>= 8;
    }
    return bytes;
}

/// bytes16 stands at the left of its word, an address at the right.
QByteArray leftAligned(const QByteArray &bytes)
{
    return bytes + QByteArray(32 - bytes.size(), '\0');
}

QByteArray rightAligned(const QByteArray &bytes)
{
    return QByteArray(32 - bytes.size(), '\0') + bytes;
}

QByteArray basicJson(const PermitFields &fields)
{
    return JsonObject()
        .text("EntityID", toHex(fields.entityId))
        .text("SaleUUID", toHex(fields.saleUuid))
        .text("Wallet", checksummed(fields.wallet))
        .number("ExpiresAt", fields.expiresAt)
        .text("Payload", toHex(fields.payload))
        .done();
}

QByteArray allocationJson(const PermitFields &fields)
{
    return JsonObject()
        .json("Permit", basicJson(fields))
        .text("ReservedAmount", decimal(fields.maxAmount / 2))
        .text("MaxAmount", decimal(fields.maxAmount))
        .text("MinAmount", decimal(fields.minAmount))
        .done();
}

QByteArray littleEndian(quint64 value)
{
    QByteArray bytes(8, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}

} // namespace

QString decimal(const Uint256 &value)
{
    return QString::fromStdString(value.str());
}

PermitFields grantedFields(const PermitOrder &order, ChainType chain)
{
    const auto now = quint64(order.now);
    const quint64 midnight = now - now % day;
    PermitFields fields{order.entityId,
                        order.saleUuid,
                        order.wallet,
                        now + 600,
                        Uint256(100'000'000u),
                        Uint256(25'000'000'000u),
                        100'000,
                        2'000'000,
                        midnight - 7 * day,
                        midnight + 21 * day,
                        lockupPayload(order.kind == PermitKind::ForcedLockup)};
    if (order.kind == PermitKind::Expired) {
        fields.expiresAt = now - 60;
    } else if (order.kind == PermitKind::NotOpenYet) {
        fields.opensAt = midnight + 2 * day;
    } else if (order.kind == PermitKind::Extreme) {
        fields.minAmount = Uint256(9'007'199'254'740'993u);
        fields.maxAmount =
            chain == ChainType::Evm ? std::numeric_limits<Uint256>::max() : Uint256(largest64);
        fields.minPrice = 9'007'199'254'740'993u; // 2^53 + 1, which a double can't hold
        fields.maxPrice = largest64;
        fields.closesAt = largest64;
    }
    return fields;
}

QByteArray permitJson(PermitKind kind, const PermitFields &fields)
{
    if (kind == PermitKind::Basic)
        return basicJson(fields);
    if (kind == PermitKind::Allocation)
        return allocationJson(fields);
    JsonObject json;
    json.text("SaleSpecificEntityID", toHex(fields.entityId))
        .text("SaleUUID", toHex(fields.saleUuid))
        .text("Wallet", checksummed(fields.wallet))
        .number("ExpiresAt", fields.expiresAt)
        .text("MinAmount", decimal(fields.minAmount))
        .text("MaxAmount", decimal(fields.maxAmount))
        .number("MinPrice", fields.minPrice)
        .number("MaxPrice", fields.maxPrice);
    if (kind != PermitKind::BasicV2)
        json.number("OpensAt", fields.opensAt).number("ClosesAt", fields.closesAt);
    return json.text("Payload", toHex(fields.payload)).done();
}

QByteArray solanaPermitJson(const PermitFields &fields)
{
    return JsonObject()
        .text("SaleSpecificEntityID", toHex(fields.entityId))
        .text("SaleUUID", toHex(fields.saleUuid))
        .text("Wallet", base58(fields.wallet))
        .number("ExpiresAt", fields.expiresAt)
        .number("MinAmount", static_cast<quint64>(fields.minAmount))
        .number("MaxAmount", static_cast<quint64>(fields.maxAmount))
        .number("MinPrice", fields.minPrice)
        .number("MaxPrice", fields.maxPrice)
        .number("OpensAt", fields.opensAt)
        .number("ClosesAt", fields.closesAt)
        .text("Payload", toHex(fields.payload))
        .done();
}

QByteArray abiEncoded(PermitKind kind, const PermitFields &fields)
{
    QByteArrayList words{leftAligned(fields.entityId), leftAligned(fields.saleUuid),
                         rightAligned(fields.wallet), word(Uint256(fields.expiresAt))};
    if (!isBasic(kind)) {
        words << word(fields.minAmount) << word(fields.maxAmount) << word(Uint256(fields.minPrice))
              << word(Uint256(fields.maxPrice));
        if (kind != PermitKind::BasicV2)
            words << word(Uint256(fields.opensAt)) << word(Uint256(fields.closesAt));
    }
    words << word(Uint256(quint64(words.size() + 1) * 32)); // where the payload begins
    const qsizetype padding = (32 - fields.payload.size() % 32) % 32;
    return word(Uint256(0x20u)) + words.join() + word(Uint256(quint64(fields.payload.size()))) +
           fields.payload + QByteArray(padding, '\0');
}

QByteArray borshEncoded(const PermitFields &fields)
{
    QByteArray message = fields.entityId + fields.saleUuid + fields.wallet;
    for (const quint64 value : {fields.expiresAt, static_cast<quint64>(fields.minAmount),
                                static_cast<quint64>(fields.maxAmount), fields.minPrice,
                                fields.maxPrice, fields.opensAt, fields.closesAt})
        message += littleEndian(value);
    QByteArray length(4, '\0');
    qToLittleEndian(quint32(fields.payload.size()), length.data());
    return message + length + fields.payload;
}

} // namespace sonar::sandbox
