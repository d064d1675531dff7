// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/boundedtcpserver.h"

#include "app/sandbox/requesthead.h"

#include <QTimer>

#include <algorithm>

namespace sonar::sandbox {

namespace {

/// Whether Qt's HTTP server answers "Expect: 100-continue" itself.
constexpr bool serverGivesLeave = QT_VERSION >= QT_VERSION_CHECK(6, 8, 0);

/// Looks at the bytes of a connection before the HTTP server takes them.
class RequestWatch : public QObject
{
    Q_OBJECT
public:
    explicit RequestWatch(QTcpSocket *socket);

    bool isHttp10() const;

private:
    void look();
    void lookAtHead();
    bool awaitsLeave() const;
    void refuse(const HeadFault &fault);

    QTcpSocket *m_socket;
    QTimer m_patience;
    qint64 m_received = 0;
    QByteArray m_head; ///< of the latest request, as far as it has come
    bool m_headIsWhole = false;
};

RequestWatch::RequestWatch(QTcpSocket *socket)
    : QObject(socket)
    , m_socket(socket)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_socket->isTransactionStarted())
            m_socket->abort();
    });
    connect(m_socket, &QTcpSocket::readyRead, this, &RequestWatch::look);
}

bool RequestWatch::isHttp10() const
{
    return m_head.left(m_head.indexOf('\n')).trimmed().endsWith("HTTP/1.0");
}

void RequestWatch::look()
{
    // The HTTP server reads a request inside a transaction, from its first byte to its last.
    if (!m_socket->isTransactionStarted()) {
        m_received = 0;
        m_head.clear();
        m_headIsWhole = false;
        m_patience.stop();
    }
    const qint64 fresh = m_socket->bytesAvailable();
    if (fresh > 0 && m_received == 0)
        m_patience.start(BoundedTcpServer::requestMilliseconds);
    m_received += fresh;
    if (m_received > BoundedTcpServer::requestBytes)
        refuse(tooLarge());
    else if (!m_headIsWhole)
        lookAtHead();
}

void RequestWatch::lookAtHead()
{
    const qsizetype searched = std::max<qsizetype>(0, m_head.size() - 3);
    m_head += m_socket->peek(m_socket->bytesAvailable());
    const qsizetype end = m_head.indexOf("\r\n\r\n", searched);
    if (end < 0)
        return;
    m_headIsWhole = true;
    const bool bodyHasBegun = m_head.size() > end + 4;
    m_head.truncate(end);
    if (const auto fault = faultOf(m_head, BoundedTcpServer::requestBytes))
        return refuse(*fault);
    if (!serverGivesLeave && !bodyHasBegun && awaitsLeave())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
}

/// RFC 9110 §10.1.1.
bool RequestWatch::awaitsLeave() const
{
    const QByteArrayList lines = m_head.toLower().split('\n');
    return !isHttp10() && std::any_of(lines.begin(), lines.end(), [](const QByteArray &line) {
        return line.startsWith("expect:") && line.sliced(7).trimmed() == "100-continue";
    });
}

void RequestWatch::refuse(const HeadFault &fault)
{
    m_patience.stop();
    QTcpSocket *socket = m_socket;
    QObject::disconnect(socket, &QTcpSocket::readyRead, nullptr, nullptr);
    if (socket->isTransactionStarted())
        socket->commitTransaction();
    socket->readAll();
    const QByteArray body =
        R"({"message":")" + fault.message + R"(","code":")" + fault.code + R"("})";
    socket->write("HTTP/1.1 " + QByteArray::number(fault.status) + ' ' + fault.reason +
                  "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                  QByteArray::number(body.size()) + "\r\n\r\n" + body);
    // What is still on its way is read and dropped for a moment, so that the answer isn't lost to a
    // reset.
    connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->readAll(); });
    connect(socket, &QTcpSocket::bytesWritten, socket, [socket] {
        if (socket->bytesToWrite() == 0)
            QTimer::singleShot(500, socket, [socket] { socket->disconnectFromHost(); });
    });
}

} // namespace

void BoundedTcpServer::incomingConnection(qintptr handle)
{
    auto *socket = new QTcpSocket(this);
    if (!socket->setSocketDescriptor(handle)) {
        delete socket;
        return;
    }
    socket->setReadBufferSize(requestBytes * 2);
    new RequestWatch(socket); // before the HTTP server connects, so that it sees bytes first
    m_connections.removeIf([](const QPointer<QTcpSocket> &gone) { return gone.isNull(); });
    m_connections.append(socket);
    addPendingConnection(socket);
}

QTcpSocket *BoundedTcpServer::connectionFrom(const QHostAddress &address, quint16 port) const
{
    const auto found = std::find_if(
        m_connections.begin(), m_connections.end(), [&](const QPointer<QTcpSocket> &one) {
            return one && one->peerPort() == port && one->peerAddress() == address;
        });
    return found == m_connections.end() ? nullptr : found->data();
}

bool BoundedTcpServer::isHttp10(const QTcpSocket *socket)
{
    const auto *watch = socket ? socket->findChild<RequestWatch *>() : nullptr;
    return watch && watch->isHttp10();
}

} // namespace sonar::sandbox

#include "boundedtcpserver.moc"
