// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/entity.h"

#include <QHash>

namespace sonar {

EntityType entityTypeFrom(const QString &text)
{
    static const QHash<QString, EntityType> known{
        {QStringLiteral("user"), EntityType::User},
        {QStringLiteral("organization"), EntityType::Organization},
    };
    return known.value(text, EntityType::Unrecognised);
}

EntitySetupState entitySetupStateFrom(const QString &text)
{
    static const QHash<QString, EntitySetupState> known{
        {QStringLiteral("not-started"), EntitySetupState::NotStarted},
        {QStringLiteral("in-progress"), EntitySetupState::InProgress},
        {QStringLiteral("ready-for-review"), EntitySetupState::ReadyForReview},
        {QStringLiteral("in-review"), EntitySetupState::InReview},
        {QStringLiteral("failure"), EntitySetupState::Failure},
        {QStringLiteral("failure-final"), EntitySetupState::FailureFinal},
        {QStringLiteral("technical-issue"), EntitySetupState::TechnicalIssue},
        {QStringLiteral("complete"), EntitySetupState::Complete},
    };
    return known.value(text, EntitySetupState::Unrecognised);
}

SaleEligibility saleEligibilityFrom(const QString &text)
{
    static const QHash<QString, SaleEligibility> known{
        {QStringLiteral("eligible"), SaleEligibility::Eligible},
        {QStringLiteral("not-eligible"), SaleEligibility::NotEligible},
        {QStringLiteral("unknown-setup-incomplete"), SaleEligibility::UnknownSetupIncomplete},
    };
    return known.value(text, SaleEligibility::Unrecognised);
}

InvestingRegion investingRegionFrom(const QString &text)
{
    static const QHash<QString, InvestingRegion> known{
        {QStringLiteral("us"), InvestingRegion::Us},
        {QStringLiteral("eu"), InvestingRegion::Eu},
        {QStringLiteral("other"), InvestingRegion::Other},
        {QStringLiteral("unknown"), InvestingRegion::Unknown},
    };
    return known.value(text, InvestingRegion::Unrecognised);
}

} // namespace sonar
