// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/walletaddress.h"
#include "app/workspace/permitwatch.h"
#include "tests/workspace/world.h"

#include <QSignalSpy>

using namespace sonar;
using namespace sonar::test;

namespace {

/// A clock that the test moves, the sandbox's, too.
class SharedClock : public Clock
{
public:
    qint64 unixSeconds() const override { return systemClock().unixSeconds() + offset; }
    qint64 steadyMilliseconds() const override
    {
        return systemClock().steadyMilliseconds() + offset * 1000;
    }
    qint64 offset = 0;
};

QString walletWithEnd(int lastByte)
{
    QByteArray bytes(20, '\x44');
    bytes[18] = 0;
    bytes[19] = char(lastByte);
    return checksummedAddress(bytes);
}

class PermitWatchTest : public ::testing::Test
{
protected:
    void SetUp() override
    {
        session = std::make_shared<Session>(TokenKey{QStringLiteral("ada"), world.sale.serviceId()},
                                            world.sale.apiUrl, &world.store);
        workspace = std::make_unique<Workspace>(Account{QStringLiteral("ada"), {}}, world.sale,
                                                session, &world.preferences, &clock);
        ASSERT_TRUE(world.connect(*workspace));
        desk = workspace->permits();
        watch = std::make_unique<PermitWatch>(desk);
    }

    bool settle()
    {
        return waitUntil([this] { return desk->running() == 0; });
    }

    int requestPermit(int lastByte)
    {
        const int row = desk->add(entityNamed(*workspace, QStringLiteral("Borealis Capital")),
                                  walletWithEnd(lastByte), {});
        desk->request({row});
        EXPECT_TRUE(settle());
        return row;
    }

    /// Until `seconds` before the row's permit ends.
    void moveTo(int row, qint64 seconds)
    {
        clock.offset += *desk->secondsLeft(desk->rows().at(row)) - seconds;
    }

    quint64 end(int row) const { return desk->rows().at(row).permit->permit.expiresAt; }

    SharedClock clock;
    World world{[this](SandboxOptions &options) {
        options.clock = &clock;
        options.accessTokenSeconds = 24 * 3600;
    }};
    std::shared_ptr<Session> session;
    std::unique_ptr<Workspace> workspace;
    PermitDesk *desk = nullptr;
    std::unique_ptr<PermitWatch> watch;
};

} // namespace

TEST_F(PermitWatchTest, WarnsOnceBeforeAPermitEnds)
{
    const int row = requestPermit(0x40);
    QSignalSpy ending(watch.get(), &PermitWatch::endingSoon);
    watch->look();
    EXPECT_EQ(ending.count(), 0);
    moveTo(row, PermitWatch::warnSeconds - 1);
    watch->look();
    watch->look();
    ASSERT_EQ(ending.count(), 1);
    EXPECT_EQ(ending[0][0].value<QList<int>>(), QList<int>({row}));
    EXPECT_EQ(desk->running(), 0) << "renewed although nobody asked for it";
}

TEST_F(PermitWatchTest, RenewsOnceShortlyBeforeTheEnd)
{
    const int row = requestPermit(0x40);
    watch->setRenewing(true);
    const quint64 before = end(row);
    watch->look();
    EXPECT_EQ(desk->running(), 0);
    moveTo(row, PermitWatch::renewSeconds - 1);
    watch->look();
    ASSERT_TRUE(settle());
    EXPECT_EQ(desk->rows().at(row).status, PermitStatus::Issued);
    const quint64 renewed = end(row);
    EXPECT_GT(renewed, before);
    watch->look();
    EXPECT_EQ(desk->running(), 0);
    EXPECT_EQ(end(row), renewed);
    // And the next one in its turn.
    moveTo(row, PermitWatch::renewSeconds - 1);
    watch->look();
    ASSERT_TRUE(settle());
    EXPECT_GT(end(row), renewed);
}

TEST_F(PermitWatchTest, FailedRenewalKeepsThePermitAndBacksOff)
{
    const int row = requestPermit(0x40);
    watch->setRenewing(true);
    moveTo(row, PermitWatch::renewSeconds - 1);
    world.sandbox.reset(); // the service is gone
    QSignalSpy ended(desk, &PermitDesk::callEnded);
    watch->look();
    EXPECT_EQ(desk->running(), 1);
    ASSERT_TRUE(waitUntil([&] { return ended.count() == 1; }, 60'000));
    EXPECT_EQ(desk->rows().at(row).status, PermitStatus::Issued) << "a living permit was lost";
    EXPECT_TRUE(desk->rows().at(row).error);
    watch->look();
    EXPECT_EQ(desk->running(), 0) << "tried again without a pause";
    clock.offset += PermitWatch::firstPause + 1;
    watch->look();
    EXPECT_EQ(desk->running(), 1);
    desk->cancel();
}

TEST_F(PermitWatchTest, LeavesPermitsAloneThatWouldBeOfNoUse)
{
    const int expired = requestPermit(0x14);
    const int later = requestPermit(0x15); // its window opens in two days
    watch->setRenewing(true);
    ASSERT_TRUE(desk->rows().at(later).permit);
    moveTo(later, 10);
    watch->look();
    EXPECT_EQ(desk->running(), 0);
    EXPECT_TRUE(desk->rows().at(expired).permit);
}

TEST_F(PermitWatchTest, TellsOfPairsThatHaveBecomeReady)
{
    // Ready once its liveness page was answered; until then the check says that it is due.
    const int row = desk->add(entityNamed(*workspace, QStringLiteral("Borealis Capital")),
                              walletWithEnd(0x03), {});
    QSignalSpy ready(watch.get(), &PermitWatch::becameReady);
    desk->check({row});
    ASSERT_TRUE(settle());
    ASSERT_EQ(desk->rows().at(row).status, PermitStatus::NotReady);
    EXPECT_EQ(ready.count(), 0);
    bool answered = false;
    world.visitor.press(QUrl(desk->rows().at(row).livenessCheckUrl), QStringLiteral("complete"))
        .then([&answered](const Result<QString> &page) { answered = page.has_value(); });
    ASSERT_TRUE(waitUntil([&] { return answered; }));
    desk->check({row});
    ASSERT_TRUE(settle());
    EXPECT_TRUE(waitUntil([&] { return ready.count() == 1; }));
}
