// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/jsontransport.h"
#include "app/sonar/accesstokenprovider.h"
#include "app/sonar/callqueue.h"
#include "app/sonar/replies.h"

#include <QCoro/QCoroTask>
#include <QObject>

namespace sonar {

/// How calls are repeated after 429, 5xx and lost connections; after a time-out they aren't.
struct RetryPolicy
{
    int retries = 3;
    int baseMilliseconds = 500;       ///< doubled each time, ±50 % at random
    int longestMilliseconds = 30'000; ///< a service that asks for more isn't asked again
    Alarm alarm = timerAlarm();
};

/// The Sonar API (protocol reference §4 and §5): one method per endpoint, request → typed value or
/// error. Authenticated calls carry `authorization: api:Bearer …`; a 401 leads to one replaced
/// token and one retry. Calls here are all safe to repeat: 429 and 5xx are retried with jittered
/// backoff, never before Retry-After has passed; a 429 holds back every call of the queue. At most
/// 6 are in flight. Bodies over 64 KiB are decoded off the calling thread.
class SonarClient : public QObject
{
    Q_OBJECT
public:
    /// `tokens` must outlive the client. `apiUrl` as in Sale::apiUrl. `queue` is shared by all
    /// clients of one service; without it the client has one of its own.
    SonarClient(QUrl apiUrl, AccessTokenProvider *tokens, TransportLimits limits = {},
                RetryPolicy retry = {}, std::shared_ptr<CallQueue> queue = nullptr,
                QObject *parent = nullptr);
    ~SonarClient() override;

    /// A person asks for the calls that follow: they are sent, however long the service wants to be
    /// left alone. Calls that the program makes by itself go on honouring that.
    void resume();

    QCoro::Task<Result<Profile>> myProfile(CancelToken cancel = {});
    QCoro::Task<Result<QList<Entity>>> listAvailableEntities(QString saleUuid,
                                                             CancelToken cancel = {});
    /// NotFound when the user has no such entity.
    QCoro::Task<Result<Entity>> readEntity(QString saleUuid, QString entityId,
                                           CancelToken cancel = {});
    QCoro::Task<Result<Entity>> readEntityByWallet(QString saleUuid, QString wallet,
                                                   CancelToken cancel = {});
    QCoro::Task<Result<PrePurchaseResult>>
    prePurchaseCheck(QString saleUuid, QString entityId, QString wallet, CancelToken cancel = {});
    QCoro::Task<Result<PermitReply>> generatePurchasePermit(QString saleUuid, QString entityId,
                                                            QString wallet,
                                                            CancelToken cancel = {});
    QCoro::Task<Result<CommitmentLimits>> limits(QString saleUuid, QString wallet,
                                                 CancelToken cancel = {});
    QCoro::Task<Result<QList<Investment>>> investmentHistory(CancelToken cancel = {});
    QCoro::Task<Result<CommitmentData>> readCommitmentData(QString saleUuid,
                                                           CancelToken cancel = {});

    static constexpr int mostInFlight = 6;

private:
    class Core; // shared with the calls under way, so that they may outlive the client
    std::shared_ptr<Core> m_core;
};

} // namespace sonar
