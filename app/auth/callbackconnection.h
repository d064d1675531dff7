// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QTimer>

class QTcpSocket;

namespace sonar {

/// One connection to the callback listener: reads one request head within its bounds, then waits
/// for the one response. Cookies, which browsers share among all servers on this computer, are
/// dropped as they come and don't count. Deletes itself when the connection is over.
class CallbackConnection : public QObject
{
    Q_OBJECT
public:
    enum class Phase {
        Reading,
        Held,    ///< head read, no response yet
        Closing, ///< response under way
    };

    /// Takes the socket. `headBytes` bounds the head without its cookies, and with them the
    /// sixteenfold.
    CallbackConnection(QTcpSocket *socket, qsizetype headBytes, int milliseconds, QObject *parent);

    Phase phase() const { return m_phase; }
    /// It ended with something received, but without a whole head.
    bool isUnfinished() const { return m_unfinished; }
    /// Reads what has arrived already, without waiting.
    void readArrived();
    /// Sends and closes.
    void respond(const QByteArray &response);
    void abort();

Q_SIGNALS:
    /// `head` is empty when it exceeded its limit.
    void headRead(const QByteArray &head);
    /// The peer begins a TLS handshake instead of a request.
    void tlsHello();
    void closed(); ///< once: the response has been handed over, or the connection was lost

private:
    void read();
    void keep(const QByteArray &bytes);
    void end();

    QTcpSocket *m_socket;
    QTimer m_timeLimit;
    QByteArray m_head; ///< what has come of it, without the values of cookies
    qsizetype m_lineStart = 0;
    bool m_inCookie = false;
    qsizetype m_received = 0;
    qsizetype m_headBytes;
    Phase m_phase = Phase::Reading;
    bool m_unfinished = false;
    bool m_ended = false;
};

} // namespace sonar
