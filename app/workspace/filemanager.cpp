// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/filemanager.h"

#ifdef SONAR_NOTIFIES_OVER_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QStringList>
#include <QUrl>
#endif

namespace sonar {

#ifdef SONAR_NOTIFIES_OVER_DBUS

void showInFileManager(const QString &path, QObject *context, const std::function<void()> &unable)
{
    // Time for a file manager that has to be started first.
    constexpr int answerMilliseconds = 10'000;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        unable();
        return;
    }
    const QString service = QStringLiteral("org.freedesktop.FileManager1");
    QDBusMessage call =
        QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/FileManager1"),
                                       service, QStringLiteral("ShowItems"));
    call << QStringList{QUrl::fromLocalFile(path).toString(QUrl::FullyEncoded)} << QString();
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, answerMilliseconds), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [unable](QDBusPendingCallWatcher *ended) {
                         const QDBusPendingReply<> reply = *ended;
                         ended->deleteLater();
                         if (reply.isError())
                             unable();
                     });
}

#else

void showInFileManager(const QString &, QObject *, const std::function<void()> &unable)
{
    unable();
}

#endif

} // namespace sonar
