// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/callbacklistener.h"

#include "app/auth/callbackconnection.h"
#include "app/base/loopback.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>

namespace sonar {

namespace {

constexpr int waitingInTheKernel = 256;

/// Printable, bounded: anybody on this computer may have sent it.
QString printable(const QByteArray &text, qsizetype most = 40)
{
    QString clean;
    for (const char c : text.left(most))
        clean += c > 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('?');
    return text.size() > most ? clean + QChar(0x2026) : clean;
}

/// A path without what may be a code: long parts, and parts that aren't a plain name.
QString shownPath(const QByteArray &path)
{
    static const QRegularExpression plainName(QStringLiteral("^[a-z._-]{0,20}$"));
    QStringList parts;
    for (const QByteArray &part : path.left(200).split('/').mid(0, 6)) {
        const QString text = QString::fromLatin1(part);
        parts << (plainName.match(text).hasMatch() ? text : QString(QChar(0x2026)));
    }
    return parts.join(QLatin1Char('/'));
}

Error unusable(const QString &redirectUri)
{
    return {ErrorKind::SignIn,
            CallbackListener::tr("This sale's redirect URI can't bring the browser back here."),
            CallbackListener::tr("It has to begin with http:// and name this computer "
                                 "(localhost, 127.0.0.1 or [::1]). Ask whoever gave you the sale "
                                 "file for one made for desktop programs."),
            CallbackListener::tr("Redirect URI: %1").arg(redirectUri.left(300))};
}

Error portInUse(quint16 port)
{
    return {ErrorKind::PortInUse,
            CallbackListener::tr("Port %1 on this computer is in use.").arg(QString::number(port)),
            CallbackListener::tr("The sign-in comes back through this port. Close the program that "
                                 "uses it, or finish the other sign-in, then try again."),
            {}};
}

Error cannotListen(quint16 port, const QString &why)
{
    return {ErrorKind::SignIn,
            CallbackListener::tr("This computer doesn't let the program listen on port %1.")
                .arg(QString::number(port)),
            CallbackListener::tr("The sign-in comes back through this port. A port above 1023 in "
                                 "the sale's redirect URI usually works."),
            why};
}

} // namespace

CallbackListener::CallbackListener(CallbackListenerLimits limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
{}

CallbackListener::~CallbackListener()
{
    close();
}

Result<void> CallbackListener::listen(const QString &redirectUri)
{
    const QUrl url(redirectUri, QUrl::StrictMode);
    const QString host = url.host();
    if (!url.isValid() || url.scheme() != QLatin1String("http") || !isLoopbackHost(host) ||
        !url.userInfo().isEmpty() || url.hasFragment())
        return failure(unusable(redirectUri));
    const auto port = quint16(url.port(80));
    m_path = url.path(QUrl::FullyEncoded).toLatin1();
    if (m_path.isEmpty())
        m_path = "/";
    const QByteArray hostName =
        host.contains(QLatin1Char(':')) ? '[' + host.toLatin1() + ']' : host.toLatin1();
    m_hosts = {hostName + ':' + QByteArray::number(port)};
    if (port == 80)
        m_hosts << hostName;

    Result<void> listening;
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0) {
        // A browser may try either. Somebody else on one of them could be handed the code.
        listening = listenOn(QHostAddress::LocalHost, port, false);
        if (listening)
            listening = listenOn(QHostAddress::LocalHostIPv6, port, true);
    } else {
        listening = listenOn(QHostAddress(host), port, false);
    }
    if (!listening)
        close();
    return listening;
}

Result<void> CallbackListener::listenOn(const QHostAddress &address, quint16 port,
                                        bool mayBeMissing)
{
    auto *server = new QTcpServer(this);
    server->setProxy(QNetworkProxy::NoProxy);
    server->setListenBacklogSize(waitingInTheKernel);
    if (server->listen(address, port)) {
        connect(server, &QTcpServer::newConnection, this, [this, server] { accept(server); });
        m_servers << server;
        return {};
    }
    const auto fault = server->serverError();
    const QString text = server->errorString();
    delete server;
    if (fault == QAbstractSocket::AddressInUseError)
        return failure(portInUse(port));
    if (mayBeMissing)
        return {};
    return failure(cannotListen(port, text));
}

bool CallbackListener::isListening() const
{
    return !m_servers.isEmpty();
}

quint16 CallbackListener::port() const
{
    return m_servers.isEmpty() ? quint16(0) : m_servers.first()->serverPort();
}

void CallbackListener::accept(QTcpServer *server)
{
    while (QTcpSocket *socket = server->nextPendingConnection()) {
        if (!socket->peerAddress().isLoopback()) {
            delete socket;
            continue;
        }
        makeRoom();
        auto *connection = new CallbackConnection(socket, m_limits.headBytes,
                                                  m_limits.connectionMilliseconds, this);
        m_connections << connection;
        connect(connection, &CallbackConnection::closed, this, [this, connection] {
            m_connections.removeOne(connection);
            if (connection->isUnfinished())
                Q_EMIT strayRequest(StrayRequest::Other,
                                    tr("A request that ended before it was complete"));
            m_held.removeIf([connection](auto held) { return held.value() == connection; });
        });
        connect(connection, &CallbackConnection::headRead, this,
                [this, connection](const QByteArray &head) { route(connection, head); });
        connect(connection, &CallbackConnection::tlsHello, this, [this, connection] {
            connection->respond({});
            Q_EMIT strayRequest(StrayRequest::Https,
                                tr("A connection by https, which can't be answered here: closed"));
        });
    }
}

void CallbackListener::makeRoom()
{
    if (m_connections.size() < m_limits.connections)
        return;
    const QList<CallbackConnection *> oldestFirst = m_connections;
    for (CallbackConnection *connection : oldestFirst) {
        if (connection->phase() != CallbackConnection::Phase::Reading)
            continue;
        // The real callback may be the oldest of a burst, its request already here.
        connection->readArrived();
        if (connection->phase() == CallbackConnection::Phase::Reading) {
            connection->abort();
            return;
        }
    }
    // All are being answered and go by themselves, unless nobody takes the answer.
    if (m_connections.size() < 4 * m_limits.connections)
        return;
    for (CallbackConnection *connection : oldestFirst) {
        if (connection->phase() == CallbackConnection::Phase::Closing) {
            connection->abort();
            return;
        }
    }
}

void CallbackListener::route(CallbackConnection *connection, const QByteArray &head)
{
    if (head.isEmpty()) {
        connection->respond(plainResponse("431 Request Header Fields Too Large"));
        Q_EMIT strayRequest(
            StrayRequest::TooLarge,
            tr("A request with more than %1 KiB of headers, refused with status 431")
                .arg(m_limits.headBytes / 1024));
        return;
    }
    const auto request = parseRequestHead(head);
    if (!request) {
        refuse(connection, "400 Bad Request", nullptr, tr("isn't an HTTP request for this port"));
        return;
    }
    if (!m_hosts.contains(request->host.toLower())) {
        refuse(connection, "400 Bad Request", &*request,
               tr("is for another host (%1)").arg(printable(request->host)));
        return;
    }
    if (request->speculative) {
        // Answered without spending anything: the browser asks again when somebody really goes
        // there. Anything but 2xx makes it drop what it prefetched or prerendered.
        refuse(connection, "503 Service Unavailable", &*request,
               tr("is the browser's guess (prefetch), not a visit"));
        return;
    }
    const bool isCallback = request->path == m_path;
    if (!isCallback && showResult(connection, request->method == "GET" ? request->path : ""))
        return;
    if (!isCallback) {
        refuse(connection, "404 Not Found", &*request, tr("is for another path"));
        return;
    }
    if (request->method != "GET") {
        refuse(connection, "405 Method Not Allowed", &*request, tr("uses another method"));
        return;
    }
    const quint64 callback = ++m_lastCallback;
    m_held.insert(callback, connection);
    // Later, since whoever hears of it may close us.
    QMetaObject::invokeMethod(
        this,
        [this, callback, parameters = parseCallbackQuery(request->query)] {
            Q_EMIT callbackReceived(callback, parameters);
        },
        Qt::QueuedConnection);
}

void CallbackListener::refuse(CallbackConnection *connection, const QByteArray &status,
                              const HttpRequestHead *request, const QString &why)
{
    connection->respond(plainResponse(status, !request || request->method != "HEAD"));
    const QString what =
        request ? printable(request->method, 12) + QLatin1Char(' ') + shownPath(request->path)
                : tr("A request");
    //: A request ("GET /favicon.ico"), why it isn't the callback ("is for another path"), status
    Q_EMIT strayRequest(
        request && request->speculative ? StrayRequest::Speculative : StrayRequest::Other,
        tr("%1 %2: refused with status %3").arg(what, why, QString::fromLatin1(status.left(3))));
}

QByteArray CallbackListener::resultPath(CallbackOutcome outcome) const
{
    return (m_path.endsWith('/') ? m_path : m_path + '/') + outcomeName(outcome);
}

bool CallbackListener::showResult(CallbackConnection *connection, const QByteArray &path)
{
    for (const int shown : std::as_const(m_shown)) {
        const auto outcome = CallbackOutcome(shown);
        if (path != resultPath(outcome))
            continue;
        connect(connection, &CallbackConnection::closed, this,
                [this, outcome] { Q_EMIT resultShown(outcome); });
        connection->respond(pageResponse(outcome));
        return true;
    }
    return false;
}

bool CallbackListener::answer(quint64 callback, CallbackOutcome outcome)
{
    CallbackConnection *connection = m_held.take(callback);
    if (!connection)
        return false;
    m_shown.insert(int(outcome));
    connection->respond(redirectResponse(resultPath(outcome)));
    return true;
}

void CallbackListener::answerAtOnce(quint64 callback, CallbackOutcome outcome)
{
    if (CallbackConnection *connection = m_held.take(callback))
        connection->respond(pageResponse(outcome));
}

void CallbackListener::close()
{
    for (QTcpServer *server : std::exchange(m_servers, {})) {
        server->close();
        server->deleteLater();
    }
    m_held.clear();
    for (CallbackConnection *connection : std::exchange(m_connections, {})) {
        connection->disconnect(this);
        // What is being sent goes out even without us.
        if (connection->phase() == CallbackConnection::Phase::Closing)
            connection->setParent(QCoreApplication::instance());
        else
            connection->abort();
    }
}

} // namespace sonar
