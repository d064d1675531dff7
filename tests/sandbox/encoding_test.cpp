// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/json.h"
#include "app/sandbox/permitfields.h"
#include "app/sandbox/permitsigning.h"
#include "app/sandbox/walletforms.h"

#include <QFile>
#include <QUuid>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::sandbox;

namespace {

std::vector<JsonValue> vectors(const char *file, std::optional<JsonDocument> *keep)
{
    QFile data(QStringLiteral(TEST_DATA "/") + QLatin1String(file));
    EXPECT_TRUE(data.open(QIODevice::ReadOnly));
    auto document = JsonDocument::parse(data.readAll());
    EXPECT_TRUE(document);
    keep->emplace(*document);
    return keep->value().root().member("permits")->elements();
}

QByteArray hexOf(JsonFields &fields, const char *name)
{
    return QByteArray::fromHex(fields.text(name).mid(2).toLatin1());
}

/// 16 bytes, in hex or as a UUID.
QByteArray idOf(JsonFields &fields, const char *name)
{
    const QString text = fields.text(name);
    return text.startsWith(QLatin1String("0x")) ? QByteArray::fromHex(text.mid(2).toLatin1())
                                                : QUuid::fromString(text).toRfc4122();
}

Uint256 amountOf(const JsonValue &object, const char *name)
{
    const auto value = object.member(name);
    if (!value)
        return 0;
    if (const auto number = value->toUint64())
        return Uint256(*number);
    return Uint256(value->toText().value_or(QString()).toStdString());
}

PermitFields read(const JsonValue &object, ChainType chain)
{
    JsonFields fields(object, QStringLiteral("permit"));
    PermitFields permit;
    permit.entityId = idOf(fields, fields.has("EntityID") ? "EntityID" : "SaleSpecificEntityID");
    permit.saleUuid = idOf(fields, "SaleUUID");
    permit.wallet = walletBytes(chain, fields.text("Wallet")).value_or(QByteArray());
    permit.expiresAt = fields.uint64("ExpiresAt");
    permit.payload = hexOf(fields, "Payload");
    permit.minAmount = amountOf(object, "MinAmount");
    permit.maxAmount = amountOf(object, "MaxAmount");
    if (fields.has("MinPrice")) {
        permit.minPrice = fields.uint64("MinPrice");
        permit.maxPrice = fields.uint64("MaxPrice");
    }
    if (fields.has("OpensAt")) {
        permit.opensAt = fields.uint64("OpensAt");
        permit.closesAt = fields.uint64("ClosesAt");
    }
    EXPECT_TRUE(fields.ok()) << qPrintable(fields.fault());
    return permit;
}

} // namespace

TEST(Encoding, EvmPermitsEqualTheVectors)
{
    std::optional<JsonDocument> keep;
    int checked = 0;
    for (const JsonValue &vector : vectors("permit-vectors.json", &keep)) {
        JsonFields fields(vector, QStringLiteral("vector"));
        const QString type = fields.text("type");
        if (type == QLatin1String("allocation"))
            continue;
        const PermitKind kind = type == QLatin1String("basic")      ? PermitKind::Basic
                                : type == QLatin1String("basic-v2") ? PermitKind::BasicV2
                                                                    : PermitKind::BasicV3;
        const QByteArray replyText = fields.text("responseText").toUtf8();
        const auto reply = JsonDocument::parse(replyText);
        ASSERT_TRUE(reply);
        const PermitFields permit = read(*reply->root().member("PermitJSON"), ChainType::Evm);
        EXPECT_EQ(abiEncoded(kind, permit), hexOf(fields, "abiEncoded")) << replyText.constData();
        EXPECT_EQ(personalMessageDigest(abiEncoded(kind, permit)), hexOf(fields, "digest"));
        EXPECT_EQ(permitJson(kind, permit), reply->exactText("PermitJSON").value_or(QByteArray()))
            << "the text is the service's, character for character";
        ++checked;
    }
    EXPECT_GT(checked, 5);
}

TEST(Encoding, SolanaPermitsEqualTheVectors)
{
    std::optional<JsonDocument> keep;
    int checked = 0;
    for (const JsonValue &vector : vectors("svm-permit-vectors.json", &keep)) {
        JsonFields fields(vector, QStringLiteral("vector"));
        const auto reply = JsonDocument::parse(fields.text("responseText").toUtf8());
        ASSERT_TRUE(reply);
        const PermitFields permit = read(*reply->root().member("PermitJSON"), ChainType::Svm);
        EXPECT_EQ(borshEncoded(permit), hexOf(fields, "borsh"));
        EXPECT_EQ(base58(permit.wallet),
                  reply->root().member("PermitJSON")->member("Wallet")->toText());
        ++checked;
    }
    EXPECT_GT(checked, 3);
}

TEST(Encoding, AddressesFollowEip55)
{
    // The examples of EIP-55.
    for (const char *address : {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"}) {
        const auto bytes = evmAddress(QLatin1String(address));
        ASSERT_TRUE(bytes) << address;
        EXPECT_EQ(checksummed(*bytes), QLatin1String(address));
    }
}
