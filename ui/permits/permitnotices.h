// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;
class QSystemTrayIcon;

namespace sonar {

class DesktopNotifier;

/// What happens to permits while the user looks elsewhere: a notification of the desktop where
/// there is one, and a note over the table. Texts are ours alone, no server's: some desktops take
/// them for markup.
class PermitNotices : public QFrame
{
    Q_OBJECT
public:
    explicit PermitNotices(QWidget *parent = nullptr);

    void setDesktopAllowed(bool allowed) { m_desktop = allowed; }
    void tell(const QString &title, const QString &text);
    void clear();

Q_SIGNALS:
    /// The user has clicked the desktop's notification; `token` as for bringToFront.
    void activated(const QByteArray &token);

private:
    void tellDesktop(const QString &title, const QString &text);
    void tellTray(const QString &title, const QString &text);

    bool m_desktop = true;
    QLabel *m_title;
    QLabel *m_text;
    DesktopNotifier *m_notifier = nullptr; ///< made for the first message
    QSystemTrayIcon *m_tray = nullptr;     ///< made when that one fails
    QTimer m_trayEnd;
};

} // namespace sonar
