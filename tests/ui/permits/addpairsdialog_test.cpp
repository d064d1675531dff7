// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/permits/samples.h"
#include "ui/permits/addpairsdialog.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

class AddPairs : public ::testing::Test
{
protected:
    AddPairs()
    {
        entities = {sampleEntity(QStringLiteral("Borealis Capital"), 1),
                    sampleEntity(QStringLiteral("Cobalt Trust"), 2)};
        entities[1].eligibility = SaleEligibility::NotEligible;
    }

    AddPairsDialog &open(const WalletRules &rules = ChainType::Evm)
    {
        dialog = std::make_unique<AddPairsDialog>(entities, known, rules);
        dialog->show();
        return *dialog;
    }

    QComboBox *wallet() const { return dialog->findChild<QComboBox *>(); }
    QLineEdit *name() const
    {
        return dialog->findChild<QLineEdit *>(QStringLiteral("walletToAddName"));
    }
    QListWidget *list() const { return dialog->findChild<QListWidget *>(); }
    bool isAccepted() const { return dialog->result() == QDialog::Accepted; }

    QString walletError() const
    {
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text() == wallet()->accessibleDescription())
                return label->text();
        }
        return {};
    }

    QList<Entity> entities;
    QList<Wallet> known;
    std::unique_ptr<AddPairsDialog> dialog;
};

} // namespace

TEST_F(AddPairs, TheOnlyEntityThatCanTakePartIsChosenAlready)
{
    open();
    ASSERT_EQ(dialog->chosenEntities().size(), 1);
    EXPECT_EQ(dialog->chosenEntities().first().entityId, QStringLiteral("entity-1"));
    wallet()->setEditText(sampleWallet(1).toLower());
    dialog->accept();
    ASSERT_TRUE(isAccepted());
    ASSERT_EQ(dialog->chosenWallets().size(), 1);
    EXPECT_EQ(dialog->chosenWallets().first().address, sampleWallet(1));
    EXPECT_EQ(dialog->action(), PermitAction::Check);
}

TEST_F(AddPairs, WrongAddressIsToldAtItsFieldAndNothingIsLost)
{
    open();
    QString wrong = sampleWallet(1);
    for (qsizetype i = wrong.size() - 1; i > 1; --i) {
        if (wrong[i].isLetter()) {
            wrong[i] = wrong[i].isUpper() ? wrong[i].toLower() : wrong[i].toUpper();
            break;
        }
    }
    for (const QString &text : {wrong, QStringLiteral("0x123"), QString(), hostileText()}) {
        wallet()->setEditText(text);
        dialog->accept();
        EXPECT_FALSE(isAccepted()) << qPrintable(text);
        EXPECT_FALSE(walletError().isEmpty()) << qPrintable(text);
        EXPECT_EQ(wallet()->currentText(), text);
        EXPECT_TRUE(dialog->isVisible());
    }
    wallet()->setEditText(sampleWallet(1));
    EXPECT_TRUE(walletError().isEmpty());
    dialog->accept();
    EXPECT_TRUE(isAccepted());
}

TEST_F(AddPairs, NeedsAnEntity)
{
    open();
    list()->item(0)->setCheckState(Qt::Unchecked);
    wallet()->setEditText(sampleWallet(1));
    dialog->accept();
    EXPECT_FALSE(isAccepted());
    EXPECT_FALSE(list()->accessibleDescription().isEmpty());
    list()->setCurrentRow(1);
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Space);
    dialog->accept();
    ASSERT_TRUE(isAccepted());
    EXPECT_EQ(dialog->chosenEntities().first().entityId, QStringLiteral("entity-2"));
}

TEST_F(AddPairs, KnownWalletBringsItsName)
{
    known = {{sampleWallet(4), QStringLiteral("Treasury")}};
    open();
    QTest::keyClick(wallet(), Qt::Key_Down);
    EXPECT_EQ(wallet()->currentText(), sampleWallet(4));
    dialog->accept();
    ASSERT_TRUE(isAccepted());
    EXPECT_EQ(dialog->chosenWallets().first(), known.first());
}

TEST_F(AddPairs, NamesFollowTheAddress)
{
    known = {{sampleWallet(4), QStringLiteral("Treasury")},
             {sampleWallet(5), QStringLiteral("Ops")},
             {sampleWallet(6), {}}};
    open();
    wallet()->setCurrentIndex(0);
    EXPECT_EQ(name()->text(), QStringLiteral("Treasury"));
    // Pasted over it: another known wallet keeps its name, one without a name gets none.
    wallet()->setEditText(sampleWallet(5));
    EXPECT_EQ(name()->text(), QStringLiteral("Ops"));
    EXPECT_TRUE(name()->isReadOnly());
    for (const int other : {6, 7}) {
        wallet()->setCurrentIndex(0);
        wallet()->setEditText(sampleWallet(other));
        EXPECT_TRUE(name()->text().isEmpty()) << other;
    }
    wallet()->setEditText(sampleWallet(5));
    dialog->accept();
    ASSERT_TRUE(isAccepted());
    EXPECT_EQ(dialog->chosenWallets(), QList<Wallet>{known[1]});
}

TEST_F(AddPairs, TypedNameStaysWhileANewAddressIsPutRight)
{
    open();
    name()->setText(QStringLiteral("Cold"));
    wallet()->setEditText(QStringLiteral("0x12"));
    wallet()->setEditText(sampleWallet(7));
    dialog->accept();
    ASSERT_TRUE(isAccepted());
    EXPECT_EQ(dialog->chosenWallets(), (QList<Wallet>{{sampleWallet(7), QStringLiteral("Cold")}}));
}

TEST_F(AddPairs, NothingIsCompletedOrFoundByWords)
{
    known = {{sampleWallet(4), QStringLiteral("Treasury")}};
    open();
    EXPECT_EQ(wallet()->completer(), nullptr);
    for (const QString &text :
         {QStringLiteral("Treasury"), wallet()->itemData(0, Qt::DisplayRole).toString()}) {
        wallet()->setEditText(text);
        dialog->accept();
        EXPECT_FALSE(isAccepted()) << qPrintable(text);
    }
}

TEST_F(AddPairs, ContractAndTokenAreRefusedAndAFullBookTakesNoMore)
{
    WalletRules rules;
    rules.saleContract = sampleWallet(8);
    rules.paymentToken = sampleWallet(9);
    for (int i = 0; i < mostWallets; ++i)
        known << Wallet{sampleWallet(100 + i), {}};
    open(rules);
    for (const int number : {8, 9, 10}) {
        wallet()->setEditText(sampleWallet(number));
        dialog->accept();
        EXPECT_FALSE(isAccepted()) << number;
        EXPECT_TRUE(walletError().contains(number == 10  ? QStringLiteral("full")
                                           : number == 9 ? QStringLiteral("payment token")
                                                         : QStringLiteral("sale contract")))
            << qPrintable(walletError());
    }
    wallet()->setEditText(sampleWallet(100));
    dialog->accept();
    EXPECT_TRUE(isAccepted());
}

TEST_F(AddPairs, ChoosingAllCountsOnce)
{
    entities.fill(entities[0], 3000);
    open();
    int changes = 0;
    QObject::connect(list(), &QListWidget::itemChanged, list(), [&changes] { ++changes; });
    for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
        if (button->text().startsWith(QLatin1String("Choose all")))
            button->click();
    }
    EXPECT_EQ(dialog->chosenEntities().size(), 3000);
    EXPECT_EQ(changes, 0) << "each would count all";
}

TEST_F(AddPairs, TakesManyAddressesAtOnceAndNamesTheWrongOne)
{
    open();
    wallet()->setEditText(sampleWallet(1) + QLatin1Char('\n') + sampleWallet(2) +
                          QStringLiteral(", 0x12"));
    dialog->accept();
    EXPECT_FALSE(isAccepted());
    EXPECT_TRUE(walletError().contains(QLatin1String("0x12")));
    wallet()->setEditText(sampleWallet(1) + QLatin1Char(' ') + sampleWallet(2) + QLatin1Char(';') +
                          sampleWallet(1));
    dialog->accept();
    ASSERT_TRUE(isAccepted());
    EXPECT_EQ(dialog->chosenWallets().size(), 2);
}

TEST_F(AddPairs, SolanaSaleTakesSolanaAddresses)
{
    open(ChainType::Svm);
    wallet()->setEditText(sampleWallet(1));
    dialog->accept();
    EXPECT_FALSE(isAccepted());
    wallet()->setEditText(QStringLiteral("3XxHCh947y1PAMK5y8oecBtaLU7TtTj9r4yMYwzFbJYs"));
    dialog->accept();
    EXPECT_TRUE(isAccepted());
}

TEST_F(AddPairs, WhatIsWrongFindsRoomAndALongNameNoScrollBar)
{
    entities.fill(entities[1], 12); // with a search above them
    entities[0].label = QStringLiteral("A long name ").repeated(9);
    open();
    wallet()->setEditText(sampleWallet(1) + QStringLiteral(" nonsense"));
    dialog->accept();
    QApplication::processEvents();
    EXPECT_GE(dialog->height(), dialog->layout()->totalMinimumHeightForWidth(dialog->width()));
    EXPECT_FALSE(list()->horizontalScrollBar()->isVisible());
}

TEST_F(AddPairs, NothingIsAddedWithoutEntities)
{
    entities.clear();
    open();
    for (const QPushButton *button : dialog->findChildren<QPushButton *>()) {
        if (button->text() == QLatin1String("Add")) {
            EXPECT_FALSE(button->isEnabled());
        }
    }
}

TEST_F(AddPairs, HostileLabelIsNotRichText)
{
    entities[0].label = hostileText();
    open();
    EXPECT_FALSE(list()->item(0)->toolTip().contains(QLatin1String("<img")));
    EXPECT_TRUE(list()->item(0)->text().contains(QLatin1String("<b>Bold</b>")));
}

TEST_F(AddPairs, EscapeAsksBeforeItDiscardsWhatWasEntered)
{
    open();
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    EXPECT_FALSE(dialog->isVisible()) << "what the dialog itself chose is no loss";
    open();
    wallet()->setEditText(sampleWallet(1));
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_TRUE(dialog->findChild<QDialog *>(QStringLiteral("question")));
}
