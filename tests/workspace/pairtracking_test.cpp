// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workspace/scripteddesk.h"

#include <QSignalSpy>

using namespace sonar;
using namespace sonar::test;

// What happens to pairs by themselves: renewals, warnings, questions asked again.

namespace {

class PairTracking : public ScriptedDesk
{
protected:
    /// An issued permit with `seconds` to live, and a watch that renews.
    int aging(qint64 seconds)
    {
        const int row = issued(permit());
        watch->setRenewing(true);
        clock.now += *desk->secondsLeft(at(row)) - seconds;
        return row;
    }

    int readyCount() const
    {
        return int(
            std::count_if(desk->rows().cbegin(), desk->rows().cend(),
                          [](const PermitRow &row) { return row.status == PermitStatus::Ready; }));
    }
};

} // namespace

TEST_F(PairTracking, SpoiledRenewalDoesntTakeAGoodPermit)
{
    const int row = aging(PermitWatch::renewSeconds - 1);
    const QByteArray before = at(row).permit->replyText;
    PurchasePermit spoiled = permit();
    spoiled.entityId = QByteArray(16, '\x77');
    answer(spoiled);
    watch->look();
    ASSERT_TRUE(desk->isBusy(at(row)));
    ASSERT_TRUE(settled());
    EXPECT_EQ(at(row).status, PermitStatus::Issued);
    EXPECT_EQ(at(row).permit->replyText, before);
    EXPECT_TRUE(at(row).permit->verification.usable());
    EXPECT_TRUE(at(row).error) << "nobody is told that the renewal was no good";

    // A good one is taken, and says so no more.
    answer(permit());
    clock.now += PermitWatch::firstPause + 1;
    watch->look();
    ASSERT_TRUE(settled());
    EXPECT_NE(at(row).permit->replyText, before);
    EXPECT_FALSE(at(row).error);
}

TEST_F(PairTracking, BadPermitIsReplacedEvenByABadOne)
{
    PurchasePermit spoiled = permit();
    spoiled.entityId = QByteArray(16, '\x77');
    const int row = issued(spoiled);
    const QByteArray before = at(row).permit->replyText;
    spoiled.expiresAt += 60;
    answer(spoiled);
    desk->renew({row});
    ASSERT_TRUE(settled());
    EXPECT_NE(at(row).permit->replyText, before);
    EXPECT_FALSE(at(row).permit->verification.usable());
}

TEST_F(PairTracking, RowStaysIssuedAndExportableWhileItsRenewalHangs)
{
    const int row = aging(PermitWatch::renewSeconds - 1);
    fallSilent();
    watch->look();
    ASSERT_TRUE(desk->isBusy(at(row)));
    EXPECT_EQ(at(row).status, PermitStatus::Issued);
    EXPECT_EQ(desk->exportableRows(), QList<int>({row}));
    EXPECT_EQ(desk->issuedCount(), 1);
    desk->cancel();
    EXPECT_EQ(at(row).status, PermitStatus::Issued);
    EXPECT_FALSE(at(row).error);
}

TEST_F(PairTracking, RequestedPermitIsTheUsersThoughItsRenewalRuns)
{
    const int row = aging(PermitWatch::renewSeconds - 1);
    fallSilent();
    watch->look();
    desk->request({row});
    EXPECT_EQ(at(row).status, PermitStatus::Checking);
    EXPECT_EQ(desk->running(), 1);
    desk->cancel();
    EXPECT_EQ(at(row).status, PermitStatus::Issued);
}

TEST_F(PairTracking, WarnsOfTheEndWhileARenewalHangs)
{
    const int row = aging(PermitWatch::renewSeconds - 1);
    fallSilent();
    QSignalSpy ending(watch.get(), &PermitWatch::endingSoon);
    watch->look();
    ASSERT_TRUE(desk->isBusy(at(row)));
    EXPECT_EQ(ending.count(), 0) << "the renewal hasn't had its chance";
    clock.now += PermitWatch::renewSeconds - PermitWatch::warnSecondsWhenRenewing;
    watch->look();
    watch->look();
    ASSERT_EQ(ending.count(), 1);
    EXPECT_EQ(ending[0][0].value<QList<int>>(), QList<int>({row}));
    desk->cancel();
}

TEST_F(PairTracking, WarnsOfTheEndWhileTheUsersCheckHangs)
{
    const int row = issued(permit());
    fallSilent();
    desk->check({row});
    clock.now += *desk->secondsLeft(at(row)) - PermitWatch::warnSeconds;
    QSignalSpy ending(watch.get(), &PermitWatch::endingSoon);
    watch->look();
    EXPECT_EQ(ending.count(), 1);
    desk->cancel();
}

TEST_F(PairTracking, PermitLivesToItsLastSecond)
{
    const int row = aging(1);
    desk->tick();
    EXPECT_EQ(at(row).status, PermitStatus::Issued);
    ++clock.now;
    desk->tick();
    EXPECT_EQ(at(row).status, PermitStatus::Expired);
}

TEST_F(PairTracking, NobodyIsWarnedOfAnEndThatIsPast)
{
    const int row = issued(permit());
    QSignalSpy ending(watch.get(), &PermitWatch::endingSoon);
    clock.now += *desk->secondsLeft(at(row));
    watch->look();
    EXPECT_EQ(at(row).status, PermitStatus::Expired);
    EXPECT_EQ(ending.count(), 0);
}

TEST_F(PairTracking, RenewalBeginsTheSecondTheWindowOpens)
{
    PurchasePermit opening = permit();
    opening.opensAt = opening.expiresAt - quint64(PermitWatch::renewSeconds) + 10;
    const int row = issued(opening);
    watch->setRenewing(true);
    clock.now = qint64(*opening.opensAt) - 1;
    watch->look();
    EXPECT_FALSE(desk->isBusy(at(row)));
    ++clock.now;
    watch->look();
    EXPECT_TRUE(desk->isBusy(at(row)));
    ASSERT_TRUE(settled());
}

TEST_F(PairTracking, RenewalThatIsWithdrawnTimeAndAgainIsGivenUp)
{
    const int row = aging(PermitWatch::renewSeconds - 1);
    fallSilent();
    for (int attempt = 0; attempt < PermitWatch::mostAttempts; ++attempt) {
        watch->look();
        ASSERT_TRUE(desk->isBusy(at(row))) << attempt;
        desk->cancel();
        watch->look();
        clock.now += PermitWatch::firstPause;
    }
    watch->look();
    EXPECT_FALSE(desk->isBusy(at(row)));
}

TEST_F(PairTracking, WindowThatClosesFirstIsTheEndThatIsWarnedOf)
{
    PurchasePermit closing = permit();
    closing.closesAt = quint64(clock.now) + PermitWatch::warnSeconds - 1;
    const int row = issued(closing);
    QSignalSpy ending(watch.get(), &PermitWatch::endingSoon);
    watch->look();
    EXPECT_EQ(ending.count(), 1);
    // Another permit for the same window ends with it, however long it says it lives.
    closing.expiresAt += 60;
    answer(closing);
    desk->request({row});
    ASSERT_TRUE(settled());
    ASSERT_EQ(at(row).permit->permit.expiresAt, closing.expiresAt);
    watch->look();
    EXPECT_EQ(ending.count(), 1) << "warned twice of one end";
    // One whose window stays open longer has an end of its own.
    closing.closesAt = *closing.closesAt + 1;
    answer(closing);
    desk->request({row});
    ASSERT_TRUE(settled());
    watch->look();
    EXPECT_EQ(ending.count(), 2);
}

TEST_F(PairTracking, PermitWhoseWindowClosesFirstIsNotRenewed)
{
    PurchasePermit closing = permit();
    closing.closesAt = closing.expiresAt;
    const int row = issued(closing);
    watch->setRenewing(true);
    clock.now += *desk->secondsLeft(at(row)) - PermitWatch::renewSeconds + 1;
    watch->look();
    EXPECT_FALSE(desk->isBusy(at(row))) << "another would be of no use either";
    // With a window that outlasts it by a second, it is.
    closing.closesAt = closing.expiresAt + 1;
    answer(closing);
    desk->request({row});
    ASSERT_TRUE(settled());
    watch->look();
    EXPECT_TRUE(desk->isBusy(at(row)));
    ASSERT_TRUE(settled());
}

TEST_F(PairTracking, WithdrawnRenewalIsTriedAgainAfterAPause)
{
    const int row = aging(PermitWatch::renewSeconds - 1);
    fallSilent();
    watch->look();
    desk->cancel();
    watch->look();
    EXPECT_FALSE(desk->isBusy(at(row))) << "against the user's will";
    clock.now += PermitWatch::firstPause;
    watch->look();
    EXPECT_TRUE(desk->isBusy(at(row)));
    desk->cancel();
}

TEST_F(PairTracking, PairThatBecomesReadyIsFoundOut)
{
    const int row = refused("wallet-not-linked");
    watch->setConnected(true);
    QSignalSpy ready(watch.get(), &PermitWatch::becameReady);
    watch->look();
    EXPECT_FALSE(desk->isBusy(at(row))) << "asked again at once";
    clock.now += PermitWatch::recheckSeconds;
    watch->look();
    EXPECT_TRUE(desk->isBusy(at(row)));
    EXPECT_EQ(at(row).status, PermitStatus::NotReady) << "the row flickers";
    EXPECT_EQ(desk->running(), 0) << "shown as progress";
    ASSERT_TRUE(settled());
    EXPECT_EQ(at(row).status, PermitStatus::NotReady);

    answer(permit());
    clock.now += PermitWatch::recheckSeconds;
    watch->look();
    ASSERT_TRUE(waitUntil([&] { return ready.count() == 1; }));
    EXPECT_EQ(ready[0][0].value<QList<int>>(), QList<int>({row}));
    EXPECT_EQ(at(row).status, PermitStatus::Ready);
    EXPECT_FALSE(at(row).permit) << "nobody has asked for one";
}

TEST_F(PairTracking, QuestionThatFailsInTheBackgroundChangesNothing)
{
    const int row = refused("outside-time-window");
    watch->setConnected(true);
    service.setAnswer(sampleWallet(1), {R"({"message":"no"})", {}, 400});
    clock.now += PermitWatch::recheckSeconds;
    const int before = service.calls();
    watch->look();
    ASSERT_TRUE(settled());
    EXPECT_GT(service.calls(), before);
    EXPECT_EQ(at(row).status, PermitStatus::NotReady);
    EXPECT_EQ(at(row).reason, FailureReason::OutsideTimeWindow);
    EXPECT_FALSE(at(row).error);
}

TEST_F(PairTracking, OnlyWhatPassesByItselfIsAskedAgainAndOnlyWhileConnected)
{
    const int risky = refused("wallet-risk", 1);
    const int inactive = refused("sale-not-active", 2);
    const int liveness = refused("requires-liveness", 3);
    clock.now += PermitWatch::recheckSeconds;
    watch->look();
    for (const int row : {risky, inactive, liveness})
        EXPECT_FALSE(desk->isBusy(at(row))) << "asked without a session";
    watch->setConnected(true);
    watch->look();
    EXPECT_FALSE(desk->isBusy(at(risky)));
    EXPECT_TRUE(desk->isBusy(at(inactive)));
    EXPECT_TRUE(desk->isBusy(at(liveness)));
}

TEST_F(PairTracking, QuestionsComeInRoundsHoweverManyPairsWait)
{
    constexpr int pairs = 2 * PermitWatch::mostInRound + 1;
    for (int number = 1; number <= pairs; ++number)
        refused("wallet-not-linked", number);
    for (int number = 1; number <= pairs; ++number)
        service.setAnswer(sampleWallet(number), {ScriptedService::ready(), {}});
    watch->setConnected(true);
    clock.now += PermitWatch::recheckSeconds;
    watch->look();
    watch->look();
    ASSERT_TRUE(settled());
    EXPECT_EQ(readyCount(), PermitWatch::mostInRound);
    for (const int expected : {2 * PermitWatch::mostInRound, pairs}) {
        clock.now += PermitWatch::roundSeconds;
        watch->look();
        ASSERT_TRUE(settled());
        EXPECT_EQ(readyCount(), expected);
    }
}

TEST_F(PairTracking, TheUsersCheckTakesOverTheQuestionInTheBackground)
{
    const int row = refused("wallet-not-linked");
    watch->setConnected(true);
    fallSilent();
    clock.now += PermitWatch::recheckSeconds;
    watch->look();
    ASSERT_TRUE(desk->isBusy(at(row)));
    desk->check({row});
    EXPECT_EQ(at(row).status, PermitStatus::Checking);
    EXPECT_EQ(desk->running(), 1);
    desk->cancel();
    EXPECT_EQ(at(row).status, PermitStatus::NotReady);
    EXPECT_EQ(desk->running(), 0);
}
