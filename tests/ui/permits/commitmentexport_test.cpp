// SPDX-License-Identifier: GPL-3.0-or-later
// The export dialog's forms for wallets.
#include "app/base/hex.h"
#include "app/permits/walletexport.h"
#include "tests/ui/permits/exportcommitment.h"
#include "ui/permits/commitmentform.h"
#include "ui/permits/qrview.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QImage>
#include <QTest>

using namespace sonar;
using namespace sonar::test;

TEST_F(ExportCommitment, AsksForTheBidBeforeItWritesCalldata)
{
    open(ExportFormat::Calldata);
    EXPECT_FALSE(button("Save")->isEnabled());
    EXPECT_TRUE(dialog->findChild<QPlainTextEdit *>()->placeholderText().contains(
        QLatin1String("Fill in the new total")));
    fillIn();
    EXPECT_TRUE(button("Save")->isEnabled());
    const auto calls =
        commitmentCalls(*sale.chain, permits[0].permit, {false, 15, 5'000'000}, 5'000'000).value();
    EXPECT_TRUE(preview().contains(toHex(calls[0].data)));
    EXPECT_TRUE(preview().contains(toHex(calls[1].data)));
    button("Copy bid")->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), toHex(calls[1].data));
    button("Copy approve")->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), toHex(calls[0].data));
    const QString file = folder.filePath(QStringLiteral("out.txt"));
    EXPECT_EQ(dialog->path(), file);
    button("Save")->click();
    QFile saved(file);
    ASSERT_TRUE(saved.open(QIODevice::ReadOnly));
    EXPECT_EQ(QString::fromUtf8(saved.readAll()), preview());
}

TEST_F(ExportCommitment, ProblemsStandAtTheirField)
{
    open(ExportFormat::CastCommands);
    fillIn("0.5", "21");
    EXPECT_TRUE(field("New total")->property("invalid").toBool());
    EXPECT_TRUE(field("New total")->accessibleDescription().contains(QLatin1String("at least 1")));
    EXPECT_TRUE(field("Price")->accessibleDescription().contains(QLatin1String("at most 20")));
    EXPECT_FALSE(button("Copy")->isEnabled());
    fillIn("25000.000001", "20");
    EXPECT_TRUE(says("at most 25"));
    fillIn("1.0000001", "20");
    EXPECT_TRUE(says("at most 6 decimals"));
    fillIn(QByteArray(80, '9').constData(), "20");
    EXPECT_TRUE(says("too large"));
    fillIn("25000", "20");
    EXPECT_FALSE(field("New total")->property("invalid").toBool());
    EXPECT_TRUE(button("Copy")->isEnabled());
    field("Already committed")->setText(QStringLiteral("25001"));
    EXPECT_TRUE(says("More than the new total"));
    EXPECT_FALSE(button("Copy")->isEnabled());
    field("Already committed")->setText(QStringLiteral("24000"));
    settle();
    EXPECT_TRUE(preview().contains(QLatin1String("Approves 1000 USDC")));
}

TEST_F(ExportCommitment, FixedPriceAndForcedLockupAreFilledIn)
{
    permits[0].permit.minPrice = permits[0].permit.maxPrice = 12;
    permits[0].permit.payload = QByteArray(31, '\0') + '\1';
    open(ExportFormat::Calldata);
    EXPECT_EQ(field("Price")->text(), QStringLiteral("12"));
    EXPECT_TRUE(field("Price")->isReadOnly());
    QCheckBox *lockup = dialog->findChild<CommitmentForm *>()->findChild<QCheckBox *>();
    EXPECT_TRUE(lockup->isChecked());
    EXPECT_FALSE(lockup->isEnabled());
    field("New total")->setText(QStringLiteral("5"));
    settle();
    EXPECT_TRUE(preview().contains(QLatin1String("at price 12, with lock-up")));
}

TEST_F(ExportCommitment, IsForTheChosenPermitAndARenewedOneKeepsWhatWasTyped)
{
    open(ExportFormat::SafeBatch);
    fillIn();
    EXPECT_TRUE(preview().contains(sampleWallet(1)));
    permits[0].permit.expiresAt += 300;
    dialog->setFormat(ExportFormat::Calldata);
    dialog->setFormat(ExportFormat::SafeBatch);
    EXPECT_EQ(field("New total")->text(), QStringLiteral("5"));
    dialog->findChild<QComboBox *>(QStringLiteral("exportChosen"))->setCurrentIndex(1);
    EXPECT_TRUE(field("New total")->text().isEmpty());
    fillIn();
    EXPECT_TRUE(preview().contains(sampleWallet(2)));
    EXPECT_FALSE(preview().contains(sampleWallet(1)));
}

TEST_F(ExportCommitment, SaysWhichValueOfTheSaleIsMissing)
{
    sale.chain->saleContract.clear();
    sale.chain->chainId = 0;
    open(ExportFormat::SafeBatch);
    EXPECT_TRUE(says("chain id, sale contract"));
    EXPECT_FALSE(dialog->findChild<CommitmentForm *>()->isVisible());
    EXPECT_FALSE(button("Save")->isEnabled());
    dialog->setFormat(ExportFormat::Json);
    EXPECT_TRUE(button("Save")->isEnabled());
}

TEST_F(ExportCommitment, OtherTypesGoAsJsonAndCsvAlone)
{
    permits[0].permit.type = PermitType::Solana;
    open(ExportFormat::Calldata);
    EXPECT_TRUE(says("Solana permit"));
    EXPECT_FALSE(button("Copy")->isEnabled());
    permits[0].permit.type = PermitType::BasicV2;
    open(ExportFormat::Calldata);
    EXPECT_TRUE(says("basic-v3"));
    dialog->setFormat(ExportFormat::Csv);
    EXPECT_TRUE(button("Copy")->isEnabled());
}

TEST_F(ExportCommitment, QrCodeIsShownForALinkThatWasAgreedTo)
{
    open(ExportFormat::PhoneLink);
    auto *qr = dialog->findChild<QrView *>();
    EXPECT_FALSE(qr->isVisible());
    fillIn();
    ASSERT_TRUE(qr->isVisible());
    button("Copy")->click();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().endsWith(QLatin1String("&uint256=5000000")));

    // Black on white with a quiet zone, whatever the palette.
    const QImage image = qr->grab().toImage();
    EXPECT_EQ(image.pixelColor(1, 1), QColor(Qt::white));
    const auto code = qrCode(QGuiApplication::clipboard()->text().toUtf8());
    ASSERT_TRUE(code);
    const int step = image.width() / (code->size + 8);
    for (int y = 0; y < code->size; ++y) {
        for (int x = 0; x < code->size; ++x)
            ASSERT_EQ(image.pixelColor((x + 4) * step + step / 2, (y + 4) * step + step / 2),
                      QColor(code->isDark(x, y) ? Qt::black : Qt::white));
    }

    permits[0].verification.checks[0].result = CheckResult::Failed;
    open(ExportFormat::PhoneLink);
    fillIn();
    EXPECT_FALSE(dialog->findChild<QrView *>()->isVisible());
    dialog->findChild<QCheckBox *>(QStringLiteral("exportAnyway"))->click();
    EXPECT_TRUE(dialog->findChild<QrView *>()->isVisible());
}

TEST_F(ExportCommitment, AgreementToOneBadPermitIsNoneToAnother)
{
    for (ExportedPermit &permit : permits)
        permit.verification.checks[0].result = CheckResult::Failed;
    open(ExportFormat::PhoneLink);
    fillIn();
    auto *anyway = dialog->findChild<QCheckBox *>(QStringLiteral("exportAnyway"));
    anyway->click();
    ASSERT_TRUE(button("Save")->isEnabled());
    ASSERT_TRUE(dialog->findChild<QrView *>()->isVisible());
    dialog->findChild<QComboBox *>(QStringLiteral("exportChosen"))->setCurrentIndex(1);
    fillIn();
    EXPECT_FALSE(anyway->isChecked());
    for (const char *name : {"Save", "Copy"})
        EXPECT_FALSE(button(name)->isEnabled()) << name;
    EXPECT_FALSE(dialog->findChild<QrView *>()->isVisible());
    anyway->click();
    EXPECT_TRUE(button("Save")->isEnabled());
    EXPECT_TRUE(dialog->findChild<QrView *>()->isVisible());
}

TEST_F(ExportCommitment, TypingIsFollowedByOnePreviewOfOnePermit)
{
    open(ExportFormat::PhoneLink);
    fillIn();
    verified = 0;
    for (const char *total : {"6", "60", "600"})
        type(total, "15");
    EXPECT_EQ(verified, 0);
    EXPECT_FALSE(dialog->findChild<QrView *>()->isVisible()) << "the link of another bid";
    settle();
    EXPECT_EQ(verified, 1);
    EXPECT_TRUE(preview().contains(QLatin1String("uint256=600000000")));
    EXPECT_TRUE(dialog->findChild<QrView *>()->isVisible());
}

TEST_F(ExportCommitment, SavingDoesNotWaitForThePreview)
{
    open(ExportFormat::Calldata);
    type("7", "15");
    ASSERT_TRUE(button("Save")->isEnabled());
    button("Save")->click();
    EXPECT_TRUE(says("Saved the bids under 1 of 2 permits to"));
    EXPECT_FALSE(dialog->isPreviewDue()) << "would take the word that it is saved away";
    EXPECT_EQ(QString::fromUtf8(saved()), preview());
    const auto calls =
        commitmentCalls(*sale.chain, permits[0].permit, {false, 15, 7'000'000}, 7'000'000).value();
    EXPECT_TRUE(saved().contains(toHex(calls[1].data).toLatin1()));
    type("7", "x");
    EXPECT_FALSE(button("Save")->isEnabled());
    EXPECT_TRUE(says("at most 18,446,744,073,709,551,615"));
}

TEST_F(ExportCommitment, PermitWithOtherLimitsIsNotBidUnderWithTheOldOnesEntry)
{
    open(ExportFormat::Calldata);
    fillIn();
    permits[0].permit.maxAmount = 2'000'000;
    button("Save")->click();
    EXPECT_TRUE(saved().isEmpty());
    EXPECT_TRUE(field("New total")->text().isEmpty());
}

TEST_F(ExportCommitment, EveryFieldHasAName)
{
    open(ExportFormat::Calldata);
    fillIn();
    for (QWidget *widget : dialog->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        QAccessibleInterface *seen = QAccessible::queryAccessibleInterface(widget);
        ASSERT_TRUE(seen);
        EXPECT_FALSE(seen->text(QAccessible::Name).isEmpty()) << widget->metaObject()->className();
    }
}

TEST_F(ExportCommitment, EscapeAsksBeforeItDiscardsACommitment)
{
    open(ExportFormat::Calldata);
    field("New total")->setText(QStringLiteral("100"));
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    EXPECT_TRUE(dialog->isVisible());
    auto *question = dialog->findChild<QDialog *>(QStringLiteral("question"));
    ASSERT_TRUE(question);
    question->findChild<QPushButton *>(QStringLiteral("yes"))->click();
    EXPECT_FALSE(dialog->isVisible());
}
