// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/filemanager.h"
#include "tests/support/waiting.h"

#include <QDBusConnection>
#include <QDBusContext>

#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::waitUntil;

// On a private bus: no file manager but ours.

class FakeFileManager : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.FileManager1")
public:
    FakeFileManager()
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus,
                                              QStringLiteral("filemanager")))
    {
        EXPECT_TRUE(m_bus.registerService(QStringLiteral("org.freedesktop.FileManager1")));
        EXPECT_TRUE(m_bus.registerObject(QStringLiteral("/org/freedesktop/FileManager1"), this,
                                         QDBusConnection::ExportAllSlots));
    }
    ~FakeFileManager() override
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("filemanager"));
    }

    QStringList shown;
    bool refuses = false;

public Q_SLOTS:
    void ShowItems(const QStringList &uris, const QString &)
    {
        shown << uris;
        if (refuses)
            sendErrorReply(QDBusError::Failed, QStringLiteral("no such folder"));
    }

private:
    QDBusConnection m_bus;
};

TEST(FileManager, IsAskedToShowTheFileByItsAddress)
{
    FakeFileManager manager;
    QObject context;
    bool unable = false;
    showInFileManager(QStringLiteral("/tmp/a sale #1.sonarsale"), &context, [&] { unable = true; });
    ASSERT_TRUE(waitUntil([&] { return manager.shown.size() == 1; }));
    EXPECT_EQ(manager.shown[0], QStringLiteral("file:///tmp/a%20sale%20%231.sonarsale"));
    manager.refuses = true;
    showInFileManager(QStringLiteral("/tmp/x"), &context, [&] { unable = true; });
    EXPECT_TRUE(waitUntil([&] { return unable; }));
    EXPECT_EQ(manager.shown.size(), 2) << "the first call wasn't refused";
}

TEST(FileManager, SaysSoWhenThereIsNone)
{
    QObject context;
    bool unable = false;
    showInFileManager(QStringLiteral("/tmp/x"), &context, [&] { unable = true; });
    EXPECT_TRUE(waitUntil([&] { return unable; }));
}

#include "filemanager_test.moc"
