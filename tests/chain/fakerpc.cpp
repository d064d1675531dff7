// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chain/fakerpc.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

#include <algorithm>

namespace sonar::test {

namespace {

/// The body of an HTTP request, once it is there whole.
std::optional<QByteArray> wholeBody(const QByteArray &received)
{
    const qsizetype head = received.indexOf("\r\n\r\n");
    if (head < 0)
        return std::nullopt;
    qsizetype length = 0;
    for (const QByteArray &line : received.left(head).split('\n')) {
        if (line.toLower().startsWith("content-length:"))
            length = line.mid(15).trimmed().toLongLong();
    }
    const QByteArray body = received.mid(head + 4);
    return body.size() >= length ? std::optional(body) : std::nullopt;
}

QString keyOf(const RpcQuestion &question)
{
    return question.method == QLatin1String("eth_call") ? question.data.left(10) : question.method;
}

} // namespace

FakeRpc::FakeRpc()
{
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *socket = nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { take(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_received.remove(socket);
            socket->deleteLater();
        });
    });
}

QUrl FakeRpc::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/v3/a-key-of-the-users").arg(serverPort()));
}

void FakeRpc::answer(const QString &question, const QString &result)
{
    m_answers.insert(question, result);
}

int FakeRpc::asked(const QString &question) const
{
    return int(std::count_if(m_questions.cbegin(), m_questions.cend(),
                             [&](const RpcQuestion &asked) { return keyOf(asked) == question; }));
}

void FakeRpc::take(QTcpSocket *socket)
{
    QByteArray &received = m_received[socket];
    received += socket->readAll();
    const auto request = wholeBody(received);
    if (!request)
        return;
    const QJsonObject object = QJsonDocument::fromJson(*request).object();
    const QJsonObject call = object.value(QLatin1String("params")).toArray().at(0).toObject();
    RpcQuestion question;
    question.id = quint64(object.value(QLatin1String("id")).toInteger());
    question.method = object.value(QLatin1String("method")).toString();
    question.to = call.value(QLatin1String("to")).toString();
    question.data = call.value(QLatin1String("data")).toString();
    question.body = *request;
    m_questions << question;
    if (silent)
        return;
    const QByteArray reply = body ? body(question) : bodyFor(question);
    socket->write("HTTP/1.1 " + QByteArray::number(status) +
                  " Fake\r\nContent-Type: application/json\r\nConnection: close\r\n"
                  "Content-Length: " +
                  QByteArray::number(reply.size()) + "\r\n\r\n" + reply);
    socket->disconnectFromHost();
}

QByteArray FakeRpc::bodyFor(const RpcQuestion &question) const
{
    QJsonObject reply{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                      {QStringLiteral("id"), qint64(question.id)}};
    const auto known = m_answers.constFind(keyOf(question));
    if (known != m_answers.cend())
        reply.insert(QStringLiteral("result"), *known);
    else
        reply.insert(QStringLiteral("error"),
                     QJsonObject{{QStringLiteral("code"), 3},
                                 {QStringLiteral("message"), QStringLiteral("execution reverted")},
                                 {QStringLiteral("data"), QStringLiteral("0x")}});
    return QJsonDocument(reply).toJson(QJsonDocument::Compact);
}

} // namespace sonar::test
