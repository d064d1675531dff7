// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sessionbanner.h"

#include "app/workspace/workspace.h"
#include "ui/shell/sessionwords.h"

namespace sonar {

SessionBanner::SessionBanner(QWidget *parent)
    : ErrorBanner(parent)
{
    setObjectName(QStringLiteral("sessionBanner"));
    connect(this, &ErrorBanner::retryTriggered, this, &SessionBanner::resolve);
}

void SessionBanner::setWorkspace(Workspace *workspace)
{
    m_workspace = workspace;
    m_shown.clear();
    clear();
}

void SessionBanner::refresh(bool pageAsks)
{
    std::optional<Error> news;
    if (m_workspace)
        news = sessionNews(*m_workspace->session());
    if (news && news->kind == ErrorKind::NotConnected && pageAsks &&
        m_workspace->entities().isEmpty())
        news.reset();
    const QString topic = news ? news->report() : QString();
    if (topic == m_shown)
        return;
    m_shown = topic;
    if (!news) {
        clear();
        return;
    }
    // Connected all the same, there is nothing to do about the keychain.
    const bool connected = m_workspace->session()->state() == Session::State::Connected;
    // What the session has come to, and goes on from, is no fault.
    setTone(news->kind == ErrorKind::NotConnected || connected ? Tone::Warning : Tone::Negative);
    const bool connects =
        news->kind == ErrorKind::NotConnected || news->kind == ErrorKind::Malformed;
    const Session &session = *m_workspace->session();
    const bool triesAgain = session.isStoreUnread() || session.isRemovalDue();
    showError(*news, connects                   ? tr("Connect again…")
                     : !connected && triesAgain ? tr("Try again")
                                                : QString());
}

void SessionBanner::resolve()
{
    if (!m_workspace)
        return;
    m_shown.clear(); // the same fault again is news then
    const Session &session = *m_workspace->session();
    if (session.isStoreUnread())
        m_workspace->open();
    else if (session.isRemovalDue() && session.state() == Session::State::NotConnected)
        m_workspace->disconnectAccount(); // the keychain still has what should be gone
    else
        Q_EMIT connectRequested();
}

} // namespace sonar
