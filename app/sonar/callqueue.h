// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/jsontransport.h"

#include <QCoro/QCoroTask>
#include <QDeadlineTimer>
#include <QList>
#include <QObject>
#include <QPointer>

#include <functional>

namespace sonar {

/// Calls `then` after so many milliseconds, unless `context` is gone by then.
using Alarm =
    std::function<void(int milliseconds, QObject *context, const std::function<void()> &then)>;

/// By a timer of the event loop.
Alarm timerAlarm();

/// One call's wait for its turn.
class Turn : public QObject
{
    Q_OBJECT
public:
    bool isSettled() const { return m_settled; }
    bool isAdmitted() const { return m_admitted; }
    void settle(bool admitted);

Q_SIGNALS:
    void settled();

private:
    bool m_settled = false;
    bool m_admitted = false;
};

/// Lets at most `places` calls run at a time, first come, first served, and none while the service
/// wants to be left alone.
class CallQueue
{
public:
    explicit CallQueue(int places, Alarm alarm = timerAlarm());
    ~CallQueue();
    Q_DISABLE_COPY_MOVE(CallQueue)

    /// False when one of the two was cancelled before its turn came, or when calls are turned away.
    /// True: leave() afterwards.
    QCoro::Task<bool> enter(CancelToken cancel, CancelToken closing = {});
    void leave();

    /// Admits nobody for so long; who comes waits.
    void holdFor(int milliseconds);
    /// Nor lets anybody wait for that: who waits or comes is turned away.
    void turnAwayFor(int milliseconds);
    /// Ends that: calls are admitted again. A shorter holdFor runs its course.
    void resume();
    /// What is left of that, rounded up; 0 while nobody is turned away.
    int turnsAwaySeconds() const;

private:
    enum class Hold { None, Wait, TurnAway };
    void hold(Hold kind, int milliseconds);
    void admitNext();
    void settleAll();

    int m_free;
    Alarm m_alarm;
    Hold m_hold = Hold::None;
    QDeadlineTimer m_heldUntil;
    int m_holds = 0; ///< tells an alarm that was set for an earlier hold
    QList<QPointer<Turn>> m_waiting;
    QObject m_context; ///< goes first, and the alarms with it
};

} // namespace sonar
