// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/loopback/loopbackconnection.h"

#include <QTcpSocket>

#include <utility>

namespace sonar {

namespace {

/// The first byte of a TLS handshake record (RFC 8446 §5.1); no HTTP method begins with it.
constexpr char tlsHandshake = 0x16;

/// How long the rest of a refused request is read and dropped.
constexpr int refusalMilliseconds = 500;

} // namespace

LoopbackConnection::LoopbackConnection(QTcpSocket *socket,
                                       std::shared_ptr<const LoopbackServer::Handlers> handlers,
                                       const LoopbackLimits &limits, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_handlers(std::move(handlers))
    , m_limits(limits)
{
    m_socket->setParent(this);
    // More than the limits, so that a client which exceeds them can be told so; bounded all the
    // same.
    m_socket->setReadBufferSize(2 * (qint64(m_limits.headBytes) + m_limits.bodyBytes));
    m_timeLimit.setSingleShot(true);
    // The limit is the client's: the time that an answer takes is ours.
    connect(&m_timeLimit, &QTimer::timeout, this, [this] {
        if (m_phase != Phase::Held)
            abort();
    });
    m_timeLimit.start(m_limits.requestMilliseconds);
    connect(m_socket, &QTcpSocket::readyRead, this, &LoopbackConnection::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &LoopbackConnection::end);
    connect(m_socket, &QTcpSocket::bytesWritten, this, [this] {
        if (m_socket->bytesToWrite() == 0)
            tellSent();
    });
}

void LoopbackConnection::readArrived()
{
    const QPointer<LoopbackConnection> alive(this);
    m_socket->waitForReadyRead(0);
    if (alive && m_phase == Phase::Reading)
        read();
}

void LoopbackConnection::read()
{
    // Pipelined requests wait in the socket until the one before them is answered.
    if (m_phase != Phase::Reading) {
        if (m_isRefused)
            m_socket->readAll();
        return;
    }
    const QByteArray arrived = m_socket->readAll();
    if (arrived.isEmpty() && m_bytes.isEmpty())
        return;
    if (m_bytes.isEmpty() && !m_head && m_requests > 0)
        m_timeLimit.start(m_limits.requestMilliseconds);
    m_bytes += arrived;
    if (m_head)
        readBody();
    else
        readHead();
}

void LoopbackConnection::readHead()
{
    if (m_bytes.startsWith(tlsHandshake)) {
        refuse({HttpFault::Kind::TlsHello, 0, "A TLS handshake came instead of an HTTP request."});
        return;
    }
    // Empty lines before a request are allowed (RFC 9112 §2.2).
    while (m_bytes.startsWith("\r\n"))
        m_bytes.remove(0, 2);
    const qsizetype end = m_bytes.indexOf("\r\n\r\n");
    const qsizetype size = end < 0 ? m_bytes.size() : end + 4;
    if (size > m_limits.headBytes) {
        refuse({HttpFault::Kind::TooLarge, 431, "The request's header fields are too large."});
        return;
    }
    if (end < 0)
        return;
    auto head = parseHttpHead(m_bytes.first(size), m_limits.bodyBytes);
    m_bytes.remove(0, size);
    if (!head) {
        refuse(head.error());
        return;
    }
    m_head = std::move(*head);
    if (m_head->expectsContinue && m_head->bodyBytes > m_bytes.size())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    readBody();
}

void LoopbackConnection::readBody()
{
    if (m_bytes.size() < m_head->bodyBytes)
        return;
    HttpHead head = *std::exchange(m_head, std::nullopt);
    head.request.body = m_bytes.first(head.bodyBytes);
    m_bytes.remove(0, head.bodyBytes);
    m_phase = Phase::Held;
    m_timeLimit.stop();
    m_isLast = head.isLast || !m_limits.keepAlive;
    m_withBody = head.request.method != "HEAD";
    ++m_requests;
    // A copy: the handler may end the server.
    if (const auto handlers = m_handlers)
        handlers->request(head.request, HttpExchange(this, m_requests));
}

void LoopbackConnection::refuse(const HttpFault &fault)
{
    m_bytes.clear();
    m_phase = Phase::Held;
    m_isLast = true;
    m_isRefused = true;
    ++m_requests;
    HttpResponse response{fault.status, {}, fault.what + '\n'};
    response.with("Content-Type", "text/plain; charset=utf-8").with("Cache-Control", "no-store");
    const QPointer<LoopbackConnection> alive(this);
    if (const auto handlers = m_handlers; handlers && handlers->fault)
        response = handlers->fault(fault);
    if (!alive)
        return;
    if (fault.status == 0)
        abort();
    else
        respond(m_requests, response, {});
}

void LoopbackConnection::respond(quint64 number, const HttpResponse &response,
                                 const std::function<void()> &sent)
{
    if (m_phase != Phase::Held || number != m_requests)
        return;
    m_sent = sent;
    m_phase = m_isLast ? Phase::Closing : Phase::Reading;
    m_timeLimit.start(m_isLast ? m_limits.requestMilliseconds : m_limits.idleMilliseconds);
    m_socket->write(serialized(response, m_isLast, m_withBody));
    if (m_isRefused)
        // What is still on its way is dropped for a moment: unread, it would make the system reset
        // the connection, and the response would be lost.
        QTimer::singleShot(refusalMilliseconds, m_socket,
                           [this] { m_socket->disconnectFromHost(); });
    else if (m_isLast)
        m_socket->disconnectFromHost();
    else
        // Later: the handler of this request is still on the stack.
        QMetaObject::invokeMethod(this, &LoopbackConnection::read, Qt::QueuedConnection);
}

void LoopbackConnection::tellSent()
{
    if (const auto sent = std::exchange(m_sent, {}))
        sent();
}

void LoopbackConnection::abandon()
{
    m_handlers.reset();
    disconnect(this, &LoopbackConnection::closed, nullptr, nullptr);
    if (m_phase == Phase::Closing || m_socket->bytesToWrite() > 0) {
        // The last response goes out by itself.
        m_phase = Phase::Closing;
        m_socket->disconnectFromHost();
        return;
    }
    abort();
}

void LoopbackConnection::abort()
{
    m_socket->abort();
    end();
}

void LoopbackConnection::end()
{
    m_phase = Phase::Closing;
    m_timeLimit.stop();
    if (std::exchange(m_ended, true))
        return;
    deleteLater();
    const QPointer<LoopbackConnection> alive(this);
    tellSent();
    if (alive)
        Q_EMIT closed();
}

HttpExchange::HttpExchange(LoopbackConnection *connection, quint64 number)
    : m_connection(connection)
    , m_number(number)
{}

bool HttpExchange::isOpen() const
{
    return m_connection && m_connection->m_phase == LoopbackConnection::Phase::Held &&
           m_connection->m_requests == m_number;
}

void HttpExchange::respond(const HttpResponse &response, const std::function<void()> &sent) const
{
    if (m_connection)
        m_connection->respond(m_number, response, sent);
}

} // namespace sonar
