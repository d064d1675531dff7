// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/desktopnotifier.h"
#include "tests/support/waiting.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QSignalSpy>

#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::waitUntil;

// On a private bus: no notification service but ours.

/// A desktop that shows notifications, or fails to.
class FakeNotifications : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    FakeNotifications()
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus,
                                              QStringLiteral("notifications")))
    {
        EXPECT_TRUE(m_bus.registerService(QStringLiteral("org.freedesktop.Notifications")));
        EXPECT_TRUE(m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                                         QDBusConnection::ExportAllSlots |
                                             QDBusConnection::ExportAllSignals));
    }
    ~FakeNotifications() override
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("notifications"));
    }

    struct Message
    {
        uint replaces = 0;
        QString title;
        QString text;
        QStringList actions;
        QVariantMap hints;
    };
    QList<Message> messages;
    bool refuses = false;

public Q_SLOTS:
    uint Notify(const QString &, uint replaces, const QString &, const QString &title,
                const QString &text, const QStringList &actions, const QVariantMap &hints, int)
    {
        messages << Message{replaces, title, text, actions, hints};
        if (refuses)
            sendErrorReply(QDBusError::Failed, QStringLiteral("no screen"));
        return replaces != 0 ? replaces : 41;
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void ActivationToken(uint id, const QString &token);

private:
    QDBusConnection m_bus;
};

TEST(DesktopNotifier, MessageReachesTheDesktopAsPlainTextAndItsClickComesBack)
{
    FakeNotifications desktop;
    DesktopNotifier notifier(QStringLiteral("sonar-desktop"));
    QSignalSpy activated(&notifier, &DesktopNotifier::activated);
    QSignalSpy failed(&notifier, &DesktopNotifier::failed);
    notifier.notify(QStringLiteral("1 permit ends soon"), QStringLiteral("<b>In</b> 1 & 2"));
    ASSERT_TRUE(waitUntil([&] { return desktop.messages.size() == 1; }));
    EXPECT_EQ(desktop.messages[0].title, QStringLiteral("1 permit ends soon"));
    EXPECT_EQ(desktop.messages[0].text, QStringLiteral("&lt;b&gt;In&lt;/b&gt; 1 &amp; 2"));
    EXPECT_EQ(desktop.messages[0].replaces, 0u);
    EXPECT_EQ(desktop.messages[0].actions.value(0), QStringLiteral("default"));
    EXPECT_EQ(desktop.messages[0].hints.value(QStringLiteral("desktop-entry")),
              QStringLiteral("sonar-desktop"));

    // Clicks on other programs' messages are none of ours.
    Q_EMIT desktop.ActivationToken(7, QStringLiteral("another's"));
    Q_EMIT desktop.ActionInvoked(7, QStringLiteral("default"));
    Q_EMIT desktop.ActivationToken(41, QStringLiteral("ours_TIME12"));
    Q_EMIT desktop.ActionInvoked(41, QStringLiteral("default"));
    ASSERT_TRUE(waitUntil([&] { return activated.count() > 0; }));
    EXPECT_EQ(activated.count(), 1);
    EXPECT_EQ(activated[0][0].toByteArray(), "ours_TIME12");

    // A token serves once.
    Q_EMIT desktop.ActionInvoked(41, QStringLiteral("default"));
    ASSERT_TRUE(waitUntil([&] { return activated.count() > 1; }));
    EXPECT_EQ(activated[1][0].toByteArray(), "");

    notifier.notify(QStringLiteral("2 permits end soon"), {});
    ASSERT_TRUE(waitUntil([&] { return desktop.messages.size() == 2; }));
    EXPECT_EQ(desktop.messages[1].replaces, 41u) << "messages pile up";
    EXPECT_EQ(failed.count(), 0);
}

TEST(DesktopNotifier, SaysSoWhenTheDesktopRefuses)
{
    FakeNotifications desktop;
    desktop.refuses = true;
    DesktopNotifier notifier(QStringLiteral("sonar-desktop"));
    QSignalSpy failed(&notifier, &DesktopNotifier::failed);
    notifier.notify(QStringLiteral("title"), QStringLiteral("text"));
    ASSERT_TRUE(waitUntil([&] { return failed.count() == 1; }));
    EXPECT_EQ(failed[0][0].toString(), QStringLiteral("title"));
    EXPECT_EQ(failed[0][1].toString(), QStringLiteral("text"));
}

TEST(DesktopNotifier, SaysSoWhenThereIsNoService)
{
    DesktopNotifier notifier(QStringLiteral("sonar-desktop"));
    QSignalSpy failed(&notifier, &DesktopNotifier::failed);
    notifier.notify(QStringLiteral("title"), QStringLiteral("text"));
    EXPECT_TRUE(waitUntil([&] { return failed.count() == 1; }));
}

#include "desktopnotifier_test.moc"
