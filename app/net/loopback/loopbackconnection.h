// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/loopback/loopbackserver.h"

#include <QTimer>

#include <functional>
#include <optional>

class QTcpSocket;

namespace sonar {

/// One connection to a LoopbackServer: reads a request within its bounds, waits for the response,
/// then reads the next. Deletes itself when the connection is over.
class LoopbackConnection : public QObject
{
    Q_OBJECT
public:
    enum class Phase {
        Reading, ///< no request, or a part of one
        Held,    ///< a request was read and isn't answered yet
        Closing, ///< the last response is under way
    };

    /// Takes the socket.
    LoopbackConnection(QTcpSocket *socket, std::shared_ptr<const LoopbackServer::Handlers> handlers,
                       const LoopbackLimits &limits, QObject *parent);

    Phase phase() const { return m_phase; }
    /// Reads what the system has received already, without waiting.
    void readArrived();
    void abort();
    /// The server goes away: what is being sent goes out, and nothing else is read.
    void abandon();

Q_SIGNALS:
    void closed(); ///< once

private:
    friend class HttpExchange;

    void read();
    void readHead();
    void readBody();
    void refuse(const HttpFault &fault);
    void respond(quint64 number, const HttpResponse &response, const std::function<void()> &sent);
    void tellSent();
    void end();

    QTcpSocket *m_socket;
    std::shared_ptr<const LoopbackServer::Handlers> m_handlers; ///< null: the server is gone
    LoopbackLimits m_limits;
    QTimer m_timeLimit;
    QByteArray m_bytes;             ///< received, not yet part of a request
    std::optional<HttpHead> m_head; ///< read; its body is still to come
    Phase m_phase = Phase::Reading;
    quint64 m_requests = 0; ///< handed to the handler so far; the last one's number
    bool m_isLast = false;  ///< the connection ends with the response to that one
    bool m_isRefused = false;
    bool m_withBody = true; ///< it wasn't HEAD
    std::function<void()> m_sent;
    bool m_ended = false;
};

} // namespace sonar
