// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/api.h"

#include "app/base/hex.h"
#include "app/base/uuid.h"
#include "app/sandbox/jsonwriter.h"
#include "app/sandbox/permitfields.h"
#include "app/sandbox/walletforms.h"

#include <algorithm>

namespace sonar::sandbox {

namespace {

const QString saleUuid = QStringLiteral("SaleUUID");
const QString entityId = QStringLiteral("EntityID");
const QString walletAddress = QStringLiteral("WalletAddress");
const QString purchasingWallet = QStringLiteral("PurchasingWalletAddress");

HttpResponse badRequest(const QString &why)
{
    return errorReply(400, QStringLiteral("invalid_request"), why);
}

HttpResponse noSuchEntity()
{
    return errorReply(404, QStringLiteral("not_found"),
                      QStringLiteral("There is no such entity for this user."));
}

QByteArray entityJson(const Entity &entity)
{
    return JsonObject()
        .text("Label", entity.label)
        .text("EntityID", entity.id)
        .text("SaleSpecificEntityID", toHex(entity.saleSpecificId))
        .text("EntityType", entity.type)
        .text("EntitySetupState", entity.setupState)
        .text("SaleEligibility", entity.eligibility)
        .text("InvestingRegion", entity.region)
        .done();
}

/// The token of "authorization: api:Bearer …", in exactly this spelling.
std::optional<QString> bearer(const HttpRequest &request)
{
    const QByteArray scheme = "api:Bearer ";
    const auto header = request.header("authorization");
    if (!header || !header->startsWith(scheme))
        return std::nullopt;
    return QString::fromLatin1(header->sliced(scheme.size()));
}

} // namespace

Api::Api(const Clock &clock, const Sale &sale, Sessions &sessions, Liveness &liveness,
         const PermitIssuer &permits, CommitmentNames names, Story &story)
    : m_clock(clock)
    , m_startedAt(clock.unixSeconds())
    , m_sale(sale)
    , m_sessions(sessions)
    , m_liveness(liveness)
    , m_permits(permits)
    , m_names(names)
    , m_story(story)
{}

QHash<QByteArray, Api::Endpoint> Api::endpoints()
{
    const QStringList pair{saleUuid, entityId, purchasingWallet};
    return {
        {"/externalapi.MyProfile", signedIn(&Api::myProfile, {})},
        {"/externalapi.ListAvailableEntities", signedIn(&Api::listEntities, {saleUuid})},
        {"/externalapi.ReadEntity",
         signedIn(&Api::readEntity, {saleUuid}, {entityId, walletAddress})},
        {"/externalapi.PrePurchaseCheck", signedIn(&Api::checkPair, pair)},
        {"/externalapi.GenerateSalePurchasePermit", signedIn(&Api::issuePermit, pair)},
        {"/externalapi.Limits", signedIn(&Api::limits, {saleUuid, walletAddress})},
        {"/externalapi.ReadEntityInvestmentHistory", signedIn(&Api::investments, {})},
        {"/sonar/v1/public/read-commitment-data", open()},
        {"/sales.ReadCommitmentData", open()},
    };
}

Api::Endpoint Api::signedIn(Answer answer, const QStringList &required, const QStringList &optional)
{
    return [this, answer, required, optional](const HttpRequest &request) {
        const auto token = bearer(request);
        const auto owner = token ? m_sessions.personOf(*token) : std::nullopt;
        const Person *caller = owner ? person(*owner) : nullptr;
        if (!caller)
            return errorReply(401, QStringLiteral("unauthenticated"),
                              QStringLiteral("The access token is missing or not valid."));
        const auto body = readBody(request, required, optional);
        if (!body)
            return body.error();
        if (const auto refused = refusedSale(*body))
            return *refused;
        return (this->*answer)(*caller, *body);
    };
}

Api::Endpoint Api::open()
{
    return [this](const HttpRequest &request) {
        const auto body = readBody(request, {saleUuid});
        if (!body)
            return body.error();
        if (const auto refused = refusedSale(*body))
            return *refused;
        return jsonReply(commitmentData(*m_sale.chain, m_startedAt, m_names));
    };
}

std::optional<HttpResponse> Api::refusedSale(const Body &body) const
{
    if (!body.contains(saleUuid))
        return std::nullopt;
    const auto uuid = uuidBytes(body.value(saleUuid));
    if (!uuid)
        return badRequest(QStringLiteral("SaleUUID is not a UUID."));
    if (uuid != uuidBytes(m_sale.saleUuid))
        return errorReply(404, QStringLiteral("not_found"),
                          QStringLiteral("There is no such sale."));
    return std::nullopt;
}

HttpResponse Api::myProfile(const Person &person, const Body &)
{
    JsonObject profile;
    profile.text("EntityID", person.entityId);
    if (!person.email.isEmpty())
        profile.text("EmailAddress", person.email);
    return jsonReply(profile.done());
}

HttpResponse Api::listEntities(const Person &person, const Body &)
{
    QByteArrayList entities;
    for (const Entity &entity : person.entities)
        entities << entityJson(entity);
    return jsonReply(JsonObject().json("Entities", jsonArray(entities)).done());
}

HttpResponse Api::readEntity(const Person &person, const Body &body)
{
    if (body.contains(entityId) == body.contains(walletAddress))
        return badRequest(QStringLiteral("Exactly one of EntityID and WalletAddress is needed."));
    const Entity *entity = nullptr;
    if (body.contains(entityId)) {
        entity = person.entity(body.value(entityId));
    } else {
        const auto wallet = walletBytes(m_sale.chainType(), body.value(walletAddress));
        if (!wallet)
            return badRequest(QStringLiteral("WalletAddress is not an address of this chain."));
        // A wallet is linked to the first entity that may take part, unless its rule says no.
        const auto able = std::find_if(person.entities.begin(), person.entities.end(),
                                       [](const Entity &one) { return one.mayTakePart(); });
        const bool linked = walletRule(*wallet).reason != QLatin1String("wallet-not-linked");
        if (linked && able != person.entities.end())
            entity = &*able;
    }
    if (!entity)
        return noSuchEntity();
    return jsonReply(JsonObject().json("Entity", entityJson(*entity)).done());
}

tl::expected<Api::Pair, HttpResponse> Api::readPair(const Person &person, const Body &body,
                                                    const QString &what)
{
    const Entity *entity = person.entity(body.value(entityId));
    if (!entity)
        return tl::unexpected<HttpResponse>(noSuchEntity());
    const auto wallet = walletBytes(m_sale.chainType(), body.value(purchasingWallet));
    if (!wallet)
        return tl::unexpected<HttpResponse>(
            badRequest(QStringLiteral("PurchasingWalletAddress is not an address of this chain.")));
    const WalletRule rule = walletRule(*wallet);
    if (rule.outcome == CheckOutcome::ServerFault)
        return tl::unexpected<HttpResponse>(
            errorReply(500, QStringLiteral("internal"), QStringLiteral("Something went wrong.")));
    if (rule.outcome == CheckOutcome::BusyOnce) {
        const QString call = what + QLatin1Char('/') + entity->id + QLatin1Char('/') +
                             QLatin1String(wallet->toHex());
        if (!m_toldBusy.contains(call)) {
            m_toldBusy.insert(call);
            HttpResponse busy = errorReply(429, QStringLiteral("resource_exhausted"),
                                           QStringLiteral("Too many requests."));
            return tl::unexpected<HttpResponse>(busy.with("Retry-After", "1"));
        }
    }
    return Pair{entity, *wallet, rule};
}

Api::Readiness Api::readiness(const Pair &pair)
{
    if (!pair.entity->mayTakePart())
        return {false, QStringLiteral("unknown"), {}};
    if (pair.rule.outcome == CheckOutcome::NotReady)
        return {false, pair.rule.reason, {}};
    if (pair.rule.outcome == CheckOutcome::LivenessDue &&
        !m_liveness.isPassed(pair.entity->id, pair.wallet))
        return {false, pair.rule.reason,
                m_sale.frontendUrl.toString() + m_liveness.pageFor(pair.entity->id, pair.wallet)};
    return {true, {}, {}};
}

HttpResponse Api::checkPair(const Person &person, const Body &body)
{
    const auto pair = readPair(person, body, QStringLiteral("check"));
    if (!pair)
        return pair.error();
    const Readiness result = readiness(*pair);
    return jsonReply(JsonObject()
                         .boolean("ReadyToPurchase", result.ready)
                         .text("FailureReason", result.reason)
                         .text("LivenessCheckURL", result.livenessUrl)
                         .done());
}

HttpResponse Api::issuePermit(const Person &person, const Body &body)
{
    const auto pair = readPair(person, body, QStringLiteral("permit"));
    if (!pair)
        return pair.error();
    if (!pair->entity->mayTakePart())
        return errorReply(403, QStringLiteral("not_eligible"),
                          QStringLiteral("This entity may not take part in the sale."));
    const Readiness result = readiness(*pair);
    if (!result.ready)
        return errorReply(
            400, QStringLiteral("not_ready"),
            QStringLiteral("The wallet is not ready to purchase: %1.").arg(result.reason));
    const qint64 now = m_clock.unixSeconds();
    const QByteArray text =
        m_permits.issue({pair->entity->saleSpecificId, *uuidBytes(m_sale.saleUuid), pair->wallet,
                         pair->rule.permit, now});
    m_story.tell("permit", QString::fromUtf8(text), now,
                 {{"person", person.id},
                  {"entity", pair->entity->id},
                  {"wallet", walletText(m_sale.chainType(), pair->wallet)}});
    return jsonReply(text);
}

HttpResponse Api::limits(const Person &, const Body &body)
{
    const auto wallet = walletBytes(m_sale.chainType(), body.value(walletAddress));
    if (!wallet)
        return badRequest(QStringLiteral("WalletAddress is not an address of this chain."));
    const PermitKind kind = walletRule(*wallet).permit;
    const bool custom = kind == PermitKind::Allocation || kind == PermitKind::Extreme;
    const PermitFields granted =
        grantedFields({{}, {}, *wallet, kind, m_clock.unixSeconds()}, m_sale.chainType());
    return jsonReply(JsonObject()
                         .boolean("HasCustomCommitmentAmountLimit", custom)
                         .text("MinCommitmentAmount", decimal(granted.minAmount))
                         .text("MaxCommitmentAmount", decimal(granted.maxAmount))
                         .done());
}

HttpResponse Api::investments(const Person &person, const Body &)
{
    QByteArrayList list;
    for (const Investment &one : person.investments)
        list << JsonObject()
                    .text("CompanyName", one.company)
                    .text("Round", one.round)
                    .text("InvestedOn", one.investedOn)
                    .done();
    return jsonReply(JsonObject().json("Investments", jsonArray(list)).done());
}

} // namespace sonar::sandbox
