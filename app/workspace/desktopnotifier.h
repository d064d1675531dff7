// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
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
    /// The user has clicked the message. `token` lets a window come to the front, once; empty when
    /// the service gives none.
    void activated(const QByteArray &token);
    /// No service has shown it: here, or in time.
    void failed(const QString &title, const QString &text);

private Q_SLOTS:
    void activationToken(uint id, const QString &token);
    void actionInvoked(uint id, const QString &action);

private:
    QString m_desktopEntry;
    uint m_id = 0;      ///< of the last message; 0: none is known
    QByteArray m_token; ///< comes before the click that it belongs to
    bool m_listening = false;
};

} // namespace sonar
