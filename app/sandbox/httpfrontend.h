// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/httpmessages.h"

#include <QAbstractHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QPointer>
#include <QTcpSocket>

#include <functional>
#include <map>

namespace sonar::sandbox {

class BoundedTcpServer;

/// HTTP on 127.0.0.1: hands each whole request to `handler` and sends its reply, late if it says
/// so. Qt 6.4 and 6.8 differ in what a request handler gets; nothing outside this class knows.
class HttpFrontend : public QAbstractHttpServer
{
    Q_OBJECT
public:
    using Handler = std::function<HttpReply(const HttpRequest &)>;

    explicit HttpFrontend(Handler handler, QObject *parent = nullptr);
    ~HttpFrontend() override;

    /// False if the port is taken; 0 takes any.
    bool start(quint16 port);
    quint16 port() const { return m_port; }
    /// Why start() failed, in the system's words.
    QString errorText() const { return m_errorText; }

protected:
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &request,
                        QHttpServerResponder &responder) override;
#else
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;
#endif

private:
    /// Where a reply goes.
    struct Channel
    {
        QHttpServerResponder responder;
        QPointer<QTcpSocket> socket; ///< Qt 6.4's responder doesn't notice that it died
        bool isLast = false;         ///< the connection ends with this reply
    };
    struct Delayed
    {
        HttpReply reply;
        Channel channel;
    };

    HttpReply answer(const HttpRequest &request, Channel *channel) const;
    static void endIfLast(const Channel &channel);
    static void send(const HttpReply &reply, Channel &channel);
    void sendLater(HttpReply reply, Channel channel);

    Handler m_handler;
    BoundedTcpServer *m_server = nullptr;
    quint16 m_port = 0;
    QString m_errorText;
    std::map<quint64, Delayed> m_delayed; ///< gone before the connections they answer on
    quint64 m_nextDelayed = 0;
};

} // namespace sonar::sandbox
