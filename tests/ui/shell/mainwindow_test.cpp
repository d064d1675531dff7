// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/memorytokenstore.h"
#include "app/config/salefile.h"
#include "app/sandbox/sandboxvisitor.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "tests/support/waiting.h"
#include "ui/connect/connectdialog.h"
#include "ui/entities/entitiespage.h"
#include "ui/permits/addpairsdialog.h"
#include "ui/permits/permitspage.h"
#include "ui/shell/mainpages.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/sandboxband.h"
#include "ui/shell/sidebar.h"
#include "ui/style/errorbanner.h"
#include "ui/welcome/welcomepage.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDesktopServices>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::waitUntil;

namespace {

constexpr char exampleFile[] = R"({
    "name": "%1",
    "saleUUID": "5b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10",
    "clientUUID": "0d1f7f0a-31f2-4f7e-8e4b-6f2f0a1b2c3d",
    "redirectURI": "http://localhost:3000/oauth/callback" })";

} // namespace

/// What the desktop opens addresses with: somebody who allows access on the sandbox's page.
class Visitor : public QObject
{
    Q_OBJECT
public:
    Visitor() { QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "open"); }
    ~Visitor() override { QDesktopServices::unsetUrlHandler(QStringLiteral("http")); }

public Q_SLOTS:
    void open(const QUrl &url) { m_visitor.press(url, QStringLiteral("authorize")); }

private:
    SandboxVisitor m_visitor;
};

namespace {

class MainWindowTest : public ::testing::Test
{
protected:
    void begin(const std::function<void(Workbench::Options &)> &change = {})
    {
        Workbench::Options options;
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        if (change)
            change(options);
        window.reset();
        workbench = std::make_unique<Workbench>(options, &store);
        window = std::make_unique<MainWindow>(workbench.get());
        QSignalSpy painted(window.get(), &MainWindow::painted);
        QObject::connect(window.get(), &MainWindow::painted, workbench.get(), &Workbench::start);
        window->show();
        ASSERT_TRUE(waitUntil([&] { return painted.size() == 1; }));
    }

    void connectToTheSandbox()
    {
        begin([](Workbench::Options &options) { options.sandbox = true; });
        ASSERT_TRUE(waitUntil([&] { return action("Connect")->isVisible(); }));
        action("Connect")->trigger();
        ASSERT_TRUE(waitUntil(
            [&] { return workbench->current()->entitiesState() == Workspace::Entities::Loaded; }));
        // The dialog closes itself.
        ASSERT_TRUE(waitUntil([&] { return !window->findChild<ConnectDialog *>(); }));
    }

    QString saleFile(const QString &name, const QString &text)
    {
        const QString path = folder.filePath(name);
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
        return path;
    }

    void drop(const QString &path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(window.get(), &enter);
        ASSERT_TRUE(enter.isAccepted());
        QDropEvent dropped(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(window.get(), &dropped);
    }

    QAction *action(const char *text) const
    {
        for (QAction *each : window->findChildren<QAction *>()) {
            if (each->text().remove(QLatin1Char('&')) == QString::fromUtf8(text))
                return each;
        }
        ADD_FAILURE() << "no action " << text;
        return new QAction(window.get()); // so that what follows fails, too, and goes on
    }

    bool says(const QString &text) const
    {
        for (const QLabel *label : window->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }

    QDialog *question() const
    {
        for (auto *box : window->findChildren<QDialog *>(QStringLiteral("question"))) {
            if (box->isVisible())
                return box;
        }
        return nullptr;
    }

    void answer(const char *text)
    {
        ASSERT_TRUE(question());
        for (auto *button : question()->findChildren<QPushButton *>()) {
            if (button->text().remove(QLatin1Char('&')) == QLatin1String(text)) {
                button->click();
                return;
            }
        }
        FAIL() << "no answer " << text;
    }

    QTemporaryDir folder;
    MemoryTokenStore store;
    Visitor visitor;
    std::unique_ptr<Workbench> workbench;
    std::unique_ptr<MainWindow> window;
};

} // namespace

TEST_F(MainWindowTest, FirstStartWelcomes)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    ASSERT_TRUE(waitUntil([&] { return says(QStringLiteral("Welcome to Sonar Desktop")); }));
    EXPECT_EQ(workbench->current(), nullptr);
}

TEST_F(MainWindowTest, DroppedSaleIsShownAndRemembered)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    drop(saleFile(QStringLiteral("one.sonarsale"),
                  QLatin1String(exampleFile).arg(QStringLiteral("One sale"))));
    ASSERT_NE(workbench->current(), nullptr);
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("One sale"));
    EXPECT_TRUE(window->windowTitle().contains(QStringLiteral("One sale")));

    ASSERT_NO_FATAL_FAILURE(begin());
    ASSERT_NE(workbench->current(), nullptr);
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("One sale"));
}

TEST_F(MainWindowTest, MalformedSaleFileIsExplainedWithFieldAndLine)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    QString text = QLatin1String(exampleFile).arg(QStringLiteral("One sale"));
    text.replace(QLatin1String("5b6c1e0e-8d0f"), QLatin1String("5b6c1e0e"));
    const QString broken = saleFile(QStringLiteral("broken.sonarsale"), text);
    drop(broken);
    EXPECT_TRUE(says(QStringLiteral("saleUUID")));
    EXPECT_TRUE(says(QStringLiteral("3"))) << "the line isn't named";
    EXPECT_EQ(workbench->current(), nullptr);

    // A good one takes the message away; a bad one after that leaves it where it was.
    drop(saleFile(QStringLiteral("one.sonarsale"),
                  QLatin1String(exampleFile).arg(QStringLiteral("One sale"))));
    EXPECT_FALSE(says(QStringLiteral("saleUUID")));
    drop(broken);
    EXPECT_TRUE(says(QStringLiteral("saleUUID")));
    ASSERT_NE(workbench->current(), nullptr);
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("One sale"));
}

TEST_F(MainWindowTest, MalformedSaleOfTheCommandLineIsShownOverTheRememberedOne)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    drop(saleFile(QStringLiteral("one.sonarsale"),
                  QLatin1String(exampleFile).arg(QStringLiteral("One sale"))));
    const QString broken =
        saleFile(QStringLiteral("broken.sonarsale"), QStringLiteral("{ \"name\""));
    ASSERT_NO_FATAL_FAILURE(begin([&](Workbench::Options &options) { options.saleFile = broken; }));
    ASSERT_NE(workbench->current(), nullptr);
    EXPECT_TRUE(says(QStringLiteral("not valid JSON")));
}

TEST_F(MainWindowTest, SecondSaleOfTheSameUuidAsksWhetherToReplace)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    drop(saleFile(QStringLiteral("one.sonarsale"),
                  QLatin1String(exampleFile).arg(QStringLiteral("One sale"))));
    const QString other = saleFile(QStringLiteral("other.sonarsale"),
                                   QLatin1String(exampleFile).arg(QStringLiteral("<b>Other</b>")));
    drop(other);
    ASSERT_TRUE(question());
    for (const QLabel *label : question()->findChildren<QLabel *>())
        EXPECT_EQ(label->textFormat(), Qt::PlainText) << qPrintable(label->text());
    answer("Cancel");
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("One sale"));

    ASSERT_TRUE(waitUntil([&] { return !question(); }));
    drop(other);
    answer("Replace");
    ASSERT_NE(workbench->current(), nullptr);
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("<b>Other</b>"));
    EXPECT_EQ(workbench->sales().size(), 1);
}

TEST_F(MainWindowTest, OneQuestionAtATimeSaysWhatReplacingChanges)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    const QString text = QLatin1String(exampleFile).arg(QStringLiteral("One sale"));
    drop(saleFile(QStringLiteral("one.sonarsale"), text));
    const auto with = [&](const char *name, const QByteArray &members) {
        QString changed = text;
        changed.replace(QLatin1Char('}'), QStringLiteral(", %1 }").arg(QString::fromUtf8(members)));
        return saleFile(QLatin1String(name), changed);
    };
    const auto questions = [&] {
        int open = 0;
        for (auto *box : window->findChildren<QDialog *>(QStringLiteral("question")))
            open += box->isVisible() ? 1 : 0;
        return open;
    };
    const QString other = with("other.sonarsale",
                               R"("apiURL": "https://api.example.org",
                "permitSigner": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8")");
    window->openSaleFile(other);
    QPointer<QDialog> first = question();
    window->openSaleFile(other);
    EXPECT_EQ(questions(), 1);
    EXPECT_EQ(question(), first) << "the same is asked anew";
    EXPECT_TRUE(says(QStringLiteral("Replace “One sale” with a different version of it?")));
    EXPECT_TRUE(says(QStringLiteral("differs in: API URL, permit signer.")));

    const QString chain = QStringLiteral(R"("chain": { "type": "evm", "chainId": %1 })");
    window->openSaleFile(with("chain.sonarsale", chain.arg(1).toUtf8()));
    EXPECT_EQ(questions(), 1);
    EXPECT_TRUE(says(QStringLiteral("differs in: chain.")));
    answer("Replace");
    EXPECT_EQ(workbench->sales().constFirst().apiUrl.host(), QStringLiteral("api.echo.xyz"));
    EXPECT_TRUE(workbench->sales().constFirst().chain);

    window->openSaleFile(with("chain.sonarsale", chain.arg(2).toUtf8()));
    EXPECT_TRUE(says(QStringLiteral("differs in: chain ID.")));
    window->openSaleFile(with("chain.sonarsale", "\n" + chain.arg(1).toUtf8()));
    EXPECT_TRUE(says(QStringLiteral("contain the same values")));
    EXPECT_EQ(questions(), 1);
}

TEST_F(MainWindowTest, AnotherStartOpensTheSandboxUnlessItsSaleFileCanBeShown)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    const QString good = saleFile(QStringLiteral("one.sonarsale"),
                                  QLatin1String(exampleFile).arg(QStringLiteral("One sale")));
    window->open(good, true);
    ASSERT_NE(workbench->current(), nullptr);
    EXPECT_EQ(workbench->current()->sale().name, QStringLiteral("One sale"));
    EXPECT_FALSE(workbench->isSandboxStarting());
    window->open({}, false);
    EXPECT_FALSE(workbench->isSandboxStarting());
    window->open({}, true);
    EXPECT_TRUE(waitUntil([&] { return workbench->current()->sale().isSandbox(); }));

    window->open(good, false);
    EXPECT_FALSE(workbench->current()->sale().isSandbox());
    window->open(folder.filePath(QStringLiteral("nowhere.sonarsale")), true);
    EXPECT_TRUE(workbench->current()->sale().isSandbox());
}

TEST_F(MainWindowTest, FilesOfOtherKindsAreNotTaken)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/picture.png"))});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    enter.ignore();
    QApplication::sendEvent(window.get(), &enter);
    EXPECT_FALSE(enter.isAccepted());
}

TEST_F(MainWindowTest, ConnectsToTheSandboxAndMarksIt)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    EXPECT_TRUE(window->findChild<SandboxBand *>()->isVisible());
    EXPECT_TRUE(window->windowTitle().contains(QStringLiteral("sandbox")));
    EXPECT_TRUE(says(QStringLiteral("(sandbox)"))) << "the status bar names the host";
    EXPECT_TRUE(waitUntil([&] { return says(QStringLiteral("Session renews")); }));
    EXPECT_TRUE(action("Disconnect")->isVisible());
    EXPECT_FALSE(action("Connect")->isVisible());
    EXPECT_FALSE(workbench->current()->entities().isEmpty());
}

TEST_F(MainWindowTest, DisconnectAsksFirst)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    action("Disconnect")->trigger();
    answer("Cancel");
    EXPECT_EQ(workbench->current()->session()->state(), Session::State::Connected);
    ASSERT_TRUE(waitUntil([&] { return !question(); }));
    action("Disconnect")->trigger();
    answer("Disconnect");
    EXPECT_TRUE(waitUntil(
        [&] { return workbench->current()->session()->state() == Session::State::NotConnected; }));
    EXPECT_TRUE(workbench->current()->entities().isEmpty());
    EXPECT_TRUE(action("Connect")->isVisible());
}

TEST_F(MainWindowTest, ShortcutsChangeThePageAndRefresh)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    QTest::keyClick(window.get(), Qt::Key_2, Qt::ControlModifier);
    EXPECT_TRUE(window->pages()->permits()->isVisible());
    QTest::keyClick(window.get(), Qt::Key_1, Qt::ControlModifier);
    EXPECT_TRUE(window->pages()->entities()->isVisible());

    for (const auto &[key, modifier] :
         {std::pair(Qt::Key_F5, Qt::NoModifier), std::pair(Qt::Key_R, Qt::ControlModifier)}) {
        ASSERT_TRUE(waitUntil([&] { return !workbench->current()->isRefreshing(); }));
        QTest::keyClick(window.get(), key, modifier);
        EXPECT_TRUE(workbench->current()->isRefreshing());
    }
}

TEST_F(MainWindowTest, AccountsAreAddedAndSwitchedByTheMenu)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    const QString first = workbench->current()->account().id;
    action("Add account…")->trigger();
    auto *dialog = window->findChild<QDialog *>();
    ASSERT_TRUE(dialog);
    auto *field = dialog->findChild<QLineEdit *>();
    ASSERT_TRUE(field);
    QTest::keyClicks(field, QStringLiteral("Second & last"));
    QTest::keyClick(field, Qt::Key_Return);
    ASSERT_TRUE(waitUntil([&] { return workbench->accounts().size() == 2; }));
    EXPECT_NE(workbench->current()->account().id, first);
    EXPECT_TRUE(waitUntil([&] { return action("Connect")->isVisible(); }))
        << "one account's session shows under another's name";
    action(qPrintable(workbench->accounts().constFirst().name))->trigger();
    EXPECT_EQ(workbench->current()->account().id, first);
    EXPECT_TRUE(action("Disconnect")->isVisible());
}

TEST_F(MainWindowTest, PermitsThatLiveAreCountedAndCanBeExported)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    EXPECT_FALSE(action("Export…")->isEnabled());
    EXPECT_FALSE(says(QStringLiteral("permits issued")));
    PermitDesk *desk = workbench->current()->permits();
    const QList<Entity> entities = workbench->current()->entities();
    const auto eligible = std::find_if(entities.cbegin(), entities.cend(), [](const Entity &one) {
        return one.label == QLatin1String("Borealis Capital");
    });
    ASSERT_NE(eligible, entities.cend());
    const int row =
        desk->add(*eligible, QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), {});
    desk->request({row});
    EXPECT_TRUE(waitUntil([&] { return says(QStringLiteral("1 permits issued")); }));
    EXPECT_TRUE(action("Export…")->isEnabled());
    desk->remove({row});
    EXPECT_TRUE(waitUntil([&] { return !says(QStringLiteral("permits issued")); }));
    EXPECT_FALSE(action("Export…")->isEnabled());
}

TEST_F(MainWindowTest, EverythingToActOnHasAName)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    for (const Page page : {Page::Entities, Page::Permits}) {
        window->showPage(page);
        for (const QWidget *widget : window->findChildren<QWidget *>()) {
            const bool acts = qobject_cast<const QAbstractButton *>(widget) ||
                              qobject_cast<const QLineEdit *>(widget) ||
                              qobject_cast<const QComboBox *>(widget);
            if (!acts || !widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
                continue;
            QAccessibleInterface *face =
                QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            ASSERT_TRUE(face);
            EXPECT_FALSE(face->text(QAccessible::Name).isEmpty())
                << widget->metaObject()->className() << ' ' << qPrintable(widget->objectName());
        }
        for (const QLabel *label : window->findChildren<QLabel *>())
            EXPECT_TRUE(label->textFormat() == Qt::PlainText || label->text().isEmpty() ||
                        !Qt::mightBeRichText(label->text()))
                << qPrintable(label->text());
    }
}

TEST_F(MainWindowTest, TabReachesTheAccountTheSalesAndThePages)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    QStringList reached;
    QWidget *const first = window->nextInFocusChain();
    QWidget *widget = first;
    do {
        if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus))
            reached << widget->accessibleName();
        widget = widget->nextInFocusChain();
    } while (widget != first);
    const auto placeOf = [&](const QString &start) {
        for (qsizetype i = 0; i < reached.size(); ++i) {
            if (reached.at(i).startsWith(start))
                return i;
        }
        return qsizetype(-1);
    };
    const qsizetype account = placeOf(QStringLiteral("Account: "));
    const qsizetype sale = placeOf(workbench->current()->sale().name);
    const qsizetype add = placeOf(QStringLiteral("Add a sale"));
    const qsizetype entities = placeOf(QStringLiteral("Entities"));
    EXPECT_GE(account, 0) << qPrintable(reached.join(QLatin1Char('|')));
    EXPECT_LT(account, sale) << qPrintable(reached.join(QLatin1Char('|')));
    EXPECT_LT(sale, add) << qPrintable(reached.join(QLatin1Char('|')));
    EXPECT_LT(add, entities) << qPrintable(reached.join(QLatin1Char('|')));
}

TEST_F(MainWindowTest, SizeAndAppearanceAreRemembered)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    // No larger than the offscreen platform's screen, or newer Qt makes it fit.
    const QSize size = window->minimumSizeHint().expandedTo({790, 590});
    window->resize(size);
    action("Dark")->trigger();
    window->close();
    ASSERT_NO_FATAL_FAILURE(begin());
    EXPECT_EQ(window->size(), size);
    EXPECT_TRUE(action("Dark")->isChecked());
    action("Use system setting")->trigger();
}

#include "mainwindow_test.moc"

TEST_F(MainWindowTest, QuitAsksOnceWhenUnexportedPermitsWouldBeLost)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    PermitDesk *desk = workbench->current()->permits();
    const auto question = [&]() -> QDialog * {
        for (auto *dialog : window->findChildren<QDialog *>(QStringLiteral("question"))) {
            if (dialog->isVisible())
                return dialog;
        }
        return nullptr;
    };
    desk->request({desk->add(workbench->current()->entities().constFirst(),
                             QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), {})});
    ASSERT_TRUE(waitUntil([&] { return desk->running() == 0; }));
    ASSERT_EQ(desk->unexportedCount(), 1);

    window->close();
    EXPECT_TRUE(window->isVisible());
    ASSERT_TRUE(question());
    EXPECT_TRUE(question()->findChild<QLabel *>());
    window->close();
    EXPECT_EQ(window->findChildren<QDialog *>(QStringLiteral("question")).size(), 1);
    question()->reject();
    EXPECT_TRUE(window->isVisible()) << "cancelled, and ended all the same";

    // What is exported isn't lost.
    desk->markExported({0});
    window->close();
    EXPECT_FALSE(window->isVisible());
}

TEST_F(MainWindowTest, ForgettingAndRemovingSayHowManyPermitsAreLost)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    PermitDesk *desk = workbench->current()->permits();
    const auto consequence = [&](const char *name) {
        action(name)->trigger();
        QString all;
        for (auto *dialog : window->findChildren<QDialog *>(QStringLiteral("question"))) {
            if (!dialog->isVisible())
                continue;
            for (const QLabel *label : dialog->findChildren<QLabel *>())
                all += label->text();
            dialog->reject();
        }
        return all;
    };
    for (const char *name : {"Disconnect", "Forget account…"})
        EXPECT_FALSE(consequence(name).contains(QStringLiteral("exported"))) << name;
    desk->request({desk->add(workbench->current()->entities().constFirst(),
                             QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), {})});
    ASSERT_TRUE(waitUntil([&] { return desk->running() == 0; }));
    for (const char *name : {"Disconnect", "Forget account…"})
        EXPECT_TRUE(consequence(name).contains(QStringLiteral("exported"))) << name;
}

TEST_F(MainWindowTest, PageShortcutsWorkFromTheSidebar)
{
    ASSERT_NO_FATAL_FAILURE(connectToTheSandbox());
    window->activateWindow();
    ASSERT_TRUE(waitUntil([this] { return window->isActiveWindow(); }));
    for (const Page page : {Page::Entities, Page::Permits}) {
        window->showPage(page);
        if (page == Page::Permits)
            window->pages()->permits()->addPairs(
                {workbench->current()->entities().constFirst()},
                QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), PermitAction::None);
        auto *inSidebar = window->findChild<Sidebar *>()->findChild<QPushButton *>();
        ASSERT_TRUE(inSidebar);
        inSidebar->setFocus();
        QTest::keySequence(window.get(), QKeySequence::Find);
        EXPECT_TRUE(qobject_cast<QLineEdit *>(window->focusWidget())) << "Ctrl+F is dead";
    }
    window->findChild<Sidebar *>()->findChild<QPushButton *>()->setFocus();
    QTest::keySequence(window.get(), QKeySequence::New);
    EXPECT_TRUE(window->findChild<AddPairsDialog *>()) << "Ctrl+N is dead";
}
