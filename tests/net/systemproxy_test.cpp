// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/systemproxy.h"

#include "app/net/jsontransport.h"
#include "tests/net/posting.h"

#include <QNetworkProxyFactory>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

/// The system's proxy as its environment names it, for one test.
class ProxyOfTheSystem
{
public:
    explicit ProxyOfTheSystem(const QUrl &proxy)
    {
        for (const char *name : {"http_proxy", "https_proxy", "no_proxy", "all_proxy"}) {
            m_before << qMakePair(QByteArray(name), qgetenv(name));
            qunsetenv(name);
        }
        qputenv("http_proxy", proxy.toEncoded());
        qputenv("https_proxy", proxy.toEncoded());
    }
    ~ProxyOfTheSystem()
    {
        QNetworkProxyFactory::setUseSystemConfiguration(false);
        for (const auto &[name, value] : std::as_const(m_before)) {
            if (value.isNull())
                qunsetenv(name.constData());
            else
                qputenv(name.constData(), value);
        }
    }
    Q_DISABLE_COPY_MOVE(ProxyOfTheSystem)

private:
    QList<QPair<QByteArray, QByteArray>> m_before;
};

} // namespace

TEST(SystemProxy, IsAskedForTheService)
{
    ScriptedServer proxy;
    proxy.play(answered(502, "no way"));
    const ProxyOfTheSystem system(proxy.url());
    useSystemProxy();
    JsonTransport transport({15'000, 20'000, 64 * 1024});
    const Result<JsonReply> result =
        post(transport, QUrl(QStringLiteral("https://api.sonar.invalid/externalapi.MyProfile")));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Network);
    ASSERT_FALSE(proxy.requests.isEmpty());
    EXPECT_EQ(proxy.requests[0].method, "CONNECT");
    EXPECT_EQ(proxy.requests[0].target, "api.sonar.invalid:443");
    for (const SeenRequest &request : std::as_const(proxy.requests))
        EXPECT_FALSE(request.head.contains("MyProfile")) << "outside TLS";
}

TEST(SystemProxy, IsNotAskedForLoopback)
{
    ScriptedServer proxy;
    const ProxyOfTheSystem system(proxy.url());
    useSystemProxy();
    ScriptedServer server;
    server.play(answered(200, "{}"));
    JsonTransport transport({15'000, 20'000, 64 * 1024});
    EXPECT_TRUE(post(transport, server.url()));
    EXPECT_TRUE(proxy.requests.isEmpty());
}
