// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/tokenset.h"
#include "app/auth/tokenstore.h"
#include "app/base/clock.h"
#include "app/net/jsontransport.h"
#include "app/sonar/accesstokenprovider.h"

#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

namespace sonar {

/// One account's connection to one service: keeps its tokens in memory, saves them, refreshes them.
///
/// Refresh happens before a call when less than 300 s are left, once for all callers that wait;
/// rotated tokens are saved before anyone uses them. Only 400, 401 or 403 to a refresh ends the
/// session; a network fault doesn't (protocol reference §3 and §12): the access token is used to
/// its end, and the next refresh waits. While a refresh is under way the store holds no refresh
/// token, so that a program killed meanwhile can't send a used one again.
class Session : public QObject, public AccessTokenProvider
{
    Q_OBJECT
public:
    enum class State {
        Unknown,   ///< not looked into the keychain yet
        Restoring, ///< looking
        NotConnected,
        Connected,
        Disconnecting, ///< the tokens are forgotten, the keychain hasn't let go of them yet
        Ended,         ///< the service refused the tokens: connect again
    };
    Q_ENUM(State)

    /// `store` and `clock` must outlive the session. `apiUrl` as in Sale::apiUrl.
    Session(TokenKey key, QUrl apiUrl, TokenStore *store, const Clock *clock = &systemClock(),
            const TransportLimits &limits = {}, QObject *parent = nullptr);
    ~Session() override;

    State state() const;
    TokenKey key() const;
    /// Tokens live in memory only: the user chose so, or saving failed (see storageFault).
    bool isSessionOnly() const;
    /// Why the keychain couldn't be read or written, if so; kind Keychain.
    std::optional<Error> storageFault() const;
    /// Seconds until the access token is refreshed, for display; -1 when not connected.
    qint64 secondsToRefresh() const;

    /// True when the store couldn't be read, so that it may hold tokens all the same.
    bool isStoreUnread() const;
    /// True when the store may hold tokens that should be gone: why is the storageFault.
    bool isRemovalDue() const;
    /// Looks for tokens in the store, the first time or again after it couldn't be read. Ends in
    /// Connected or NotConnected.
    QCoro::Task<> restore();
    /// Takes the tokens of a finished sign-in: saved first (unless `sessionOnly`), then Connected.
    /// A failure to save is returned and nothing is adopted, so that the user can choose
    /// session-only. Cancelled before it is done, it leaves session and store as they were.
    QCoro::Task<Result<void>> adopt(TokenSet tokens, bool sessionOnly, CancelToken cancel = {});
    /// What adopt() couldn't save may be stored late, and nobody wants it any more: the store is
    /// given again what it had.
    QCoro::Task<> abandon();
    /// Forgets the tokens in memory at once and then in the store; until that has answered the
    /// state is Disconnecting. The error tells that the store may still have them.
    QCoro::Task<Result<void>> forget();

    QCoro::Task<Result<QByteArray>> accessToken() override;
    QCoro::Task<Result<QByteArray>> replaceRejected(QByteArray rejected) override;
    void refused(const QByteArray &rejected) override;
    QByteArrayList secrets() const override;
    /// The user asks again: a refresh that failed for want of a network, or that the service put
    /// off, needn't wait any longer.
    void resume() override;

Q_SIGNALS:
    void stateChanged(sonar::Session::State state);
    void adopted(); ///< tokens of another sign-in, perhaps somebody else's; before stateChanged
    void storageFaultChanged();

private:
    class Impl;
    std::shared_ptr<Impl> m_impl; ///< with the coroutines under way
};

} // namespace sonar
