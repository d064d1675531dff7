// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/permitdeskimpl.h"

#include "app/config/preferences.h"
#include "app/permits/localmoment.h"
#include "app/sonar/sonarclient.h"

#include <algorithm>

#include <QCoro/QCoroFuture>
#include <QtConcurrent>
#include <QTimeZone>

namespace sonar {

namespace {

/// Twice what the client has in flight: one is always ready to take a place that falls free.
constexpr int mostActiveJobs = 2 * SonarClient::mostInFlight;
constexpr int mostActiveLimits = 3;
/// Limits younger than this aren't asked for again by another check of the wallet.
constexpr qint64 limitsMilliseconds = 60'000;
/// From then on a row says what it waits for.
constexpr qint64 longWaitSeconds = 10;

Error spoiledRenewal(const PermitVerification &verification, const PurchasePermit &permit)
{
    Error error{ErrorKind::Malformed,
                verification.usable()
                    ? PermitDesk::tr("The permit that should replace this one isn't confirmed.")
                    : PermitDesk::tr("The permit that should replace this one can't be used."),
                {},
                {},
                0};
    for (const PermitCheck &check : verification.checks) {
        if (check.result == CheckResult::Failed && error.advice.isEmpty())
            error.advice = localCheckText(check, permit);
    }
    for (const QString &note : permitNotes(verification)) {
        if (error.advice.isEmpty())
            error.advice = note;
    }
    return error;
}

} // namespace

PermitDesk::Impl::Impl(PermitDesk *desk, Sale theSale, SonarClient *theClient,
                       Preferences *thePreferences, const Clock *theClock)
    : q(desk)
    , sale(std::move(theSale))
    , client(theClient)
    , preferences(thePreferences)
    , authority(sale, thePreferences, theClock)
    , clock(theClock)
{
    QObject::connect(&authority, &SignerAuthority::changed, q, [this] { verifyAgain(); });
    QObject::connect(&authority, &SignerAuthority::answered, q, &PermitDesk::contractAnswered);
    verifying.setSingleShot(true);
    QObject::connect(&verifying, &QTimer::timeout, q, [this] { verifyBatch(); });
}

void PermitDesk::Impl::start(const QList<int> &rows, Purpose purpose)
{
    if (jobs.isEmpty())
        cancelLimits = CancelToken();
    const int before = running();
    QList<int> begun;
    begun.reserve(rows.size());
    jobs.reserve(jobs.size() + rows.size());
    for (const int row : rows) {
        if (row < 0 || row >= q->m_rows.size())
            continue;
        PermitRow &current = q->m_rows[row];
        const Key key = keyOf(current);
        if (const auto known = jobs.find(key); known != jobs.end()) {
            if (!takeOver(*known, purpose))
                continue;
            current.status = PermitStatus::Checking;
            current.waiting.reset();
            begun << row;
            continue;
        }
        const bool quiet = purpose == Purpose::Recheck ||
                           (purpose == Purpose::Renew && current.status == PermitStatus::Issued);
        jobs.insert(key, {++m_lastJob, purpose, current.status, current.error, quiet});
        m_waiting.push_back({key, m_lastJob});
        if (purpose == Purpose::Recheck)
            ++rechecks;
        if (quiet)
            continue;
        current.status = PermitStatus::Checking;
        current.waiting.reset();
        begun << row;
    }
    tellChanged(begun);
    if (running() != before)
        Q_EMIT q->runningChanged(running());
    pump();
}

/// The user asks for what runs in the background already: it becomes theirs, and is shown.
bool PermitDesk::Impl::takeOver(Job &job, Purpose purpose)
{
    const bool asked =
        purpose == Purpose::Request ||
        (purpose == Purpose::Check && job.purpose == Purpose::Recheck); // a renewal checks, too
    if (!job.quiet || !asked)
        return false;
    if (job.purpose == Purpose::Recheck)
        --rechecks;
    job.purpose = purpose;
    job.quiet = false;
    return true;
}

void PermitDesk::Impl::pump()
{
    // A call that ends at once comes back here: one loop serves all.
    if (m_pumping)
        return;
    m_pumping = true;
    const QPointer<PermitDesk> desk(q);
    while (desk && !m_waiting.empty() && m_active < mostActiveJobs) {
        const auto [key, job] = m_waiting.front();
        m_waiting.pop_front();
        if (!isCurrent(key, job))
            continue;
        ++m_active;
        const CancelToken cancel;
        m_calls.insert(job, {key, clock->steadyMilliseconds(), cancel});
        work(desk, key, job, cancel);
    }
    while (desk && m_active == 0 && m_waiting.empty() && !m_limitsWanted.isEmpty() &&
           m_limitsActive < mostActiveLimits) {
        const QString wallet = m_limitsWanted.takeFirst();
        if (index.rowsOf(wallet).isEmpty()) {
            m_limitsAt.remove(wallet); // its rows have gone meanwhile
            continue;
        }
        ++m_limitsActive;
        askLimits(desk, wallet);
    }
    if (desk)
        m_pumping = false;
}

QCoro::Task<> PermitDesk::Impl::work(QPointer<PermitDesk> desk, Key key, quint64 job,
                                     CancelToken cancel)
{
    co_await run(desk, key, job, cancel);
    if (!desk)
        co_return;
    desk->m_impl->m_calls.remove(job);
    --desk->m_impl->m_active;
    desk->m_impl->pump();
}

QCoro::Task<> PermitDesk::Impl::run(QPointer<PermitDesk> desk, Key key, quint64 job,
                                    CancelToken cancel)
{
    const QString saleUuid = desk->m_impl->sale.saleUuid;
    const Result<PrePurchaseResult> checked =
        co_await desk->m_impl->client->prePurchaseCheck(saleUuid, key.first, key.second, cancel);
    if (!desk || !desk->m_impl->isCurrent(key, job))
        co_return;
    if (!checked) {
        desk->m_impl->finish(key, job, PermitStatus::Failed, checked.error());
        co_return;
    }
    desk->m_impl->takeCheck(key, job, *checked);
    if (!desk || !desk->m_impl->isCurrent(key, job))
        co_return;
    const Result<PermitReply> reply = co_await desk->m_impl->client->generatePurchasePermit(
        saleUuid, key.first, key.second, cancel);
    if (!desk || !desk->m_impl->isCurrent(key, job))
        co_return;
    if (!reply) {
        desk->m_impl->finish(key, job, PermitStatus::Failed, reply.error());
        co_return;
    }
    const Result<ReadPermit> read = co_await readAside(reply->body, desk->m_impl->sale);
    if (!desk || !desk->m_impl->isCurrent(key, job))
        co_return;
    if (!read) {
        desk->m_impl->finish(key, job, PermitStatus::Failed, read.error());
        co_return;
    }
    // The permit is there at once, and what the contract says of it follows; but one that is to
    // replace a living one may turn out to be worth less.
    if (desk->m_impl->jobs.value(key).purpose == Purpose::Renew) {
        const QStringList signer{read->signature.signerText}; // GCC 12 can't await a list in braces
        co_await desk->m_impl->authority.consult(signer);
    }
    if (desk && desk->m_impl->isCurrent(key, job))
        desk->m_impl->takePermit(key, job, reply->body, *read);
}

/// Recovering a signer takes too long for the window's thread when thousands of permits come.
QFuture<Result<PermitDesk::Impl::ReadPermit>> PermitDesk::Impl::readAside(const QByteArray &reply,
                                                                          const Sale &sale)
{
    return QtConcurrent::run(
        [reply, chain = sale.chainType(), signer = sale.permitSigner]() -> Result<ReadPermit> {
            const Result<PurchasePermit> permit = decodePermit(reply, chain);
            if (!permit)
                return failure(permit.error());
            return ReadPermit{*permit, readSignature(*permit, signer)};
        });
}

bool PermitDesk::Impl::isCurrent(const Key &key, quint64 job) const
{
    const auto found = jobs.constFind(key);
    return found != jobs.cend() && found->id == job;
}

void PermitDesk::Impl::update(const Key &key, quint64 job,
                              const std::function<void(PermitRow &)> &change)
{
    const int row = isCurrent(key, job) ? rowOf(key) : -1;
    if (row < 0)
        return;
    change(q->m_rows[row]);
    Q_EMIT q->rowsChanged(row, row);
}

void PermitDesk::Impl::takeCheck(const Key &key, quint64 job, const PrePurchaseResult &checked)
{
    wantLimits(key.second);
    const Job asked = jobs.value(key);
    const bool wantsPermit = asked.purpose == Purpose::Request || asked.purpose == Purpose::Renew;
    if (checked.ready && wantsPermit) {
        if (const auto call = m_calls.find(job); call != m_calls.end())
            call->since = clock->steadyMilliseconds();
        if (!asked.quiet)
            update(key, job, [](PermitRow &row) {
                row.status = PermitStatus::Requesting;
                row.waiting.reset();
            });
        return;
    }
    const int row = rowOf(key);
    PermitStatus status = checked.ready ? PermitStatus::Ready : PermitStatus::NotReady;
    if (row >= 0) {
        PermitRow &changed = q->m_rows[row];
        // A check takes no living permit away, and gives back one that another had taken.
        if (q->secondsLeft(changed).value_or(0) > 0 &&
            (checked.ready || asked.purpose == Purpose::Renew))
            status = PermitStatus::Issued;
        changed.takenBack = changed.permit && status == PermitStatus::NotReady;
        changed.reason = checked.reason;
        changed.reasonText = checked.reasonText;
        changed.livenessCheckUrl = checked.livenessCheckUrl;
    }
    finish(key, job, status, std::nullopt);
}

/// A renewal brought a worse permit than the one that it was to replace.
bool PermitDesk::Impl::keepsOld(const PermitRow &row, const Job &job,
                                const PermitVerification &found) const
{
    if (job.purpose != Purpose::Renew || !row.permit)
        return false;
    const auto worth = [](const PermitVerification &verification) {
        return !verification.usable() ? 0 : verification.signerConfirmed() ? 2 : 1;
    };
    return worth(found) < worth(verified(row));
}

void PermitDesk::Impl::takePermit(const Key &key, quint64 job, const QByteArray &reply,
                                  const ReadPermit &read)
{
    const int row = rowOf(key);
    if (row < 0)
        return;
    authority.ask(read.signature.signerText);
    PermitRow &current = q->m_rows[row];
    const PermitExpectation expected = expectationOf(current, read.signature);
    ExportedPermit exported;
    exported.entityLabel = current.entityLabel;
    exported.saleSpecificEntityId = current.saleSpecificEntityId;
    exported.wallet = current.wallet;
    exported.replyText = reply;
    exported.permit = read.permit;
    exported.signature = read.signature;
    exported.verification =
        verifyPermit(read.permit, read.signature, expected, clock->unixSeconds());
    if (keepsOld(current, jobs.value(key), exported.verification)) {
        finish(key, job, PermitStatus::Issued, spoiledRenewal(exported.verification, read.permit));
        noteSigner(expected, exported.verification);
        return;
    }
    exported.receivedAt = QDateTime::fromSecsSinceEpoch(clock->unixSeconds(), QTimeZone::utc());
    current.permit = exported;
    current.exported = false;
    current.takenBack = false;
    current.reason = FailureReason::None;
    current.reasonText.clear();
    current.livenessCheckUrl.clear();
    const bool expired =
        qint64(std::min<quint64>(read.permit.expiresAt, INT64_MAX)) <= clock->unixSeconds();
    finish(key, job, expired ? PermitStatus::Expired : PermitStatus::Issued, std::nullopt);
    noteSigner(expected, exported.verification);
}

void PermitDesk::Impl::noteSigner(const PermitExpectation &expected,
                                  const PermitVerification &verification)
{
    if (verification.signer.isEmpty() || verification.askingContract)
        return;
    // Only a permit that is right in everything else may say who signs.
    if (verification.usable())
        authority.remember(expected, verification.signer);
    if (expected.signerSource != SignerSource::SeenBefore ||
        verification.signer.compare(expected.signer, Qt::CaseInsensitive) == 0)
        return;
    const SignerChange found{expected.signer, verification.signer};
    if (signerChange == found)
        return;
    signerChange = found;
    Q_EMIT q->signerChangeChanged();
}

void PermitDesk::Impl::finish(const Key &key, quint64 job, PermitStatus status,
                              const std::optional<Error> &error)
{
    if (!isCurrent(key, job))
        return;
    const Job ended = jobs.value(key);
    const bool cancelled = error && error->kind == ErrorKind::Cancelled;
    update(key, job, [&](PermitRow &row) {
        row.waiting.reset();
        // A call that fails takes no permit away: what went wrong stands beside it.
        const bool stays =
            error && row.permit && !row.takenBack &&
            (ended.before == PermitStatus::Issued || ended.before == PermitStatus::Expired);
        // In the background nothing has changed the row.
        if (!error || !ended.quiet)
            row.status = cancelled || stays ? ended.before : status;
        if (cancelled)
            row.error = ended.errorBefore;
        else if (!error || ended.purpose != Purpose::Recheck)
            row.error = error;
    });
    const int row = rowOf(key);
    endJob(key);
    if (row < 0 || cancelled)
        return;
    if (!error && ended.before == PermitStatus::NotReady &&
        (status == PermitStatus::Ready || status == PermitStatus::Issued))
        Q_EMIT q->becameReady(row);
    Q_EMIT q->callEnded(row, error && ended.purpose != Purpose::Recheck);
}

void PermitDesk::Impl::endJob(const Key &key)
{
    const auto ended = jobs.constFind(key);
    if (ended == jobs.cend())
        return;
    const bool counted = ended->purpose != Purpose::Recheck;
    jobs.erase(ended);
    if (counted)
        Q_EMIT q->runningChanged(running());
    else
        --rechecks;
}

QList<CancelToken> PermitDesk::Impl::takeJobs(const QList<int> &rows)
{
    QList<CancelToken> calls;
    for (const int row : rows) {
        const auto job = jobs.constFind(keyOf(q->m_rows.at(row)));
        if (job == jobs.cend())
            continue;
        if (job->purpose == Purpose::Recheck)
            --rechecks;
        if (const auto call = m_calls.constFind(job->id); call != m_calls.cend())
            calls << call->cancel;
        jobs.erase(job);
    }
    return calls;
}

QList<int> PermitDesk::Impl::countWaits()
{
    QList<int> changed;
    for (auto call = m_calls.cbegin(); call != m_calls.cend(); ++call) {
        const qint64 seconds = (clock->steadyMilliseconds() - call->since) / 1000;
        const int row = isCurrent(call->key, call.key()) ? rowOf(call->key) : -1;
        if (row < 0 || seconds < longWaitSeconds)
            continue;
        PermitRow &current = q->m_rows[row];
        if (current.status != PermitStatus::Checking && current.status != PermitStatus::Requesting)
            continue; // in the background
        if (current.waiting && current.waiting->seconds == seconds)
            continue;
        current.waiting = CallWait{sale.apiUrl.host(), seconds};
        changed << row;
    }
    return changed;
}

void PermitDesk::Impl::forgetJobs()
{
    // First forgotten, then withdrawn: what comes back finds nothing to do.
    jobs.clear();
    rechecks = 0;
    m_waiting.clear();
    for (const QString &wallet : std::as_const(m_limitsWanted))
        m_limitsAt.remove(wallet);
    m_limitsWanted.clear();
    const QHash<quint64, Call> calls = std::exchange(m_calls, {});
    for (const Call &call : calls)
        call.cancel.cancel();
    cancelLimits.cancel();
}

void PermitDesk::Impl::forgetLimits()
{
    limits.clear();
    m_limitsAt.clear();
}

void PermitDesk::Impl::cancelAll()
{
    // Rows fall back at once; what the withdrawn calls still answer finds no job of theirs.
    const QHash<Key, Job> withdrawn = jobs;
    forgetJobs();
    QList<int> changed;
    changed.reserve(withdrawn.size());
    for (auto it = withdrawn.cbegin(); it != withdrawn.cend(); ++it) {
        const int row = rowOf(it.key());
        if (row < 0 || it->quiet)
            continue;
        q->m_rows[row].status = it->before;
        q->m_rows[row].error = it->errorBefore;
        q->m_rows[row].waiting.reset();
        changed << row;
    }
    tellChanged(changed);
    Q_EMIT q->runningChanged(0);
}

void PermitDesk::Impl::wantLimits(const QString &wallet)
{
    const qint64 now = clock->steadyMilliseconds();
    const auto known = m_limitsAt.constFind(wallet);
    if (known != m_limitsAt.cend() && now - *known < limitsMilliseconds)
        return;
    m_limitsAt.insert(wallet, now);
    m_limitsWanted << wallet;
}

QCoro::Task<> PermitDesk::Impl::askLimits(QPointer<PermitDesk> desk, QString wallet)
{
    const Result<CommitmentLimits> answer = co_await desk->m_impl->client->limits(
        desk->m_impl->sale.saleUuid, wallet, desk->m_impl->cancelLimits);
    if (!desk)
        co_return;
    // Limits are an extra: without an answer the column stays empty, and the next check asks again.
    if (answer)
        desk->m_impl->takeLimits(wallet, *answer);
    else
        desk->m_impl->m_limitsAt.remove(wallet);
    if (!desk)
        co_return;
    --desk->m_impl->m_limitsActive;
    desk->m_impl->pump();
}

void PermitDesk::Impl::takeLimits(const QString &wallet, const CommitmentLimits &found)
{
    limits.insert(wallet, found);
    QList<int> changed;
    for (const int row : index.rowsOf(wallet)) {
        if (q->m_rows.at(row).limits == found)
            continue;
        q->m_rows[row].limits = found;
        changed << row;
    }
    tellChanged(changed);
}

} // namespace sonar
