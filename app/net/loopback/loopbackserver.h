// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/loopback/httpmessage.h"

#include <QHostAddress>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

class QTcpServer;

namespace sonar {

class LoopbackConnection;

/// What other programs on this computer may make a LoopbackServer bear.
struct LoopbackLimits
{
    qsizetype headBytes = qsizetype(64) * 1024; ///< request line and header fields
    qint64 bodyBytes = qint64(128) * 1024;
    int requestMilliseconds = 10'000; ///< for a request to arrive, and for a response to be taken
    int idleMilliseconds = 30'000;    ///< between two requests on one connection
    int connections = 64;  ///< beyond it the oldest that hasn't asked anything yet has to go
    bool keepAlive = true; ///< false: every connection ends with its first response
};

/// Answers one request, at once or later. Copies stand for the same request; the first response
/// counts. Outlives the server and the connection: a response that nobody waits for is dropped.
class HttpExchange
{
public:
    /// The client still waits for the response.
    bool isOpen() const;
    /// `sent`, if given, is called once the system has taken the whole response, or the connection
    /// was lost while it was being sent.
    void respond(const HttpResponse &response, const std::function<void()> &sent = {}) const;

private:
    friend class LoopbackConnection;
    HttpExchange(LoopbackConnection *connection, quint64 number);

    QPointer<LoopbackConnection> m_connection;
    quint64 m_number = 0;
};

/// A small HTTP/1.1 server for this computer alone. The sandbox answers with it. Bounded in size,
/// time and connections; answers the requests of one connection in their order. What a request
/// asks for is its owner's to judge, its Host header included.
class LoopbackServer : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<void(const HttpRequest &request, const HttpExchange &exchange)>;

    /// Told of a request that was refused before the handler saw it; makes the response (none is
    /// sent when the fault's status is 0).
    using FaultHandler = std::function<HttpResponse(const HttpFault &fault)>;

    explicit LoopbackServer(Handler handler, LoopbackLimits limits = {}, QObject *parent = nullptr);
    ~LoopbackServer() override;

    /// Before listen(). Without one the fault's sentence is sent as plain text.
    void setFaultHandler(FaultHandler handler);

    /// Listens on a loopback address too (several may be given one after the other); port 0 takes
    /// any free one. Otherwise the socket's error, whose words errorText() has.
    bool listen(const QHostAddress &address, quint16 port);
    bool isPortInUse() const { return m_portInUse; } ///< why listen() failed
    QString errorText() const { return m_errorText; }
    bool isListening() const { return !m_servers.isEmpty(); }
    quint16 port() const; ///< of the first address; 0 when it doesn't listen

    /// Frees the ports. In the program's own thread, responses that are being sent go out all the
    /// same; everything else is cut.
    void close();

private:
    friend class LoopbackConnection;

    void accept(QTcpServer *server);
    void makeRoom();

    struct Handlers
    {
        Handler request;
        FaultHandler fault;
    };
    std::shared_ptr<Handlers> m_handlers; ///< with the requests that they are answering
    LoopbackLimits m_limits;
    QList<QTcpServer *> m_servers;
    QList<LoopbackConnection *> m_connections; ///< oldest first
    QString m_errorText;
    bool m_portInUse = false;
};

} // namespace sonar
