// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/account.h"

#include <QObject>

class QWidget;

namespace sonar {

class Workbench;
class Workspace;

/// The questions around accounts: adding, renaming, disconnecting, forgetting.
class AccountDialogs : public QObject
{
    Q_OBJECT
public:
    /// `workbench` must outlive it; `window` is the parent of every dialog and of this.
    AccountDialogs(Workbench *workbench, QWidget *window);

    void add();
    void rename(const Account &account);
    void disconnect(Workspace *workspace);
    void forget(const Account &account);

private:
    Workbench *m_workbench;
    QWidget *m_window;
};

} // namespace sonar
