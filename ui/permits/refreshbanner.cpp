// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/refreshbanner.h"

#include "app/workspace/workspace.h"

#include <QDateTime>
#include <QLocale>

namespace sonar {

namespace {

bool asksForSignIn(const Error &error)
{
    return error.kind == ErrorKind::NotConnected || error.kind == ErrorKind::Unauthorized;
}

/// `sentence`, and then what the error itself says.
Error told(const Error &error, const QString &summary, const QString &sentence)
{
    Error shown = error;
    shown.summary = summary;
    QStringList parts{sentence, error.summary, error.advice};
    parts.removeAll(QString());
    for (QString &part : parts) {
        if (!part.endsWith(QLatin1Char('.')))
            part += QLatin1Char('.');
    }
    shown.advice = parts.join(QLatin1Char(' '));
    return shown;
}

} // namespace

RefreshBanner::RefreshBanner(QWidget *parent)
    : ErrorBanner(parent)
{
    setObjectName(QStringLiteral("refreshBanner"));
    connect(this, &ErrorBanner::retryTriggered, this, &RefreshBanner::resolve);
}

void RefreshBanner::setWorkspace(Workspace *workspace)
{
    if (m_workspace)
        m_workspace->disconnect(this);
    m_workspace = workspace;
    clear();
    if (!workspace)
        return;
    connect(workspace, &Workspace::entitiesChanged, this, &RefreshBanner::look);
    connect(workspace, &Workspace::profileChanged, this, &RefreshBanner::look);
    connect(workspace, &Workspace::sessionStateChanged, this, &RefreshBanner::look);
    look();
}

void RefreshBanner::look()
{
    if (!m_workspace || m_workspace->session()->state() != Session::State::Connected) {
        clear();
        return;
    }
    // What was said stays until there is an answer.
    if (m_workspace->isRefreshing())
        return;
    if (const std::optional<Error> error = m_workspace->profileError()) {
        showError(told(*error, tr("Your permits are hidden"),
                       tr("Sonar couldn't confirm that you are the person who requested them.")),
                  asksForSignIn(*error) ? tr("Connect again…") : tr("Try again"));
        return;
    }
    const std::optional<Error> error = m_workspace->entitiesError();
    if (!error) {
        clear();
        return;
    }
    const QDateTime updated = m_workspace->entitiesUpdatedAt().toLocalTime();
    showError(told(*error, tr("Refreshing failed"),
                   updated.isValid() ? tr("Your entities are as of %1.")
                                           .arg(QStringLiteral("%1 %2").arg(
                                               QLocale().toString(updated, QLocale::ShortFormat),
                                               updated.timeZoneAbbreviation()))
                                     : QString()),
              asksForSignIn(*error) ? tr("Connect again…") : tr("Try again"));
}

void RefreshBanner::resolve()
{
    if (!m_workspace)
        return;
    const std::optional<Error> hidden = m_workspace->profileError();
    const std::optional<Error> error = hidden ? hidden : m_workspace->entitiesError();
    if (error && asksForSignIn(*error))
        Q_EMIT connectRequested();
    else
        m_workspace->refresh();
}

} // namespace sonar
