// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sonar/entity.h"
#include "ui/entities/entitiesstate.h"

class QPushButton;
class QWidget;

namespace sonar::test {

Entity entity(const QString &id, const QString &label,
              EntitySetupState setUp = EntitySetupState::Complete,
              SaleEligibility eligibility = SaleEligibility::Eligible,
              EntityType type = EntityType::Organization);

/// One of each: able, in review, to be put right, not eligible, rejected.
QList<Entity> someEntities();

/// Connected and loaded.
EntitiesState loadedState(const QList<Entity> &entities = someEntities());

/// What a person sees: a button by its text without mnemonic and arrow; nullptr if none is visible.
QPushButton *visibleButton(const QWidget &parent, const QString &text);
/// True when some visible label holds this text.
bool says(const QWidget &parent, const QString &text);

} // namespace sonar::test
