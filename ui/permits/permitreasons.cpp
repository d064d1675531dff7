// SPDX-License-Identifier: GPL-3.0-or-later
// Why a wallet isn't ready, in words (protocol reference §6).
#include "app/base/loopback.h"
#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"

#include <QCoreApplication>

namespace sonar {

namespace {

/// The context of the strings below.
struct ReasonText
{
    Q_DECLARE_TR_FUNCTIONS(PermitWords)
};

} // namespace

QString reasonWords(FailureReason reason, const QString &reasonText)
{
    switch (reason) {
    case FailureReason::None:
    case FailureReason::Unknown:
        return ReasonText::tr("Not ready");
    case FailureReason::WalletRisk:
        return ReasonText::tr("Wallet refused");
    case FailureReason::MaxWalletsUsed:
        return ReasonText::tr("Too many wallets");
    case FailureReason::RequiresLiveness:
        return ReasonText::tr("Liveness check");
    case FailureReason::SaleNotActive:
        return ReasonText::tr("Sale not active");
    case FailureReason::WalletNotLinked:
        return ReasonText::tr("Wallet not linked");
    case FailureReason::OutsideTimeWindow:
        return ReasonText::tr("Outside your window");
    case FailureReason::NoReservedAllocation:
    case FailureReason::NoCustomCommitmentAmountLimit:
        return ReasonText::tr("No allocation");
    case FailureReason::Unrecognised:
        break;
    }
    // In quotation marks: whatever it is, it isn't our word for a state.
    const QString text = shownText(reasonText, 40);
    return text.isEmpty() ? ReasonText::tr("Not ready")
                          : ReasonText::tr("Not ready: “%1”").arg(text);
}

QString reasonMeaning(FailureReason reason, const QString &reasonText)
{
    switch (reason) {
    case FailureReason::None:
    case FailureReason::Unknown:
        return ReasonText::tr("Sonar says that this wallet isn't ready, but gives no reason.");
    case FailureReason::WalletRisk:
        return ReasonText::tr("This wallet failed Sonar's risk screening.");
    case FailureReason::MaxWalletsUsed:
        return ReasonText::tr("This entity has already used as many wallets as the sale allows.");
    case FailureReason::RequiresLiveness:
        return ReasonText::tr(
            "Sonar wants a short check in front of the camera before this entity may "
            "commit.");
    case FailureReason::SaleNotActive:
        return ReasonText::tr("The sale isn't taking commitments now.");
    case FailureReason::WalletNotLinked:
        return ReasonText::tr("This wallet isn't linked to the entity.");
    case FailureReason::OutsideTimeWindow:
        return ReasonText::tr("The access window of this entity isn't open now.");
    case FailureReason::NoReservedAllocation:
    case FailureReason::NoCustomCommitmentAmountLimit:
        return ReasonText::tr("No allocation is set aside for this wallet.");
    case FailureReason::Unrecognised:
        break;
    }
    const QString text = shownText(reasonText, 80);
    if (text.isEmpty())
        return reasonMeaning(FailureReason::Unknown, {});
    return ReasonText::tr("Sonar gives a reason that this version doesn't know: “%1”.").arg(text);
}

QUrl livenessUrl(const PermitRow &row)
{
    if (row.status != PermitStatus::NotReady || row.reason != FailureReason::RequiresLiveness)
        return {};
    const QUrl url(row.livenessCheckUrl, QUrl::StrictMode);
    return url.isValid() && isAllowedUrl(url) ? url : QUrl();
}

QString reasonNextStep(FailureReason reason)
{
    switch (reason) {
    case FailureReason::None:
    case FailureReason::Unrecognised:
    case FailureReason::Unknown:
        return ReasonText::tr("Check again; if this continues, contact Sonar support.");
    case FailureReason::WalletRisk:
        return ReasonText::tr("Use another wallet.");
    case FailureReason::MaxWalletsUsed:
        return ReasonText::tr("Use one of the wallets that the entity has committed with before.");
    case FailureReason::RequiresLiveness:
        return ReasonText::tr("Open the liveness check in your browser, then check again.");
    case FailureReason::SaleNotActive:
        return ReasonText::tr("Check again when the sale is open.");
    case FailureReason::WalletNotLinked:
        return ReasonText::tr("Link the wallet to the entity on Sonar, then check again.");
    case FailureReason::OutsideTimeWindow:
        return ReasonText::tr("Wait until the window opens, then check again.");
    case FailureReason::NoReservedAllocation:
    case FailureReason::NoCustomCommitmentAmountLimit:
        return ReasonText::tr("Use the wallet that has the allocation, or ask the sale's team.");
    }
    return {};
}

Tone toneOf(FailureReason reason)
{
    switch (reason) {
    case FailureReason::WalletRisk:
    case FailureReason::MaxWalletsUsed:
    case FailureReason::NoReservedAllocation:
    case FailureReason::NoCustomCommitmentAmountLimit:
        return Tone::Negative;
    case FailureReason::SaleNotActive:
    case FailureReason::OutsideTimeWindow:
        return Tone::Neutral;
    case FailureReason::None:
    case FailureReason::Unrecognised:
    case FailureReason::Unknown:
    case FailureReason::RequiresLiveness:
    case FailureReason::WalletNotLinked:
        return Tone::Warning;
    }
    return Tone::Warning;
}

} // namespace sonar
