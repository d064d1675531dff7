// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/workbench.h"

#include "app/auth/session.h"
#include "app/auth/tokenstore.h"
#include "app/config/salefile.h"
#include "app/workspace/embeddedsandbox.h"
#include "app/workspace/workspace.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>
#include <map>

namespace sonar {

class Workbench::Impl
{
public:
    Impl(Workbench *workbench, Options theOptions, TokenStore *theStore, const Clock *theClock)
        : q(workbench)
        , options(std::move(theOptions))
        , store(theStore)
        , clock(theClock)
        , preferences(options.preferencesPath)
    {}

    using Pair =
        std::pair<QString, QString>; ///< account id, sale UUID (or service id for sessions)

    std::optional<Sale> saleOf(const QString &saleUuid) const;
    Account accountInView();
    std::shared_ptr<Session> sessionOf(const QString &accountId, const Sale &sale);
    void show(const Sale &sale);
    void showNothing();
    void sandboxStarted(const Result<Sale> &sale);
    void dropWorkspaces(const std::function<bool(const Pair &)> &which);
    static QCoro::Task<> forgetTokens(QPointer<Workbench> workbench,
                                      QList<std::shared_ptr<Session>> sessions);

    Workbench *q;
    Options options;
    TokenStore *store;
    const Clock *clock;
    Preferences preferences;
    std::unique_ptr<EmbeddedSandbox> sandbox;
    std::optional<Sale> sandboxSale;
    bool sandboxStarting = false;
    std::map<Pair, std::shared_ptr<Session>> sessions;
    std::map<Pair, std::unique_ptr<Workspace>> workspaces;
    Workspace *current = nullptr;
};

std::optional<Sale> Workbench::Impl::saleOf(const QString &saleUuid) const
{
    const QList<Sale> sales = q->sales();
    const auto found = std::find_if(sales.cbegin(), sales.cend(), [&](const Sale &sale) {
        return sale.saleUuid.compare(saleUuid, Qt::CaseInsensitive) == 0;
    });
    return found == sales.cend() ? std::nullopt : std::optional(*found);
}

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
        session = std::make_shared<Session>(TokenKey{accountId, sale.serviceId()}, sale.apiUrl,
                                            store, clock);
    }
    return session;
}

void Workbench::Impl::show(const Sale &sale)
{
    const Account account = accountInView();
    std::unique_ptr<Workspace> &workspace = workspaces[{account.id, sale.saleUuid}];
    if (!workspace)
        workspace = std::make_unique<Workspace>(account, sale, sessionOf(account.id, sale),
                                                &preferences, clock);
    preferences.setCurrent(account.id, sale.saleUuid);
    if (current != workspace.get()) {
        current = workspace.get();
        Q_EMIT q->currentChanged(current);
    }
    workspace->open();
}

void Workbench::Impl::showNothing()
{
    if (!current)
        return;
    current = nullptr;
    Q_EMIT q->currentChanged(nullptr);
}

void Workbench::Impl::dropWorkspaces(const std::function<bool(const Pair &)> &which)
{
    for (auto it = workspaces.begin(); it != workspaces.end();) {
        if (!which(it->first)) {
            ++it;
            continue;
        }
        if (current == it->second.get())
            showNothing();
        it->second.release()->deleteLater(); // widgets may still be in one of its signals
        it = workspaces.erase(it);
    }
}

void Workbench::Impl::sandboxStarted(const Result<Sale> &sale)
{
    sandboxStarting = false;
    Q_EMIT q->sandboxStartingChanged();
    if (!sale) {
        sandbox.reset();
        Q_EMIT q->failed(sale.error());
        return;
    }
    sandboxSale = *sale;
    Q_EMIT q->salesChanged();
    show(*sale);
}

QCoro::Task<> Workbench::Impl::forgetTokens(QPointer<Workbench> workbench,
                                            QList<std::shared_ptr<Session>> sessions)
{
    for (const std::shared_ptr<Session> &session : sessions) {
        const Result<void> forgotten = co_await session->forget();
        if (!forgotten && workbench)
            Q_EMIT workbench->failed(forgotten.error());
    }
}

Workbench::Workbench(Options options, TokenStore *store, const Clock *clock, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(this, std::move(options), store, clock))
{}

Workbench::~Workbench() = default;

void Workbench::start()
{
    if (!m_impl->options.saleFile.isEmpty()) {
        const Result<Sale> sale = readSaleFile(m_impl->options.saleFile);
        if (!sale) {
            Q_EMIT failed(sale.error());
        } else if (m_impl->saleOf(sale->saleUuid) == *sale || !hasSale(sale->saleUuid)) {
            addSale(*sale, true);
            return;
        } else {
            Q_EMIT replaceQuestion(*sale);
        }
    }
    if (m_impl->options.sandbox) {
        openSandbox();
        return;
    }
    if (const auto sale = m_impl->saleOf(m_impl->preferences.currentSale()))
        m_impl->show(*sale);
}

Preferences &Workbench::preferences()
{
    return m_impl->preferences;
}

QList<Sale> Workbench::sales() const
{
    QList<Sale> sales = m_impl->preferences.sales();
    if (m_impl->sandboxSale)
        sales << *m_impl->sandboxSale;
    return sales;
}

QList<Account> Workbench::accounts() const
{
    return m_impl->preferences.accounts();
}

Workspace *Workbench::current() const
{
    return m_impl->current;
}

void Workbench::openSandbox()
{
    if (m_impl->sandboxSale) {
        m_impl->show(*m_impl->sandboxSale);
        return;
    }
    if (m_impl->sandboxStarting)
        return;
    m_impl->sandboxStarting = true;
    Q_EMIT sandboxStartingChanged();
    m_impl->sandbox = std::make_unique<EmbeddedSandbox>(m_impl->options.sandboxStatePath);
    // Queued: a failure deletes the sandbox that reports it.
    connect(
        m_impl->sandbox.get(), &EmbeddedSandbox::started, this,
        [this](const Result<Sale> &sale) { m_impl->sandboxStarted(sale); }, Qt::QueuedConnection);
    m_impl->sandbox->start();
}

bool Workbench::isSandboxStarting() const
{
    return m_impl->sandboxStarting;
}

bool Workbench::isEmbeddedSandbox(const QString &saleUuid) const
{
    return m_impl->sandboxSale && m_impl->sandboxSale->saleUuid == saleUuid;
}

Result<void> Workbench::addSale(const Sale &sale, bool replace)
{
    if (isEmbeddedSandbox(sale.saleUuid)) {
        return failure({ErrorKind::InvalidInput,
                        tr("This sale has the same UUID as the sandbox that is running."),
                        tr("Start the program without the sandbox to add it."),
                        {},
                        0});
    }
    const bool known = hasSale(sale.saleUuid);
    if (known && !replace) {
        return failure({ErrorKind::InvalidInput,
                        tr("A sale with this UUID is already in your list."),
                        tr("Replace it, or keep the one you have."),
                        {},
                        0});
    }
    QList<Sale> sales = m_impl->preferences.sales();
    const auto same = [&](const Sale &other) {
        return other.saleUuid.compare(sale.saleUuid, Qt::CaseInsensitive) == 0;
    };
    const auto old = std::find_if(sales.begin(), sales.end(), same);
    if (old == sales.end()) {
        sales << sale;
    } else if (*old != sale) {
        const QString oldUuid = old->saleUuid;
        *old = sale;
        m_impl->dropWorkspaces([&](const Impl::Pair &pair) { return pair.second == oldUuid; });
    }
    m_impl->preferences.setSales(sales);
    Q_EMIT salesChanged();
    m_impl->show(sale);
    return {};
}

bool Workbench::hasSale(const QString &saleUuid) const
{
    return m_impl->saleOf(saleUuid).has_value();
}

void Workbench::removeSale(const QString &saleUuid)
{
    QList<Sale> sales = m_impl->preferences.sales();
    sales.removeIf([&](const Sale &sale) { return sale.saleUuid == saleUuid; });
    m_impl->preferences.setSales(sales);
    m_impl->dropWorkspaces([&](const Impl::Pair &pair) { return pair.second == saleUuid; });
    Q_EMIT salesChanged();
}

void Workbench::showSale(const QString &saleUuid)
{
    if (const auto sale = m_impl->saleOf(saleUuid))
        m_impl->show(*sale);
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
    // Tokens may lie at any service we know a sale of, whether it was shown since the start or not.
    QList<std::shared_ptr<Session>> sessions;
    for (const Sale &sale : sales()) {
        const std::shared_ptr<Session> session = m_impl->sessionOf(accountId, sale);
        if (!sessions.contains(session))
            sessions << session;
    }
    const std::optional<Sale> shown =
        m_impl->current ? std::optional(m_impl->current->sale()) : std::nullopt;
    const bool inView = m_impl->current && m_impl->current->account().id == accountId;

    QList<Account> accounts = m_impl->preferences.accounts();
    accounts.removeIf([&](const Account &account) { return account.id == accountId; });
    m_impl->preferences.setAccounts(accounts);
    m_impl->dropWorkspaces([&](const Impl::Pair &pair) { return pair.first == accountId; });
    for (auto it = m_impl->sessions.begin(); it != m_impl->sessions.end();)
        it = it->first.first == accountId ? m_impl->sessions.erase(it) : std::next(it);
    Impl::forgetTokens(this, sessions);
    Q_EMIT accountsChanged();
    if (inView && shown)
        m_impl->show(*shown);
}

} // namespace sonar
