// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/waiting.h"
#include "tests/ui/permits/samples.h"
#include "ui/permits/walletbookdialog.h"
#include "ui/permits/walletbookmodel.h"
#include "ui/style/searchfield.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

class WalletBook : public ::testing::Test
{
protected:
    WalletBook() { dialog.show(); }

    void press(const QString &text) const
    {
        for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
            if (button->text() == text)
                button->click();
        }
    }

    void add(const QString &text) const
    {
        entry()->setPlainText(text);
        press(QStringLiteral("Add"));
    }

    QPlainTextEdit *entry() const
    {
        for (auto *edit : dialog.findChildren<QPlainTextEdit *>()) {
            if (!edit->isReadOnly())
                return edit;
        }
        return nullptr;
    }

    QString refused() const
    {
        for (auto *edit : dialog.findChildren<QPlainTextEdit *>()) {
            if (edit->isReadOnly() && edit->isVisible())
                return edit->toPlainText();
        }
        return {};
    }

    bool says(const QString &text) const
    {
        for (const QLabel *label : dialog.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }

    QTableView *table() const { return dialog.findChild<QTableView *>(); }

    WalletBookDialog dialog{{Wallet{sampleWallet(1), QStringLiteral("Treasury")}}, ChainType::Evm};
};

} // namespace

TEST_F(WalletBook, AddsManyAtOnceAndKeepsWhatWasRefusedToBePutRight)
{
    QSignalSpy changed(&dialog, &WalletBookDialog::walletsChanged);
    add(QStringLiteral("%1, Ops\n\n0x12\n%2\n%2").arg(sampleWallet(2), sampleWallet(3)));
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(dialog.wallets(), QList<Wallet>({Wallet{sampleWallet(1), QStringLiteral("Treasury")},
                                               Wallet{sampleWallet(2), QStringLiteral("Ops")},
                                               Wallet{sampleWallet(3), {}}}));
    EXPECT_TRUE(says(QStringLiteral("2 wallets added")));
    EXPECT_TRUE(says(QStringLiteral("1 line refused")));
    EXPECT_TRUE(refused().startsWith(QLatin1String("Line 3: 0x12")));
    EXPECT_EQ(entry()->toPlainText(), QStringLiteral("0x12"));
}

TEST_F(WalletBook, ImportsCsvAndReportsRefusedLines)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("wallets.csv"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QStringLiteral("Name;Address\r\n\"Cold; \"\"one\"\"\";%1\r\nBad;hello\r\n")
                   .arg(sampleWallet(5))
                   .toUtf8());
    file.close();
    dialog.importFile(path);
    ASSERT_EQ(dialog.wallets().size(), 2);
    EXPECT_EQ(dialog.wallets()[1], (Wallet{sampleWallet(5), QStringLiteral("Cold; \"one\"")}));
    EXPECT_TRUE(refused().contains(QLatin1String("Line 3")));
    dialog.importFile(folder.filePath(QStringLiteral("none.csv")));
    EXPECT_TRUE(refused().contains(QLatin1String("can't be read")));
}

TEST_F(WalletBook, RenamesInPlaceAndRemoves)
{
    QSignalSpy changed(&dialog, &WalletBookDialog::walletsChanged);
    const QModelIndex name = table()->model()->index(0, WalletBookModel::NameColumn);
    ASSERT_TRUE(table()->model()->setData(name, QStringLiteral("  Cold  ")));
    EXPECT_EQ(dialog.wallets().first().name, QStringLiteral("Cold"));
    table()->selectRow(0);
    press(QStringLiteral("Remove"));
    EXPECT_TRUE(dialog.wallets().isEmpty());
    EXPECT_EQ(changed.count(), 2);
}

TEST_F(WalletBook, NamesStandInTheOrderOfTheirNumbersAndThoseWithoutOneLast)
{
    add(QStringLiteral("%1, Wallet 10\n%2\n%3, wallet 9")
            .arg(sampleWallet(2), sampleWallet(3), sampleWallet(4)));
    QStringList names;
    for (int row = 0; row < table()->model()->rowCount(); ++row)
        names << table()->model()->index(row, WalletBookModel::NameColumn).data().toString();
    EXPECT_EQ(names, QStringList({QStringLiteral("Treasury"), QStringLiteral("wallet 9"),
                                  QStringLiteral("Wallet 10"), QString()}));
}

TEST_F(WalletBook, SaysWhyThereIsNothingToSee)
{
    auto *search = dialog.findChild<SearchField *>();
    EXPECT_TRUE(table()->isVisible());
    search->setText(QStringLiteral("nothing like it"));
    EXPECT_FALSE(table()->isVisible());
    EXPECT_TRUE(says(QStringLiteral("No wallet matches")));
    search->clear();
    EXPECT_TRUE(table()->isVisible());
    table()->selectRow(0);
    press(QStringLiteral("Remove"));
    EXPECT_TRUE(says(QStringLiteral("No wallets yet")));
}

TEST(WalletBookModel, KeepsTheRulesOfModels)
{
    WalletBookModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setWallets({Wallet{sampleWallet(1), hostileText()}, Wallet{sampleWallet(2), {}},
                      Wallet{sampleWallet(3), {}}});
    EXPECT_FALSE(model.setData(model.index(0, WalletBookModel::AddressColumn), QStringLiteral("0x"),
                               Qt::EditRole));
    EXPECT_FALSE(
        model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QLatin1String("<img")));
    model.removeWallets({0, 2});
    ASSERT_EQ(model.wallets().size(), 1);
    EXPECT_EQ(model.wallets().first().address, sampleWallet(2));
}

TEST_F(WalletBook, RemovalAndOtherChangesAreTakenBack)
{
    add(sampleWallet(2) + QStringLiteral(", Ops"));
    QSignalSpy changed(&dialog, &WalletBookDialog::walletsChanged);
    const QList<Wallet> both = dialog.wallets();
    table()->selectAll();
    press(QStringLiteral("Remove"));
    EXPECT_TRUE(dialog.wallets().isEmpty());
    EXPECT_FALSE(says(QStringLiteral("added"))) << "that was about the change before";
    auto *undo = dialog.findChild<QPushButton *>(QStringLiteral("undo"));
    ASSERT_TRUE(undo);
    ASSERT_TRUE(undo->isVisible());
    undo->click();
    EXPECT_EQ(dialog.wallets(), both);
    ASSERT_EQ(changed.size(), 2);
    EXPECT_EQ(changed.last().first().value<QList<Wallet>>(), both) << "the program keeps it";

    dialog.activateWindow();
    ASSERT_TRUE(waitUntil([this] { return dialog.isActiveWindow(); }));
    table()->setFocus();
    QTest::keySequence(table(), QKeySequence::Redo);
    EXPECT_TRUE(dialog.wallets().isEmpty());
    QTest::keySequence(table(), QKeySequence::Undo);
    QTest::keySequence(table(), QKeySequence::Undo);
    EXPECT_EQ(dialog.wallets().size(), 1) << "adding is taken back, too";
    EXPECT_FALSE(undo->isVisible());
}

TEST_F(WalletBook, EscapeAsksBeforeItDiscardsWalletsThatWereTyped)
{
    entry()->setPlainText(sampleWallet(2));
    QTest::keyClick(&dialog, Qt::Key_Escape);
    EXPECT_TRUE(dialog.isVisible());
    EXPECT_TRUE(dialog.findChild<QDialog *>(QStringLiteral("question")));
    entry()->clear();
    dialog.reject();
    EXPECT_FALSE(dialog.isVisible());
}
