// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/codecs.h"

#include "app/base/hex.h"
#include "app/sonar/codecfields.h"

namespace sonar {

namespace {

QList<Commitment::Amount> readAmounts(JsonFields &fields)
{
    QList<Commitment::Amount> amounts;
    for (const JsonValue &value : fields.arrayOrNull("Amounts")) {
        JsonFields item(value, QStringLiteral("[%1]").arg(amounts.size()));
        Commitment::Amount amount;
        if (item.ok()) {
            amount.wallet = item.text("Wallet");
            // The REST documentation names it TokenAddress.
            amount.token = item.text(item.has("Token") ? "Token" : "TokenAddress");
            amount.amount = readAmount(item, "Amount");
        }
        if (!item.ok()) {
            fields.refuse("Amounts", item.fault());
            break;
        }
        amounts << amount;
    }
    return amounts;
}

/// ExtraRaw in hex, or ExtraDataRaw in base64 as the REST documentation has it; either may be
/// absent.
QByteArray readExtra(JsonFields &fields)
{
    if (fields.has("ExtraRaw")) {
        const QString text = fields.text("ExtraRaw");
        if (text.isEmpty())
            return {};
        const auto bytes =
            fromHex(text.startsWith(QLatin1String("0x")) ? text : QStringLiteral("0x") + text);
        if (!bytes)
            fields.refuse("ExtraRaw", ReplyText::tr("is no hex"));
        return bytes.value_or(QByteArray());
    }
    if (!fields.has("ExtraDataRaw"))
        return {};
    const auto decoded = QByteArray::fromBase64Encoding(fields.text("ExtraDataRaw").toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        fields.refuse("ExtraDataRaw", ReplyText::tr("is no base64"));
    return decoded.decoded;
}

Commitment readCommitment(JsonFields &fields)
{
    Commitment commitment;
    commitment.commitmentId = fields.text("CommitmentID");
    commitment.saleSpecificEntityId = fields.text("SaleSpecificEntityID");
    commitment.priceNumerator = readAmount(fields, "PriceNumerator");
    commitment.priceDenominator = readAmount(fields, "PriceDenominator");
    commitment.priceMicroUsd = readOptionalAmount(fields, "PriceMicroUSD");
    commitment.amounts = readAmounts(fields);
    commitment.createdAt = readTime(fields, "CreatedAt");
    commitment.extraRaw = readExtra(fields);
    return commitment;
}

} // namespace

Result<CommitmentData> decodeCommitmentData(const QByteArray &body)
{
    return decodeObject<CommitmentData>(
        body, QStringLiteral("read-commitment-data"), [](JsonFields &fields) {
            CommitmentData data;
            data.totalAmount = readAmount(fields, "TotalCommitmentAmount");
            data.paymentTokenDecimals = readDecimals(fields, "PaymentTokenDecimals");
            data.uniqueCommitmentCount = fields.uint64("UniqueCommitmentCount");
            if (fields.has("OfferedTokenDecimals"))
                data.offeredTokenDecimals = readDecimals(fields, "OfferedTokenDecimals");
            data.clearingPriceNumerator = readOptionalAmount(fields, "ClearingPriceNumerator");
            data.clearingPriceDenominator = readOptionalAmount(fields, "ClearingPriceDenominator");
            data.clearingPriceMicroUsd = readOptionalAmount(fields, "ClearingPriceMicroUSD");
            for (const JsonValue &value : fields.arrayOrNull("Commitments")) {
                JsonFields item(value, QStringLiteral("[%1]").arg(data.commitments.size()));
                const Commitment commitment = item.ok() ? readCommitment(item) : Commitment();
                if (!item.ok()) {
                    fields.refuse("Commitments", item.fault());
                    break;
                }
                data.commitments << commitment;
            }
            return data;
        });
}

} // namespace sonar
