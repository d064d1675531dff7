// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/callbackpage.h"
#include "app/auth/callbackrequest.h"
#include "app/base/result.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QUrl>

class QHostAddress;
class QTcpServer;

namespace sonar {

class CallbackConnection;

/// What strangers on this machine may make the listener bear.
struct CallbackListenerLimits
{
    qsizetype headBytes = 64 * 1024; ///< without cookies
    int connectionMilliseconds = 10'000;
    int connections = 64; ///< beyond it the oldest that hasn't asked yet has to go
};

/// Why a request could not be the callback.
enum class StrayRequest {
    Https,       ///< a TLS hello: the browser was made to use https
    TooLarge,    ///< its head exceeds the limit
    Speculative, ///< a prefetch; the real navigation may follow
    Other,
};

/// Waits on the loopback addresses of one redirect URI for the browser to come back (RFC 8252
/// §7.3). A callback is a GET of the exact path with the redirect URI's Host; anything else gets a
/// plain refusal and changes nothing. Every callback is answered with 303 to an address of its
/// own without code and state, where the result is shown.
class CallbackListener : public QObject
{
    Q_OBJECT
public:
    explicit CallbackListener(CallbackListenerLimits limits = {}, QObject *parent = nullptr);
    ~CallbackListener() override;

    /// PortInUse names the port; SignIn when the redirect URI isn't http on this machine.
    Result<void> listen(const QString &redirectUri);
    bool isListening() const;
    quint16 port() const;

    /// Answers a callback; false when its connection is gone. resultShown() follows when the
    /// browser has fetched the page.
    bool answer(quint64 callback, CallbackOutcome outcome);
    /// Answers with the page itself, for a listener that is about to close.
    void answerAtOnce(quint64 callback, CallbackOutcome outcome);
    /// Frees the port.
    void close();

Q_SIGNALS:
    void callbackReceived(quint64 callback, const sonar::CallbackParameters &parameters);
    /// A request that could not be the callback. `line` says for "Copy details" what came and what
    /// became of it: bounded plain text without query, cookies or anything else that may be secret.
    void strayRequest(sonar::StrayRequest kind, const QString &line);
    void resultShown(sonar::CallbackOutcome outcome);

private:
    Result<void> listenOn(const QHostAddress &address, quint16 port, bool mayBeMissing);
    void accept(QTcpServer *server);
    void makeRoom();
    void route(CallbackConnection *connection, const QByteArray &head);
    void refuse(CallbackConnection *connection, const QByteArray &status,
                const HttpRequestHead *request, const QString &why);
    bool showResult(CallbackConnection *connection, const QByteArray &path);
    QByteArray resultPath(CallbackOutcome outcome) const;

    CallbackListenerLimits m_limits;
    QList<QTcpServer *> m_servers;
    QList<CallbackConnection *> m_connections; ///< oldest first
    QHash<quint64, CallbackConnection *> m_held;
    QSet<int> m_shown; ///< outcomes that a callback was sent to
    QByteArray m_path;
    QList<QByteArray> m_hosts;
    quint64 m_lastCallback = 0;
};

} // namespace sonar
