// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/authorizationflow.h"
#include "app/auth/session.h"
#include "app/config/account.h"
#include "app/config/sale.h"
#include "app/sonar/replies.h"
#include "app/workspace/calllimits.h"
#include "app/workspace/permitdesk.h"

#include <QDateTime>
#include <QObject>

#include <optional>

namespace sonar {

class CallQueue;
class Preferences;

/// One account in one sale: what the window shows. Owns the API client and the permit desk; the
/// session is shared with the account's other sales at the same service.
class Workspace : public QObject
{
    Q_OBJECT
public:
    /// Where the list of entities stands. Loaded with an `error` means: the last refresh failed,
    /// what is shown is older.
    enum class Entities { NotLoaded, Loading, Loaded, Failed };
    Q_ENUM(Entities)

    /// `preferences` and `clock` must outlive it. `calls` is shared with
    /// the other workspaces at the same service.
    Workspace(Account account, Sale sale, std::shared_ptr<Session> session,
              Preferences *preferences, const Clock *clock,
              std::shared_ptr<CallQueue> calls = nullptr, const CallLimits &limits = {},
              QObject *parent = nullptr);
    ~Workspace() override;

    const Account &account() const;
    void setAccountName(const QString &name);
    const Sale &sale() const;
    Session *session() const;
    PermitDesk *permits() const;

    /// Empty until known, or without the scope contact_email.
    QString emailAddress() const;

    Entities entitiesState() const;
    bool isRefreshing() const;
    const QList<Entity> &entities() const;
    std::optional<Error> entitiesError() const;
    QDateTime entitiesUpdatedAt() const; ///< UTC; invalid before the first time

    /// Reads the keychain, unless that was done, then loads the entities when there is a session
    /// and what is shown isn't this session's.
    void open();
    /// Loads the entities again; what is shown stays until the answer is there. After a sign-in
    /// the profile comes first: entities stay, and permits come back, only if it is the same
    /// person's.
    void refresh();
    /// Permits are out of sight since a sign-in, until Sonar says that it was the same person's.
    bool hidesPermits() const;
    /// Why Sonar hasn't said so; nothing while it is being asked, and when nothing is hidden.
    std::optional<Error> profileError() const;

    /// The sign-in under way; nothing otherwise. Replaced by every startSignIn.
    AuthorizationFlow *signIn() const;
    /// Starts a sign-in; emits signInStarted. When it is done the tokens are saved and
    /// signInFinished tells.
    void startSignIn();
    /// Works until the session says Connected, while the tokens are being stored as well.
    void cancelSignIn();
    /// After signInFinished with kind Keychain: go on with the tokens in memory only, or try the
    /// keychain again. signInFinished tells. Cancelling lets go of the tokens.
    void continueSessionOnly();
    void storeAgain();
    /// Forgets the tokens and everything shown. Emits disconnected when the keychain has let go of
    /// the tokens, or with an error when it may have kept them.
    void disconnectAccount();

Q_SIGNALS:
    void sessionStateChanged();
    void signInStarted(sonar::AuthorizationFlow *flow);
    /// nullopt: connected.
    void signInFinished(const std::optional<sonar::Error> &error);
    void disconnected(const std::optional<sonar::Error> &error);
    void entitiesChanged(); ///< list, state, error or time of update
    void profileChanged();  ///< account's name, email address, hidden permits or profileError

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sonar
