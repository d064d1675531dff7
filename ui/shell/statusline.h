// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QStatusBar>
#include <QTimer>

namespace sonar {

class ElidedLabel;
class Workspace;

/// Facts about what is in view: host, session, counts, last update.
class StatusLine : public QStatusBar
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);

    void setWorkspace(Workspace *workspace); ///< may be nullptr
    void refresh();

private:
    QString session() const;
    QString counts() const;

    QPointer<Workspace> m_workspace;
    ElidedLabel *m_host;
    ElidedLabel *m_session;
    ElidedLabel *m_counts;
    QTimer m_minute;
};

} // namespace sonar
