// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/waiting.h"
#include "tests/ui/permits/exportsource.h"
#include "tests/ui/permits/samples.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <QCoro/QCoroFuture>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

class ExportPermits : public ::testing::Test
{
protected:
    ExportPermits()
    {
        const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"), 1);
        good = exportedPermit(entity, sampleWallet(1),
                              samplePermit(entity, sampleWallet(1), clock.now), clock.now);
        bad = exportedPermit(entity, sampleWallet(2),
                             samplePermit(entity, sampleWallet(3), clock.now), clock.now);
        selected = {good};
        all = {good};
    }

    ExportDialog &open()
    {
        dialog = std::make_unique<ExportDialog>(sale, exportSource([this](ExportRange range) {
                                                    return range == ExportRange::Selected ? selected
                                                                                          : all;
                                                }),
                                                &clock);
        dialog->setPath(file());
        dialog->show();
        return *dialog;
    }

    QString file() const { return folder.filePath(QStringLiteral("permits.json")); }

    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : dialog->findChildren<QPushButton *>()) {
            if (one->text().remove(QLatin1Char('&')) == text)
                return one;
        }
        return nullptr;
    }

    bool says(const QString &text) const
    {
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile opened(path);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }

    HandClock clock;
    Sale sale = sampleSale();
    QTemporaryDir folder;
    ExportedPermit good;
    ExportedPermit bad;
    QList<ExportedPermit> selected;
    QList<ExportedPermit> all;
    std::unique_ptr<ExportDialog> dialog;
};

} // namespace

TEST_F(ExportPermits, SavesTheAnswerByteForByteAndSaysWhere)
{
    open();
    button(QStringLiteral("Save"))->click();
    EXPECT_TRUE(contentOf(file()).contains(good.replyText));
    EXPECT_TRUE(says(file()));
    EXPECT_TRUE(dialog->isVisible());
}

TEST_F(ExportPermits, WritesCsvUnderANameThatFitsIt)
{
    open();
    dialog->setFormat(ExportFormat::Csv);
    const QString csv = folder.filePath(QStringLiteral("permits.csv"));
    EXPECT_EQ(dialog->path(), csv);
    button(QStringLiteral("Save"))->click();
    EXPECT_EQ(contentOf(csv), permitsAsCsv({good}, sale));
}

TEST_F(ExportPermits, PreviewAndCopyShowWhatIsSaved)
{
    open();
    auto *preview = dialog->findChild<QPlainTextEdit *>();
    ASSERT_TRUE(preview);
    EXPECT_TRUE(preview->isReadOnly());
    EXPECT_TRUE(preview->toPlainText().contains(QString::fromUtf8(good.replyText)));
    button(QStringLiteral("Copy"))->click();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().toUtf8().contains(good.replyText));
}

TEST_F(ExportPermits, PreviewOfManyIsBounded)
{
    all = QList<ExportedPermit>(500, good);
    open();
    dialog->setRange(ExportRange::All);
    EXPECT_LT(dialog->findChild<QPlainTextEdit *>()->toPlainText().size(), 64 * 1024);
    button(QStringLiteral("Copy"))->click();
    EXPECT_GT(QGuiApplication::clipboard()->text().size(), 64 * 1024);
}

TEST_F(ExportPermits, UnwritablePathKeepsTheDialogAndSaysWhy)
{
    open();
    dialog->setPath(folder.filePath(QStringLiteral("no/such/folder/permits.json")));
    button(QStringLiteral("Save"))->click();
    EXPECT_TRUE(dialog->isVisible());
    auto *path = dialog->findChild<QLineEdit *>(QStringLiteral("exportPath"));
    EXPECT_TRUE(path->property("invalid").toBool());
    EXPECT_FALSE(path->accessibleDescription().isEmpty());
    EXPECT_TRUE(says(path->accessibleDescription()));
    dialog->setPath(folder.path());
    button(QStringLiteral("Save"))->click();
    EXPECT_TRUE(says(QStringLiteral("This is a folder")));
    dialog->setPath({});
    button(QStringLiteral("Save"))->click();
    EXPECT_TRUE(says(QStringLiteral("Enter the file")));
}

TEST_F(ExportPermits, ExistingFileIsReplacedOnlyAfterAsking)
{
    QFile there(file());
    ASSERT_TRUE(there.open(QIODevice::WriteOnly));
    there.write("precious");
    there.close();
    open();
    button(QStringLiteral("Save"))->click();
    EXPECT_EQ(contentOf(file()), QByteArray("precious"));
    ASSERT_TRUE(button(QStringLiteral("Replace")));
    // Another name takes the answer back.
    dialog->setPath(file() + QLatin1Char('2'));
    dialog->setPath(file());
    ASSERT_TRUE(button(QStringLiteral("Save")));
    button(QStringLiteral("Save"))->click();
    EXPECT_EQ(contentOf(file()), QByteArray("precious"));
    button(QStringLiteral("Replace"))->click();
    EXPECT_TRUE(contentOf(file()).contains(good.replyText));
}

TEST_F(ExportPermits, UnusablePermitAsksFirstAndGoesIntoTheFileAsSuch)
{
    selected = {good, bad};
    open();
    EXPECT_FALSE(button(QStringLiteral("Save"))->isEnabled());
    EXPECT_FALSE(button(QStringLiteral("Copy"))->isEnabled());
    auto *anyway = dialog->findChild<QCheckBox *>(QStringLiteral("exportAnyway"));
    ASSERT_TRUE(anyway && anyway->isVisible());
    EXPECT_TRUE(says(QStringLiteral("1 of these 2 permits")));
    anyway->click();
    button(QStringLiteral("Save"))->click();
    EXPECT_EQ(contentOf(file()),
              permitsAsJson({good, bad}, sale, QDateTime::fromSecsSinceEpoch(clock.now)));
}

TEST_F(ExportPermits, PermitThatExpiredMeanwhileAsksAgain)
{
    open();
    EXPECT_FALSE(dialog->findChild<QCheckBox *>(QStringLiteral("exportAnyway"))->isVisible());
    selected = {bad};
    button(QStringLiteral("Save"))->click();
    EXPECT_FALSE(QFile::exists(file()));
    EXPECT_TRUE(dialog->findChild<QCheckBox *>(QStringLiteral("exportAnyway"))->isVisible());
}

TEST_F(ExportPermits, AgreementIsToTheseFaultsOfThesePermits)
{
    ExportedPermit otherBad = bad;
    otherBad.wallet = sampleWallet(4);
    selected = {bad};
    all = {otherBad};
    open();
    auto *anyway = dialog->findChild<QCheckBox *>(QStringLiteral("exportAnyway"));
    const auto saves = [&] {
        if (button(QStringLiteral("Save"))->isEnabled())
            button(QStringLiteral("Save"))->click();
        return QFile::exists(file());
    };
    anyway->click();
    ASSERT_TRUE(button(QStringLiteral("Save"))->isEnabled());
    dialog->setRange(ExportRange::All);
    EXPECT_FALSE(anyway->isChecked()) << "as many, but another";
    EXPECT_FALSE(saves());

    dialog->setRange(ExportRange::Selected);
    anyway->click();
    for (PermitCheck &check : selected[0].verification.checks) {
        if (check.kind == PermitCheckKind::NotExpired)
            check.result = CheckResult::Failed;
    }
    EXPECT_FALSE(saves()) << "the same one, but worse";
    EXPECT_FALSE(anyway->isChecked());
    anyway->click();
    selected[0].permit.signature[0] = char(selected[0].permit.signature[0] ^ 1);
    EXPECT_FALSE(saves()) << "the same pair, but another permit";
    anyway->click();
    EXPECT_TRUE(saves());
}

TEST_F(ExportPermits, PermitThatWasRenewedMeanwhileNeedsNoOtherAgreement)
{
    selected = {good, bad};
    open();
    dialog->findChild<QCheckBox *>(QStringLiteral("exportAnyway"))->click();
    selected[1].verification = good.verification;
    button(QStringLiteral("Save"))->click();
    EXPECT_TRUE(contentOf(file()).contains(good.replyText));
}

TEST_F(ExportPermits, CountingVerifiesNothing)
{
    all = QList<ExportedPermit>(500, good);
    qsizetype verified = 0;
    PermitSource source = exportSource(
        [this](ExportRange range) { return range == ExportRange::Selected ? selected : all; });
    source.permits = [&verified, inner = source.permits](const QList<ExportItem> &items) {
        verified += items.size();
        return inner(items);
    };
    dialog = std::make_unique<ExportDialog>(sale, source, &clock);
    EXPECT_EQ(verified, 1);
}

TEST_F(ExportPermits, ThousandsArePutTogetherBesideTheWindow)
{
    selected = QList<ExportedPermit>(3000, good);
    PermitSource source = exportSource([this](ExportRange) { return selected; });
    bool atOnce = false;
    source.permits = [&atOnce](const QList<ExportItem> &) {
        atOnce = true;
        return QList<ExportedPermit>();
    };
    source.permitsAside = [this](const QList<ExportItem> &) {
        QPromise<QList<ExportedPermit>> ready;
        ready.start();
        ready.addResult(selected);
        ready.finish();
        return ready.future();
    };
    dialog = std::make_unique<ExportDialog>(sale, source, &clock);
    dialog->setPath(file());
    dialog->show();
    QSignalSpy previewed(dialog.get(), &ExportDialog::previewed);
    EXPECT_TRUE(dialog->isPreviewDue());
    EXPECT_FALSE(button(QStringLiteral("Save"))->isEnabled()) << "before there is anything";
    // What was asked for first is out of date when it comes.
    dialog->setFormat(ExportFormat::Csv);
    dialog->setFormat(ExportFormat::Json);
    ASSERT_TRUE(waitUntil([this] { return !dialog->isPreviewDue(); }));
    EXPECT_EQ(previewed.count(), 1);
    EXPECT_TRUE(dialog->findChild<QPlainTextEdit *>()->toPlainText().startsWith(QLatin1Char('{')));

    button(QStringLiteral("Save"))->click();
    EXPECT_FALSE(button(QStringLiteral("Save"))->isEnabled());
    ASSERT_TRUE(waitUntil([this] { return says(file()); }));
    EXPECT_EQ(contentOf(file()).count(good.replyText), 3000);

    // Nobody has agreed to what has changed meanwhile.
    selected.last() = bad;
    button(QStringLiteral("Copy"))->click();
    ASSERT_TRUE(waitUntil([this] { return says(QStringLiteral("have changed")); }));
    EXPECT_FALSE(button(QStringLiteral("Copy"))->isEnabled());
    EXPECT_FALSE(atOnce);
}

TEST_F(ExportPermits, AnUnconfirmedSignerIsToldAndNeedsNoConsent)
{
    PermitExpectation expected;
    expected.wallet = good.wallet;
    expected.saleUuid = sale.saleUuid;
    expected.saleSpecificEntityId = good.saleSpecificEntityId;
    expected.signer = sampleSigner();
    expected.signerSource = SignerSource::SeenBefore;
    selected[0].verification = verifyPermit(good.permit, expected, clock.now);
    open();
    EXPECT_TRUE(says(QStringLiteral("isn't confirmed")));
    EXPECT_FALSE(dialog->findChild<QCheckBox *>(QStringLiteral("exportAnyway"))->isVisible());
    button(QStringLiteral("Save"))->click();
    EXPECT_TRUE(contentOf(file()).contains("\"signerConfirmed\": false"));
    // What was confirmed in the preview and no longer is, is looked at once more.
    QFile::remove(file());
    const PermitVerification open = selected[0].verification;
    selected = {good};
    dialog->permitsChanged();
    EXPECT_FALSE(says(QStringLiteral("isn't confirmed")));
    selected[0].verification = open;
    button(QStringLiteral("Save"))->click();
    EXPECT_TRUE(contentOf(file()).isEmpty());
    EXPECT_TRUE(says(QStringLiteral("Nothing was exported")));
    EXPECT_TRUE(says(QStringLiteral("isn't confirmed")));
}

TEST_F(ExportPermits, TheContractIsAskedBeforeAnExport)
{
    QPromise<void> answer;
    answer.start();
    int looks = 0;
    PermitSource source = exportSource([this](ExportRange) { return selected; });
    source.lookAt = [&looks](const QList<ExportItem> &) { ++looks; };
    source.consultContract = [&answer](const QList<ExportItem> &) -> QCoro::Task<> {
        co_await answer.future();
    };
    dialog = std::make_unique<ExportDialog>(sale, source, &clock);
    dialog->setPath(file());
    dialog->show();
    EXPECT_EQ(looks, 1);
    button(QStringLiteral("Save"))->click();
    EXPECT_TRUE(contentOf(file()).isEmpty()) << "written before the contract answered";
    EXPECT_TRUE(says(QStringLiteral("Asking the sale contract")));
    EXPECT_FALSE(button(QStringLiteral("Copy"))->isEnabled());
    answer.finish();
    ASSERT_TRUE(waitUntil([this] { return !contentOf(file()).isEmpty(); }));
    EXPECT_TRUE(says(QStringLiteral("Saved the permit")));
    EXPECT_TRUE(button(QStringLiteral("Copy"))->isEnabled());
    // Nobody is left to be told.
    QPromise<void> late;
    late.start();
    answer = std::move(late);
    button(QStringLiteral("Copy"))->click();
    dialog.reset();
    answer.finish();
    QCoreApplication::processEvents();
}

TEST_F(ExportPermits, SandboxPermitsAreMarkedAsWorthless)
{
    sale.embeddedSandbox = true;
    open();
    EXPECT_TRUE(says(QStringLiteral("worthless")));
    // Whatever else is on loopback may be a real sale's.
    sale.embeddedSandbox = false;
    open();
    EXPECT_FALSE(says(QStringLiteral("worthless")));
}

TEST_F(ExportPermits, NothingToExportCannotBeSaved)
{
    selected.clear();
    open();
    EXPECT_FALSE(button(QStringLiteral("Save"))->isEnabled());
    dialog->setRange(ExportRange::All);
    EXPECT_TRUE(button(QStringLiteral("Save"))->isEnabled());
}

TEST_F(ExportPermits, HostileLabelStaysPlainText)
{
    bad.entityLabel = hostileText();
    selected = {bad};
    open();
    for (const QLabel *label : dialog->findChildren<QLabel *>()) {
        if (label->text().contains(QLatin1Char('<'))) {
            EXPECT_EQ(label->textFormat(), Qt::PlainText) << qPrintable(label->text());
        }
    }
    EXPECT_TRUE(says(QStringLiteral("<b>Bold</b>")));
}

TEST_F(ExportPermits, SuggestedNameHoldsNoPathOfTheSalesName)
{
    sale.name = QStringLiteral("../../etc/Évil sale:*");
    const QString path = ExportDialog::suggestedPath(sale, ExportFormat::Json,
                                                     QDateTime::fromSecsSinceEpoch(clock.now));
    EXPECT_FALSE(path.contains(QLatin1String("..")));
    EXPECT_TRUE(path.endsWith(QLatin1String(".json")));
}

TEST_F(ExportPermits, SavedFileIsShownInItsFolderAndExportIsTold)
{
    QList<ExportItem> told;
    PermitSource source = exportSource([this](ExportRange) { return all; });
    source.exported = [&](const QList<ExportItem> &items) { told << items; };
    dialog = std::make_unique<ExportDialog>(sale, source, &clock);
    dialog->setPath(file());
    dialog->show();
    auto *show = dialog->findChild<QPushButton *>(QStringLiteral("showInFolder"));
    ASSERT_TRUE(show);
    button(QStringLiteral("Copy"))->click();
    EXPECT_FALSE(show->isVisible()) << "there is no file";
    ASSERT_EQ(told.size(), 1);
    EXPECT_EQ(told[0].wallet, good.wallet);
    button(QStringLiteral("Save"))->click();
    EXPECT_TRUE(show->isVisible());
    EXPECT_EQ(told.size(), 2);
    dialog->setPath(folder.filePath(QStringLiteral("no/such/folder/permits.json")));
    button(QStringLiteral("Save"))->click();
    EXPECT_EQ(told.size(), 2) << "nothing was written";
}
