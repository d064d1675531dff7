// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/auth/authworld.h"

#include <QCoro/QCoroFuture>
#include <QPromise>

namespace sonar::test {

inline const TokenKey adasKey{QStringLiteral("ada"), QStringLiteral("http://127.0.0.1:1")};

/// A store whose operations fail or wait when a test says so, and that remembers what it was told.
class TestStore : public TokenStore
{
public:
    QCoro::Task<Result<std::optional<TokenSet>>> load(TokenKey) override
    {
        ++loads;
        co_await turn();
        if (fault)
            co_return failure(*fault);
        co_return Result<std::optional<TokenSet>>(kept);
    }
    QCoro::Task<Result<void>> save(TokenKey, TokenSet tokens) override
    {
        ++saves;
        co_await turn();
        land();
        if (std::exchange(nextSaveIsLate, false)) {
            late = tokens;
            co_return failure(slow());
        }
        if (fault)
            co_return failure(*fault);
        kept = tokens;
        saved << tokens;
        co_return Result<void>();
    }
    QCoro::Task<Result<void>> remove(TokenKey) override
    {
        ++removals;
        co_await turn();
        land();
        if (fault)
            co_return failure(*fault);
        kept.reset();
        co_return Result<void>();
    }

    /// From now on operations wait for release().
    void hold()
    {
        gate = std::make_unique<QPromise<void>>();
        gate->start();
    }
    void release()
    {
        if (const auto open = std::exchange(gate, nullptr))
            open->finish();
    }
    void fail()
    {
        fault = Error{ErrorKind::Keychain,
                      QStringLiteral("The keychain is locked."),
                      QStringLiteral("Unlock it."),
                      {}};
    }

    /// The next save is over its time limit, and is carried out before the next operation or now.
    void beLate() { nextSaveIsLate = true; }
    void land()
    {
        if (const auto set = std::exchange(late, std::nullopt))
            kept = set;
    }

    std::optional<TokenSet> kept;
    QList<TokenSet> saved;
    int loads = 0;
    int saves = 0;
    int removals = 0;
    std::optional<Error> fault;

private:
    static Error slow()
    {
        return {ErrorKind::Keychain, QStringLiteral("The keychain did not answer."), {}, {}};
    }
    bool nextSaveIsLate = false;
    std::optional<TokenSet> late;
    QFuture<void> turn() const { return gate ? gate->future() : QFuture<void>(); }
    std::unique_ptr<QPromise<void>> gate;
};

/// A session at a scripted service that rotates tokens: the n-th refresh gives access-n, refresh-n.
class SessionWorld
{
public:
    SessionWorld()
    {
        server.play([this](const SeenRequest &) { return rotated(); });
        session = std::make_unique<Session>(adasKey, server.url(), &store, &clock);
        QObject::connect(session.get(), &Session::stateChanged, session.get(),
                         [this](Session::State state) { states << state; });
    }

    Scripted rotated()
    {
        const QByteArray n = QByteArray::number(++turns);
        return answered(200, tokenAnswer("access-" + n, "refresh-" + n, lifetime));
    }
    TokenSet first(int seconds = 3600) const
    {
        return {"access-0", "refresh-0", clock.wall + seconds};
    }
    /// Connected with access-0, refresh-0.
    void connect(int seconds = 3600, bool sessionOnly = false)
    {
        ASSERT_TRUE(awaited(session->adopt(first(seconds), sessionOnly)));
        ASSERT_EQ(session->state(), Session::State::Connected);
        store.saved.clear();
    }
    Result<QByteArray> token() { return awaited(session->accessToken()); }
    int refreshes() const { return int(server.requests.size()); }

    TurnedClocks clock;
    ScriptedServer server;
    TestStore store;
    int turns = 0;
    int lifetime = 3600;
    std::unique_ptr<Session> session;
    QList<Session::State> states;
};

} // namespace sonar::test
