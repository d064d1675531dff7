// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/httpfrontend.h"

#include "app/sandbox/boundedtcpserver.h"

#include <QTimer>
#include <QUrl>

#include <algorithm>

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QHttpHeaders>
#endif

namespace sonar::sandbox {

namespace {

QByteArray methodName(QHttpServerRequest::Method method)
{
    using Method = QHttpServerRequest::Method;
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Put:
        return "PUT";
    case Method::Delete:
        return "DELETE";
    case Method::Post:
        return "POST";
    case Method::Head:
        return "HEAD";
    case Method::Options:
        return "OPTIONS";
    case Method::Patch:
        return "PATCH";
    case Method::Connect:
        return "CONNECT";
    case Method::Trace:
        return "TRACE";
    default:
        return {};
    }
}

HttpHeaders headersOf(const QHttpServerRequest &request)
{
    HttpHeaders headers;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    const QHttpHeaders &sent = request.headers();
    for (qsizetype i = 0; i < sent.size(); ++i) {
        const QLatin1String name = sent.nameAt(i);
        headers.append({QByteArray(name.data(), name.size()).toLower(),
                        sent.valueAt(i).toByteArray().trimmed()});
    }
#else
    const auto sent = request.headers();
    for (const auto &[name, value] : sent)
        headers.append({name.toLower(), value.trimmed()});
#endif
    return headers;
}

/// RFC 9112 §9.3 and §9.6. Keeping a connection of HTTP/1.0 is optional.
bool isLast(const HttpRequest &request, const QTcpSocket *socket)
{
    if (BoundedTcpServer::isHttp10(socket))
        return true;
    for (const auto &[name, value] : request.headers) {
        if (name != "connection")
            continue;
        for (const QByteArray &option : value.toLower().split(',')) {
            if (option.trimmed() == "close")
                return true;
        }
    }
    return false;
}

HttpRequest convert(const QHttpServerRequest &request)
{
    const QUrl url = request.url();
    return {methodName(request.method()), url.path(QUrl::FullyEncoded).toUtf8(),
            url.query(QUrl::FullyEncoded).toUtf8(), headersOf(request), request.body()};
}

} // namespace

HttpFrontend::HttpFrontend(Handler handler, QObject *parent)
    : QAbstractHttpServer(parent)
    , m_handler(std::move(handler))
{}

HttpFrontend::~HttpFrontend() = default;

bool HttpFrontend::start(quint16 port)
{
    auto *server = new BoundedTcpServer(this);
    if (!server->listen(QHostAddress::LocalHost, port)) {
        m_errorText = server->errorString();
        delete server;
        return false;
    }
    m_port = server->serverPort();
    m_server = server;
    bind(server);
    return true;
}

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)

bool HttpFrontend::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    Channel channel{std::move(responder),
                    m_server->connectionFrom(request.remoteAddress(), request.remotePort())};
    const HttpReply reply = answer(convert(request), &channel);
    if (reply.delayMilliseconds > 0) {
        sendLater(reply, std::move(channel));
    } else {
        send(reply, channel);
        // Given back: the connection must not see it go before this function returns.
        responder = std::move(channel.responder);
    }
    return true;
}

void HttpFrontend::missingHandler(const QHttpServerRequest &, QHttpServerResponder &) {}

void HttpFrontend::send(const HttpReply &reply, Channel &channel)
{
    QHttpHeaders headers;
    for (const auto &[name, value] : reply.headers)
        headers.append(name, value);
    channel.responder.write(reply.body, headers, QHttpServerResponder::StatusCode(reply.status));
    endIfLast(channel);
}

#else

bool HttpFrontend::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    Channel channel{makeResponder(request, socket), socket};
    const HttpReply reply = answer(convert(request), &channel);
    if (reply.delayMilliseconds > 0)
        sendLater(reply, std::move(channel));
    else
        send(reply, channel);
    return true;
}

void HttpFrontend::missingHandler(const QHttpServerRequest &, QTcpSocket *) {}

void HttpFrontend::send(const HttpReply &reply, Channel &channel)
{
    if (!channel.socket || channel.socket->state() != QAbstractSocket::ConnectedState)
        return;
    QHttpServerResponder &responder = channel.responder;
    responder.writeStatusLine(QHttpServerResponder::StatusCode(reply.status));
    for (const auto &[name, value] : reply.headers)
        responder.writeHeader(name, value);
    responder.writeHeader("Content-Length", QByteArray::number(reply.body.size()));
    responder.writeBody(reply.body);
    endIfLast(channel);
}

#endif

HttpReply HttpFrontend::answer(const HttpRequest &request, Channel *channel) const
{
    HttpReply reply = m_handler(request);
    // Not before an earlier one on the same connection (RFC 9112 §9.3.2).
    for (const auto &[key, earlier] : m_delayed) {
        if (earlier.channel.socket == channel->socket)
            reply.delayMilliseconds =
                std::max(reply.delayMilliseconds, earlier.reply.delayMilliseconds);
    }
    channel->isLast = isLast(request, channel->socket);
    if (channel->isLast)
        reply.with("Connection", "close");
    return reply;
}

void HttpFrontend::endIfLast(const Channel &channel)
{
    // Later: the HTTP server isn't through with this request yet. What is written goes out first.
    if (channel.isLast && channel.socket)
        QMetaObject::invokeMethod(
            channel.socket, [socket = channel.socket.data()] { socket->disconnectFromHost(); },
            Qt::QueuedConnection);
}

void HttpFrontend::sendLater(HttpReply reply, Channel channel)
{
    const int delay = reply.delayMilliseconds;
    const quint64 key = m_nextDelayed++;
    m_delayed.emplace(key, Delayed{std::move(reply), std::move(channel)});
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    timer->setTimerType(Qt::PreciseTimer); // replies on one connection keep their order
    connect(timer, &QTimer::timeout, this, [this, key, timer] {
        timer->deleteLater();
        auto delayed = m_delayed.extract(key);
        send(delayed.mapped().reply, delayed.mapped().channel);
    });
    timer->start(delay);
}

} // namespace sonar::sandbox
