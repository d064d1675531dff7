// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/permitwatch.h"

#include <algorithm>

namespace sonar {

namespace {

QPair<QString, QString> pairOf(const PermitRow &row)
{
    return {row.entityId, row.wallet};
}

/// What is in the way may pass without another step in this program.
bool mayPass(const PermitRow &row)
{
    if (row.status != PermitStatus::NotReady)
        return false;
    switch (row.reason) {
    case FailureReason::RequiresLiveness:
    case FailureReason::SaleNotActive:
    case FailureReason::WalletNotLinked:
    case FailureReason::OutsideTimeWindow:
        return true;
    case FailureReason::None:
    case FailureReason::Unknown:
    case FailureReason::Unrecognised:
    case FailureReason::WalletRisk:
    case FailureReason::MaxWalletsUsed:
    case FailureReason::NoReservedAllocation:
    case FailureReason::NoCustomCommitmentAmountLimit:
        break;
    }
    return false;
}

quint64 endOfPermit(const PermitRow &row)
{
    const PurchasePermit &permit = row.permit->permit;
    return permit.closesAt ? std::min(permit.expiresAt, *permit.closesAt) : permit.expiresAt;
}

} // namespace

PermitWatch::PermitWatch(PermitDesk *desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
{
    m_seconds.setInterval(1000);
    connect(&m_seconds, &QTimer::timeout, this, &PermitWatch::look);
    m_batch.setSingleShot(true);
    m_batch.setInterval(300);
    connect(&m_batch, &QTimer::timeout, this, &PermitWatch::tellReady);
    connect(desk, &PermitDesk::becameReady, this, [this](int row) {
        m_ready << pairOf(m_desk->rows().at(row));
        m_batch.start();
    });
    connect(desk, &PermitDesk::callEnded, this, [this](int row) {
        const PermitRow &current = m_desk->rows().at(row);
        renewalEnded(row);
        if (mayPass(current))
            m_askedAt.insert(pairOf(current), m_desk->clock().steadyMilliseconds() / 1000);
        else
            m_askedAt.remove(pairOf(current));
        if (!m_seconds.isActive() && (current.permit || mayPass(current)))
            m_seconds.start();
    });
    connect(desk, &PermitDesk::reset, this, [this] {
        m_seconds.stop();
        m_renewals.clear();
        m_warned.clear();
        m_askedAt.clear();
        m_ready.clear();
    });
    m_seconds.start();
}

void PermitWatch::setRenewing(bool renewing)
{
    m_renewing = renewing;
    if (m_desk && renewing)
        m_seconds.start();
}

void PermitWatch::setConnected(bool connected)
{
    m_connected = connected;
    if (m_desk && connected)
        m_seconds.start();
}

void PermitWatch::look()
{
    if (!m_desk)
        return;
    m_desk->tick();
    bool anything = false;
    QList<int> ending;
    QList<int> renewed;
    for (int row = 0; row < int(m_desk->rows().size()); ++row) {
        const PermitRow &current = m_desk->rows().at(row);
        anything = anything || (m_connected && mayPass(current));
        if (!showsPermit(current))
            continue;
        anything = anything || m_desk->secondsLeft(current).value_or(0) > 0 ||
                   m_renewals.contains(pairOf(current));
        if (m_renewing && isRenewalDue(current))
            renewed << row;
        else if (isWarningDue(current))
            ending << row;
    }
    // The next permit starts it again.
    if (!anything)
        m_seconds.stop();
    if (!ending.isEmpty())
        Q_EMIT endingSoon(ending);
    if (!renewed.isEmpty() && m_desk)
        m_desk->renew(renewed);
    if (const QList<int> asked = rowsToRecheck(); !asked.isEmpty())
        m_desk->recheck(asked);
}

QList<int> PermitWatch::rowsToRecheck()
{
    // What the user has asked for goes first.
    if (!m_desk || !m_connected || m_desk->running() > 0)
        return {};
    const qint64 now = m_desk->clock().steadyMilliseconds() / 1000;
    if (now < m_nextRound)
        return {};
    QList<QPair<qint64, int>> due;
    for (int row = 0; row < int(m_desk->rows().size()); ++row) {
        const PermitRow &current = m_desk->rows().at(row);
        if (!mayPass(current) || m_desk->isBusy(current))
            continue;
        // One from before this watch has its pause, too.
        const auto asked = m_askedAt.constFind(pairOf(current));
        if (asked == m_askedAt.cend())
            m_askedAt.insert(pairOf(current), now);
        else if (now - *asked >= recheckSeconds)
            due.append({*asked, row});
    }
    if (due.isEmpty())
        return {};
    m_nextRound = now + roundSeconds;
    std::sort(due.begin(), due.end());
    QList<int> rows;
    for (const auto &[askedAt, row] : std::as_const(due)) {
        if (rows.size() == mostInRound)
            break;
        m_askedAt[pairOf(m_desk->rows().at(row))] = now;
        rows << row;
    }
    return rows;
}

bool PermitWatch::isWorthRenewing(const PermitRow &row) const
{
    if (row.status != PermitStatus::Issued && row.status != PermitStatus::Expired)
        return false; // the user is at it
    const PurchasePermit &permit = row.permit->permit;
    const quint64 now = quint64(std::max<qint64>(m_desk->clock().unixSeconds(), 0));
    const bool windowOpen = !permit.opensAt || *permit.opensAt <= now;
    const bool windowOutlastsIt = !permit.closesAt || *permit.closesAt > permit.expiresAt;
    // Judged when it came; the window may have opened since.
    return windowOpen && windowOutlastsIt && isSoundInItsWindow(*row.permit);
}

bool PermitWatch::isRenewalDue(const PermitRow &row)
{
    if (!isWorthRenewing(row))
        return false;
    const qint64 now = m_desk->clock().unixSeconds();
    const auto known = m_renewals.constFind(pairOf(row));
    const bool ended = row.status == PermitStatus::Expired;
    // A permit that ended before it was ever renewed was not wanted.
    if (known == m_renewals.cend() &&
        (ended || m_desk->secondsLeft(row).value_or(0) > renewSeconds))
        return false;
    Renewal &renewal = m_renewals[pairOf(row)];
    if (renewal.end != endOfPermit(row))
        renewal = {endOfPermit(row), 0, renewal.nextAt, false};
    if (m_desk->secondsLeft(row).value_or(0) > renewSeconds)
        return false;
    // Withdrawn by the user.
    if (renewal.running && !m_desk->isBusy(row)) {
        renewal.running = false;
        renewal.nextAt = now + firstPause;
        ++renewal.attempts;
    }
    if (renewal.running || now < renewal.nextAt || renewal.attempts >= mostAttempts)
        return false;
    renewal.running = true;
    return true;
}

void PermitWatch::renewalEnded(int row)
{
    const PermitRow &current = m_desk->rows().at(row);
    const auto found = m_renewals.find(pairOf(current));
    if (found == m_renewals.end())
        return;
    const qint64 now = m_desk->clock().unixSeconds();
    const bool renewed = current.permit && endOfPermit(current) > found->end;
    if (renewed) {
        // However short the new one lives, the service is left alone for a while.
        *found = {endOfPermit(current), 0, now + renewSeconds, false};
    } else if (found->running) {
        found->nextAt = now + firstPause * (qint64(1) << found->attempts);
        ++found->attempts;
        found->running = false;
        if (found->attempts >= mostAttempts || current.status == PermitStatus::NotReady)
            m_renewals.erase(found);
    }
}

bool PermitWatch::isWarningDue(const PermitRow &row)
{
    // Whatever is being asked for meanwhile may not come.
    if (!row.permit->verification.usable())
        return false;
    const qint64 left = m_desk->secondsLeft(row).value_or(0);
    const bool renews = m_renewing && isWorthRenewing(row);
    if (left <= 0 || left > (renews ? warnSecondsWhenRenewing : warnSeconds))
        return false;
    quint64 &warned = m_warned[pairOf(row)];
    if (warned == endOfPermit(row))
        return false;
    warned = endOfPermit(row);
    return true;
}

void PermitWatch::tellReady()
{
    QList<int> rows;
    for (const Key &key : std::exchange(m_ready, {})) {
        const int row = m_desk ? m_desk->rowOf(key.first, key.second) : -1;
        if (row >= 0)
            rows << row;
    }
    if (!rows.isEmpty())
        Q_EMIT becameReady(rows);
}

} // namespace sonar
