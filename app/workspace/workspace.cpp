// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/workspace.h"

#include "app/sonar/sonarclient.h"

#include <QPointer>
#include <QTimeZone>

namespace sonar {

class Workspace::Impl
{
public:
    Impl(Workspace *workspace, Account theAccount, Sale theSale,
         std::shared_ptr<Session> theSession, Preferences *preferences, const Clock *theClock,
         std::shared_ptr<CallQueue> calls, const CallLimits &limits)
        : account(std::move(theAccount))
        , sale(std::move(theSale))
        , session(std::move(theSession))
        , clock(theClock)
        , client(std::make_unique<SonarClient>(sale.apiUrl, session.get(), limits.transport,
                                               limits.retry, std::move(calls)))
        , permits(std::make_unique<PermitDesk>(sale, client.get(), preferences, clock))
        , q(workspace)
    {}

    // Each survives the workspace's death: after a wait it looks before it touches anything.
    static QCoro::Task<> restore(QPointer<Workspace> workspace);
    static QCoro::Task<> loadEntities(QPointer<Workspace> workspace);
    static QCoro::Task<> loadProfile(QPointer<Workspace> workspace);
    static QCoro::Task<> proveAndLoad(QPointer<Workspace> workspace);
    static QCoro::Task<> adopt(QPointer<Workspace> workspace, TokenSet tokens, bool sessionOnly);
    static QCoro::Task<> forget(QPointer<Workspace> workspace);

    void sessionChanged();
    bool showsAnything() const;
    void showProfile(const Profile &profile);
    void signInEnded(const Result<TokenSet> &result);
    void clearShown();
    void clearList();
    void hidePermits();
    void setProfileError(const std::optional<Error> &error);

    Account account;
    Sale sale;
    std::shared_ptr<Session> session;
    const Clock *clock;
    std::unique_ptr<SonarClient> client;
    std::unique_ptr<PermitDesk> permits;
    Workspace *q;

    QPointer<AuthorizationFlow> signIn;
    std::optional<TokenSet> unsavedTokens; ///< waits for continueSessionOnly
    CancelToken attempt;                   ///< of the sign-in under way, until it is adopted

    QString personId; ///< the profile's entity: tells whose answers are shown
    QString asideId;  ///< and whose permits are set aside; empty: nobody will ever know
    QString emailAddress;
    std::optional<Error> profileError; ///< permits stay hidden for it
    Entities entitiesState = Entities::NotLoaded;
    QList<Entity> entities;
    std::optional<Error> entitiesError;
    QDateTime entitiesUpdatedAt;
    CancelToken refreshCancel;
    bool refreshing = false;
    bool outdated = false; ///< what is shown is from before the session's last connection
    bool unproven = false; ///< and may be another person's than the one who signed in last
    quint64 shownGeneration =
        0; ///< grows when what is shown was cleared; older answers are dropped
};

QCoro::Task<> Workspace::Impl::restore(QPointer<Workspace> workspace)
{
    const std::shared_ptr<Session> session = workspace->m_impl->session;
    co_await session->restore();
    if (workspace && session->state() == Session::State::Connected)
        workspace->refresh();
}

QCoro::Task<> Workspace::Impl::loadEntities(QPointer<Workspace> workspace)
{
    Impl *impl = workspace->m_impl.get();
    const quint64 generation = impl->shownGeneration;
    const QString saleUuid = impl->sale.saleUuid;
    const CancelToken cancel = impl->refreshCancel;
    const Result<QList<Entity>> answer =
        co_await impl->client->listAvailableEntities(saleUuid, cancel);
    if (!workspace || workspace->m_impl->shownGeneration != generation)
        co_return;
    impl = workspace->m_impl.get();
    impl->refreshing = false;
    if (impl->unproven) {
        // Somebody signed in meanwhile, so whose answer it is isn't known.
        workspace->refresh();
        co_return;
    }
    if (answer) {
        impl->entities = *answer;
        impl->entitiesState = Entities::Loaded;
        impl->entitiesError.reset();
        impl->entitiesUpdatedAt =
            QDateTime::fromSecsSinceEpoch(impl->clock->unixSeconds(), QTimeZone::utc());
        impl->permits->setEntities(impl->entities);
        if (!workspace)
            co_return;
    } else {
        const bool nothingShown = impl->entitiesState != Entities::Loaded;
        if (nothingShown)
            impl->entitiesState = Entities::Failed;
        if (answer.error().kind != ErrorKind::Cancelled || nothingShown)
            impl->entitiesError = answer.error();
    }
    Q_EMIT workspace->entitiesChanged();
    // Asked with the tokens of a session that ended meanwhile, and was made anew.
    if (workspace && workspace->m_impl->outdated)
        workspace->refresh();
}

QCoro::Task<> Workspace::Impl::loadProfile(QPointer<Workspace> workspace)
{
    const quint64 generation = workspace->m_impl->shownGeneration;
    const CancelToken cancel = workspace->m_impl->refreshCancel;
    const Result<Profile> answer = co_await workspace->m_impl->client->myProfile(cancel);
    if (!workspace || workspace->m_impl->shownGeneration != generation ||
        workspace->m_impl->unproven)
        co_return;
    if (!answer) {
        // Without hidden permits only the email address is at stake: a failure shows with the
        // entities, if it is one of the service.
        workspace->m_impl->setProfileError(answer.error());
        co_return;
    }
    const QString &person = workspace->m_impl->personId;
    if (!person.isEmpty() && person != answer->entityId) {
        // Somebody else all the same: nothing of the first may stand beside the second's.
        workspace->m_impl->clearShown();
        workspace->refresh();
        co_return;
    }
    workspace->m_impl->showProfile(*answer);
}

/// After a sign-in: only if the profile says that it is the same person do entities stay and hidden
/// permits come back. As long as it says nothing, permits wait out of sight.
QCoro::Task<> Workspace::Impl::proveAndLoad(QPointer<Workspace> workspace)
{
    Impl *impl = workspace->m_impl.get();
    impl->unproven = false;
    const quint64 generation = impl->shownGeneration;
    const CancelToken cancel = impl->refreshCancel;
    const Result<Profile> answer = co_await impl->client->myProfile(cancel);
    if (!workspace || workspace->m_impl->shownGeneration != generation)
        co_return;
    impl = workspace->m_impl.get();
    const bool told = answer && !impl->unproven;
    const bool same = told && !impl->personId.isEmpty() && impl->personId == answer->entityId;
    if (!same)
        impl->clearList();
    if (workspace && told)
        workspace->m_impl->showProfile(*answer);
    if (workspace && same)
        loadEntities(workspace);
    else if (workspace)
        workspace->refresh();
}

QCoro::Task<> Workspace::Impl::adopt(QPointer<Workspace> workspace, TokenSet tokens,
                                     bool sessionOnly)
{
    const std::shared_ptr<Session> session = workspace->m_impl->session;
    const CancelToken attempt = workspace->m_impl->attempt;
    const Result<void> adopted = co_await session->adopt(tokens, sessionOnly, attempt);
    if (attempt.isCancelled()) {
        // Too late for the session to notice.
        if (adopted)
            co_await session->forget();
        co_return;
    }
    if (!workspace)
        co_return;
    if (!adopted) {
        if (adopted.error().kind == ErrorKind::Keychain)
            workspace->m_impl->unsavedTokens = tokens;
        Q_EMIT workspace->signInFinished(adopted.error());
        co_return;
    }
    Q_EMIT workspace->signInFinished(std::nullopt);
    if (workspace)
        workspace->refresh();
}

QCoro::Task<> Workspace::Impl::forget(QPointer<Workspace> workspace)
{
    const std::shared_ptr<Session> session = workspace->m_impl->session;
    const Result<void> forgotten = co_await session->forget();
    if (!workspace)
        co_return;
    Q_EMIT workspace->disconnected(forgotten ? std::nullopt : std::optional(forgotten.error()));
}

void Workspace::Impl::clearShown()
{
    profileError.reset();
    unproven = false;
    permits->clear();
    clearList();
}

/// All but the permits: it isn't known whose it was. Answers that are under way won't be shown.
void Workspace::Impl::clearList()
{
    personId.clear();
    emailAddress.clear();
    ++shownGeneration;
    refreshCancel.cancel();
    refreshCancel = CancelToken();
    refreshing = false;
    outdated = false;
    entities.clear();
    entitiesState = Entities::NotLoaded;
    entitiesError.reset();
    entitiesUpdatedAt = {};
    Q_EMIT q->entitiesChanged();
    Q_EMIT q->profileChanged();
}

/// What somebody else may have got goes out of sight until it is known who sits here now.
void Workspace::Impl::hidePermits()
{
    if (!permits->hasSetAside())
        asideId = personId;
    permits->setAside();
    setProfileError(std::nullopt);
}

void Workspace::Impl::setProfileError(const std::optional<Error> &error)
{
    profileError = error;
    if (permits->hasSetAside())
        Q_EMIT q->profileChanged();
}

void Workspace::Impl::sessionChanged()
{
    // Ended keeps what was shown: the user connects again and goes on.
    const bool gone = session->state() == Session::State::NotConnected ||
                      session->state() == Session::State::Disconnecting;
    if (gone && (entitiesState != Entities::NotLoaded || permits->hasSetAside()))
        clearShown();
    else if (session->state() == Session::State::Connected && entitiesState != Entities::NotLoaded)
        outdated = true;
    Q_EMIT q->sessionStateChanged();
}

bool Workspace::Impl::showsAnything() const
{
    return entitiesState != Entities::NotLoaded || !permits->rows().isEmpty() ||
           permits->hasSetAside();
}

void Workspace::Impl::showProfile(const Profile &profile)
{
    personId = profile.entityId;
    profileError.reset();
    const bool hidden = permits->hasSetAside();
    if (!asideId.isEmpty() && asideId == personId)
        permits->bringBack();
    else
        permits->dropSetAside();
    const bool other = std::exchange(emailAddress, profile.emailAddress) != profile.emailAddress;
    if (hidden || other)
        Q_EMIT q->profileChanged();
}

void Workspace::Impl::signInEnded(const Result<TokenSet> &result)
{
    if (signIn) {
        signIn->disconnect(q);
        signIn->deleteLater();
        signIn.clear();
    }
    if (result)
        adopt(q, *result, false);
    else
        Q_EMIT q->signInFinished(result.error());
}

Workspace::Workspace(Account account, Sale sale, std::shared_ptr<Session> session,
                     Preferences *preferences, const Clock *clock, std::shared_ptr<CallQueue> calls,
                     const CallLimits &limits, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(this, std::move(account), std::move(sale), std::move(session),
                                    preferences, clock, std::move(calls), limits))
{
    connect(m_impl->session.get(), &Session::stateChanged, this,
            [this] { m_impl->sessionChanged(); });
    connect(m_impl->session.get(), &Session::adopted, this, [this] {
        if (!m_impl->showsAnything())
            return;
        m_impl->outdated = m_impl->unproven = true;
        m_impl->hidePermits();
    });
    connect(m_impl->session.get(), &Session::storageFaultChanged, this,
            &Workspace::sessionStateChanged);
}

Workspace::~Workspace()
{
    m_impl->refreshCancel.cancel();
    if (m_impl->signIn)
        m_impl->signIn->disconnect(this);
}

const Account &Workspace::account() const
{
    return m_impl->account;
}

void Workspace::setAccountName(const QString &name)
{
    m_impl->account.name = name;
    Q_EMIT profileChanged();
}

const Sale &Workspace::sale() const
{
    return m_impl->sale;
}

Session *Workspace::session() const
{
    return m_impl->session.get();
}

PermitDesk *Workspace::permits() const
{
    return m_impl->permits.get();
}

QString Workspace::emailAddress() const
{
    return m_impl->emailAddress;
}

Workspace::Entities Workspace::entitiesState() const
{
    return m_impl->entitiesState;
}

bool Workspace::hidesPermits() const
{
    return m_impl->permits->hasSetAside();
}

std::optional<Error> Workspace::profileError() const
{
    return hidesPermits() ? m_impl->profileError : std::nullopt;
}

bool Workspace::isRefreshing() const
{
    return m_impl->refreshing;
}

const QList<Entity> &Workspace::entities() const
{
    return m_impl->entities;
}

std::optional<Error> Workspace::entitiesError() const
{
    return m_impl->entitiesError;
}

QDateTime Workspace::entitiesUpdatedAt() const
{
    return m_impl->entitiesUpdatedAt;
}

void Workspace::open()
{
    const Session &session = *m_impl->session;
    // Restoring: another sale's workspace looks already, and ours wants to hear of it.
    if (session.state() == Session::State::Unknown ||
        session.state() == Session::State::Restoring || session.isStoreUnread())
        Impl::restore(this);
    else if (m_impl->entitiesState == Entities::NotLoaded || m_impl->outdated)
        refresh();
}

void Workspace::refresh()
{
    if (m_impl->refreshing || m_impl->session->state() != Session::State::Connected)
        return;
    m_impl->refreshing = true;
    m_impl->outdated = false;
    m_impl->client->resume();
    const bool unproven = m_impl->unproven;
    if (m_impl->entitiesState != Entities::Loaded)
        m_impl->entitiesState = Entities::Loading;
    Q_EMIT entitiesChanged();
    if (unproven) {
        Impl::proveAndLoad(this);
        return;
    }
    Impl::loadEntities(this);
    Impl::loadProfile(this);
}

AuthorizationFlow *Workspace::signIn() const
{
    return m_impl->signIn;
}

void Workspace::startSignIn()
{
    cancelSignIn();
    m_impl->attempt = CancelToken();
    m_impl->signIn = new AuthorizationFlow(m_impl->sale, m_impl->account.id, m_impl->clock, this);
    connect(m_impl->signIn, &AuthorizationFlow::finished, this,
            [this](const Result<TokenSet> &result) { m_impl->signInEnded(result); });
    Q_EMIT signInStarted(m_impl->signIn);
    m_impl->signIn->start();
}

void Workspace::cancelSignIn()
{
    m_impl->attempt.cancel();
    if (std::exchange(m_impl->unsavedTokens, std::nullopt))
        m_impl->session->abandon();
    if (m_impl->signIn)
        m_impl->signIn->cancel();
}

void Workspace::continueSessionOnly()
{
    if (!m_impl->unsavedTokens)
        return;
    const TokenSet tokens = *std::exchange(m_impl->unsavedTokens, std::nullopt);
    Impl::adopt(this, tokens, true);
}

void Workspace::storeAgain()
{
    if (!m_impl->unsavedTokens)
        return;
    const TokenSet tokens = *std::exchange(m_impl->unsavedTokens, std::nullopt);
    Impl::adopt(this, tokens, false);
}

void Workspace::disconnectAccount()
{
    cancelSignIn();
    m_impl->clearShown();
    Impl::forget(this);
}

} // namespace sonar
