// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/entities/samples.h"
#include "ui/entities/entityfiltermodel.h"
#include "ui/entities/entitytablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

class EntityModels : public ::testing::Test
{
protected:
    EntityModels()
    {
        filter.setSourceModel(&model);
        filter.sort(EntityTableModel::Label);
    }

    QString cell(int row, int column, int role = Qt::DisplayRole) const
    {
        return model.index(row, column).data(role).toString();
    }
    QStringList shownLabels() const
    {
        QStringList labels;
        for (int row = 0; row < filter.rowCount(); ++row)
            labels << filter.index(row, EntityTableModel::Label).data().toString();
        return labels;
    }

    EntityTableModel model;
    EntityFilterModel filter;
    QAbstractItemModelTester modelTester{&model,
                                         QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester filterTester{&filter,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

TEST_F(EntityModels, ShowsWordsNotEnumValues)
{
    model.setEntities(someEntities());
    EXPECT_EQ(cell(0, EntityTableModel::Type), QLatin1String("Individual"));
    EXPECT_EQ(cell(2, EntityTableModel::SetUp), QLatin1String("In review"));
    EXPECT_EQ(cell(4, EntityTableModel::Eligibility), QLatin1String("Not eligible"));
    EXPECT_EQ(cell(0, EntityTableModel::Region), QLatin1String("EU"));
    EXPECT_EQ(model.index(4, EntityTableModel::Eligibility).data(ToneRole).toInt(),
              int(Tone::Negative));
}

TEST_F(EntityModels, EveryColumnHasAHeaderAndAccessibleText)
{
    model.setEntities(someEntities());
    for (int column = 0; column < EntityTableModel::columns; ++column) {
        EXPECT_FALSE(model.headerData(column, Qt::Horizontal).toString().isEmpty());
        EXPECT_FALSE(cell(0, column, Qt::AccessibleTextRole).isEmpty());
    }
    EXPECT_FALSE(cell(0, EntityTableModel::Eligibility, Qt::AccessibleDescriptionRole).isEmpty());
}

TEST_F(EntityModels, HostileLabelStaysText)
{
    const QString hostile = QStringLiteral("<img src='file:///x'><b>Ada</b>\nsecond\u202E line");
    model.setEntities({entity(QStringLiteral("e1"), hostile)});
    EXPECT_EQ(cell(0, EntityTableModel::Label),
              QLatin1String("<img src='file:///x'><b>Ada</b> second line"));
    const QString tip = cell(0, EntityTableModel::Label, Qt::ToolTipRole);
    EXPECT_FALSE(tip.contains(QLatin1String("<img")));
    EXPECT_FALSE(tip.contains(QLatin1String("<b>")));
    EXPECT_TRUE(tip.contains(QLatin1String("&lt;img")));
}

TEST_F(EntityModels, HugeLabelIsBounded)
{
    model.setEntities({entity(QStringLiteral("e1"), QString(1'000'000, QLatin1Char('a')))});
    EXPECT_LE(cell(0, EntityTableModel::Label).size(), 120);
    EXPECT_LT(cell(0, EntityTableModel::Label, Qt::ToolTipRole).size(), 1000);
}

TEST_F(EntityModels, AnUnchangedRefreshSaysNothing)
{
    model.setEntities(someEntities());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setEntities(someEntities());
    EXPECT_EQ(changed.count() + inserted.count() + removed.count() + moved.count() + reset.count(),
              0);
}

TEST_F(EntityModels, ARefreshTellsOnlyWhatChanged)
{
    model.setEntities(someEntities());
    const QPersistentModelIndex kept = model.index(5, 0);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);

    QList<Entity> next = someEntities();
    next[3].setupState = EntitySetupState::Complete;
    next[3].eligibility = SaleEligibility::Eligible;
    next.removeAt(1);
    next.append(entity(QStringLiteral("e7"), QStringLiteral("Gannet")));
    model.setEntities(next);

    ASSERT_EQ(changed.count(), 1);
    EXPECT_EQ(changed[0][0].toModelIndex().row(), 2);
    EXPECT_EQ(changed[0][1].toModelIndex().row(), 2);
    EXPECT_EQ(inserted.count(), 1);
    EXPECT_EQ(removed.count(), 1);
    EXPECT_EQ(reset.count(), 0);
    ASSERT_TRUE(kept.isValid());
    EXPECT_EQ(kept.data().toString(), QLatin1String("Fjord Holdings"));
    EXPECT_EQ(model.entities(), next);
}

TEST_F(EntityModels, AnotherOrderMovesRows)
{
    model.setEntities(someEntities());
    const QPersistentModelIndex ada = model.index(0, 0);
    QList<Entity> reversed = someEntities();
    std::reverse(reversed.begin(), reversed.end());
    model.setEntities(reversed);
    EXPECT_EQ(model.entities(), reversed);
    EXPECT_EQ(ada.row(), 5);
    model.setEntities({});
    EXPECT_FALSE(ada.isValid());
    EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(EntityModels, ManyRowsThatComeAndGoAreFewOperations)
{
    QList<Entity> before;
    QList<Entity> after;
    for (int i = 0; i < 2000; ++i) {
        const Entity one = entity(QStringLiteral("e%1").arg(i), QStringLiteral("Entity %1").arg(i));
        if (i % 3 != 0)
            before << one;
        if (i % 3 != 1)
            after.prepend(one);
    }
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    QSignalSpy ordered(&model, &QAbstractItemModel::layoutChanged);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setEntities(before);
    const QPersistentModelIndex kept = model.index(1, 0); // e2
    const QPersistentModelIndex leaving = model.index(0, 0);
    for (Entity &one : after)
        one.label += QLatin1Char('!');
    model.setEntities(after);
    EXPECT_EQ(model.entities(), after);
    EXPECT_EQ(inserted.count(), 2);
    EXPECT_EQ(removed.count(), 1);
    EXPECT_EQ(moved.count(), 0);
    EXPECT_LE(ordered.count(), 2);
    EXPECT_EQ(changed.count(), 1);
    EXPECT_FALSE(leaving.isValid());
    EXPECT_EQ(kept.data().toString(), QLatin1String("Entity 2!"));
    EXPECT_EQ(filter.rowCount(), int(after.size()));
}

TEST_F(EntityModels, AnIdThatComesTwiceIsOneRow)
{
    QList<Entity> twice = someEntities();
    twice.append(twice.first());
    model.setEntities(twice);
    EXPECT_EQ(model.rowCount(), 6);
}

TEST_F(EntityModels, UnreadableOnesAreShownAsSuch)
{
    QList<Entity> entities = someEntities();
    entities[1] = {};
    entities[1].entityId = QStringLiteral("[1]");
    entities[1].isIdKnown = false;
    entities[1].fault = QStringLiteral("[1] is no object");
    model.setEntities(entities);
    EXPECT_EQ(cell(1, EntityTableModel::Label), QLatin1String("Unreadable entity"));
    EXPECT_EQ(cell(1, EntityTableModel::Eligibility), QLatin1String("Unreadable"));
    EXPECT_EQ(cell(1, EntityTableModel::EntityId), QString());
    EXPECT_EQ(cell(1, EntityTableModel::EntityId, FullTextRole), QString());
}

TEST_F(EntityModels, SearchesLabelsIdsAndWords)
{
    model.setEntities(someEntities());
    filter.setSearch(QStringLiteral("BOREALIS"));
    EXPECT_EQ(shownLabels(), QStringList{QStringLiteral("Borealis Capital")});
    filter.setSearch(QStringLiteral("0000e3"));
    EXPECT_EQ(shownLabels(), QStringList{QStringLiteral("Cobalt Trust")});
    filter.setSearch(QStringLiteral("rejected"));
    EXPECT_EQ(shownLabels(), QStringList{QStringLiteral("Fjord Holdings")});
    filter.setSearch(QStringLiteral("  individual   ada "));
    EXPECT_EQ(shownLabels(), QStringList{QStringLiteral("Ada Lovelace")});
    filter.setSearch(QStringLiteral("ada zebra"));
    EXPECT_TRUE(shownLabels().isEmpty());
    filter.setSearch({});
    EXPECT_EQ(shownLabels().size(), 6);
    EXPECT_FALSE(filter.isFiltering());
}

TEST_F(EntityModels, SearchTextIsNoPattern)
{
    model.setEntities(someEntities());
    filter.setSearch(QStringLiteral(".*"));
    EXPECT_TRUE(shownLabels().isEmpty());
}

TEST_F(EntityModels, FiltersByStanding)
{
    model.setEntities(someEntities());
    filter.setStanding(Standing::CanTakePart);
    EXPECT_EQ(shownLabels(),
              (QStringList{QStringLiteral("Ada Lovelace"), QStringLiteral("Borealis Capital")}));
    filter.setStanding(Standing::CannotTakePart);
    EXPECT_EQ(shownLabels(),
              (QStringList{QStringLiteral("Ember Labs"), QStringLiteral("Fjord Holdings")}));
    // A refresh that makes one eligible takes it into the filtered list.
    filter.setStanding(Standing::NotDecided);
    QList<Entity> next = someEntities();
    next[2] = next[1];
    next[2].entityId = QStringLiteral("e3");
    model.setEntities(next);
    EXPECT_EQ(shownLabels(), QStringList{QStringLiteral("Dune Partners")});
}

TEST_F(EntityModels, SortsNamesAsPeopleDo)
{
    model.setEntities({entity(QStringLiteral("1"), QStringLiteral("Fund 10")),
                       entity(QStringLiteral("2"), QStringLiteral("fund 9")),
                       entity(QStringLiteral("3"), QStringLiteral("alpha")),
                       entity(QStringLiteral("4"), QStringLiteral("Beta"))});
    EXPECT_EQ(shownLabels(), (QStringList{QStringLiteral("alpha"), QStringLiteral("Beta"),
                                          QStringLiteral("fund 9"), QStringLiteral("Fund 10")}));
}

TEST_F(EntityModels, SortsEligibilityByStandingThenName)
{
    model.setEntities(someEntities());
    filter.sort(EntityTableModel::Eligibility);
    EXPECT_EQ(shownLabels().first(), QLatin1String("Ada Lovelace"));
    EXPECT_EQ(shownLabels().last(), QLatin1String("Fjord Holdings"));
    EXPECT_EQ(shownLabels()[2], QLatin1String("Cobalt Trust"));
}

TEST_F(EntityModels, ThousandsOfEntitiesAreTakenAtOnce)
{
    QList<Entity> many;
    for (int i = 0; i < 2000; ++i)
        many << entity(QString::number(i), QStringLiteral("Entity %1").arg(i));
    EntityTableModel bare;
    bare.setEntities(many);
    EXPECT_EQ(bare.rowCount(), 2000);
    bare.setEntities(many.mid(500));
    EXPECT_EQ(bare.rowCount(), 1500);
}
