// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/callqueue.h"

#include <QCoro/QCoroSignal>

namespace sonar {

void Turn::settle(bool admitted)
{
    if (m_settled)
        return;
    m_settled = true;
    m_admitted = admitted;
    Q_EMIT settled();
}

CallQueue::CallQueue(int places)
    : m_free(places)
{}

CallQueue::~CallQueue()
{
    close();
}

QCoro::Task<bool> CallQueue::enter(CancelToken cancel)
{
    if (m_closed || cancel.isCancelled())
        co_return false;
    if (m_free > 0 && m_waiting.isEmpty()) {
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
    QObject::connect(cancel.source(), &CancelSource::cancelled, waiting,
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

void CallQueue::admitNext()
{
    while (m_free > 0 && !m_waiting.isEmpty()) {
        const QPointer<Turn> next = m_waiting.takeFirst();
        if (!next || next->isSettled())
            continue;
        --m_free;
        next->settle(true);
    }
}

void CallQueue::close()
{
    m_closed = true;
    const QList<QPointer<Turn>> waiting = std::exchange(m_waiting, {});
    for (const QPointer<Turn> &turn : waiting) {
        if (turn)
            turn->settle(false);
    }
}

} // namespace sonar
