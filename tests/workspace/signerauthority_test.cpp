// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/signerauthority.h"

#include "app/base/uuid.h"
#include "tests/chain/fakerpc.h"
#include "tests/workspace/world.h"

using namespace sonar;
using namespace sonar::test;

namespace {

const QString hasRole = QStringLiteral("0x91d14854");
const QString saleUuid = QStringLiteral("0xb185b20d");
const QString wallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
const QString stranger = QStringLiteral("0xC5553985AAFcB6B06687f3b10eFE4025d54C25c2");

QString word(bool value)
{
    return QStringLiteral("0x") + QString(63, QLatin1Char('0')) + QLatin1Char(value ? '1' : '0');
}

/// Ahead of the real one by what the test says.
class AheadClock : public Clock
{
public:
    qint64 unixSeconds() const override { return systemClock().unixSeconds() + ahead; }
    qint64 steadyMilliseconds() const override
    {
        return systemClock().steadyMilliseconds() + ahead * 1000;
    }
    qint64 ahead = 0;
};

/// A sale that names no signer but a contract, whose chain's server is ours.
class SignerAuthorityTest : public ::testing::Test
{
protected:
    void SetUp() override
    {
        sandboxSigner = std::exchange(world.sale.permitSigner, QString());
        world.sale.chain->type = ChainType::Evm;
        world.sale.chain->chainId = 84532;
        world.sale.chain->rpcUrl = rpc.url();
        rpc.answer(QStringLiteral("eth_chainId"), QStringLiteral("0x14a34"));
        rpc.answer(saleUuid, QStringLiteral("0x") +
                                 QLatin1String(uuidBytes(world.sale.saleUuid).value().toHex()) +
                                 QString(32, QLatin1Char('0')));
        rpc.answer(hasRole, word(true));
        const auto session =
            std::make_shared<Session>(TokenKey{QStringLiteral("ada"), world.sale.serviceId()},
                                      world.sale.apiUrl, &world.store);
        workspace = std::make_unique<Workspace>(Account{QStringLiteral("ada"), {}}, world.sale,
                                                session, &world.preferences, &clock);
        ASSERT_TRUE(world.connect(*workspace));
        desk = workspace->permits();
        borealis = entityNamed(*workspace, QStringLiteral("Borealis Capital"));
    }

    /// The verification of a permit that was just asked for.
    PermitVerification requested(const QString &forWallet = wallet)
    {
        const int row = desk->add(borealis, forWallet, {});
        desk->request({row});
        EXPECT_TRUE(waitUntil([&] { return desk->running() == 0; }));
        const PermitRow &issued = desk->rows().at(row);
        EXPECT_TRUE(issued.permit) << qPrintable(issued.error ? issued.error->report() : QString());
        return issued.permit ? issued.permit->verification : PermitVerification();
    }

    QString firstSeen() const
    {
        return world.preferences.firstSeenSigner(world.sale.serviceId(), world.sale.saleUuid);
    }

    void see(const QString &signer)
    {
        world.preferences.setFirstSeenSigner(world.sale.serviceId(), world.sale.saleUuid, signer);
    }

    static PermitCheck signatureOf(const PermitVerification &verification)
    {
        return verification.checks.value(0);
    }

    AheadClock clock;
    World world;
    FakeRpc rpc;
    QString sandboxSigner;
    std::unique_ptr<Workspace> workspace;
    PermitDesk *desk = nullptr;
    Entity borealis;
};

} // namespace

TEST_F(SignerAuthorityTest, TheContractsYesIsTakenBeforeWhatWasSeen)
{
    see(stranger);
    const PermitVerification verification = requested();
    EXPECT_EQ(signatureOf(verification).result, CheckResult::Passed)
        << qPrintable(signatureOf(verification).text);
    EXPECT_TRUE(signatureOf(verification).text.contains(QStringLiteral("sale contract")));
    EXPECT_TRUE(verification.usable());
    EXPECT_EQ(firstSeen(), sandboxSigner) << "a confirmed signer wasn't remembered";
}

TEST_F(SignerAuthorityTest, TheContractsNoFailsThePermitAndRemembersNobody)
{
    rpc.answer(hasRole, word(false));
    const PermitVerification verification = requested();
    EXPECT_EQ(signatureOf(verification).result, CheckResult::Failed);
    EXPECT_FALSE(verification.usable());
    EXPECT_EQ(firstSeen(), QString());
    const auto exported = desk->permits({0});
    ASSERT_EQ(exported.size(), 1);
    EXPECT_FALSE(exported.first().verification.usable()) << "the export forgot the contract's no";
}

TEST_F(SignerAuthorityTest, OneQuestionServesEveryPermitOfASigner)
{
    requested();
    requested(QStringLiteral("0x3333333333333333333333333333333333333340"));
    EXPECT_EQ(rpc.asked(hasRole), 1);
    EXPECT_EQ(rpc.asked(saleUuid), 1);
    EXPECT_EQ(rpc.asked(QStringLiteral("eth_chainId")), 1);
}

TEST_F(SignerAuthorityTest, ARoleThatIsTakenAwayIsNoticedAndEarlierPermitsFallWithIt)
{
    const QString other = QStringLiteral("0x3333333333333333333333333333333333333340");
    EXPECT_TRUE(requested().usable());
    rpc.answer(hasRole, word(false));
    clock.ahead = 30;
    EXPECT_TRUE(requested(other).usable());
    EXPECT_EQ(rpc.asked(hasRole), 1) << "each permit is a question";

    clock.ahead = 5 * 60;
    EXPECT_FALSE(requested(other).usable());
    EXPECT_EQ(rpc.asked(hasRole), 2);
    EXPECT_FALSE(desk->rows().at(0).permit->verification.usable())
        << "a permit from before is still called usable";
}

TEST_F(SignerAuthorityTest, AnOldYesIsNotTakenForANewOne)
{
    EXPECT_TRUE(requested().usable());
    clock.ahead = 5 * 60;
    rpc.status = 503;
    const PermitVerification verification = requested();
    EXPECT_TRUE(signatureOf(verification).text.contains(QStringLiteral("couldn't be asked")))
        << qPrintable(signatureOf(verification).text);
}

TEST_F(SignerAuthorityTest, ANoStandsWhileTheContractCantBeAsked)
{
    see(sandboxSigner);
    rpc.answer(hasRole, word(false));
    EXPECT_FALSE(requested().usable());
    clock.ahead = 5 * 60;
    rpc.status = 503;
    EXPECT_FALSE(requested().usable());
}

TEST_F(SignerAuthorityTest, AFaultFallsBackToTheSignerFirstSeenAndSaysSo)
{
    rpc.status = 503;
    PermitVerification verification = requested();
    EXPECT_EQ(signatureOf(verification).result, CheckResult::NotChecked);
    EXPECT_TRUE(signatureOf(verification).text.contains(QStringLiteral("couldn't be asked")))
        << qPrintable(signatureOf(verification).text);
    EXPECT_EQ(firstSeen(), sandboxSigner);

    verification = requested();
    EXPECT_EQ(signatureOf(verification).result, CheckResult::Passed);
    EXPECT_TRUE(signatureOf(verification).text.contains(QStringLiteral("couldn't be asked")));
    EXPECT_EQ(rpc.questions().size(), 1) << "a faulty server was asked again at once";

    see(stranger);
    EXPECT_FALSE(requested().usable());
}

TEST_F(SignerAuthorityTest, AnotherSalesContractDecidesNothing)
{
    rpc.answer(saleUuid, QStringLiteral("0x") + QString(32, QLatin1Char('1')) +
                             QString(32, QLatin1Char('0')));
    PermitVerification verification = requested();
    EXPECT_EQ(signatureOf(verification).result, CheckResult::NotChecked);
    EXPECT_EQ(rpc.asked(hasRole), 0);
}

TEST_F(SignerAuthorityTest, ANamedSignerNeedsNoContract)
{
    world.sale.permitSigner = sandboxSigner;
    workspace = world.workspace();
    ASSERT_TRUE(world.connect(*workspace));
    desk = workspace->permits();
    EXPECT_TRUE(requested().usable());
    EXPECT_TRUE(rpc.questions().isEmpty());
}

TEST_F(SignerAuthorityTest, CancelAndTheEndOfTheWorkspaceDontWaitForTheContract)
{
    rpc.silent = true;
    const int row = desk->add(borealis, wallet, {});
    desk->request({row});
    ASSERT_TRUE(waitUntil([&] { return !rpc.questions().isEmpty(); }));
    desk->cancel();
    EXPECT_EQ(desk->running(), 0);
    EXPECT_EQ(desk->rows().at(row).status, PermitStatus::NotChecked);

    const qsizetype before = rpc.questions().size();
    desk->request({row});
    ASSERT_TRUE(waitUntil([&] { return rpc.questions().size() > before; }));
    workspace.reset();
    EXPECT_TRUE(handlePosted());
}
