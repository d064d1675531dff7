// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/workbenchimpl.h"

#include <QUuid>

#include <algorithm>
#include <vector>

namespace sonar {

Account Workbench::Impl::accountInView()
{
    QList<Account> accounts = preferences.accounts();
    if (accounts.isEmpty()) {
        accounts << Account{QUuid::createUuid().toString(QUuid::WithoutBraces),
                            Workbench::tr("My account")};
        preferences.setAccounts(accounts);
        Q_EMIT q->accountsChanged();
    }
    const QString wanted = preferences.currentAccount();
    const auto found = std::find_if(accounts.cbegin(), accounts.cend(),
                                    [&](const Account &account) { return account.id == wanted; });
    return found == accounts.cend() ? accounts.first() : *found;
}

std::shared_ptr<Session> Workbench::Impl::sessionOf(const QString &accountId, const Sale &sale)
{
    std::shared_ptr<Session> &session = sessions[{accountId, sale.serviceId()}];
    if (!session) {
        // Before there can be any token, so that a killed program leaves none unknown.
        preferences.rememberTokenPlace({accountId, sale.serviceId()});
        session = newSession({accountId, sale.serviceId()}, sale.apiUrl);
    }
    return session;
}

/// Only to forget its tokens: the service's address isn't known.
std::shared_ptr<Session> Workbench::Impl::sessionAt(const TokenPlace &place)
{
    const auto known = sessions.find({place.accountId, place.serviceId});
    if (known != sessions.end())
        return known->second;
    return newSession({place.accountId, place.serviceId}, QUrl());
}

std::shared_ptr<Session> Workbench::Impl::newSession(const TokenKey &key, const QUrl &apiUrl) const
{
    // The store lives as long as a session that may still be waited for.
    return {new Session(key, apiUrl, store.get(), clock, options.limits.transport),
            [kept = store](Session *session) { delete session; }};
}

QCoro::Task<> Workbench::Impl::forgetTokens(QPointer<Workbench> workbench, Account account,
                                            QList<std::shared_ptr<Session>> sessions)
{
    // The window stops showing them at once, whatever the keychain does.
    std::vector<QCoro::Task<Result<void>>> removals;
    removals.reserve(size_t(sessions.size()));
    for (const std::shared_ptr<Session> &session : sessions)
        removals.push_back(session->forget());
    std::optional<Error> fault;
    for (qsizetype i = 0; i < sessions.size(); ++i) {
        const Result<void> forgotten = co_await removals[size_t(i)];
        if (!workbench)
            co_return;
        if (forgotten)
            workbench->m_impl->preferences.forgetTokenPlace(
                {account.id, sessions[i]->key().serviceId});
        else
            fault = forgotten.error();
    }
    if (!fault)
        co_return;
    fault->summary = Workbench::tr("The keychain still holds a session of “%1”: %2")
                         .arg(account.name, fault->summary);
    fault->advice = Workbench::tr("The account is off the list. The program removes what is left "
                                  "at its next start, once the keychain can be used.");
    Q_EMIT workbench->failed(*fault);
}

/// Of accounts that were forgotten or disconnected when the keychain couldn't be used.
QCoro::Task<> Workbench::Impl::clearLeftTokens(QPointer<Workbench> workbench)
{
    const std::shared_ptr<MarkedTokenStore> store = workbench->m_impl->store;
    const QList<TokenPlace> places = workbench->m_impl->preferences.tokenPlaces();
    for (const TokenPlace &place : places) {
        const QList<Account> accounts = workbench->accounts();
        const bool known =
            std::any_of(accounts.cbegin(), accounts.cend(),
                        [&](const Account &account) { return account.id == place.accountId; });
        const TokenKey key{place.accountId, place.serviceId};
        // Written out: GCC 12 destroys a temporary twice that is awaited in a conditional operator.
        Result<void> removed;
        if (known)
            removed = co_await store->clearMarked(key);
        else
            removed = co_await store->remove(key);
        if (!workbench || !removed)
            co_return; // the next start tries again
        if (!known)
            workbench->m_impl->preferences.forgetTokenPlace(place);
    }
}

QList<Account> Workbench::accounts() const
{
    return m_impl->preferences.accounts();
}

std::optional<Account> Workbench::currentAccount() const
{
    if (m_impl->current)
        return m_impl->current->account();
    const QList<Account> all = accounts();
    const QString wanted = m_impl->preferences.currentAccount();
    const auto found = std::find_if(all.cbegin(), all.cend(),
                                    [&](const Account &account) { return account.id == wanted; });
    if (found != all.cend())
        return *found;
    return all.isEmpty() ? std::nullopt : std::optional(all.first());
}

Account Workbench::addAccount(const QString &name)
{
    const Account account{QUuid::createUuid().toString(QUuid::WithoutBraces), name};
    m_impl->preferences.setAccounts(accounts() << account);
    Q_EMIT accountsChanged();
    showAccount(account.id);
    return account;
}

void Workbench::showAccount(const QString &accountId)
{
    m_impl->preferences.setCurrent(accountId, m_impl->preferences.currentSale());
    if (m_impl->current)
        m_impl->show(Sale(m_impl->current->sale()));
    else
        Q_EMIT accountsChanged(); // which one is in view, though no sale shows it
}

void Workbench::renameAccount(const QString &accountId, const QString &name)
{
    QList<Account> accounts = m_impl->preferences.accounts();
    for (Account &account : accounts) {
        if (account.id == accountId)
            account.name = name;
    }
    m_impl->preferences.setAccounts(accounts);
    for (const auto &[pair, workspace] : m_impl->workspaces) {
        if (pair.first == accountId)
            workspace->setAccountName(name);
    }
    Q_EMIT accountsChanged();
}

void Workbench::forgetAccount(const QString &accountId)
{
    QList<Account> accounts = m_impl->preferences.accounts();
    const auto found =
        std::find_if(accounts.cbegin(), accounts.cend(),
                     [&](const Account &account) { return account.id == accountId; });
    if (found == accounts.cend())
        return;
    const Account account = accounts.takeAt(found - accounts.cbegin());
    // Versions before this one didn't remember the places.
    for (const Sale &sale : sales())
        m_impl->preferences.rememberTokenPlace({accountId, sale.serviceId()});
    QList<std::shared_ptr<Session>> sessions;
    for (const TokenPlace &place : m_impl->preferences.tokenPlaces()) {
        if (place.accountId == accountId)
            sessions << m_impl->sessionAt(place);
    }
    const std::optional<Sale> shown =
        m_impl->current ? std::optional(m_impl->current->sale()) : std::nullopt;
    const bool inView = m_impl->current && m_impl->current->account().id == accountId;

    m_impl->preferences.setAccounts(accounts);
    if (m_impl->preferences.currentAccount() == accountId)
        m_impl->preferences.setCurrent({}, m_impl->preferences.currentSale());
    m_impl->dropWorkspaces([&](const Impl::Pair &pair) { return pair.first == accountId; });
    for (auto it = m_impl->sessions.begin(); it != m_impl->sessions.end();)
        it = it->first.first == accountId ? m_impl->sessions.erase(it) : std::next(it);
    Impl::forgetTokens(this, account, sessions);
    Q_EMIT accountsChanged();
    if (inView && shown)
        m_impl->show(*shown);
}

} // namespace sonar
