// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/sonarclient.h"

#include "app/net/answererror.h"
#include "app/net/redaction.h"
#include "app/sonar/callqueue.h"
#include "app/sonar/codecs.h"

#include <QCoreApplication>
#include <QCoro/QCoroFuture>
#include <QCoro/QCoroSignal>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QtConcurrent>
#include <QTimer>

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

bool isWorthRepeating(ErrorKind kind)
{
    return kind == ErrorKind::RateLimited || kind == ErrorKind::ServerFault ||
           kind == ErrorKind::Network || kind == ErrorKind::Timeout;
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
    Core(QUrl url, AccessTokenProvider *provider, TransportLimits limits, RetryPolicy policy)
        : apiUrl(std::move(url))
        , tokens(provider)
        , retry(policy)
        , transport(std::make_unique<JsonTransport>(limits))
        , queue(SonarClient::mostInFlight)
    {}

    void close()
    {
        closing.cancel();
        queue.close();
        transport.reset(); // tells the calls under way
    }
    bool isClosed() const { return closing.isCancelled(); }

    int pauseBefore(int attempt, const Error &error) const
    {
        if (error.retryAfterSeconds >= 0)
            return int(std::min<qint64>(qint64(error.retryAfterSeconds) * 1000,
                                        retry.longestMilliseconds));
        const qint64 doubled = qint64(retry.baseMilliseconds) << std::min(attempt, 16);
        const qint64 jittered = doubled / 2 + QRandomGenerator::global()->bounded(doubled + 1);
        return int(std::min<qint64>(jittered, retry.longestMilliseconds));
    }

    // The coroutines are static: what they need they hold themselves.
    static QCoro::Task<Result<QByteArray>> call(std::shared_ptr<Core> core, QString path,
                                                QByteArray json, bool authenticated,
                                                CancelToken cancel);
    /// What one attempt came to; a failed refresh of the token isn't repeated (protocol reference
    /// §12).
    struct Attempt
    {
        Result<QByteArray> answer;
        bool isRepeatable = true;
    };
    static QCoro::Task<Attempt> callOnce(std::shared_ptr<Core> core, QString path, QByteArray json,
                                         bool authenticated, CancelToken cancel);
    static QCoro::Task<Result<QByteArray>> send(std::shared_ptr<Core> core, QString path,
                                                QByteArray json, QByteArray token,
                                                CancelToken cancel);
    static QCoro::Task<> pause(std::shared_ptr<Core> core, int milliseconds, CancelToken cancel);

    template <typename T>
    static QCoro::Task<Result<T>> ask(std::shared_ptr<Core> core, QString path, QByteArray json,
                                      bool authenticated, CancelToken cancel,
                                      Result<T> (*decode)(const QByteArray &))
    {
        const Result<QByteArray> body = co_await call(core, path, json, authenticated, cancel);
        if (!body)
            co_return failure(body.error());
        Result<T> value = co_await decoded(*body, decode);
        co_return value;
    }

    QUrl apiUrl;
    AccessTokenProvider *tokens;
    RetryPolicy retry;
    std::unique_ptr<JsonTransport> transport;
    CallQueue queue;
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
    QTimer::singleShot(milliseconds, waiting, [waiting] { waiting->settle(true); });
    for (const CancelToken &token : {cancel, core->closing})
        QObject::connect(token.source(), &CancelSource::cancelled, waiting,
                         [waiting] { waiting->settle(false); });
    if (!cancel.isCancelled() && !core->isClosed())
        co_await qCoro(waiting, &Turn::settled);
}

QCoro::Task<Result<QByteArray>> SonarClient::Core::send(std::shared_ptr<Core> core, QString path,
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
    const Result<JsonReply> reply = co_await core->transport->post(url, json, headers, cancel);
    if (!reply)
        co_return failure(withoutSecrets(reply.error(), {token}));
    co_return reply->body;
}

QCoro::Task<SonarClient::Core::Attempt> SonarClient::Core::callOnce(std::shared_ptr<Core> core,
                                                                    QString path, QByteArray json,
                                                                    bool authenticated,
                                                                    CancelToken cancel)
{
    if (!authenticated) {
        Result<QByteArray> answer = co_await send(core, path, json, {}, cancel);
        co_return Attempt{answer, true};
    }
    const Result<QByteArray> token = co_await core->tokens->accessToken();
    if (!token)
        co_return Attempt{failure(token.error()), false};
    Result<QByteArray> answer = co_await send(core, path, json, *token, cancel);
    if (answer || answer.error().kind != ErrorKind::Unauthorized || core->isClosed())
        co_return Attempt{answer, true};

    const Result<QByteArray> replaced = co_await core->tokens->replaceRejected(*token);
    if (!replaced)
        co_return Attempt{failure(replaced.error()), false};
    Result<QByteArray> again = co_await send(core, path, json, *replaced, cancel);
    if (again || again.error().kind != ErrorKind::Unauthorized || core->isClosed())
        co_return Attempt{again, true};
    core->tokens->refused(*replaced);
    co_return Attempt{failure(sessionOver(withoutSecrets(again.error(), {*token, *replaced}))),
                      false};
}

QCoro::Task<Result<QByteArray>> SonarClient::Core::call(std::shared_ptr<Core> core, QString path,
                                                        QByteArray json, bool authenticated,
                                                        CancelToken cancel)
{
    for (int attempt = 0;; ++attempt) {
        const bool admitted = co_await core->queue.enter(cancel);
        if (!admitted || core->isClosed())
            co_return failure(cancelledError());
        const Attempt made = co_await callOnce(core, path, json, authenticated, cancel);
        core->queue.leave();
        if (made.answer || !made.isRepeatable || !isWorthRepeating(made.answer.error().kind) ||
            attempt >= core->retry.retries)
            co_return made.answer;
        const int milliseconds = core->pauseBefore(attempt, made.answer.error());
        co_await pause(core, milliseconds, cancel);
        if (core->isClosed() || cancel.isCancelled())
            co_return failure(cancelledError());
    }
}

SonarClient::SonarClient(QUrl apiUrl, AccessTokenProvider *tokens, TransportLimits limits,
                         RetryPolicy retry, QObject *parent)
    : QObject(parent)
    , m_core(std::make_shared<Core>(std::move(apiUrl), tokens, limits, retry))
{}

SonarClient::~SonarClient()
{
    m_core->close();
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
