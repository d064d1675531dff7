// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/loopback/loopbackserver.h"

#include "app/net/loopback/loopbackconnection.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>

#include <utility>

namespace sonar {

namespace {

/// Connections that wait in the kernel while we are busy; a burst of strangers must not crowd out
/// the browser.
constexpr int backlog = 256;

} // namespace

LoopbackServer::LoopbackServer(Handler handler, LoopbackLimits limits, QObject *parent)
    : QObject(parent)
    , m_handlers(std::make_shared<Handlers>(Handlers{std::move(handler), {}}))
    , m_limits(limits)
{}

LoopbackServer::~LoopbackServer()
{
    close();
}

void LoopbackServer::setFaultHandler(FaultHandler handler)
{
    m_handlers->fault = std::move(handler);
}

bool LoopbackServer::listen(const QHostAddress &address, quint16 port)
{
    m_portInUse = false;
    if (!address.isLoopback()) {
        m_errorText = tr("%1 isn't an address of this computer alone.").arg(address.toString());
        return false;
    }
    auto *server = new QTcpServer(this);
    server->setProxy(QNetworkProxy::NoProxy);
    server->setListenBacklogSize(backlog);
    if (!server->listen(address, port)) {
        m_portInUse = server->serverError() == QAbstractSocket::AddressInUseError;
        m_errorText = server->errorString();
        delete server;
        return false;
    }
    connect(server, &QTcpServer::newConnection, this, [this, server] { accept(server); });
    m_servers << server;
    return true;
}

quint16 LoopbackServer::port() const
{
    return m_servers.isEmpty() ? quint16(0) : m_servers.first()->serverPort();
}

void LoopbackServer::accept(QTcpServer *server)
{
    while (QTcpSocket *socket = server->nextPendingConnection()) {
        if (!socket->peerAddress().isLoopback()) {
            delete socket;
            continue;
        }
        makeRoom();
        auto *connection = new LoopbackConnection(socket, m_handlers, m_limits, this);
        m_connections << connection;
        connect(connection, &LoopbackConnection::closed, this,
                [this, connection] { m_connections.removeOne(connection); });
    }
}

void LoopbackServer::makeRoom()
{
    if (m_connections.size() < m_limits.connections)
        return;
    using Phase = LoopbackConnection::Phase;
    const QList<LoopbackConnection *> oldestFirst = m_connections;
    for (LoopbackConnection *connection : oldestFirst) {
        if (connection->phase() != Phase::Reading)
            continue;
        // The browser's request may be the oldest of a burst, and here already.
        connection->readArrived();
        if (m_connections.contains(connection) && connection->phase() == Phase::Reading) {
            connection->abort();
            return;
        }
    }
    // All are being answered and go by themselves, unless nobody takes the answer.
    if (m_connections.size() < 4 * m_limits.connections)
        return;
    for (LoopbackConnection *connection : oldestFirst) {
        if (m_connections.contains(connection) && connection->phase() == Phase::Closing) {
            connection->abort();
            return;
        }
    }
}

void LoopbackServer::close()
{
    for (QTcpServer *server : std::exchange(m_servers, {})) {
        server->close();
        server->deleteLater();
    }
    // In the program's own thread what is being sent goes out even without us; another thread, and
    // its event loop, may end with us.
    QCoreApplication *program = QCoreApplication::instance();
    const bool outlived = program && program->thread() == thread();
    for (LoopbackConnection *connection : std::exchange(m_connections, {})) {
        connection->abandon();
        if (outlived)
            connection->setParent(program);
    }
}

} // namespace sonar
