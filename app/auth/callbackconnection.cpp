// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/callbackconnection.h"

#include <QPointer>
#include <QTcpSocket>

#include <utility>

namespace sonar {

CallbackConnection::CallbackConnection(QTcpSocket *socket, qsizetype headBytes, int milliseconds,
                                       QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_headBytes(headBytes)
{
    m_socket->setParent(this);
    // More than a head, so that one that is too long can be told so; bounded all the same.
    m_socket->setReadBufferSize(m_headBytes * 8);
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
    m_head += bytes;
    const qsizetype end = m_head.indexOf("\r\n\r\n");
    if (end < 0 && m_head.size() <= m_headBytes)
        return;
    m_phase = Phase::Held;
    const bool tooLong = end < 0 || end + 4 > m_headBytes;
    const QByteArray head = tooLong ? QByteArray() : m_head.left(end + 4);
    m_head.clear();
    Q_EMIT headRead(head);
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
    m_phase = Phase::Closing;
    m_timeLimit.stop();
    if (std::exchange(m_ended, true))
        return;
    deleteLater();
    Q_EMIT closed();
}

} // namespace sonar
