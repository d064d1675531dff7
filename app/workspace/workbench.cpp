// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/workbenchimpl.h"

#include "app/config/salefile.h"
#include "app/sonar/sonarclient.h"

#include <QUuid>

#include <algorithm>

namespace sonar {

std::optional<Sale> Workbench::Impl::saleOf(const QString &saleUuid) const
{
    const QList<Sale> sales = q->sales();
    const auto found = std::find_if(sales.cbegin(), sales.cend(), [&](const Sale &sale) {
        return isSameSale(sale.saleUuid, saleUuid);
    });
    return found == sales.cend() ? std::nullopt : std::optional(*found);
}

/// One service takes so many calls at a time, whoever asks.
std::shared_ptr<CallQueue> Workbench::Impl::callsAt(const Sale &sale)
{
    std::shared_ptr<CallQueue> &calls = queues[sale.serviceId()];
    if (!calls)
        calls = std::make_shared<CallQueue>(SonarClient::mostInFlight);
    return calls;
}

void Workbench::Impl::show(const Sale &sale)
{
    const Account account = accountInView();
    std::unique_ptr<Workspace> &workspace = workspaces[{account.id, sale.saleUuid}];
    if (!workspace)
        workspace = std::make_unique<Workspace>(account, sale, sessionOf(account.id, sale),
                                                &preferences, clock, callsAt(sale), options.limits);
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
        // Until it is gone it might still be heard of a sign-in, and keep its tokens.
        it->second->cancelSignIn();
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
        sandboxUuid.clear();
        Q_EMIT q->failed(sale.error());
        return;
    }
    sandboxSale = *sale;
    preferences.setSandboxPort(quint16(sale->apiUrl.port()));
    Q_EMIT q->salesChanged();
    show(*sale);
}

/// False when it has told of a fault.
bool Workbench::Impl::openAtStart()
{
    bool well = true;
    if (!options.saleFile.isEmpty()) {
        const Result<Sale> sale = readSaleFile(options.saleFile);
        if (!sale) {
            well = false;
            Q_EMIT q->failed(sale.error());
        } else if (saleOf(sale->saleUuid) == *sale || !q->hasSale(sale->saleUuid)) {
            q->addSale(*sale, true);
            return true;
        } else {
            Q_EMIT q->replaceQuestion(*sale);
        }
    }
    if (options.sandbox)
        q->openSandbox();
    else if (const auto sale = saleOf(preferences.currentSale()))
        show(*sale);
    return well;
}

/// Why a sale can't be among the remembered ones.
Result<void> Workbench::Impl::refusal(const Sale &sale) const
{
    if (!q->isEmbeddedSandbox(sale.saleUuid))
        return {};
    return failure({ErrorKind::InvalidInput,
                    tr("This sale has the same UUID as the sandbox that is running."),
                    tr("Start the program without the sandbox to add it."),
                    {},
                    0});
}

Workbench::Workbench(Options options, TokenStore *store, const Clock *clock, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(this, std::move(options), store, clock))
{}

Workbench::~Workbench() = default;

void Workbench::start()
{
    // Queued: a setting is saved in the midst of other work.
    m_impl->preferences.setFaultHandler([this](const Error &fault) {
        QMetaObject::invokeMethod(
            this, [this, fault] { Q_EMIT failed(fault); }, Qt::QueuedConnection);
    });
    Impl::clearLeftTokens(this);
    const bool opened = m_impl->openAtStart();
    // The sale file that the user has just named is more urgent news; the next start tells, too.
    if (const QList<UnreadSale> unread = unreadSales(); opened && !unread.isEmpty())
        Q_EMIT failed(unreadSalesError(unread));
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
    // Sales are told apart by their UUIDs: one that is remembered would be shown in its place.
    m_impl->sandboxUuid = QLatin1String(EmbeddedSandbox::usualSaleUuid);
    if (hasSale(m_impl->sandboxUuid))
        m_impl->sandboxUuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_impl->sandbox = std::make_unique<EmbeddedSandbox>(
        m_impl->sandboxUuid, m_impl->options.sandboxStatePath, m_impl->preferences.sandboxPort());
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
    return !m_impl->sandboxUuid.isEmpty() && isSameSale(m_impl->sandboxUuid, saleUuid);
}

Result<void> Workbench::addSale(const Sale &sale, bool replace)
{
    return changeSale(sale.saleUuid, sale, replace || !hasSale(sale.saleUuid));
}

Result<void> Workbench::changeSale(const QString &saleUuid, const Sale &after, bool replace)
{
    if (const Result<void> refused = m_impl->refusal(after); !refused)
        return refused;
    QList<Sale> sales = m_impl->preferences.sales();
    const auto of = [&sales](const QString &uuid) {
        return std::find_if(sales.begin(), sales.end(),
                            [&](const Sale &sale) { return isSameSale(sale.saleUuid, uuid); });
    };
    const auto other = of(after.saleUuid);
    if (other != sales.end() && !replace) {
        return failure({ErrorKind::InvalidInput,
                        tr("A sale with this UUID is already in your list."),
                        tr("Replace it, or keep the one you have."),
                        {},
                        0});
    }
    if (other != sales.end() && !isSameSale(after.saleUuid, saleUuid)) {
        const QString otherUuid = other->saleUuid;
        sales.erase(other);
        m_impl->dropWorkspaces([&](const Impl::Pair &pair) { return pair.second == otherUuid; });
    }
    const auto old = of(saleUuid);
    if (old == sales.end()) {
        sales << after;
    } else if (*old != after) {
        const QString oldUuid = old->saleUuid;
        *old = after;
        m_impl->dropWorkspaces([&](const Impl::Pair &pair) { return pair.second == oldUuid; });
    }
    m_impl->preferences.setSales(sales);
    Q_EMIT salesChanged();
    m_impl->show(after);
    return {};
}

int Workbench::Impl::permitsAtStake(const std::function<bool(const Pair &)> &which) const
{
    int permits = 0;
    for (const auto &[pair, workspace] : workspaces) {
        if (which(pair))
            permits += workspace->permits()->unexportedCount();
    }
    return permits;
}

int Workbench::permitsAtStake(const QString &saleUuid) const
{
    return m_impl->permitsAtStake(
        [&](const Impl::Pair &pair) { return isSameSale(pair.second, saleUuid); });
}

int Workbench::accountPermitsAtStake(const QString &accountId) const
{
    return m_impl->permitsAtStake([&](const Impl::Pair &pair) { return pair.first == accountId; });
}

int Workbench::permitsAtStake() const
{
    return m_impl->permitsAtStake([](const Impl::Pair &) { return true; });
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

QList<UnreadSale> Workbench::unreadSales() const
{
    return m_impl->preferences.unreadSales();
}

void Workbench::removeUnreadSales()
{
    m_impl->preferences.removeUnreadSales();
    Q_EMIT salesChanged();
}

void Workbench::showSale(const QString &saleUuid)
{
    if (const auto sale = m_impl->saleOf(saleUuid))
        m_impl->show(*sale);
}

} // namespace sonar
