// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/httpfrontend.h"

#include "app/sandbox/boundedtcpserver.h"

#include <QTimer>
#include <QUrl>

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
    bind(server);
    return true;
}

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)

bool HttpFrontend::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    const HttpReply reply = m_handler(convert(request));
    Channel channel{std::move(responder), {}};
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
}

#else

bool HttpFrontend::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    const HttpReply reply = m_handler(convert(request));
    Channel channel{makeResponder(request, socket), socket};
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
}

#endif

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
