// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/codecs.h"

#include "app/base/hex.h"
#include "app/base/uuid.h"
#include "app/sonar/codecfields.h"

#include <QSet>

namespace sonar {

namespace {

bool isSixteenBytes(const QString &text)
{
    const QString prefixed =
        text.startsWith(QLatin1String("0x")) ? text : QStringLiteral("0x") + text;
    const auto bytes = fromHex(prefixed);
    return (bytes && bytes->size() == 16) || uuidBytes(text).has_value();
}

Entity readEntity(JsonFields &fields)
{
    Entity entity;
    entity.label = fields.text("Label").left(longestText);
    entity.entityId = fields.text("EntityID");
    entity.saleSpecificEntityId = fields.text("SaleSpecificEntityID");
    entity.typeText = fields.text("EntityType").left(longestText);
    entity.setupStateText = fields.text("EntitySetupState").left(longestText);
    entity.eligibilityText = fields.text("SaleEligibility").left(longestText);
    entity.regionText = fields.text("InvestingRegion").left(longestText);
    if (fields.ok() && (entity.entityId.isEmpty() || entity.entityId.size() > longestText))
        fields.refuse("EntityID", ReplyText::tr("is empty or too long"));
    if (fields.ok() && !isSixteenBytes(entity.saleSpecificEntityId))
        fields.refuse("SaleSpecificEntityID", ReplyText::tr("is not 16 bytes in hex"));
    entity.type = entityTypeFrom(entity.typeText);
    entity.setupState = entitySetupStateFrom(entity.setupStateText);
    entity.eligibility = saleEligibilityFrom(entity.eligibilityText);
    entity.region = investingRegionFrom(entity.regionText);
    return entity;
}

/// What is left of an entry with a fault.
Entity unreadableEntity(const JsonValue &item, const QString &fault, size_t place)
{
    Entity entity;
    entity.fault = fault.left(longestText);
    const auto text = [&item](const char *name) {
        const auto member = item.member(name);
        return member ? member->toText().value_or(QString()) : QString();
    };
    entity.label = text("Label").left(longestText);
    entity.entityId = text("EntityID");
    entity.isIdKnown = !entity.entityId.isEmpty() && entity.entityId.size() <= longestText;
    if (!entity.isIdKnown)
        entity.entityId = QStringLiteral("[%1]").arg(place);
    return entity;
}

QList<Entity> readEntities(JsonFields &fields)
{
    QList<Entity> entities;
    QSet<QString> ids;
    const std::vector<JsonValue> items = fields.arrayOrNull("Entities");
    entities.reserve(qsizetype(items.size()));
    for (size_t i = 0; i < items.size() && fields.ok(); ++i) {
        JsonFields item(items[i], QStringLiteral("[%1]").arg(i));
        Entity entity = item.ok() ? readEntity(item) : Entity();
        if (!item.ok())
            entity = unreadableEntity(items[i], item.fault(), i);
        // Named twice is one entity; the first stays.
        if (ids.contains(entity.entityId))
            continue;
        ids.insert(entity.entityId);
        entities << entity;
    }
    return entities;
}

} // namespace

Result<QList<Entity>> decodeEntities(const QByteArray &body)
{
    return decodeObject<QList<Entity>>(body, QStringLiteral("ListAvailableEntities"), readEntities);
}

Result<Entity> decodeEntity(const QByteArray &body)
{
    return decodeObject<Entity>(body, QStringLiteral("ReadEntity"), [](JsonFields &fields) {
        const auto object = fields.object("Entity");
        if (!object)
            return Entity();
        JsonFields inner(*object, QStringLiteral("Entity"));
        const Entity entity = readEntity(inner);
        if (!inner.ok())
            fields.refuse("Entity", inner.fault());
        return entity;
    });
}

} // namespace sonar
