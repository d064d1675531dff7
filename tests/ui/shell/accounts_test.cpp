// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/memorytokenstore.h"
#include "app/config/salefile.h"
#include "app/sandbox/sandboxvisitor.h"
#include "app/workspace/workbench.h"
#include "tests/workspace/world.h"
#include "ui/connect/connectdialog.h"
#include "ui/shell/mainpages.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/saleeditor.h"
#include "ui/style/errorbanner.h"

#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace sonar;
using namespace sonar::test;

namespace {

/// A keychain that can be locked.
class LockableMemory final : public TokenStore
{
public:
    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) override
    {
        if (locked)
            co_return failure(fault());
        co_return *co_await m_memory.load(key);
    }
    QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) override
    {
        if (locked)
            co_return failure(fault());
        co_return co_await m_memory.save(key, tokens);
    }
    QCoro::Task<Result<void>> remove(TokenKey key) override
    {
        if (locked)
            co_return failure(fault());
        co_return co_await m_memory.remove(key);
    }

    bool locked = false;

private:
    static Error fault()
    {
        return {ErrorKind::Keychain, QStringLiteral("The keychain is locked."),
                QStringLiteral("Unlock it and try again."), QStringLiteral("test"), 0};
    }
    MemoryTokenStore m_memory;
};

} // namespace

/// What the desktop opens addresses with: somebody who signs in as `person`, or nobody.
class PersonAtTheBrowser : public QObject
{
    Q_OBJECT
public:
    PersonAtTheBrowser() { QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "open"); }
    ~PersonAtTheBrowser() override { QDesktopServices::unsetUrlHandler(QStringLiteral("http")); }

    QString person = QStringLiteral("ada");
    QList<QUrl> opened;
    SandboxVisitor visitor;

public Q_SLOTS:
    void open(const QUrl &url)
    {
        opened << url;
        if (!person.isEmpty())
            visitor.press(url, QStringLiteral("authorize"), person);
    }
};

namespace {

class WindowAccountsTest : public ::testing::Test
{
protected:
    explicit WindowAccountsTest(int latencyMilliseconds = 0)
        : world([=](SandboxOptions &options) { options.latencyMilliseconds = latencyMilliseconds; })
    {}

    void begin()
    {
        Workbench::Options options;
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        window.reset();
        workbench = std::make_unique<Workbench>(options, &store);
        window = std::make_unique<MainWindow>(workbench.get());
        QSignalSpy painted(window.get(), &MainWindow::painted);
        QObject::connect(window.get(), &MainWindow::painted, workbench.get(), &Workbench::start);
        window->show();
        ASSERT_TRUE(waitUntil([&] { return painted.size() == 1; }));
        if (!workbench->current()) {
            ASSERT_TRUE(workbench->addSale(world.sale, true));
        }
        ASSERT_TRUE(waitUntil([&] {
            const Session::State state = workbench->current()->session()->state();
            return state == Session::State::NotConnected || state == Session::State::Connected;
        }));
    }

    void connectAs(const QString &person)
    {
        browser.person = person;
        Workspace *const workspace = workbench->current();
        window->connectAccount();
        ASSERT_TRUE(waitUntil([&] {
            return workspace->entitiesState() == Workspace::Entities::Loaded &&
                   !workspace->emailAddress().isEmpty();
        }));
        ASSERT_TRUE(waitUntil([&] { return !window->findChild<ConnectDialog *>(); }));
    }

    bool says(const QString &text) const
    {
        for (const QWidget *widget : window->findChildren<QWidget *>()) {
            const auto *label = qobject_cast<const QLabel *>(widget);
            // What was said to a screen reader isn't shown.
            if (widget->objectName() == QLatin1String("announcer"))
                continue;
            if (widget->isVisible() && ((label && label->text().contains(text)) ||
                                        widget->accessibleName().contains(text)))
                return true;
        }
        return false;
    }

    /// Some cell of the table in view, or the account's card, holds this text.
    bool lists(const QString &text) const
    {
        for (const QTableView *table : window->findChildren<QTableView *>()) {
            if (!table->isVisible())
                continue;
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                if (table->model()->index(row, 0).data().toString() == text)
                    return true;
            }
        }
        return false;
    }

    QPushButton *buttonSaying(const QWidget *parent, const QString &text) const
    {
        for (auto *button : parent->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text().remove(QLatin1Char('&')) == text)
                return button;
        }
        return nullptr;
    }

    void trigger(const char *text) const
    {
        for (QAction *each : window->findChildren<QAction *>()) {
            if (each->text().remove(QLatin1Char('&')) == QString::fromUtf8(text)) {
                EXPECT_TRUE(each->isEnabled()) << text;
                each->trigger();
                return;
            }
        }
        ADD_FAILURE() << "no action " << text;
    }

    World world;
    QTemporaryDir folder;
    LockableMemory store;
    PersonAtTheBrowser browser;
    std::unique_ptr<Workbench> workbench;
    std::unique_ptr<MainWindow> window;
};

class SlowWindowAccountsTest : public WindowAccountsTest
{
protected:
    SlowWindowAccountsTest()
        : WindowAccountsTest(150)
    {}
};

} // namespace

TEST_F(SlowWindowAccountsTest, AnswerAfterASwitchIsNotShownUnderTheOtherName)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    Workspace *const first = workbench->current();
    EXPECT_TRUE(lists(QStringLiteral("Borealis Capital")));
    EXPECT_FALSE(first->isRefreshing() && first->entities().isEmpty());
    ASSERT_TRUE(waitUntil([&] { return !first->isRefreshing(); }));
    first->refresh();
    ASSERT_TRUE(first->isRefreshing());
    workbench->addAccount(QStringLiteral("Second"));
    ASSERT_TRUE(waitUntil([&] { return !first->isRefreshing(); })) << "the answer has come";
    ASSERT_TRUE(handlePosted());
    EXPECT_FALSE(lists(QStringLiteral("Borealis Capital")));
    EXPECT_FALSE(says(QStringLiteral("ada@example.test")));

    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("grace")));
    EXPECT_TRUE(lists(QStringLiteral("Kestrel Capital")));
    EXPECT_FALSE(lists(QStringLiteral("Borealis Capital")));
    workbench->showAccount(first->account().id);
    EXPECT_TRUE(lists(QStringLiteral("Borealis Capital")));
    EXPECT_FALSE(lists(QStringLiteral("Kestrel Capital")));
}

TEST_F(WindowAccountsTest, SignInThatEndsAfterASwitchConnectsItsOwnAccountOnly)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    Workspace *const first = workbench->current();
    browser.person.clear();
    window->connectAccount();
    QPointer<ConnectDialog> dialog = window->findChild<ConnectDialog *>();
    ASSERT_TRUE(dialog);
    ASSERT_TRUE(waitUntil([&] { return browser.opened.size() == 1; }));
    // As when a second start of the program hands over a sale file meanwhile.
    workbench->addAccount(QStringLiteral("Second"));
    ASSERT_TRUE(dialog) << "the sign-in under way was withdrawn";
    browser.visitor.press(browser.opened.first(), QStringLiteral("authorize"));
    ASSERT_TRUE(waitUntil([&] { return first->entitiesState() == Workspace::Entities::Loaded; }));
    ASSERT_TRUE(waitUntil([&] { return !dialog; }));
    EXPECT_NE(workbench->current(), first);
    EXPECT_EQ(workbench->current()->session()->state(), Session::State::NotConnected);
    EXPECT_FALSE(lists(QStringLiteral("Borealis Capital")));
    EXPECT_TRUE(says(QStringLiteral("Not connected")));
}

TEST_F(WindowAccountsTest, ForgottenAccountsDialogGoesWithIt)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    browser.person.clear();
    window->connectAccount();
    ASSERT_TRUE(waitUntil([&] { return browser.opened.size() == 1; }));
    workbench->forgetAccount(workbench->current()->account().id);
    EXPECT_TRUE(waitUntil([&] { return !window->findChild<ConnectDialog *>(); }));
}

TEST_F(WindowAccountsTest, SaysThatTheSessionIsForNowOnly)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    store.locked = true;
    window->connectAccount();
    auto *dialog = window->findChild<ConnectDialog *>();
    ASSERT_TRUE(dialog);
    auto *sessionOnly = dialog->findChild<QPushButton *>(QStringLiteral("sessionOnly"));
    ASSERT_TRUE(waitUntil([&] { return sessionOnly->isVisible(); }));
    sessionOnly->click();
    ASSERT_TRUE(waitUntil(
        [&] { return workbench->current()->entitiesState() == Workspace::Entities::Loaded; }));
    EXPECT_TRUE(says(QStringLiteral("You are connected for this session only.")));
    EXPECT_TRUE(says(QStringLiteral("The keychain is locked.")));
    EXPECT_FALSE(says(QStringLiteral("Unlock it and try again.")));
}

TEST_F(WindowAccountsTest, KeychainThatCouldNotBeReadIsTriedAgainFromTheWindow)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    store.locked = true;
    ASSERT_NO_FATAL_FAILURE(begin());
    EXPECT_TRUE(says(QStringLiteral("The keychain is locked.")));
    QPushButton *again = buttonSaying(window.get(), QStringLiteral("Try again"));
    ASSERT_TRUE(again);
    again->click();
    ASSERT_TRUE(waitUntil([&] { return says(QStringLiteral("The keychain is locked.")); }))
        << "the same fault again isn't shown";
    store.locked = false;
    again = buttonSaying(window.get(), QStringLiteral("Try again"));
    ASSERT_TRUE(again);
    again->click();
    ASSERT_TRUE(waitUntil(
        [&] { return workbench->current()->entitiesState() == Workspace::Entities::Loaded; }));
    EXPECT_FALSE(says(QStringLiteral("The keychain is locked.")));
}

TEST_F(WindowAccountsTest, TokensThatTheKeychainKeptAreToldOfAndRemovedFromTheWindow)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    const Session *const session = workbench->current()->session();
    auto *banner = window->findChild<QWidget *>(QStringLiteral("sessionBanner"));
    ASSERT_TRUE(banner);
    auto *again = banner->findChild<QPushButton *>(QStringLiteral("bannerRetry"));
    ASSERT_TRUE(again);
    EXPECT_FALSE(banner->isVisible());
    store.locked = true;
    workbench->current()->disconnectAccount();
    ASSERT_TRUE(waitUntil([&] { return session->state() == Session::State::NotConnected; }));
    EXPECT_TRUE(banner->isVisible());
    ASSERT_TRUE(again->isVisible());
    EXPECT_TRUE(says(QStringLiteral("may still hold your sign-in")));
    store.locked = false;
    again->click();
    ASSERT_TRUE(waitUntil([&] { return !banner->isVisible(); }));
    EXPECT_EQ(session->state(), Session::State::NotConnected);
    EXPECT_FALSE(session->isRemovalDue());
}

TEST_F(WindowAccountsTest, RenamedAndForgottenByTheMenuAlsoWithoutASale)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    const Account account = workbench->current()->account();
    workbench->removeSale(world.sale.saleUuid);
    ASSERT_EQ(workbench->current(), nullptr);
    trigger("Rename account…");
    auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
    ASSERT_TRUE(dialog);
    dialog->findChild<QLineEdit *>()->setText(QStringLiteral("  Ada   L. "));
    dialog->accept();
    EXPECT_EQ(workbench->accounts(), (QList<Account>{{account.id, QStringLiteral("Ada L.")}}));
    trigger("Forget account…");
    dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
    ASSERT_TRUE(dialog);
    QPushButton *forget = buttonSaying(dialog, QStringLiteral("Forget"));
    ASSERT_TRUE(forget);
    forget->click();
    EXPECT_TRUE(workbench->accounts().isEmpty());
}

TEST_F(WindowAccountsTest, SaleIsEditedAndSavedAsASaleFileAgain)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    trigger("Edit sale…");
    QPointer<SaleEditor> editor = window->findChild<SaleEditor *>();
    ASSERT_TRUE(editor);
    for (auto *line : editor->findChildren<QLineEdit *>()) {
        if (line->accessibleName() == QLatin1String("Name"))
            line->setText(QStringLiteral("Renamed sale"));
    }
    editor->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
    EXPECT_TRUE(waitUntil([&] { return !editor; }));
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("Renamed sale"));

    const QString path = folder.filePath(QStringLiteral("again.sonarsale"));
    trigger("Save sale as…");
    auto *dialog = window->findChild<QFileDialog *>();
    ASSERT_TRUE(dialog);
    Q_EMIT dialog->fileSelected(path);
    const Result<Sale> read = readSaleFile(path);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, workbench->current()->sale());

    Q_EMIT dialog->fileSelected(folder.filePath(QStringLiteral("missing/again.sonarsale")));
    EXPECT_TRUE(says(QStringLiteral("can't be saved")));
    EXPECT_TRUE(says(QStringLiteral("missing/again.sonarsale")));
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("Renamed sale"));
    dialog->close();
}

TEST_F(WindowAccountsTest, EditThatWouldReplaceAnotherSaleAsksAndLosesNothing)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    Sale other = world.sale;
    other.name = QStringLiteral("Other");
    other.saleUuid = QStringLiteral("6b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
    other.fileText.clear();
    ASSERT_TRUE(workbench->addSale(other, false));
    trigger("Edit sale…");
    QPointer<SaleEditor> editor = window->findChild<SaleEditor *>();
    ASSERT_TRUE(editor);
    for (auto *line : editor->findChildren<QLineEdit *>()) {
        if (line->accessibleName() == QLatin1String("Sale UUID"))
            line->setText(world.sale.saleUuid);
    }
    auto *save = editor->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save);
    save->click();
    auto *question = editor->findChild<QDialog *>(QStringLiteral("question"));
    ASSERT_TRUE(question);
    question->reject();
    ASSERT_TRUE(editor && editor->isVisible());
    EXPECT_EQ(workbench->sales().size(), 2);
    ASSERT_TRUE(
        waitUntil([&] { return !editor->findChild<QDialog *>(QStringLiteral("question")); }));

    save->click();
    question = editor->findChild<QDialog *>(QStringLiteral("question"));
    ASSERT_TRUE(question);
    QPushButton *replace = buttonSaying(question, QStringLiteral("Replace"));
    ASSERT_TRUE(replace);
    replace->click();
    EXPECT_TRUE(waitUntil([&] { return !editor; }));
    ASSERT_EQ(workbench->sales().size(), 1);
    EXPECT_EQ(workbench->sales().first().name, QStringLiteral("Other"));
    EXPECT_EQ(workbench->sales().first().saleUuid, world.sale.saleUuid);
}

#include "accounts_test.moc"

TEST_F(WindowAccountsTest, SaleIsSavedWithoutTheRpcServersAddressUnlessWanted)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    Sale sale = world.sale;
    sale.chain = Chain();
    sale.chain->type = ChainType::Evm;
    sale.chain->chainId = 84532;
    sale.chain->rpcUrl = QUrl(QStringLiteral("https://rpc.example.test/v2/abc-secret-key"));
    sale.fileText.clear();
    ASSERT_TRUE(workbench->addSale(*parseSaleFile(toSaleFile(sale)), true));
    for (const char *choice : {"yes", "other"}) {
        SCOPED_TRACE(choice);
        const bool with = !qstrcmp(choice, "other");
        trigger("Save sale as…");
        QPointer<QDialog> question = window->findChild<QDialog *>(QStringLiteral("question"));
        ASSERT_TRUE(question);
        for (const QLabel *label : question->findChildren<QLabel *>())
            EXPECT_FALSE(label->text().contains(QStringLiteral("abc-secret-key")));
        question->findChild<QPushButton *>(QLatin1String(choice))->click();
        ASSERT_TRUE(waitUntil([&] { return !question; }));
        QPointer<QFileDialog> dialog = window->findChild<QFileDialog *>();
        ASSERT_TRUE(dialog);
        const QString path = folder.filePath(QLatin1String(choice));
        Q_EMIT dialog->fileSelected(path);
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        EXPECT_EQ(file.readAll().contains("abc-secret-key"), with);
        EXPECT_EQ(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), 0)
            << "others on this computer can read it";
        EXPECT_TRUE(says(QStringLiteral("Saved to")));
        dialog->close();
        ASSERT_TRUE(waitUntil([&] { return !dialog; }));
    }
}
