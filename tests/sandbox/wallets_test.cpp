// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/walletforms.h"
#include "tests/sandbox/sandboxclient.h"

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

QString walletEndingIn(const char *digits)
{
    return QLatin1String("0x") + QString(38, QLatin1Char('0')) + latin(digits);
}

struct Wallets : public testing::Test
{
    Wallets()
    {
        sandbox.client->signIn();
        entity = sandbox.client->entityId(QStringLiteral("Borealis Capital"));
    }
    SandboxClient &client() { return *sandbox.client; }

    RunningSandbox sandbox;
    QString entity;
};

bool isReady(const Answer &answer)
{
    return answer.json().value(QLatin1String("ReadyToPurchase")).toBool();
}

} // namespace

TEST_F(Wallets, AnyOtherIsReady)
{
    const Answer answer =
        client().check(entity, latin("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
    EXPECT_TRUE(isReady(answer));
    EXPECT_EQ(answer.text("FailureReason"), QString());
    EXPECT_EQ(answer.text("LivenessCheckURL"), QString());
    EXPECT_TRUE(answer.json().value(QLatin1String("LivenessCheckURL")).isString());
}

TEST_F(Wallets, LastByteAloneMakesNothingSpecial)
{
    for (const char *wallet : {"0x1111111111111111111111111111111111111111",
                               "0x0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
                               "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
                               "0x0000000000000000000000000000000000000105",
                               "0x0000000000000000000000000000000000000500"}) {
        EXPECT_TRUE(isReady(client().check(entity, latin(wallet)))) << wallet;
        const Answer permit = client().permit(entity, latin(wallet));
        EXPECT_EQ(permit.status, 200) << wallet;
        EXPECT_TRUE(permit.body.contains("OpensAt")) << wallet;
    }
}

TEST(SolanaWallets, AreJudgedByTheLastTwoBytesOfTheKey)
{
    SandboxOptions options;
    options.chain = ChainType::Svm;
    RunningSandbox sandbox(options);
    sandbox.client->signIn();
    const QString entity = sandbox.client->entityId(latin("Borealis Capital"));
    const auto reason = [&](const QByteArray &end) {
        return sandbox.client->check(entity, sandbox::base58(QByteArray(30, '\x42') + end))
            .text("FailureReason");
    };
    EXPECT_EQ(reason(QByteArray("\x00\x05", 2)), latin("wallet-not-linked"));
    EXPECT_EQ(reason(QByteArray("\x42\x05", 2)), QString());
}

TEST_F(Wallets, EveryReasonHasItsWalletAndNoPermit)
{
    const struct
    {
        const char *ending;
        const char *reason;
    } cases[] = {
        {"01", "wallet-risk"},
        {"02", "max-wallets-used"},
        {"04", "sale-not-active"},
        {"05", "wallet-not-linked"},
        {"06", "outside-time-window"},
        {"07", "unknown"},
        {"08", "no-reserved-allocation"},
        {"09", "quantum-flux"},
        {"0c", "no-custom-commitment-amount-limit"},
    };
    for (const auto &one : cases) {
        const Answer answer = client().check(entity, walletEndingIn(one.ending));
        EXPECT_EQ(answer.status, 200);
        EXPECT_FALSE(isReady(answer)) << one.ending;
        EXPECT_EQ(answer.text("FailureReason"), latin(one.reason)) << one.ending;
        EXPECT_EQ(client().permit(entity, walletEndingIn(one.ending)).status, 400) << one.ending;
    }
}

TEST_F(Wallets, LivenessIsDueUntilItsPageWasAnswered)
{
    const QString wallet = walletEndingIn("03");
    const Answer due = client().check(entity, wallet);
    EXPECT_EQ(due.text("FailureReason"), latin("requires-liveness"));
    const QString url = due.text("LivenessCheckURL");
    ASSERT_TRUE(url.startsWith(sandbox.sale.frontendUrl.toString() + latin("/sandbox/liveness/")));
    EXPECT_EQ(client().permit(entity, wallet).status, 400);
    EXPECT_EQ(client().check(entity, wallet).text("LivenessCheckURL"), url);

    const QString path = url.mid(sandbox.sale.frontendUrl.toString().size());
    const Answer page = client().get(path);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.body.contains("id=\"complete\""));
    EXPECT_FALSE(isReady(client().check(entity, wallet))) << "looking isn't passing";
    EXPECT_EQ(client().postForm(path, {}).status, 200);
    EXPECT_TRUE(isReady(client().check(entity, wallet)));
    EXPECT_EQ(client().permit(entity, wallet).status, 200);

    const QString other = client().entityId(latin("Ada Lovelace"));
    EXPECT_FALSE(isReady(client().check(other, wallet))) << "a check is one entity's";
    EXPECT_EQ(client().get(latin("/sandbox/liveness/unknown")).status, 404);
}

TEST_F(Wallets, FailingAndBusyServer)
{
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(client().check(entity, walletEndingIn("0a")).status, 500);
        EXPECT_EQ(client().permit(entity, walletEndingIn("0a")).status, 500);
    }
    const Answer busy = client().check(entity, walletEndingIn("0b"));
    EXPECT_EQ(busy.status, 429);
    EXPECT_EQ(busy.headers.value("retry-after"), "1");
    EXPECT_TRUE(isReady(client().check(entity, walletEndingIn("0b"))));
    EXPECT_EQ(client().permit(entity, walletEndingIn("0b")).status, 429);
    EXPECT_EQ(client().permit(entity, walletEndingIn("0b")).status, 200);
}

TEST_F(Wallets, EntityThatMayNotTakePartIsNeverReady)
{
    const QString wallet = latin("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    for (const char *label : {"Cobalt Trust", "Dune Partners", "Ember Labs", "Fjord Holdings"}) {
        const QString id = client().entityId(latin(label));
        const Answer answer = client().check(id, wallet);
        EXPECT_FALSE(isReady(answer)) << label;
        EXPECT_EQ(answer.text("FailureReason"), latin("unknown")) << label;
        EXPECT_EQ(client().permit(id, wallet).status, 403) << label;
    }
}

TEST_F(Wallets, AddressesAreCheckedAsTheServiceWould)
{
    for (const char *wallet : {"", "0x", "70997970C51812dc3A010C7d01b50e0d17dc79C8",
                               "0x70997970C51812dc3A010C7d01b50e0d17dc79C",
                               "0x70997970C51812dc3A010C7d01b50e0d17dc79C88",
                               "0x70997970C51812dc3A010C7d01b50e0d17dc79Cg",
                               "EuaMEX3ehaSdmP1CGudtMmp3UH9MYiv2JZe11Sy9iRYK"}) {
        EXPECT_EQ(client().check(entity, latin(wallet)).status, 400) << wallet;
        EXPECT_EQ(client().permit(entity, latin(wallet)).status, 400) << wallet;
    }
    // Whether a checksum fits is for the client to see.
    for (const char *wallet : {"0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
                               "0x70997970c51812dc3A010C7d01b50e0d17dc79C8"})
        EXPECT_EQ(client().check(entity, latin(wallet)).status, 200) << wallet;
}
