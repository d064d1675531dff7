// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/uint256.h"
#include "app/sonar/entity.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace sonar {

/// MyProfile.
struct Profile
{
    QString entityId;
    QString emailAddress; ///< empty without the scope contact_email

    bool operator==(const Profile &) const = default;
};

/// Why a wallet isn't ready (protocol reference §6); Unrecognised is shown as it came.
enum class FailureReason {
    None,
    Unrecognised,
    Unknown,
    WalletRisk,
    MaxWalletsUsed,
    RequiresLiveness,
    SaleNotActive,
    WalletNotLinked,
    OutsideTimeWindow,
    NoReservedAllocation,
    NoCustomCommitmentAmountLimit,
};

FailureReason failureReasonFrom(const QString &text);

/// PrePurchaseCheck.
struct PrePurchaseResult
{
    bool ready = false;
    FailureReason reason = FailureReason::None;
    QString reasonText;       ///< as the server wrote it
    QString livenessCheckUrl; ///< as the server wrote it; open only after isAllowedUrl

    bool operator==(const PrePurchaseResult &) const = default;
};

/// GenerateSalePurchasePermit: the exact text, for whoever decodes and exports it.
struct PermitReply
{
    QByteArray body;       ///< the whole answer as it came
    QByteArray permitJson; ///< exact text of the member PermitJSON
    QByteArray signature;  ///< exact text of the member Signature, with its quotes

    bool operator==(const PermitReply &) const = default;
};

/// Limits: payment-token base units.
struct CommitmentLimits
{
    bool hasCustomLimit = false;
    Uint256 minAmount;
    Uint256 maxAmount;

    bool operator==(const CommitmentLimits &) const = default;
};

/// ReadEntityInvestmentHistory.
struct Investment
{
    QString companyName;
    QString round;
    QDateTime investedOn; ///< UTC; zone assumed UTC when absent

    bool operator==(const Investment &) const = default;
};

/// One commitment of read-commitment-data. Prices: payment base units per offered-token base unit.
struct Commitment
{
    struct Amount
    {
        QString wallet;
        QString token;
        Uint256 amount; ///< base units
        bool operator==(const Amount &) const = default;
    };
    QString commitmentId;
    QString saleSpecificEntityId;
    Uint256 priceNumerator;
    Uint256 priceDenominator;
    std::optional<Uint256> priceMicroUsd;
    QList<Amount> amounts;
    QDateTime createdAt; ///< UTC
    QByteArray extraRaw; ///< decoded from hex (ExtraRaw) or base64 (ExtraDataRaw)

    bool operator==(const Commitment &) const = default;
};

/// read-commitment-data.
struct CommitmentData
{
    Uint256 totalAmount; ///< payment-token base units
    int paymentTokenDecimals = 0;
    quint64 uniqueCommitmentCount = 0;
    std::optional<int> offeredTokenDecimals;
    std::optional<Uint256> clearingPriceNumerator;
    std::optional<Uint256> clearingPriceDenominator;
    std::optional<Uint256> clearingPriceMicroUsd;
    QList<Commitment> commitments; ///< newest first

    bool operator==(const CommitmentData &) const = default;
};

} // namespace sonar
