// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainpages.h"

#include "app/permits/walletinput.h"
#include "app/workspace/walletlist.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "ui/entities/entitiespage.h"
#include "ui/permits/permitspage.h"
#include "ui/permits/permitwords.h"
#include "ui/style/stateview.h"
#include "ui/style/windowattention.h"
#include "ui/welcome/welcomepage.h"

#include <algorithm>

namespace sonar {

namespace {

const QString entitiesKey = QStringLiteral("entities");
const QString permitsKey = QStringLiteral("permits");

PermitStatusText permitStatus(const PermitDesk &desk, const Entity &entity, const QString &wallet)
{
    const int index = desk.rowOf(entity.entityId, wallet);
    if (index < 0)
        return {};
    const PermitRow &row = desk.rows().at(index);
    const PermitWords words = permitWords(row, desk.secondsLeft(row));
    QStringList note{words.failure, words.reason, words.nextStep};
    note.removeAll(QString());
    return {words.status, words.tone, note.join(QLatin1Char(' ')), livenessUrl(row)};
}

} // namespace

MainPages::MainPages(Workbench *workbench, QWidget *parent)
    : QStackedWidget(parent)
    , m_workbench(workbench)
    , m_blank(new QWidget(this))
{
    addWidget(m_blank);
    const QString remembered = workbench->preferences().currentSale();
    const QList<Sale> sales = workbench->sales();
    m_expectsSale = std::any_of(sales.cbegin(), sales.cend(),
                                [&](const Sale &sale) { return sale.saleUuid == remembered; });
}

void MainPages::show(Workspace *workspace, Page page, bool started)
{
    m_expectsSale = m_expectsSale && !workspace && !started;
    if (workspace != m_workspace) {
        m_workspace = workspace;
        if (m_entities)
            m_entities->setWorkspace(workspace);
        if (m_permits)
            m_permits->setWorkspace(workspace);
        showWallets();
    }
    if (workspace && page == Page::Entities)
        setCurrentWidget(entities());
    else if (workspace)
        setCurrentWidget(permits());
    else if (m_workbench->isSandboxStarting() && currentWidget() != m_welcome)
        showStarting();
    else if (started && !m_workbench->isSandboxStarting())
        setCurrentWidget(welcome());
    if (m_welcome)
        m_welcome->setSandboxStarting(m_workbench->isSandboxStarting());
}

void MainPages::setSales(const QList<Sale> &sales)
{
    m_sales = sales;
    if (m_welcome)
        m_welcome->setSales(sales);
}

void MainPages::setDropExpected(bool expected)
{
    if (m_welcome)
        m_welcome->setDropExpected(expected);
}

void MainPages::showWelcomeError(const Error &error)
{
    welcome()->showError(error);
}

void MainPages::clearWelcomeError()
{
    if (m_welcome)
        m_welcome->clearError();
}

void MainPages::exportPermits()
{
    if (m_workspace)
        permits()->exportPermits();
}

void MainPages::openWalletBook()
{
    if (m_workspace)
        permits()->openWalletBook();
}

void MainPages::saveLayouts()
{
    if (m_entities)
        m_workbench->preferences().setLayout(entitiesKey, m_entities->saveLayout());
    if (m_permits)
        m_workbench->preferences().setLayout(permitsKey, m_permits->saveLayout());
}

WelcomePage *MainPages::welcome()
{
    if (m_welcome)
        return m_welcome;
    m_welcome = new WelcomePage(this);
    m_welcome->setSales(m_sales);
    connect(m_welcome, &WelcomePage::sandboxRequested, this, &MainPages::sandboxRequested);
    connect(m_welcome, &WelcomePage::addSaleRequested, this, &MainPages::addSaleRequested);
    connect(m_welcome, &WelcomePage::saleRequested, this, &MainPages::saleRequested);
    addWidget(m_welcome);
    return m_welcome;
}

void MainPages::showStarting()
{
    if (!m_starting) {
        m_starting = new StateView(this);
        addWidget(m_starting);
    }
    m_starting->showLoading(tr("Starting the sandbox"));
    setCurrentWidget(m_starting);
}

EntitiesPage *MainPages::entities()
{
    if (m_entities)
        return m_entities;
    m_entities = new EntitiesPage(this);
    m_entities->restoreLayout(m_workbench->preferences().layout(entitiesKey));
    m_entities->setPermitStatusSource([this](const Entity &entity, const QString &wallet) {
        return m_workspace ? permitStatus(*m_workspace->permits(), entity, wallet)
                           : PermitStatusText();
    });
    m_entities->setWorkspace(m_workspace);
    showWallets();
    connect(m_entities, &EntitiesPage::connectRequested, this, &MainPages::connectRequested);
    connect(m_entities, &EntitiesPage::permitRequested, this,
            [this](const QList<Entity> &entities, const QString &wallet) {
                addPairs(entities, wallet, PermitAction::Request);
                Q_EMIT pageRequested(Page::Permits);
            });
    connect(m_entities, &EntitiesPage::readinessRequested, this,
            [this](const QList<Entity> &entities, const QString &wallet) {
                addPairs(entities, wallet, PermitAction::Check);
                // The answer for one stands beside the question; for several, in the table.
                if (entities.size() > 1)
                    Q_EMIT pageRequested(Page::Permits);
            });
    addWidget(m_entities);
    return m_entities;
}

PermitsPage *MainPages::permits()
{
    if (m_permits)
        return m_permits;
    m_permits = new PermitsPage(this);
    m_permits->restoreLayout(m_workbench->preferences().layout(permitsKey));
    m_permits->setWorkspace(m_workspace);
    showWallets();
    connect(m_permits, &PermitsPage::connectRequested, this, &MainPages::connectRequested);
    connect(m_permits, &PermitsPage::editSaleRequested, this, &MainPages::editSaleRequested);
    connect(m_permits, &PermitsPage::walletsUsed, this, &MainPages::rememberWallets);
    connect(m_permits, &PermitsPage::walletBookChanged, this, [this](const QList<Wallet> &wallets) {
        m_workbench->preferences().setWallets(m_workspace->sale().chainType(), wallets);
        showWallets();
    });
    connect(m_permits, &PermitsPage::layoutChanged, this,
            [this] { m_workbench->preferences().setLayout(permitsKey, m_permits->saveLayout()); });
    connect(m_permits, &PermitsPage::raiseRequested, this, [this](const QByteArray &token) {
        Q_EMIT pageRequested(Page::Permits);
        bringToFront(this, token);
    });
    addWidget(m_permits);
    return m_permits;
}

void MainPages::showWallets()
{
    if (!m_workspace)
        return;
    const WalletRules rules = WalletRules::of(m_workspace->sale());
    QList<Wallet> wallets = m_workbench->preferences().wallets(rules.type);
    // The list is for every sale; what is this one's contract or token can't buy in it.
    wallets.removeIf(
        [&rules](const Wallet &wallet) { return !whyNotAWallet(wallet.address, rules).isEmpty(); });
    if (m_entities)
        m_entities->setWallets(wallets);
    if (m_permits)
        m_permits->setWallets(wallets);
}

void MainPages::rememberWallets(const QList<Wallet> &used)
{
    if (!m_workspace)
        return;
    const ChainType type = m_workspace->sale().chainType();
    const QList<Wallet> before = m_workbench->preferences().wallets(type);
    const QList<Wallet> wallets = mergeWallets(before, used).wallets;
    if (wallets == before)
        return;
    m_workbench->preferences().setWallets(type, wallets);
    showWallets();
}

void MainPages::addPairs(const QList<Entity> &entities, const QString &wallet, PermitAction action)
{
    rememberWallets({Wallet{wallet, QString()}});
    permits()->addPairs(entities, wallet, action);
}

} // namespace sonar
