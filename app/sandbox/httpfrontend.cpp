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
    answer({m_handler(convert(request)), std::move(responder), {}});
    return true;
}

void HttpFrontend::missingHandler(const QHttpServerRequest &, QHttpServerResponder &) {}

void HttpFrontend::send(Pending &pending)
{
    QHttpHeaders headers;
    for (const auto &[name, value] : pending.reply.headers)
        headers.append(name, value);
    pending.responder.write(pending.reply.body, headers,
                            QHttpServerResponder::StatusCode(pending.reply.status));
}

#else

bool HttpFrontend::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    answer({m_handler(convert(request)), makeResponder(request, socket), socket});
    return true;
}

void HttpFrontend::missingHandler(const QHttpServerRequest &, QTcpSocket *) {}

void HttpFrontend::send(Pending &pending)
{
    if (!pending.socket || pending.socket->state() != QAbstractSocket::ConnectedState)
        return;
    pending.responder.writeStatusLine(QHttpServerResponder::StatusCode(pending.reply.status));
    for (const auto &[name, value] : pending.reply.headers)
        pending.responder.writeHeader(name, value);
    pending.responder.writeHeader("Content-Length", QByteArray::number(pending.reply.body.size()));
    pending.responder.writeBody(pending.reply.body);
}

#endif

void HttpFrontend::answer(Pending pending)
{
    const int delay = pending.reply.delayMilliseconds;
    if (delay <= 0) {
        send(pending);
        return;
    }
    const quint64 key = m_nextDelayed++;
    m_delayed.emplace(key, std::move(pending));
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    timer->setTimerType(Qt::PreciseTimer); // replies on one connection keep their order
    connect(timer, &QTimer::timeout, this, [this, key, timer] {
        timer->deleteLater();
        send(m_delayed.at(key));
        m_delayed.erase(key);
    });
    timer->start(delay);
}

} // namespace sonar::sandbox
