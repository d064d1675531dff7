// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace sonar {

/// Messages on the desktop through its notification service (org.freedesktop.Notifications), where
/// there is one. Each takes the place of the one before.
class DesktopNotifier : public QObject
{
    Q_OBJECT
public:
    /// `desktopEntry`: the program's desktop file, without ".desktop".
    explicit DesktopNotifier(const QString &desktopEntry, QObject *parent = nullptr);

    /// Plain text. The service's answer isn't waited for.
    void notify(const QString &title, const QString &text);

Q_SIGNALS:
    void activated(); ///< the user has clicked the message
    /// No service has shown it: here, or in time.
    void failed(const QString &title, const QString &text);

private Q_SLOTS:
    void actionInvoked(uint id, const QString &action);

private:
    QString m_desktopEntry;
    uint m_id = 0; ///< of the last message; 0: none is known
    bool m_listening = false;
};

} // namespace sonar
