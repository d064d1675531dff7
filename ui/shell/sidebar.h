// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"

#include <QFrame>
#include <QList>

class QButtonGroup;
class QMenu;
class QVBoxLayout;

namespace sonar {

class AccountCard;
class SidebarButton;

/// The pages over one sale's data.
enum class Page { Entities, Permits };

/// The left of the window: the account, the sales, the pages.
class Sidebar : public QFrame
{
    Q_OBJECT
public:
    explicit Sidebar(QWidget *parent = nullptr);

    void setAccountMenu(QMenu *menu);
    void setSaleMenu(QMenu *menu); ///< of the sale in view, by right click or the menu key
    void setPerson(const QString &name, const QString &secondLine);
    void setSales(const QList<Sale> &sales, const QString &inView);
    void setPage(Page page);
    void setCounts(int entities, int permits); ///< negative: unknown

Q_SIGNALS:
    void saleChosen(const QString &saleUuid);
    void addSaleRequested();
    void pageChosen(sonar::Page page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuildSales();

    QList<Sale> m_shownSales;
    AccountCard *m_account;
    QVBoxLayout *m_salesLayout;
    QButtonGroup *m_sales;
    QButtonGroup *m_pages;
    SidebarButton *m_entities;
    SidebarButton *m_permits;
    QMenu *m_saleMenu = nullptr;
};

} // namespace sonar
