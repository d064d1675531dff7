// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/sonarclient.h"

#include "app/net/answererror.h"
#include "app/net/redaction.h"
#include "app/sonar/codecs.h"

#include <QCoreApplication>
#include <QCoro/QCoroFuture>
#include <QCoro/QCoroSignal>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QtConcurrent>

namespace sonar {

namespace {

/// Both tokens were refused: what the last answer said, as the end of the session.
Error sessionOver(Error error)
{
    error.kind = ErrorKind::NotConnected;
    error.advice = QCoreApplication::translate(
        "sonar::SonarClient", "Connect again to go on. What is shown stays until then.");
    return error;
}

Error cancelledError()
{
    return errorFromNetwork(QNetworkReply::OperationCanceledError, {});
}

QByteArray jsonOf(std::initializer_list<std::pair<QString, QJsonValue>> members)
{
    return QJsonDocument(QJsonObject(members)).toJson(QJsonDocument::Compact);
}

/// Not after a time-out: who waited a minute for nothing would wait for minutes more.
bool isWorthRepeating(ErrorKind kind)
{
    return kind == ErrorKind::RateLimited || kind == ErrorKind::ServerFault ||
           kind == ErrorKind::Network;
}

/// Nothing was sent: the service has asked to be left alone for that long.
Error notSent(int seconds)
{
    constexpr int tooManyRequests = 429;
    return errorFromAnswer({tooManyRequests, {}, QByteArray::number(seconds), {}});
}

/// A call's place in the queue, until it is left.
class Place
{
public:
    Place(CallQueue *queue, bool isTaken)
        : m_queue(isTaken ? queue : nullptr)
    {}
    ~Place() { leave(); }
    Q_DISABLE_COPY_MOVE(Place)

    void leave()
    {
        if (CallQueue *queue = std::exchange(m_queue, nullptr))
            queue->leave();
    }

private:
    CallQueue *m_queue;
};

/// Somebody's wait for an access token, which may end before the token comes.
struct TokenWait
{
    Turn turn;
    Result<QByteArray> token = failure({});
};

QCoro::Task<> bring(QCoro::Task<Result<QByteArray>> asked, std::shared_ptr<TokenWait> wait)
{
    wait->token = co_await asked;
    wait->turn.settle(true);
}

/// Decodes off this thread what would hold it up.
template <typename T>
QCoro::Task<Result<T>> decoded(QByteArray body, Result<T> (*decode)(const QByteArray &))
{
    constexpr qsizetype longestHere = 64 * 1024;
    if (body.size() <= longestHere)
        co_return decode(body);
    QFuture<Result<T>> future = QtConcurrent::run(decode, body);
    co_return co_await future;
}

} // namespace

class SonarClient::Core
{
public:
    Core(QUrl url, AccessTokenProvider *provider, TransportLimits limits, RetryPolicy policy,
         std::shared_ptr<CallQueue> sharedQueue)
        : apiUrl(std::move(url))
        , tokens(provider)
        , retry(std::move(policy))
        , transport(std::make_unique<JsonTransport>(limits))
        , queue(sharedQueue ? std::move(sharedQueue)
                            : std::make_shared<CallQueue>(SonarClient::mostInFlight, retry.alarm))
    {}

    void close()
    {
        closing.cancel();  // tells those who wait
        transport.reset(); // tells the calls under way
    }
    bool isClosed() const { return closing.isCancelled(); }

    /// Longer than anybody here waits.
    bool asksTooMuch(const Error &error) const
    {
        return qint64(error.retryAfterSeconds) * 1000 > retry.longestMilliseconds;
    }

    /// Never less than what the service asked for, nor less than without its asking: a time that is
    /// past already asks for nothing. Not all at the same moment.
    int pauseBefore(int attempt, const Error &error) const
    {
        QRandomGenerator &random = *QRandomGenerator::global();
        const qint64 doubled = qint64(retry.baseMilliseconds) << std::min(attempt, 16);
        const qint64 jittered = doubled / 2 + random.bounded(doubled + 1);
        const int own = int(std::min<qint64>(jittered, retry.longestMilliseconds));
        if (error.retryAfterSeconds < 0)
            return own;
        return std::max(own, error.retryAfterSeconds * 1000 +
                                 random.bounded(retry.baseMilliseconds + 1));
    }

    /// Too many requests are everybody's matter.
    void holdBack(int attempt, const Error &error) const
    {
        const int milliseconds = pauseBefore(attempt, error);
        if (asksTooMuch(error))
            queue->turnAwayFor(milliseconds);
        else
            queue->holdFor(milliseconds);
    }

    // The coroutines are static: what they need they hold themselves.
    static QCoro::Task<Result<JsonReply>> call(std::shared_ptr<Core> core, QString path,
                                               QByteArray json, bool authenticated,
                                               CancelToken cancel);
    /// What one attempt came to; a failed refresh of the token isn't repeated (protocol reference
    /// §12).
    struct Attempt
    {
        Result<JsonReply> answer;
        bool isRepeatable = true;
    };
    static QCoro::Task<Attempt> callOnce(std::shared_ptr<Core> core, QString path, QByteArray json,
                                         bool authenticated, CancelToken cancel);
    static QCoro::Task<Result<JsonReply>> send(std::shared_ptr<Core> core, QString path,
                                               QByteArray json, QByteArray token,
                                               CancelToken cancel);
    static QCoro::Task<Result<QByteArray>> untilCancelled(std::shared_ptr<Core> core,
                                                          QCoro::Task<Result<QByteArray>> asked,
                                                          CancelToken cancel);
    static QCoro::Task<> pause(std::shared_ptr<Core> core, int milliseconds, CancelToken cancel);

    template <typename T>
    static QCoro::Task<Result<T>> ask(std::shared_ptr<Core> core, QString path, QByteArray json,
                                      bool authenticated, CancelToken cancel,
                                      Result<T> (*decode)(const QByteArray &))
    {
        const Result<JsonReply> reply = co_await call(core, path, json, authenticated, cancel);
        if (!reply)
            co_return failure(reply.error());
        Result<T> value = co_await decoded(reply->body, decode);
        if (!value)
            co_return failure(
                withoutSecrets(withAnswerDetails(value.error(), reply->status, reply->requestId),
                               core->secrets()));
        co_return value;
    }

    QUrl apiUrl;
    /// What no error may show.
    QByteArrayList secrets() const { return isClosed() ? QByteArrayList() : tokens->secrets(); }

    AccessTokenProvider *tokens;
    RetryPolicy retry;
    std::unique_ptr<JsonTransport> transport;
    std::shared_ptr<CallQueue> queue;
    CancelToken closing;
};

QCoro::Task<> SonarClient::Core::pause(std::shared_ptr<Core> core, int milliseconds,
                                       CancelToken cancel)
{
    struct DeleteLater
    {
        void operator()(QObject *object) const { object->deleteLater(); }
    };
    const std::unique_ptr<Turn, DeleteLater> wait(new Turn);
    Turn *waiting = wait.get();
    core->retry.alarm(milliseconds, waiting, [waiting] { waiting->settle(true); });
    for (const CancelToken &token : {cancel, core->closing})
        QObject::connect(token.source(), &CancelSource::cancelled, waiting,
                         [waiting] { waiting->settle(false); });
    if (!cancel.isCancelled() && !core->isClosed())
        co_await qCoro(waiting, &Turn::settled);
}

/// The token that was asked for, or Cancelled as soon as nobody wants it any more. The refresh
/// behind it goes on: others may wait for it.
QCoro::Task<Result<QByteArray>>
SonarClient::Core::untilCancelled(std::shared_ptr<Core> core, QCoro::Task<Result<QByteArray>> asked,
                                  CancelToken cancel)
{
    const auto wait = std::make_shared<TokenWait>();
    Turn *turn = &wait->turn;
    for (const CancelToken &token : {cancel, core->closing})
        QObject::connect(token.source(), &CancelSource::cancelled, turn,
                         [turn] { turn->settle(false); });
    bring(std::move(asked), wait);
    if (!turn->isSettled() && !cancel.isCancelled() && !core->isClosed())
        co_await qCoro(turn, &Turn::settled);
    if (!turn->isAdmitted())
        co_return failure(cancelledError());
    co_return Result<QByteArray>(wait->token);
}

QCoro::Task<Result<JsonReply>> SonarClient::Core::send(std::shared_ptr<Core> core, QString path,
                                                       QByteArray json, QByteArray token,
                                                       CancelToken cancel)
{
    if (core->isClosed())
        co_return failure(cancelledError());
    QUrl url = core->apiUrl;
    url.setPath(url.path() + path);
    JsonTransport::Headers headers;
    if (!token.isEmpty())
        headers.append({QByteArrayLiteral("authorization"), "api:Bearer " + token});
    QByteArrayList secrets = core->secrets() << token;
    const Result<JsonReply> reply = co_await core->transport->post(url, json, headers, cancel);
    if (!reply) {
        secrets << core->secrets(); // refreshed meanwhile
        co_return failure(withoutSecrets(reply.error(), secrets));
    }
    co_return Result<JsonReply>(*reply);
}

QCoro::Task<SonarClient::Core::Attempt> SonarClient::Core::callOnce(std::shared_ptr<Core> core,
                                                                    QString path, QByteArray json,
                                                                    bool authenticated,
                                                                    CancelToken cancel)
{
    if (!authenticated) {
        Result<JsonReply> answer = co_await send(core, path, json, {}, cancel);
        co_return Attempt{answer, true};
    }
    const Result<QByteArray> token =
        co_await untilCancelled(core, core->tokens->accessToken(), cancel);
    if (!token)
        co_return Attempt{failure(token.error()), false};
    Result<JsonReply> answer = co_await send(core, path, json, *token, cancel);
    if (answer || answer.error().kind != ErrorKind::Unauthorized || core->isClosed())
        co_return Attempt{answer, true};

    const Result<QByteArray> replaced =
        co_await untilCancelled(core, core->tokens->replaceRejected(*token), cancel);
    if (!replaced)
        co_return Attempt{failure(replaced.error()), false};
    Result<JsonReply> again = co_await send(core, path, json, *replaced, cancel);
    if (again || again.error().kind != ErrorKind::Unauthorized || core->isClosed())
        co_return Attempt{again, true};
    core->tokens->refused(*replaced);
    co_return Attempt{failure(sessionOver(withoutSecrets(again.error(), {*token, *replaced}))),
                      false};
}

QCoro::Task<Result<JsonReply>> SonarClient::Core::call(std::shared_ptr<Core> core, QString path,
                                                       QByteArray json, bool authenticated,
                                                       CancelToken cancel)
{
    for (int attempt = 0;; ++attempt) {
        const bool admitted = co_await core->queue->enter(cancel, core->closing);
        Place place(core->queue.get(), admitted);
        if (core->isClosed() || cancel.isCancelled())
            co_return failure(cancelledError());
        if (!admitted)
            co_return failure(notSent(core->queue->turnsAwaySeconds()));
        const Attempt made = co_await callOnce(core, path, json, authenticated, cancel);
        const bool wantsPause = !made.answer && made.answer.error().kind == ErrorKind::RateLimited;
        if (wantsPause)
            core->holdBack(attempt, made.answer.error());
        place.leave();
        if (made.answer || !made.isRepeatable || !isWorthRepeating(made.answer.error().kind) ||
            core->asksTooMuch(made.answer.error()) || attempt >= core->retry.retries)
            co_return made.answer;
        if (wantsPause)
            continue; // the queue waits
        const int milliseconds = core->pauseBefore(attempt, made.answer.error());
        co_await pause(core, milliseconds, cancel);
        if (core->isClosed() || cancel.isCancelled())
            co_return failure(cancelledError());
    }
}

SonarClient::SonarClient(QUrl apiUrl, AccessTokenProvider *tokens, TransportLimits limits,
                         RetryPolicy retry, std::shared_ptr<CallQueue> queue, QObject *parent)
    : QObject(parent)
    , m_core(std::make_shared<Core>(std::move(apiUrl), tokens, limits, std::move(retry),
                                    std::move(queue)))
{}

SonarClient::~SonarClient()
{
    m_core->close();
}

void SonarClient::resume()
{
    m_core->queue->resume();
    m_core->tokens->resume();
}

QCoro::Task<Result<Profile>> SonarClient::myProfile(CancelToken cancel)
{
    return Core::ask(m_core, QStringLiteral("/externalapi.MyProfile"), QByteArrayLiteral("{}"),
                     true, cancel, decodeProfile);
}

QCoro::Task<Result<QList<Entity>>> SonarClient::listAvailableEntities(QString saleUuid,
                                                                      CancelToken cancel)
{
    return Core::ask(m_core, QStringLiteral("/externalapi.ListAvailableEntities"),
                     jsonOf({{QStringLiteral("SaleUUID"), saleUuid}}), true, cancel,
                     decodeEntities);
}

QCoro::Task<Result<Entity>> SonarClient::readEntity(QString saleUuid, QString entityId,
                                                    CancelToken cancel)
{
    return Core::ask(
        m_core, QStringLiteral("/externalapi.ReadEntity"),
        jsonOf({{QStringLiteral("SaleUUID"), saleUuid}, {QStringLiteral("EntityID"), entityId}}),
        true, cancel, decodeEntity);
}

QCoro::Task<Result<Entity>> SonarClient::readEntityByWallet(QString saleUuid, QString wallet,
                                                            CancelToken cancel)
{
    return Core::ask(
        m_core, QStringLiteral("/externalapi.ReadEntity"),
        jsonOf({{QStringLiteral("SaleUUID"), saleUuid}, {QStringLiteral("WalletAddress"), wallet}}),
        true, cancel, decodeEntity);
}

QCoro::Task<Result<PrePurchaseResult>> SonarClient::prePurchaseCheck(QString saleUuid,
                                                                     QString entityId,
                                                                     QString wallet,
                                                                     CancelToken cancel)
{
    return Core::ask(m_core, QStringLiteral("/externalapi.PrePurchaseCheck"),
                     jsonOf({{QStringLiteral("SaleUUID"), saleUuid},
                             {QStringLiteral("EntityID"), entityId},
                             {QStringLiteral("PurchasingWalletAddress"), wallet}}),
                     true, cancel, decodePrePurchase);
}

QCoro::Task<Result<PermitReply>> SonarClient::generatePurchasePermit(QString saleUuid,
                                                                     QString entityId,
                                                                     QString wallet,
                                                                     CancelToken cancel)
{
    return Core::ask(m_core, QStringLiteral("/externalapi.GenerateSalePurchasePermit"),
                     jsonOf({{QStringLiteral("SaleUUID"), saleUuid},
                             {QStringLiteral("EntityID"), entityId},
                             {QStringLiteral("PurchasingWalletAddress"), wallet}}),
                     true, cancel, decodePermitReply);
}

QCoro::Task<Result<CommitmentLimits>> SonarClient::limits(QString saleUuid, QString wallet,
                                                          CancelToken cancel)
{
    return Core::ask(
        m_core, QStringLiteral("/externalapi.Limits"),
        jsonOf({{QStringLiteral("SaleUUID"), saleUuid}, {QStringLiteral("WalletAddress"), wallet}}),
        true, cancel, decodeLimits);
}

QCoro::Task<Result<QList<Investment>>> SonarClient::investmentHistory(CancelToken cancel)
{
    return Core::ask(m_core, QStringLiteral("/externalapi.ReadEntityInvestmentHistory"),
                     QByteArrayLiteral("{}"), true, cancel, decodeInvestments);
}

QCoro::Task<Result<CommitmentData>> SonarClient::readCommitmentData(QString saleUuid,
                                                                    CancelToken cancel)
{
    return Core::ask(m_core, QStringLiteral("/sonar/v1/public/read-commitment-data"),
                     jsonOf({{QStringLiteral("SaleUUID"), saleUuid}}), false, cancel,
                     decodeCommitmentData);
}

} // namespace sonar
