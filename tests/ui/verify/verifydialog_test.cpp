// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verify/verifydialog.h"

#include "app/permits/permitexport.h"
#include "tests/support/waiting.h"
#include "tests/ui/permits/samples.h"
#include "ui/permits/checklist.h"
#include "ui/style/chip.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QTimer>

#include <gtest/gtest.h>

#include <algorithm>

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

    void begin(const QList<KnownSigner> &known = {})
    {
        ASSERT_TRUE(
            writeExport(path, permitsAsJson(permits, sampleSale(), QDateTime::currentDateTime())));
        dialog = std::make_unique<VerifyDialog>(path, known, &clock);
        dialog->show();
    }

    void open(const QList<KnownSigner> &known = {})
    {
        begin(known);
        ASSERT_TRUE(waitUntil([this] { return !dialog->isBusy(); }));
    }

    /// A file that takes much longer than an event.
    void beginWith(int count)
    {
        const ExportedPermit one = permits[0];
        permits.fill(one, count);
        begin({knownSale(sampleSigner())});
    }

    QString copied()
    {
        QGuiApplication::clipboard()->clear();
        button("Copy report")->click();
        EXPECT_TRUE(waitUntil([] { return !QGuiApplication::clipboard()->text().isEmpty(); }));
        return QGuiApplication::clipboard()->text();
    }
    QListView *list() const { return dialog->findChild<QListView *>(); }

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
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("permits.json"));
    std::unique_ptr<VerifyDialog> dialog;
};

} // namespace

TEST_F(Verify, ListsEveryPermitWithItsChecks)
{
    open({knownSale(sampleSigner())});
    EXPECT_TRUE(says(QStringLiteral("2 of 2 permits can be used")));
    ASSERT_EQ(list()->model()->rowCount(), 2);
    list()->setCurrentIndex(list()->model()->index(1, 0));
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
    list()->setCurrentIndex(list()->model()->index(1, 0));
    button("Check again")->setFocus();
    button("Check again")->click();
    ASSERT_TRUE(waitUntil([this] { return !dialog->isBusy(); }));
    EXPECT_EQ(chip(), QStringLiteral("Not usable"));
    EXPECT_TRUE(says(QStringLiteral("Expired at")));
    EXPECT_EQ(list()->currentIndex().row(), 1);
    EXPECT_TRUE(button("Check again")->isEnabled());
    EXPECT_TRUE(copied().contains(QLatin1String("Usable: 0 of 2.")));
}

TEST_F(Verify, CopiedReportNamesTheTimeOfTheChecks)
{
    open({knownSale(sampleSigner())});
    const QString checked = QStringLiteral("Checked at %1.").arg(momentText(quint64(clock.now)));
    clock.now += 600; // it has expired since, and nobody has checked
    const QString report = copied();
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

TEST_F(Verify, EventsAreHandledWhileAFileOfThousandsIsRead)
{
    beginWith(2'000);
    EXPECT_TRUE(says(QStringLiteral("Checking the permits"))); // handles events
    EXPECT_TRUE(dialog->isBusy()) << "the window waited for the file";
    EXPECT_FALSE(button("Copy report")->isEnabled());
    auto *progress = dialog->findChild<QProgressBar *>();
    ASSERT_TRUE(progress && progress->isVisible());
    int turns = 0;
    QList<int> values;
    QObject::connect(progress, &QProgressBar::valueChanged, dialog.get(),
                     [&](int value) { values << value; });
    QTimer turning;
    QObject::connect(&turning, &QTimer::timeout, &turning, [&] { turns += dialog->isBusy(); });
    turning.start(1);
    ASSERT_TRUE(waitUntil([this] { return !dialog->isBusy(); }, 120'000));
    EXPECT_GT(turns, 10);
    EXPECT_TRUE(std::any_of(values.cbegin(), values.cend(), [progress](int value) {
        return value > 0 && value < progress->maximum();
    })) << "how far it was, before it was done";
    EXPECT_TRUE(std::is_sorted(values.cbegin(), values.cend()));
    EXPECT_EQ(progress->maximum(), 2 * 2'000); // read, then checked
    EXPECT_TRUE(says(QStringLiteral("2000 of 2000 permits can be used")));
    EXPECT_EQ(list()->model()->rowCount(), 2'000);
    EXPECT_TRUE(copied().contains(QLatin1String("Usable: 2000 of 2000.")));
}

TEST_F(Verify, IsClosedAtAnyMoment)
{
    for (const char *way : {"Cancel", "Close", "its death"}) {
        SCOPED_TRACE(way);
        beginWith(1'000);
        ASSERT_TRUE(waitUntil([this] {
            return dialog->findChild<QProgressBar *>()->maximum() > 0; // amidst the work
        }));
        ASSERT_TRUE(dialog->isBusy());
        if (QPushButton *pressed = button(way)) {
            pressed->click();
            EXPECT_FALSE(dialog->isVisible());
        }
        dialog.reset();
        QCoreApplication::processEvents();
        // The work notices, rather than going on for nobody.
        EXPECT_TRUE(
            waitUntil([] { return QThreadPool::globalInstance()->activeThreadCount() == 0; }));
    }
}

TEST_F(Verify, CheckingAgainCanBeCancelledAndKeepsWhatWasFound)
{
    beginWith(1'000);
    ASSERT_TRUE(waitUntil([this] { return !dialog->isBusy(); }));
    clock.now += 600; // all have expired since
    button("Check again")->click();
    ASSERT_TRUE(dialog->isBusy());
    button("Cancel")->click(); // before an event could bring the end of it
    ASSERT_TRUE(waitUntil([this] { return !dialog->isBusy(); }));
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_TRUE(says(QStringLiteral("1000 of 1000 permits can be used")));
    EXPECT_EQ(chip(), QStringLiteral("Usable"));
    EXPECT_TRUE(copied().contains(QLatin1String("Usable: 1000 of 1000.")));
}

TEST_F(Verify, FileThatCannotBeReadIsExplainedAndReadAgain)
{
    ASSERT_TRUE(writeExport(path, "{"));
    dialog = std::make_unique<VerifyDialog>(path, QList<KnownSigner>(), &clock);
    dialog->show();
    ASSERT_TRUE(waitUntil([this] { return !dialog->isBusy(); }));
    EXPECT_TRUE(says(QStringLiteral("holds no permits that this program can read")));
    EXPECT_FALSE(button("Copy report")->isEnabled());
    ASSERT_TRUE(
        writeExport(path, permitsAsJson(permits, sampleSale(), QDateTime::currentDateTime())));
    button("Check again")->click();
    ASSERT_TRUE(waitUntil([this] { return !dialog->isBusy(); }));
    EXPECT_TRUE(says(QStringLiteral("0 of 2 permits can be used")));
}
