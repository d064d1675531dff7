// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/auth/authworld.h"

namespace sonar::test {

/// A sign-in against a scripted service, and what it told.
class SignIn
{
public:
    explicit SignIn(const QStringList &redirectUris = {})
        : port(freePort())
    {
        server.play(answered(200, tokenAnswer("access-1", "refresh-1")));
        sale = saleAt(server.url(),
                      redirectUris.isEmpty() ? QStringList{redirectTo(port)} : redirectUris);
    }

    /// Starts, up to the browser's turn or the end.
    void start()
    {
        flow = std::make_unique<AuthorizationFlow>(sale, QStringLiteral("ada"), &clock);
        QObject::connect(flow.get(), &AuthorizationFlow::browserRequested, flow.get(),
                         [this](const QUrl &url) { browser << url; });
        QObject::connect(flow.get(), &AuthorizationFlow::callbackRefused, flow.get(),
                         [this](const QString &why) { refused << why; });
        QObject::connect(flow.get(), &AuthorizationFlow::endReported, flow.get(),
                         [this](const QString &what) { reported << what; });
        QObject::connect(flow.get(), &AuthorizationFlow::callbackHindered, flow.get(),
                         [this](const QString &why) { hindered << why; });
        QObject::connect(flow.get(), &AuthorizationFlow::finished, flow.get(),
                         [this](const Result<TokenSet> &end) { results << end; });
        flow->start();
        EXPECT_TRUE(waitUntil([&] { return !browser.isEmpty() || !results.isEmpty(); }));
    }

    QByteArray state() const
    {
        return QUrlQuery(browser.value(0))
            .queryItemValue(QStringLiteral("state"), QUrl::FullyDecoded)
            .toLatin1();
    }
    /// The browser comes back with `query`; where it is sent.
    QByteArray comeBack(const QByteArray &query)
    {
        return rawExchange(port, getRequest("/oauth/callback?" + query, port));
    }
    /// The browser fetches the page that it was sent to.
    QByteArray page(const QByteArray &redirect)
    {
        return rawExchange(port, getRequest(headerOf(redirect, "location"), port));
    }
    bool waitForEnd()
    {
        return waitUntil([&] { return !results.isEmpty(); });
    }
    Error error() const
    {
        return results.size() == 1 && !results[0] ? results[0].error()
                                                  : Error{ErrorKind::File, {}, {}, {}};
    }

    TurnedClocks clock;
    ScriptedServer server;
    quint16 port;
    Sale sale;
    std::unique_ptr<AuthorizationFlow> flow;
    QList<QUrl> browser;
    QStringList refused;
    QStringList reported;
    QStringList hindered;
    QList<Result<TokenSet>> results;
};

} // namespace sonar::test
