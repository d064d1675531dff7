// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/boundedtcpserver.h"

#include <QTcpSocket>
#include <QTimer>

namespace sonar::sandbox {

void BoundedTcpServer::incomingConnection(qintptr handle)
{
    auto *socket = new QTcpSocket(this);
    if (!socket->setSocketDescriptor(handle)) {
        delete socket;
        return;
    }
    socket->setReadBufferSize(requestBytes * 2);
    watch(socket); // before the HTTP server connects, so that it sees bytes first
    addPendingConnection(socket);
}

void BoundedTcpServer::watch(QTcpSocket *socket)
{
    // The HTTP server reads a request inside a transaction, from its first byte to its last.
    auto *patience = new QTimer(socket);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, socket, [socket] {
        if (socket->isTransactionStarted())
            socket->abort();
    });
    connect(socket, &QTcpSocket::readyRead, socket,
            [socket, patience, received = qint64(0)]() mutable {
                if (!socket->isTransactionStarted()) {
                    received = 0;
                    patience->stop();
                }
                const qint64 fresh = socket->bytesAvailable();
                if (fresh > 0 && received == 0)
                    patience->start(requestMilliseconds);
                received += fresh;
                if (received > requestBytes)
                    refuse(socket);
            });
}

void BoundedTcpServer::refuse(QTcpSocket *socket)
{
    QObject::disconnect(socket, &QTcpSocket::readyRead, nullptr, nullptr);
    if (socket->isTransactionStarted())
        socket->commitTransaction();
    socket->readAll();
    const QByteArray body = "{\"message\":\"The request is too large.\",\"code\":\"too_large\"}";
    socket->write("HTTP/1.1 413 Request Entity Too Large\r\nContent-Type: application/json\r\n"
                  "Connection: close\r\nContent-Length: " +
                  QByteArray::number(body.size()) + "\r\n\r\n" + body);
    // What is still on its way is read and dropped for a moment, so that the answer isn't lost to a
    // reset.
    connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->readAll(); });
    connect(socket, &QTcpSocket::bytesWritten, socket, [socket] {
        if (socket->bytesToWrite() == 0)
            QTimer::singleShot(500, socket, [socket] { socket->disconnectFromHost(); });
    });
}

} // namespace sonar::sandbox
