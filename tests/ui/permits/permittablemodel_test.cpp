// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/preferences.h"
#include "app/sonar/sonarclient.h"
#include "tests/support/waiting.h"
#include "tests/ui/permits/scriptedservice.h"
#include "ui/permits/permitfiltermodel.h"
#include "ui/permits/permittablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <algorithm>

using namespace sonar;
using namespace sonar::test;

namespace {

using Column = PermitTableModel::Column;

/// A real desk against a scripted service, and the models over it.
class PermitTable : public ::testing::Test
{
protected:
    PermitTable()
    {
        sale.apiUrl = service.url();
        client = std::make_unique<SonarClient>(sale.apiUrl, &tokens);
        preferences = std::make_unique<Preferences>(folder.filePath(QStringLiteral("p.ini")));
        desk = std::make_unique<PermitDesk>(sale, client.get(), preferences.get(), &clock);
        model.setDesk(desk.get(), sale);
    }

    int add(const QString &label, int number, const QString &walletName = {})
    {
        return desk->add(sampleEntity(label, number), sampleWallet(number), walletName);
    }

    /// Lets the service sign a permit for row `number`, which ends `seconds` from now.
    void scriptPermit(int number, qint64 seconds)
    {
        PurchasePermit permit =
            samplePermit(sampleEntity({}, number), sampleWallet(number), clock.now);
        permit.expiresAt = quint64(clock.now + seconds);
        service.setAnswer(sampleWallet(number), {ScriptedService::ready(), signedReply(permit)});
    }

    bool settle()
    {
        return waitUntil([this] { return desk->running() == 0; });
    }

    QString shown(int row, Column column) const
    {
        return model.index(row, column).data().toString();
    }

    QStringList column(const QAbstractItemModel &view, Column which) const
    {
        QStringList texts;
        for (int row = 0; row < view.rowCount(); ++row)
            texts << view.index(row, which).data().toString();
        return texts;
    }

    HandClock clock;
    ScriptedService service;
    ReadyTokens tokens;
    Sale sale = sampleSale();
    QTemporaryDir folder;
    std::unique_ptr<SonarClient> client;
    std::unique_ptr<Preferences> preferences;
    std::unique_ptr<PermitDesk> desk;
    PermitTableModel model;
    PermitFilterModel filtered{&model};
    QAbstractItemModelTester modelTester{&model,
                                         QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester filterTester{&filtered,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

TEST_F(PermitTable, FollowsRowsThatComeAndGo)
{
    for (int number = 1; number <= 5; ++number)
        add(QStringLiteral("Entity %1").arg(number), number);
    model.flush();
    ASSERT_EQ(model.rowCount(), 5);
    desk->remove({1, 3});
    EXPECT_EQ(column(model, Column::EntityColumn),
              QStringList({QStringLiteral("Entity 1"), QStringLiteral("Entity 3"),
                           QStringLiteral("Entity 5")}));
    desk->clear();
    EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(PermitTable, RowsAddedAndRemovedBeforeTheyWereShownAreNotMixedUp)
{
    add(QStringLiteral("A"), 1);
    model.flush();
    add(QStringLiteral("B"), 2);
    add(QStringLiteral("C"), 3);
    desk->remove({0, 1});
    ASSERT_TRUE(waitUntil([this] { return model.rowCount() == 1; }));
    EXPECT_EQ(shown(0, Column::EntityColumn), QStringLiteral("C"));
}

TEST_F(PermitTable, OneRowsChangeIsToldForThatRowOnly)
{
    for (int number = 1; number <= 3; ++number)
        add(QStringLiteral("E"), number);
    model.flush();
    service.setAnswer(sampleWallet(2), {ScriptedService::ready(), {}});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    desk->check({1});
    ASSERT_TRUE(settle());
    EXPECT_EQ(shown(1, Column::StatusColumn), QStringLiteral("Ready"));
    EXPECT_EQ(reset.count(), 0);
    ASSERT_GT(changed.count(), 0);
    for (const QList<QVariant> &call : changed) {
        EXPECT_EQ(call[0].toModelIndex().row(), 1);
        EXPECT_EQ(call[1].toModelIndex().row(), 1);
    }
}

TEST_F(PermitTable, IssuedPermitShowsItsExactLimitsAndTime)
{
    scriptPermit(1, 521);
    desk->request({add(QStringLiteral("Borealis Capital"), 1)});
    model.flush();
    ASSERT_TRUE(settle());
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Usable"));
    EXPECT_EQ(shown(0, Column::TimeLeftColumn), QStringLiteral("8:41"));
    EXPECT_EQ(shown(0, Column::TypeColumn), QStringLiteral("Basic v3"));
    EXPECT_TRUE(shown(0, Column::AmountColumn).contains(QLatin1String("USDC")));
    EXPECT_TRUE(model.index(0, Column::AmountColumn)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QLatin1String("50000000000")));
    EXPECT_FALSE(shown(0, Column::WindowColumn).isEmpty());
}

TEST_F(PermitTable, CountdownEndsInExpiredAtTheVerySecond)
{
    scriptPermit(1, 600);
    desk->request({add(QStringLiteral("E"), 1)});
    model.flush();
    ASSERT_TRUE(settle());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const auto tick = [this] {
        desk->tick();
        model.tick({0});
    };
    clock.now += 1;
    tick();
    EXPECT_EQ(shown(0, Column::TimeLeftColumn), QStringLiteral("9:59"));
    ASSERT_EQ(changed.count(), 1);
    EXPECT_EQ(changed[0][0].toModelIndex().column(), Column::TimeLeftColumn);

    clock.now += 480; // 1:59 left
    tick();
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Expires soon"));
    clock.now += 118;
    tick();
    EXPECT_EQ(shown(0, Column::TimeLeftColumn), QStringLiteral("0:01"));
    EXPECT_EQ(model.state(0), PermitState::Usable);
    clock.now += 1; // ExpiresAt <= now: the contract refuses
    tick();
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Expired"));
    EXPECT_TRUE(shown(0, Column::TimeLeftColumn).isEmpty());
}

TEST_F(PermitTable, PermitBecomesUsableWhenItsWindowOpens)
{
    PurchasePermit permit = samplePermit(sampleEntity({}, 1), sampleWallet(1), clock.now);
    permit.opensAt = quint64(clock.now) + 60;
    service.setAnswer(sampleWallet(1), {ScriptedService::ready(), signedReply(permit)});
    desk->request({add(QStringLiteral("E"), 1)});
    model.flush();
    ASSERT_TRUE(settle());
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Not open yet"));
    clock.now += 59;
    model.tick({});
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Not open yet"));
    clock.now += 1;
    model.tick({});
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Usable"));
}

TEST_F(PermitTable, PermitForAnotherWalletIsMarkedNotUsable)
{
    const PurchasePermit permit = samplePermit(sampleEntity({}, 1), sampleWallet(99), clock.now);
    service.setAnswer(sampleWallet(1), {ScriptedService::ready(), signedReply(permit)});
    desk->request({add(QStringLiteral("E"), 1)});
    model.flush();
    ASSERT_TRUE(settle());
    EXPECT_EQ(shown(0, Column::StatusColumn), QStringLiteral("Not usable"));
    EXPECT_EQ(model.index(0, Column::StatusColumn).data(ToneRole).toInt(), int(Tone::Negative));
    EXPECT_FALSE(shown(0, Column::NextStepColumn).isEmpty());
}

TEST_F(PermitTable, CallThatFailedShowsWhatHappened)
{
    service.setAnswer(sampleWallet(1), {R"({"message":"No such sale"})", {}, 400});
    desk->check({add(QStringLiteral("E"), 1)});
    model.flush();
    ASSERT_TRUE(settle());
    EXPECT_EQ(model.state(0), PermitState::Failed);
    EXPECT_FALSE(shown(0, Column::NextStepColumn).isEmpty());
}

TEST_F(PermitTable, HostileTextsAreOneBoundedPlainLine)
{
    desk->add(sampleEntity(hostileText() + QString(5000, QLatin1Char('y'))), sampleWallet(1),
              hostileText());
    service.setAnswer(sampleWallet(1), {ScriptedService::notReady(hostileText()), {}});
    model.flush();
    desk->check({0});
    ASSERT_TRUE(settle());
    for (int column = 0; column < Column::ColumnCount; ++column) {
        const QModelIndex cell = model.index(0, column);
        EXPECT_LT(cell.data().toString().size(), 500) << column;
        EXPECT_FALSE(cell.data().toString().contains(QLatin1Char('\n'))) << column;
        EXPECT_FALSE(cell.data(Qt::ToolTipRole).toString().contains(QLatin1String("<img")))
            << column;
    }
}

TEST_F(PermitTable, ScreenReaderHearsTheWholeAddress)
{
    add(QStringLiteral("E"), 1, QStringLiteral("Treasury"));
    model.flush();
    const QModelIndex cell = model.index(0, Column::WalletColumn);
    EXPECT_FALSE(cell.data().toString().contains(sampleWallet(1)));
    EXPECT_TRUE(cell.data(Qt::AccessibleTextRole).toString().contains(sampleWallet(1)));
    EXPECT_TRUE(cell.data(FullTextRole).toString().startsWith(sampleWallet(1)));
}

TEST_F(PermitTable, SearchWantsEveryWord)
{
    add(QStringLiteral("Borealis Capital"), 1, QStringLiteral("Treasury"));
    add(QStringLiteral("Borealis Labs"), 2, QStringLiteral("Ops"));
    add(QStringLiteral("Cobalt Trust"), 3);
    model.flush();
    const auto found = [this](const QString &text) {
        filtered.setSearch(text);
        return filtered.rowCount();
    };
    EXPECT_EQ(found(QStringLiteral("borealis")), 2);
    EXPECT_EQ(found(QStringLiteral("BOREALIS ops")), 1);
    EXPECT_EQ(found(sampleWallet(3).toLower()), 1);
    EXPECT_EQ(found(QStringLiteral("not checked")), 3);
    EXPECT_EQ(found(QStringLiteral("nothing like it")), 0);
    EXPECT_EQ(found({}), 3);
}

TEST_F(PermitTable, StatusFilterFollowsTheStatus)
{
    add(QStringLiteral("A"), 1);
    add(QStringLiteral("B"), 2);
    model.flush();
    filtered.setState(PermitState::NotReady);
    EXPECT_EQ(filtered.rowCount(), 0);
    service.setAnswer(sampleWallet(2),
                      {ScriptedService::notReady(QStringLiteral("wallet-not-linked")), {}});
    desk->check({1});
    // Rows move a moment later, all together.
    ASSERT_TRUE(waitUntil([this] { return filtered.rowCount() == 1; }));
    EXPECT_EQ(column(filtered, Column::EntityColumn), QStringList(QStringLiteral("B")));
    filtered.setState(std::nullopt);
    EXPECT_EQ(filtered.rowCount(), 2);
}

TEST_F(PermitTable, TimeLeftSortsTheMostUrgentFirstAndRowsWithoutItLast)
{
    const QList<int> seconds{600, 30, 0, 300};
    for (int number = 1; number <= 4; ++number) {
        if (seconds[number - 1] > 0)
            scriptPermit(number, seconds[number - 1]);
        add(QString::number(number), number);
    }
    model.flush();
    desk->request({0, 1, 3});
    ASSERT_TRUE(settle());
    const auto order = [this](Qt::SortOrder direction) {
        filtered.sort(Column::TimeLeftColumn, direction);
        return column(filtered, Column::EntityColumn).join(QString());
    };
    EXPECT_EQ(order(Qt::AscendingOrder), QStringLiteral("2413"));
    EXPECT_EQ(order(Qt::DescendingOrder), QStringLiteral("1423"));
}

TEST_F(PermitTable, TenThousandRowsSortAndFilterRight)
{
    constexpr int count = 10'000;
    for (int number = 0; number < count; ++number) {
        // 7919 is prime to 10,000: every label once, in no order.
        add(QStringLiteral("Entity %1").arg(number * 7919 % count), number + 1);
    }
    model.flush();
    ASSERT_EQ(model.rowCount(), count);
    filtered.sort(Column::EntityColumn, Qt::AscendingOrder);
    const QStringList up = column(filtered, Column::EntityColumn);
    for (int row = 0; row < count; ++row)
        ASSERT_EQ(up[row], QStringLiteral("Entity %1").arg(row)); // by number, not by digit
    filtered.sort(Column::EntityColumn, Qt::DescendingOrder);
    EXPECT_EQ(filtered.index(0, 0).data().toString(), QStringLiteral("Entity 9999"));

    filtered.setSearch(QStringLiteral("entity 99"));
    QStringList expected;
    for (const PermitRow &row : desk->rows()) {
        const QString text = row.entityLabel + row.wallet + row.saleSpecificEntityId;
        if (text.contains(QLatin1String("99")))
            expected << row.wallet;
    }
    QStringList found;
    for (const int row : filtered.sourceRows())
        found << desk->rows()[row].wallet;
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected);
    EXPECT_LT(found.size(), count);
}

TEST_F(PermitTable, OutlivesItsDesk)
{
    add(QStringLiteral("A"), 1);
    model.flush();
    desk.reset();
    EXPECT_EQ(model.rowCount(), 0);
    model.tick({0});
}

TEST_F(PermitTable, GroupsHaveTheirRowsBeneathAndFold)
{
    const QList<Entity> entities{sampleEntity(QStringLiteral("B"), 1),
                                 sampleEntity(QStringLiteral("A"), 2)};
    desk->addAll(entities, {Wallet{sampleWallet(1), QStringLiteral("One")},
                            Wallet{sampleWallet(2), QStringLiteral("Two")}});
    model.flush();
    filtered.sort(Column::EntityColumn);
    filtered.setGrouping(PermitFilterModel::Grouping::ByEntity);
    ASSERT_EQ(filtered.rowCount(), 6);
    EXPECT_TRUE(filtered.isGroup(0));
    EXPECT_TRUE(
        filtered.index(0, Column::EntityColumn).data().toString().endsWith(QLatin1Char('A')));
    EXPECT_EQ(filtered.sourceRows(0), QList<int>({2, 3}));
    EXPECT_TRUE(filtered.isGroup(3));

    const QPersistentModelIndex kept = filtered.index(4, Column::EntityColumn); // B with One
    filtered.setFolded(0, true);
    ASSERT_EQ(filtered.rowCount(), 4);
    EXPECT_EQ(kept.row(), 2);
    EXPECT_EQ(filtered.sourceRows().size(), 4) << "folded rows belong to what is shown";
    filtered.setFolded(0, false);
    filtered.setSearch(QStringLiteral("two"));
    EXPECT_EQ(filtered.rowCount(), 4);
    filtered.setSearch({});

    filtered.setGrouping(PermitFilterModel::Grouping::ByWallet);
    EXPECT_EQ(filtered.rowCount(), 6);
    EXPECT_TRUE(
        filtered.index(0, Column::EntityColumn).data().toString().contains(QLatin1String("One")));
    desk->remove({0, 2}); // both with One
    EXPECT_EQ(filtered.rowCount(), 3);
    filtered.setGrouping(PermitFilterModel::Grouping::None);
    EXPECT_EQ(filtered.rowCount(), 2);
}

TEST_F(PermitTable, MostUrgentGroupStandsFirst)
{
    scriptPermit(1, 600);
    scriptPermit(2, 60);
    add(QStringLiteral("Later"), 1);
    add(QStringLiteral("Soon"), 2);
    model.flush();
    desk->request({0, 1});
    ASSERT_TRUE(settle());
    filtered.setGrouping(PermitFilterModel::Grouping::ByEntity);
    filtered.sort(Column::TimeLeftColumn);
    EXPECT_TRUE(
        filtered.index(0, Column::EntityColumn).data().toString().endsWith(QLatin1String("Soon")));
    EXPECT_EQ(filtered.index(0, Column::TimeLeftColumn).data().toString(), QStringLiteral("1:00"));
    EXPECT_EQ(filtered.index(0, Column::StatusColumn).data().toString(),
              QStringLiteral("1 of 1 usable"));
}

TEST_F(PermitTable, SelectionStaysWithItsRowWhenRowsMove)
{
    for (int number = 1; number <= 3; ++number)
        add(QString::number(number), number);
    model.flush();
    filtered.sort(Column::EntityColumn);
    const QPersistentModelIndex first = filtered.index(0, Column::EntityColumn);
    filtered.sort(Column::EntityColumn, Qt::DescendingOrder);
    EXPECT_EQ(first.row(), 2);
    desk->remove({1});
    EXPECT_EQ(first.row(), 1);
    filtered.setSearch(QStringLiteral("nothing like it"));
    EXPECT_FALSE(first.isValid());
}

TEST_F(PermitTable, ScatteredRowsGoInOneOperation)
{
    QList<Entity> entities;
    for (int number = 1; number <= 50; ++number)
        entities << sampleEntity(QStringLiteral("Entity %1").arg(number), number);
    const QList<Wallet> wallets{Wallet{sampleWallet(1), QStringLiteral("One")},
                                Wallet{sampleWallet(2), QStringLiteral("Two")},
                                Wallet{sampleWallet(3), QStringLiteral("Three")}};
    for (const auto grouping :
         {PermitFilterModel::Grouping::None, PermitFilterModel::Grouping::ByEntity,
          PermitFilterModel::Grouping::ByWallet}) {
        desk->clear();
        desk->addAll(entities, wallets);
        model.flush();
        filtered.sort(Column::EntityColumn, Qt::DescendingOrder);
        filtered.setGrouping(grouping);
        const auto at = [this](int row) {
            return QPersistentModelIndex(filtered.mapFromSource(model.index(row, 0)));
        };
        const QPersistentModelIndex kept = at(100); // entity 34 with Two
        const QPersistentModelIndex leaving = at(97);
        const QString name = kept.data().toString();
        QSignalSpy told(desk.get(), &PermitDesk::rowsRemoved);
        QSignalSpy left(&filtered, &QAbstractItemModel::rowsRemoved);
        QSignalSpy reset(&filtered, &QAbstractItemModel::modelReset);

        QList<int> ofTwo; // one wallet's, and a pair twice
        for (int row = 1; row < 150; row += 3)
            ofTwo.prepend(row);
        ofTwo.removeAll(100);
        desk->remove(ofTwo + QList<int>{97, -1, 150});
        EXPECT_EQ(told.count(), 1);
        EXPECT_EQ(left.count(), 1);
        EXPECT_EQ(reset.count(), 0);
        ASSERT_EQ(model.rowCount(), 101);
        EXPECT_FALSE(leaving.isValid());
        ASSERT_TRUE(kept.isValid());
        EXPECT_EQ(kept.data().toString(), name);
        EXPECT_EQ(filtered.sourceRows().size(), 101);
        for (int row = 0; row < 101; ++row) {
            const PermitRow &pair = desk->rows().at(row);
            EXPECT_EQ(desk->rowOf(pair.entityId, pair.wallet), row);
            EXPECT_EQ(shown(row, Column::EntityColumn), pair.entityLabel);
        }
        EXPECT_EQ(desk->rowOf(entities[0].entityId, sampleWallet(2)), -1);
        // What is added later finds its place, and a name reaches each of its wallet's rows.
        desk->addAll({entities[0]}, wallets);
        model.flush();
        EXPECT_EQ(model.rowCount(), 102);
        desk->renameWallets({{sampleWallet(2), QStringLiteral("Second")}});
        EXPECT_EQ(std::count_if(desk->rows().cbegin(), desk->rows().cend(),
                                [](const PermitRow &row) {
                                    return row.walletName == QLatin1String("Second");
                                }),
                  2);
    }
}

TEST_F(PermitTable, AmountsSortExactlyBeyondWhatADoubleTellsApart)
{
    const QList<Uint256> most{uint256Max() - 1, uint256Max() - 2, Uint256(5), uint256Max()};
    for (int number = 1; number <= 4; ++number) {
        PurchasePermit permit =
            samplePermit(sampleEntity({}, number), sampleWallet(number), clock.now);
        permit.minAmount = Uint256(0);
        permit.maxAmount = most[number - 1];
        service.setAnswer(sampleWallet(number), {ScriptedService::ready(), signedReply(permit)});
        add(QString::number(number), number);
    }
    model.flush();
    desk->request({0, 1, 2, 3});
    ASSERT_TRUE(settle());
    filtered.sort(Column::AmountColumn);
    EXPECT_EQ(column(filtered, Column::EntityColumn).join(QString()), QStringLiteral("3214"));
    EXPECT_EQ(shown(3, Column::AmountColumn), QStringLiteral("no limit"));
}

TEST_F(PermitTable, NewWalletNameShowsInEveryRow)
{
    desk->addAll({sampleEntity(QStringLiteral("A"), 1), sampleEntity(QStringLiteral("B"), 2)},
                 {Wallet{sampleWallet(1), QStringLiteral("Old")}});
    model.flush();
    desk->renameWallets({{sampleWallet(1), QStringLiteral("New")}});
    for (int row = 0; row < 2; ++row)
        EXPECT_TRUE(shown(row, Column::WalletColumn).endsWith(QLatin1String("New")));
    filtered.setSearch(QStringLiteral("new"));
    EXPECT_EQ(filtered.rowCount(), 2);
}
