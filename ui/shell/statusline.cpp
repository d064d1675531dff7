// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusline.h"

#include "app/workspace/workspace.h"
#include "ui/style/labels.h"

#include <QDateTime>
#include <QLocale>

namespace sonar {

namespace {

constexpr int sessionMilliseconds = 10'000; ///< how often the minutes left are looked at

ElidedLabel *fact(QWidget *parent)
{
    auto *label = new ElidedLabel({}, parent);
    label->setContentsMargins(8, 2, 8, 2);
    return label;
}

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent)
    , m_host(fact(this))
    , m_session(fact(this))
    , m_counts(fact(this))
{
    setAccessibleName(tr("Status"));
    setSizeGripEnabled(false);
    addWidget(m_host);
    addWidget(m_session);
    addPermanentWidget(m_counts);
    m_minute.setInterval(sessionMilliseconds);
    connect(&m_minute, &QTimer::timeout, this, &StatusLine::refresh);
}

void StatusLine::setWorkspace(Workspace *workspace)
{
    m_workspace = workspace;
    if (workspace)
        m_minute.start();
    else
        m_minute.stop();
    refresh();
}

void StatusLine::refresh()
{
    const auto show = [](ElidedLabel *label, const QString &text) {
        if (label->fullText() != text)
            label->setFullText(text);
    };
    if (!m_workspace) {
        for (ElidedLabel *label : {m_host, m_session, m_counts})
            show(label, {});
        return;
    }
    const QUrl api = m_workspace->sale().apiUrl;
    const QString host =
        api.port() < 0 ? api.host() : QStringLiteral("%1:%2").arg(api.host()).arg(api.port());
    show(m_host, m_workspace->sale().isSandbox() ? tr("API %1 (sandbox)").arg(host)
                                                 : tr("API %1").arg(host));
    show(m_session, session());
    show(m_counts, counts());
}

QString StatusLine::session() const
{
    const Session *session = m_workspace->session();
    if (session->state() != Session::State::Connected)
        return {};
    const qint64 seconds = session->secondsToRefresh();
    QString text;
    if (seconds <= 0)
        text = tr("Session renews with the next request");
    else if (seconds < 60)
        text = tr("Session renews in less than a minute");
    else
        text = tr("Session renews in %1 min").arg(locale().toString(seconds / 60));
    return session->isSessionOnly() ? tr("%1, not kept when you quit").arg(text) : text;
}

QString StatusLine::counts() const
{
    if (m_workspace->entitiesState() != Workspace::Entities::Loaded)
        return {};
    const int entities = int(m_workspace->entities().size());
    QString text =
        entities == 1 ? tr("1 entity") : tr("%1 entities").arg(locale().toString(entities));
    if (const int issued = m_workspace->permits()->issuedCount(); issued > 0)
        text += QStringLiteral(" · ") + tr("%Ln permits issued", nullptr, issued);
    const QDateTime updated = m_workspace->entitiesUpdatedAt().toLocalTime();
    if (m_workspace->isRefreshing())
        text += QStringLiteral(" · ") + tr("updating…");
    else if (updated.isValid())
        text += QStringLiteral(" · ") +
                tr("updated %1")
                    .arg(QStringLiteral("%1 %2").arg(
                        locale().toString(updated.time(), QStringLiteral("HH:mm:ss")),
                        updated.timeZoneAbbreviation()));
    return text;
}

} // namespace sonar
