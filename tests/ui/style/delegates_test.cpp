// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/celldelegates.h"
#include "ui/style/chip.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QImage>
#include <QPainter>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

class CellDelegates : public ::testing::Test
{
protected:
    void SetUp() override
    {
        applyTheme(*qApp, Appearance::Light);
        model.setHorizontalHeaderLabels({QStringLiteral("a"), QStringLiteral("b")});
        addRow(QStringLiteral("Ada"), QStringLiteral("0x1234…cdef"),
               QStringLiteral("0x1234567890abcdef"));
        addRow(QStringLiteral("two\twords"), QStringLiteral("short"), {});
        view.setModel(&model);
        prepareTable(&view);
        installCopyAction(&view);
        // Sorting is a matter of the proxies.
        view.setSortingEnabled(false);
        view.show();
        view.activateWindow();
        view.setFocus();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&view));
    }

    void addRow(const QString &first, const QString &second, const QString &fullSecond)
    {
        auto *item = new QStandardItem(second);
        if (!fullSecond.isEmpty())
            item->setData(fullSecond, FullTextRole);
        model.appendRow({new QStandardItem(first), item});
    }

    QString copied()
    {
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        QTest::keySequence(&view, QKeySequence::Copy);
        return QGuiApplication::clipboard()->text();
    }

    QStandardItemModel model;
    QTableView view;
};

} // namespace

TEST_F(CellDelegates, CopyTakesTheWholeOfTheCurrentCell)
{
    view.setCurrentIndex(model.index(0, 1));
    EXPECT_EQ(copied(), QLatin1String("0x1234567890abcdef"));
}

TEST_F(CellDelegates, CopyOfSeveralRowsIsTabSeparated)
{
    view.selectAll();
    EXPECT_EQ(copied(), QLatin1String("Ada\t0x1234567890abcdef\ntwo words\tshort"));
}

TEST_F(CellDelegates, CopyLeavesOutHiddenColumns)
{
    view.setColumnHidden(1, true);
    view.selectAll();
    EXPECT_EQ(copied(), QLatin1String("Ada\ntwo words"));
}

TEST_F(CellDelegates, CopyOfNothingKeepsTheClipboard)
{
    view.clearSelection();
    view.setCurrentIndex({});
    EXPECT_EQ(copied(), QLatin1String("before"));
}

TEST_F(CellDelegates, ChipTakesTextLiterally)
{
    const QFont font = QApplication::font();
    EXPECT_GT(Chip::sizeFor(QStringLiteral("<b>Eligible</b>"), font).width(),
              Chip::sizeFor(QStringLiteral("Eligible"), font).width());
    EXPECT_EQ(Chip::sizeFor(QStringLiteral("a\nb\nc"), font).height(),
              Chip::sizeFor(QStringLiteral("a"), font).height());
}

TEST_F(CellDelegates, ChipIsPaintedInItsTone)
{
    model.item(0, 0)->setData(int(Tone::Negative), ToneRole);
    view.setItemDelegateForColumn(0, new ChipDelegate(&view));
    const QRect cell = view.visualRect(model.index(0, 0));
    const QImage image = view.viewport()->grab(cell).toImage();
    const QColor fill = toneColors(Tone::Negative, QApplication::palette()).fill;
    int filled = 0;
    for (int x = 0; x < image.width(); ++x)
        filled += image.pixelColor(x, image.height() / 2 - 6) == fill ? 1 : 0;
    EXPECT_GT(filled, 10);
}

TEST_F(CellDelegates, EmptyChipPaintsNothing)
{
    view.setItemDelegateForColumn(0, new ChipDelegate(&view));
    model.item(0, 0)->setText({});
    model.item(0, 0)->setData(int(Tone::Negative), ToneRole);
    const QImage image = view.viewport()->grab(view.visualRect(model.index(0, 0))).toImage();
    const QColor fill = toneColors(Tone::Negative, QApplication::palette()).fill;
    for (int x = 0; x < image.width(); ++x)
        EXPECT_NE(image.pixelColor(x, image.height() / 2), fill);
}

TEST_F(CellDelegates, AColumnMenuIsOffered)
{
    EXPECT_EQ(view.horizontalHeader()->contextMenuPolicy(), Qt::CustomContextMenu);
}
