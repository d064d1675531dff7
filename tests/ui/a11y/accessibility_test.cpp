// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/memorytokenstore.h"
#include "app/config/preferences.h"
#include "app/config/salefile.h"
#include "app/sandbox/sandboxvisitor.h"
#include "app/sonar/sonarclient.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "tests/support/waiting.h"
#include "tests/ui/a11y/accessiblewalk.h"
#include "tests/ui/permits/exportsource.h"
#include "tests/ui/permits/samples.h"
#include "tests/ui/permits/scriptedservice.h"
#include "ui/connect/connectdialog.h"
#include "ui/entities/entitiespage.h"
#include "ui/permits/addpairsdialog.h"
#include "ui/permits/exportdialog.h"
#include "ui/permits/permitnotices.h"
#include "ui/permits/permitresults.h"
#include "ui/permits/permitspage.h"
#include "ui/shell/aboutdialog.h"
#include "ui/shell/mainpages.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/saleeditor.h"
#include "ui/shell/sidebar.h"
#include "ui/shell/sidebarbutton.h"
#include "ui/style/announce.h"
#include "ui/style/errorbanner.h"
#include "ui/style/stateview.h"
#include "ui/style/theme.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

/// Also leaves a picture in the folder SONAR_TEST_PICTURES, to be looked at by hand.
void expectUsable(QWidget *window, const char *what)
{
    if (const QString folder = qEnvironmentVariable("SONAR_TEST_PICTURES"); !folder.isEmpty()) {
        // Layouts follow at their time.
        for (int round = 0; round < 5; ++round)
            QCoreApplication::processEvents();
        window->grab().save(QStringLiteral("%1/%2.png").arg(folder, QString::fromUtf8(what)));
    }
    const QStringList faults = faultsOfNames(window) + faultsOfKeys(window) + faultsOfTexts(window);
    EXPECT_TRUE(faults.isEmpty()) << what << ":\n" << qPrintable(faults.join(QLatin1Char('\n')));
}

/// Takes tokens only while it isn't locked.
class LockableStore final : public TokenStore
{
public:
    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) override
    {
        return m_memory.load(key);
    }
    QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) override
    {
        if (locked)
            co_return failure({ErrorKind::Keychain, QStringLiteral("The keychain is locked."),
                               QStringLiteral("Unlock it and try again."), QStringLiteral("test"),
                               0});
        co_return co_await m_memory.save(key, tokens);
    }
    QCoro::Task<Result<void>> remove(TokenKey key) override { return m_memory.remove(key); }

    bool locked = false;

private:
    MemoryTokenStore m_memory;
};

Sale someSale()
{
    const Result<Sale> sale = parseSaleFile(R"({ "name": "Example & sale",
        "saleUUID": "5b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10",
        "clientUUID": "0d1f7f0a-31f2-4f7e-8e4b-6f2f0a1b2c3d",
        "redirectURI": "http://localhost:3000/oauth/callback" })");
    return *sale;
}

} // namespace

/// What the desktop opens addresses with.
class AccessibleVisitor : public QObject
{
    Q_OBJECT
public:
    AccessibleVisitor() { QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "open"); }
    ~AccessibleVisitor() override { QDesktopServices::unsetUrlHandler(QStringLiteral("http")); }

    QString button = QStringLiteral("authorize"); ///< empty: nobody is there

public Q_SLOTS:
    void open(const QUrl &url)
    {
        if (!button.isEmpty())
            m_visitor.press(url, button);
    }

private:
    SandboxVisitor m_visitor;
};

namespace {

class AccessibilityTest : public ::testing::Test
{
protected:
    void SetUp() override
    {
        const bool dark = qEnvironmentVariable("SONAR_TEST_APPEARANCE") == QLatin1String("dark");
        applyTheme(*qApp, dark ? Appearance::Dark : Appearance::Light);
    }

    void begin(bool sandbox)
    {
        Workbench::Options options;
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        options.sandbox = sandbox;
        workbench = std::make_unique<Workbench>(options, &store);
        window = std::make_unique<MainWindow>(workbench.get());
        QSignalSpy painted(window.get(), &MainWindow::painted);
        QObject::connect(window.get(), &MainWindow::painted, workbench.get(), &Workbench::start);
        window->resize(1180, 760);
        window->show();
        ASSERT_TRUE(waitUntil([&] { return painted.size() == 1; }));
        ASSERT_TRUE(!sandbox || waitUntil([&] {
            return workbench->current() &&
                   workbench->current()->session()->state() == Session::State::NotConnected;
        }));
    }

    void connectToTheSandbox()
    {
        window->connectAccount();
        ASSERT_TRUE(waitUntil(
            [&] { return workbench->current()->entitiesState() == Workspace::Entities::Loaded; }));
        ASSERT_TRUE(waitUntil([&] { return !window->findChild<ConnectDialog *>(); }));
    }

    ConnectDialog *openDialog()
    {
        window->connectAccount();
        return window->findChild<ConnectDialog *>();
    }

    QDialog *openedBy(const char *text)
    {
        for (QAction *each : window->findChildren<QAction *>()) {
            if (each->text().remove(QLatin1Char('&')) == QString::fromUtf8(text))
                each->trigger();
        }
        auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        EXPECT_TRUE(dialog) << text;
        return dialog;
    }

    SidebarButton *sideButton(const char *name)
    {
        for (auto *button : window->findChildren<SidebarButton *>()) {
            if (button->isVisible() && button->accessibleName() == QLatin1String(name))
                return button;
        }
        ADD_FAILURE() << "no button " << name;
        return nullptr;
    }

    /// As a screen reader lets a person choose one of several.
    static void toggle(QWidget *widget)
    {
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        ASSERT_TRUE(face && face->actionInterface());
        EXPECT_EQ(face->role(), QAccessible::RadioButton);
        face->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
        EXPECT_TRUE(face->state().checked);
    }

    static bool offers(const ConnectDialog *dialog, const char *name)
    {
        const auto *button = dialog->findChild<QPushButton *>(QLatin1String(name));
        return button && button->isVisible();
    }

    QTemporaryDir folder;
    LockableStore store;
    AccessibleVisitor visitor;
    std::unique_ptr<Workbench> workbench;
    std::unique_ptr<MainWindow> window;
};

} // namespace

TEST_F(AccessibilityTest, WelcomePage)
{
    ASSERT_NO_FATAL_FAILURE(begin(false));
    expectUsable(window.get(), "first start");
    ASSERT_TRUE(workbench->addSale(someSale(), false));
    expectUsable(window.get(), "a sale, not connected");
    workbench->preferences().setCurrent({}, {});
    ASSERT_NO_FATAL_FAILURE(begin(false));
    window->openSaleFile(QStringLiteral("/nowhere.sonarsale"));
    expectUsable(window.get(), "a remembered sale, and an error");
}

TEST_F(AccessibilityTest, PagesOfASale)
{
    ASSERT_NO_FATAL_FAILURE(begin(true));
    expectUsable(window.get(), "not connected");
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    expectUsable(window.get(), "entities");
    window->showPage(Page::Permits);
    expectUsable(window.get(), "permits, none yet");

    PermitDesk *const desk = workbench->current()->permits();
    QList<int> rows;
    const QList<Entity> entities = workbench->current()->entities();
    for (qsizetype i = 0; i < entities.size(); ++i)
        rows << desk->add(entities.at(i), sampleWallet(int(i) + 20), QStringLiteral("Savings"));
    desk->request(rows);
    ASSERT_TRUE(waitUntil([&] { return desk->running() == 0; }));
    expectUsable(window.get(), "permits");
    const QStringList faults = faultsOfMenus(window->menuBar());
    EXPECT_TRUE(faults.isEmpty()) << qPrintable(faults.join(QLatin1Char('\n')));
}

TEST_F(AccessibilityTest, ConnectDialogInAllItsStates)
{
    ASSERT_NO_FATAL_FAILURE(begin(true));
    visitor.button.clear();
    ConnectDialog *dialog = openDialog();
    ASSERT_TRUE(dialog);
    // Too short a moment to walk through by keys.
    EXPECT_TRUE(faultsOfNames(dialog).isEmpty());
    ASSERT_TRUE(waitUntil([&] { return offers(dialog, "openAgain"); }));
    expectUsable(dialog, "waiting");
    dialog->reject();
    ASSERT_TRUE(waitUntil([&] { return !window->findChild<ConnectDialog *>(); }));

    visitor.button = QStringLiteral("deny");
    dialog = openDialog();
    ASSERT_TRUE(waitUntil([&] { return offers(dialog, "tryAgain"); }));
    expectUsable(dialog, "declined");

    visitor.button = QStringLiteral("authorize");
    store.locked = true;
    dialog->findChild<QPushButton *>(QStringLiteral("tryAgain"))->click();
    ASSERT_TRUE(waitUntil([&] { return offers(dialog, "sessionOnly"); }));
    expectUsable(dialog, "not stored");
    dialog->findChild<QPushButton *>(QStringLiteral("sessionOnly"))->click();
    ASSERT_TRUE(waitUntil(
        [&] { return workbench->current()->session()->state() == Session::State::Connected; }));
    if (dialog->isVisible()) {
        EXPECT_TRUE(faultsOfNames(dialog).isEmpty());
    }
    ASSERT_TRUE(waitUntil([&] { return !window->findChild<ConnectDialog *>(); }));
    ASSERT_TRUE(waitUntil([&] { return !workbench->current()->isRefreshing(); }));
    expectUsable(window.get(), "connected for this session only");
}

TEST_F(AccessibilityTest, DialogsOfTheWindow)
{
    ASSERT_NO_FATAL_FAILURE(begin(true));
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    for (const char *text : {"Add account…", "Rename account…", "Forget account…", "Disconnect",
                             "About Sonar Desktop"}) {
        QDialog *dialog = openedBy(text);
        ASSERT_TRUE(dialog);
        expectUsable(dialog, text);
        dialog->reject();
        ASSERT_TRUE(waitUntil([&] { return !QApplication::activeModalWidget(); }));
    }
}

TEST_F(AccessibilityTest, SaleEditor)
{
    SaleEditor editor(someSale());
    editor.show();
    expectUsable(&editor, "as it opens");
    for (QLineEdit *line : editor.findChildren<QLineEdit *>())
        line->setText(QStringLiteral("wrong"));
    editor.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
    expectUsable(&editor, "with faults");
}

TEST_F(AccessibilityTest, PermitDialogs)
{
    const HandClock clock;
    const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"), 1);
    const ExportedPermit permit = exportedPermit(
        entity, sampleWallet(1), samplePermit(entity, sampleWallet(1), clock.now), clock.now);
    ExportDialog exporting(sampleSale(),
                           exportSource([&](ExportRange) { return QList<ExportedPermit>{permit}; }),
                           &clock);
    exporting.setPath(folder.filePath(QStringLiteral("permits.json")));
    exporting.show();
    expectUsable(&exporting, "export");
    exporting.close();

    AddPairsDialog pairs({entity, sampleEntity(QStringLiteral("Cobalt Trust"), 2)},
                         {Wallet{sampleWallet(1), QStringLiteral("Savings")}}, ChainType::Evm);
    pairs.show();
    expectUsable(&pairs, "add pairs");
}

TEST_F(AccessibilityTest, MessageBoxes)
{
    QMessageBox box(QMessageBox::Warning, QStringLiteral("Sonar Desktop"),
                    QStringLiteral("Sonar Desktop is already running but not responding."));
    box.setTextFormat(Qt::PlainText);
    box.show();
    expectUsable(&box, "running already");
}

TEST_F(AccessibilityTest, SalesAreSwitchedByKeysAndTheFocusStays)
{
    ASSERT_NO_FATAL_FAILURE(begin(false));
    Sale other = someSale();
    other.name = QStringLiteral("Other sale");
    other.saleUuid = QStringLiteral("6b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
    ASSERT_TRUE(workbench->addSale(someSale(), false));
    ASSERT_TRUE(workbench->addSale(other, false));
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    SidebarButton *from = sideButton("Other sale");
    ASSERT_TRUE(from);
    from->setFocus();
    ASSERT_EQ(QApplication::focusWidget(), from);
    QTest::keyClick(from, Qt::Key_Up);
    QWidget *reached = QApplication::focusWidget();
    ASSERT_TRUE(reached);
    EXPECT_EQ(reached->accessibleName(), QStringLiteral("Example & sale"));
    QTest::keyClick(reached, Qt::Key_Space);
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("Example & sale"));
    EXPECT_EQ(QApplication::focusWidget(), reached);
    EXPECT_TRUE(reached->isVisible());
}

TEST_F(AccessibilityTest, SalesAndPagesAreChosenByAssistiveTechnology)
{
    ASSERT_NO_FATAL_FAILURE(begin(false));
    Sale other = someSale();
    other.name = QStringLiteral("Other sale");
    other.saleUuid = QStringLiteral("6b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
    ASSERT_TRUE(workbench->addSale(someSale(), false));
    ASSERT_TRUE(workbench->addSale(other, false));
    auto *sidebar = window->findChild<Sidebar *>();
    ASSERT_TRUE(sidebar);
    QSignalSpy pages(sidebar, &Sidebar::pageChosen);
    QSignalSpy sales(sidebar, &Sidebar::saleChosen);

    ASSERT_NO_FATAL_FAILURE(toggle(sideButton("Permits")));
    EXPECT_TRUE(window->pages()->permits()->isVisible());
    ASSERT_NO_FATAL_FAILURE(toggle(sideButton("Permits"))); // stays the chosen one
    ASSERT_NO_FATAL_FAILURE(toggle(sideButton("Example & sale")));
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("Example & sale"));
    EXPECT_EQ(pages.size(), 1);
    EXPECT_EQ(sales.size(), 1);

    sideButton("Entities")->click();
    EXPECT_TRUE(window->pages()->entities()->isVisible());
    sideButton("Other sale")->click();
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("Other sale"));
    EXPECT_EQ(pages.size(), 2);
    EXPECT_EQ(sales.size(), 2);
}

TEST_F(AccessibilityTest, TablesAreSortedAndTheirColumnsChosenByKeys)
{
    ASSERT_NO_FATAL_FAILURE(begin(true));
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    auto *table = window->findChild<QTableView *>();
    ASSERT_TRUE(table);
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    table->setFocus();
    const auto firstCell = [&] { return table->model()->index(0, 0).data().toString(); };
    const QString first = firstCell();
    QTest::keyClick(table, Qt::Key_Down, Qt::AltModifier);
    QPointer<QMenu> menu = table->findChild<QMenu *>(QStringLiteral("columns"));
    ASSERT_TRUE(menu);
    QTest::keyClick(menu, Qt::Key_D); // its mnemonic
    EXPECT_TRUE(waitUntil([&] { return !menu; }));
    EXPECT_NE(firstCell(), first);
}

#include "accessibility_test.moc"

namespace {

/// What was said last in a window; empty: nothing.
QString said(const QWidget &window)
{
    QWidget *announcer = window.findChild<QWidget *>(QStringLiteral("announcer"));
    if (!announcer)
        return {};
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(announcer);
    EXPECT_EQ(face->role(), QAccessible::AlertMessage);
    EXPECT_TRUE(announcer->isVisible());
    return face->text(QAccessible::Name);
}

QAccessible::State stateOf(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget)->state();
}

} // namespace

TEST(Announcements, ErrorsAndNoticesAreSaidWhereTheyCanBeSeen)
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *banner = new ErrorBanner(&window);
    auto *face = new StateView(&window);
    auto *notices = new PermitNotices(&window);
    for (QWidget *part : std::initializer_list<QWidget *>{banner, face, notices})
        layout->addWidget(part);
    Error error;
    error.summary = QStringLiteral("Sonar can't be reached");
    error.advice = QStringLiteral("Check your network.");
    banner->showError(error);
    EXPECT_EQ(said(window), QString()) << "nobody sees that window";
    window.show();
    banner->showError(error);
    EXPECT_EQ(said(window), QStringLiteral("Sonar can't be reached. Check your network."));
    notices->tell(QStringLiteral("1 permit ends soon"), QStringLiteral("Use it."));
    EXPECT_EQ(said(window), QStringLiteral("1 permit ends soon. Use it."));
    face->showError(error, {});
    EXPECT_EQ(said(window), QStringLiteral("Sonar can't be reached. Check your network."));
}

TEST(Announcements, ResultsOfPermitCallsAreSaidWhenTheyHaveEnded)
{
    HandClock clock;
    ScriptedService service;
    ReadyTokens tokens;
    QTemporaryDir folder;
    Preferences preferences(folder.filePath(QStringLiteral("p.ini")));
    Sale sale = sampleSale();
    sale.apiUrl = service.url();
    SonarClient client(sale.apiUrl, &tokens);
    PermitDesk desk(sale, &client, &preferences, &clock);
    QWidget page;
    page.show();
    const PermitResults results(&desk, &page);
    const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"), 1);
    service.setAnswer(
        sampleWallet(1),
        {ScriptedService::ready(), signedReply(samplePermit(entity, sampleWallet(1), clock.now))});
    desk.request({desk.add(entity, sampleWallet(1), {})});
    ASSERT_TRUE(waitUntil([&] { return desk.running() == 0; }));
    EXPECT_TRUE(said(page).startsWith(QStringLiteral("Borealis Capital")));
    EXPECT_TRUE(said(page).contains(QStringLiteral("Usable")));

    service.setAnswer(sampleWallet(1), {R"({"message":"no"})", {}, 400});
    service.setAnswer(sampleWallet(2), {ScriptedService::ready(), {}});
    desk.check({0, desk.add(entity, sampleWallet(2), {})});
    ASSERT_TRUE(waitUntil([&] { return desk.running() == 0; }));
    EXPECT_EQ(said(page), QStringLiteral("Usable: 1, Ready: 1"));
}

TEST(WrongFields, HaveTheStateAndTheMessage)
{
    prepareAccessibility();
    QLineEdit line;
    QComboBox box;
    box.setEditable(true);
    line.setAccessibleName(QStringLiteral("Name"));
    EXPECT_FALSE(stateOf(&line).invalid);
    setFieldProblem(&line, QStringLiteral("It is empty."));
    setFieldProblem(&box, QStringLiteral("It is no address."));
    EXPECT_TRUE(stateOf(&line).invalid);
    EXPECT_TRUE(stateOf(box.lineEdit()).invalid);
    EXPECT_EQ(QAccessible::queryAccessibleInterface(&line)->text(QAccessible::Description),
              QStringLiteral("It is empty."));
    EXPECT_EQ(box.lineEdit()->accessibleDescription(), QStringLiteral("It is no address."));
    setFieldProblem(&line, {}, QStringLiteral("From 1 to 5"));
    setFieldProblem(&box, {});
    EXPECT_FALSE(stateOf(&line).invalid);
    EXPECT_FALSE(stateOf(box.lineEdit()).invalid);
    EXPECT_EQ(line.accessibleDescription(), QStringLiteral("From 1 to 5"));
}

TEST(WrongFields, LineStaysALineToAssistiveTechnology)
{
    prepareAccessibility();
    QLineEdit line(QStringLiteral("0x1234"));
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(&line);
    ASSERT_TRUE(face);
    EXPECT_EQ(face->role(), QAccessible::EditableText);
    EXPECT_EQ(face->text(QAccessible::Value), QStringLiteral("0x1234"));
    QAccessibleTextInterface *text = face->textInterface();
    QAccessibleEditableTextInterface *editing = face->editableTextInterface();
    ASSERT_TRUE(text && editing);
    EXPECT_EQ(text->characterCount(), 6);
    EXPECT_EQ(text->text(2, 4), QStringLiteral("12"));
    text->setSelection(0, 2, 4);
    int start = 0;
    int end = 0;
    text->selection(0, &start, &end);
    EXPECT_EQ(start, 2);
    EXPECT_EQ(end, 4);
    QSignalSpy edited(&line, &QLineEdit::textChanged);
    editing->replaceText(0, 6, QStringLiteral("0xab"));
    EXPECT_EQ(line.text(), QStringLiteral("0xab"));
    EXPECT_EQ(edited.size(), 1);
    editing->insertText(2, QStringLiteral("ff"));
    editing->deleteText(0, 2);
    EXPECT_EQ(line.text(), QStringLiteral("ffab"));
    line.setReadOnly(true);
    face->setText(QAccessible::Value, QStringLiteral("other"));
    EXPECT_EQ(line.text(), QStringLiteral("ffab"));
    line.setEchoMode(QLineEdit::Password);
    EXPECT_FALSE(face->text(QAccessible::Value).contains(QLatin1String("ffab")));
    EXPECT_TRUE(face->state().passwordEdit);
}
