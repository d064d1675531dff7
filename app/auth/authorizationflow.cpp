// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/authorizationflow.h"

#include "app/auth/callbacklistener.h"
#include "app/auth/pendingsignins.h"
#include "app/auth/salereplyhandler.h"
#include "app/auth/secretlogging.h"
#include "app/auth/signinerrors.h"
#include "app/auth/straylog.h"
#include "app/auth/tokenexchange.h"
#include "app/auth/tokenreply.h"
#include "app/base/loopback.h"
#include "app/net/answererror.h"

#include <QOAuth2AuthorizationCodeFlow>
#include <QPointer>
#include <QTimer>

#include <utility>

namespace sonar {

namespace {

/// How long the browser's tab waits for the exchange before it is told to look at the window.
constexpr int longestHoldMilliseconds = 8'000;
/// How long the port stays open for the browser to fetch the result after its redirect.
constexpr int resultMilliseconds = 5'000;

QUrl withPath(QUrl base, QLatin1String path)
{
    base.setPath(base.path() + path);
    return base;
}

} // namespace

class AuthorizationFlow::Impl
{
public:
    Impl(AuthorizationFlow *flow, Sale theSale, QString theAccountId, const Clock *theClock);

    void begin();
    Result<QString> listen();
    void askBrowser(const QString &redirectUri);
    void callback(quint64 id, const CallbackParameters &parameters);
    void refuse(quint64 id, const CallbackParameters &parameters);
    void stray(StrayRequest kind, const QString &line);
    void note(const QString &line);
    void exchange(quint64 id, const CallbackParameters &parameters);
    void exchanged(const Result<JsonReply> &reply);
    void conclude(CallbackOutcome outcome, Result<TokenSet> result);
    void deliver();
    void setState(State next);
    qint64 millisecondsLeft() const;

    AuthorizationFlow *q;
    const Sale sale;
    const QString accountId;
    const Clock *clock;
    State state = State::Idle;
    qint64 startedAt = 0;
    QUrl authorizeUrl;

    PendingSignIns pending;
    PendingSignIn entry;
    CallbackListener listener;
    std::unique_ptr<TokenExchange> network;
    std::unique_ptr<SaleReplyHandler> handler;
    std::unique_ptr<QOAuth2AuthorizationCodeFlow> oauth;

    quint64 held = 0; ///< the callback whose tab waits for the result; 0 when none does
    StrayLog strays;
    std::optional<CallbackOutcome> showing;
    std::optional<Result<TokenSet>> result;
    QTimer expiry;
    QTimer holdLimit;
    QTimer resultLimit;
};

AuthorizationFlow::Impl::Impl(AuthorizationFlow *flow, Sale theSale, QString theAccountId,
                              const Clock *theClock)
    : q(flow)
    , sale(std::move(theSale))
    , accountId(std::move(theAccountId))
    , clock(theClock)
    , pending(theClock)
{
    QObject::connect(
        &listener, &CallbackListener::callbackReceived, q,
        [this](quint64 id, const CallbackParameters &parameters) { callback(id, parameters); });
    QObject::connect(&listener, &CallbackListener::strayRequest, q,
                     [this](StrayRequest kind, const QString &line) { stray(kind, line); });
    QObject::connect(&listener, &CallbackListener::resultShown, q, [this](CallbackOutcome shown) {
        if (showing == shown)
            deliver();
    });
    // Looks at the clock, since a timer stands still while the machine sleeps.
    expiry.setInterval(1000);
    QObject::connect(&expiry, &QTimer::timeout, q, [this] {
        if (state == State::WaitingForBrowser && millisecondsLeft() <= 0)
            conclude(CallbackOutcome::Expired, failure(signinerrors::expired()));
    });
    holdLimit.setSingleShot(true);
    holdLimit.setInterval(longestHoldMilliseconds);
    QObject::connect(&holdLimit, &QTimer::timeout, q, [this] {
        listener.answer(std::exchange(held, 0), CallbackOutcome::Unfinished);
    });
    resultLimit.setSingleShot(true);
    resultLimit.setInterval(resultMilliseconds);
    QObject::connect(&resultLimit, &QTimer::timeout, q, [this] { deliver(); });
}

void AuthorizationFlow::Impl::begin()
{
    if (state != State::Preparing)
        return;
    if (!isAllowedUrl(sale.frontendUrl) || !isAllowedUrl(sale.apiUrl)) {
        const bool frontend = !isAllowedUrl(sale.frontendUrl);
        const Error error = signinerrors::unusableSale(frontend ? QStringLiteral("frontendURL")
                                                                : QStringLiteral("apiURL"),
                                                       frontend ? sale.frontendUrl : sale.apiUrl);
        conclude(CallbackOutcome::Failed, failure(error));
        return;
    }
    const Result<QString> redirectUri = listen();
    if (!redirectUri) {
        conclude(CallbackOutcome::Failed, failure(redirectUri.error()));
        return;
    }
    askBrowser(*redirectUri);
}

/// Listens on the first of the sale's redirect URIs whose port is free.
Result<QString> AuthorizationFlow::Impl::listen()
{
    QList<quint16> taken;
    std::optional<Error> other;
    for (const QString &redirectUri : sale.redirectUris) {
        const Result<void> listening = listener.listen(redirectUri);
        if (listening)
            return redirectUri;
        if (listening.error().kind == ErrorKind::PortInUse)
            taken << quint16(QUrl(redirectUri).port(80));
        else if (!other)
            other = listening.error();
    }
    if (!taken.isEmpty())
        return failure(signinerrors::portsInUse(taken));
    return failure(other.value_or(signinerrors::notExchanged()));
}

void AuthorizationFlow::Impl::askBrowser(const QString &redirectUri)
{
    entry = pending.begin(accountId);
    startedAt = clock->steadyMilliseconds();
    const QUrl exchangeUrl =
        withPath(sale.apiUrl, QLatin1String("/oauth.ExchangeAuthorizationCodeV2"));
    network = std::make_unique<TokenExchange>(exchangeUrl);
    handler = std::make_unique<SaleReplyHandler>(redirectUri);
    oauth = std::make_unique<QOAuth2AuthorizationCodeFlow>(
        sale.clientUuid, withPath(sale.frontendUrl, QLatin1String("/oauth/authorize")), exchangeUrl,
        network.get());
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    oauth->setPkceMethod(QOAuth2AuthorizationCodeFlow::PkceMethod::None);
#endif
    oauth->setState(QString::fromLatin1(entry.state));
    oauth->setReplyHandler(handler.get());
    // The five parameters of protocol reference §3, whatever this Qt would add.
    oauth->setModifyParametersFunction(
        [this, redirectUri](QAbstractOAuth::Stage stage, QMultiMap<QString, QVariant> *parameters) {
            if (stage != QAbstractOAuth::Stage::RequestingAuthorization)
                return;
            const auto encoded = [](const QString &text) {
                return QString::fromLatin1(QUrl::toPercentEncoding(text));
            };
            *parameters = {
                {QStringLiteral("client_id"), encoded(sale.clientUuid)},
                {QStringLiteral("redirect_uri"), encoded(redirectUri)},
                {QStringLiteral("response_type"), QStringLiteral("code")},
                {QStringLiteral("state"), QString::fromLatin1(entry.state)},
                {QStringLiteral("code_challenge"), QString::fromLatin1(entry.challenge)},
            };
        });
    QObject::connect(handler.get(), &SaleReplyHandler::exchangeFinished, q,
                     [this] { exchanged(*handler->exchangeResult()); });
    QObject::connect(oauth.get(), &QAbstractOAuth::authorizeWithBrowser, q,
                     [this](const QUrl &url) { authorizeUrl = url; });
    oauth->grant();
    expiry.start();
    const QPointer<AuthorizationFlow> alive(q);
    setState(State::WaitingForBrowser);
    if (alive && state == State::WaitingForBrowser)
        Q_EMIT q->browserRequested(authorizeUrl);
}

void AuthorizationFlow::Impl::callback(quint64 id, const CallbackParameters &parameters)
{
    if (parameters.repeated) {
        refuse(id, parameters);
        return;
    }
    // State comes first, for errors as for codes (RFC 9700 §4.7).
    const auto taken = pending.take(parameters.state, accountId);
    if (!taken && taken.error() == StateRefusal::Expired) {
        held = id;
        conclude(CallbackOutcome::Expired, failure(signinerrors::expired()));
        return;
    }
    if (!taken) {
        refuse(id, parameters);
        return;
    }
    held = id;
    if (!parameters.error.isEmpty()) {
        const bool declined = signinerrors::isDeclined(parameters);
        conclude(declined ? CallbackOutcome::Declined : CallbackOutcome::Failed,
                 failure(signinerrors::refusedByService(parameters)));
    } else if (parameters.code.isEmpty()) {
        conclude(CallbackOutcome::Failed, failure(signinerrors::withoutCode()));
    } else {
        exchange(id, parameters);
    }
}

void AuthorizationFlow::Impl::refuse(quint64 id, const CallbackParameters &parameters)
{
    listener.answer(id, CallbackOutcome::Refused);
    const QPointer<AuthorizationFlow> alive(q);
    note(signinerrors::refusedCallbackLine(parameters));
    // Once the right one has come, there is nothing left to warn of.
    if (!alive || state != State::WaitingForBrowser)
        return;
    if (!parameters.repeated && parameters.state.isEmpty() && !parameters.error.isEmpty())
        Q_EMIT q->endReported(signinerrors::perhapsEnded(parameters));
    else
        Q_EMIT q->callbackRefused(signinerrors::callbackRefused(parameters));
}

void AuthorizationFlow::Impl::stray(StrayRequest kind, const QString &line)
{
    const QPointer<AuthorizationFlow> alive(q);
    note(line);
    if (!alive || state != State::WaitingForBrowser)
        return;
    if (kind == StrayRequest::Https)
        Q_EMIT q->callbackHindered(signinerrors::cameByHttps());
    else if (kind == StrayRequest::TooLarge)
        Q_EMIT q->callbackHindered(signinerrors::callbackTooLarge());
}

void AuthorizationFlow::Impl::note(const QString &line)
{
    if (result)
        return; // told already; the tab is fetching its page
    const bool first = strays.isEmpty();
    strays.add(line, clock->unixSeconds());
    if (first)
        Q_EMIT q->strayRequestsCame();
}

void AuthorizationFlow::Impl::exchange(quint64 id, const CallbackParameters &parameters)
{
    const QPointer<AuthorizationFlow> alive(q);
    setState(State::Finishing);
    if (!alive || state != State::Finishing || held != id)
        return;
    holdLimit.start();
    network->setGrant({parameters.code, entry.verifier, handler->callback()});
    entry = {};
    Q_EMIT handler->callbackReceived(
        {{QStringLiteral("code"), QString::fromUtf8(parameters.code)},
         {QStringLiteral("state"), QString::fromLatin1(parameters.state)}});
    if (network->hasGrant())
        conclude(CallbackOutcome::Failed, failure(signinerrors::notExchanged()));
}

void AuthorizationFlow::Impl::exchanged(const Result<JsonReply> &reply)
{
    if (result)
        return;
    if (!reply) {
        conclude(CallbackOutcome::Failed, failure(signinerrors::exchangeFailed(reply.error())));
        return;
    }
    const qint64 now = clock->unixSeconds();
    const Result<TokenReply> tokens = parseTokenReply(reply->body, now);
    if (tokens)
        conclude(CallbackOutcome::Connected, tokenSet(*tokens, now));
    else
        conclude(CallbackOutcome::Failed, failure(signinerrors::exchangeFailed(withAnswerDetails(
                                              tokens.error(), reply->status, reply->requestId))));
}

/// The tab is shown the outcome first; then the port is freed and the result delivered.
void AuthorizationFlow::Impl::conclude(CallbackOutcome outcome, Result<TokenSet> theResult)
{
    if (result)
        return;
    result = std::move(theResult);
    if (!*result && !strays.isEmpty()) {
        QString &details = result->error().details;
        details += details.isEmpty() ? strays.report() : QLatin1Char('\n') + strays.report();
    }
    expiry.stop();
    holdLimit.stop();
    pending.withdraw(accountId);
    entry = {};
    if (held == 0 || !listener.answer(std::exchange(held, 0), outcome)) {
        deliver();
        return;
    }
    showing = outcome;
    resultLimit.start();
}

void AuthorizationFlow::Impl::deliver()
{
    if (state == State::Done || !result)
        return;
    resultLimit.stop();
    listener.close();
    const Result<TokenSet> delivered = std::move(*result);
    const QPointer<AuthorizationFlow> alive(q);
    setState(State::Done);
    if (alive)
        Q_EMIT alive->finished(delivered);
}

void AuthorizationFlow::Impl::setState(State next)
{
    state = next;
    Q_EMIT q->stateChanged(next);
}

qint64 AuthorizationFlow::Impl::millisecondsLeft() const
{
    return startedAt + PendingSignIns::lifetimeMilliseconds - clock->steadyMilliseconds();
}

AuthorizationFlow::AuthorizationFlow(Sale sale, QString accountId, const Clock *clock,
                                     QObject *parent)
    : QObject(parent)
{
    static_assert(qint64(lifetimeSeconds) * 1000 == PendingSignIns::lifetimeMilliseconds);
    silenceSecretLogging();
    m_impl = std::make_unique<Impl>(this, std::move(sale), std::move(accountId), clock);
}

AuthorizationFlow::~AuthorizationFlow()
{
    m_impl->listener.answerAtOnce(m_impl->held, CallbackOutcome::Cancelled);
}

void AuthorizationFlow::start()
{
    if (m_impl->state != State::Idle)
        return;
    m_impl->setState(State::Preparing);
    // From the event loop: whoever started it has connected everything by then.
    QMetaObject::invokeMethod(
        this, [this] { m_impl->begin(); }, Qt::QueuedConnection);
}

void AuthorizationFlow::cancel()
{
    if (m_impl->state == State::Done)
        return;
    if (!m_impl->result) {
        m_impl->listener.answerAtOnce(std::exchange(m_impl->held, 0), CallbackOutcome::Cancelled);
        if (m_impl->network)
            m_impl->network->cancel(); // heard of later, when it no longer counts
        m_impl->conclude(CallbackOutcome::Cancelled, failure(signinerrors::cancelled()));
        return;
    }
    m_impl->deliver(); // it has ended already; only the tab was still being told
}

AuthorizationFlow::State AuthorizationFlow::state() const
{
    return m_impl->state;
}

QUrl AuthorizationFlow::authorizeUrl() const
{
    return m_impl->authorizeUrl;
}

QString AuthorizationFlow::strayRequests() const
{
    return m_impl->strays.report();
}

int AuthorizationFlow::secondsLeft() const
{
    if (m_impl->state == State::Idle || m_impl->state == State::Preparing)
        return lifetimeSeconds;
    return int(std::max<qint64>(0, (m_impl->millisecondsLeft() + 999) / 1000));
}

} // namespace sonar
