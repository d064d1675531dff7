// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sonar/entity.h"
#include "ui/style/theme.h"

#include <QList>
#include <QString>

namespace sonar {

/// The enumerations of an entity in the user's words (protocol reference §6). A value this version
/// doesn't know is shown as it came.
QString entityName(const Entity &entity); ///< its label, or "Unnamed entity"
QString entityTypeWords(const Entity &entity);
QString setUpWords(const Entity &entity);
QString eligibilityWords(const Entity &entity);
QString regionWords(const Entity &entity);

/// Where the user stands with an entity in this sale: set-up and eligibility taken together.
enum class Standing { CanTakePart, NotDecided, CannotTakePart, Unrecognised };
Standing standingOf(const Entity &entity);

Tone setUpTone(const Entity &entity);
Tone eligibilityTone(const Entity &entity);

/// The page on Sonar that a next step needs.
enum class SonarPage { None, SetUp, Home };

struct NextStep
{
    QString text;
    SonarPage page = SonarPage::None;
    QString linkText; ///< for the page; empty without one
};

/// What the user can do for this entity now.
NextStep nextStep(const Entity &entity);

/// One sentence over the list.
struct EligibilitySummary
{
    QString text;
    Tone tone = Tone::Neutral;
    SonarPage action = SonarPage::None;
    QString linkText;
};

EligibilitySummary eligibilitySummary(const QList<Entity> &entities);

} // namespace sonar
