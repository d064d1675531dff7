// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/memorytokenstore.h"
#include "app/config/preferences.h"
#include "app/sandbox/sandboxserver.h"
#include "app/sandbox/sandboxvisitor.h"
#include "app/workspace/workspace.h"

#include "tests/support/waiting.h"

#include <QTcpServer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace sonar::test {

/// A sandbox in this process and everything a workspace needs beside it.
class World
{
public:
    explicit World(const std::function<void(SandboxOptions &)> &change = {})
    {
        QTcpServer free;
        free.listen(QHostAddress::LocalHost);
        SandboxOptions options;
        options.redirectUris
            << QStringLiteral("http://localhost:%1/oauth/callback").arg(free.serverPort());
        free.close();
        if (change)
            change(options);
        sandbox = std::make_unique<SandboxServer>(options);
        const Result<Sale> started = sandbox->start();
        EXPECT_TRUE(started.has_value());
        sale = *started;
    }

    std::unique_ptr<Workspace> workspace(const QString &accountId = QStringLiteral("ada"))
    {
        auto session =
            std::make_shared<Session>(TokenKey{accountId, sale.serviceId()}, sale.apiUrl, &store);
        return std::make_unique<Workspace>(Account{accountId, accountId}, sale, session,
                                           &preferences, &systemClock());
    }

    /// Signs in through the sandbox's page; false when it didn't lead to a list of entities.
    bool connect(Workspace &workspace)
    {
        QObject::connect(
            &workspace, &Workspace::signInStarted, &visitor, [this](AuthorizationFlow *flow) {
                QObject::connect(flow, &AuthorizationFlow::browserRequested, &visitor,
                                 [this](const QUrl &url) { visitor.press(url, button, person); });
            });
        workspace.startSignIn();
        return waitUntil([&] { return workspace.entitiesState() == Workspace::Entities::Loaded; });
    }

    QTemporaryDir folder;
    Preferences preferences{folder.filePath(QStringLiteral("settings.ini"))};
    MemoryTokenStore store;
    std::unique_ptr<SandboxServer> sandbox;
    Sale sale;
    SandboxVisitor visitor;
    QString button = QStringLiteral("authorize");
    QString person; ///< id of who signs in; empty: Ada Lovelace
};

inline Entity entityNamed(const Workspace &workspace, const QString &label)
{
    for (const Entity &entity : workspace.entities()) {
        if (entity.label == label)
            return entity;
    }
    ADD_FAILURE() << "no entity " << qPrintable(label);
    return {};
}

} // namespace sonar::test
