// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/callbackconnection.h"

#include <QPointer>
#include <QTcpSocket>

#include <algorithm>
#include <utility>

namespace sonar {

CallbackConnection::CallbackConnection(QTcpSocket *socket, qsizetype headBytes, int milliseconds,
                                       QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_headBytes(headBytes)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(m_headBytes);
    m_timeLimit.setSingleShot(true);
    // The limit is the peer's; a callback that waits for the exchange is ours to answer.
    connect(&m_timeLimit, &QTimer::timeout, this, [this] {
        if (m_phase != Phase::Held)
            abort();
    });
    m_timeLimit.start(milliseconds);
    connect(m_socket, &QTcpSocket::readyRead, this, &CallbackConnection::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &CallbackConnection::end);
}

void CallbackConnection::readArrived()
{
    const QPointer<CallbackConnection> alive(this);
    m_socket->waitForReadyRead(0);
    if (alive && m_phase == Phase::Reading)
        read();
}

void CallbackConnection::read()
{
    const QByteArray bytes = m_socket->readAll();
    if (m_phase != Phase::Reading)
        return;
    constexpr char tlsHandshake = 0x16; // RFC 8446 §5.1; no HTTP method begins so
    if (m_received == 0 && bytes.startsWith(tlsHandshake)) {
        m_phase = Phase::Held;
        Q_EMIT tlsHello();
        return;
    }
    m_received += bytes.size();
    const qsizetype seen = std::max<qsizetype>(0, m_head.size() - 3);
    keep(bytes);
    const qsizetype end = m_head.indexOf("\r\n\r\n", seen);
    if (end < 0 && m_head.size() <= m_headBytes && m_received <= m_headBytes * 16)
        return;
    m_phase = Phase::Held;
    const bool tooLong = end < 0 || end + 4 > m_headBytes;
    const QByteArray head = tooLong ? QByteArray() : m_head.left(end + 4);
    m_head.clear();
    Q_EMIT headRead(head);
}

void CallbackConnection::keep(const QByteArray &bytes)
{
    constexpr QByteArrayView cookie("cookie:");
    for (const char c : bytes) {
        // A lone CR or LF stays, for the parser to refuse.
        if (m_inCookie && c != '\r' && c != '\n')
            continue;
        m_head += c;
        if (c == '\n') {
            m_inCookie = false;
            m_lineStart = m_head.size();
        } else if (c == ':' && m_head.size() - m_lineStart == cookie.size()) {
            m_inCookie = m_head.right(cookie.size()).compare(cookie, Qt::CaseInsensitive) == 0;
        }
    }
}

void CallbackConnection::respond(const QByteArray &response)
{
    if (std::exchange(m_phase, Phase::Closing) == Phase::Closing)
        return;
    m_timeLimit.start();
    m_socket->write(response);
    m_socket->disconnectFromHost();
}

void CallbackConnection::abort()
{
    m_socket->abort();
    end();
}

void CallbackConnection::end()
{
    const Phase before = std::exchange(m_phase, Phase::Closing);
    m_timeLimit.stop();
    if (std::exchange(m_ended, true))
        return;
    m_unfinished = before == Phase::Reading && m_received > 0;
    m_head.clear();
    deleteLater();
    Q_EMIT closed();
}

} // namespace sonar
