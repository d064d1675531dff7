// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workspace/world.h"

#include <QSignalSpy>

using namespace sonar;
using namespace sonar::test;

TEST(Workspace, ShowsEntitiesAndEmailAfterSigningIn)
{
    World world;
    const auto workspace = world.workspace();
    ASSERT_TRUE(world.connect(*workspace));
    EXPECT_FALSE(workspace->entities().isEmpty());
    EXPECT_TRUE(workspace->entitiesUpdatedAt().isValid());
    EXPECT_TRUE(waitUntil([&] { return !workspace->emailAddress().isEmpty(); }));
    EXPECT_EQ(workspace->session()->state(), Session::State::Connected);
}

TEST(Workspace, IsConnectedAgainFromTheStoreAfterARestart)
{
    World world;
    {
        const auto workspace = world.workspace();
        ASSERT_TRUE(world.connect(*workspace));
    }
    const auto again = world.workspace();
    QSignalSpy signIns(again.get(), &Workspace::signInStarted);
    again->open();
    EXPECT_TRUE(waitUntil([&] { return again->entitiesState() == Workspace::Entities::Loaded; }));
    EXPECT_EQ(signIns.size(), 0);
}

TEST(Workspace, DeniedSignInReportsAndLeavesNothingConnected)
{
    World world;
    world.button = QStringLiteral("deny");
    const auto workspace = world.workspace();
    std::optional<Error> error;
    QObject::connect(workspace.get(), &Workspace::signInFinished, workspace.get(),
                     [&](const std::optional<Error> &result) { error = result; });
    QObject::connect(
        workspace.get(), &Workspace::signInStarted, &world.visitor, [&](AuthorizationFlow *flow) {
            QObject::connect(flow, &AuthorizationFlow::browserRequested, &world.visitor,
                             [&](const QUrl &url) { world.visitor.press(url, world.button); });
        });
    workspace->startSignIn();
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    EXPECT_EQ(error->kind, ErrorKind::SignIn);
    EXPECT_FALSE(error->summary.isEmpty());
    EXPECT_NE(workspace->session()->state(), Session::State::Connected);
}

TEST(Workspace, DisconnectClearsWhatWasShownAndTheStore)
{
    World world;
    const auto workspace = world.workspace();
    ASSERT_TRUE(world.connect(*workspace));
    workspace->permits()->add(workspace->entities().first(),
                              QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), {});
    bool disconnected = false;
    QObject::connect(workspace.get(), &Workspace::disconnected, workspace.get(),
                     [&](const std::optional<Error> &error) { disconnected = !error; });
    workspace->disconnectAccount();
    ASSERT_TRUE(waitUntil([&] { return disconnected; }));
    EXPECT_TRUE(workspace->entities().isEmpty());
    EXPECT_TRUE(workspace->permits()->rows().isEmpty());
    EXPECT_TRUE(workspace->emailAddress().isEmpty());

    const auto again = world.workspace();
    again->open();
    EXPECT_TRUE(
        waitUntil([&] { return again->session()->state() == Session::State::NotConnected; }));
}

TEST(Workspace, FailedRefreshKeepsTheListAndSaysWhy)
{
    World world;
    const auto workspace = world.workspace();
    ASSERT_TRUE(world.connect(*workspace));
    const QList<Entity> before = workspace->entities();
    world.sandbox.reset();
    workspace->refresh();
    ASSERT_TRUE(waitUntil([&] { return workspace->entitiesError().has_value(); }, 90'000));
    EXPECT_EQ(workspace->entities(), before);
    EXPECT_EQ(workspace->entitiesState(), Workspace::Entities::Loaded);
    EXPECT_EQ(workspace->session()->state(), Session::State::Connected)
        << "a network fault cost the session";
}

TEST(Workspace, AnswerAfterDisconnectIsDropped)
{
    World world([](SandboxOptions &options) { options.latencyMilliseconds = 200; });
    const auto workspace = world.workspace();
    ASSERT_TRUE(world.connect(*workspace));
    workspace->refresh();
    ASSERT_TRUE(workspace->isRefreshing());
    bool disconnected = false;
    QObject::connect(workspace.get(), &Workspace::disconnected, workspace.get(),
                     [&] { disconnected = true; });
    workspace->disconnectAccount();
    ASSERT_TRUE(waitUntil([&] { return disconnected; }));
    // Connecting again proves that the withdrawn answer had its time to come.
    EXPECT_EQ(workspace->entitiesState(), Workspace::Entities::NotLoaded);
    EXPECT_TRUE(workspace->entities().isEmpty());
    ASSERT_TRUE(world.connect(*workspace));
}

TEST(Workspace, DeathWhileCallsAreUnderWayIsHarmless)
{
    World world([](SandboxOptions &options) { options.latencyMilliseconds = 100; });
    auto workspace = world.workspace();
    ASSERT_TRUE(world.connect(*workspace));
    const int row =
        workspace->permits()->add(workspace->entities().first(),
                                  QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), {});
    workspace->refresh();
    workspace->permits()->request({row});
    workspace.reset();
    // Another one on the same service works on; what was withdrawn doesn't crash.
    const auto other = world.workspace();
    other->open();
    EXPECT_TRUE(waitUntil([&] { return other->entitiesState() == Workspace::Entities::Loaded; }));
}

TEST(Workspace, EveryCallCarriesTheSameTokenWhileItLives)
{
    World world;
    const auto workspace = world.workspace();
    ASSERT_TRUE(world.connect(*workspace));
    ASSERT_TRUE(waitUntil([&] { return !workspace->emailAddress().isEmpty(); }));
    const auto first = QCoro::waitFor(workspace->session()->accessToken());
    ASSERT_TRUE(first);
    EXPECT_FALSE(first->isEmpty());
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(QCoro::waitFor(workspace->session()->accessToken()).value_or(QByteArray()),
                  *first);
}
