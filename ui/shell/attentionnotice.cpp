// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/attentionnotice.h"

#include "app/workspace/desktopnotifier.h"

#include <QApplication>
#include <QWidget>

namespace sonar {

AttentionNotice::AttentionNotice(QWidget *window, bool windowsCanAsk)
    : QObject(window)
    , m_window(window)
    , m_windowsCanAsk(windowsCanAsk)
{}

void AttentionNotice::tell(const QString &title, const QString &text)
{
    if (m_windowsCanAsk || QApplication::activeWindow())
        return;
    if (!m_notifier) {
        m_notifier = new DesktopNotifier(QGuiApplication::desktopFileName(), this);
        connect(m_notifier, &DesktopNotifier::activated, this,
                [this](const QByteArray &token) { bringToFront(m_window, token); });
    }
    m_notifier->notify(title, text);
}

} // namespace sonar
