// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace sonar::sandbox {

/// Accepts connections whose requests are bounded in size (then 413) and in time (then closed), and
/// reads from their heads what QHttpServer leaves alone: faults (requesthead.h), the version, and a
/// client that waits for leave to send its body.
class BoundedTcpServer : public QTcpServer
{
    Q_OBJECT
public:
    static constexpr qint64 requestBytes = 128 * 1024; ///< request line, headers and body
    static constexpr int requestMilliseconds = 30'000; ///< from first byte to last

    using QTcpServer::QTcpServer;

    QTcpSocket *connectionFrom(const QHostAddress &address, quint16 port) const;
    /// Whether the request that has just come on one of our connections is of HTTP/1.0.
    static bool isHttp10(const QTcpSocket *socket);

protected:
    void incomingConnection(qintptr handle) override;

private:
    QList<QPointer<QTcpSocket>> m_connections;
};

} // namespace sonar::sandbox
