// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/permitdesk.h"

#include <QHash>
#include <QPair>
#include <QPointer>
#include <QTimer>

namespace sonar {

/// Looks at a desk's permits once a second while there is something to look at: says when they end
/// soon and when pairs have become ready, asks again about pairs that become ready by themselves,
/// and, when told to, renews permits before they end.
class PermitWatch : public QObject
{
    Q_OBJECT
public:
    explicit PermitWatch(PermitDesk *desk, QObject *parent = nullptr);

    /// Each permit is renewed once, shortly before it ends, while its window stays open. A renewal
    /// that fails is tried again after a while, each time a longer one, and then given up.
    void setRenewing(bool renewing);

    /// Pairs are asked about again only while connected.
    void setConnected(bool connected);

    void look(); ///< what the timer does

    static constexpr qint64 renewSeconds = 90; ///< before the end
    static constexpr qint64 warnSeconds = 120;
    static constexpr qint64 warnSecondsWhenRenewing = 45; ///< the renewal has failed by then
    static constexpr int mostAttempts = 5;
    static constexpr qint64 firstPause = 15;     ///< seconds after a failed renewal, then doubled
    static constexpr qint64 recheckSeconds = 60; ///< at least, between two questions about a pair
    static constexpr qint64 roundSeconds = 10;   ///< between two rounds of questions
    static constexpr int mostInRound = 5;        ///< however many pairs wait

Q_SIGNALS:
    void endingSoon(const QList<int> &rows); ///< once for each permit
    void becameReady(const QList<int> &rows);

private:
    using Key = QPair<QString, QString>;
    struct Renewal
    {
        quint64 end = 0; ///< of the permit that it is about
        int attempts = 0;
        qint64 nextAt = 0; ///< Unix seconds
        bool running = false;
    };

    bool isWorthRenewing(const PermitRow &row) const;
    QList<int> rowsToRecheck();
    bool isRenewalDue(const PermitRow &row);
    bool isWarningDue(const PermitRow &row);
    void renewalEnded(int row);
    void tellReady();

    QPointer<PermitDesk> m_desk;
    bool m_renewing = false;
    bool m_connected = false;
    QTimer m_seconds;
    QTimer m_batch; ///< many become ready at once: one message
    QHash<Key, Renewal> m_renewals;
    QHash<Key, quint64> m_warned; ///< the end that was warned of
    QHash<Key, qint64> m_askedAt; ///< about pairs that aren't ready; steady seconds
    qint64 m_nextRound = 0;
    QList<Key> m_ready;
};

} // namespace sonar
