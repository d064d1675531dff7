// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxworld.h"

#include "app/base/uuid.h"
#include "app/sandbox/keccak.h"

#include <algorithm>

namespace sonar::sandbox {

namespace {

struct Row
{
    const char *label;
    const char *type;
    const char *setupState;
    const char *eligibility;
    const char *region;
};

constexpr const char *undecided = "unknown-setup-incomplete";

constexpr Row ofAda[] = {
    {"Ada Lovelace", "user", "complete", "eligible", "us"},
    {"Borealis Capital", "organization", "complete", "eligible", "eu"},
    {"Cobalt Trust", "organization", "in-review", undecided, "eu"},
    {"Dune Partners", "organization", "failure", undecided, "other"},
    {"Ember Labs", "organization", "complete", "not-eligible", "us"},
    {"Fjord Holdings", "organization", "failure-final", undecided, "other"},
};

constexpr Row ofGrace[] = {
    {"Grace Hopper", "user", "not-started", undecided, "unknown"},
    {"Harbour Works", "organization", "in-progress", undecided, "eu"},
    {"Iris Foundation", "organization", "ready-for-review", undecided, "other"},
    {"Juniper Ventures", "organization", "technical-issue", undecided, "us"},
    {"Kestrel Capital", "organization", "complete", "eligible", "other"},
    {"Lumen Cooperative", "organization", "complete", "not-eligible", "unknown"},
};

constexpr Row ofTestCases[] = {
    {"<b>Robert</b> <img src=x>", "organization", "complete", "eligible", "us"},
    {"=HYPERLINK(\"http://example.test\",\"Click\")", "organization", "complete", "eligible", "eu"},
    {"", "organization", "complete", "eligible", "other"},
    {"Two\nlines\tand a tab", "user", "complete", "eligible", "eu"},
    {"\u202Edrawkcab nettirW", "user", "complete", "eligible", "unknown"},
    {"Ångström & Søn 株式会社 🚀", "organization", "complete", "eligible", "other"},
    {"Words of tomorrow", "trust", "paused", "perhaps-eligible", "antarctica"},
    {"Eligible before set-up was complete", "user", "in-review", "eligible", "eu"},
};

QString idFor(const QByteArray &name)
{
    return uuidText(derived("entity id " + name, 16));
}

Entity entityFrom(const QString &owner, const QString &label, const Row &row)
{
    const QByteArray name = (owner + QLatin1Char('/') + label).toUtf8();
    return {idFor(name),
            derived("sale specific " + name, 16),
            label,
            QLatin1String(row.type),
            QLatin1String(row.setupState),
            QLatin1String(row.eligibility),
            QLatin1String(row.region)};
}

template <size_t count>
std::vector<Entity> entitiesFrom(const QString &owner, const Row (&rows)[count])
{
    std::vector<Entity> entities;
    for (const Row &row : rows)
        entities.push_back(entityFrom(owner, QString::fromUtf8(row.label), row));
    return entities;
}

Person ada()
{
    const QString id = QStringLiteral("ada");
    return {id,
            QStringLiteral("Ada Lovelace"),
            QStringLiteral("ada@example.test"),
            QStringLiteral("6 entities, 2 of them eligible"),
            idFor("ada/Ada Lovelace"),
            entitiesFrom(id, ofAda),
            {{QStringLiteral("Analytical Engines"), QStringLiteral("Seed"),
              QStringLiteral("2024-05-13T09:30:00Z")},
             {QStringLiteral("Lighthouse Protocol"), QStringLiteral("Series A"),
              QStringLiteral("2025-02-27T16:05:41Z")},
             {QStringLiteral("Meridian Network"), QStringLiteral("Community round"),
              QStringLiteral("2025-11-03T12:00:00+01:00")}}};
}

Person grace()
{
    const QString id = QStringLiteral("grace");
    return {id,
            QStringLiteral("Grace Hopper"),
            QStringLiteral("grace@example.test"),
            QStringLiteral("6 entities, most of them not set up yet"),
            idFor("grace/Grace Hopper"),
            entitiesFrom(id, ofGrace),
            {}};
}

Person nobody()
{
    return {QStringLiteral("nobody"),
            QStringLiteral("Nobody yet"),
            QStringLiteral("nobody@example.test"),
            QStringLiteral("no entities at all"),
            idFor("nobody"),
            {},
            {}};
}

Person testCases()
{
    const QString id = QStringLiteral("test-cases");
    std::vector<Entity> entities = entitiesFrom(id, ofTestCases);
    const Row eligible{nullptr, "organization", "complete", "eligible", "eu"};
    const QString longLabel =
        QStringLiteral("The Very Long and Winding Name of a Holding Company ").repeated(40);
    entities.push_back(entityFrom(id, longLabel.trimmed(), eligible));
    return {id,
            QStringLiteral("Test Cases"),
            QString(),
            QStringLiteral("odd labels, unknown words, no e-mail"),
            idFor("test-cases"),
            std::move(entities),
            {{QStringLiteral("<script>alert(1)</script>"), QString(),
              QStringLiteral("2025-01-01T00:00:00")}}};
}

/// A person and an organisation in each state of set-up, and of eligibility once that is complete.
Person everyState()
{
    const QString id = QStringLiteral("every-state");
    std::vector<Entity> entities;
    for (const char *type : {"user", "organization"}) {
        const auto add = [&](const char *setupState, const char *eligibility) {
            QString label = QLatin1String(type) == QLatin1String("user")
                                ? QStringLiteral("Person, ")
                                : QStringLiteral("Organisation, ");
            label += QLatin1String(setupState);
            if (eligibility != undecided)
                label += QStringLiteral(", ") + QLatin1String(eligibility);
            entities.push_back(
                entityFrom(id, label, {nullptr, type, setupState, eligibility, "eu"}));
        };
        for (const char *setupState : {"not-started", "in-progress", "ready-for-review",
                                       "in-review", "failure", "failure-final", "technical-issue"})
            add(setupState, undecided);
        for (const char *eligibility : {"eligible", "not-eligible"})
            add("complete", eligibility);
    }
    return {id,
            QStringLiteral("Every State"),
            QStringLiteral("every-state@example.test"),
            QStringLiteral("18 entities, each in a state of its own"),
            idFor("every-state"),
            std::move(entities),
            {}};
}

Person fund()
{
    const QString id = QStringLiteral("fund");
    const Row eligible{nullptr, "organization", "complete", "eligible", "eu"};
    std::vector<Entity> entities;
    for (int i = 1; i <= 250; ++i)
        entities.push_back(
            entityFrom(id, QStringLiteral("Vehicle %1").arg(i, 3, 10, QLatin1Char('0')), eligible));
    return {id,
            QStringLiteral("Fund Administrator"),
            QStringLiteral("fund@example.test"),
            QStringLiteral("250 entities, all eligible"),
            idFor("fund"),
            std::move(entities),
            {}};
}

WalletRule notReady(const char *reason)
{
    return {CheckOutcome::NotReady, QLatin1String(reason), PermitKind::BasicV3};
}

WalletRule ready(PermitKind kind)
{
    return {CheckOutcome::Ready, {}, kind};
}

} // namespace

bool Entity::mayTakePart() const
{
    return setupState == QLatin1String("complete") && eligibility == QLatin1String("eligible");
}

const Entity *Person::entity(const QString &wanted) const
{
    const auto found = std::find_if(entities.begin(), entities.end(),
                                    [&](const Entity &entity) { return entity.id == wanted; });
    return found == entities.end() ? nullptr : &*found;
}

const std::vector<Person> &people()
{
    static const std::vector<Person> all{ada(),        grace(),     nobody(),
                                         everyState(), testCases(), fund()};
    return all;
}

const Person *person(const QString &id)
{
    const auto &all = people();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Person &one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

WalletRule walletRule(const QByteArray &wallet)
{
    // By one byte alone every thirteenth address of a user would be a special one.
    if (wallet.size() < 2 || wallet[wallet.size() - 2] != 0)
        return ready(PermitKind::BasicV3);
    switch (quint8(wallet.back())) {
    case 0x01:
        return notReady("wallet-risk");
    case 0x02:
        return notReady("max-wallets-used");
    case 0x03:
        return {CheckOutcome::LivenessDue, QStringLiteral("requires-liveness"),
                PermitKind::BasicV3};
    case 0x04:
        return notReady("sale-not-active");
    case 0x05:
        return notReady("wallet-not-linked");
    case 0x06:
        return notReady("outside-time-window");
    case 0x07:
        return notReady("unknown");
    case 0x08:
        return notReady("no-reserved-allocation");
    case 0x09:
        return notReady("quantum-flux");
    case 0x0a:
        return {CheckOutcome::ServerFault, {}, PermitKind::BasicV3};
    case 0x0b:
        return {CheckOutcome::BusyOnce, {}, PermitKind::BasicV3};
    case 0x0c:
        return notReady("no-custom-commitment-amount-limit");
    case 0x11:
        return ready(PermitKind::Basic);
    case 0x12:
        return ready(PermitKind::BasicV2);
    case 0x13:
        return ready(PermitKind::Allocation);
    case 0x14:
        return ready(PermitKind::Expired);
    case 0x15:
        return ready(PermitKind::NotOpenYet);
    case 0x16:
        return ready(PermitKind::Extreme);
    case 0x17:
        return ready(PermitKind::ForcedLockup);
    default:
        return ready(PermitKind::BasicV3);
    }
}

} // namespace sonar::sandbox
