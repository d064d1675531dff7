// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workspace/world.h"
#include "ui/connect/connectdialog.h"
#include "ui/connect/steprow.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>
#include <QTest>
#include <QUrlQuery>

using namespace sonar;
using sonar::test::waitUntil;
using sonar::test::World;

namespace {

/// A keychain that takes nothing.
class BrokenStore final : public TokenStore
{
public:
    static Error fault()
    {
        return {ErrorKind::Keychain, QStringLiteral("The keychain is locked."),
                QStringLiteral("Unlock it and try again."), QStringLiteral("test"), 0};
    }
    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey) override
    {
        co_return std::optional<TokenSet>();
    }
    QCoro::Task<Result<void>> save(TokenKey, TokenSet) override
    {
        if (works)
            co_return Result<void>();
        co_return failure(fault());
    }
    QCoro::Task<Result<void>> remove(TokenKey) override { co_return failure(fault()); }

    bool works = false;
};

} // namespace

/// What the desktop opens addresses with; outside the fixture because moc knows no fixtures.
class Browser : public QObject
{
    Q_OBJECT
public:
    Browser() { QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "open"); }
    ~Browser() override { QDesktopServices::unsetUrlHandler(QStringLiteral("http")); }

    QList<QUrl> opened;
    std::function<void(const QUrl &)> act;

public Q_SLOTS:
    void open(const QUrl &url)
    {
        opened << url;
        if (act)
            act(url);
    }
};

namespace {

class ConnectDialogTest : public ::testing::Test
{
protected:
    void begin(std::unique_ptr<Workspace> made)
    {
        workspace = std::move(made);
        workspace->open();
        ASSERT_TRUE(waitUntil(
            [&] { return workspace->session()->state() == Session::State::NotConnected; }));
        dialog = std::make_unique<ConnectDialog>(workspace.get());
        dialog->open();
        dialog->start();
    }

    void pressOnThePage(const QString &button)
    {
        browser.act = [this, button](const QUrl &url) { world.visitor.press(url, button); };
    }

    QPushButton *button(const char *name) const
    {
        return dialog->findChild<QPushButton *>(QLatin1String(name));
    }
    bool offers(const char *name) const { return button(name)->isVisible(); }
    QString text(const char *name) const
    {
        const auto *label = dialog->findChild<QLabel *>(QLatin1String(name));
        return label->isVisible() ? label->text() : QString();
    }
    QList<StepRow::State> steps() const
    {
        QList<StepRow::State> states;
        for (const StepRow *row : dialog->findChildren<StepRow *>())
            states << row->state();
        return states;
    }

    World world;
    Browser browser;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<ConnectDialog> dialog;
};

using State = StepRow::State;

} // namespace

TEST_F(ConnectDialogTest, WaitsForTheBrowserWithTheTimeLeft)
{
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("openAgain"); }));
    EXPECT_EQ(browser.opened.size(), 1);
    EXPECT_EQ(steps(), (QList<State>{State::Done, State::Active, State::Pending, State::Pending}));
    EXPECT_TRUE(offers("copyLink"));
    EXPECT_TRUE(offers("close"));
    EXPECT_TRUE(text("timeLeft").contains(QLatin1String("9:")) ||
                text("timeLeft").contains(QLatin1String("10:00")))
        << qPrintable(text("timeLeft"));
    const QString first = text("timeLeft");
    EXPECT_TRUE(waitUntil([&] { return text("timeLeft") != first; })) << "the countdown stands";

    QTest::mouseClick(button("openAgain"), Qt::LeftButton);
    EXPECT_EQ(browser.opened.size(), 2);
    EXPECT_EQ(browser.opened.at(0), browser.opened.at(1));
}

TEST_F(ConnectDialogTest, ConnectsAndClosesItself)
{
    pressOnThePage(QStringLiteral("authorize"));
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] {
        return steps() == QList<State>({State::Done, State::Done, State::Done, State::Done});
    }));
    EXPECT_EQ(workspace->session()->state(), Session::State::Connected);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_TRUE(waitUntil([&] { return !dialog->isVisible(); }));
    EXPECT_EQ(dialog->result(), QDialog::Accepted);
}

TEST_F(ConnectDialogTest, RefusalOnThePageIsExplainedAndCanBeTriedAgain)
{
    pressOnThePage(QStringLiteral("deny"));
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("tryAgain"); }));
    EXPECT_FALSE(text("problemSummary").isEmpty());
    EXPECT_TRUE(steps().contains(State::Failed));
    EXPECT_TRUE(button("tryAgain")->isDefault());

    pressOnThePage(QStringLiteral("authorize"));
    QTest::mouseClick(button("tryAgain"), Qt::LeftButton);
    EXPECT_TRUE(
        waitUntil([&] { return workspace->session()->state() == Session::State::Connected; }));
    EXPECT_TRUE(text("problemSummary").isEmpty());
}

TEST_F(ConnectDialogTest, EscapeWithdrawsTheSignIn)
{
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("openAgain"); }));
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    EXPECT_FALSE(dialog->isVisible());
    EXPECT_TRUE(waitUntil([&] { return workspace->signIn() == nullptr; }));
    EXPECT_EQ(workspace->session()->state(), Session::State::NotConnected);
}

TEST_F(ConnectDialogTest, ForeignCallbackIsAWarningAndTheSignInGoesOn)
{
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("openAgain"); }));
    QUrl callback(world.sale.redirectUris.constFirst());
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("code"), QStringLiteral("injected"));
    query.addQueryItem(QStringLiteral("state"), QStringLiteral("foreign"));
    callback.setQuery(query);
    QNetworkAccessManager network;
    std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(callback)));
    ASSERT_TRUE(waitUntil([&] { return !text("warningText").isEmpty(); }));
    EXPECT_TRUE(offers("openAgain"));
    EXPECT_FALSE(text("warningText").contains(QLatin1String("injected")));

    world.visitor.press(browser.opened.constFirst(), QStringLiteral("authorize"));
    EXPECT_TRUE(
        waitUntil([&] { return workspace->session()->state() == Session::State::Connected; }));
}

TEST_F(ConnectDialogTest, ErrorWithoutAStateIsAWarningThatOffersToStartOver)
{
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("openAgain"); }));
    EXPECT_FALSE(offers("tryAgain"));
    QUrl callback(world.sale.redirectUris.constFirst());
    callback.setQuery(QStringLiteral("error=access_denied"));
    QNetworkAccessManager network;
    std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(callback)));
    ASSERT_TRUE(waitUntil([&] { return offers("tryAgain"); }));
    EXPECT_TRUE(text("warningText").contains(QLatin1String("access_denied")));
    EXPECT_TRUE(offers("openAgain")) << "it may have been anybody";
    EXPECT_TRUE(button("openAgain")->isDefault());

    QTest::mouseClick(button("tryAgain"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return browser.opened.size() == 2; }));
    EXPECT_NE(browser.opened.at(0), browser.opened.at(1));
    EXPECT_TRUE(text("warningText").isEmpty());
    EXPECT_FALSE(offers("tryAgain"));
    EXPECT_TRUE(dialog->isVisible());
    world.visitor.press(browser.opened.at(1), QStringLiteral("authorize"));
    EXPECT_TRUE(
        waitUntil([&] { return workspace->session()->state() == Session::State::Connected; }));
}

TEST_F(ConnectDialogTest, LinkReachesTheClipboardOnlyByAClick)
{
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("copyLink"); }));
    EXPECT_EQ(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
    QTest::mouseClick(button("copyLink"), Qt::LeftButton);
    const QUrl link(QGuiApplication::clipboard()->text());
    EXPECT_EQ(link, browser.opened.constFirst());
    EXPECT_TRUE(QUrlQuery(link).hasQueryItem(QStringLiteral("state")));
}

TEST_F(ConnectDialogTest, BrowserThatCannotBeOpenedMakesTheLinkTheWayOn)
{
    QDesktopServices::unsetUrlHandler(QStringLiteral("http")); // offscreen can't open anything
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("copyLink"); }));
    EXPECT_TRUE(button("copyLink")->isDefault());
    EXPECT_TRUE(dialog->findChildren<StepRow *>().at(1)->accessibleDescription().contains(
        QLatin1String("could not be opened")));
}

TEST_F(ConnectDialogTest, FailedExchangeIsMarkedAtItsOwnStep)
{
    world.sale.apiUrl = QUrl(QStringLiteral("http://127.0.0.1:1")); // nobody there
    pressOnThePage(QStringLiteral("authorize"));
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("tryAgain"); }));
    EXPECT_EQ(steps(), (QList<State>{State::Done, State::Done, State::Failed, State::Pending}));
    EXPECT_FALSE(text("problemSummary").isEmpty());
}

TEST_F(ConnectDialogTest, KeychainFaultIsMarkedAtTheStepThatStores)
{
    BrokenStore broken;
    auto session = std::make_shared<Session>(
        TokenKey{QStringLiteral("ada"), world.sale.serviceId()}, world.sale.apiUrl, &broken);
    pressOnThePage(QStringLiteral("authorize"));
    ASSERT_NO_FATAL_FAILURE(begin(
        std::make_unique<Workspace>(Account{QStringLiteral("ada"), QStringLiteral("Ada")},
                                    world.sale, session, &world.preferences, &systemClock())));
    ASSERT_TRUE(waitUntil([&] { return offers("sessionOnly"); }));
    EXPECT_EQ(steps(), (QList<State>{State::Done, State::Done, State::Done, State::Failed}));
    dialog.reset();
    workspace.reset();
}

TEST_F(ConnectDialogTest, BrowserThatComesByHttpsIsExplainedWithTheLinkAsTheWayOn)
{
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("openAgain"); }));
    EXPECT_FALSE(offers("copyDetails"));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost,
                         quint16(QUrl(world.sale.redirectUris.constFirst()).port()));
    socket.write(QByteArray::fromHex("16030100dc010000d80303"));
    ASSERT_TRUE(waitUntil([&] { return !text("warningText").isEmpty(); }));
    EXPECT_TRUE(text("warningText").contains(QLatin1String("https://")));
    EXPECT_TRUE(button("copyLink")->isDefault());
    ASSERT_TRUE(offers("copyDetails"));
    QTest::mouseClick(button("copyDetails"), Qt::LeftButton);
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QLatin1String("https")));
    ASSERT_TRUE(waitUntil([&] { return socket.state() == QAbstractSocket::UnconnectedState; }));

    world.visitor.press(browser.opened.constFirst(), QStringLiteral("authorize"));
    EXPECT_TRUE(
        waitUntil([&] { return workspace->session()->state() == Session::State::Connected; }));
}

TEST_F(ConnectDialogTest, TakenPortIsNamed)
{
    QTcpServer taken;
    ASSERT_TRUE(taken.listen(QHostAddress::LocalHost,
                             quint16(QUrl(world.sale.redirectUris.constFirst()).port())));
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("tryAgain"); }));
    const QString said = text("problemSummary") + text("problemAdvice");
    EXPECT_TRUE(said.contains(QString::number(taken.serverPort()))) << qPrintable(said);
    EXPECT_TRUE(browser.opened.isEmpty());
}

TEST_F(ConnectDialogTest, KeychainFaultOffersThisSessionOnly)
{
    BrokenStore broken;
    auto session = std::make_shared<Session>(
        TokenKey{QStringLiteral("ada"), world.sale.serviceId()}, world.sale.apiUrl, &broken);
    pressOnThePage(QStringLiteral("authorize"));
    ASSERT_NO_FATAL_FAILURE(begin(
        std::make_unique<Workspace>(Account{QStringLiteral("ada"), QStringLiteral("Ada")},
                                    world.sale, session, &world.preferences, &systemClock())));
    ASSERT_TRUE(waitUntil([&] { return offers("sessionOnly"); }));
    EXPECT_EQ(text("problemSummary"), BrokenStore::fault().summary);
    EXPECT_EQ(session->state(), Session::State::NotConnected);

    QTest::mouseClick(button("sessionOnly"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return session->state() == Session::State::Connected; }));
    EXPECT_TRUE(session->isSessionOnly());
    EXPECT_TRUE(waitUntil([&] { return !dialog->isVisible(); }));
    dialog.reset();
    workspace.reset();
}

TEST_F(ConnectDialogTest, KeychainFaultCanBeMendedWithoutSigningInAgain)
{
    BrokenStore broken;
    auto session = std::make_shared<Session>(
        TokenKey{QStringLiteral("ada"), world.sale.serviceId()}, world.sale.apiUrl, &broken);
    pressOnThePage(QStringLiteral("authorize"));
    ASSERT_NO_FATAL_FAILURE(begin(
        std::make_unique<Workspace>(Account{QStringLiteral("ada"), QStringLiteral("Ada")},
                                    world.sale, session, &world.preferences, &systemClock())));
    ASSERT_TRUE(waitUntil([&] { return offers("sessionOnly"); }));
    ASSERT_TRUE(offers("tryAgain"));
    ASSERT_TRUE(offers("copyDetails"));
    QTest::mouseClick(button("tryAgain"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return offers("sessionOnly"); })) << "still broken";
    broken.works = true;
    QTest::mouseClick(button("tryAgain"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return session->state() == Session::State::Connected; }));
    EXPECT_FALSE(session->isSessionOnly());
    EXPECT_EQ(browser.opened.size(), 1) << "the browser was asked again";
    dialog.reset();
    workspace.reset();
}

TEST_F(ConnectDialogTest, SaysWhichAccountItIsFor)
{
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace(QStringLiteral("Ada <b>& co</b>"))));
    bool said = false;
    for (const QLabel *label : dialog->findChildren<QLabel *>())
        said = said || label->text().contains(QLatin1String("Ada <b>& co</b>"));
    EXPECT_TRUE(said);
}

TEST_F(ConnectDialogTest, SaysThatItIsTheSandbox)
{
    world.sale.embeddedSandbox = true;
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    bool said = false;
    for (const QLabel *label : dialog->findChildren<QLabel *>()) {
        EXPECT_EQ(label->textFormat(), Qt::PlainText) << qPrintable(label->text());
        said = said || label->text().contains(QLatin1String("no real money"));
    }
    EXPECT_TRUE(said);
}

TEST_F(ConnectDialogTest, StepsTellScreenReadersWhereTheyStand)
{
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("openAgain"); }));
    QStringList names;
    for (const StepRow *row : dialog->findChildren<StepRow *>())
        names << row->accessibleName();
    ASSERT_EQ(names.size(), 4);
    EXPECT_TRUE(names.at(0).contains(QLatin1String("done"))) << qPrintable(names.at(0));
    EXPECT_TRUE(names.at(1).contains(QLatin1String("in progress"))) << qPrintable(names.at(1));
    EXPECT_TRUE(names.at(2).contains(QLatin1String("to do"))) << qPrintable(names.at(2));
}

TEST_F(ConnectDialogTest, ClosesWhenItsWorkspaceGoes)
{
    ASSERT_NO_FATAL_FAILURE(begin(world.workspace()));
    ASSERT_TRUE(waitUntil([&] { return offers("openAgain"); }));
    workspace.reset();
    EXPECT_FALSE(dialog->isVisible());
}

#include "connectdialog_test.moc"
