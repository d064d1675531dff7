// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chain/fakerpc.h"

#include "app/base/uuid.h"

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

void FakeRpc::revert(const QString &question)
{
    m_answers.remove(question);
}

QString FakeRpc::word(bool value)
{
    return QStringLiteral("0x") + QString(63, QLatin1Char('0')) + QLatin1Char(value ? '1' : '0');
}

void FakeRpc::answerAsSettlementSale(const QString &saleUuid)
{
    const QString zeros(63, QLatin1Char('0'));
    answer(QStringLiteral("eth_chainId"), QStringLiteral("0x14a34"));
    answer(QStringLiteral("0x54fd4d50"), // version() of 2.0.0
           QStringLiteral("0x%1%2%1%3%1%3").arg(zeros, QStringLiteral("2"), QStringLiteral("0")));
    answer(QStringLiteral("0x01ffc9a7"), word(true)); // supportsInterface()
    answer(QStringLiteral("0xb185b20d"),              // saleUUID()
           QStringLiteral("0x") +
               QLatin1String(uuidBytes(saleUuid).value_or(QByteArray()).toHex()) +
               QString(32, QLatin1Char('0')));
}

void FakeRpc::answerAsNobody()
{
    for (const char *call : {"0x54fd4d50", "0x01ffc9a7", "0xb185b20d", "0x91d14854", "eth_getCode"})
        answer(QLatin1String(call), QStringLiteral("0x"));
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
