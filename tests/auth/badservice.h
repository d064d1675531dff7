// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/waiting.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QStringList>

#include <gtest/gtest.h>

namespace sonar::test {

/// The Secret Service of tests/support/bad-secret-service, which with-keyring --bad has started.
class BadService
{
public:
    /// One of its HABITS, from now on.
    static void behave(const QString &habit)
    {
        call(QStringLiteral("Behave"), {habit});
        const bool gone = habit == QStringLiteral("gone");
        EXPECT_TRUE(waitUntil([gone] {
            const bool there = QDBusConnection::sessionBus().interface()->isServiceRegistered(
                QStringLiteral("org.freedesktop.secrets"));
            return there != gone;
        }));
    }
    /// How often it has asked the user since then.
    static int questions() { return call(QStringLiteral("Questions")).toInt(); }
    /// The names of all entries.
    static QStringList entries() { return call(QStringLiteral("Items")).toStringList(); }
    static void forget() { call(QStringLiteral("Forget")); }

private:
    static QVariant call(const QString &method, const QVariantList &arguments = {})
    {
        // By its own name, since it may be told to give up the other.
        static const QString address = QDBusConnection::sessionBus()
                                           .interface()
                                           ->serviceOwner(QStringLiteral("org.freedesktop.secrets"))
                                           .value();
        QDBusMessage message = QDBusMessage::createMethodCall(
            address, QStringLiteral("/test"), QStringLiteral("test.SecretService"), method);
        message.setArguments(arguments);
        const QDBusMessage answer = QDBusConnection::sessionBus().call(message);
        EXPECT_EQ(answer.type(), QDBusMessage::ReplyMessage) << qPrintable(answer.errorMessage());
        return answer.arguments().value(0);
    }
};

} // namespace sonar::test
