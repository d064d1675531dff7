// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace sonar::test {

/// A request as it came over the socket.
struct SeenRequest
{
    QByteArray method;
    QByteArray target;
    QByteArray head; ///< request line and headers
    QByteArray body;

    /// First value of a header, or nothing.
    std::optional<QByteArray> header(const QByteArray &name) const;
};

/// What a scripted server does about a request: sends bytes, right or wrong, and then what `then`
/// says.
struct Scripted
{
    enum class Then { KeepOpen, Close, Reset, Hold };
    QByteArray bytes;
    Then then = Then::Close;
    int byteMilliseconds = 0; ///< > 0: one byte each so many milliseconds
};

/// A whole answer with its right length.
QByteArray httpAnswer(int status, const QByteArray &body,
                      const QList<QByteArray> &headers = {"Content-Type: application/json"});
Scripted answered(int status, const QByteArray &body, const QList<QByteArray> &headers = {});

/// An HTTP server on 127.0.0.1 that does what a test tells it, down to the byte.
class ScriptedServer
{
public:
    using Script = std::function<Scripted(const SeenRequest &)>;

    /// `server`: another kind of listener, such as one that speaks TLS.
    explicit ScriptedServer(Script script = {},
                            std::unique_ptr<QTcpServer> server = std::make_unique<QTcpServer>());
    ~ScriptedServer();
    Q_DISABLE_COPY_MOVE(ScriptedServer)

    void play(Script script) { m_script = std::move(script); }
    /// The same answer to everything.
    void play(const Scripted &always);
    /// Answers every request that is held, and holds no more.
    void release(const Scripted &answer);
    /// Ends when a request has been answered that is made now, by the way that the program's take:
    /// what was under way before it has arrived. It isn't counted. False if it isn't answered.
    bool fence();
    /// Takes no connection any more and drops those there are.
    void stop();

    QUrl url() const;
    quint16 port() const { return m_server->serverPort(); }

    QList<SeenRequest> requests;
    int open = 0;       ///< requests not answered yet
    int mostAtOnce = 0; ///< the most that were open at one time

private:
    void take(QTcpSocket *socket);
    void read(QTcpSocket *socket, QByteArray &buffer);
    static const QByteArray fenceTarget;
    void perform(QTcpSocket *socket, const Scripted &script);

    Script m_script;
    QList<QTcpSocket *> m_held;
    std::unique_ptr<QTcpServer> m_server; // last: its sockets go before what they look at
};

/// A TCP port of 127.0.0.1 (and ::1) that was free a moment ago.
quint16 freePort();

/// Sends bytes to 127.0.0.1 (or `host`) and gives what came back by the time the peer closed; the
/// event loop runs meanwhile.
QByteArray rawExchange(quint16 port, const QByteArray &bytes,
                       const QString &host = QStringLiteral("127.0.0.1"));

} // namespace sonar::test
