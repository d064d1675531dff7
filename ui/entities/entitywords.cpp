// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entitywords.h"

#include "ui/style/plaintext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sonar {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(sonar::EntityWords)
};

QString unrecognised(const QString &asItCame)
{
    const QString shown = shownText(asItCame, 40);
    return shown.isEmpty() ? Words::tr("Not given")
                           : Words::tr("“%1”, not known to this version").arg(shown);
}

bool setUpIsOpen(const Entity &entity)
{
    return entity.setupState == EntitySetupState::NotStarted ||
           entity.setupState == EntitySetupState::InProgress ||
           entity.setupState == EntitySetupState::Failure;
}

bool isInReview(const Entity &entity)
{
    return entity.setupState == EntitySetupState::ReadyForReview ||
           entity.setupState == EntitySetupState::InReview;
}

NextStep stepAfterSetUp(const Entity &entity)
{
    switch (entity.eligibility) {
    case SaleEligibility::Eligible:
        return {
            Words::tr("This entity can take part. Choose a wallet and request a purchase permit "
                      "for it."),
            SonarPage::None,
            {}};
    case SaleEligibility::NotEligible:
        return {Words::tr("Set-up is complete, but this entity may not take part in this sale, for "
                          "instance because of where it is based or its investor status. Sonar "
                          "shows what was handed in."),
                SonarPage::Home, Words::tr("See it on Sonar")};
    case SaleEligibility::UnknownSetupIncomplete:
        return {Words::tr("Sonar hasn't decided on eligibility yet, though set-up is complete. "
                          "Refresh in a while; if this continues, look on Sonar."),
                SonarPage::Home, Words::tr("See it on Sonar")};
    case SaleEligibility::Unrecognised:
        break;
    }
    return {Words::tr(
                "Sonar sent a status that this version doesn't recognise, so the entity is treated "
                "as not eligible. Check on Sonar, or update Sonar Desktop."),
            SonarPage::Home, Words::tr("See it on Sonar")};
}

} // namespace

QString entityName(const Entity &entity)
{
    const QString name = shownText(entity.label);
    if (name.isEmpty() && !entity.isReadable())
        return Words::tr("Unreadable entity");
    return name.isEmpty() ? Words::tr("Unnamed entity") : name;
}

QString entityTypeWords(const Entity &entity)
{
    switch (entity.type) {
    case EntityType::User:
        return Words::tr("Individual");
    case EntityType::Organization:
        return Words::tr("Organisation");
    case EntityType::Unrecognised:
        break;
    }
    return unrecognised(entity.typeText);
}

QString setUpWords(const Entity &entity)
{
    if (!entity.isReadable())
        return Words::tr("Unreadable");
    switch (entity.setupState) {
    case EntitySetupState::NotStarted:
        return Words::tr("Set-up not started");
    case EntitySetupState::InProgress:
        return Words::tr("Set-up not finished");
    case EntitySetupState::ReadyForReview:
        return Words::tr("Waiting for review");
    case EntitySetupState::InReview:
        return Words::tr("In review");
    case EntitySetupState::Failure:
        return Words::tr("Needs your action");
    case EntitySetupState::FailureFinal:
        return Words::tr("Rejected");
    case EntitySetupState::TechnicalIssue:
        return Words::tr("Technical problem at Sonar");
    case EntitySetupState::Complete:
        return Words::tr("Complete");
    case EntitySetupState::Unrecognised:
        break;
    }
    return unrecognised(entity.setupStateText);
}

QString eligibilityWords(const Entity &entity)
{
    if (!entity.isReadable())
        return Words::tr("Unreadable");
    if (entity.setupState == EntitySetupState::FailureFinal &&
        entity.eligibility != SaleEligibility::Unrecognised)
        return Words::tr("Not eligible");
    switch (entity.eligibility) {
    case SaleEligibility::Eligible:
        // "Eligible" alone would say that it can take part now.
        return entity.canTakePart() ? Words::tr("Eligible") : Words::tr("Eligible after set-up");
    case SaleEligibility::NotEligible:
        return Words::tr("Not eligible");
    case SaleEligibility::UnknownSetupIncomplete:
        return Words::tr("Not decided yet");
    case SaleEligibility::Unrecognised:
        break;
    }
    return unrecognised(entity.eligibilityText);
}

QString regionWords(const Entity &entity)
{
    switch (entity.region) {
    case InvestingRegion::Us:
        return Words::tr("US");
    case InvestingRegion::Eu:
        return Words::tr("EU");
    case InvestingRegion::Other:
        return Words::tr("Other");
    case InvestingRegion::Unknown:
        return Words::tr("Not known");
    case InvestingRegion::Unrecognised:
        break;
    }
    return unrecognised(entity.regionText);
}

Standing standingOf(const Entity &entity)
{
    if (entity.canTakePart())
        return Standing::CanTakePart;
    if (entity.setupState == EntitySetupState::FailureFinal ||
        entity.eligibility == SaleEligibility::NotEligible)
        return Standing::CannotTakePart;
    if (entity.setupState == EntitySetupState::Unrecognised ||
        entity.eligibility == SaleEligibility::Unrecognised)
        return Standing::Unrecognised;
    return Standing::NotDecided;
}

Tone setUpTone(const Entity &entity)
{
    if (!entity.isReadable())
        return Tone::Warning;
    switch (entity.setupState) {
    case EntitySetupState::Complete:
        return Tone::Positive;
    case EntitySetupState::NotStarted:
    case EntitySetupState::InProgress:
    case EntitySetupState::Failure:
    case EntitySetupState::TechnicalIssue:
        return Tone::Warning;
    case EntitySetupState::FailureFinal:
        return Tone::Negative;
    case EntitySetupState::ReadyForReview:
    case EntitySetupState::InReview:
    case EntitySetupState::Unrecognised:
        break;
    }
    return Tone::Neutral;
}

Tone eligibilityTone(const Entity &entity)
{
    if (!entity.isReadable())
        return Tone::Warning;
    switch (standingOf(entity)) {
    case Standing::CanTakePart:
        return Tone::Positive;
    case Standing::CannotTakePart:
        return Tone::Negative;
    case Standing::NotDecided:
        return isInReview(entity) ? Tone::Neutral : Tone::Warning;
    case Standing::Unrecognised:
        break;
    }
    return Tone::Neutral;
}

NextStep nextStep(const Entity &entity)
{
    if (!entity.isReadable())
        return {Words::tr("Sonar's entry for this entity isn't in the form that this version "
                          "understands, so it can't be used here. Refresh; if this continues, look "
                          "for a newer version of this program."),
                SonarPage::Home, Words::tr("See it on Sonar")};
    switch (entity.setupState) {
    case EntitySetupState::NotStarted:
        return {
            Words::tr("Set-up hasn't begun. Start it on Sonar; after that Sonar decides whether "
                      "this entity may take part."),
            SonarPage::SetUp, Words::tr("Start set-up on Sonar")};
    case EntitySetupState::InProgress:
        return {Words::tr("Set-up isn't finished. Continue it on Sonar; after that Sonar decides "
                          "whether this entity may take part."),
                SonarPage::SetUp, Words::tr("Continue set-up on Sonar")};
    case EntitySetupState::ReadyForReview:
        return {Words::tr(
                    "Sonar has everything it needs and will review this entity. You don't need to "
                    "do anything."),
                SonarPage::None,
                {}};
    case EntitySetupState::InReview:
        return {Words::tr("Sonar is reviewing this entity. You don't need to do anything."),
                SonarPage::None,
                {}};
    case EntitySetupState::Failure:
        return {Words::tr("Something in the set-up has to be put right. Sonar shows what it is."),
                SonarPage::SetUp, Words::tr("Fix it on Sonar")};
    case EntitySetupState::FailureFinal:
        return {Words::tr("Compliance has rejected this entity for good. It cannot take part."),
                SonarPage::None,
                {}};
    case EntitySetupState::TechnicalIssue:
        return {Words::tr("Sonar has a problem with this entity. Try again later; if this "
                          "continues, contact Sonar support."),
                SonarPage::Home, Words::tr("See it on Sonar")};
    case EntitySetupState::Complete:
        return stepAfterSetUp(entity);
    case EntitySetupState::Unrecognised:
        break;
    }
    return {Words::tr("This set-up state isn't known to this version of the program, so it doesn't "
                      "count as complete. See on Sonar what it means, or update the program."),
            SonarPage::Home, Words::tr("See it on Sonar")};
}

EligibilitySummary eligibilitySummary(const QList<Entity> &entities)
{
    const auto count = [&entities](auto condition) {
        return int(std::count_if(entities.cbegin(), entities.cend(), condition));
    };
    const int all = int(entities.size());
    const int able = count([](const Entity &entity) { return entity.canTakePart(); });
    const int open = count(setUpIsOpen);
    const QString manage = Words::tr("Manage on Sonar");
    const QString continueSetUp = Words::tr("Continue set-up on Sonar");
    if (all == 0)
        return {
            Words::tr("You have no entities yet. Set one up on Sonar to take part in this sale."),
            Tone::Accent, SonarPage::SetUp, Words::tr("Set up on Sonar")};
    if (able == all)
        return {all == 1
                    ? Words::tr("Your entity can take part in this sale")
                    : Words::tr("All of your %L1 entities can take part in this sale").arg(all),
                Tone::Positive, SonarPage::Home, manage};
    if (able > 0)
        return {able == 1 ? Words::tr("1 of your %L1 entities can take part in this sale").arg(all)
                          : Words::tr("%L1 of your %L2 entities can take part in this sale")
                                .arg(able)
                                .arg(all),
                Tone::Positive, SonarPage::Home, manage};
    if (open > 0)
        return {open == 1
                    ? Words::tr("No entity can take part yet: the set-up of one isn't finished")
                    : Words::tr("No entity can take part yet: the set-up of %L1 isn't finished")
                          .arg(open),
                Tone::Warning, SonarPage::SetUp, continueSetUp};
    if (count(isInReview) > 0)
        return {Words::tr("No entity can take part yet: Sonar is still reviewing"), Tone::Neutral,
                SonarPage::Home, manage};
    if (count([](const Entity &entity) {
            return standingOf(entity) == Standing::CannotTakePart;
        }) == all)
        return {all == 1
                    ? Words::tr("Your entity cannot take part in this sale")
                    : Words::tr("None of your %L1 entities can take part in this sale").arg(all),
                Tone::Negative, SonarPage::Home, manage};
    return {Words::tr("No entity can take part now"), Tone::Warning, SonarPage::Home, manage};
}

} // namespace sonar
