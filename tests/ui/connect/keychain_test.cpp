// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workspace/world.h"
#include "ui/connect/connectdialog.h"

#include <QDesktopServices>
#include <QLabel>
#include <QPushButton>

#include <csignal>

using namespace sonar;
using namespace sonar::test;

/// What the desktop opens addresses with: somebody who allows access.
class WillingBrowser : public QObject
{
    Q_OBJECT
public:
    WillingBrowser() { QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "open"); }
    ~WillingBrowser() override { QDesktopServices::unsetUrlHandler(QStringLiteral("http")); }

    SandboxVisitor visitor;

public Q_SLOTS:
    void open(const QUrl &url) { visitor.press(url, QStringLiteral("authorize")); }
};

namespace {

/// The dialog with a real keychain that is at fault; in the order in which they stand here, since
/// the last one leaves no keyring behind.
class KeychainFault : public ::testing::Test
{
protected:
    void connectAndFail()
    {
        session = std::make_shared<Session>(TokenKey{QStringLiteral("ada"), world.sale.serviceId()},
                                            world.sale.apiUrl, &store);
        workspace =
            std::make_unique<Workspace>(Account{QStringLiteral("ada"), QStringLiteral("Ada")},
                                        world.sale, session, &world.preferences, &systemClock());
        dialog = std::make_unique<ConnectDialog>(workspace.get());
        dialog->open();
        dialog->start();
        ASSERT_TRUE(waitUntil([&] { return button("sessionOnly")->isVisible(); }));
        EXPECT_TRUE(button("tryAgain")->isVisible());
        EXPECT_NE(session->state(), Session::State::Connected);
    }

    void goOnForThisSession()
    {
        button("sessionOnly")->click();
        ASSERT_TRUE(waitUntil([&] { return session->state() == Session::State::Connected; }));
        EXPECT_TRUE(session->isSessionOnly());
        ASSERT_TRUE(
            waitUntil([&] { return workspace->entitiesState() == Workspace::Entities::Loaded; }));
    }

    QPushButton *button(const char *name) const
    {
        return dialog->findChild<QPushButton *>(QLatin1String(name));
    }
    QString said() const
    {
        return dialog->findChild<QLabel *>(QStringLiteral("problemSummary"))->text() +
               QLatin1Char(' ') +
               dialog->findChild<QLabel *>(QStringLiteral("problemAdvice"))->text();
    }

    World world;
    WillingBrowser browser;
    KeychainTokenStore store{QStringLiteral("Sonar Desktop keychain test"), 700};
    std::shared_ptr<Session> session;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<ConnectDialog> dialog;
};

pid_t keyring()
{
    return pid_t(qEnvironmentVariableIntValue("KEYRING_PID"));
}

} // namespace

TEST_F(KeychainFault, NoSessionBusIsSaidAndTheSessionGoesOnWithoutOne)
{
    const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    connectAndFail();
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
    ASSERT_FALSE(HasFatalFailure());
    EXPECT_TRUE(said().contains(QStringLiteral("D-Bus"))) << qPrintable(said());
    goOnForThisSession();
}

TEST_F(KeychainFault, HangingServiceIsGivenUpWhileTheWindowGoesOn)
{
    ASSERT_GT(keyring(), 0);
    ::kill(keyring(), SIGSTOP);
    int turns = 0;
    QTimer alive;
    QObject::connect(&alive, &QTimer::timeout, &alive, [&] { ++turns; });
    alive.start(10);
    connectAndFail();
    ::kill(keyring(), SIGCONT);
    ASSERT_FALSE(HasFatalFailure());
    EXPECT_GT(turns, 10) << "the window stood still";
    EXPECT_TRUE(said().contains(QStringLiteral("did not answer"))) << qPrintable(said());

    // It answers again: no second sign-in is needed.
    button("tryAgain")->click();
    ASSERT_TRUE(waitUntil([&] { return session->state() == Session::State::Connected; }));
    EXPECT_FALSE(session->isSessionOnly());
}

TEST_F(KeychainFault, KilledServiceIsAFaultWithAWayOn)
{
    ASSERT_GT(keyring(), 0);
    ::kill(keyring(), SIGKILL);
    connectAndFail();
    ASSERT_FALSE(HasFatalFailure());
    EXPECT_TRUE(said().contains(QStringLiteral("keychain"))) << qPrintable(said());
    EXPECT_TRUE(said().contains(QStringLiteral("for this session only"))) << qPrintable(said());
    EXPECT_TRUE(button("sessionOnly")->isVisible()) << "what is advised can be pressed";
    goOnForThisSession();
}

#include "keychain_test.moc"
