// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/errorbanner.h"

#include <QPointer>

namespace sonar {

class Workspace;

/// Over the permits: that the last refresh failed, and that permits are hidden because Sonar hasn't
/// said who is signed in; each with the way on. That the session has ended the window tells.
class RefreshBanner : public ErrorBanner
{
    Q_OBJECT
public:
    explicit RefreshBanner(QWidget *parent = nullptr);

    void setWorkspace(Workspace *workspace); ///< may be nullptr

Q_SIGNALS:
    void connectRequested();

private:
    void look();
    void resolve();

    QPointer<Workspace> m_workspace;
};

} // namespace sonar
