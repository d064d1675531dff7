// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/sessionimpl.h"

#include <QCoreApplication>
#include <QCoro/QCoroFuture>

#include <algorithm>
#include <utility>

namespace sonar {

namespace {

constexpr qint64 longestLifeSeconds = 10ll * 366 * 24 * 3600;

const char *wordFor(Session::State state)
{
    switch (state) {
    case Session::State::Unknown:
        return "unknown";
    case Session::State::Restoring:
        return "restoring";
    case Session::State::NotConnected:
        return "not connected";
    case Session::State::Connected:
        return "connected";
    case Session::State::Disconnecting:
        return "disconnecting";
    case Session::State::Ended:
        return "ended";
    }
    return "";
}

} // namespace

namespace sessionerrors {

Error notConnected()
{
    return {ErrorKind::NotConnected,
            Session::tr("You aren't connected to Sonar."),
            Session::tr("Connect to go on."),
            {}};
}

Error ended(const Error &cause)
{
    return {ErrorKind::NotConnected, Session::tr("Your connection to Sonar has ended."),
            Session::tr("Connect again to go on. Nothing else was lost."), cause.report(),
            cause.httpStatus};
}

Error withdrawn()
{
    return {ErrorKind::Cancelled, Session::tr("The connection to Sonar was withdrawn."), {}, {}};
}

} // namespace sessionerrors

using namespace sessionerrors;

Q_LOGGING_CATEGORY(sessionLog, "sonar.session")

void Session::Impl::setState(State next)
{
    if (std::exchange(state, next) == next || !q)
        return;
    qCInfo(sessionLog, "session: %s", wordFor(next));
    Q_EMIT q->stateChanged(next);
}

void Session::Impl::setFault(std::optional<Error> next)
{
    const bool changed = next.has_value() || fault.has_value();
    fault = std::move(next);
    if (changed && q)
        Q_EMIT q->storageFaultChanged();
}

void Session::Impl::hold(const TokenSet &set, Origin origin)
{
    letGo();
    tokens = set;
    const qint64 seconds =
        std::clamp<qint64>(set.expiresAt - clock->unixSeconds(), 0, longestLifeSeconds);
    expiresAt = clock->steadyMilliseconds() + seconds * 1000;
    margin = marginMilliseconds;
    if (set.refreshToken.isEmpty())
        margin = 0; // nothing to refresh with: used to its end
    else if (origin == Origin::Refresh && seconds * 1000 <= marginMilliseconds)
        margin = seconds * 1000 / 2; // the service gives no longer ones: or each call would refresh
}

void Session::Impl::letGo()
{
    tokens.reset();
    accessRefused = false;
    refreshFault.reset();
    refreshFaults = 0;
    notBefore = 0;
}

bool Session::Impl::isAlive() const
{
    return tokens && !accessRefused && millisecondsLeft() > 0;
}

bool Session::Impl::isFresh() const
{
    return isAlive() && millisecondsLeft() >= margin;
}

QCoro::Task<> Session::Impl::restore(Self self)
{
    if (self->restoring) {
        const QFuture<void> running = *self->restoring;
        co_await running;
        co_return;
    }
    if (self->state != State::Unknown && !self->unread)
        co_return;
    QPromise<void> promise;
    promise.start();
    self->restoring = promise.future();
    const quint64 epoch = self->epoch;
    self->setState(State::Restoring);
    const Result<std::optional<TokenSet>> loaded = co_await self->store->load(self->key);
    self->restoring.reset();
    if (self->isCurrent(epoch)) {
        if (loaded && *loaded) {
            self->hold(**loaded, Origin::Store);
            self->stored = true;
        }
        // Left by a refresh that was killed: no way to go on with it.
        const bool spent = self->tokens && self->tokens->refreshToken.isEmpty() && !self->isFresh();
        if (spent) {
            self->letGo();
            removeStored(self);
        } else if (self->tokens && self->tokens->refreshToken.isEmpty()) {
            qCInfo(sessionLog, "session: without a refresh token");
        }
        self->unread = !loaded && loaded.error().kind == ErrorKind::Keychain;
        self->setFault(loaded ? std::nullopt : std::optional(loaded.error()));
        self->setState(self->tokens ? State::Connected : State::NotConnected);
    }
    promise.finish();
}

QCoro::Task<Result<void>> Session::Impl::adopt(Self self, TokenSet adopted, bool sessionOnly,
                                               CancelToken cancel)
{
    const Busy busy(self);
    // Before any wait: a forget() from now on has the last word.
    const quint64 forgets = self->forgets;
    while (self->adopting) {
        const QFuture<void> other = *self->adopting;
        co_await other;
    }
    QPromise<void> promise;
    promise.start();
    self->adopting = promise.future();
    Result<void> result = co_await adoptAlone(self, adopted, sessionOnly, cancel, forgets);
    self->adopting.reset();
    promise.finish();
    co_return result;
}

QCoro::Task<Result<void>> Session::Impl::adoptAlone(Self self, TokenSet adopted, bool sessionOnly,
                                                    CancelToken cancel, quint64 atForgets)
{
    if (self->refreshing) {
        const QFuture<Token> running = *self->refreshing;
        self->refreshCancel.cancel();
        co_await running;
    }
    if (!self->q || self->forgets != atForgets || cancel.isCancelled())
        co_return failure(withdrawn());
    if (!sessionOnly) {
        const Result<void> saved = co_await self->store->save(self->key, adopted);
        if (!self->q || self->forgets != atForgets)
            co_return failure(withdrawn());
        if (cancel.isCancelled()) {
            co_await putBack(self);
            co_return failure(withdrawn());
        }
        if (!saved) {
            self->setFault(saved.error());
            if (self->state == State::Ended)
                removeStored(self); // of what ended meanwhile
            co_return saved;
        }
    }
    ++self->epoch;
    const bool storeIsOutdated = sessionOnly && !self->unread;
    self->unread = false;
    self->sessionOnly = sessionOnly;
    self->stored = !sessionOnly;
    self->removalDue = false;
    self->hold(adopted, Origin::Exchange);
    if (!sessionOnly)
        self->setFault(std::nullopt);
    else if (storeIsOutdated)
        removeStored(self); // an older session, or what was to be stored first and comes late
    if (self->q)
        Q_EMIT self->q->adopted();
    self->setState(State::Connected);
    co_return Result<void>();
}

/// The store is given what the session holds.
QCoro::Task<> Session::Impl::putBack(Self self)
{
    const Busy busy(self);
    if (self->unread)
        co_return; // what is in there nobody knows
    if (self->tokens && !self->sessionOnly) {
        co_await keep(self, TokenSet(*self->tokens), self->epoch);
        co_return;
    }
    co_await removeStored(self);
    // That something couldn't be saved is no news once nobody wants it saved.
    if (!self->tokens && !self->removalDue)
        self->setFault(std::nullopt);
}

QCoro::Task<Result<void>> Session::Impl::forget(Self self)
{
    const Busy busy(self);
    ++self->forgets;
    const quint64 epoch = ++self->epoch;
    self->refreshCancel.cancel();
    self->letGo();
    self->unread = false;
    self->sessionOnly = false;
    self->stored = false;
    self->setState(State::Disconnecting);
    if (!self->q)
        co_return failure(withdrawn());
    const Result<void> removed = co_await self->store->remove(self->key);
    if (self->isCurrent(epoch)) {
        self->removalDue = !removed;
        self->setFault(removed ? std::nullopt : std::optional(removed.error()));
        self->setState(State::NotConnected);
    }
    co_return removed;
}

QCoro::Task<> Session::Impl::removeStored(Self self)
{
    const Busy busy(self);
    const quint64 epoch = self->epoch;
    const Result<void> removed = co_await self->store->remove(self->key);
    if (!self->isCurrent(epoch))
        co_return;
    self->removalDue = !removed;
    if (!removed)
        self->setFault(removed.error());
}

/// Over: memory and store forget the tokens.
Error Session::Impl::end(Self self, const Error &cause)
{
    ++self->epoch;
    self->letGo();
    self->sessionOnly = false;
    self->stored = false;
    if (!self->adopting)
        removeStored(self); // or it would remove the ones that are being saved
    self->setState(State::Ended);
    return ended(cause);
}

Session::Session(TokenKey key, QUrl apiUrl, TokenStore *store, const Clock *clock,
                 const TransportLimits &limits, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_shared<Impl>(limits))
{
    m_impl->q = this;
    m_impl->key = std::move(key);
    m_impl->refreshUrl = std::move(apiUrl);
    m_impl->refreshUrl.setPath(m_impl->refreshUrl.path() +
                               QStringLiteral("/oauth.RefreshAccessToken"));
    m_impl->store = store;
    m_impl->clock = clock;
    Impl::living << m_impl;
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, this, &Impl::settleAll);
}

Session::~Session()
{
    Impl::living.removeOne(m_impl);
    m_impl->q = nullptr;
    ++m_impl->epoch;
    m_impl->refreshCancel.cancel();
}

Session::State Session::state() const
{
    return m_impl->state;
}

TokenKey Session::key() const
{
    return m_impl->key;
}

bool Session::isSessionOnly() const
{
    return m_impl->tokens && (m_impl->sessionOnly || (!m_impl->stored && m_impl->fault));
}

std::optional<Error> Session::storageFault() const
{
    return m_impl->fault;
}

bool Session::isStoreUnread() const
{
    return m_impl->unread;
}

bool Session::isRemovalDue() const
{
    return m_impl->removalDue;
}

qint64 Session::secondsToRefresh() const
{
    if (!m_impl->tokens)
        return -1;
    return std::max<qint64>(0, (m_impl->millisecondsLeft() - m_impl->margin) / 1000);
}

QCoro::Task<> Session::restore()
{
    return Impl::restore(m_impl);
}

QCoro::Task<Result<void>> Session::adopt(TokenSet tokens, bool sessionOnly, CancelToken cancel)
{
    return Impl::adopt(m_impl, std::move(tokens), sessionOnly, std::move(cancel));
}

QCoro::Task<> Session::abandon()
{
    return Impl::putBack(m_impl);
}

QCoro::Task<Result<void>> Session::forget()
{
    return Impl::forget(m_impl);
}

QCoro::Task<Result<QByteArray>> Session::accessToken()
{
    return Impl::accessToken(m_impl);
}

QCoro::Task<Result<QByteArray>> Session::replaceRejected(QByteArray rejected)
{
    return Impl::usable(m_impl, std::move(rejected));
}

void Session::refused(const QByteArray &rejected)
{
    // A refresh under way decides by itself.
    if (m_impl->tokens && m_impl->tokens->accessToken == rejected && !m_impl->refreshing)
        Impl::end(m_impl, {});
}

QByteArrayList Session::secrets() const
{
    if (!m_impl->tokens)
        return {};
    return {m_impl->tokens->accessToken, m_impl->tokens->refreshToken};
}

void Session::resume()
{
    const auto &fault = m_impl->refreshFault;
    if (fault && (fault->kind == ErrorKind::Network || fault->kind == ErrorKind::Timeout ||
                  fault->kind == ErrorKind::Tls || fault->kind == ErrorKind::RateLimited))
        m_impl->notBefore = 0;
}

} // namespace sonar
