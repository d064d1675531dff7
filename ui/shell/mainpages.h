// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/preferences.h"
#include "app/config/sale.h"
#include "app/sonar/entity.h"
#include "ui/permits/permitaction.h"
#include "ui/shell/sidebar.h"

#include <QPointer>
#include <QStackedWidget>

namespace sonar {

class EntitiesPage;
class PermitsPage;
class StateView;
class WelcomePage;
class Workbench;
class Workspace;
struct Error;

/// The window's pages, one shown at a time, made when first shown.
class MainPages : public QStackedWidget
{
    Q_OBJECT
public:
    /// `workbench` must outlive it.
    explicit MainPages(Workbench *workbench, QWidget *parent = nullptr);

    /// `started`: the workbench had the chance to open something, so that no workspace means
    /// welcome. Before that the page is blank.
    void show(Workspace *workspace, Page page, bool started);
    /// Nothing is in view yet, but a remembered sale will be.
    bool expectsSale() const { return m_expectsSale; }

    void setSales(const QList<Sale> &sales);
    void setDropExpected(bool expected);
    void showWelcomeError(const Error &error);
    void clearWelcomeError();
    void exportPermits();
    void openWalletBook();
    void saveLayouts();

    EntitiesPage *entities();
    PermitsPage *permits();

Q_SIGNALS:
    void sandboxRequested();
    void addSaleRequested();
    void saleRequested(const QString &saleUuid);
    void connectRequested();
    void editSaleRequested(); ///< of the workspace in view
    void pageRequested(sonar::Page page);

private:
    WelcomePage *welcome();
    void showStarting();
    void showWallets();
    void rememberWallets(const QList<Wallet> &used);
    void addPairs(const QList<Entity> &entities, const QString &wallet, PermitAction action);

    Workbench *m_workbench;
    QPointer<Workspace> m_workspace;
    QList<Sale> m_sales;
    bool m_expectsSale = false;
    QWidget *m_blank;
    StateView *m_starting = nullptr;
    WelcomePage *m_welcome = nullptr;
    EntitiesPage *m_entities = nullptr;
    PermitsPage *m_permits = nullptr;
};

} // namespace sonar
