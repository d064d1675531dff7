// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/callqueue.h"

#include <QCoro/QCoroSignal>
#include <QTimer>

#include <utility>

namespace sonar {

Alarm timerAlarm()
{
    return [](int milliseconds, QObject *context, const std::function<void()> &then) {
        QTimer::singleShot(milliseconds, Qt::PreciseTimer, context, then);
    };
}

void Turn::settle(bool admitted)
{
    if (m_settled)
        return;
    m_settled = true;
    m_admitted = admitted;
    Q_EMIT settled();
}

CallQueue::CallQueue(int places, Alarm alarm)
    : m_free(places)
    , m_alarm(std::move(alarm))
{}

CallQueue::~CallQueue()
{
    settleAll();
}

QCoro::Task<bool> CallQueue::enter(CancelToken cancel, CancelToken closing)
{
    if (cancel.isCancelled() || closing.isCancelled() || m_hold == Hold::TurnAway)
        co_return false;
    if (m_free > 0 && m_hold == Hold::None) {
        --m_free;
        co_return true;
    }
    struct DeleteLater
    {
        void operator()(QObject *object) const { object->deleteLater(); }
    };
    const std::unique_ptr<Turn, DeleteLater> turn(new Turn);
    Turn *waiting = turn.get();
    m_waiting.append(waiting);
    for (const CancelToken &token : {cancel, closing})
        QObject::connect(token.source(), &CancelSource::cancelled, waiting,
                         [waiting] { waiting->settle(false); });
    co_await qCoro(waiting, &Turn::settled);
    // Nothing of the queue is touched from here on: it may be gone.
    co_return waiting->isAdmitted();
}

void CallQueue::leave()
{
    ++m_free;
    admitNext();
}

void CallQueue::holdFor(int milliseconds)
{
    hold(Hold::Wait, milliseconds);
}

void CallQueue::turnAwayFor(int milliseconds)
{
    hold(Hold::TurnAway, milliseconds);
    if (m_hold == Hold::TurnAway)
        settleAll();
}

void CallQueue::resume()
{
    if (m_hold != Hold::TurnAway)
        return;
    ++m_holds; // its alarm comes too late
    m_hold = Hold::None;
    admitNext();
}

int CallQueue::turnsAwaySeconds() const
{
    if (m_hold != Hold::TurnAway)
        return 0;
    return int((m_heldUntil.remainingTime() + 999) / 1000);
}

/// The longer hold counts: several calls may have been told to wait.
void CallQueue::hold(Hold kind, int milliseconds)
{
    if (m_hold != Hold::None && m_heldUntil.remainingTime() >= milliseconds)
        return;
    m_hold = kind;
    m_heldUntil.setRemainingTime(milliseconds);
    m_alarm(milliseconds, &m_context, [this, mine = ++m_holds] {
        if (mine != m_holds)
            return;
        m_hold = Hold::None;
        admitNext();
    });
}

void CallQueue::admitNext()
{
    while (m_free > 0 && m_hold == Hold::None && !m_waiting.isEmpty()) {
        const QPointer<Turn> next = m_waiting.takeFirst();
        if (!next || next->isSettled())
            continue;
        --m_free;
        next->settle(true);
    }
}

void CallQueue::settleAll()
{
    const QList<QPointer<Turn>> waiting = std::exchange(m_waiting, {});
    for (const QPointer<Turn> &turn : waiting) {
        if (turn)
            turn->settle(false);
    }
}

} // namespace sonar
