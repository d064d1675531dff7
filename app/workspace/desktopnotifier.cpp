// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/desktopnotifier.h"

#include <QCoreApplication>

#ifdef SONAR_NOTIFIES_OVER_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#endif

#include <utility>

namespace sonar {

DesktopNotifier::DesktopNotifier(const QString &desktopEntry, QObject *parent)
    : QObject(parent)
    , m_desktopEntry(desktopEntry)
{}

#ifdef SONAR_NOTIFIES_OVER_DBUS

namespace {

constexpr int answerMilliseconds = 5000;
constexpr int shownMilliseconds = 15'000;

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
const QString clickOnTheMessage = QStringLiteral("default"); // the specification's name for it

} // namespace

void DesktopNotifier::notify(const QString &title, const QString &text)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        Q_EMIT failed(title, text);
        return;
    }
    if (!m_listening)
        // Without the service's name: that would be looked up, and waited for.
        m_listening = bus.connect({}, path, service, QStringLiteral("ActivationToken"), this,
                                  SLOT(activationToken(uint, QString))) &&
                      bus.connect({}, path, service, QStringLiteral("ActionInvoked"), this,
                                  SLOT(actionInvoked(uint, QString)));
    QDBusMessage call =
        QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
    // Bodies may hold markup; ours is none.
    call << QCoreApplication::applicationName() << m_id << m_desktopEntry << title
         << text.toHtmlEscaped()
         << QStringList{clickOnTheMessage, tr("Show", "the window that a notification is about")}
         << QVariantMap{{QStringLiteral("desktop-entry"), m_desktopEntry}} << shownMilliseconds;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, answerMilliseconds), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, title, text](QDBusPendingCallWatcher *ended) {
                const QDBusPendingReply<uint> id = *ended;
                ended->deleteLater();
                if (id.isError())
                    Q_EMIT failed(title, text);
                else
                    m_id = id.value();
            });
}

void DesktopNotifier::activationToken(uint id, const QString &token)
{
    if (m_id != 0 && id == m_id)
        m_token = token.toUtf8();
}

void DesktopNotifier::actionInvoked(uint id, const QString &action)
{
    if (m_id != 0 && id == m_id && action == clickOnTheMessage)
        Q_EMIT activated(std::exchange(m_token, {}));
}

#else

void DesktopNotifier::notify(const QString &title, const QString &text)
{
    Q_EMIT failed(title, text);
}

void DesktopNotifier::activationToken(uint, const QString &) {}

void DesktopNotifier::actionInvoked(uint, const QString &) {}

#endif

} // namespace sonar
