// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/permits/scriptedservice.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

namespace sonar::test {

QCoro::Task<Result<QByteArray>> ReadyTokens::accessToken()
{
    co_return QByteArray("token-of-the-test");
}

QCoro::Task<Result<QByteArray>> ReadyTokens::replaceRejected(QByteArray)
{
    co_return QByteArray("token-of-the-test");
}

ScriptedService::ScriptedService()
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            m_received[socket].clear(); // may have been another one's place
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            // Also while the server dies and takes its sockets along: nothing of ours is touched.
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

QUrl ScriptedService::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()));
}

QByteArray ScriptedService::ready()
{
    return R"({"ReadyToPurchase":true,"FailureReason":"","LivenessCheckURL":""})";
}

QByteArray ScriptedService::notReady(const QString &reason, const QString &livenessUrl)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("ReadyToPurchase"), false},
                                     {QStringLiteral("FailureReason"), reason},
                                     {QStringLiteral("LivenessCheckURL"), livenessUrl}})
        .toJson(QJsonDocument::Compact);
}

void ScriptedService::read(QTcpSocket *socket)
{
    QByteArray &received = m_received[socket];
    received += socket->readAll();
    for (;;) {
        const qsizetype headEnd = received.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        const QByteArray head = received.left(headEnd);
        qsizetype length = 0;
        for (const QByteArray &line : head.split('\n')) {
            if (line.toLower().startsWith("content-length:"))
                length = line.mid(15).trimmed().toInt();
        }
        if (received.size() < headEnd + 4 + length)
            return;
        const QByteArray body = received.mid(headEnd + 4, length);
        received.remove(0, headEnd + 4 + length);
        answer(socket, head.split(' ').value(1), body);
    }
}

void ScriptedService::answer(QTcpSocket *socket, const QByteArray &path, const QByteArray &body)
{
    ++m_calls;
    const QString wallet = QJsonDocument::fromJson(body)
                               .object()
                               .value(QLatin1String("PurchasingWalletAddress"))
                               .toString();
    const Answer scripted = m_answers.value(wallet);
    int status = scripted.status;
    QByteArray content = "{}";
    if (path.endsWith("PrePurchaseCheck"))
        content = scripted.prePurchase;
    else if (path.endsWith("GenerateSalePurchasePermit"))
        content = scripted.permit;
    else if (path.endsWith("ListAvailableEntities") && m_entitiesFail)
        status = 400;
    else if (path.endsWith("ListAvailableEntities"))
        content = entitiesReply();
    else if (path.endsWith("MyProfile"))
        content = R"({"EntityID":"entity-1"})";
    else
        status = 404;
    if (content.isEmpty())
        return;
    socket->write("HTTP/1.1 " + QByteArray::number(status) +
                  " Scripted\r\nContent-Type: application/json\r\nContent-Length: " +
                  QByteArray::number(content.size()) + "\r\n\r\n" + content);
}

QByteArray ScriptedService::entitiesReply() const
{
    QJsonArray entities;
    for (const Entity &entity : m_entities) {
        entities.append(QJsonObject{
            {QStringLiteral("Label"), entity.label},
            {QStringLiteral("EntityID"), entity.entityId},
            {QStringLiteral("SaleSpecificEntityID"), entity.saleSpecificEntityId},
            {QStringLiteral("EntityType"), QStringLiteral("organization")},
            {QStringLiteral("EntitySetupState"), QStringLiteral("complete")},
            {QStringLiteral("SaleEligibility"), QStringLiteral("eligible")},
            {QStringLiteral("InvestingRegion"), QStringLiteral("eu")},
        });
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("Entities"), entities}})
        .toJson(QJsonDocument::Compact);
}

} // namespace sonar::test
