// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedserver.h"
#include "tests/workspace/scripteddesk.h"

#include <QSignalSpy>

using namespace sonar;
using namespace sonar::test;

// What rows hold: entities that change, windows that open, permits that count.

namespace {

class PermitRows : public ScriptedDesk
{};

} // namespace

TEST_F(PermitRows, WindowOfAnotherWalletsPermitIsTheEntitys)
{
    const int waiting = refused("outside-time-window", 2);
    EXPECT_FALSE(desk->secondsUntilOpen(at(waiting)));
    EXPECT_FALSE(desk->opensAt(at(waiting)));
    PurchasePermit later = permit(1);
    later.opensAt = quint64(clock.now) + 7200;
    issued(later, 1);
    EXPECT_EQ(desk->secondsUntilOpen(at(waiting)), 7200);
    EXPECT_EQ(desk->opensAt(at(waiting)), later.opensAt);

    // Another entity has another window.
    const int other =
        desk->add(sampleEntity(QStringLiteral("Cobalt Trust"), 2), sampleWallet(3), {});
    EXPECT_FALSE(desk->secondsUntilOpen(at(other)));
    clock.now += 7200;
    EXPECT_FALSE(desk->secondsUntilOpen(at(waiting)));
}

TEST_F(PermitRows, WindowOfAPermitThatIsNoGoodTellsNothing)
{
    const int waiting = refused("outside-time-window", 2);
    PurchasePermit spoiled = permit(1);
    spoiled.opensAt = quint64(clock.now) + 7200;
    spoiled.saleUuid = QByteArray(16, '\x77');
    issued(spoiled, 1);
    EXPECT_FALSE(desk->secondsUntilOpen(at(waiting)));
}

TEST_F(PermitRows, EntitiesThatChangeReachTheirRows)
{
    const Entity cobalt = sampleEntity(QStringLiteral("Cobalt Trust"), 2);
    const int first = issued(permit(), 1);
    const int second = desk->add(cobalt, sampleWallet(2), {});
    QSignalSpy changed(desk.get(), &PermitDesk::rowsChanged);
    desk->setEntities({borealis, cobalt});
    EXPECT_EQ(changed.count(), 0);

    Entity renamed = borealis;
    renamed.label = QStringLiteral("Borealis Holdings");
    desk->setEntities({renamed, cobalt});
    ASSERT_EQ(changed.count(), 1);
    EXPECT_EQ(changed[0][0].toInt(), first);
    EXPECT_EQ(changed[0][1].toInt(), first);
    EXPECT_EQ(at(first).entityLabel, renamed.label);
    EXPECT_EQ(desk->permits({first}).first().entityLabel, renamed.label);
    EXPECT_TRUE(at(first).permit->verification.usable());
    EXPECT_EQ(at(second).entityLabel, cobalt.label);

    // Under another id in the sale the permit is for somebody else.
    renamed.saleSpecificEntityId = QStringLiteral("0x%1").arg(QString(32, QLatin1Char('9')));
    desk->setEntities({renamed, cobalt});
    EXPECT_FALSE(at(first).permit->verification.usable());
    const ExportedPermit exported = desk->permits({first}).first();
    EXPECT_EQ(exported.saleSpecificEntityId, renamed.saleSpecificEntityId);
    EXPECT_FALSE(exported.verification.usable());
}

TEST_F(PermitRows, ALongWaitSaysWhomItIsFor)
{
    fallSilent();
    const int row = add();
    desk->request({row});
    ASSERT_TRUE(waitUntil([this] { return service.calls() == 1; }));
    clock.now += 9;
    desk->tick();
    EXPECT_FALSE(at(row).waiting);
    QSignalSpy changed(desk.get(), &PermitDesk::rowsChanged);
    clock.now += 3;
    desk->tick();
    ASSERT_TRUE(at(row).waiting);
    EXPECT_EQ(at(row).waiting->host, service.url().host());
    EXPECT_EQ(at(row).waiting->seconds, 12);
    EXPECT_EQ(changed.count(), 1);
    desk->tick();
    EXPECT_EQ(changed.count(), 1) << "nothing new";

    desk->cancel();
    EXPECT_FALSE(at(row).waiting);
    // The next call waits anew, and so does the second of a request.
    service.setAnswer(sampleWallet(1), {ScriptedService::ready(), {}});
    clock.now += 60;
    desk->request({row});
    ASSERT_TRUE(waitUntil([&] { return at(row).status == PermitStatus::Requesting; }));
    clock.now += 9;
    desk->tick();
    EXPECT_FALSE(at(row).waiting);
    clock.now += 2;
    desk->tick();
    EXPECT_TRUE(at(row).waiting);
}

TEST_F(PermitRows, AnUnreadableEntityGetsNoRowAndTakesNoneAway)
{
    const int row = add();
    Entity unreadable = borealis;
    unreadable.label = QStringLiteral("Something else");
    unreadable.fault = QStringLiteral("[0].EntityType is missing");
    desk->setEntities({unreadable});
    ASSERT_EQ(desk->rows().size(), 1);
    EXPECT_EQ(at(row).entityLabel, borealis.label);
    EXPECT_EQ(desk->add(unreadable, sampleWallet(2), {}), -1);
    // It may be any of those that are missing.
    unreadable.entityId = QStringLiteral("[0]");
    unreadable.isIdKnown = false;
    desk->setEntities({unreadable});
    EXPECT_EQ(desk->rows().size(), 1);
    desk->setEntities({});
    EXPECT_TRUE(desk->rows().isEmpty());
}

TEST_F(PermitRows, ARequestIsSentThoughTheServiceWantsADayOfPeace)
{
    ScriptedServer day;
    day.play(answered(429, "{}", {"Retry-After: 86400"}));
    SonarClient asking(day.url(), &tokens);
    PermitDesk clicked(sale, &asking, &preferences, &clock);
    const int row = clicked.add(borealis, sampleWallet(1), {});
    const auto ended = [&](int requests) {
        return waitUntil([&] { return clicked.running() == 0; }) && day.requests.size() == requests;
    };
    clicked.check({row});
    EXPECT_TRUE(ended(1));
    clicked.request({row});
    EXPECT_TRUE(ended(2));
    clicked.check({row});
    EXPECT_TRUE(ended(3));
    clicked.recheck({row});
    EXPECT_TRUE(waitUntil([&] { return !clicked.isBusy(clicked.rows().at(row)); }));
    EXPECT_EQ(day.requests.size(), 3) << "nobody asked for this one";
}

TEST_F(PermitRows, ARowThatGoesTakesItsCallAlong)
{
    // As many as are under way at a time, and none of them is ever answered.
    QList<int> silent;
    for (int number = 1; number <= 2 * SonarClient::mostInFlight; ++number) {
        fallSilent(number);
        silent << add(number);
    }
    answer(permit(99), 99);
    const int waiting = add(99);
    desk->request(silent + QList<int>{waiting});
    ASSERT_TRUE(waitUntil([this] { return service.calls() == SonarClient::mostInFlight; }));
    QSignalSpy running(desk.get(), &PermitDesk::runningChanged);
    desk->remove(silent);
    ASSERT_GE(running.count(), 1);
    EXPECT_EQ(running.first()[0].toInt(), 1);
    EXPECT_TRUE(waitUntil([this] { return desk->rows().at(0).status == PermitStatus::Issued; }))
        << "the calls of rows that have gone still take the places";
    EXPECT_EQ(desk->running(), 0);
}

TEST_F(PermitRows, ASignatureIsReadOnceAndJudgedAsOftenAsNeeded)
{
    const int row = issued(permit());
    const PermitSignature read = at(row).permit->signature;
    EXPECT_EQ(read.signerText, sampleSigner());
    const ExportedPermit exported = desk->permits({row}).first();
    EXPECT_TRUE(exported.signature.signer.isSharedWith(read.signer)) << "recovered again";
    desk->acceptSigner(sampleWallet(99));
    EXPECT_TRUE(at(row).permit->signature.signer.isSharedWith(read.signer)) << "recovered again";
}

TEST_F(PermitRows, ManyPermitsAreVerifiedAgainInBatches)
{
    // Nobody is named, so that every permit is compared with whoever is accepted.
    sale.permitSigner.clear();
    desk = std::make_unique<PermitDesk>(sale, client.get(), &preferences, &clock);
    watch = std::make_unique<PermitWatch>(desk.get());
    constexpr int many = 600;
    QList<int> rows;
    for (int number = 1; number <= many; ++number) {
        answer(permit(number), number);
        rows << add(number);
    }
    desk->request(rows);
    ASSERT_TRUE(settled());
    const auto compared = [this] {
        return std::count_if(desk->rows().cbegin(), desk->rows().cend(), [](const PermitRow &row) {
            return row.permit &&
                   row.permit->verification.checks.front().text.contains(sampleWallet(99));
        });
    };
    ASSERT_EQ(compared(), 0);

    desk->acceptSigner(sampleWallet(99));
    EXPECT_GT(compared(), 0);
    EXPECT_LT(compared(), many) << "all in one turn of the event loop";
    // Rows that move meanwhile are not forgotten.
    desk->remove({0, 1, 2});
    EXPECT_TRUE(waitUntil([&] { return compared() == many - 3; }));
}

TEST_F(PermitRows, RowsOfEntitiesThatAreGoneGoUnlessTheyShowAPermit)
{
    const Entity cobalt = sampleEntity(QStringLiteral("Cobalt Trust"), 2);
    const int kept = issued(permit(), 1);
    add(2);
    desk->add(cobalt, sampleWallet(3), {});
    fallSilent(4);
    desk->check({add(4)});
    desk->setEntities({cobalt});
    ASSERT_EQ(desk->rows().size(), 2);
    EXPECT_EQ(at(kept).wallet, sampleWallet(1));
    EXPECT_EQ(at(1).entityId, cobalt.entityId);
    EXPECT_EQ(desk->running(), 0);
}

TEST_F(PermitRows, WhatIsExportedIsWhatShowsAPermit)
{
    EXPECT_FALSE(desk->hasPermits());
    const int first = issued(permit(1), 1);
    const int second = issued(permit(2), 2);
    EXPECT_TRUE(desk->hasPermits());
    EXPECT_EQ(desk->issuedCount(), 2);

    // A check that says no takes the permit back; one that is under way doesn't.
    refuse("wallet-risk", 1);
    desk->check({first});
    EXPECT_EQ(desk->exportableRows(), QList<int>({first, second}));
    ASSERT_TRUE(settled());
    EXPECT_EQ(at(first).status, PermitStatus::NotReady);
    EXPECT_FALSE(showsPermit(at(first)));
    EXPECT_EQ(desk->exportableRows(), QList<int>({second}));
    EXPECT_EQ(desk->issuedCount(), 1);

    // Expired ones are exported when there are no others.
    clock.now += 601;
    desk->tick();
    EXPECT_EQ(desk->issuedCount(), 0);
    EXPECT_TRUE(desk->hasPermits());
    EXPECT_EQ(desk->exportableRows(), QList<int>({second}));

    // And not after a check has made them a thing of the past.
    desk->check({second});
    ASSERT_TRUE(settled());
    EXPECT_EQ(at(second).status, PermitStatus::Ready);
    EXPECT_FALSE(desk->hasPermits());
    EXPECT_TRUE(desk->exportableRows().isEmpty());
}

TEST_F(PermitRows, PermitOutlivesAFailedCallAndTheCheckAfterIt)
{
    const int row = issued(permit());
    const QByteArray text = at(row).permit->replyText;
    const auto checkAnswered = [&](const QByteArray &answer) {
        service.setAnswer(sampleWallet(1), {answer, {}});
        desk->check({row});
        EXPECT_TRUE(settled());
        ASSERT_TRUE(at(row).permit);
        EXPECT_EQ(at(row).permit->replyText, text);
    };
    checkAnswered("{}");
    EXPECT_EQ(at(row).status, PermitStatus::Issued) << "the failure hid the permit";
    EXPECT_TRUE(at(row).error) << "the failure isn't told";
    EXPECT_TRUE(showsPermit(at(row)));
    EXPECT_EQ(desk->issuedCount(), 1);
    EXPECT_EQ(desk->exportableRows(), QList<int>({row}));
    checkAnswered(ScriptedService::ready());
    EXPECT_EQ(at(row).status, PermitStatus::Issued);
    EXPECT_FALSE(at(row).error);

    checkAnswered("{}");
    clock.now += 600; // the permit has ended
    checkAnswered(ScriptedService::ready());
    EXPECT_EQ(at(row).status, PermitStatus::Ready);
    EXPECT_FALSE(showsPermit(at(row)));
}

TEST_F(PermitRows, PermitOutlivesARequestForAnotherThatFails)
{
    const int row = issued(permit());
    const QByteArray text = at(row).permit->replyText;
    QSignalSpy ended(desk.get(), &PermitDesk::callEnded);
    service.setAnswer(sampleWallet(1), {ScriptedService::ready(), "{}"});
    desk->request({row});
    ASSERT_TRUE(settled());
    EXPECT_EQ(at(row).status, PermitStatus::Issued);
    EXPECT_TRUE(at(row).error);
    EXPECT_EQ(at(row).permit->replyText, text);
    ASSERT_EQ(ended.size(), 1);
    EXPECT_TRUE(ended.constFirst().at(1).toBool()) << "counted as done well";

    clock.now += 601;
    desk->tick();
    desk->request({row});
    ASSERT_TRUE(settled());
    EXPECT_EQ(at(row).status, PermitStatus::Expired);
    EXPECT_TRUE(at(row).error);
}

TEST_F(PermitRows, PermitThatACheckTookBackReturnsOnlyWithACheck)
{
    const int row = issued(permit());
    refuse("wallet-risk");
    desk->check({row});
    ASSERT_TRUE(settled());
    // Neither a call under way nor one that fails says that it is good again.
    service.setAnswer(sampleWallet(1), {"{}", {}});
    desk->check({row});
    EXPECT_FALSE(showsPermit(at(row)));
    ASSERT_TRUE(settled());
    EXPECT_EQ(at(row).status, PermitStatus::Failed);
    EXPECT_FALSE(showsPermit(at(row)));

    service.setAnswer(sampleWallet(1), {ScriptedService::ready(), {}});
    desk->check({row});
    ASSERT_TRUE(settled());
    EXPECT_EQ(at(row).status, PermitStatus::Issued);
    EXPECT_TRUE(showsPermit(at(row)));
}

TEST_F(PermitRows, LivingPermitsThatNobodyExportedWouldBeLost)
{
    const int kept = issued(permit(1), 1);
    const int copied = issued(permit(2), 2);
    add(3);
    EXPECT_EQ(desk->unexportedCount(), 2);
    desk->markExported({copied});
    EXPECT_EQ(desk->unexportedCount(), 1);
    EXPECT_EQ(desk->unexportedCount({copied}), 0);
    desk->setAside();
    EXPECT_EQ(desk->unexportedCount(), 1) << "out of sight isn't lost yet";
    desk->bringBack();

    // Another permit for the same wallet is another thing to lose.
    answer(permit(2), 2);
    desk->request({copied});
    ASSERT_TRUE(settled());
    EXPECT_EQ(desk->unexportedCount(), 2);
    clock.now += 601;
    EXPECT_EQ(desk->unexportedCount({kept, copied}), 0) << "nobody misses one that has ended";
}

TEST_F(PermitRows, WhatIsSetAsideComesBackBesideWhatCameSince)
{
    const int first = issued(permit(1), 1);
    const QByteArray text = at(first).permit->replyText;
    fallSilent(2);
    desk->check({add(2)});
    QSignalSpy reset(desk.get(), &PermitDesk::reset);
    desk->setAside();
    EXPECT_TRUE(desk->rows().isEmpty());
    EXPECT_FALSE(desk->hasPermits());
    EXPECT_EQ(desk->running(), 0);
    EXPECT_EQ(reset.size(), 1);

    add(1); // the same pair, by hand
    const int since = issued(permit(3), 3);
    EXPECT_EQ(at(since).status, PermitStatus::Issued);
    desk->bringBack();
    EXPECT_FALSE(desk->hasSetAside());
    ASSERT_EQ(desk->rows().size(), 3);
    const int back = desk->rowOf(borealis.entityId, sampleWallet(1));
    ASSERT_GE(back, 0);
    EXPECT_EQ(at(back).status, PermitStatus::Issued);
    ASSERT_TRUE(at(back).permit);
    EXPECT_EQ(at(back).permit->replyText, text);
    for (int row = 0; row < 3; ++row)
        EXPECT_EQ(desk->rowOf(at(row).entityId, at(row).wallet), row);

    desk->setAside();
    desk->clear();
    desk->bringBack();
    EXPECT_TRUE(desk->rows().isEmpty()) << "cleared is gone";
}
