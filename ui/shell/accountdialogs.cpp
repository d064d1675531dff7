// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/accountdialogs.h"

#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "ui/permits/permitwords.h"
#include "ui/style/plaintext.h"
#include "ui/style/questions.h"

#include <QPointer>
#include <QWidget>

namespace sonar {

namespace {

QString withLoss(int permits, const QString &consequence)
{
    return permits > 0 ? lossWords(permits) + QLatin1Char(' ') + consequence : consequence;
}

} // namespace

AccountDialogs::AccountDialogs(Workbench *workbench, QWidget *window)
    : QObject(window)
    , m_workbench(workbench)
    , m_window(window)
{}

void AccountDialogs::add()
{
    askForName(m_window, tr("Add an account"), tr("&Name for the account"), {},
               [this](const QString &name) { m_workbench->addAccount(name); });
}

void AccountDialogs::rename(const Account &account)
{
    askForName(
        m_window, tr("Rename the account"), tr("&Name for the account"), account.name,
        [this, id = account.id](const QString &name) { m_workbench->renameAccount(id, name); });
}

void AccountDialogs::disconnect(Workspace *workspace)
{
    ask(m_window,
        {tr("Disconnect?"),
         tr("Disconnect “%1” from Sonar?").arg(shownText(workspace->account().name)),
         withLoss(workspace->permits()->unexportedCount(),
                  tr("You'll be disconnected on this computer, and what is shown is cleared. You "
                     "can connect again at any time.")),
         tr("Disconnect")},
        [workspace = QPointer(workspace)] {
            if (workspace)
                workspace->disconnectAccount();
        });
}

void AccountDialogs::forget(const Account &account)
{
    ask(m_window,
        {tr("Forget the account?"), tr("Forget “%1”?").arg(shownText(account.name)),
         withLoss(m_workbench->accountPermitsAtStake(account.id),
                  tr("The account and its saved sign-in are removed from this computer. Your "
                     "account at Sonar isn't affected.")),
         tr("Forget")},
        [this, id = account.id] { m_workbench->forgetAccount(id); });
}

} // namespace sonar
