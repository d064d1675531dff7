// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/session.h"

#include <QFuture>
#include <QPromise>

class QEventLoop;

namespace sonar {

/// Held by every coroutine under way; `q` is null once the session is gone, and then neither store
/// nor clock is touched any more.
class Session::Impl
{
public:
    static constexpr qint64 marginMilliseconds = 300'000;

    using Self = std::shared_ptr<Impl>;
    using Token = Result<QByteArray>;

    static QCoro::Task<> restore(Self self);
    static QCoro::Task<Result<void>> adopt(Self self, TokenSet tokens, bool sessionOnly);
    static QCoro::Task<Result<void>> forget(Self self);
    static QCoro::Task<Token> accessToken(Self self);
    static QCoro::Task<Token> replaceRejected(Self self, QByteArray rejected);

    static QFuture<Token> refreshOnce(Self self);
    static QCoro::Task<> refresh(Self self, std::shared_ptr<QPromise<Token>> promise);
    static QCoro::Task<Token> refreshed(Self self);
    static QCoro::Task<bool> spend(Self self, TokenSet tokens);
    static QCoro::Task<> keep(Self self, TokenSet tokens, quint64 atEpoch);
    static QCoro::Task<> removeStored(Self self);
    static Error end(Self self, const Error &cause);

    bool isCurrent(quint64 atEpoch) const { return q && epoch == atEpoch; }
    void hold(const TokenSet &set, bool lifetimeKnown);
    qint64 millisecondsLeft() const { return expiresAt - clock->steadyMilliseconds(); }
    bool isFresh() const;
    void setState(State next);
    void setFault(std::optional<Error> fault);
    void settle();

    Session *q = nullptr;
    TokenKey key;
    QUrl refreshUrl;
    TokenStore *store = nullptr;
    const Clock *clock = nullptr;
    JsonTransport transport;

    State state = State::Unknown;
    std::optional<TokenSet> tokens;
    qint64 expiresAt = 0; ///< by the steady clock: the wall clock may be set back or forward
    qint64 margin = marginMilliseconds;
    bool sessionOnly = false;
    bool stored = false; ///< the store has this very refresh token
    bool unread = false; ///< the store may hold tokens that nobody has seen yet
    std::optional<Error> fault;

    quint64 epoch = 0; ///< grows with every other set of tokens; older coroutines then give way
    CancelToken refreshCancel;
    std::optional<QFuture<Token>> refreshing;
    std::optional<QFuture<void>> restoring;
    QEventLoop *settling = nullptr;
};

namespace sessionerrors {

Error notConnected();
Error ended(const Error &cause);
Error withdrawn();

} // namespace sessionerrors

} // namespace sonar
