// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/loopback.h"

#include <gtest/gtest.h>

using namespace sonar;

namespace {

QUrl url(const char *text)
{
    return QUrl(QString::fromUtf8(text), QUrl::StrictMode);
}

} // namespace

TEST(Loopback, KnowsThisComputer)
{
    for (const char *host : {"localhost", "LOCALHOST", "127.0.0.1", "127.0.0.0", "127.255.255.255",
                             "127.1.2.3", "::1"})
        EXPECT_TRUE(isLoopbackHost(QLatin1String(host))) << host;
}

TEST(Loopback, TakesNoOtherNameForThisComputer)
{
    for (const char *host : {"",
                             "localhost.",
                             "localhost.evil.com",
                             "evil-localhost",
                             "127.0.0.1.evil.com",
                             "127.evil.com",
                             "127.0.0",
                             "127.0.0.256",
                             "127.0.0.0001",
                             "127.0.0.+1",
                             "127.0.0. 1",
                             "127.0..1",
                             "127.0.0.1.",
                             "128.0.0.1",
                             "10.0.0.1",
                             "0.0.0.0",
                             "::",
                             "::2",
                             "[::1]",
                             "::ffff:127.0.0.1",
                             "fe80::1",
                             "127.0.0.a"})
        EXPECT_FALSE(isLoopbackHost(QLatin1String(host))) << host;
}

TEST(AllowedUrl, IsHttpsAnywhereAndHttpHere)
{
    for (const char *text :
         {"https://api.echo.xyz", "https://api.echo.xyz:8443/path?x=1#y", "HTTPS://API.ECHO.XYZ",
          "https://localhost", "http://localhost", "http://LOCALHOST:3000/oauth/callback",
          "http://127.0.0.1:1", "http://[::1]:3000/x", "http://[0:0:0:0:0:0:0:1]/"})
        EXPECT_TRUE(isAllowedUrl(url(text))) << text;
}

TEST(AllowedUrl, IsNothingElse)
{
    for (const char *text : {"",
                             "api.echo.xyz",
                             "/path",
                             "https://",
                             "https:///path",
                             "http://api.echo.xyz",
                             "http://127.0.0.1.evil.com",
                             "http://localhost.evil.com",
                             "http://127.0.0.1@evil.com",
                             "http://user@localhost",
                             "http://user:pw@localhost",
                             "http://:pw@localhost",
                             "https://user@api.echo.xyz",
                             "https://localhost:443@evil.com:8443",
                             "ftp://localhost",
                             "file:///etc/passwd",
                             "javascript:alert(1)",
                             "data:text/html,x",
                             "ws://localhost",
                             "http://[::2]/",
                             "http://[::ffff:8.8.8.8]/",
                             "http://0.0.0.0",
                             "http://local%00host",
                             "http://localhost:99999",
                             "mailto:a@b.c"})
        EXPECT_FALSE(isAllowedUrl(url(text))) << text;
}

TEST(AllowedUrl, LooksAtTheAddressNotItsSpelling)
{
    // Qt normalises old spellings of IPv4 addresses as a browser does.
    EXPECT_TRUE(isAllowedUrl(url("http://127.1:3000/")));
    EXPECT_FALSE(isAllowedUrl(url("http://2130706434.evil.com/")));
    EXPECT_FALSE(isAllowedUrl(url("http://134744072/"))); // 8.8.8.8
}
