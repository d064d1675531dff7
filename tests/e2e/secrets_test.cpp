// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/programs.h"
#include "tests/support/waiting.h"

#include <QDirIterator>
#include <QFile>

#include <gtest/gtest.h>

using namespace sonar::test;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

TEST(Secrets, AppearNowhereButInTheKeychain)
{
    World world;
    Sandbox sandbox(world);
    QProcessEnvironment talkative;
    talkative.insert(QStringLiteral("QT_LOGGING_RULES"),
                     QStringLiteral("*=true;qt.accessibility*=false"));
    Desktop desktop(world,
                    {QStringLiteral("--sale"), sandbox.saleFile(), QStringLiteral("--log-level"),
                     QStringLiteral("debug")},
                    QStringLiteral("authorize"), talkative);
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Connect")))
        << qPrintable(desktop.screen().dump());
    ASSERT_TRUE(desktop.screen().waitForText(QStringLiteral("Borealis Capital"), 60'000));
    ASSERT_TRUE(desktop.screen().press(QStringLiteral("Refresh")));

    QByteArrayList secrets;
    for (const QJsonObject &entry : sandbox.story()) {
        const QString kind = entry.value(QLatin1String("kind")).toString();
        if (kind == QLatin1String("code") || kind.endsWith(QLatin1String("_token")))
            secrets << entry.value(QLatin1String("text")).toString().toUtf8();
    }
    ASSERT_GE(secrets.size(), 3) << "a code, an access token and a refresh token were issued";

    const QString proc = QStringLiteral("/proc/%1/").arg(desktop.process().processId());
    const QByteArray process =
        contentOf(proc + QStringLiteral("cmdline")) + contentOf(proc + QStringLiteral("environ"));
    EXPECT_FALSE(process.isEmpty());
    for (const QByteArray &secret : secrets)
        EXPECT_FALSE(process.contains(secret))
            << "a secret stands in the process's arguments or environment";
    ASSERT_TRUE(desktop.quit());

    QStringList places;
    for (const QString &root : {world.folder(), QDir::homePath()}) {
        QDirIterator files(root, QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                           QDirIterator::Subdirectories);
        while (files.hasNext())
            places << files.next();
    }
    for (const QString &place : places) {
        // The keyring's own file is encrypted; the story is the sandbox's, which issued them.
        if (place.endsWith(QLatin1String("story.jsonl")))
            continue;
        const QByteArray content = contentOf(place);
        for (const QByteArray &secret : secrets)
            EXPECT_FALSE(content.contains(secret)) << "a secret stands in " << qPrintable(place);
    }
    EXPECT_FALSE(desktop.output().isEmpty()) << "logging was on, so that silence proves something";
}
