// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/preferences.h"
#include "app/permits/walletaddress.h"
#include "tests/workspace/world.h"

#include <QSignalSpy>

using namespace sonar;
using namespace sonar::test;

namespace {

/// A clock that the test moves.
class MovedClock : public Clock
{
public:
    qint64 unixSeconds() const override { return systemClock().unixSeconds() + offset; }
    qint64 steadyMilliseconds() const override
    {
        return systemClock().steadyMilliseconds() + offset * 1000;
    }
    qint64 offset = 0;
};

const QString readyWallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

/// A wallet whose end, 00 and that byte, chooses the sandbox's answer.
QString walletEnding(int lastByte)
{
    QByteArray bytes(20, '\x33');
    bytes[18] = 0;
    bytes[19] = char(lastByte);
    return checksummedAddress(bytes);
}

/// A connected workspace with the desk under test.
class PermitDeskTest : public ::testing::Test
{
protected:
    void SetUp() override
    {
        workspace = world.workspace();
        ASSERT_TRUE(world.connect(*workspace));
        desk = workspace->permits();
        borealis = entityNamed(*workspace, QStringLiteral("Borealis Capital"));
    }

    PermitRow settled(int row)
    {
        EXPECT_TRUE(waitUntil([&] { return desk->running() == 0; }));
        return desk->rows().at(row);
    }

    World world;
    std::unique_ptr<Workspace> workspace;
    PermitDesk *desk = nullptr;
    Entity borealis;
};

} // namespace

TEST_F(PermitDeskTest, IssuesAPermitThatPassesEveryCheck)
{
    const int row = desk->add(borealis, readyWallet, QStringLiteral("Treasury"));
    desk->request({row});
    const PermitRow issued = settled(row);
    ASSERT_EQ(issued.status, PermitStatus::Issued)
        << qPrintable(issued.error ? issued.error->report() : QString());
    ASSERT_TRUE(issued.permit);
    EXPECT_TRUE(issued.permit->verification.usable());
    for (const PermitCheck &check : issued.permit->verification.checks)
        EXPECT_NE(check.result, CheckResult::Failed) << qPrintable(check.text);
    EXPECT_EQ(issued.permit->verification.signer, world.sale.permitSigner);
}

TEST_F(PermitDeskTest, CheckAloneAsksForNoPermit)
{
    const int row = desk->add(borealis, readyWallet, {});
    desk->check({row});
    const PermitRow checked = settled(row);
    EXPECT_EQ(checked.status, PermitStatus::Ready);
    EXPECT_FALSE(checked.permit);
}

TEST_F(PermitDeskTest, KeepsTheReasonOfAWalletThatIsNotReady)
{
    const struct
    {
        int lastByte;
        FailureReason reason;
    } outcomes[] = {
        {0x01, FailureReason::WalletRisk},       {0x02, FailureReason::MaxWalletsUsed},
        {0x03, FailureReason::RequiresLiveness}, {0x04, FailureReason::SaleNotActive},
        {0x05, FailureReason::WalletNotLinked},  {0x06, FailureReason::OutsideTimeWindow},
        {0x07, FailureReason::Unknown},          {0x08, FailureReason::NoReservedAllocation},
        {0x09, FailureReason::Unrecognised},
    };
    QList<int> rows;
    for (const auto &outcome : outcomes)
        rows << desk->add(borealis, walletEnding(outcome.lastByte), {});
    desk->request(rows);
    for (size_t i = 0; i < std::size(outcomes); ++i) {
        const PermitRow row = settled(rows.at(qsizetype(i)));
        EXPECT_EQ(row.status, PermitStatus::NotReady) << outcomes[i].lastByte;
        EXPECT_EQ(row.reason, outcomes[i].reason)
            << outcomes[i].lastByte << qPrintable(row.reasonText);
        EXPECT_FALSE(row.permit);
        if (row.reason == FailureReason::RequiresLiveness) {
            EXPECT_FALSE(row.livenessCheckUrl.isEmpty());
        }
    }
}

TEST_F(PermitDeskTest, FailedCallKeepsTheRowAndSaysWhy)
{
    const int row = desk->add(borealis, walletEnding(0x0a), {});
    desk->check({row});
    EXPECT_TRUE(waitUntil([&] { return desk->running() == 0; }, 90'000));
    const PermitRow failed = desk->rows().at(row);
    EXPECT_EQ(failed.status, PermitStatus::Failed);
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->kind, ErrorKind::ServerFault);
}

TEST_F(PermitDeskTest, CancelPutsRowsBackAtOnce)
{
    QList<int> rows;
    for (int i = 0x20; i < 0x60; ++i)
        rows << desk->add(borealis, walletEnding(i), {});
    desk->check(rows);
    EXPECT_EQ(desk->running(), rows.size());
    desk->cancel();
    EXPECT_EQ(desk->running(), 0);
    for (const int row : rows)
        EXPECT_EQ(desk->rows().at(row).status, PermitStatus::NotChecked);
    // A later check of the same rows isn't disturbed by what was withdrawn.
    desk->check({rows.first()});
    EXPECT_EQ(settled(rows.first()).status, PermitStatus::Ready);
}

TEST_F(PermitDeskTest, RemovingARowWhileItRunsLeavesTheOthersRight)
{
    const int first = desk->add(borealis, walletEnding(0x30), {});
    const int second = desk->add(borealis, readyWallet, {});
    desk->request({first, second});
    desk->remove({first});
    ASSERT_EQ(desk->rows().size(), 1);
    EXPECT_EQ(desk->rowOf(borealis.entityId, readyWallet), 0);
    EXPECT_EQ(settled(0).status, PermitStatus::Issued);
}

TEST_F(PermitDeskTest, AddingAPairTwiceIsOneRow)
{
    const int row = desk->add(borealis, readyWallet, {});
    EXPECT_EQ(desk->add(borealis, readyWallet, QStringLiteral("again")), row);
    EXPECT_EQ(desk->rows().size(), 1);
}

TEST(PermitDesk, PermitExpiresAtItsLastSecond)
{
    World world;
    MovedClock clock;
    auto session = std::make_shared<Session>(
        TokenKey{QStringLiteral("ada"), world.sale.serviceId()}, world.sale.apiUrl, &world.store);
    Workspace workspace(Account{QStringLiteral("ada"), {}}, world.sale, session, &world.preferences,
                        &clock);
    ASSERT_TRUE(world.connect(workspace));
    PermitDesk *desk = workspace.permits();
    const int row =
        desk->add(entityNamed(workspace, QStringLiteral("Borealis Capital")), readyWallet, {});
    desk->request({row});
    ASSERT_TRUE(waitUntil([&] { return desk->rows().at(row).status == PermitStatus::Issued; }));

    const qint64 left = *desk->secondsLeft(desk->rows().at(row));
    EXPECT_GT(left, 0);
    EXPECT_LE(left, 600);
    clock.offset = left + 2;
    desk->tick();
    EXPECT_EQ(desk->rows().at(row).status, PermitStatus::Expired);
    const QList<ExportedPermit> exported = desk->permits({row});
    ASSERT_EQ(exported.size(), 1);
    EXPECT_FALSE(exported.first().verification.usable())
        << "an expired permit was exported as usable";
}

TEST(PermitDesk, EverySpoiledPermitIsMarked)
{
    // What each spoils, and nothing beside it.
    const QMap<QString, PermitCheckKind> spoiled{
        {QStringLiteral("wrong-signer"), PermitCheckKind::Signature},
        {QStringLiteral("wrong-wallet"), PermitCheckKind::Wallet},
        {QStringLiteral("wrong-sale"), PermitCheckKind::Sale},
        {QStringLiteral("wrong-entity"), PermitCheckKind::Entity},
        {QStringLiteral("expired"), PermitCheckKind::NotExpired},
        {QStringLiteral("changed-field"), PermitCheckKind::Signature},
        {QStringLiteral("high-s"), PermitCheckKind::Signature},
        {QStringLiteral("bad-v"), PermitCheckKind::Signature},
        {QStringLiteral("truncated"), PermitCheckKind::Signature},
    };
    for (const QString &mutation : sandboxMutations()) {
        ASSERT_TRUE(spoiled.contains(mutation)) << qPrintable(mutation);
        World world([&](SandboxOptions &options) { options.permitMutation = mutation; });
        const auto workspace = world.workspace();
        ASSERT_TRUE(world.connect(*workspace));
        PermitDesk *desk = workspace->permits();
        const int row =
            desk->add(entityNamed(*workspace, QStringLiteral("Borealis Capital")), readyWallet, {});
        desk->request({row});
        ASSERT_TRUE(waitUntil([&] { return desk->running() == 0; }));
        const PermitRow &answer = desk->rows().at(row);
        // A call that fails marks nothing: the permit has to be there, and its check failed.
        ASSERT_TRUE(answer.permit) << qPrintable(mutation);
        EXPECT_FALSE(answer.error) << qPrintable(mutation);
        EXPECT_FALSE(answer.permit->verification.usable()) << qPrintable(mutation);
        for (const PermitCheck &check : answer.permit->verification.checks)
            EXPECT_EQ(check.result == CheckResult::Failed, check.kind == spoiled[mutation])
                << qPrintable(mutation + QLatin1Char(' ') + check.text);
    }
}

TEST(PermitDesk, ChangedSignerIsNoticedWhenTheSaleNamesNone)
{
    World world;
    world.sale.permitSigner.clear();
    {
        const auto workspace = world.workspace();
        ASSERT_TRUE(world.connect(*workspace));
        PermitDesk *desk = workspace->permits();
        const int row =
            desk->add(entityNamed(*workspace, QStringLiteral("Borealis Capital")), readyWallet, {});
        desk->request({row});
        ASSERT_TRUE(waitUntil([&] { return desk->running() == 0; }));
        ASSERT_TRUE(desk->rows().at(row).permit);
        EXPECT_TRUE(desk->rows().at(row).permit->verification.usable());
        EXPECT_FALSE(desk->rows().at(row).permit->verification.signerConfirmed());
        EXPECT_EQ(world.preferences.firstSeenSigner(world.sale.serviceId(), world.sale.saleUuid),
                  desk->rows().at(row).permit->verification.signer);
    }
    world.preferences.setFirstSeenSigner(
        world.sale.serviceId(), world.sale.saleUuid,
        QStringLiteral("0xC5553985AAFcB6B06687f3b10eFE4025d54C25c2"));
    const auto workspace = world.workspace();
    ASSERT_TRUE(world.connect(*workspace));
    PermitDesk *desk = workspace->permits();
    const int row =
        desk->add(entityNamed(*workspace, QStringLiteral("Borealis Capital")), readyWallet, {});
    desk->request({row});
    ASSERT_TRUE(waitUntil([&] { return desk->running() == 0; }));
    ASSERT_TRUE(desk->rows().at(row).permit);
    EXPECT_TRUE(desk->rows().at(row).permit->verification.usable())
        << "a verdict between two whom nobody has confirmed";
    EXPECT_FALSE(desk->rows().at(row).permit->verification.signerConfirmed());
    ASSERT_TRUE(desk->signerChange()) << "another signer went unnoticed";
    EXPECT_EQ(desk->signerChange()->seen, desk->rows().at(row).permit->verification.signer);
}

TEST_F(PermitDeskTest, LimitsOfAWalletComeAfterItsCheck)
{
    const Entity ada = entityNamed(*workspace, QStringLiteral("Ada Lovelace"));
    const QList<int> rows =
        desk->addAll({borealis, ada}, {Wallet{walletEnding(0x16), {}}, Wallet{readyWallet, {}}});
    desk->check({rows.first()});
    ASSERT_TRUE(waitUntil([&] { return desk->rows().at(rows[2]).limits.has_value(); }))
        << "the other entity's row has the same wallet";
    const CommitmentLimits limits = *desk->rows().at(rows.first()).limits;
    EXPECT_TRUE(limits.hasCustomLimit);
    EXPECT_EQ(limits.maxAmount, uint256Max());
    EXPECT_FALSE(desk->rows().at(rows[1]).limits);

    // Rows that come later needn't wait for the next question.
    const Entity third = sonar::test::entityNamed(*workspace, workspace->entities().last().label);
    ASSERT_NE(third.entityId, ada.entityId);
    ASSERT_NE(third.entityId, borealis.entityId);
    const int later = desk->add(third, walletEnding(0x16), {});
    EXPECT_EQ(desk->rows().at(later).limits, limits);

    // Another person's, perhaps: asked for anew.
    desk->clear();
    const int again = desk->add(borealis, walletEnding(0x16), {});
    EXPECT_FALSE(desk->rows().at(again).limits);
    desk->check({again});
    EXPECT_TRUE(waitUntil([&] { return desk->rows().at(again).limits.has_value(); }));
}

TEST_F(PermitDeskTest, FirstSignerIsRememberedFromASoundPermitOnly)
{
    World spoiled(
        [](SandboxOptions &options) { options.permitMutation = QStringLiteral("wrong-entity"); });
    spoiled.sale.permitSigner.clear();
    const auto other = spoiled.workspace();
    ASSERT_TRUE(spoiled.connect(*other));
    PermitDesk *otherDesk = other->permits();
    const int row =
        otherDesk->add(entityNamed(*other, QStringLiteral("Borealis Capital")), readyWallet, {});
    otherDesk->request({row});
    ASSERT_TRUE(waitUntil([&] { return otherDesk->running() == 0; }));
    EXPECT_EQ(spoiled.preferences.firstSeenSigner(spoiled.sale.serviceId(), spoiled.sale.saleUuid),
              QString());
}

TEST(PermitDesk, ThousandPairsAreCheckedAndCancelStopsAtOnce)
{
    World world;
    world.person = QStringLiteral("fund");
    const auto workspace = world.workspace();
    ASSERT_TRUE(world.connect(*workspace));
    ASSERT_EQ(workspace->entities().size(), 250);
    PermitDesk *desk = workspace->permits();
    QList<Wallet> wallets;
    for (int i = 0x40; i < 0x44; ++i)
        wallets << Wallet{walletEnding(i), {}};
    const QList<int> rows = desk->addAll(workspace->entities(), wallets);
    ASSERT_EQ(rows.size(), 1000);

    desk->check(rows);
    EXPECT_EQ(desk->running(), 1000);
    ASSERT_TRUE(waitUntil([&] { return desk->running() <= 900; }));
    desk->cancel();
    EXPECT_EQ(desk->running(), 0);
    const auto ready = [desk] {
        return std::count_if(desk->rows().cbegin(), desk->rows().cend(), [](const PermitRow &row) {
            return row.status == PermitStatus::Ready;
        });
    };
    const auto done = ready();
    EXPECT_GE(done, 100);
    EXPECT_LT(done, 1000);

    desk->request(rows);
    ASSERT_TRUE(waitUntil([&] { return desk->running() == 0; }, 90'000));
    for (const PermitRow &row : desk->rows()) {
        ASSERT_EQ(row.status, PermitStatus::Issued)
            << qPrintable(row.error ? row.error->report() : row.reasonText);
        ASSERT_TRUE(row.permit->verification.usable());
    }
}
