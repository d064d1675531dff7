// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace sonar {

/// Enumerations of protocol reference §6. `Unknown…` stands for a value this version doesn't know:
/// it is shown as it came (the *Text fields below) and never counts as eligible, complete or ready.
enum class EntityType { Unrecognised, User, Organization };
enum class EntitySetupState {
    Unrecognised,
    NotStarted,
    InProgress,
    ReadyForReview,
    InReview,
    Failure,
    FailureFinal,
    TechnicalIssue,
    Complete,
};
enum class SaleEligibility { Unrecognised, Eligible, NotEligible, UnknownSetupIncomplete };
enum class InvestingRegion { Unrecognised, Us, Eu, Other, Unknown };

/// The compliance identity that takes part in a sale.
struct Entity
{
    QString label;                ///< display name from the server: plain text, may be empty
    QString entityId;             ///< opaque id for the API; never sent on chain
    QString saleSpecificEntityId; ///< hex as it came (16 bytes); what permits and contracts carry
    EntityType type = EntityType::Unrecognised;
    EntitySetupState setupState = EntitySetupState::Unrecognised;
    SaleEligibility eligibility = SaleEligibility::Unrecognised;
    InvestingRegion region = InvestingRegion::Unrecognised;
    QString typeText; ///< the four enumerations as the server wrote them
    QString setupStateText;
    QString eligibilityText;
    QString regionText;

    /// Why this entry of the service's list can't be read ("[3].Label is missing"); empty when it
    /// can. Ids and label are there as far as they could be read, the enumerations aren't.
    QString fault;
    bool isIdKnown = true; ///< otherwise `entityId` only tells entries of the list apart
    bool isReadable() const { return fault.isEmpty(); }

    /// May take part now: set-up complete and eligible, both in words this version knows.
    bool canTakePart() const
    {
        return isReadable() && setupState == EntitySetupState::Complete &&
               eligibility == SaleEligibility::Eligible;
    }

    bool operator==(const Entity &) const = default;
};

EntityType entityTypeFrom(const QString &text);
EntitySetupState entitySetupStateFrom(const QString &text);
SaleEligibility saleEligibilityFrom(const QString &text);
InvestingRegion investingRegionFrom(const QString &text);

} // namespace sonar
