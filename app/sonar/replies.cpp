// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/replies.h"

#include <QHash>

namespace sonar {

FailureReason failureReasonFrom(const QString &text)
{
    static const QHash<QString, FailureReason> known{
        {QString(), FailureReason::None},
        {QStringLiteral("unknown"), FailureReason::Unknown},
        {QStringLiteral("wallet-risk"), FailureReason::WalletRisk},
        {QStringLiteral("max-wallets-used"), FailureReason::MaxWalletsUsed},
        {QStringLiteral("requires-liveness"), FailureReason::RequiresLiveness},
        {QStringLiteral("sale-not-active"), FailureReason::SaleNotActive},
        {QStringLiteral("wallet-not-linked"), FailureReason::WalletNotLinked},
        {QStringLiteral("outside-time-window"), FailureReason::OutsideTimeWindow},
        {QStringLiteral("no-reserved-allocation"), FailureReason::NoReservedAllocation},
        {QStringLiteral("no-custom-commitment-amount-limit"),
         FailureReason::NoCustomCommitmentAmountLimit},
    };
    return known.value(text, FailureReason::Unrecognised);
}

} // namespace sonar
