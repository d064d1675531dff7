// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/pendingsignins.h"

#include "app/auth/pkce.h"

#include <algorithm>

namespace sonar {

bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    volatile uchar difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = uchar(difference | (uchar(a[i]) ^ uchar(b[i])));
    return difference == 0;
}

PendingSignIns::PendingSignIns(const Clock *clock)
    : m_clock(clock)
{}

PendingSignIn PendingSignIns::begin(const QString &accountId)
{
    const Pkce pkce = makePkce();
    m_entries.push_back({unguessableText(), pkce.verifier, pkce.challenge, accountId,
                         m_clock->steadyMilliseconds()});
    return m_entries.back();
}

tl::expected<PendingSignIn, StateRefusal> PendingSignIns::take(const QByteArray &state,
                                                               const QString &accountId)
{
    // Every entry is compared, found or not.
    auto found = m_entries.end();
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        if (equalInConstantTime(entry->state, state))
            found = entry;
    }
    if (found == m_entries.end())
        return tl::make_unexpected(StateRefusal::Unknown);
    if (isExpired(*found)) {
        m_entries.erase(found);
        return tl::make_unexpected(StateRefusal::Expired);
    }
    if (found->accountId != accountId)
        return tl::make_unexpected(StateRefusal::OtherAccount);
    PendingSignIn entry = *found;
    m_entries.erase(found);
    return entry;
}

void PendingSignIns::withdraw(const QString &accountId)
{
    m_entries.erase(
        std::remove_if(m_entries.begin(), m_entries.end(),
                       [&](const PendingSignIn &entry) { return entry.accountId == accountId; }),
        m_entries.end());
}

bool PendingSignIns::isExpired(const PendingSignIn &entry) const
{
    return m_clock->steadyMilliseconds() - entry.startedAt >= lifetimeMilliseconds;
}

} // namespace sonar
