// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/permitdesk.h"

#include "app/config/preferences.h"
#include "app/workspace/permitdeskimpl.h"

#include <algorithm>

// The rows; permitdeskjobs.cpp has the calls.

namespace sonar {

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

void PermitDesk::Impl::tellChanged(const QList<int> &rows)
{
    for (const auto &[first, last] : permitRowRuns(rows))
        Q_EMIT q->rowsChanged(first, last);
}

void PermitDesk::Impl::reindex(int from)
{
    for (int row = from; row < q->m_rows.size(); ++row)
        index.insert(keyOf(q->m_rows.at(row)), row);
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

void PermitDesk::Impl::verifyAgain()
{
    QList<int> changed;
    for (int row = 0; row < int(q->m_rows.size()); ++row) {
        PermitRow &current = q->m_rows[row];
        if (!current.permit)
            continue;
        const PurchasePermit &permit = current.permit->permit;
        current.permit->verification =
            verifyPermit(permit, expectationOf(current, permit), clock->unixSeconds());
        changed << row;
    }
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

std::optional<qint64> PermitDesk::secondsUntilOpen(const PermitRow &row) const
{
    if (!row.permit || !row.permit->permit.opensAt)
        return std::nullopt;
    const quint64 now = quint64(std::max<qint64>(m_impl->clock->unixSeconds(), 0));
    const quint64 opensAt = *row.permit->permit.opensAt;
    if (opensAt <= now)
        return std::nullopt;
    return qint64(std::min<quint64>(opensAt - now, INT64_MAX));
}

int PermitDesk::add(const Entity &entity, const QString &wallet, const QString &walletName)
{
    return addAll({entity}, {Wallet{wallet, walletName}}).first();
}

QList<int> PermitDesk::addAll(const QList<Entity> &entities, const QList<Wallet> &wallets)
{
    QList<int> all;
    const int first = int(m_rows.size());
    all.reserve(entities.size() * wallets.size());
    for (const Entity &entity : entities) {
        for (const Wallet &wallet : wallets) {
            const Impl::Key key{entity.entityId, wallet.address};
            if (const int known = m_impl->index.value(key, -1); known >= 0) {
                all << known;
                continue;
            }
            PermitRow row;
            row.entityId = entity.entityId;
            row.wallet = wallet.address;
            row.walletName = wallet.name;
            row.entityLabel = entity.label;
            row.saleSpecificEntityId = entity.saleSpecificEntityId;
            const int number = int(m_rows.size());
            m_rows.append(row);
            m_impl->index.insert(key, number);
            all << number;
        }
    }
    if (m_rows.size() > first)
        Q_EMIT rowsAdded(first, int(m_rows.size()) - 1);
    return all;
}

void PermitDesk::renameWallet(const QString &wallet, const QString &name)
{
    QList<int> changed;
    for (int row = 0; row < int(m_rows.size()); ++row) {
        if (m_rows.at(row).wallet != wallet || m_rows.at(row).walletName == name)
            continue;
        m_rows[row].walletName = name;
        changed << row;
    }
    m_impl->tellChanged(changed);
}

void PermitDesk::remove(QList<int> rows)
{
    const QList<QPair<int, int>> runs = permitRowRuns(std::move(rows));
    for (auto run = runs.crbegin(); run != runs.crend(); ++run) {
        const int first = std::max(run->first, 0);
        const int last = std::min(run->second, int(m_rows.size()) - 1);
        if (first > last)
            continue;
        for (int row = first; row <= last; ++row) {
            const Impl::Key key = Impl::keyOf(m_rows.at(row));
            m_impl->index.remove(key);
            if (m_impl->jobs.contains(key))
                m_impl->endJob(key);
        }
        Q_EMIT rowsAboutToBeRemoved(first, last);
        m_rows.remove(first, last - first + 1);
        m_impl->reindex(first);
        Q_EMIT rowsRemoved(first, last);
    }
}

void PermitDesk::clear()
{
    m_impl->forgetJobs();
    m_rows.clear();
    m_impl->index.clear();
    m_impl->signerChange.reset();
    Q_EMIT reset();
    Q_EMIT runningChanged(0);
}

void PermitDesk::check(const QList<int> &rows)
{
    m_impl->start(rows, Impl::Purpose::Check);
}

void PermitDesk::request(const QList<int> &rows)
{
    m_impl->start(rows, Impl::Purpose::Request);
}

void PermitDesk::renew(const QList<int> &rows)
{
    m_impl->start(rows, Impl::Purpose::Renew);
}

void PermitDesk::cancel()
{
    m_impl->cancelAll();
}

int PermitDesk::running() const
{
    return int(m_impl->jobs.size());
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
    m_impl->tellChanged(changed);
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
