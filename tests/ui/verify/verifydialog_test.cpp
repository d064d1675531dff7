// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verify/verifydialog.h"

#include "app/permits/permitexport.h"
#include "tests/ui/permits/samples.h"
#include "ui/permits/checklist.h"
#include "ui/style/chip.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

class Verify : public ::testing::Test
{
protected:
    Verify()
    {
        for (const int number : {1, 2})
            permits << exportedPermit(entity, sampleWallet(number),
                                      samplePermit(entity, sampleWallet(number), clock.now),
                                      clock.now);
    }

    void open(const QList<KnownSigner> &known = {})
    {
        const auto import =
            parsePermitImport(permitsAsJson(permits, sampleSale(), QDateTime::currentDateTime()));
        ASSERT_TRUE(import);
        dialog = std::make_unique<VerifyDialog>(QStringLiteral("/tmp/permits.json"), *import, known,
                                                &clock);
        dialog->show();
    }

    KnownSigner knownSale(const QString &signer) const
    {
        return {sampleSale().saleUuid, QStringLiteral("Example"), signer, false};
    }

    QString chip() const { return dialog->findChild<Chip *>()->text(); }
    bool says(const QString &text) const
    {
        QCoreApplication::processEvents(); // new labels are shown by their layout
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }
    QPushButton *button(const char *text) const
    {
        for (QPushButton *one : dialog->findChildren<QPushButton *>()) {
            if (one->text().remove(QLatin1Char('&')) == QLatin1String(text))
                return one;
        }
        return nullptr;
    }

    HandClock clock;
    Entity entity = sampleEntity(QStringLiteral("Borealis Capital"), 1);
    QList<ExportedPermit> permits;
    std::unique_ptr<VerifyDialog> dialog;
};

} // namespace

TEST_F(Verify, ListsEveryPermitWithItsChecks)
{
    open({knownSale(sampleSigner())});
    EXPECT_TRUE(says(QStringLiteral("2 of 2 permits can be used")));
    auto *list = dialog->findChild<QListWidget *>();
    ASSERT_EQ(list->count(), 2);
    list->setCurrentRow(1);
    EXPECT_EQ(chip(), QStringLiteral("Usable"));
    EXPECT_TRUE(says(QStringLiteral("this sale's permit signer")));
}

TEST_F(Verify, FilesOwnWordIsShownAsSuch)
{
    open();
    EXPECT_EQ(chip(), QStringLiteral("Usable if the signer is right"));
    EXPECT_TRUE(says(QStringLiteral("0 of 2 permits can be used, and 2 more are not confirmed")));
    EXPECT_TRUE(says(QStringLiteral("Whoever made the file")));
}

TEST_F(Verify, AnotherSignerThanTheKnownOneIsRefused)
{
    open({knownSale(sampleWallet(9))});
    EXPECT_EQ(chip(), QStringLiteral("Not usable"));
    EXPECT_TRUE(says(QStringLiteral("0 of 2")));
}

TEST_F(Verify, CheckAgainGoesByTheClock)
{
    open({knownSale(sampleSigner())});
    clock.now += 600;
    button("Check again")->click();
    EXPECT_EQ(chip(), QStringLiteral("Not usable"));
    EXPECT_TRUE(says(QStringLiteral("Expired at")));
    button("Copy report")->click();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QLatin1String("Usable: 0 of 2.")));
}

TEST_F(Verify, CopiedReportNamesTheTimeOfTheChecks)
{
    open({knownSale(sampleSigner())});
    const QString checked = QStringLiteral("Checked at %1.").arg(momentText(quint64(clock.now)));
    clock.now += 600; // it has expired since, and nobody has checked
    button("Copy report")->click();
    const QString report = QGuiApplication::clipboard()->text();
    EXPECT_TRUE(report.contains(checked)) << qPrintable(report);
    EXPECT_TRUE(report.contains(QLatin1String("Usable: 2 of 2.")));
}

TEST_F(Verify, HostileNamesStayPlainText)
{
    permits[0].entityLabel = hostileText();
    open();
    for (const QLabel *label : dialog->findChildren<QLabel *>()) {
        if (label->text().contains(QLatin1Char('<'))) {
            EXPECT_EQ(label->textFormat(), Qt::PlainText) << qPrintable(label->text());
        }
    }
}

TEST_F(Verify, FileWithoutPermitsSaysSo)
{
    permits.clear();
    open();
    EXPECT_TRUE(says(QStringLiteral("holds no permit")));
}

TEST_F(Verify, EverythingThatCanBePressedHasAName)
{
    open();
    for (QWidget *widget : dialog->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        QAccessibleInterface *seen = QAccessible::queryAccessibleInterface(widget);
        ASSERT_TRUE(seen);
        EXPECT_FALSE(seen->text(QAccessible::Name).isEmpty()) << widget->metaObject()->className();
    }
}
