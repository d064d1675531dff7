// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

#include <vector>

namespace sonar {

/// What a sign-in that waits for its callback needs to be finished.
struct PendingSignIn
{
    QByteArray state;
    QByteArray verifier;
    QByteArray challenge;
    QString accountId;    ///< who started it; nobody else can finish it
    qint64 startedAt = 0; ///< Clock::steadyMilliseconds()
};

/// Why a state opened nothing.
enum class StateRefusal {
    Unknown,      ///< never given out, used already, or withdrawn
    Expired,      ///< its ten minutes are over
    OtherAccount, ///< another account's; that one still waits
};

/// Sign-ins that wait for their callback, by state: bound to the account, ten minutes, one use
/// (protocol reference §3).
class PendingSignIns
{
public:
    static constexpr qint64 lifetimeMilliseconds = 600'000;

    /// `clock` must outlive it.
    explicit PendingSignIns(const Clock *clock);

    /// Draws state and verifier.
    PendingSignIn begin(const QString &accountId);
    /// Opens what `state` stands for and uses it up.
    tl::expected<PendingSignIn, StateRefusal> take(const QByteArray &state,
                                                   const QString &accountId);
    void withdraw(const QString &accountId);

private:
    bool isExpired(const PendingSignIn &entry) const;

    const Clock *m_clock;
    std::vector<PendingSignIn> m_entries;
};

/// Takes the same time wherever two texts of one length differ.
bool equalInConstantTime(const QByteArray &a, const QByteArray &b);

} // namespace sonar
