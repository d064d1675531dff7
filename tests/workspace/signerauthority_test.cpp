// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/signerauthority.h"

#include "tests/chain/fakerpc.h"
#include "tests/workspace/world.h"

#include <QCoro/QCoroTask>

#include <algorithm>

using namespace sonar;
using namespace sonar::test;

namespace {

const QString hasRole = QStringLiteral("0x91d14854");
const QString saleUuid = QStringLiteral("0xb185b20d");
const QString wallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
const QString stranger = QStringLiteral("0xC5553985AAFcB6B06687f3b10eFE4025d54C25c2");

QString word(bool value)
{
    return FakeRpc::word(value);
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
        world.sale.chain->saleContract = stranger;
        rpc.answerAsSettlementSale(world.sale.saleUuid);
        rpc.answer(hasRole, word(true));
        open();
    }

    void open()
    {
        const auto session =
            std::make_shared<Session>(TokenKey{QStringLiteral("ada"), world.sale.serviceId()},
                                      world.sale.apiUrl, &world.store);
        workspace = std::make_unique<Workspace>(Account{QStringLiteral("ada"), {}}, world.sale,
                                                session, &world.preferences, &clock);
        ASSERT_TRUE(world.connect(*workspace));
        desk = workspace->permits();
        borealis = entityNamed(*workspace, QStringLiteral("Borealis Capital"));
    }

    /// The verification of a permit that was just asked for, once the contract has answered.
    PermitVerification requested(const QString &forWallet = wallet)
    {
        const int row = requestedRow(forWallet);
        EXPECT_TRUE(waitUntil([&] { return !verificationOf(row).askingContract; }));
        return verificationOf(row);
    }

    PermitVerification verificationOf(int row) const
    {
        const PermitRow &current = desk->rows().at(row);
        return current.permit ? current.permit->verification : PermitVerification();
    }

    int requestedRow(const QString &forWallet = wallet)
    {
        const int row = desk->add(borealis, forWallet, {});
        desk->request({row});
        EXPECT_TRUE(waitUntil([&] { return desk->running() == 0; }));
        const PermitRow &issued = desk->rows().at(row);
        EXPECT_TRUE(issued.permit) << qPrintable(issued.error ? issued.error->report() : QString());
        return row;
    }

    /// Somebody selects the row, and the contract has answered.
    PermitVerification lookedAt(int row)
    {
        bool answered = false;
        const auto connection = QObject::connect(desk, &PermitDesk::contractAnswered, desk,
                                                 [&answered] { answered = true; });
        desk->lookAt(row);
        EXPECT_TRUE(waitUntil([&] { return answered; }));
        QObject::disconnect(connection);
        return verificationOf(row);
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
    EXPECT_TRUE(verification.signerConfirmed()) << qPrintable(signatureOf(verification).text);
    EXPECT_EQ(verification.resultOf(PermitCheckKind::Contract), CheckResult::Passed);
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

TEST_F(SignerAuthorityTest, APermitIsThereBeforeTheContractAnswers)
{
    rpc.silent = true;
    const int row = requestedRow();
    EXPECT_EQ(desk->running(), 0);
    EXPECT_EQ(desk->rows().at(row).status, PermitStatus::Issued);
    EXPECT_TRUE(verificationOf(row).askingContract);
    EXPECT_FALSE(verificationOf(row).signerConfirmed());
    EXPECT_EQ(firstSeen(), QString()) << "somebody was remembered before the contract answered";

    // Nor does the sale file's word count before it.
    world.sale.permitSigner = sandboxSigner;
    open();
    EXPECT_FALSE(verificationOf(requestedRow()).signerConfirmed());
}

TEST_F(SignerAuthorityTest, QuestionsThatComeTogetherAreOne)
{
    QList<int> rows;
    for (int number = 0; number < 12; ++number)
        rows << desk->add(
            borealis, QStringLiteral("0x33333333333333333333333333333333333333%1").arg(40 + number),
            {});
    desk->request(rows);
    ASSERT_TRUE(waitUntil([&] {
        return std::all_of(rows.cbegin(), rows.cend(), [this](int row) {
            return desk->rows().at(row).permit && !verificationOf(row).askingContract;
        });
    }));
    for (const int row : rows)
        EXPECT_TRUE(verificationOf(row).signerConfirmed());
    EXPECT_EQ(rpc.asked(hasRole), 1);
    EXPECT_EQ(rpc.asked(saleUuid), 1);
    EXPECT_EQ(rpc.asked(QStringLiteral("eth_chainId")), 1);
    EXPECT_EQ(rpc.questions().size(), 5);
}

TEST_F(SignerAuthorityTest, ARoleThatIsTakenAwayIsNoticedByWhoLooks)
{
    const QString other = QStringLiteral("0x3333333333333333333333333333333333333340");
    EXPECT_TRUE(requested().signerConfirmed());
    EXPECT_TRUE(requested(other).signerConfirmed());
    const qsizetype asked = rpc.questions().size();
    rpc.answer(hasRole, word(false));
    clock.ahead = 29;
    desk->lookAt(0);
    EXPECT_FALSE(verificationOf(0).askingContract);
    EXPECT_EQ(verificationOf(0).contractAskedAt.value_or(0) / 60, systemClock().unixSeconds() / 60);
    clock.ahead = 31;
    EXPECT_FALSE(lookedAt(0).usable());
    EXPECT_GT(rpc.questions().size(), asked);
    EXPECT_FALSE(verificationOf(1).usable()) << "a permit that nobody looked at is still usable";
    // The old answer stood until there was a new one.
    rpc.answer(hasRole, word(true));
    clock.ahead = 62;
    EXPECT_TRUE(lookedAt(1).signerConfirmed());
    EXPECT_TRUE(verificationOf(0).signerConfirmed());
}

TEST_F(SignerAuthorityTest, AnExportAsksAgain)
{
    EXPECT_TRUE(requested().signerConfirmed());
    const qsizetype asked = rpc.questions().size();
    QCoro::waitFor(desk->consultContract({0}));
    EXPECT_EQ(rpc.questions().size(), asked) << "a fresh answer was asked for again";
    rpc.answer(hasRole, word(false));
    clock.ahead = 31;
    QCoro::waitFor(desk->consultContract({0}));
    EXPECT_FALSE(desk->permits({0}).first().verification.usable());
    // An answer says how old it is.
    EXPECT_GE(desk->permits({0}).first().verification.contractAskedAt.value_or(0),
              systemClock().unixSeconds() + 29);
}

TEST_F(SignerAuthorityTest, AnOldYesIsNotTakenForANewOne)
{
    EXPECT_TRUE(requested().signerConfirmed());
    clock.ahead = 31;
    rpc.status = 503;
    const PermitVerification verification = lookedAt(0);
    EXPECT_FALSE(verification.signerConfirmed());
    EXPECT_TRUE(verification.usable());
    EXPECT_EQ(verification.resultOf(PermitCheckKind::Contract), CheckResult::NotChecked);
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

TEST_F(SignerAuthorityTest, WhoSignsFirstAndSecondIsntBelievedForThat)
{
    rpc.status = 503;
    const QString other = QStringLiteral("0x3333333333333333333333333333333333333340");
    for (const QString &each : {wallet, wallet, other}) {
        const PermitVerification verification = requested(each);
        EXPECT_EQ(signatureOf(verification).result, CheckResult::NotChecked);
        EXPECT_FALSE(verification.signerConfirmed());
        EXPECT_EQ(permitNotes(verification).size(), 1);
    }
    EXPECT_EQ(firstSeen(), sandboxSigner);
    EXPECT_EQ(rpc.questions().size(), 4) << "a faulty server was asked again at once";
    const auto exported = desk->permits({0, 1});
    ASSERT_EQ(exported.size(), 2);
    for (const ExportedPermit &permit : exported)
        EXPECT_FALSE(permit.verification.signerConfirmed());
    EXPECT_FALSE(desk->signerChange());
}

TEST_F(SignerAuthorityTest, AfterAForgerTheTrueSignerIsntCalledFalse)
{
    see(stranger); // whoever it was
    rpc.status = 503;
    EXPECT_TRUE(requested().usable());
    ASSERT_TRUE(desk->signerChange());
    EXPECT_EQ(desk->signerChange()->remembered, stranger);
    EXPECT_EQ(desk->signerChange()->seen, sandboxSigner);
    EXPECT_FALSE(signatureOf(verificationOf(0)).text.contains(QStringLiteral("Do not use")));

    // Who is compared with from now on is confirmed by nobody.
    desk->acceptSigner(sandboxSigner);
    EXPECT_FALSE(desk->signerChange());
    EXPECT_FALSE(verificationOf(0).signerConfirmed());
    EXPECT_FALSE(requested().signerConfirmed());

    // The contract ends the matter.
    desk->acceptSigner(stranger);
    EXPECT_TRUE(requested().usable());
    ASSERT_TRUE(desk->signerChange());
    rpc.status = 200;
    clock.ahead = 31;
    EXPECT_TRUE(lookedAt(0).signerConfirmed());
    EXPECT_FALSE(desk->signerChange());
    EXPECT_EQ(firstSeen(), sandboxSigner);
}

TEST_F(SignerAuthorityTest, AContractThatIsntTheSalesFailsEveryPermit)
{
    const auto contractCheck = [this] {
        clock.ahead += 31;
        const int row = requestedRow();
        QCoro::waitFor(desk->consultContract({row}));
        const PermitVerification verification = verificationOf(row);
        EXPECT_FALSE(verification.usable());
        EXPECT_EQ(verification.resultOf(PermitCheckKind::Signature), CheckResult::NotChecked);
        for (const PermitCheck &check : verification.checks) {
            if (check.kind == PermitCheckKind::Contract && check.result == CheckResult::Failed)
                return check.text;
        }
        return QString();
    };
    rpc.answerAsSettlementSale(QStringLiteral("ffffffff-ffff-ffff-ffff-ffffffffffff"));
    EXPECT_TRUE(contractCheck().contains(QStringLiteral("another sale")));
    rpc.answer(QStringLiteral("eth_chainId"), QStringLiteral("0x1"));
    EXPECT_TRUE(contractCheck().contains(QStringLiteral("chain 1")));
    rpc.answerAsSettlementSale(world.sale.saleUuid);
    rpc.answer(QStringLiteral("0x01ffc9a7"), word(false));
    EXPECT_TRUE(contractCheck().contains(QStringLiteral("isn't a SettlementSale")));
    rpc.answerAsNobody();
    EXPECT_TRUE(contractCheck().contains(QStringLiteral("nothing would be committed")));
    EXPECT_EQ(rpc.asked(hasRole), 0);
    EXPECT_EQ(firstSeen(), QString());
    // And stays wrong while it can't be asked.
    rpc.status = 503;
    EXPECT_TRUE(contractCheck().contains(QStringLiteral("nothing would be committed")));
}

TEST_F(SignerAuthorityTest, ANamedSignerIsAskedAboutAsWell)
{
    world.sale.permitSigner = sandboxSigner;
    open();
    EXPECT_TRUE(requested().signerConfirmed());
    EXPECT_EQ(rpc.asked(hasRole), 1);

    rpc.answer(hasRole, word(false));
    clock.ahead = 31;
    const PermitVerification denied = lookedAt(0);
    EXPECT_FALSE(denied.usable());
    EXPECT_FALSE(denied.signerConfirmed());

    // The sale file's word stands where the contract can't be asked, and the contract's check says
    // why it couldn't be made.
    rpc.answer(hasRole, word(true));
    clock.ahead = 62;
    EXPECT_TRUE(lookedAt(0).signerConfirmed());
    rpc.status = 503;
    clock.ahead = 93;
    EXPECT_TRUE(lookedAt(0).signerConfirmed());
    EXPECT_EQ(verificationOf(0).resultOf(PermitCheckKind::Contract), CheckResult::NotChecked);

    // Without a server the word stands as well, and no question is asked.
    world.sale.chain->rpcUrl.clear();
    open();
    const qsizetype asked = rpc.questions().size();
    EXPECT_TRUE(requested().signerConfirmed());
    EXPECT_EQ(rpc.questions().size(), asked);
    EXPECT_EQ(verificationOf(0).resultOf(PermitCheckKind::Contract), CheckResult::NotChecked);
}

TEST_F(SignerAuthorityTest, TheEndOfTheWorkspaceDoesntWaitForTheContract)
{
    rpc.silent = true;
    const int row = desk->add(borealis, wallet, {});
    desk->request({row});
    ASSERT_TRUE(waitUntil([&] { return !rpc.questions().isEmpty(); }));
    auto consulted = desk->consultContract({row});
    workspace.reset();
    QCoro::waitFor(consulted);
}
