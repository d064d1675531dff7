// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitnotices.h"

#include "app/workspace/desktopnotifier.h"
#include "ui/style/announce.h"
#include "ui/style/glyphs.h"
#include "ui/style/labels.h"
#include "ui/style/tonedframe.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QSystemTrayIcon>
#include <QToolButton>

namespace sonar {

namespace {

constexpr int desktopMilliseconds = 15'000;

} // namespace

PermitNotices::PermitNotices(QWidget *parent)
    : QFrame(parent)
{
    auto *ground = new TonedFrame(Tone::Accent, this);
    m_title = plainLabel({}, ground);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setWordWrap(false);
    m_text = plainLabel({}, ground);
    auto *close = new QToolButton(ground);
    close->setIcon(glyphIcon(Glyph::Close));
    close->setIconSize({12, 12});
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close this message"));
    connect(close, &QToolButton::clicked, this, &PermitNotices::clear);
    auto *row = new QHBoxLayout(ground);
    row->setContentsMargins(14, 6, 8, 6);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addWidget(m_text, 1);
    row->addWidget(close);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(ground);
    hide();
}

void PermitNotices::tell(const QString &title, const QString &text)
{
    m_title->setText(title);
    m_text->setText(text);
    setAccessibleName(title);
    setAccessibleDescription(text);
    show();
    announce(this, QStringLiteral("%1. %2").arg(title, text).trimmed());
    // Nobody needs a bubble about the window in front of them.
    if (m_desktop && !(window()->isActiveWindow() && isVisible()))
        tellDesktop(title, text);
}

void PermitNotices::tellDesktop(const QString &title, const QString &text)
{
    if (!m_notifier) {
        m_notifier = new DesktopNotifier(QGuiApplication::desktopFileName(), this);
        connect(m_notifier, &DesktopNotifier::activated, this, &PermitNotices::activated);
        connect(m_notifier, &DesktopNotifier::failed, this, &PermitNotices::tellTray);
    }
    m_notifier->notify(title, text);
}

void PermitNotices::tellTray(const QString &title, const QString &text)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!m_tray) {
        m_tray = new QSystemTrayIcon(QApplication::windowIcon(), this);
        connect(m_tray, &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT activated({}); });
        connect(m_tray, &QSystemTrayIcon::activated, this, [this] { Q_EMIT activated({}); });
        m_trayEnd.setSingleShot(true);
        m_trayEnd.setInterval(desktopMilliseconds);
        connect(&m_trayEnd, &QTimer::timeout, m_tray, &QSystemTrayIcon::hide);
    }
    m_tray->setToolTip(title);
    m_tray->show();
    m_tray->showMessage(title, text, QSystemTrayIcon::Information, desktopMilliseconds);
    // The icon is there for the message only, the last one.
    m_trayEnd.start();
}

void PermitNotices::clear()
{
    hide();
}

} // namespace sonar
