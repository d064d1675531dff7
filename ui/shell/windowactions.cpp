// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowactions.h"

#include "ui/style/plaintext.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

namespace sonar {

namespace {

constexpr int longestInMenu = 60; ///< characters of an account's name in a menu

/// A menu takes & for a mnemonic, and a tab for the start of a shortcut.
QString menuText(const QString &name)
{
    QString text = shownText(name, longestInMenu);
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

WindowActions::WindowActions(QWidget *window)
    : QObject(window)
    , m_window(window)
    , m_accountMenu(new QMenu(tr("&Account"), window))
    , m_saleMenu(new QMenu(tr("&Sale"), window))
    , m_appearance(new QActionGroup(this))
{
    const auto action = [this](const QString &text, const QString &tip,
                               const QList<QKeySequence> &keys = {}) {
        auto *made = new QAction(text, this);
        made->setToolTip(tip);
        made->setStatusTip(QString());
        made->setShortcuts(keys);
        m_window->addAction(made); // its shortcut works wherever the focus is
        return made;
    };
    addSale = action(tr("&Add a sale…"), tr("Opens a sale file"), {Qt::CTRL | Qt::Key_O});
    openSandbox = action(tr("&Try the sandbox"), tr("Starts a practice Sonar on this computer"));
    editSale = action(tr("&Edit sale…"), tr("Changes this sale's details"));
    saveSale = action(tr("&Save sale as…"), tr("Writes the sale to a sale file"));
    removeSale = action(tr("&Remove sale…"), tr("Removes this sale from the list"));
    removeUnreadSales =
        action(tr("Remove &unread sales…"), tr("Removes remembered sales that can't be read"));
    exportPermits = action(tr("E&xport…"), tr("Saves permits to a file"), {Qt::CTRL | Qt::Key_E});
    verifyPermits = action(tr("&Verify a permit file…"), tr("Checks permits from a file, offline"),
                           {Qt::CTRL | Qt::SHIFT | Qt::Key_O});
    walletBook = action(tr("&Wallet book…"), tr("Your wallets: add, import, name, remove"),
                        {Qt::CTRL | Qt::Key_B});
    quit = action(tr("&Quit"), tr("Close Sonar Desktop"), {Qt::CTRL | Qt::Key_Q});
    quit->setMenuRole(QAction::QuitRole);

    connectAccount = action(tr("&Connect"), tr("Signs in to Sonar in your browser"));
    disconnectAccount = action(tr("&Disconnect"), tr("Forgets the session on this computer"));
    addAccount = action(tr("&Add account…"), tr("Adds another Sonar account"));
    renameAccount = action(tr("&Rename account…"), tr("Changes the name shown for this account"));
    forgetAccount = action(tr("&Forget account…"), tr("Deletes the account from this computer"));

    entities = action(tr("&Entities"), tr("Shows your entities"), {Qt::CTRL | Qt::Key_1});
    permits = action(tr("&Permits"), tr("Shows your permits"), {Qt::CTRL | Qt::Key_2});
    refresh = action(tr("&Refresh"), tr("Asks Sonar again"), {Qt::Key_F5, Qt::CTRL | Qt::Key_R});
    auto *pages = new QActionGroup(this);
    for (QAction *page : {entities, permits}) {
        page->setCheckable(true);
        pages->addAction(page);
    }

    about = action(tr("&About Sonar Desktop"), tr("Version and licence"));
    about->setMenuRole(QAction::AboutRole);
    aboutQt = action(tr("About &Qt"), tr("The library this program is built with"));
    aboutQt->setMenuRole(QAction::AboutQtRole);

    m_saleMenu->addActions({editSale, saveSale, removeSale});
    m_accountMenu->addActions({connectAccount, disconnectAccount});
    m_accountMenu->addSeparator();
    m_accountMenu->addActions({addAccount, renameAccount, forgetAccount});
}

void WindowActions::fill(QMenuBar *bar)
{
    QMenu *file = bar->addMenu(tr("&File"));
    file->addActions({addSale, openSandbox});
    file->addSeparator();
    file->addActions(m_saleMenu->actions());
    file->addAction(removeUnreadSales);
    file->addSeparator();
    file->addActions({walletBook, exportPermits, verifyPermits});
    file->addSeparator();
    file->addAction(quit);

    bar->addMenu(m_accountMenu);

    QMenu *view = bar->addMenu(tr("&View"));
    view->addActions({entities, permits});
    view->addSeparator();
    view->addAction(refresh);
    view->addSeparator();
    view->addMenu(appearanceMenu());

    QMenu *help = bar->addMenu(tr("&Help"));
    help->addActions({about, aboutQt});
}

QMenu *WindowActions::appearanceMenu()
{
    auto *menu = new QMenu(tr("&Appearance"), m_window);
    const QList<std::pair<Appearance, QString>> choices{
        {Appearance::System, tr("Use &system setting")},
        {Appearance::Light, tr("&Light")},
        {Appearance::Dark, tr("&Dark")}};
    for (const auto &[appearance, text] : choices) {
        QAction *choice = menu->addAction(text);
        choice->setCheckable(true);
        choice->setData(int(appearance));
        m_appearance->addAction(choice);
        connect(choice, &QAction::triggered, this,
                [this, chosen = appearance] { Q_EMIT appearanceChosen(chosen); });
    }
    return menu;
}

void WindowActions::setAppearance(Appearance appearance)
{
    for (QAction *choice : m_appearance->actions())
        choice->setChecked(choice->data().toInt() == int(appearance));
}

void WindowActions::setAccounts(const QList<Account> &accounts, const QString &inView)
{
    if (m_accounts) {
        // May be the one whose choice led here.
        for (QAction *old : m_accounts->actions())
            m_accountMenu->removeAction(old);
        m_accounts->deleteLater();
    }
    m_accounts = new QActionGroup(this);
    QAction *const first = m_accountMenu->actions().constFirst();
    if (accounts.isEmpty())
        return;
    for (const Account &account : accounts) {
        auto *choice = new QAction(menuText(account.name), m_accounts);
        choice->setCheckable(true);
        choice->setChecked(account.id == inView);
        connect(choice, &QAction::triggered, this,
                [this, id = account.id] { Q_EMIT accountChosen(id); });
        m_accountMenu->insertAction(first, choice);
    }
    auto *separator = new QAction(m_accounts);
    separator->setSeparator(true);
    m_accountMenu->insertAction(first, separator);
}

} // namespace sonar
