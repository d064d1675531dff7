// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/memorytokenstore.h"
#include "app/config/preferences.h"
#include "app/sandbox/sandboxvisitor.h"
#include "app/workspace/workspace.h"

#include <QTemporaryDir>
#include <QThread>

#include <functional>

namespace sonar::bench {

/// A signed-in workspace and a sandbox in a thread of its own, so that its latency and its work are
/// its own. Ends the program with a message when it can't be set up.
class BenchWorld
{
public:
    /// `person` is the id of one of the sandbox's people.
    explicit BenchWorld(int latencyMilliseconds, const QString &person = QStringLiteral("ada"));
    ~BenchWorld();

    Workspace *workspace() const { return m_workspace.get(); }
    PermitDesk *desk() const { return m_workspace->permits(); }
    /// Those of the account that may take part.
    QList<Entity> entities() const;

private:
    void startSandbox(int latencyMilliseconds);
    void signIn(const QString &person);

    QTemporaryDir m_folder;
    QThread m_thread;
    Preferences m_preferences;
    MemoryTokenStore m_store;
    Sale m_sale;
    SandboxVisitor m_visitor;
    std::unique_ptr<Workspace> m_workspace;
};

/// Wallet number `index`, one of those that the sandbox finds ready.
QString readyWallet(int index);

/// Runs the event loop until `condition` holds.
void runUntil(const std::function<bool()> &condition);

} // namespace sonar::bench
