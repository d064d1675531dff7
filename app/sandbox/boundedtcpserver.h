// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

class QTcpSocket;

namespace sonar::sandbox {

/// Accepts connections whose requests are bounded in size (then 413) and in time (then closed),
/// which QHttpServer itself doesn't do.
class BoundedTcpServer : public QTcpServer
{
    Q_OBJECT
public:
    static constexpr qint64 requestBytes = 128 * 1024; ///< request line, headers and body
    static constexpr int requestMilliseconds = 30'000; ///< from first byte to last

    using QTcpServer::QTcpServer;

protected:
    void incomingConnection(qintptr handle) override;

private:
    static void watch(QTcpSocket *socket);
    static void refuse(QTcpSocket *socket);
};

} // namespace sonar::sandbox
