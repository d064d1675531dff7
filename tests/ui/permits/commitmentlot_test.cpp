// SPDX-License-Identifier: GPL-3.0-or-later
// The export dialog's forms for wallets, over several permits.
#include "app/base/hex.h"
#include "app/permits/walletexport.h"
#include "tests/ui/permits/exportcommitment.h"
#include "ui/permits/commitmentform.h"
#include "ui/permits/qrview.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLayout>
#include <QTest>

using namespace sonar;
using namespace sonar::test;

TEST_F(ExportLot, EachPermitKeepsWhatWasTypedForIt)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    open(ExportFormat::Calldata);
    type("7.5", "11");
    field("Already committed")->setText(QStringLiteral("2"));
    auto *lockup = dialog->findChild<CommitmentForm *>()->findChild<QCheckBox *>();
    lockup->setChecked(true);
    // Before the preview has caught up.
    chosen()->setCurrentIndex(1);
    EXPECT_TRUE(field("New total")->text().isEmpty());
    EXPECT_FALSE(lockup->isChecked());
    type("wrong", "");
    dialog->setRange(ExportRange::All);
    dialog->setFormat(ExportFormat::Json);
    dialog->setFormat(ExportFormat::CastCommands);
    EXPECT_EQ(field("New total")->text(), QStringLiteral("wrong"));
    EXPECT_TRUE(field("New total")->property("invalid").toBool());
    chosen()->setCurrentIndex(0);
    EXPECT_EQ(field("New total")->text(), QStringLiteral("7.5"));
    EXPECT_EQ(field("Already committed")->text(), QStringLiteral("2"));
    EXPECT_EQ(field("Price")->text(), QStringLiteral("11"));
    EXPECT_TRUE(lockup->isChecked());
    EXPECT_TRUE(preview().contains(
        QLatin1String("New total 7.5 USDC at price 11, with lock-up. Approves 5.5 USDC.")));
}

TEST_F(ExportLot, HoldsEveryPermitThatIsFilledInAndNamesTheOthers)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    add("Cobalt", 3, 3);
    open(ExportFormat::CastCommands);
    EXPECT_TRUE(summary().startsWith(QLatin1String("0 of 3 commitments are complete.")));
    EXPECT_FALSE(button("Save")->isEnabled());
    fill(2, "7");
    fill(0, "5");
    EXPECT_TRUE(summary().startsWith(QLatin1String("2 of 3 commitments are complete.")))
        << qPrintable(summary());
    EXPECT_TRUE(summary().contains(QLatin1String("Not included yet: Borealis, 0x")));
    EXPECT_FALSE(summary().contains(QLatin1String("Ada")));
    EXPECT_TRUE(chosen()->itemText(2).endsWith(QLatin1String("(complete)")));
    EXPECT_FALSE(chosen()->itemText(1).endsWith(QLatin1String("(complete)")));
    button("Save")->click();
    EXPECT_TRUE(says("Saved the bids under 2 of 3 permits to"));
    EXPECT_EQ(QString::fromUtf8(saved()), preview());
    const qsizetype first = saved().indexOf(bidOf(0, 5));
    EXPECT_GT(first, 0);
    EXPECT_GT(saved().indexOf(bidOf(2, 7)), first) << "in the order of the permits";
    EXPECT_LT(saved().indexOf("entity Ada"), first);
    EXPECT_FALSE(saved().contains("Borealis"));
    button("Copy")->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text().toUtf8(), saved());
    EXPECT_TRUE(says("Copied the bids under 2 of 3 permits."));
    fill(1, "6");
    EXPECT_EQ(summary(), QStringLiteral("All 3 commitments are complete."));
}

TEST_F(ExportLot, PiecesAreOfThePermitInView)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    open(ExportFormat::Calldata);
    fill(0, "5");
    chosen()->setCurrentIndex(1);
    EXPECT_TRUE(button("Copy")->isEnabled());
    EXPECT_FALSE(button("Copy bid")->isEnabled()) << "of whom?";
    fill(1, "6");
    button("Copy bid")->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text().toLatin1(), bidOf(1, 6));
}

TEST_F(ExportLot, OneOfSeveralCanBeExportedAlone)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    open(ExportFormat::Calldata);
    fill(0, "5");
    fill(1, "6");
    box("exportAlone")->click();
    EXPECT_FALSE(preview().contains(QLatin1String("Ada")));
    EXPECT_TRUE(preview().contains(QLatin1String("Entity Borealis")));
    EXPECT_EQ(summary(), QStringLiteral("Holds this permit alone, of 2."));
    button("Save")->click();
    EXPECT_TRUE(says("Saved the bids under 1 of 2 permits"));
    EXPECT_FALSE(saved().contains(bidOf(0, 5)));
    EXPECT_TRUE(saved().contains(bidOf(1, 6)));
}

TEST_F(ExportLot, FormWithAMistakeIsLeftOutAndSaidToBe)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    open(ExportFormat::Calldata);
    fill(0, "5");
    fill(1, "0.5");
    EXPECT_TRUE(summary().contains(QLatin1String("Not included yet: Borealis")));
    EXPECT_FALSE(preview().contains(QLatin1String("Borealis")));
    EXPECT_TRUE(preview().contains(QLatin1String("Ada")));
}

TEST_F(ExportLot, SafeBatchIsOfTheWalletInViewAndTellsWhomItLeavesOut)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    open(ExportFormat::SafeBatch);
    fill(0, "5");
    fill(1, "6");
    EXPECT_TRUE(summary().startsWith(QLatin1String("All 2 commitments are complete.")));
    EXPECT_TRUE(summary().contains(QStringLiteral("this one is for %1").arg(sampleWallet(2))));
    EXPECT_TRUE(
        summary().contains(QLatin1String("Left out, as filled in for another wallet: Ada")));
    EXPECT_TRUE(preview().contains(sampleWallet(2)));
    EXPECT_FALSE(preview().contains(sampleWallet(1)));
    chosen()->setCurrentIndex(0);
    EXPECT_TRUE(summary().contains(QLatin1String("another wallet: Borealis")));
    button("Save")->click();
    EXPECT_TRUE(says("Saved the bids under 1 of 2 permits"));
    EXPECT_TRUE(saved().contains(bidOf(0, 5)));
    EXPECT_FALSE(saved().contains(bidOf(1, 6)));
}

TEST_F(ExportLot, EntitiesOfOneSafeGoIntoOneBatchWithAWarningOfTheContract)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 1);
    add("Cobalt", 3, 1);
    open(ExportFormat::SafeBatch);
    fill(0, "5");
    EXPECT_FALSE(summary().contains(QLatin1String("SettlementSale")));
    fill(1, "6");
    fill(2, "7");
    EXPECT_TRUE(summary().contains(
        QStringLiteral("%1 bids for 3 entities here. The SettlementSale contract ties")
            .arg(sampleWallet(1))));
    button("Save")->click();
    const QJsonArray calls =
        QJsonDocument::fromJson(saved())[QLatin1String("transactions")].toArray();
    ASSERT_EQ(calls.size(), 6);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(calls[2 * i][QLatin1String("to")].toString(), sale.chain->paymentToken) << i;
        EXPECT_EQ(calls[2 * i + 1][QLatin1String("data")].toString().toLatin1(),
                  bidOf(i, quint64(5 + i)));
    }
}

TEST_F(ExportLot, PhoneLinkIsForThePermitInView)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    open(ExportFormat::PhoneLink);
    fill(0, "5");
    auto *qr = dialog->findChild<QrView *>();
    EXPECT_TRUE(qr->isVisible());
    chosen()->setCurrentIndex(1);
    EXPECT_FALSE(qr->isVisible());
    EXPECT_FALSE(button("Save")->isEnabled());
    fill(1, "6");
    EXPECT_TRUE(qr->isVisible());
    EXPECT_TRUE(preview().endsWith(QLatin1String("uint256=6000000\n")));
    EXPECT_EQ(preview().count(QLatin1String("ethereum:")), 1);
    EXPECT_FALSE(box("exportAlone")->isVisible());
    EXPECT_TRUE(summary().isEmpty());
}

TEST_F(ExportLot, PermitOfAnotherTypeIsNamedAndTheOthersAreExported)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2).permit.type = PermitType::BasicV2;
    add("Cobalt", 3, 3);
    open(ExportFormat::Calldata);
    fill(0, "5");
    chosen()->setCurrentIndex(1);
    EXPECT_TRUE(says("basic-v3"));
    EXPECT_FALSE(dialog->findChild<CommitmentForm *>()->isVisible());
    EXPECT_TRUE(summary().contains(QLatin1String("Can't be exported this way: Borealis")));
    EXPECT_TRUE(preview().contains(QLatin1String("Ada")));
    EXPECT_TRUE(button("Save")->isEnabled());
    EXPECT_FALSE(button("Copy bid")->isEnabled());
    next()->click();
    EXPECT_EQ(chosen()->currentIndex(), 2);
    EXPECT_TRUE(summary().contains(QLatin1String("Can't be exported this way: Borealis")));
}

TEST_F(ExportLot, NextGoesToTheNextEmptyFormByKeys)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    add("Cobalt", 3, 3);
    open(ExportFormat::Calldata);
    dialog->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(dialog.get()));
    fill(1, "5");
    chosen()->setCurrentIndex(0);
    chosen()->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    ASSERT_EQ(QApplication::focusWidget(), next());
    QTest::keyClick(next(), Qt::Key_Space);
    EXPECT_EQ(chosen()->currentIndex(), 2) << "the second is filled in";
    ASSERT_EQ(QApplication::focusWidget(), field("New total"));
    QTest::keyClicks(field("New total"), QStringLiteral("6"));
    QTest::keyClick(field("New total"), Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), field("Already committed"));
    type("6", "15");
    settle();
    next()->click();
    EXPECT_EQ(chosen()->currentIndex(), 0);
    fillIn("7");
    EXPECT_FALSE(next()->isEnabled());
}

TEST_F(ExportLot, ManyWordsMakeTheDialogGrowAndSqueezeNothing)
{
    for (int number = 1; number <= 5; ++number)
        fail(add("Borealis Capital Partners and Company", number, 1 + number / 4));
    open(ExportFormat::SafeBatch);
    dialog->resize(dialog->width(), 500);
    for (int index = 0; index < 5; ++index)
        fill(index, "5");
    QCoreApplication::sendPostedEvents();
    EXPECT_GE(dialog->height(), dialog->layout()->totalHeightForWidth(dialog->width()));
    const auto bottom = [](const QWidget *widget) { return widget->y() + widget->height(); };
    EXPECT_LE(bottom(field("New total")), field("Already committed")->y());
    EXPECT_LE(bottom(field("Already committed")), field("Price")->y());
}

TEST_F(ExportLot, SaleThatLacksAValueIsAllThatIsSaid)
{
    sale.chain->saleContract.clear();
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    open(ExportFormat::SafeBatch);
    EXPECT_TRUE(says("The sale file doesn't say: sale contract"));
    EXPECT_TRUE(summary().isEmpty());
    EXPECT_FALSE(next()->isVisible());
    EXPECT_FALSE(button("Save")->isEnabled());
}

TEST_F(ExportLot, OnePermitIsItsFormAlone)
{
    add("Ada", 1, 1);
    open(ExportFormat::SafeBatch);
    fillIn();
    EXPECT_TRUE(summary().isEmpty());
    EXPECT_FALSE(next()->isVisible());
    EXPECT_FALSE(box("exportAlone")->isVisible());
    EXPECT_FALSE(chosen()->isEnabled());
    button("Copy")->click();
    EXPECT_TRUE(says("Copied."));
    permits.clear();
    button("Save")->click();
    EXPECT_TRUE(saved().isEmpty());
    EXPECT_TRUE(says("There is no permit to export here."));
}

TEST_F(ExportLot, PermitsThatNothingWasTypedForAreNotVerified)
{
    for (int number = 1; number <= 50; ++number)
        add("Entity", number, number);
    open(ExportFormat::Calldata);
    fill(3, "5");
    fill(7, "5");
    verified = 0;
    fillIn("6");
    EXPECT_EQ(verified, 2);
    EXPECT_TRUE(summary().contains(QLatin1String("and 45 more")));
}

TEST_F(ExportLot, HostileLabelStaysInItsComment)
{
    add("Ada\n\rid\u2028; id `id` $(id) 'x\u202e", 1, 1);
    add("<b>Bold</b>", 2, 2);
    open(ExportFormat::CastCommands);
    fill(0, "5");
    fill(1, "6");
    for (const QString &line : preview().split(QLatin1Char('\n')))
        EXPECT_TRUE(line.isEmpty() || line.startsWith(QLatin1Char('#')) ||
                    line.startsWith(QLatin1String("cast send ")))
            << qPrintable(line);
    EXPECT_FALSE(preview().contains(QChar(0x202e)));
    EXPECT_FALSE(preview().contains(QLatin1Char('`')));
    for (const QLabel *label : dialog->findChildren<QLabel *>()) {
        if (label->text().contains(QLatin1Char('<'))) {
            EXPECT_EQ(label->textFormat(), Qt::PlainText) << qPrintable(label->text());
        }
    }
}
