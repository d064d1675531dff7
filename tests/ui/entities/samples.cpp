// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/entities/samples.h"

#include "ui/style/labels.h"

#include <QTimeZone>

namespace sonar::test {

Entity entity(const QString &id, const QString &label, EntitySetupState setUp,
              SaleEligibility eligibility, EntityType type)
{
    Entity entity;
    entity.entityId = id;
    entity.label = label;
    entity.saleSpecificEntityId = QStringLiteral("0x8ebc000000000000000000000000") + id;
    entity.setupState = setUp;
    entity.eligibility = eligibility;
    entity.type = type;
    entity.region = InvestingRegion::Eu;
    return entity;
}

QList<Entity> someEntities()
{
    return {
        entity(QStringLiteral("e1"), QStringLiteral("Ada Lovelace"), EntitySetupState::Complete,
               SaleEligibility::Eligible, EntityType::User),
        entity(QStringLiteral("e2"), QStringLiteral("Borealis Capital")),
        entity(QStringLiteral("e3"), QStringLiteral("Cobalt Trust"), EntitySetupState::InReview,
               SaleEligibility::UnknownSetupIncomplete),
        entity(QStringLiteral("e4"), QStringLiteral("Dune Partners"), EntitySetupState::Failure,
               SaleEligibility::UnknownSetupIncomplete),
        entity(QStringLiteral("e5"), QStringLiteral("Ember Labs"), EntitySetupState::Complete,
               SaleEligibility::NotEligible),
        entity(QStringLiteral("e6"), QStringLiteral("Fjord Holdings"),
               EntitySetupState::FailureFinal, SaleEligibility::UnknownSetupIncomplete),
    };
}

EntitiesState loadedState(const QList<Entity> &entities)
{
    EntitiesState state;
    state.connection = EntitiesState::Connection::Connected;
    state.loading = EntitiesState::Loading::Loaded;
    state.entities = entities;
    state.updatedAt = QDateTime(QDate(2026, 11, 24), QTime(10, 42), QTimeZone::utc());
    state.setUpPage = QUrl(QStringLiteral("https://app.example.test/sonar/sale"));
    state.homePage = QUrl(QStringLiteral("https://app.example.test/sonar/sale/home"));
    return state;
}

QPushButton *visibleButton(const QWidget &parent, const QString &text)
{
    for (auto *button : parent.findChildren<QPushButton *>()) {
        QString shown = button->text();
        shown.remove(QLatin1Char('&')).remove(QStringLiteral(" ↗"));
        if (shown == text && button->isVisible())
            return button;
    }
    return nullptr;
}

bool says(const QWidget &parent, const QString &text)
{
    for (const auto *label : parent.findChildren<QLabel *>()) {
        const auto *elided = qobject_cast<const ElidedLabel *>(label);
        const QString shown = elided ? elided->fullText() : label->text();
        if (label->isVisible() && shown.contains(text))
            return true;
    }
    return false;
}

} // namespace sonar::test
