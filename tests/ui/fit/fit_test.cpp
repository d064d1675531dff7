// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/memorytokenstore.h"
#include "app/permits/permitexport.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "tests/support/waiting.h"
#include "tests/ui/fit/fitwalk.h"
#include "tests/ui/permits/exportsource.h"
#include "tests/ui/shell/answeringservice.h"
#include "ui/connect/connectdialog.h"
#include "ui/entities/entitiespage.h"
#include "ui/entities/entitydetailspane.h"
#include "ui/entities/permitrequestbox.h"
#include "ui/permits/addpairsdialog.h"
#include "ui/permits/exportdialog.h"
#include "ui/permits/permitspage.h"
#include "ui/permits/permittablemodel.h"
#include "ui/permits/walletbookdialog.h"
#include "ui/shell/aboutdialog.h"
#include "ui/shell/mainpages.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/saledialogs.h"
#include "ui/shell/saleeditor.h"
#include "ui/style/questions.h"
#include "ui/style/theme.h"
#include "ui/verify/verifydialog.h"

#include <QApplication>
#include <QComboBox>
#include <QCoro/QCoroTask>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

/// As long as anyone may make it, and nowhere to break.
QString longWord(const QString &start)
{
    return start + QString(200 - start.size(), QLatin1Char('W'));
}

Error longError()
{
    return {ErrorKind::Malformed, longWord(QStringLiteral("Summary")) + QStringLiteral(" said so."),
            QStringLiteral("Try again. ") + longWord(QStringLiteral("Advice")),
            QStringLiteral("details"), 500};
}

/// Also leaves a picture in the folder SONAR_TEST_PICTURES, to be looked at by hand.
void expectFits(QWidget *window, const char *what)
{
    QStringList faults;
    const auto isWell = [&] {
        faults = faultsOfFit(window);
        return faults.isEmpty();
    };
    // Answers and layouts follow at their time.
    EXPECT_TRUE(waitUntil(isWell, 3'000)) << what << ":\n"
                                          << qPrintable(faults.join(QLatin1Char('\n')));
    if (const QString folder = qEnvironmentVariable("SONAR_TEST_PICTURES"); !folder.isEmpty())
        window->grab().save(QStringLiteral("%1/%2.png").arg(folder, QString::fromUtf8(what)));
}

} // namespace

/// Nobody is there to sign in.
class IdleBrowser : public QObject
{
    Q_OBJECT
public:
    IdleBrowser() { QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "open"); }
    ~IdleBrowser() override { QDesktopServices::unsetUrlHandler(QStringLiteral("http")); }

public Q_SLOTS:
    void open(const QUrl &) { ++pages; }

public:
    int pages = 0;
};

namespace {

class Fit : public ::testing::Test
{
protected:
    void SetUp() override
    {
        const bool dark = qEnvironmentVariable("SONAR_TEST_APPEARANCE") == QLatin1String("dark");
        applyTheme(*qApp, dark ? Appearance::Dark : Appearance::Light);
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        options.limits.retry.retries = 0;
        service.entities = {sampleEntity(longWord(QStringLiteral("Borealis")), 1),
                            sampleEntity(QStringLiteral("Cobalt Trust"), 2),
                            sampleEntity(QStringLiteral("Ember Labs"), 3)};
        service.email = longWord(QStringLiteral("ada")).toUtf8() + "@example.test";
        sale = sampleSale();
        sale.name = longWord(QStringLiteral("Example"));
        sale.apiUrl = sale.frontendUrl = service.url();
        sale.chain->saleContract = sampleWallet(8);
        sale.chain->paymentToken = sampleWallet(9);
    }

    /// The window as the program opens it for the first time, on a sale or on none.
    void begin(bool known, bool connected)
    {
        const QString account = QStringLiteral("00000000-0000-4000-8000-000000000001");
        if (known) {
            Preferences preferences(options.preferencesPath);
            preferences.setSales({sale});
            preferences.setAccounts({{account, longWord(QStringLiteral("Ada"))}});
            preferences.setCurrent(account, sale.saleUuid);
            preferences.setWallets(ChainType::Evm,
                                   {{sampleWallet(1), longWord(QStringLiteral("Treasury"))},
                                    {sampleWallet(2), QStringLiteral("Ledger")}});
        }
        if (connected)
            QCoro::waitFor(store.save({account, sale.serviceId()},
                                      {"access-0", "refresh-0", clock.now + service.lifetime}));
        workbench = std::make_unique<Workbench>(options, &store, &clock);
        window = std::make_unique<MainWindow>(workbench.get());
        bool painted = false;
        QObject::connect(window.get(), &MainWindow::painted, workbench.get(), &Workbench::start);
        QObject::connect(window.get(), &MainWindow::painted, window.get(),
                         [&painted] { painted = true; });
        window->show();
        ASSERT_TRUE(waitUntil([&] { return painted; }));
        ASSERT_TRUE(!known || waitUntil([&] {
            return workbench->current() && (!connected || isLoaded()) &&
                   workbench->current()->session()->state() != Session::State::Unknown;
        }));
    }
    bool isLoaded() const
    {
        return workbench->current()->entitiesState() == Workspace::Entities::Loaded &&
               !workbench->current()->isRefreshing();
    }

    /// A permit, a wallet that is ready, one that isn't, with its reason, and a failed one.
    void addPermits()
    {
        PermitsPage *page = window->pages()->permits();
        page->setShowsEveryPair(false);
        const QList<Entity> &entities = workbench->current()->entities();
        const PermitDesk *desk = workbench->current()->permits();
        const auto quiet = [&] { return desk->running() == 0; };
        page->addPairs({entities[0]}, sampleWallet(1), PermitAction::Request);
        ASSERT_TRUE(waitUntil(quiet));
        service.spoilt[AnsweringService::checkPath] =
            answered(200, R"({"ReadyToPurchase":false,"FailureReason":"RequiresLiveness",)"
                          R"("LivenessCheckURL":"http://127.0.0.1:9/liveness"})");
        page->addPairs({entities[0]}, sampleWallet(2), PermitAction::Check);
        ASSERT_TRUE(waitUntil(quiet));
        service.spoilt[AnsweringService::checkPath] =
            answered(200, R"({"ReadyToPurchase":false,"FailureReason":")" +
                              longWord(QStringLiteral("unheardof")).toUtf8() +
                              R"(","LivenessCheckURL":""})");
        page->addPairs({entities[1]}, sampleWallet(2), PermitAction::Check);
        ASSERT_TRUE(waitUntil(quiet));
        service.spoilt[AnsweringService::checkPath] =
            answered(500, R"({"message":")" + longWord(QStringLiteral("broken")).toUtf8() + "\"}");
        page->addPairs({entities[2]}, sampleWallet(1), PermitAction::Check);
        ASSERT_TRUE(waitUntil(quiet));
        ASSERT_GE(desk->rows().size(), 4);
    }

    QTableView *entityTable() const
    {
        return window->pages()->entities()->findChild<QTableView *>();
    }
    QTableView *permitTable() const
    {
        return window->pages()->permits()->findChild<QTableView *>();
    }

    /// The question that is open.
    void passQuestion(const char *what)
    {
        auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        ASSERT_TRUE(dialog) << what;
        expectFits(dialog, what);
        dialog->reject();
        ASSERT_TRUE(waitUntil([] { return !QApplication::activeModalWidget(); }));
    }

    HandClock clock;
    AnsweringService service{&clock};
    QTemporaryDir folder;
    MemoryTokenStore store;
    IdleBrowser browser;
    Workbench::Options options;
    Sale sale;
    std::unique_ptr<Workbench> workbench;
    std::unique_ptr<MainWindow> window;
};

} // namespace

TEST_F(Fit, WelcomePage)
{
    ASSERT_NO_FATAL_FAILURE(begin(false, false));
    expectFits(window.get(), "welcome");
    window->openSaleFile(folder.filePath(longWord(QStringLiteral("nowhere"))));
    expectFits(window.get(), "welcome with an error");
    ASSERT_TRUE(workbench->addSale(sale, false));
    expectFits(window.get(), "a sale after the welcome page");
    window.reset();
    workbench.reset();
    QFile::remove(options.preferencesPath);
    Preferences(options.preferencesPath).setSales({sale});
    ASSERT_NO_FATAL_FAILURE(begin(false, false));
    expectFits(window.get(), "welcome with a sale");
}

TEST_F(Fit, NotConnected)
{
    ASSERT_NO_FATAL_FAILURE(begin(true, false));
    expectFits(window.get(), "not connected");
    window->showPage(Page::Permits);
    expectFits(window.get(), "permits, not connected");
    window->connectAccount();
    auto *dialog = window->findChild<ConnectDialog *>();
    ASSERT_TRUE(dialog);
    const auto offers = [&](const char *name) {
        const auto *button = dialog->findChild<QPushButton *>(QLatin1String(name));
        return button && button->isVisible();
    };
    ASSERT_TRUE(waitUntil([&] { return offers("openAgain") || offers("tryAgain"); }));
    expectFits(dialog, "connect");
}

TEST_F(Fit, EntitiesPage)
{
    ASSERT_NO_FATAL_FAILURE(begin(true, true));
    expectFits(window.get(), "entities");
    entityTable()->selectRow(0);
    auto *box = window->pages()->entities()->findChild<PermitRequestBox *>();
    expectFits(window.get(), "entity");
    box->findChild<QComboBox *>()->setEditText(QString(190, QLatin1Char('0')));
    box->findChild<QPushButton *>(QStringLiteral("checkReadiness"))->click();
    expectFits(window.get(), "entity with a mistyped wallet");
    entityTable()->selectAll();
    expectFits(window.get(), "several entities");
    service.spoilt[AnsweringService::entitiesPath] =
        answered(500, R"({"message":")" + longWord(QStringLiteral("broken")).toUtf8() + "\"}");
    workbench->current()->refresh();
    ASSERT_TRUE(waitUntil([&] { return workbench->current()->entitiesError().has_value(); }));
    expectFits(window.get(), "entities with an error");
}

TEST_F(Fit, PermitsPage)
{
    ASSERT_NO_FATAL_FAILURE(begin(true, true));
    window->showPage(Page::Permits);
    expectFits(window.get(), "permits, none yet");
    ASSERT_NO_FATAL_FAILURE(addPermits());
    expectFits(window.get(), "permits");
    for (int row = 0; row < permitTable()->model()->rowCount(); ++row) {
        permitTable()->selectRow(row);
        QCoreApplication::processEvents();
        expectFits(window.get(), qPrintable(QStringLiteral("permit of row %1").arg(row)));
    }
    permitTable()->selectAll();
    expectFits(window.get(), "several permits");
}

TEST_F(Fit, StatusAndReasonOfAPermitAreSeenWithoutScrolling)
{
    ASSERT_NO_FATAL_FAILURE(begin(true, true));
    window->showPage(Page::Permits);
    ASSERT_NO_FATAL_FAILURE(addPermits());
    const QTableView *table = permitTable();
    const QHeaderView *header = table->horizontalHeader();
    const auto right = [&](int column) {
        return header->sectionViewportPosition(column) + header->sectionSize(column);
    };
    const int character = table->fontMetrics().averageCharWidth();
    const auto reason = [&] {
        return header->sectionViewportPosition(PermitTableModel::NextStepColumn) + 10 * character;
    };
    EXPECT_TRUE(waitUntil(
        [&] {
            return qMax(right(PermitTableModel::StatusColumn), reason()) <=
                   table->viewport()->width();
        },
        5'000))
        << right(PermitTableModel::StatusColumn) << " and " << reason() << " of "
        << table->viewport()->width();
}

TEST_F(Fit, QuestionsOfTheWindow)
{
    ASSERT_NO_FATAL_FAILURE(begin(true, true));
    for (const char *text : {"Add account…", "Rename account…", "Forget account…", "Disconnect",
                             "Remove sale…", "About Sonar Desktop", "Edit sale…"}) {
        bool found = false;
        for (QAction *each : window->findChildren<QAction *>()) {
            if (each->text().remove(QLatin1Char('&')) != QString::fromUtf8(text))
                continue;
            found = true;
            each->trigger();
            break;
        }
        ASSERT_TRUE(found) << text;
        ASSERT_NO_FATAL_FAILURE(passQuestion(text));
    }
    Sale other = sale;
    other.name = longWord(QStringLiteral("Other"));
    other.apiUrl = QUrl(QStringLiteral("http://127.0.0.1:9/") + longWord(QStringLiteral("path")));
    window->findChild<SaleDialogs *>()->offer(other);
    ASSERT_NO_FATAL_FAILURE(passQuestion("replace the sale"));
    ask(window.get(),
        {QStringLiteral("Title"), longWord(QStringLiteral("What")),
         QStringLiteral("Line.\n").repeated(60) + longWord(QStringLiteral("Consequence")),
         QStringLiteral("Yes")},
        [] {});
    ASSERT_NO_FATAL_FAILURE(passQuestion("a very long question"));
}

TEST_F(Fit, SaleEditor)
{
    ASSERT_NO_FATAL_FAILURE(begin(true, false));
    SaleEditor editor(sale, window.get());
    editor.show();
    expectFits(&editor, "sale editor");
    for (QLineEdit *line : editor.findChildren<QLineEdit *>())
        line->setText(longWord(QStringLiteral("wrong")));
    editor.findChild<QPlainTextEdit *>()->setPlainText(longWord(QStringLiteral("wrong")));
    editor.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
    expectFits(&editor, "sale editor with faults");
    editor.showError(longError());
    expectFits(&editor, "sale editor with an error");
}

TEST_F(Fit, ExportDialogInEveryFormat)
{
    ASSERT_NO_FATAL_FAILURE(begin(true, false));
    QList<ExportedPermit> permits;
    for (int number = 1; number <= 3; ++number) {
        const Entity entity = sampleEntity(
            number == 1 ? longWord(QStringLiteral("Borealis")) : QStringLiteral("Cobalt"), number);
        permits << exportedPermit(entity, sampleWallet(number),
                                  samplePermit(entity, sampleWallet(number), clock.now), clock.now);
    }
    permits[2] = exportedPermit(sampleEntity(QStringLiteral("Cobalt"), 3), sampleWallet(3),
                                samplePermit(sampleEntity(QStringLiteral("Cobalt"), 3),
                                             sampleWallet(3), clock.now - 10'000),
                                clock.now);
    ExportDialog dialog(sale, exportSource([&](ExportRange) { return permits; }), &clock,
                        window.get());
    dialog.setPath(folder.filePath(longWord(QStringLiteral("permits")) + QStringLiteral(".json")));
    dialog.show();
    for (const ExportFormat format : exportFormats()) {
        dialog.setFormat(format);
        const std::string name = "export as " + std::to_string(int(format));
        expectFits(&dialog, name.c_str());
        for (auto *field : dialog.findChildren<QLineEdit *>()) {
            if (field->isVisible() && field->objectName() != QLatin1String("exportPath"))
                field->setText(QStringLiteral("9").repeated(60));
        }
        ASSERT_TRUE(waitUntil([&] { return !dialog.isPreviewDue(); }));
        expectFits(&dialog, (name + ", wrong").c_str());
    }
}

TEST_F(Fit, DialogsOfPermits)
{
    ASSERT_NO_FATAL_FAILURE(begin(true, true));
    const QList<Wallet> wallets = workbench->preferences().wallets(ChainType::Evm);
    AddPairsDialog pairs(service.entities, wallets, ChainType::Evm, window.get());
    pairs.show();
    expectFits(&pairs, "add pairs");
    for (auto *field : pairs.findChildren<QComboBox *>())
        field->setEditText(longWord(QStringLiteral("0x")));
    pairs.accept();
    expectFits(&pairs, "add pairs with faults");
    pairs.close();

    WalletBookDialog book(wallets, ChainType::Evm, window.get());
    book.show();
    expectFits(&book, "wallet book");
    const QString list = folder.filePath(QStringLiteral("wallets.csv"));
    QFile file(list);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(("0x1," + longWord(QStringLiteral("name")).toUtf8() + '\n').repeated(30));
    file.close();
    book.importFile(list);
    expectFits(&book, "wallet book with refused lines");
}

TEST_F(Fit, VerifyDialog)
{
    ASSERT_NO_FATAL_FAILURE(begin(true, false));
    QList<ExportedPermit> permits;
    for (int number = 1; number <= 2; ++number) {
        const Entity entity = sampleEntity(longWord(QStringLiteral("Borealis")), number);
        permits << exportedPermit(entity, sampleWallet(number),
                                  samplePermit(entity, sampleWallet(number), clock.now), clock.now);
    }
    const QString path =
        folder.filePath(longWord(QStringLiteral("permits")) + QStringLiteral(".json"));
    ASSERT_TRUE(writeExport(path, permitsAsJson(permits, sale, QDateTime::currentDateTime())));
    for (const QString &each : {path, folder.filePath(longWord(QStringLiteral("nowhere")))}) {
        VerifyDialog dialog(each, {}, &clock, window.get());
        dialog.show();
        ASSERT_TRUE(waitUntil([&] { return !dialog.isBusy(); }));
        expectFits(&dialog, each == path ? "verify" : "verify, unreadable");
    }
}

#include "fit_test.moc"
