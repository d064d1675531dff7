// SPDX-License-Identifier: GPL-3.0-or-later
// Strangers on this machine keep the callback's port busy while a real sign-in comes back.
#include "tests/auth/signin.h"

#include <QElapsedTimer>
#include <QTimer>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

/// Connections that send a byte of a head now and then, and come back when they are thrown out.
class Drips
{
public:
    Drips(quint16 port, int count)
        : m_port(port)
        , m_sockets(size_t(count))
    {
        for (auto &socket : m_sockets)
            reconnect(socket);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { drip(); });
        m_timer.start(100);
    }
    int dripped = 0;

private:
    void reconnect(std::unique_ptr<QTcpSocket> &socket)
    {
        socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, m_port);
    }
    void drip()
    {
        int reconnects = 0; // not so many that this test's own work is what is measured
        for (auto &socket : m_sockets) {
            if (socket->state() == QAbstractSocket::UnconnectedState && ++reconnects <= 20)
                reconnect(socket);
            else if (socket->state() == QAbstractSocket::ConnectedState)
                dripped += int(socket->write("G"));
        }
    }

    quint16 m_port;
    std::vector<std::unique_ptr<QTcpSocket>> m_sockets;
    QTimer m_timer;
};

/// Sends junk requests one after the other, several at a time.
class Junk
{
public:
    Junk(quint16 port, int count)
        : m_port(port)
        , m_left(count)
    {
        for (int i = 0; i < 20; ++i)
            next();
    }
    int ended = 0;

private:
    QByteArray request() const
    {
        const QByteArray host = "Host: localhost:" + QByteArray::number(m_port) + "\r\n\r\n";
        switch (m_left % 6) {
        case 0:
            return "GET /oauth/callback?code=evil&state=guess HTTP/1.1\r\n" + host;
        case 1:
            return "GET / HTTP/1.1\r\n" + host;
        case 2:
            return "POST /oauth/callback HTTP/1.1\r\n" + host;
        case 3:
            return QByteArray(10'000, '\xff');
        case 4:
            return "GET /oauth/callback?error=access_denied HTTP/1.1\r\n" + host;
        default:
            return "\r\n\r\n";
        }
    }
    void next()
    {
        if (m_left == 0)
            return;
        --m_left;
        auto *socket = new QTcpSocket(&m_parent);
        socket->connectToHost(QHostAddress::LocalHost, m_port);
        socket->write(request());
        const auto end = [this, socket] {
            if (socket->state() != QAbstractSocket::UnconnectedState ||
                socket->property("over").toBool())
                return;
            socket->setProperty("over", true);
            socket->deleteLater();
            ++ended;
            next();
        };
        QObject::connect(socket, &QTcpSocket::stateChanged, &m_parent, end);
    }

    quint16 m_port;
    int m_left;
    QObject m_parent;
};

} // namespace

TEST(Flood, RealCallbackCompletesAmongDrippingConnectionsAndJunk)
{
    SignIn world;
    world.start();
    QElapsedTimer time;
    time.start();
    Drips drips(world.port, 200);
    ASSERT_TRUE(waitUntil([&] { return drips.dripped > 100; }));
    Junk junk(world.port, 10'000);
    // In the thick of it the person's browser comes back.
    ASSERT_TRUE(waitUntil([&] { return junk.ended > 5'000; }, 90'000));
    EXPECT_TRUE(world.results.isEmpty());
    EXPECT_EQ(world.flow->state(), AuthorizationFlow::State::WaitingForBrowser);
    EXPECT_TRUE(world.server.requests.isEmpty());
    QElapsedTimer wait;
    wait.start();
    const QByteArray redirect = world.comeBack("code=good&state=" + world.state());
    EXPECT_EQ(headerOf(redirect, "location"), "/oauth/callback/connected");
    const QByteArray page = world.page(redirect);
    EXPECT_TRUE(page.contains("Access allowed"));
    ASSERT_TRUE(world.waitForEnd());
    ASSERT_TRUE(world.results[0]);
    EXPECT_EQ(world.results[0]->accessToken, "access-1");
    EXPECT_EQ(world.server.requests.size(), 1) << "no junk was exchanged";
    RecordProperty("callbackMilliseconds", int(wait.elapsed()));
}
