// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/permitdesk.h"

#include "app/config/preferences.h"
#include "app/sonar/sonarclient.h"
#include "app/workspace/permitdeskimpl.h"

#include <QSet>
#include <QtConcurrent>

#include <algorithm>
#include <utility>

// The rows; permitdeskjobs.cpp has the calls.

namespace sonar {

namespace {

/// Permits verified again in one turn of the event loop.
constexpr int verifiedPerTurn = 250;

} // namespace

QList<QPair<int, int>> permitRowRuns(QList<int> rows)
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

bool showsPermit(const PermitRow &row)
{
    switch (row.status) {
    case PermitStatus::NotChecked:
    case PermitStatus::Ready:
    case PermitStatus::NotReady:
        return false;
    case PermitStatus::Checking:
    case PermitStatus::Requesting:
    case PermitStatus::Issued:
    case PermitStatus::Expired:
    case PermitStatus::Failed:
        break;
    }
    return row.permit && !row.takenBack;
}

bool isSoundInItsWindow(const ExportedPermit &permit)
{
    const QList<PermitCheck> &checks = permit.verification.checks;
    return std::none_of(checks.cbegin(), checks.cend(), [](const PermitCheck &check) {
        return check.result == CheckResult::Failed && check.kind != PermitCheckKind::Window;
    });
}

void PermitDesk::Impl::tellChanged(const QList<int> &rows)
{
    for (const auto &[first, last] : permitRowRuns(rows))
        Q_EMIT q->rowsChanged(first, last);
}

PermitExpectation PermitDesk::Impl::expectationOf(const PermitRow &row,
                                                  const PermitSignature &signature) const
{
    PermitExpectation expected;
    expected.wallet = row.wallet;
    expected.saleUuid = sale.saleUuid;
    expected.saleSpecificEntityId = row.saleSpecificEntityId;
    expected.entityId = row.entityId;
    authority.complete(expected, signature);
    return expected;
}

QList<PermitDesk::Impl::Question> PermitDesk::Impl::questions(const QList<int> &rows) const
{
    QList<Question> questions;
    questions.reserve(rows.size());
    QHash<QString, PermitExpectation> bySigner;
    for (const int number : rows) {
        if (number < 0 || number >= q->m_rows.size() || !q->m_rows.at(number).permit)
            continue;
        const PermitRow &row = q->m_rows.at(number);
        const ExportedPermit &held = *row.permit;
        auto known = bySigner.find(held.signature.signerText);
        if (known == bySigner.end())
            known = bySigner.insert(held.signature.signerText, expectationOf(row, held.signature));
        PermitExpectation expected = *known;
        expected.wallet = row.wallet;
        expected.saleSpecificEntityId = row.saleSpecificEntityId;
        expected.entityId = row.entityId;
        questions.append({held, expected});
    }
    return questions;
}

QList<ExportedPermit> PermitDesk::Impl::answered(const QList<Question> &questions, qint64 now)
{
    QList<ExportedPermit> permits;
    permits.reserve(questions.size());
    for (const auto &[held, expected] : questions) {
        ExportedPermit permit = held;
        permit.verification = verifyPermit(permit.permit, permit.signature, expected, now);
        permits << permit;
    }
    return permits;
}

PermitVerification PermitDesk::Impl::verified(const PermitRow &row) const
{
    const ExportedPermit &held = *row.permit;
    return verifyPermit(held.permit, held.signature, expectationOf(row, held.signature),
                        clock->unixSeconds());
}

bool PermitDesk::Impl::wouldBeLost(const PermitRow &row) const
{
    return showsPermit(row) && !row.exported && q->secondsLeft(row).value_or(0) > 0;
}

/// Into a row that was set aside, what the same pair has got since.
void PermitDesk::Impl::takeSince(PermitRow &row, const PermitRow &since)
{
    const PermitRow before = std::exchange(row, since);
    if (since.permit || !before.permit)
        return;
    row.permit = before.permit;
    row.exported = before.exported;
    row.takenBack = since.status == PermitStatus::NotReady || before.takenBack;
    if (const auto job = jobs.find(keyOf(row)); job != jobs.end())
        job->before = before.status;
    else if (!row.takenBack)
        row.status = before.status;
}

void PermitDesk::Impl::verifyAgain()
{
    // It was a change between two whom nobody had confirmed.
    if (signerChange && authority.isDecided(signerChange->seen)) {
        signerChange.reset();
        Q_EMIT q->signerChangeChanged();
    }
    verifyFrom = 0;
    verifyBatch();
}

void PermitDesk::Impl::verifyBatch()
{
    QList<int> changed;
    QHash<QString, QPair<PermitExpectation, PermitVerification>> answered; // by signer
    for (; verifyFrom < int(q->m_rows.size()) && changed.size() < verifiedPerTurn; ++verifyFrom) {
        PermitRow &current = q->m_rows[verifyFrom];
        if (!current.permit)
            continue;
        ExportedPermit &held = *current.permit;
        const PermitVerification before = held.verification;
        const PermitExpectation expected = expectationOf(current, held.signature);
        held.verification =
            verifyPermit(held.permit, held.signature, expected, clock->unixSeconds());
        // Whom a permit may teach is known only now.
        const bool news = before.askingContract ||
                          before.signerConfirmed() != held.verification.signerConfirmed();
        if (news && held.verification.usable())
            answered.insert(held.verification.signer, {expected, held.verification});
        changed << verifyFrom;
    }
    if (verifyFrom < int(q->m_rows.size()))
        verifying.start();
    else
        verifying.stop();
    for (const auto &[expected, verification] : std::as_const(answered))
        noteSigner(expected, verification);
    tellChanged(changed);
}

PermitDesk::PermitDesk(Sale sale, SonarClient *client, Preferences *preferences, const Clock *clock,
                       QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(this, std::move(sale), client, preferences, clock))
{}

PermitDesk::~PermitDesk()
{
    m_impl->forgetJobs();
}

const Clock &PermitDesk::clock() const
{
    return *m_impl->clock;
}

int PermitDesk::rowOf(const QString &entityId, const QString &wallet) const
{
    return m_impl->index.rowOf(entityId, wallet);
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

std::optional<quint64> PermitDesk::opensAt(const PermitRow &row) const
{
    if (row.permit && row.permit->permit.opensAt)
        return row.permit->permit.opensAt;
    const ExportedPermit *last = nullptr;
    for (const PermitRow &other : m_rows) {
        if (other.entityId != row.entityId || !other.permit || !other.permit->permit.opensAt ||
            !isSoundInItsWindow(*other.permit))
            continue;
        if (!last || other.permit->receivedAt >= last->receivedAt)
            last = &*other.permit;
    }
    return last ? last->permit.opensAt : std::nullopt;
}

std::optional<qint64> PermitDesk::secondsUntilOpen(const PermitRow &row) const
{
    const quint64 now = quint64(std::max<qint64>(m_impl->clock->unixSeconds(), 0));
    const std::optional<quint64> opens = opensAt(row);
    if (!opens || *opens <= now)
        return std::nullopt;
    return qint64(std::min<quint64>(*opens - now, INT64_MAX));
}

int PermitDesk::add(const Entity &entity, const QString &wallet, const QString &walletName)
{
    return addAll({entity}, {Wallet{wallet, walletName}}).value(0, -1);
}

QList<int> PermitDesk::addAll(const QList<Entity> &entities, const QList<Wallet> &wallets)
{
    QList<int> all;
    const int first = int(m_rows.size());
    all.reserve(entities.size() * wallets.size());
    for (const Entity &entity : entities) {
        if (!entity.isReadable())
            continue;
        for (const Wallet &wallet : wallets) {
            if (const int known = rowOf(entity.entityId, wallet.address); known >= 0) {
                all << known;
                continue;
            }
            PermitRow row;
            row.entityId = entity.entityId;
            row.wallet = wallet.address;
            row.walletName = wallet.name;
            row.entityLabel = entity.label;
            row.saleSpecificEntityId = entity.saleSpecificEntityId;
            if (const auto limits = m_impl->limits.constFind(wallet.address);
                limits != m_impl->limits.cend())
                row.limits = *limits;
            const int number = int(m_rows.size());
            m_rows.append(row);
            m_impl->index.append(entity.entityId, wallet.address);
            all << number;
        }
    }
    if (m_rows.size() > first)
        Q_EMIT rowsAdded(first, int(m_rows.size()) - 1);
    return all;
}

void PermitDesk::renameWallets(const QHash<QString, QString> &names)
{
    QList<int> changed;
    for (int row = 0; row < int(m_rows.size()); ++row) {
        const auto name = names.constFind(m_rows.at(row).wallet);
        if (name == names.cend() || m_rows.at(row).walletName == *name)
            continue;
        m_rows[row].walletName = *name;
        changed << row;
    }
    m_impl->tellChanged(changed);
}

void PermitDesk::setEntities(const QList<Entity> &entities)
{
    QHash<QString, const Entity *> known;
    bool complete = true;
    for (const Entity &entity : entities) {
        known.insert(entity.entityId, &entity);
        complete = complete && entity.isIdKnown;
    }
    QList<int> changed;
    QList<int> gone;
    for (int number = 0; number < int(m_rows.size()); ++number) {
        PermitRow &row = m_rows[number];
        const Entity *entity = known.value(row.entityId);
        if (!entity) {
            // It may be the one whose id can't be read.
            if (complete && !showsPermit(row))
                gone << number;
            continue;
        }
        if (!entity->isReadable())
            continue;
        const bool otherId = row.saleSpecificEntityId != entity->saleSpecificEntityId;
        if (!otherId && row.entityLabel == entity->label)
            continue;
        row.entityLabel = entity->label;
        row.saleSpecificEntityId = entity->saleSpecificEntityId;
        if (row.permit) {
            row.permit->entityLabel = entity->label;
            row.permit->saleSpecificEntityId = entity->saleSpecificEntityId;
        }
        if (row.permit && otherId)
            row.permit->verification = m_impl->verified(row);
        changed << number;
    }
    m_impl->tellChanged(changed);
    remove(gone);
}

void PermitDesk::remove(QList<int> rows)
{
    const int count = int(m_rows.size());
    rows.removeIf([count](int row) { return row < 0 || row >= count; });
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    if (rows.isEmpty())
        return;
    const int before = running();
    const QList<CancelToken> calls = m_impl->takeJobs(rows);
    Q_EMIT rowsAboutToBeRemoved(rows);
    auto gone = rows.cbegin();
    int to = rows.first();
    for (int row = to; row < count; ++row) {
        if (gone != rows.cend() && *gone == row)
            ++gone;
        else
            m_rows[to++] = std::move(m_rows[row]);
    }
    m_rows.resize(to);
    m_impl->index.remove(rows);
    m_impl->verifyFrom = 0; // rows have moved up
    Q_EMIT rowsRemoved(rows);
    if (running() != before)
        Q_EMIT runningChanged(running());
    // Last: a call that ends makes room for another.
    for (const CancelToken &call : calls)
        call.cancel();
}

void PermitDesk::clear()
{
    m_impl->forgetJobs();
    m_impl->forgetLimits();
    m_rows.clear();
    m_impl->index.clear();
    m_impl->verifying.stop();
    m_impl->aside.clear();
    m_impl->signerChange.reset();
    Q_EMIT reset();
    Q_EMIT runningChanged(0);
}

void PermitDesk::setAside()
{
    if (m_rows.isEmpty())
        return;
    m_impl->cancelAll();
    m_impl->forgetLimits();
    if (m_impl->aside.isEmpty())
        m_impl->aside = m_rows;
    m_rows.clear();
    m_impl->index.clear();
    m_impl->verifying.stop();
    Q_EMIT reset();
}

void PermitDesk::bringBack()
{
    if (m_impl->aside.isEmpty())
        return;
    const QList<PermitRow> since = std::exchange(m_rows, std::exchange(m_impl->aside, {}));
    m_impl->index.clear();
    for (const PermitRow &row : std::as_const(m_rows))
        m_impl->index.append(row.entityId, row.wallet);
    for (const PermitRow &row : since) {
        const int place = rowOf(row.entityId, row.wallet);
        if (place < 0) {
            m_impl->index.append(row.entityId, row.wallet);
            m_rows << row;
        } else {
            m_impl->takeSince(m_rows[place], row);
        }
    }
    Q_EMIT reset();
    m_impl->verifyAgain();
}

void PermitDesk::dropSetAside()
{
    m_impl->aside.clear();
}

bool PermitDesk::hasSetAside() const
{
    return !m_impl->aside.isEmpty();
}

void PermitDesk::check(const QList<int> &rows)
{
    m_impl->client->resume();
    m_impl->start(rows, Impl::Purpose::Check);
}

void PermitDesk::request(const QList<int> &rows)
{
    m_impl->client->resume();
    m_impl->start(rows, Impl::Purpose::Request);
}

void PermitDesk::renew(const QList<int> &rows)
{
    m_impl->start(rows, Impl::Purpose::Renew);
}

void PermitDesk::recheck(const QList<int> &rows)
{
    m_impl->start(rows, Impl::Purpose::Recheck);
}

void PermitDesk::cancel()
{
    m_impl->cancelAll();
}

int PermitDesk::running() const
{
    return m_impl->running();
}

bool PermitDesk::isBusy(const PermitRow &row) const
{
    return m_impl->jobs.contains(Impl::keyOf(row));
}

void PermitDesk::tick()
{
    QList<int> changed;
    for (int row = 0; row < m_rows.size(); ++row) {
        const PermitRow &current = m_rows.at(row);
        if (current.status == PermitStatus::Issued && secondsLeft(current) == 0) {
            m_rows[row].status = PermitStatus::Expired;
            changed << row;
        }
    }
    m_impl->tellChanged(changed + m_impl->countWaits());
}

QList<ExportedPermit> PermitDesk::permits(const QList<int> &rows) const
{
    return Impl::answered(m_impl->questions(rows), m_impl->clock->unixSeconds());
}

QFuture<QList<ExportedPermit>> PermitDesk::permitsAside(const QList<int> &rows) const
{
    return QtConcurrent::run(&Impl::answered, m_impl->questions(rows),
                             m_impl->clock->unixSeconds());
}

void PermitDesk::lookAt(int row)
{
    if (row >= 0 && row < m_rows.size() && showsPermit(m_rows[row]) &&
        secondsLeft(m_rows[row]).value_or(0) > 0)
        m_impl->authority.ask(m_rows[row].permit->signature.signerText);
}

QCoro::Task<> PermitDesk::consultContract(QList<int> rows)
{
    QSet<QString> signers;
    for (const int row : std::as_const(rows)) {
        if (row >= 0 && row < m_rows.size() && m_rows[row].permit)
            signers.insert(m_rows[row].permit->signature.signerText);
    }
    return m_impl->authority.consult(QStringList(signers.cbegin(), signers.cend()));
}

bool PermitDesk::hasPermits() const
{
    return std::any_of(m_rows.cbegin(), m_rows.cend(), showsPermit);
}

int PermitDesk::issuedCount() const
{
    return int(std::count_if(m_rows.cbegin(), m_rows.cend(), [this](const PermitRow &row) {
        return showsPermit(row) && secondsLeft(row).value_or(0) > 0;
    }));
}

void PermitDesk::markExported(const QList<int> &rows)
{
    for (const int row : rows) {
        if (row >= 0 && row < m_rows.size() && showsPermit(m_rows.at(row)))
            m_rows[row].exported = true;
    }
}

int PermitDesk::unexportedCount(const QList<int> &rows) const
{
    return int(std::count_if(rows.cbegin(), rows.cend(),
                             [this](int row) { return m_impl->wouldBeLost(m_rows.at(row)); }));
}

int PermitDesk::unexportedCount() const
{
    const auto lost = [this](const PermitRow &row) { return m_impl->wouldBeLost(row); };
    return int(std::count_if(m_rows.cbegin(), m_rows.cend(), lost) +
               std::count_if(m_impl->aside.cbegin(), m_impl->aside.cend(), lost));
}

QList<int> PermitDesk::exportableRows() const
{
    QList<int> living;
    QList<int> shown;
    for (int row = 0; row < int(m_rows.size()); ++row) {
        if (!showsPermit(m_rows.at(row)))
            continue;
        shown << row;
        if (secondsLeft(m_rows.at(row)).value_or(0) > 0)
            living << row;
    }
    return living.isEmpty() ? shown : living;
}

std::optional<SignerChange> PermitDesk::signerChange() const
{
    return m_impl->signerChange;
}

void PermitDesk::acceptSigner(const QString &signer)
{
    m_impl->preferences->setFirstSeenSigner(m_impl->sale.serviceId(), m_impl->sale.saleUuid,
                                            signer);
    m_impl->signerChange.reset();
    m_impl->verifyAgain();
    Q_EMIT signerChangeChanged();
}

} // namespace sonar
