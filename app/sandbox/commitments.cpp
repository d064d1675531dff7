// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/commitments.h"

#include "app/base/hex.h"
#include "app/sandbox/jsonwriter.h"
#include "app/sandbox/keccak.h"
#include "app/sandbox/walletforms.h"

#include <QDateTime>
#include <QtEndian>
#include <QTimeZone>

namespace sonar::sandbox {

namespace {

constexpr int made = 128;
constexpr int listed = 100;
constexpr int secondsBetween = 420;
constexpr quint64 wholeOffered = 1'000'000'000'000'000'000; // one token of 18 decimals

/// Of commitment number `i`, in base units: 100 to 25,000 tokens of 6 decimals, with odd cents.
quint64 amountOf(int i)
{
    const QByteArray bytes = derived("amount " + QByteArray::number(i), 4);
    return 100'000'000 + qFromBigEndian<quint32>(bytes.constData()) * quint64(10) % 24'900'000'000;
}

quint64 priceOf(int i)
{
    return 250'000 + quint64(i % 40) * 12'500; // micro units of the payment token
}

QByteArray amountJson(const Chain &chain, int i, CommitmentNames names)
{
    const int size = chain.type == ChainType::Evm ? 20 : 32;
    const QByteArray wallet = derived("bidder " + QByteArray::number(i), size);
    return JsonObject()
        .text("Wallet", walletText(chain.type, wallet))
        .text(names == CommitmentNames::Core ? "Token" : "TokenAddress", chain.paymentToken)
        .text("Amount", QString::number(amountOf(i)))
        .done();
}

QByteArray commitmentJson(const Chain &chain, int i, qint64 createdAt, CommitmentNames names)
{
    const QByteArray extra(32, '\0'); // no lock-up
    JsonObject json;
    json.text("CommitmentID", toHex(derived("commitment " + QByteArray::number(i), 16)))
        .text("SaleSpecificEntityID", toHex(derived("bidding entity " + QByteArray::number(i), 16)))
        .text("PriceNumerator", QString::number(priceOf(i)))
        .text("PriceDenominator", QString::number(wholeOffered))
        .text("PriceMicroUSD", QString::number(priceOf(i)))
        .json("Amounts", jsonArray({amountJson(chain, i, names)}))
        .text("CreatedAt",
              QDateTime::fromSecsSinceEpoch(createdAt, QTimeZone::utc()).toString(Qt::ISODate));
    if (names == CommitmentNames::Core)
        json.text("ExtraRaw", toHex(extra));
    else
        json.text("ExtraDataRaw", QLatin1String(extra.toBase64()));
    return json.json("ExtraDataParsed", JsonObject().boolean("Lockup", false).done()).done();
}

} // namespace

QByteArray commitmentData(const Chain &chain, qint64 latest, CommitmentNames names)
{
    quint64 total = 0;
    QByteArrayList list;
    for (int i = made - 1; i >= 0; --i) {
        total += amountOf(i);
        if (list.size() < listed)
            list << commitmentJson(chain, i, latest - qint64(made - 1 - i) * secondsBetween, names);
    }
    return JsonObject()
        .text("TotalCommitmentAmount", QString::number(total))
        .number("PaymentTokenDecimals", quint64(chain.paymentTokenDecimals.value_or(0)))
        .number("UniqueCommitmentCount", made)
        .number("OfferedTokenDecimals", 18)
        .text("ClearingPriceNumerator", QString::number(priceOf(12)))
        .text("ClearingPriceDenominator", QString::number(wholeOffered))
        .text("ClearingPriceMicroUSD", QString::number(priceOf(12)))
        .json("Commitments", jsonArray(list))
        .done();
}

} // namespace sonar::sandbox
