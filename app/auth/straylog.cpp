// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/straylog.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>
#include <QTimeZone>

#include <algorithm>

namespace sonar {

namespace {

struct StrayText
{
    Q_DECLARE_TR_FUNCTIONS(StrayLog)
};

} // namespace

void StrayLog::add(const QString &line, qint64 unixSeconds)
{
    const auto same = std::find_if(m_entries.begin(), m_entries.end(),
                                   [&](const Entry &entry) { return entry.line == line; });
    if (same != m_entries.end())
        ++same->count;
    else if (m_entries.size() < mostLines)
        m_entries << Entry{line, unixSeconds, 1};
    else
        ++m_more;
}

QString StrayLog::report() const
{
    if (m_entries.isEmpty())
        return {};
    QStringList lines{StrayText::tr("Requests to this sign-in's port that weren't its callback:")};
    for (const Entry &entry : m_entries) {
        const QString time =
            QDateTime::fromSecsSinceEpoch(entry.first, QTimeZone::utc()).toString(Qt::ISODate);
        const QString times =
            entry.count == 1 ? QString() : QStringLiteral(" (×%1)").arg(entry.count);
        lines << time + QLatin1Char(' ') + entry.line + times;
    }
    if (m_more > 0)
        lines << StrayText::tr("… and %n more", nullptr, m_more);
    return lines.join(QLatin1Char('\n'));
}

} // namespace sonar
