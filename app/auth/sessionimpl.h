// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/session.h"

#include <QFuture>
#include <QLoggingCategory>
#include <QPromise>

class QEventLoop;

namespace sonar {

/// What becomes of the session, without anything of its tokens.
Q_DECLARE_LOGGING_CATEGORY(sessionLog)

/// Held by every coroutine under way; `q` is null once the session is gone, and then neither store
/// nor clock is touched any more.
class Session::Impl
{
public:
    static constexpr qint64 marginMilliseconds = 300'000;

    explicit Impl(const TransportLimits &limits)
        : transport(limits)
    {}

    using Self = std::shared_ptr<Impl>;
    using Token = Result<QByteArray>;

    /// Where a set of tokens came from.
    enum class Origin { Store, Exchange, Refresh };

    /// Lives while an operation on the store is under way that the program's end waits for.
    class Busy
    {
    public:
        explicit Busy(Self impl)
            : m_impl(std::move(impl))
        {
            ++m_impl->underWay;
        }
        ~Busy()
        {
            --m_impl->underWay;
            m_impl->settled();
        }
        Q_DISABLE_COPY_MOVE(Busy)

    private:
        Self m_impl;
    };

    static QCoro::Task<> restore(Self self);
    static QCoro::Task<Result<void>> adopt(Self self, TokenSet tokens, bool sessionOnly,
                                           CancelToken cancel);
    static QCoro::Task<Result<void>> adoptAlone(Self self, TokenSet tokens, bool sessionOnly,
                                                CancelToken cancel, quint64 atForgets);
    static QCoro::Task<> putBack(Self self);
    static QCoro::Task<Result<void>> forget(Self self);
    static QCoro::Task<Token> accessToken(Self self);
    static QCoro::Task<Token> usable(Self self, QByteArray rejected);

    static QFuture<Token> refreshOnce(Self self);
    static QCoro::Task<> refresh(Self self, std::shared_ptr<QPromise<Token>> promise);
    static QCoro::Task<Token> refreshed(Self self);
    static QCoro::Task<> spend(Self self, TokenSet tokens);
    static QCoro::Task<> keep(Self self, TokenSet tokens, quint64 atEpoch);
    static QCoro::Task<> removeStored(Self self);
    static Error end(Self self, const Error &cause);

    bool isCurrent(quint64 atEpoch) const { return q && epoch == atEpoch; }
    void hold(const TokenSet &set, Origin origin);
    void letGo();
    qint64 millisecondsLeft() const { return expiresAt - clock->steadyMilliseconds(); }
    bool isAlive() const;
    bool isFresh() const;
    void holdBack(const Error &error);
    bool isHeldBack() const;
    Token standIn(const Error &error) const;
    void setState(State next);
    void setFault(std::optional<Error> fault);
    static void settleAll();
    bool isSettled() const { return !refreshing && underWay == 0; }
    static void settled();

    static inline QList<Self> living;             ///< of every Session there is
    static inline QEventLoop *settling = nullptr; ///< of settleAll()

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
    bool accessRefused = false; ///< the service answered 401 to the access token
    bool sessionOnly = false;
    bool stored = false;     ///< the store has this very refresh token
    bool unread = false;     ///< the store may hold tokens that nobody has seen yet
    bool removalDue = false; ///< the store may hold tokens that should be gone
    std::optional<Error> fault;

    // After a refresh that failed, until `notBefore` (steady clock) there is no other.
    std::optional<Error> refreshFault;
    int refreshFaults = 0;
    qint64 notBefore = 0;

    quint64 epoch = 0; ///< grows with every other set of tokens; older coroutines then give way
    quint64 forgets = 0;
    CancelToken refreshCancel;
    std::optional<QFuture<Token>> refreshing;
    std::optional<QFuture<void>> restoring;
    std::optional<QFuture<void>>
        adopting; ///< no refresh begins meanwhile: it would save old tokens
    int underWay = 0;
    bool closing = false;
};

namespace sessionerrors {

Error notConnected();
Error ended(const Error &cause);
Error withdrawn();

} // namespace sessionerrors

} // namespace sonar
