// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/permitwatch.h"

#include <algorithm>

namespace sonar {

namespace {

QPair<QString, QString> pairOf(const PermitRow &row)
{
    return {row.entityId, row.wallet};
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
        renewalEnded(row);
        if (!m_seconds.isActive() && m_desk->rows().at(row).permit)
            m_seconds.start();
    });
    connect(desk, &PermitDesk::reset, this, [this] {
        m_seconds.stop();
        m_renewals.clear();
        m_warned.clear();
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
        if (!current.permit)
            continue;
        anything = anything || current.status == PermitStatus::Issued ||
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
}

bool PermitWatch::isWorthRenewing(const PermitRow &row) const
{
    if (row.status != PermitStatus::Issued && row.status != PermitStatus::Expired)
        return false;
    const PurchasePermit &permit = row.permit->permit;
    const quint64 now = quint64(std::max<qint64>(m_desk->clock().unixSeconds(), 0));
    const bool windowOpen = !permit.opensAt || *permit.opensAt <= now;
    const bool windowOutlastsIt = !permit.closesAt || *permit.closesAt > permit.expiresAt;
    const QList<PermitCheck> &checks = row.permit->verification.checks;
    const bool sound = std::none_of(checks.cbegin(), checks.cend(), [](const PermitCheck &check) {
        // Judged when it came; the window may have opened since.
        return check.result == CheckResult::Failed && check.kind != PermitCheckKind::Window;
    });
    return windowOpen && windowOutlastsIt && sound;
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
    if (row.status != PermitStatus::Issued || !row.permit->verification.usable())
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
