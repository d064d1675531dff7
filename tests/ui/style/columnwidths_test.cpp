// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/celldelegates.h"
#include "ui/style/chip.h"
#include "ui/style/columnwidths.h"
#include "ui/style/tables.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

constexpr int cellPadding = 11; ///< as sonar.qss has it

class ColumnWidthsTest : public ::testing::Test
{
protected:
    void SetUp() override
    {
        applyTheme(*qApp, Appearance::Light);
        model.setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Address"),
                                         QStringLiteral("A rather long header"),
                                         QStringLiteral("Rest")});
        view.setModel(&model);
        prepareTable(&view);
        view.setSortingEnabled(false);
        view.setItemDelegateForColumn(1, new MonospacedDelegate(&view));
        view.setItemDelegateForColumn(3, new ChipDelegate(&view));
        widths = new ColumnWidths({{0, 80, 400}, {1, 80, 200}, {2, 80, 400}}, &view);
        view.resize(1000, 400);
        view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    }

    void add(const QString &name, const QString &address)
    {
        model.appendRow({new QStandardItem(name), new QStandardItem(address), new QStandardItem(),
                         new QStandardItem(QStringLiteral("chip"))});
    }

    int needed(const QString &text, const QFont &font) const
    {
        return QFontMetrics(font).horizontalAdvance(text) + 2 * cellPadding;
    }

    QStandardItemModel model;
    QTableView view;
    ColumnWidths *widths = nullptr;
};

} // namespace

TEST_F(ColumnWidthsTest, GrowForRowsAndHeaderUpToTheirLimit)
{
    EXPECT_EQ(view.columnWidth(0), 80);
    const QString name = QStringLiteral("A name that needs more than eighty pixels");
    const QString address = QStringLiteral("0x7099…79C8 Treasury");
    add(name, address);
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.columnWidth(0) >= needed(name, view.font()); }));
    EXPECT_GE(view.columnWidth(1), needed(address, monospaced(view.font())));
    EXPECT_LE(view.columnWidth(1), 200);
    EXPECT_GT(view.columnWidth(2), 80) << "its header is cut";

    // Nothing jumps back while the rows are the same ones.
    const int wide = view.columnWidth(0);
    model.item(0, 0)->setText(QStringLiteral("short"));
    model.item(0, 1)->setText(QString(200, QLatin1Char('x')));
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.columnWidth(1) == 200; }));
    EXPECT_EQ(view.columnWidth(0), wide);

    // One long value makes no column wide for good.
    model.removeRow(0);
    add(QStringLiteral("short"), QStringLiteral("short"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.columnWidth(0) == 80; }));
    EXPECT_LT(view.columnWidth(1), 200);
}

TEST_F(ColumnWidthsTest, StayAsAPersonSetsThem)
{
    add(QStringLiteral("short"), QStringLiteral("short"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.columnWidth(2) > 80; }));
    EXPECT_FALSE(widths->arePersonal());
    view.resize(700, 400); // moves the end of the last column only
    EXPECT_FALSE(widths->arePersonal());
    view.setColumnHidden(1, true);
    view.setColumnHidden(1, false);
    EXPECT_FALSE(widths->arePersonal());

    // By its edge, with the mouse.
    QHeaderView *header = view.horizontalHeader();
    const int edge = header->sectionViewportPosition(1) - 1;
    const QPoint grip(edge, header->height() / 2);
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, grip);
    QTest::mouseMove(header->viewport(), grip + QPoint(25, 0));
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, grip + QPoint(25, 0));
    EXPECT_TRUE(widths->arePersonal());
    const int set = view.columnWidth(0);
    EXPECT_EQ(set, 105);

    // Another view of the same rows, which hears of them later, has followed twice: with the pause
    // that lies between, it would have been this one's turn, too.
    QTableView other;
    other.setModel(&model);
    new ColumnWidths({{0, 80, 400}}, &other);
    other.show();
    int followed = 80;
    for (const int longer : {1, 2}) {
        add(QStringLiteral("A name that needs more than eighty pixels ").repeated(longer),
            QStringLiteral("short"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return other.columnWidth(0) > followed; })) << longer;
        followed = other.columnWidth(0);
    }
    EXPECT_EQ(view.columnWidth(0), set);
    widths->setPersonal(false);
    model.item(0, 0)->setText(QStringLiteral("sh"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.columnWidth(0) > set; }));
}
