// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedserver.h"

#include "tests/support/waiting.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace sonar::test {

namespace {

/// Where the first request in `buffer` ends; nothing while it isn't whole.
std::optional<qsizetype> endOfRequest(const QByteArray &buffer)
{
    const qsizetype head = buffer.indexOf("\r\n\r\n");
    if (head < 0)
        return std::nullopt;
    SeenRequest request;
    request.head = buffer.left(head + 2);
    const qsizetype end = head + 4 + request.header("content-length").value_or("0").toLongLong();
    return buffer.size() >= end ? std::optional(end) : std::nullopt;
}

} // namespace

std::optional<QByteArray> SeenRequest::header(const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return std::nullopt;
}

QByteArray httpAnswer(int status, const QByteArray &body, const QList<QByteArray> &headers)
{
    QByteArray answer = "HTTP/1.1 " + QByteArray::number(status) +
                        " Status\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    for (const QByteArray &header : headers)
        answer += header + "\r\n";
    return answer + "\r\n" + body;
}

Scripted answered(int status, const QByteArray &body, const QList<QByteArray> &headers)
{
    return {httpAnswer(status, body, headers), Scripted::Then::KeepOpen};
}

ScriptedServer::ScriptedServer(Script script, std::unique_ptr<QTcpServer> server)
    : m_script(std::move(script))
    , m_server(std::move(server))
{
    m_server->setListenBacklogSize(256);
    QObject::connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, m_server.get(),
                     [this] {
                         while (QTcpSocket *socket = m_server->nextPendingConnection())
                             take(socket);
                     });
    m_server->listen(QHostAddress::LocalHost);
}

ScriptedServer::~ScriptedServer()
{
    stop();
}

void ScriptedServer::play(const Scripted &always)
{
    m_script = [always](const SeenRequest &) { return always; };
}

void ScriptedServer::release(const Scripted &answer)
{
    play(answer);
    for (QTcpSocket *socket : std::exchange(m_held, {}))
        perform(socket, answer);
}

void ScriptedServer::stop()
{
    m_server->close();
    m_held.clear();
    for (auto *socket : m_server->findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly)) {
        socket->disconnect();
        delete socket;
    }
}

QUrl ScriptedServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port()));
}

const QByteArray ScriptedServer::fenceTarget = "/fence-of-a-test";

bool ScriptedServer::fence()
{
    QNetworkAccessManager network;
    network.setProxy(QNetworkProxy::NoProxy);
    QUrl target = url();
    target.setPath(QString::fromLatin1(fenceTarget));
    const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(target)));
    return waitUntil([&] { return reply->isFinished(); }) &&
           reply->error() == QNetworkReply::NoError;
}

void ScriptedServer::take(QTcpSocket *socket)
{
    const auto buffer = std::make_shared<QByteArray>();
    QObject::connect(socket, &QTcpSocket::readyRead, socket,
                     [this, socket, buffer] { read(socket, *buffer); });
    QObject::connect(socket, &QTcpSocket::disconnected, socket, [this, socket] {
        if (m_held.removeAll(socket) > 0)
            --open;
        socket->deleteLater();
    });
    // Of TLS, something may be there already.
    if (socket->bytesAvailable() > 0)
        read(socket, *buffer);
}

void ScriptedServer::read(QTcpSocket *socket, QByteArray &buffer)
{
    buffer += socket->readAll();
    while (const auto end = endOfRequest(buffer)) {
        const qsizetype head = buffer.indexOf("\r\n\r\n") + 4;
        SeenRequest request;
        request.head = buffer.left(head);
        request.body = buffer.mid(head, *end - head);
        const QByteArrayList line = request.head.left(request.head.indexOf('\r')).split(' ');
        request.method = line.value(0);
        request.target = line.value(1);
        buffer.remove(0, *end);
        if (request.target == fenceTarget) {
            socket->write(httpAnswer(200, {}));
            continue;
        }
        requests << request;
        mostAtOnce = std::max(mostAtOnce, ++open);
        perform(socket, m_script ? m_script(request) : Scripted{});
    }
}

void ScriptedServer::perform(QTcpSocket *socket, const Scripted &script)
{
    if (script.then == Scripted::Then::Hold) {
        socket->write(script.bytes);
        m_held << socket;
        return;
    }
    if (script.byteMilliseconds > 0 && !script.bytes.isEmpty()) {
        socket->write(script.bytes.left(1));
        Scripted rest = script;
        rest.bytes.remove(0, 1);
        QTimer::singleShot(script.byteMilliseconds, socket,
                           [this, socket, rest] { perform(socket, rest); });
        return;
    }
    --open;
    if (!script.bytes.isEmpty())
        socket->write(script.bytes);
    if (script.then == Scripted::Then::Close)
        socket->disconnectFromHost();
    if (script.then == Scripted::Then::Reset) {
        socket->flush();
        socket->abort();
    }
}

quint16 freePort()
{
    for (;;) {
        QTcpServer four;
        QTcpServer six;
        if (!four.listen(QHostAddress::LocalHost))
            return 0;
        six.listen(QHostAddress::LocalHostIPv6, four.serverPort());
        if (six.isListening() || six.serverError() != QAbstractSocket::AddressInUseError)
            return four.serverPort();
    }
}

QByteArray rawExchange(quint16 port, const QByteArray &bytes, const QString &host)
{
    QTcpSocket socket;
    QByteArray answer;
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] { answer += socket.readAll(); });
    socket.connectToHost(QHostAddress(host), port);
    socket.write(bytes);
    bool connected = false;
    waitUntil([&] {
        connected = connected || socket.state() == QAbstractSocket::ConnectedState;
        return socket.state() == QAbstractSocket::UnconnectedState;
    });
    return answer + socket.readAll();
}

} // namespace sonar::test
