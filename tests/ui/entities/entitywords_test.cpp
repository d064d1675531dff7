// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entitywords.h"

#include "tests/ui/entities/samples.h"

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

constexpr EntitySetupState allSetupStates[] = {
    EntitySetupState::Unrecognised, EntitySetupState::NotStarted,
    EntitySetupState::InProgress,   EntitySetupState::ReadyForReview,
    EntitySetupState::InReview,     EntitySetupState::Failure,
    EntitySetupState::FailureFinal, EntitySetupState::TechnicalIssue,
    EntitySetupState::Complete,
};
constexpr SaleEligibility allEligibilities[] = {
    SaleEligibility::Unrecognised,
    SaleEligibility::Eligible,
    SaleEligibility::NotEligible,
    SaleEligibility::UnknownSetupIncomplete,
};

Entity in(EntitySetupState setUp, SaleEligibility eligibility)
{
    return entity(QStringLiteral("e"), QStringLiteral("E"), setUp, eligibility);
}

} // namespace

TEST(EntityWords, EveryStateHasWordsAndANextStep)
{
    for (const EntitySetupState setUp : allSetupStates) {
        for (const SaleEligibility eligibility : allEligibilities) {
            const Entity e = in(setUp, eligibility);
            EXPECT_FALSE(setUpWords(e).isEmpty());
            EXPECT_FALSE(eligibilityWords(e).isEmpty());
            const NextStep step = nextStep(e);
            EXPECT_FALSE(step.text.isEmpty());
            EXPECT_EQ(step.page == SonarPage::None, step.linkText.isEmpty());
            EXPECT_FALSE(eligibilitySummary({e}).text.isEmpty());
        }
    }
}

TEST(EntityWords, OnlyCompleteAndEligibleLooksLikeIt)
{
    for (const EntitySetupState setUp : allSetupStates) {
        for (const SaleEligibility eligibility : allEligibilities) {
            const Entity e = in(setUp, eligibility);
            const bool able =
                setUp == EntitySetupState::Complete && eligibility == SaleEligibility::Eligible;
            EXPECT_EQ(eligibilityTone(e) == Tone::Positive, able);
            EXPECT_EQ(eligibilityWords(e) == QLatin1String("Eligible"), able);
            EXPECT_EQ(standingOf(e) == Standing::CanTakePart, able);
            EXPECT_EQ(eligibilitySummary({e}).tone == Tone::Positive, able);
        }
    }
}

TEST(EntityWords, UnknownValuesAreShownAsTheyCame)
{
    Entity e = in(EntitySetupState::Unrecognised, SaleEligibility::Unrecognised);
    e.eligibilityText = QStringLiteral("quantum");
    e.setupStateText = QStringLiteral("half-done");
    e.type = EntityType::Unrecognised;
    e.typeText = QStringLiteral("robot");
    e.region = InvestingRegion::Unrecognised;
    e.regionText = QStringLiteral("moon");
    EXPECT_EQ(eligibilityWords(e), QStringLiteral("“quantum”, not known to this version"));
    EXPECT_TRUE(setUpWords(e).contains(QLatin1String("half-done")));
    EXPECT_TRUE(entityTypeWords(e).contains(QLatin1String("robot")));
    EXPECT_TRUE(regionWords(e).contains(QLatin1String("moon")));
    e.eligibilityText = QString(100'000, QLatin1Char('x'));
    EXPECT_LT(eligibilityWords(e).size(), 100);
}

TEST(EntityWords, AnEmptyOrInvisibleLabelGetsAName)
{
    EXPECT_EQ(entityName(entity(QStringLiteral("e"), {})), QLatin1String("Unnamed entity"));
    EXPECT_EQ(entityName(entity(QStringLiteral("e"), QStringLiteral(" \u202E\n "))),
              QLatin1String("Unnamed entity"));
}

TEST(EntityWords, SetUpIsContinuedOnTheSetUpPage)
{
    for (const EntitySetupState setUp :
         {EntitySetupState::NotStarted, EntitySetupState::InProgress, EntitySetupState::Failure})
        EXPECT_EQ(nextStep(in(setUp, SaleEligibility::UnknownSetupIncomplete)).page,
                  SonarPage::SetUp);
    EXPECT_EQ(
        nextStep(in(EntitySetupState::InReview, SaleEligibility::UnknownSetupIncomplete)).page,
        SonarPage::None);
    EXPECT_EQ(nextStep(in(EntitySetupState::Complete, SaleEligibility::NotEligible)).page,
              SonarPage::Home);
}

TEST(EligibilitySummary, CountsThoseThatCanTakePart)
{
    EXPECT_EQ(eligibilitySummary(someEntities()).text,
              QLatin1String("2 of your 6 entities can take part in this sale"));
    EXPECT_EQ(eligibilitySummary(someEntities()).action, SonarPage::Home);
    EXPECT_EQ(eligibilitySummary(someEntities().mid(0, 1)).text,
              QLatin1String("Your entity can take part in this sale"));
    EXPECT_EQ(eligibilitySummary(someEntities().mid(0, 2)).text,
              QLatin1String("All of your 2 entities can take part in this sale"));
}

TEST(EligibilitySummary, SaysWhatToDoWhenNoneCan)
{
    const QList<Entity> open = someEntities().mid(2);
    EXPECT_EQ(eligibilitySummary(open).action, SonarPage::SetUp);
    EXPECT_EQ(eligibilitySummary(open).tone, Tone::Warning);
    EXPECT_EQ(eligibilitySummary({}).action, SonarPage::SetUp);
    EXPECT_EQ(eligibilitySummary(someEntities().mid(4)).tone, Tone::Negative);
    const QList<Entity> reviewed = someEntities().mid(2, 1);
    EXPECT_EQ(eligibilitySummary(reviewed).tone, Tone::Neutral);
}
