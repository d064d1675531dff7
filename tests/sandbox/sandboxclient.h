// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/sandbox/sandboxserver.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrlQuery>

#include <memory>

namespace sonar::test {

/// A clock that stands until it is turned.
class TurnedClock : public Clock
{
public:
    qint64 unixSeconds() const override { return m_start + m_seconds; }
    qint64 steadyMilliseconds() const override { return m_seconds * 1000; }
    void turn(qint64 seconds) { m_seconds += seconds; }

private:
    qint64 m_start = 1'790'000'000;
    qint64 m_seconds = 0;
};

inline QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

struct Answer
{
    int status = 0; ///< 0: no HTTP answer
    QByteArray body;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case

    QJsonObject json() const;
    /// A string of the answer's object.
    QString text(const char *name) const;
    /// Of a redirect's Location.
    QString query(const char *name) const;
};

using Members = QList<std::pair<QString, QString>>;
using Headers = QList<std::pair<QByteArray, QByteArray>>;

/// A client written against the protocol reference with nothing of ours but sockets.
class SandboxClient
{
public:
    explicit SandboxClient(const Sale &sale);

    Answer get(const QString &pathAndQuery);
    Answer send(const QByteArray &method, const QString &path, const QByteArray &body = {},
                const Headers &headers = {});
    Answer postJson(const QString &path, const QByteArray &body, const Headers &headers = {});
    Answer postForm(const QString &path, const Members &fields);

    /// The five authorize parameters, right.
    Members authorizeParameters() const;
    Answer authorize(const Members &parameters);
    /// Presses a button of an authorize page.
    Answer press(const Answer &page, const QString &decision,
                 const QString &person = QStringLiteral("ada"));
    /// The whole way to a code.
    QString code(const QString &person = QStringLiteral("ada"));
    Answer exchange(const QString &code);
    Answer refresh(const QString &refreshToken);
    /// Signs in and keeps the access token for call().
    Answer signIn(const QString &person = QStringLiteral("ada"));

    /// An API call with our access token; `members` are strings. SaleUUID stands for itself.
    Answer call(const QString &endpoint, Members members = {});
    QString entityId(const QString &label);
    Answer check(const QString &entity, const QString &wallet);
    Answer permit(const QString &entity, const QString &wallet);

    QString accessToken;
    QString verifier;

private:
    Sale m_sale;
    QNetworkAccessManager m_network;
};

/// A sandbox that runs, and a client to it.
struct RunningSandbox
{
    explicit RunningSandbox(SandboxOptions options = {});

    TurnedClock clock;
    std::unique_ptr<SandboxServer> server;
    Sale sale;
    std::unique_ptr<SandboxClient> client;
};

/// Base64url of the SHA-256.
QString challengeOf(const QString &verifier);
QByteArray jsonOf(const Members &members);

} // namespace sonar::test
