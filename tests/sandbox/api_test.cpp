// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

const Members ofThisSale{{QStringLiteral("SaleUUID"), QString()}};

QJsonArray entitiesOf(SandboxClient &client, const char *person)
{
    client.signIn(latin(person));
    return client.call(latin("ListAvailableEntities"), ofThisSale)
        .json()
        .value(QLatin1String("Entities"))
        .toArray();
}

} // namespace

TEST(Profile, HasAnEmailOnlyWhereItWasGranted)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    client.signIn();
    const Answer ada = client.call(latin("MyProfile"));
    EXPECT_EQ(ada.text("EmailAddress"), latin("ada@example.test"));
    EXPECT_FALSE(ada.text("EntityID").isEmpty());
    client.signIn(latin("test-cases"));
    EXPECT_FALSE(client.call(latin("MyProfile")).json().contains(QLatin1String("EmailAddress")));
}

TEST(Entities, AdaHasSixOfWhichTwoCanTakePart)
{
    RunningSandbox sandbox;
    const QJsonArray entities = entitiesOf(*sandbox.client, "ada");
    ASSERT_EQ(entities.size(), 6);
    EXPECT_EQ(entities[0].toObject().value(QLatin1String("Label")).toString(),
              latin("Ada Lovelace"));
    int able = 0;
    for (const QJsonValue &value : entities) {
        const QJsonObject entity = value.toObject();
        EXPECT_EQ(entity.size(), 7);
        EXPECT_EQ(entity.value(QLatin1String("SaleSpecificEntityID")).toString().size(), 34);
        able +=
            entity.value(QLatin1String("EntitySetupState")).toString() == latin("complete") &&
                    entity.value(QLatin1String("SaleEligibility")).toString() == latin("eligible")
                ? 1
                : 0;
    }
    EXPECT_EQ(able, 2);
}

TEST(Entities, EveryWordOfTheProtocolOccurs)
{
    RunningSandbox sandbox;
    QSet<QString> seen;
    for (const char *person : {"ada", "grace", "test-cases"}) {
        for (const QJsonValue &value : entitiesOf(*sandbox.client, person)) {
            for (const char *name :
                 {"EntityType", "EntitySetupState", "SaleEligibility", "InvestingRegion"})
                seen.insert(latin(name) + QLatin1Char('=') +
                            value.toObject().value(QLatin1String(name)).toString());
        }
    }
    for (const char *word :
         {"EntityType=user", "EntityType=organization", "EntitySetupState=not-started",
          "EntitySetupState=in-progress", "EntitySetupState=ready-for-review",
          "EntitySetupState=in-review", "EntitySetupState=failure",
          "EntitySetupState=failure-final", "EntitySetupState=technical-issue",
          "EntitySetupState=complete", "SaleEligibility=eligible", "SaleEligibility=not-eligible",
          "SaleEligibility=unknown-setup-incomplete", "InvestingRegion=us", "InvestingRegion=eu",
          "InvestingRegion=other", "InvestingRegion=unknown"})
        EXPECT_TRUE(seen.contains(latin(word))) << word;
    EXPECT_TRUE(seen.contains(latin("SaleEligibility=perhaps-eligible"))) << "one nobody knows";
}

TEST(Entities, PeopleAndOrganisationsAreInEveryState)
{
    RunningSandbox sandbox;
    QSet<QString> seen;
    for (const QJsonValue &value : entitiesOf(*sandbox.client, "every-state")) {
        const auto text = [&](const char *name) {
            return value.toObject().value(QLatin1String(name)).toString();
        };
        seen.insert(text("EntityType") + QLatin1Char(' ') + text("EntitySetupState") +
                    QLatin1Char(' ') + text("SaleEligibility"));
    }
    for (const char *type : {"user", "organization"}) {
        for (const char *state :
             {"not-started unknown-setup-incomplete", "in-progress unknown-setup-incomplete",
              "ready-for-review unknown-setup-incomplete", "in-review unknown-setup-incomplete",
              "failure unknown-setup-incomplete", "failure-final unknown-setup-incomplete",
              "technical-issue unknown-setup-incomplete", "complete eligible",
              "complete not-eligible"})
            EXPECT_TRUE(seen.contains(latin(type) + QLatin1Char(' ') + latin(state)))
                << type << ' ' << state;
    }
}

TEST(Entities, SomebodyHasNone)
{
    RunningSandbox sandbox;
    EXPECT_TRUE(entitiesOf(*sandbox.client, "nobody").isEmpty());
}

TEST(Entities, IdsAreUniqueAcrossPeople)
{
    RunningSandbox sandbox;
    QSet<QString> ids;
    int count = 0;
    for (const char *person : {"ada", "grace", "every-state", "test-cases", "fund"}) {
        for (const QJsonValue &value : entitiesOf(*sandbox.client, person)) {
            ids.insert(value.toObject().value(QLatin1String("EntityID")).toString());
            ids.insert(value.toObject().value(QLatin1String("SaleSpecificEntityID")).toString());
            count += 2;
        }
    }
    EXPECT_EQ(ids.size(), count);
}

TEST(ReadEntity, FindsByIdAndByWallet)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    client.signIn();
    const QString id = client.entityId(latin("Borealis Capital"));
    const auto label = [](const Answer &answer) {
        return answer.json()
            .value(QLatin1String("Entity"))
            .toObject()
            .value(QLatin1String("Label"))
            .toString();
    };
    EXPECT_EQ(
        label(client.call(latin("ReadEntity"), ofThisSale + Members{{latin("EntityID"), id}})),
        latin("Borealis Capital"));
    const Members byWallet{
        {latin("WalletAddress"), latin("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")}};
    EXPECT_EQ(label(client.call(latin("ReadEntity"), ofThisSale + byWallet)),
              latin("Ada Lovelace"));
    EXPECT_EQ(
        client.call(latin("ReadEntity"), ofThisSale + byWallet + Members{{latin("EntityID"), id}})
            .status,
        400);
    EXPECT_EQ(client.call(latin("ReadEntity"), ofThisSale).status, 400);
}

TEST(ReadEntity, NullInAnOptionalMemberIsAsGoodAsAbsent)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    client.signIn();
    const auto status = [&](QJsonObject body) {
        body.insert(QLatin1String("SaleUUID"), sandbox.sale.saleUuid);
        return client
            .postJson(latin("/externalapi.ReadEntity"), QJsonDocument(body).toJson(),
                      {{"authorization", "api:Bearer " + client.accessToken.toLatin1()}})
            .status;
    };
    const QString id = client.entityId(latin("Borealis Capital"));
    EXPECT_EQ(status({{latin("EntityID"), id}, {latin("WalletAddress"), QJsonValue()}}), 200);
    EXPECT_EQ(status({{latin("EntityID"), QJsonValue()}, {latin("WalletAddress"), QJsonValue()}}),
              400);
    EXPECT_EQ(status({{latin("EntityID"), id}, {latin("Other"), QJsonValue()}}), 400);
    EXPECT_EQ(status({{latin("EntityID"), id}, {latin("WalletAddress"), 5}}), 400);
}

TEST(ReadEntity, UnlinkedWalletAndOtherPeoplesEntitiesAreNotFound)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    client.signIn(latin("grace"));
    const QString graces = client.entityId(latin("Kestrel Capital"));
    ASSERT_FALSE(graces.isEmpty());
    client.signIn();
    EXPECT_EQ(
        client.call(latin("ReadEntity"), ofThisSale + Members{{latin("EntityID"), graces}}).status,
        404);
    EXPECT_EQ(client
                  .call(latin("ReadEntity"),
                        ofThisSale + Members{{latin("WalletAddress"),
                                              latin("0x0000000000000000000000000000000000000005")}})
                  .status,
              404);
    const QString wallet = latin("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    EXPECT_EQ(client.check(graces, wallet).status, 404);
    EXPECT_EQ(client.permit(graces, wallet).status, 404);
}

TEST(Api, RefusesForeignAndMalformedSales)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    client.signIn();
    const auto status = [&](const char *uuid) {
        return client.call(latin("ListAvailableEntities"), {{latin("SaleUUID"), latin(uuid)}})
            .status;
    };
    EXPECT_EQ(status("00000000-0000-4000-8000-000000000000"), 404);
    EXPECT_EQ(status("5a0dbc2e6d434f0e9a517f3e8f1d2c40"), 400);
    EXPECT_EQ(status("sandbox"), 400);
    EXPECT_EQ(client.call(latin("ListAvailableEntities")).status, 400);
    EXPECT_EQ(client.call(latin("MyProfile"), ofThisSale).status, 400) << "a member it hasn't";
}

TEST(Api, ErrorsCarryAMessageAndACode)
{
    RunningSandbox sandbox;
    const Answer answer = sandbox.client->call(latin("MyProfile"));
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.headers.value("content-type"), "application/json");
    EXPECT_FALSE(answer.text("message").isEmpty());
    EXPECT_EQ(answer.text("code"), latin("unauthenticated"));
}

TEST(Limits, AreDecimalStringsAndCustomForSomeWallets)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    client.signIn();
    const auto limits = [&](const char *wallet) {
        return client.call(latin("Limits"),
                           ofThisSale + Members{{latin("WalletAddress"), latin(wallet)}});
    };
    const Answer usual = limits("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    EXPECT_EQ(usual.text("MinCommitmentAmount"), latin("100000000"));
    EXPECT_FALSE(usual.json().value(QLatin1String("HasCustomCommitmentAmountLimit")).toBool(true));
    const Answer custom = limits("0x0000000000000000000000000000000000000016");
    EXPECT_TRUE(custom.json().value(QLatin1String("HasCustomCommitmentAmountLimit")).toBool());
    EXPECT_EQ(custom.text("MaxCommitmentAmount").size(), 78);
    EXPECT_EQ(custom.text("MinCommitmentAmount"), latin("9007199254740993"))
        << "not what its permit says";
    EXPECT_EQ(limits("0x1234").status, 400);
}

TEST(InvestmentHistory, IsAListPerPerson)
{
    RunningSandbox sandbox;
    SandboxClient &client = *sandbox.client;
    const auto count = [&](const char *person) {
        client.signIn(latin(person));
        return client.call(latin("ReadEntityInvestmentHistory"))
            .json()
            .value(QLatin1String("Investments"))
            .toArray()
            .size();
    };
    EXPECT_EQ(count("ada"), 3);
    EXPECT_EQ(count("grace"), 0);
}

TEST(Commitments, NeedNoTokenAndAreTheSameOnBothPaths)
{
    RunningSandbox sandbox;
    const QByteArray body = jsonOf({{latin("SaleUUID"), sandbox.sale.saleUuid}});
    const Answer answer =
        sandbox.client->postJson(latin("/sonar/v1/public/read-commitment-data"), body);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(sandbox.client->postJson(latin("/sales.ReadCommitmentData"), body).body, answer.body);
    const QJsonArray all = answer.json().value(QLatin1String("Commitments")).toArray();
    ASSERT_EQ(all.size(), 100);
    EXPECT_GT(answer.json().value(QLatin1String("UniqueCommitmentCount")).toInt(), 100);
    EXPECT_GT(all[0].toObject().value(QLatin1String("CreatedAt")).toString(),
              all[1].toObject().value(QLatin1String("CreatedAt")).toString())
        << "newest first";
}

TEST(Commitments, KeepTheirTime)
{
    RunningSandbox sandbox;
    const auto asked = [&] {
        return sandbox.client
            ->postJson(latin("/sales.ReadCommitmentData"),
                       jsonOf({{latin("SaleUUID"), sandbox.sale.saleUuid}}))
            .body;
    };
    const QByteArray before = asked();
    sandbox.clock.turn(10);
    EXPECT_EQ(asked(), before);
}

TEST(Commitments, NameTheirFieldsAsTheRestDocumentationDoesWhenAsked)
{
    const auto first = [](bool restNames) {
        SandboxOptions options;
        options.restNames = restNames;
        RunningSandbox sandbox(options);
        return sandbox.client
            ->postJson(latin("/sonar/v1/public/read-commitment-data"),
                       jsonOf({{latin("SaleUUID"), sandbox.sale.saleUuid}}))
            .json()
            .value(QLatin1String("Commitments"))
            .toArray()[0]
            .toObject();
    };
    const auto amount = [](const QJsonObject &commitment) {
        return commitment.value(QLatin1String("Amounts")).toArray()[0].toObject();
    };
    const QJsonObject core = first(false);
    EXPECT_TRUE(core.contains(QLatin1String("ExtraRaw")));
    EXPECT_TRUE(amount(core).contains(QLatin1String("Token")));
    const QJsonObject rest = first(true);
    EXPECT_TRUE(rest.contains(QLatin1String("ExtraDataRaw")));
    EXPECT_FALSE(rest.contains(QLatin1String("ExtraRaw")));
    EXPECT_TRUE(amount(rest).contains(QLatin1String("TokenAddress")));
    EXPECT_EQ(amount(core).value(QLatin1String("Amount")),
              amount(rest).value(QLatin1String("Amount")));
}
