// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/errorbanner.h"

#include <QPointer>

namespace sonar {

class Workspace;

/// What the user has to know about the session of the workspace in view, with the way on. What was
/// closed comes back only when it is news.
class SessionBanner : public ErrorBanner
{
    Q_OBJECT
public:
    explicit SessionBanner(QWidget *parent = nullptr);

    void setWorkspace(Workspace *workspace); ///< may be nullptr
    /// `pageAsks`: the page itself asks to connect again when nothing is shown.
    void refresh(bool pageAsks);

Q_SIGNALS:
    void connectRequested();

private:
    void resolve();

    QPointer<Workspace> m_workspace;
    QString m_shown; ///< what it is about
};

} // namespace sonar
