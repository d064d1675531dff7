// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenset.h"
#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/config/sale.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace sonar {

/// One sign-in: authorization code + PKCE (RFC 6749 §4.1, RFC 7636, RFC 8252) through
/// QOAuth2AuthorizationCodeFlow with the five authorize parameters and the JSON exchange of
/// protocol reference §3. Made for one account and one sale, used once, then deleted. Listens on
/// the redirect URI's port only between start() and finished().
class AuthorizationFlow : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Idle,
        Preparing,
        WaitingForBrowser, ///< browserRequested was emitted; the callback may come
        Finishing,         ///< code received, being exchanged
        Done,              ///< finished() was emitted
    };
    Q_ENUM(State)

    static constexpr int lifetimeSeconds = 600;

    AuthorizationFlow(Sale sale, QString accountId, const Clock *clock = &systemClock(),
                      QObject *parent = nullptr);
    ~AuthorizationFlow() override;

    void start();
    /// Ends with Cancelled.
    void cancel();

    State state() const;
    /// What the browser is to open; holds state and challenge, so not for logs. Empty before
    /// WaitingForBrowser.
    QUrl authorizeUrl() const;
    int secondsLeft() const;
    /// What came to the port that wasn't the callback, for "Copy details"; empty when nothing did.
    QString strayRequests() const;

Q_SIGNALS:
    void stateChanged(sonar::AuthorizationFlow::State state);
    void browserRequested(const QUrl &url);
    /// A callback came that wasn't this sign-in's (foreign, missing or repeated state): refused,
    /// the sign-in goes on. Plain text for the dialog.
    void callbackRefused(const QString &why);
    /// The browser came by https, which can't be answered here, or another request came that keeps
    /// a person waiting in vain unless they hear of it. The sign-in goes on; the link helps. Plain
    /// text for the dialog.
    void callbackHindered(const QString &why);
    /// strayRequests() isn't empty any more.
    void strayRequestsCame();
    /// A callback with an error but no state: a service may answer so, and so may any page on this
    /// computer. The sign-in goes on; the user decides. Plain text for the dialog.
    void endReported(const QString &what);
    void finished(const sonar::Result<sonar::TokenSet> &result);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sonar
