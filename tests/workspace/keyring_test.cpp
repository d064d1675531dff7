// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/tokenstore.h"
#include "app/workspace/workbench.h"

#include "tests/workspace/world.h"

#include <QFile>
#include <QProcess>

#include <csignal>

using namespace sonar;
using namespace sonar::test;

namespace {

/// What the keychain holds of this service, asked by another program.
QString keychainContent(const QString &service)
{
    QProcess tool;
    tool.setProcessChannelMode(QProcess::MergedChannels);
    tool.start(QStringLiteral("secret-tool"),
               {QStringLiteral("search"), QStringLiteral("--all"), QStringLiteral("--unlock"),
                QStringLiteral("server"), service});
    EXPECT_TRUE(tool.waitForStarted()) << "secret-tool is missing (Debian: libsecret-tools)";
    EXPECT_TRUE(tool.waitForFinished());
    return QString::fromUtf8(tool.readAll());
}

/// Accounts with a real keychain: gnome-keyring, in a session of its own.
class KeyringTest : public ::testing::Test
{
protected:
    void begin()
    {
        Workbench::Options options;
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        workbench = std::make_unique<Workbench>(options, &store);
        QObject::connect(workbench.get(), &Workbench::failed, workbench.get(),
                         [this](const Error &error) { failures << error.summary; });
        workbench->start();
    }

    void connectAs(const QString &person)
    {
        Workspace *const workspace = workbench->current();
        const QMetaObject::Connection visit = QObject::connect(
            workspace, &Workspace::signInStarted, &visitor, [&](AuthorizationFlow *flow) {
                QObject::connect(flow, &AuthorizationFlow::browserRequested, &visitor,
                                 [this, person](const QUrl &url) {
                                     visitor.press(url, QStringLiteral("authorize"), person);
                                 });
            });
        workspace->startSignIn();
        ASSERT_TRUE(waitUntil([&] {
            return workspace->entitiesState() == Workspace::Entities::Loaded &&
                   !workspace->isRefreshing();
        }));
        QObject::disconnect(visit);
    }

    bool keychainHas(const QString &accountId) const
    {
        return keychainContent(service).contains(accountId);
    }

    const QString service = QStringLiteral("Sonar Desktop accounts test");
    KeychainTokenStore store{service};
    World world;
    QTemporaryDir folder;
    SandboxVisitor visitor;
    QStringList failures;
    std::unique_ptr<Workbench> workbench;
};

} // namespace

TEST_F(KeyringTest, ForgettingOneAccountLeavesNothingOfItAndAllOfTheOther)
{
    begin();
    ASSERT_TRUE(workbench->addSale(world.sale, true));
    const Account first = workbench->current()->account();
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    const Account second = workbench->addAccount(QStringLiteral("Second"));
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("grace")));
    ASSERT_TRUE(keychainHas(first.id));
    ASSERT_TRUE(keychainHas(second.id));
    // A session at a service whose sale is edited away later.
    const TokenKey elsewhere{second.id, QStringLiteral("https://api.elsewhere.test")};
    workbench->preferences().rememberTokenPlace({elsewhere.accountId, elsewhere.serviceId});
    ASSERT_TRUE(QCoro::waitFor(store.save(elsewhere, {"access", "refresh", 4'000'000'000})));

    // After a restart, so that nothing of it is in memory.
    begin();
    ASSERT_TRUE(waitUntil([&] {
        return workbench->current() &&
               workbench->current()->session()->state() == Session::State::Connected;
    }));
    workbench->forgetAccount(second.id);
    EXPECT_TRUE(waitUntil([&] { return !keychainHas(second.id); }))
        << qPrintable(keychainContent(service));
    EXPECT_TRUE(keychainHas(first.id));
    EXPECT_TRUE(failures.isEmpty()) << qPrintable(failures.join(QLatin1Char('\n')));

    const auto settings = [this] {
        QFile file(folder.filePath(QStringLiteral("settings.ini")));
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    };
    EXPECT_TRUE(waitUntil([&] { return !settings().contains(second.id.toLatin1()); }));
    EXPECT_FALSE(settings().contains("Second"));
    EXPECT_TRUE(settings().contains(first.id.toLatin1()));

    begin();
    EXPECT_TRUE(waitUntil([&] {
        return workbench->current() &&
               workbench->current()->entitiesState() == Workspace::Entities::Loaded;
    })) << "the other account lost its session";
    EXPECT_EQ(workbench->current()->account().id, first.id);
    workbench->forgetAccount(first.id);
    EXPECT_TRUE(waitUntil([&] { return !keychainHas(first.id); }));
}

TEST_F(KeyringTest, DisconnectingLeavesNothingInTheKeychain)
{
    begin();
    ASSERT_TRUE(workbench->addSale(world.sale, true));
    const Account account = workbench->current()->account();
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));
    ASSERT_TRUE(keychainHas(account.id));
    bool gone = false;
    QObject::connect(workbench->current(), &Workspace::disconnected, workbench.get(),
                     [&](const std::optional<Error> &error) { gone = !error; });
    workbench->current()->disconnectAccount();
    ASSERT_TRUE(waitUntil([&] { return gone; }));
    EXPECT_FALSE(keychainHas(account.id)) << qPrintable(keychainContent(service));
    EXPECT_EQ(workbench->accounts(), QList<Account>{account}) << "the account itself stays";
}

TEST_F(KeyringTest, AccountForgottenWhileTheKeychainHangsIsClearedAtTheNextStart)
{
    const auto keyring = pid_t(qEnvironmentVariableIntValue("KEYRING_PID"));
    ASSERT_GT(keyring, 0);
    begin();
    ASSERT_TRUE(workbench->addSale(world.sale, true));
    const Account account = workbench->current()->account();
    ASSERT_NO_FATAL_FAILURE(connectAs(QStringLiteral("ada")));

    KeychainTokenStore impatient(service, 500);
    {
        Workbench::Options options;
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        Workbench hanging(options, &impatient);
        QStringList said;
        QObject::connect(&hanging, &Workbench::failed, &hanging,
                         [&](const Error &error) { said << error.summary; });
        ::kill(keyring, SIGSTOP);
        hanging.forgetAccount(account.id);
        EXPECT_FALSE(hanging.accounts().contains(account));
        const bool told = waitUntil([&] { return !said.isEmpty(); });
        ::kill(keyring, SIGCONT);
        ASSERT_TRUE(told);
        EXPECT_TRUE(said.constFirst().contains(QStringLiteral("did not answer")))
            << qPrintable(said.constFirst());
    }
    begin();
    EXPECT_TRUE(waitUntil([&] { return !keychainHas(account.id); }));
    EXPECT_TRUE(waitUntil([&] {
        const QList<TokenPlace> places = workbench->preferences().tokenPlaces();
        return std::none_of(places.cbegin(), places.cend(),
                            [&](const TokenPlace &place) { return place.accountId == account.id; });
    }));
}
