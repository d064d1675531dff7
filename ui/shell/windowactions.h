// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/account.h"
#include "ui/style/theme.h"

#include <QList>
#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace sonar {

/// Everything the window can be told to do, with its menu, words and shortcut. What it does is
/// connected by the window.
class WindowActions : public QObject
{
    Q_OBJECT
public:
    explicit WindowActions(QWidget *window);

    QAction *addSale;
    QAction *openSandbox;
    QAction *editSale;
    QAction *saveSale;
    QAction *removeSale;
    QAction *removeUnreadSales;
    QAction *exportPermits;
    QAction *verifyPermits;
    QAction *walletBook;
    QAction *quit;

    QAction *connectAccount;
    QAction *disconnectAccount;
    QAction *addAccount;
    QAction *renameAccount;
    QAction *forgetAccount;

    QAction *entities;
    QAction *permits;
    QAction *refresh;

    QAction *about;
    QAction *aboutQt;

    QMenu *accountMenu() const { return m_accountMenu; }
    QMenu *saleMenu() const { return m_saleMenu; } ///< what can be done with the sale in view

    void fill(QMenuBar *bar);
    void setAccounts(const QList<Account> &accounts, const QString &inView);
    void setAppearance(Appearance appearance);

Q_SIGNALS:
    void accountChosen(const QString &accountId);
    void appearanceChosen(sonar::Appearance appearance);

private:
    QMenu *appearanceMenu();

    QWidget *m_window;
    QMenu *m_accountMenu;
    QMenu *m_saleMenu;
    QActionGroup *m_accounts = nullptr;
    QActionGroup *m_appearance;
};

} // namespace sonar
