// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"
#include "app/workspace/pairindex.h"
#include "app/workspace/permitdesk.h"
#include "app/workspace/signerauthority.h"

#include <QFuture>
#include <QHash>
#include <QPair>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>

namespace sonar {

/// The calls of a PermitDesk. Thousands of rows may wait; only as many as keep the client busy are
/// under way.
class PermitDesk::Impl
{
public:
    using Key = QPair<QString, QString>; ///< entity id, wallet
    enum class Purpose { Check, Request, Renew, Recheck };

    /// A row's call, under way or waiting, and what the row falls back to.
    struct Job
    {
        quint64 id = 0;
        Purpose purpose = Purpose::Check;
        PermitStatus before = PermitStatus::NotChecked;
        std::optional<Error> errorBefore;
        bool quiet = false; ///< the row doesn't show that it runs
    };

    /// A permit, and what it is to be held against.
    struct Question
    {
        ExportedPermit permit;
        PermitExpectation expected;
    };

    Impl(PermitDesk *desk, Sale theSale, SonarClient *theClient, Preferences *thePreferences,
         const Clock *theClock);

    static Key keyOf(const PermitRow &row) { return {row.entityId, row.wallet}; }

    void start(const QList<int> &rows, Purpose purpose);
    void cancelAll();
    void endJob(const Key &key);
    int running() const { return int(jobs.size()) - rechecks; }
    /// Brings up to date how long the rows' calls have taken; the rows that say so.
    QList<int> countWaits();
    /// Forgets the jobs of these rows; what withdraws the calls under way for them.
    QList<CancelToken> takeJobs(const QList<int> &rows);
    int rowOf(const Key &key) const { return index.rowOf(key.first, key.second); }
    PermitExpectation expectationOf(const PermitRow &row, const PermitSignature &signature) const;
    /// About the permits of these rows; what knows the signers is asked once for each of them.
    QList<Question> questions(const QList<int> &rows) const;
    /// The permits, verified as of `now`; any thread may call it.
    static QList<ExportedPermit> answered(const QList<Question> &questions, qint64 now);
    /// Of the row's permit, which must be there, as of now.
    PermitVerification verified(const PermitRow &row) const;
    void tellChanged(const QList<int> &rows);
    void forgetJobs();
    void forgetLimits();
    /// Every permit by what is known of its signer now: the first at once, the others in batches,
    /// so that the window goes on turning.
    void verifyAgain();
    bool wouldBeLost(const PermitRow &row) const;
    void takeSince(PermitRow &row, const PermitRow &since);
    void noteSigner(const PermitExpectation &expected, const PermitVerification &verification);

    PermitDesk *q;
    Sale sale;
    SonarClient *client;
    Preferences *preferences;
    SignerAuthority authority;
    const Clock *clock;
    PairIndex index;
    QList<PermitRow> aside; ///< out of sight until it is known whose they are
    QHash<Key, Job> jobs;
    int rechecks = 0;                        ///< of the jobs
    QHash<QString, CommitmentLimits> limits; ///< by wallet, for rows to come
    CancelToken cancelLimits;                ///< of questions about limits
    std::optional<SignerChange> signerChange;
    QTimer verifying; ///< runs while rows are still to be verified again
    int verifyFrom = 0;

private:
    struct ReadPermit
    {
        PurchasePermit permit;
        PermitSignature signature;
    };

    struct Call
    {
        Key key;
        qint64 since = 0; ///< steady milliseconds
        CancelToken cancel;
    };

    void verifyBatch();
    /// Starts what waits, as far as there is room.
    void pump();
    static QCoro::Task<> work(QPointer<PermitDesk> desk, Key key, quint64 job, CancelToken cancel);
    /// One row's check and, if asked for and ready, its permit. Touches the desk only while it
    /// lives and only the row that carries `job`.
    static QCoro::Task<> run(QPointer<PermitDesk> desk, Key key, quint64 job, CancelToken cancel);
    static QFuture<Result<ReadPermit>> readAside(const QByteArray &reply, const Sale &sale);
    static QCoro::Task<> askLimits(QPointer<PermitDesk> desk, QString wallet);
    bool isCurrent(const Key &key, quint64 job) const;
    bool takeOver(Job &job, Purpose purpose);
    bool keepsOld(const PermitRow &row, const Job &job, const PermitVerification &found) const;
    void update(const Key &key, quint64 job, const std::function<void(PermitRow &)> &change);
    void takeCheck(const Key &key, quint64 job, const PrePurchaseResult &checked);
    void takePermit(const Key &key, quint64 job, const QByteArray &reply, const ReadPermit &read);
    void finish(const Key &key, quint64 job, PermitStatus status,
                const std::optional<Error> &error);
    void wantLimits(const QString &wallet);
    void takeLimits(const QString &wallet, const CommitmentLimits &found);

    std::deque<QPair<Key, quint64>> m_waiting;
    int m_active = 0;
    QHash<quint64, Call> m_calls; ///< of the jobs under way
    bool m_pumping = false;
    quint64 m_lastJob = 0;
    QList<QString> m_limitsWanted; ///< wallets, asked for when no check or request waits
    int m_limitsActive = 0;
    QHash<QString, qint64> m_limitsAt; ///< wallet → steady milliseconds
};

/// First and last of each run of neighbours in `rows`, so that a batch is few signals.
QList<QPair<int, int>> permitRowRuns(QList<int> rows);

} // namespace sonar
