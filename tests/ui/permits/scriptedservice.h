// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sonar/accesstokenprovider.h"
#include "tests/ui/permits/samples.h"

#include <QHash>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

namespace sonar::test {

/// Always has a token.
class ReadyTokens : public AccessTokenProvider
{
public:
    QCoro::Task<Result<QByteArray>> accessToken() override;
    QCoro::Task<Result<QByteArray>> replaceRejected(QByteArray rejected) override;
    void refused(const QByteArray &) override {}
};

/// A Sonar on loopback that answers as a test says, by wallet.
class ScriptedService : public QObject
{
    Q_OBJECT
public:
    struct Answer
    {
        QByteArray prePurchase; ///< body; empty: never answered
        QByteArray permit;      ///< body; empty: never answered
        int status = 200;       ///< of both
    };

    ScriptedService();

    QUrl url() const;
    void setAnswer(const QString &wallet, const Answer &answer) { m_answers[wallet] = answer; }
    void setEntities(const QList<Entity> &entities) { m_entities = entities; }
    void failEntities(bool fails) { m_entitiesFail = fails; }
    int calls() const { return m_calls; }

    static QByteArray ready();
    static QByteArray notReady(const QString &reason, const QString &livenessUrl = {});

private:
    void read(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &path, const QByteArray &body);
    QByteArray entitiesReply() const;

    QTcpServer m_server;
    QHash<QTcpSocket *, QByteArray> m_received;
    QHash<QString, Answer> m_answers;
    QList<Entity> m_entities;
    bool m_entitiesFail = false;
    int m_calls = 0;
};

} // namespace sonar::test
