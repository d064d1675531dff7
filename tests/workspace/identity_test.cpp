// SPDX-License-Identifier: GPL-3.0-or-later
// What stays in view when somebody signs in again, who may be somebody else.
#include "tests/auth/authworld.h"
#include "tests/workspace/world.h"

#include <QSignalSpy>

using namespace sonar;
using namespace sonar::test;

namespace {

QByteArray entityOf(const QByteArray &person)
{
    return R"({"Entities":[{"Label":")" + person + R"(","EntityID":")" + person +
           R"(","SaleSpecificEntityID":"0x00112233445566778899aabbccddeeff","EntityType":"user",)"
           R"("EntitySetupState":"complete","SaleEligibility":"eligible","InvestingRegion":"other"}]})";
}

class IdentityTest : public ::testing::Test
{
protected:
    IdentityTest()
    {
        server.play([this](const SeenRequest &request) {
            paths << request.target;
            const QByteArray person =
                request.header("authorization").value_or(QByteArray()).mid(11);
            return request.target == "/externalapi.MyProfile" ? profileOf(person)
                                                              : answered(200, entityOf(person));
        });
        sale = saleAt(server.url(), {redirectTo(1)});
        session = std::make_shared<Session>(TokenKey{QStringLiteral("account"), sale.serviceId()},
                                            sale.apiUrl, &store);
        workspace = std::make_unique<Workspace>(
            Account{QStringLiteral("account"), QStringLiteral("Account")}, sale, session,
            &preferences, &systemClock());
        QObject::connect(workspace.get(), &Workspace::entitiesChanged, workspace.get(), [this] {
            mixed = mixed || (shows("grace") &&
                              (!workspace->permits()->rows().isEmpty() ||
                               workspace->emailAddress().startsWith(QLatin1String("ada"))));
        });
    }

    Scripted profileOf(const QByteArray &person) const
    {
        if (profileFails || silentAbout == person)
            return answered(404, "{}");
        return answered(200, R"({"EntityID":")" + person + R"(","EmailAddress":")" + person +
                                 R"(@example.test"})");
    }

    bool shows(const char *person) const
    {
        return workspace->entities().size() == 1 &&
               workspace->entities().constFirst().label == QLatin1String(person);
    }

    /// Signed in as `person`, with everything there that comes of it.
    void connectAs(const QByteArray &person)
    {
        ASSERT_TRUE(
            awaited(session->adopt({person, "refresh", systemClock().unixSeconds() + 3600}, true)));
        workspace->open();
        ASSERT_TRUE(
            waitUntil([&] { return shows(person.constData()) && !workspace->isRefreshing(); }));
    }

    void connectAsAdaWithAPermit()
    {
        ASSERT_NO_FATAL_FAILURE(connectAs("ada"));
        ASSERT_TRUE(
            waitUntil([&] { return profileFails || !workspace->emailAddress().isEmpty(); }));
        workspace->permits()->add(workspace->entities().constFirst(),
                                  QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), {});
    }

    ScriptedServer server;
    QList<QByteArray> paths;
    bool profileFails = false;
    QByteArray silentAbout; ///< the profile of this one fails
    bool mixed = false;     ///< something of Ada's stood beside Grace's
    QTemporaryDir folder;
    Preferences preferences{folder.filePath(QStringLiteral("settings.ini"))};
    MemoryTokenStore store;
    Sale sale;
    std::shared_ptr<Session> session;
    std::unique_ptr<Workspace> workspace;
};

} // namespace

TEST_F(IdentityTest, SamePersonKeepsWhatIsShown)
{
    ASSERT_NO_FATAL_FAILURE(connectAsAdaWithAPermit());
    paths.clear();
    ASSERT_NO_FATAL_FAILURE(connectAs("ada"));
    ASSERT_TRUE(waitUntil([&] { return paths.size() == 2; }));
    EXPECT_EQ(paths.constFirst(), "/externalapi.MyProfile") << "who it is comes first";
    EXPECT_EQ(workspace->permits()->rows().size(), 1);
}

TEST_F(IdentityTest, SomebodyElseFindsNothingOfTheFirst)
{
    ASSERT_NO_FATAL_FAILURE(connectAsAdaWithAPermit());
    ASSERT_NO_FATAL_FAILURE(connectAs("grace"));
    EXPECT_TRUE(workspace->permits()->rows().isEmpty());
    EXPECT_TRUE(waitUntil(
        [&] { return workspace->emailAddress() == QLatin1String("grace@example.test"); }));
    EXPECT_FALSE(mixed);
}

TEST_F(IdentityTest, WhoCannotBeToldFindsNothingOfTheFirst)
{
    ASSERT_NO_FATAL_FAILURE(connectAsAdaWithAPermit());
    profileFails = true;
    ASSERT_NO_FATAL_FAILURE(connectAs("grace"));
    EXPECT_TRUE(workspace->permits()->rows().isEmpty());
    EXPECT_TRUE(workspace->emailAddress().isEmpty());
    EXPECT_FALSE(mixed);
}

TEST_F(IdentityTest, PermitsOfWhoCannotBeToldWaitAndComeBack)
{
    ASSERT_NO_FATAL_FAILURE(connectAsAdaWithAPermit());
    profileFails = true;
    ASSERT_NO_FATAL_FAILURE(connectAs("ada"));
    ASSERT_TRUE(waitUntil([&] { return workspace->profileError().has_value(); }));
    EXPECT_TRUE(workspace->permits()->rows().isEmpty()) << "shown to nobody knows whom";
    EXPECT_TRUE(workspace->hidesPermits());

    profileFails = false;
    QSignalSpy told(workspace.get(), &Workspace::profileChanged);
    workspace->refresh();
    ASSERT_TRUE(waitUntil([&] { return !workspace->hidesPermits(); }));
    EXPECT_EQ(workspace->permits()->rows().size(), 1) << "lost by a profile that failed once";
    EXPECT_FALSE(workspace->profileError());
    EXPECT_FALSE(told.isEmpty());
}

TEST_F(IdentityTest, PermitsWaitThroughSeveralSignInsForTheirOwner)
{
    ASSERT_NO_FATAL_FAILURE(connectAsAdaWithAPermit());
    silentAbout = "grace";
    ASSERT_NO_FATAL_FAILURE(connectAs("grace"));
    EXPECT_TRUE(workspace->permits()->rows().isEmpty());
    ASSERT_NO_FATAL_FAILURE(connectAs("ada"));
    ASSERT_TRUE(waitUntil([&] { return !workspace->hidesPermits(); }));
    EXPECT_EQ(workspace->permits()->rows().size(), 1);
}

TEST_F(IdentityTest, WhoIsToldLateKeepsWhatIsHersAndSeesNothingOfTheFirst)
{
    ASSERT_NO_FATAL_FAILURE(connectAsAdaWithAPermit());
    silentAbout = "grace";
    ASSERT_NO_FATAL_FAILURE(connectAs("grace"));
    ASSERT_TRUE(waitUntil([&] { return workspace->profileError().has_value(); }));
    workspace->permits()->add(workspace->entities().constFirst(),
                              QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), {});
    silentAbout.clear();
    workspace->refresh();
    ASSERT_TRUE(waitUntil([&] { return !workspace->hidesPermits(); }));
    ASSERT_EQ(workspace->permits()->rows().size(), 1);
    EXPECT_EQ(workspace->permits()->rows().constFirst().entityLabel, QStringLiteral("grace"));
}

TEST_F(IdentityTest, DisconnectDropsWhatIsHidden)
{
    ASSERT_NO_FATAL_FAILURE(connectAsAdaWithAPermit());
    profileFails = true;
    ASSERT_NO_FATAL_FAILURE(connectAs("ada"));
    ASSERT_TRUE(waitUntil([&] { return workspace->profileError().has_value(); }));
    workspace->disconnectAccount();
    EXPECT_FALSE(workspace->hidesPermits());
}

TEST_F(IdentityTest, WhoseProfileWasNeverSeenIsNotTakenForTheNext)
{
    profileFails = true;
    ASSERT_NO_FATAL_FAILURE(connectAsAdaWithAPermit());
    profileFails = false;
    ASSERT_NO_FATAL_FAILURE(connectAs("grace"));
    EXPECT_TRUE(workspace->permits()->rows().isEmpty());
    EXPECT_FALSE(mixed);
}

TEST_F(IdentityTest, AnswerFromBeforeTheSignInIsNotShown)
{
    ASSERT_NO_FATAL_FAILURE(connectAsAdaWithAPermit());
    workspace->refresh();
    ASSERT_TRUE(workspace->isRefreshing());
    ASSERT_NO_FATAL_FAILURE(connectAs("grace"));
    EXPECT_TRUE(workspace->permits()->rows().isEmpty());
    EXPECT_FALSE(mixed);
}
