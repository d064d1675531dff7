// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/jsontransport.h"

#include <QCoro/QCoroTask>
#include <QList>
#include <QObject>
#include <QPointer>

namespace sonar {

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

/// Lets at most `places` calls run at a time, first come, first served.
class CallQueue
{
public:
    explicit CallQueue(int places);
    ~CallQueue();

    /// False when cancelled before its turn came, or when the queue was closed. True: leave()
    /// afterwards.
    QCoro::Task<bool> enter(CancelToken cancel);
    void leave();
    void close();

private:
    void admitNext();

    int m_free;
    bool m_closed = false;
    QList<QPointer<Turn>> m_waiting;
};

} // namespace sonar
