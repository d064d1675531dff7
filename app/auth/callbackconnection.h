// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QTimer>

class QTcpSocket;

namespace sonar {

/// One connection to the callback listener: reads one request head within its bounds, then waits
/// for the one response. Deletes itself when the connection is over.
class CallbackConnection : public QObject
{
    Q_OBJECT
public:
    enum class Phase {
        Reading,
        Held,    ///< head read, no response yet
        Closing, ///< response under way
    };

    /// Takes the socket.
    CallbackConnection(QTcpSocket *socket, qsizetype headBytes, int milliseconds, QObject *parent);

    Phase phase() const { return m_phase; }
    /// Reads what has arrived already, without waiting.
    void readArrived();
    /// Sends and closes.
    void respond(const QByteArray &response);
    void abort();

Q_SIGNALS:
    /// `head` is empty when it exceeded its limit.
    void headRead(const QByteArray &head);
    void closed(); ///< once: the response has been handed over, or the connection was lost

private:
    void read();
    void end();

    QTcpSocket *m_socket;
    QTimer m_timeLimit;
    QByteArray m_head;
    qsizetype m_headBytes;
    Phase m_phase = Phase::Reading;
    bool m_ended = false;
};

} // namespace sonar
