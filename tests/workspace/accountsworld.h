// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/workbench.h"

#include "tests/workspace/world.h"

#include <QCoro/QCoroFuture>
#include <QPromise>
#include <QSignalSpy>
#include <QUrlQuery>

#include <array>

namespace sonar::test {

/// Keeps tokens in memory, and can be told to refuse or to take its time.
class MoodyStore final : public TokenStore
{
public:
    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey key) override
    {
        co_await gate();
        if (locked)
            co_return failure(fault());
        co_return *co_await m_memory.load(key);
    }
    QCoro::Task<Result<void>> save(TokenKey key, TokenSet tokens) override
    {
        ++saves;
        co_await gate();
        if (locked)
            co_return failure(fault());
        co_return co_await m_memory.save(key, tokens);
    }
    QCoro::Task<Result<void>> remove(TokenKey key) override
    {
        removed << key;
        if (holdRemovals)
            co_await gate();
        if (locked)
            co_return failure(fault());
        co_return co_await m_memory.remove(key);
    }

    bool has(const TokenKey &key) { return QCoro::waitFor(m_memory.load(key))->has_value(); }
    void put(const TokenKey &key) { QCoro::waitFor(m_memory.save(key, {"access", "refresh", 1})); }
    void hold() { m_held.emplace().start(); }
    void letGo()
    {
        m_held->finish();
        m_held.reset();
    }

    bool locked = false;
    bool holdRemovals = false;
    int saves = 0;
    QList<TokenKey> removed;

private:
    static Error fault()
    {
        // On the heap, as in a real fault: texts of the program's own image survive what spoils
        // these.
        return {ErrorKind::Keychain, QString::fromLatin1("The keychain is locked."),
                QString::fromLatin1("Unlock it and try again."), QString::fromLatin1("test"), 0};
    }
    QCoro::Task<> gate()
    {
        if (m_held) {
            const QFuture<void> opened = m_held->future();
            co_await opened;
        }
    }

    MemoryTokenStore m_memory;
    std::optional<QPromise<void>> m_held;
};

inline QStringList twoRedirectUris()
{
    QStringList uris;
    std::array<QTcpServer, 2> free;
    for (QTcpServer &server : free) {
        server.listen(QHostAddress::LocalHost);
        uris << QStringLiteral("http://localhost:%1/oauth/callback").arg(server.serverPort());
    }
    return uris;
}

class AccountsTest : public ::testing::Test
{
protected:
    void begin()
    {
        Workbench::Options options;
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        workbench = std::make_unique<Workbench>(options, &store);
        workbench->start();
    }

    void beginWithSale()
    {
        begin();
        ASSERT_TRUE(workbench->addSale(world.sale, true));
        ASSERT_TRUE(waitUntil([&] {
            return workbench->current()->session()->state() == Session::State::NotConnected;
        }));
    }

    /// Who signs in through a workspace's next flows; nobody while `person` is empty.
    void visitAs(Workspace *workspace, const QString &person)
    {
        QObject::connect(workspace, &Workspace::signInStarted, &visitor,
                         [this, person](AuthorizationFlow *flow) {
                             QObject::connect(flow, &AuthorizationFlow::browserRequested, &visitor,
                                              [this, person](const QUrl &url) {
                                                  asked << url;
                                                  if (!person.isEmpty())
                                                      visitor.press(
                                                          url, QStringLiteral("authorize"), person);
                                              });
                         });
    }

    void connectAs(const QString &person)
    {
        Workspace *const workspace = workbench->current();
        visitor.disconnect(workspace);
        QObject::disconnect(workspace, nullptr, &visitor, nullptr);
        visitAs(workspace, person);
        workspace->startSignIn();
        ASSERT_TRUE(waitUntil([&] {
            return workspace->entitiesState() == Workspace::Entities::Loaded &&
                   !workspace->isRefreshing() && !workspace->emailAddress().isEmpty();
        }));
    }

    TokenKey keyOf(const Account &account) const { return {account.id, world.sale.serviceId()}; }

    static bool shows(const Workspace *workspace, const QString &label)
    {
        const QList<Entity> &entities = workspace->entities();
        return std::any_of(entities.cbegin(), entities.cend(),
                           [&](const Entity &entity) { return entity.label == label; });
    }

    const QString wallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    World world{[](SandboxOptions &options) { options.redirectUris = twoRedirectUris(); }};
    QTemporaryDir folder;
    MoodyStore store;
    SandboxVisitor visitor;
    QList<QUrl> asked;
    std::unique_ptr<Workbench> workbench;
};

} // namespace sonar::test
