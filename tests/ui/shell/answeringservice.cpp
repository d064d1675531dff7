// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/shell/answeringservice.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sonar::test {

namespace {

QJsonObject jsonOf(const Entity &entity)
{
    return {{QStringLiteral("Label"), entity.label},
            {QStringLiteral("EntityID"), entity.entityId},
            {QStringLiteral("SaleSpecificEntityID"), entity.saleSpecificEntityId},
            {QStringLiteral("EntityType"), QStringLiteral("organization")},
            {QStringLiteral("EntitySetupState"), QStringLiteral("complete")},
            {QStringLiteral("SaleEligibility"), QStringLiteral("eligible")},
            {QStringLiteral("InvestingRegion"), QStringLiteral("eu")}};
}

} // namespace

AnsweringService::AnsweringService(const Clock *clock)
    : entities{sampleEntity(QStringLiteral("Borealis Capital"), 1),
               sampleEntity(QStringLiteral("Cobalt Trust"), 2)}
    , m_clock(clock)
{
    server.play([this](const SeenRequest &request) {
        const auto found = spoilt.find(request.target);
        return found != spoilt.end() ? found->second : answered(200, goodAnswer(request));
    });
}

int AnsweringService::asked(const QByteArray &path) const
{
    return int(std::count_if(server.requests.cbegin(), server.requests.cend(),
                             [&](const SeenRequest &one) { return one.target == path; }));
}

QByteArray AnsweringService::goodAnswer(const SeenRequest &request)
{
    if (request.target == refreshPath) {
        const QByteArray number = QByteArray::number(++m_refreshes);
        return "{\"access_token\":\"access-" + number + "\",\"refresh_token\":\"refresh-" + number +
               R"(","token_type":"Bearer","expires_in":)" + QByteArray::number(lifetime) + '}';
    }
    if (request.target == profilePath)
        return R"({"EntityID":"e-ada","EmailAddress":")" + email + "\"}";
    if (request.target == entitiesPath) {
        QByteArrayList items;
        for (const Entity &entity : entities)
            items << QJsonDocument(jsonOf(entity)).toJson(QJsonDocument::Compact);
        return "{\"Entities\":[" + items.join(',') + "]}";
    }
    if (request.target == checkPath)
        return R"({"ReadyToPurchase":true,"FailureReason":"","LivenessCheckURL":""})";
    if (request.target == limitsPath)
        return R"({"HasCustomCommitmentAmountLimit":true,"MinCommitmentAmount":"1000000",)"
               R"("MaxCommitmentAmount":")" +
               most + "\"}";
    const QJsonObject asked = QJsonDocument::fromJson(request.body).object();
    for (const Entity &entity : entities) {
        if (entity.entityId != asked.value(QLatin1String("EntityID")).toString())
            continue;
        PurchasePermit permit =
            samplePermit(entity, asked.value(QLatin1String("PurchasingWalletAddress")).toString(),
                         m_clock->unixSeconds());
        permit.expiresAt = quint64(m_clock->unixSeconds() + permitLifetime);
        permit.closesAt = permit.expiresAt;
        return signedReply(permit);
    }
    return "{}";
}

} // namespace sonar::test
