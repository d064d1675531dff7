// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/sessionimpl.h"

#include "app/auth/tokenreply.h"
#include "app/base/json.h"
#include "app/net/answererror.h"
#include "app/net/redaction.h"

#include <QCoro/QCoroFuture>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace sonar {

using namespace sessionerrors;

namespace {

/// At the end of the program: how long a refresh may still take, and saving after that.
constexpr int lastAnswerMilliseconds = 3'000;
constexpr int lastSaveMilliseconds = 2'000;

/// Between refreshes that fail: doubled each time, or what the service asks for, within reason.
constexpr qint64 firstPauseMilliseconds = 2'000;
constexpr qint64 longestPauseMilliseconds = 64'000;
constexpr int longestPauseAskedSeconds = 600;

/// The service has refused the refresh token itself (protocol reference §12).
bool endsSession(const Error &error)
{
    return error.httpStatus == 400 || error.httpStatus == 401 || error.httpStatus == 403;
}

} // namespace

QCoro::Task<Session::Impl::Token> Session::Impl::accessToken(Self self)
{
    if (self->state == State::Unknown || self->state == State::Restoring)
        co_await restore(self);
    const Token token = co_await usable(self, {});
    co_return token;
}

/// An access token other than `rejected`, refreshed if it has to be.
QCoro::Task<Session::Impl::Token> Session::Impl::usable(Self self, QByteArray rejected)
{
    for (;;) {
        if (!self->q || !self->tokens)
            co_return failure(notConnected());
        if (!rejected.isEmpty() && self->tokens->accessToken == rejected)
            self->accessRefused = true;
        if (!self->refreshing) {
            // A copy: QCoro moves out of whatever else is returned, members included.
            if (self->isFresh())
                co_return Token(self->tokens->accessToken);
            if (self->adopting) {
                const QFuture<void> adopted = *self->adopting;
                co_await adopted;
                continue;
            }
            if (self->closing)
                co_return self->standIn(withdrawn());
            if (self->isHeldBack())
                co_return self->standIn(*self->refreshFault);
        }
        const QFuture<Token> refresh = refreshOnce(self);
        const Token token = co_await refresh;
        if (token || !self->q || self->closing)
            co_return token;
        if (token.error().kind != ErrorKind::Cancelled)
            co_return self->standIn(token.error());
        // Connected anew, or disconnected, while this one waited.
    }
}

void Session::Impl::holdBack(const Error &error)
{
    refreshFault = error;
    const qint64 pause =
        std::min(firstPauseMilliseconds << std::min(refreshFaults, 16), longestPauseMilliseconds);
    const int asked = std::min(error.retryAfterSeconds, longestPauseAskedSeconds);
    ++refreshFaults;
    notBefore = clock->steadyMilliseconds() + std::max<qint64>(pause, qint64(asked) * 1000);
}

bool Session::Impl::isHeldBack() const
{
    return refreshFault && clock->steadyMilliseconds() < notBefore;
}

/// After a refresh that failed: the access token while it lives.
Session::Impl::Token Session::Impl::standIn(const Error &error) const
{
    return isAlive() ? Token(tokens->accessToken) : Token(failure(error));
}

/// One refresh for everybody who asks while it runs.
QFuture<Session::Impl::Token> Session::Impl::refreshOnce(Self self)
{
    if (self->refreshing)
        return *self->refreshing;
    auto promise = std::make_shared<QPromise<Token>>();
    promise->start();
    const QFuture<Token> future = promise->future();
    self->refreshing = future;
    refresh(self, promise);
    return future;
}

QCoro::Task<> Session::Impl::refresh(Self self, std::shared_ptr<QPromise<Token>> promise)
{
    const Token token = co_await refreshed(self);
    self->refreshing.reset();
    promise->addResult(token);
    promise->finish();
    self->settled();
}

/// Takes the refresh token out of the store before it is sent. A program killed from here on finds
/// a set without one and asks to connect, rather than sending a token again that may be used
/// already (RFC 9700 §4.14: a replay ends the whole grant).
QCoro::Task<> Session::Impl::spend(Self self, TokenSet set)
{
    if (self->sessionOnly)
        co_return;
    set.refreshToken.clear();
    const quint64 epoch = self->epoch;
    const Result<void> saved = co_await self->store->save(self->key, set);
    if (!self->isCurrent(epoch))
        co_return;
    // After a fault, too: what timed out may be carried out later.
    self->stored = false;
    if (!saved)
        self->setFault(saved.error());
}

/// Saves tokens; when that fails the session goes on in memory.
QCoro::Task<> Session::Impl::keep(Self self, TokenSet set, quint64 atEpoch)
{
    const Result<void> saved = co_await self->store->save(self->key, set);
    if (!self->isCurrent(atEpoch))
        co_return;
    self->stored = saved.has_value();
    self->setFault(saved ? std::nullopt : std::optional(saved.error()));
}

QCoro::Task<Session::Impl::Token> Session::Impl::refreshed(Self self)
{
    const quint64 epoch = self->epoch;
    const TokenSet old = *self->tokens;
    const CancelToken cancel;
    self->refreshCancel = cancel;
    if (old.refreshToken.isEmpty())
        co_return failure(end(self, {}));
    qCInfo(sessionLog, "session: refreshing");
    co_await spend(self, old);
    if (!self->isCurrent(epoch))
        co_return failure(withdrawn());
    const QByteArray json =
        "{\"refresh_token\":" + jsonQuoted(QString::fromLatin1(old.refreshToken)) + '}';
    const JsonTransport::Headers noHeaders;
    const Result<JsonReply> reply =
        co_await self->transport.post(self->refreshUrl, json, noHeaders, cancel);
    if (!self->isCurrent(epoch))
        co_return failure(withdrawn());
    const qint64 now = self->clock->unixSeconds();
    Result<TokenReply> answer =
        reply ? parseTokenReply(reply->body, now) : Result<TokenReply>(failure(reply.error()));
    if (reply && !answer)
        answer = failure(withAnswerDetails(answer.error(), reply->status, reply->requestId));
    if (!answer) {
        const Error error = withoutSecrets(answer.error(), {old.refreshToken, old.accessToken});
        if (endsSession(error))
            co_return failure(end(self, error));
        // A fault of the network or the service costs no session.
        if (!self->sessionOnly)
            co_await keep(self, old, epoch);
        if (self->isCurrent(epoch) && error.kind != ErrorKind::Cancelled)
            self->holdBack(error);
        co_return failure(error);
    }
    const TokenSet fresh = tokenSet(*answer, now, old.refreshToken);
    if (!self->sessionOnly)
        co_await keep(self, fresh, epoch);
    if (!self->isCurrent(epoch))
        co_return failure(withdrawn());
    self->hold(fresh, Origin::Refresh);
    qCInfo(sessionLog, "session: refreshed");
    co_return fresh.accessToken;
}

/// When the program ends: what is being saved or removed is awaited, and so is a refresh, or it is
/// withdrawn and the tokens saved again. All sessions together, so that more of them take no
/// longer.
void Session::Impl::settleAll()
{
    const QList<Self> all = living;
    bool hasWork = false;
    for (const Self &self : all) {
        if (!std::exchange(self->closing, true) && !self->isSettled())
            hasWork = true;
    }
    if (!hasWork)
        return;
    QEventLoop loop;
    settling = &loop;
    QTimer::singleShot(lastAnswerMilliseconds, &loop, [&all] {
        for (const Self &self : all)
            self->refreshCancel.cancel();
    });
    QTimer::singleShot(lastAnswerMilliseconds + lastSaveMilliseconds, &loop, &QEventLoop::quit);
    loop.exec();
    settling = nullptr;
}

void Session::Impl::settled()
{
    if (settling && std::all_of(living.cbegin(), living.cend(),
                                [](const Self &self) { return self->isSettled(); }))
        settling->quit();
}

} // namespace sonar
