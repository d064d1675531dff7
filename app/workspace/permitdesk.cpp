// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/permitdesk.h"

#include "app/config/preferences.h"
#include "app/sonar/sonarclient.h"
#include "app/workspace/signerauthority.h"

#include <QCoreApplication>
#include <QHash>
#include <QPointer>
#include <QSet>

#include <algorithm>

namespace sonar {

namespace {

using Key = QPair<QString, QString>;

Key keyOf(const PermitRow &row)
{
    return {row.entityId, row.wallet};
}

bool isBusy(PermitStatus status)
{
    return status == PermitStatus::Checking || status == PermitStatus::Requesting;
}

/// First and last of each run of neighbours in `rows`, so that a batch is few signals.
QList<QPair<int, int>> runsOf(QList<int> rows)
{
    std::sort(rows.begin(), rows.end());
    QList<QPair<int, int>> runs;
    for (const int row : rows) {
        if (!runs.isEmpty() && row <= runs.last().second + 1)
            runs.last().second = row;
        else
            runs.append({row, row});
    }
    return runs;
}

} // namespace

class PermitDesk::Impl
{
public:
    Impl(PermitDesk *desk, Sale theSale, SonarClient *theClient, Preferences *thePreferences,
         const Clock *theClock)
        : q(desk)
        , sale(std::move(theSale))
        , client(theClient)
        , authority(sale, thePreferences, theClock)
        , clock(theClock)
    {}

    void start(const QList<int> &rows, bool request);
    /// One row's check and, if asked for and ready, its permit. Touches the desk only while it
    /// lives and only the row that carries `job`.
    static QCoro::Task<> run(QPointer<PermitDesk> desk, Key key, quint64 job, bool request,
                             CancelToken cancel);
    void update(const Key &key, quint64 job, const std::function<void(PermitRow &)> &change);
    bool isCurrent(const Key &key, quint64 job) const { return jobs.value(key) == job; }
    void finish(const Key &key, quint64 job, PermitStatus status,
                const std::optional<Error> &error);
    void takePermit(const Key &key, quint64 job, const PermitReply &reply);
    PermitExpectation expectationOf(const PermitRow &row, const PurchasePermit &permit) const;
    void reindex(int from);
    void endJob(const Key &key);

    PermitDesk *q;
    Sale sale;
    SonarClient *client;
    SignerAuthority authority;
    const Clock *clock;
    QHash<Key, int> index;
    QHash<Key, quint64> jobs;     ///< key → the job that may change its row
    QHash<Key, PermitRow> before; ///< what a row was before its job
    quint64 lastJob = 0;
    CancelToken cancel;
};

void PermitDesk::Impl::reindex(int from)
{
    for (int row = from; row < q->m_rows.size(); ++row)
        index.insert(keyOf(q->m_rows[row]), row);
}

void PermitDesk::Impl::update(const Key &key, quint64 job,
                              const std::function<void(PermitRow &)> &change)
{
    if (!isCurrent(key, job))
        return;
    const int row = index.value(key, -1);
    if (row < 0)
        return;
    change(q->m_rows[row]);
    Q_EMIT q->rowsChanged(row, row);
}

void PermitDesk::Impl::endJob(const Key &key)
{
    jobs.remove(key);
    before.remove(key);
    Q_EMIT q->runningChanged(int(jobs.size()));
}

void PermitDesk::Impl::finish(const Key &key, quint64 job, PermitStatus status,
                              const std::optional<Error> &error)
{
    if (!isCurrent(key, job))
        return;
    if (error && error->kind == ErrorKind::Cancelled) {
        const PermitRow old = before.value(key);
        update(key, job, [&old](PermitRow &row) { row = old; });
    } else {
        update(key, job, [&](PermitRow &row) {
            row.status = status;
            row.error = error;
        });
    }
    endJob(key);
}

PermitExpectation PermitDesk::Impl::expectationOf(const PermitRow &row,
                                                  const PurchasePermit &permit) const
{
    PermitExpectation expected;
    expected.wallet = row.wallet;
    expected.saleUuid = sale.saleUuid;
    expected.saleSpecificEntityId = row.saleSpecificEntityId;
    expected.entityId = row.entityId;
    authority.complete(expected, permit);
    return expected;
}

void PermitDesk::Impl::takePermit(const Key &key, quint64 job, const PermitReply &reply)
{
    const int row = isCurrent(key, job) ? index.value(key, -1) : -1;
    if (row < 0)
        return;
    const Result<PurchasePermit> permit = decodePermit(reply.body, sale.chainType());
    if (!permit) {
        finish(key, job, PermitStatus::Failed, permit.error());
        return;
    }
    const PermitRow &current = q->m_rows[row];
    const PermitExpectation expected = expectationOf(current, *permit);
    ExportedPermit exported;
    exported.entityLabel = current.entityLabel;
    exported.saleSpecificEntityId = current.saleSpecificEntityId;
    exported.wallet = current.wallet;
    exported.replyText = reply.body;
    exported.permit = *permit;
    exported.verification = verifyPermit(*permit, expected, clock->unixSeconds());
    exported.receivedAt = QDateTime::fromSecsSinceEpoch(clock->unixSeconds(), Qt::UTC);
    authority.remember(expected, exported.verification.signer);
    const bool expired =
        qint64(std::min<quint64>(permit->expiresAt, INT64_MAX)) <= clock->unixSeconds();
    update(key, job, [&exported](PermitRow &changed) { changed.permit = exported; });
    finish(key, job, expired ? PermitStatus::Expired : PermitStatus::Issued, std::nullopt);
}

QCoro::Task<> PermitDesk::Impl::run(QPointer<PermitDesk> desk, Key key, quint64 job, bool request,
                                    CancelToken cancel)
{
    const QString saleUuid = desk->m_impl->sale.saleUuid;
    const QString entityId = key.first;
    const QString wallet = key.second;
    const Result<PrePurchaseResult> checked =
        co_await desk->m_impl->client->prePurchaseCheck(saleUuid, entityId, wallet, cancel);
    if (!desk || !desk->m_impl->isCurrent(key, job))
        co_return;
    Impl &impl = *desk->m_impl;
    if (!checked) {
        impl.finish(key, job, PermitStatus::Failed, checked.error());
        co_return;
    }
    impl.update(key, job, [&](PermitRow &row) {
        row.reason = checked->reason;
        row.reasonText = checked->reasonText;
        row.livenessCheckUrl = checked->livenessCheckUrl;
        row.error.reset();
        if (checked->ready && request)
            row.status = PermitStatus::Requesting;
    });
    if (!checked->ready || !request) {
        // A check doesn't take away the permit that the row holds already.
        const int row = impl.index.value(key, -1);
        const bool holdsPermit = row >= 0 && desk->m_rows[row].permit &&
                                 impl.before.value(key).status == PermitStatus::Issued;
        PermitStatus status = checked->ready ? PermitStatus::Ready : PermitStatus::NotReady;
        if (checked->ready && holdsPermit)
            status = PermitStatus::Issued;
        impl.finish(key, job, status, std::nullopt);
        co_return;
    }
    const Result<PermitReply> reply =
        co_await desk->m_impl->client->generatePurchasePermit(saleUuid, entityId, wallet, cancel);
    if (!desk || !desk->m_impl->isCurrent(key, job))
        co_return;
    if (!reply) {
        desk->m_impl->finish(key, job, PermitStatus::Failed, reply.error());
        co_return;
    }
    co_await desk->m_impl->authority.consult(reply->body, cancel);
    // A cancelled job's row was put back already, or goes away with the desk.
    if (desk && !cancel.isCancelled())
        desk->m_impl->takePermit(key, job, *reply);
}

void PermitDesk::Impl::start(const QList<int> &rows, bool request)
{
    if (jobs.isEmpty())
        cancel = CancelToken();
    QList<int> begun;
    QList<QPair<Key, quint64>> toRun;
    for (const int row : rows) {
        if (row < 0 || row >= q->m_rows.size() || isBusy(q->m_rows[row].status))
            continue;
        PermitRow &current = q->m_rows[row];
        const Key key = keyOf(current);
        before.insert(key, current);
        jobs.insert(key, ++lastJob);
        current.status = PermitStatus::Checking;
        begun << row;
        toRun.append({key, lastJob});
    }
    for (const auto &[first, last] : runsOf(begun))
        Q_EMIT q->rowsChanged(first, last);
    if (!begun.isEmpty())
        Q_EMIT q->runningChanged(int(jobs.size()));
    for (const auto &[key, job] : toRun)
        run(q, key, job, request, cancel);
}

PermitDesk::PermitDesk(Sale sale, SonarClient *client, Preferences *preferences, const Clock *clock,
                       QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(this, std::move(sale), client, preferences, clock))
{}

PermitDesk::~PermitDesk()
{
    m_impl->cancel.cancel();
}

int PermitDesk::rowOf(const QString &entityId, const QString &wallet) const
{
    return m_impl->index.value({entityId, wallet}, -1);
}

std::optional<qint64> PermitDesk::secondsLeft(const PermitRow &row) const
{
    if (!row.permit)
        return std::nullopt;
    const PurchasePermit &permit = row.permit->permit;
    quint64 end = permit.expiresAt;
    if (permit.closesAt)
        end = std::min(end, *permit.closesAt);
    const quint64 now = quint64(std::max<qint64>(m_impl->clock->unixSeconds(), 0));
    // Far away ends (up to 2^64 - 1) stay positive.
    return end <= now ? 0 : qint64(std::min<quint64>(end - now, INT64_MAX));
}

int PermitDesk::add(const Entity &entity, const QString &wallet, const QString &walletName)
{
    const Key key{entity.entityId, wallet};
    if (const int known = m_impl->index.value(key, -1); known >= 0)
        return known;
    PermitRow row;
    row.entityId = entity.entityId;
    row.wallet = wallet;
    row.walletName = walletName;
    row.entityLabel = entity.label;
    row.saleSpecificEntityId = entity.saleSpecificEntityId;
    const int number = int(m_rows.size());
    m_rows.append(row);
    m_impl->index.insert(key, number);
    Q_EMIT rowsAdded(number, number);
    return number;
}

void PermitDesk::remove(QList<int> rows)
{
    const QList<QPair<int, int>> runs = runsOf(std::move(rows));
    for (auto run = runs.crbegin(); run != runs.crend(); ++run) {
        const int first = std::max(run->first, 0);
        const int last = std::min(run->second, int(m_rows.size()) - 1);
        if (first > last)
            continue;
        for (int row = first; row <= last; ++row) {
            const Key key = keyOf(m_rows[row]);
            m_impl->index.remove(key);
            if (m_impl->jobs.contains(key))
                m_impl->endJob(key);
        }
        m_rows.remove(first, last - first + 1);
        m_impl->reindex(first);
        Q_EMIT rowsRemoved(first, last);
    }
}

void PermitDesk::clear()
{
    m_impl->cancel.cancel();
    m_rows.clear();
    m_impl->index.clear();
    m_impl->jobs.clear();
    m_impl->before.clear();
    Q_EMIT reset();
    Q_EMIT runningChanged(0);
}

void PermitDesk::check(const QList<int> &rows)
{
    m_impl->start(rows, false);
}

void PermitDesk::request(const QList<int> &rows)
{
    m_impl->start(rows, true);
}

void PermitDesk::cancel()
{
    // Rows fall back at once; what the withdrawn calls still answer finds no job of theirs.
    m_impl->cancel.cancel();
    const QHash<Key, PermitRow> before = std::exchange(m_impl->before, {});
    m_impl->jobs.clear();
    QList<int> changed;
    for (auto it = before.cbegin(); it != before.cend(); ++it) {
        const int row = m_impl->index.value(it.key(), -1);
        if (row < 0)
            continue;
        m_rows[row] = it.value();
        changed << row;
    }
    for (const auto &[first, last] : runsOf(changed))
        Q_EMIT rowsChanged(first, last);
    Q_EMIT runningChanged(0);
}

int PermitDesk::running() const
{
    return int(m_impl->jobs.size());
}

void PermitDesk::tick()
{
    QList<int> changed;
    for (int row = 0; row < m_rows.size(); ++row) {
        PermitRow &current = m_rows[row];
        if (current.status == PermitStatus::Issued && secondsLeft(current) == 0) {
            current.status = PermitStatus::Expired;
            changed << row;
        }
    }
    for (const auto &[first, last] : runsOf(changed))
        Q_EMIT rowsChanged(first, last);
}

QList<ExportedPermit> PermitDesk::permits(const QList<int> &rows) const
{
    QList<ExportedPermit> permits;
    for (const int row : rows) {
        if (row < 0 || row >= m_rows.size() || !m_rows[row].permit)
            continue;
        ExportedPermit permit = *m_rows[row].permit;
        // What is exported says whether the permit is usable now, not when it came.
        permit.verification =
            verifyPermit(permit.permit, m_impl->expectationOf(m_rows[row], permit.permit),
                         m_impl->clock->unixSeconds());
        permits << permit;
    }
    return permits;
}

} // namespace sonar
