// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/localfile.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <sys/stat.h>

using namespace sonar;

namespace {

class LocalFile : public ::testing::Test
{
protected:
    QString fileWith(const QByteArray &content) const
    {
        const QString path = folder.filePath(QStringLiteral("file"));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        EXPECT_EQ(file.write(content), content.size());
        return path;
    }

    QTemporaryDir folder;
};

} // namespace

TEST_F(LocalFile, IsReadUpToItsLimit)
{
    EXPECT_EQ(readLocalFile(fileWith("12345"), 5).value_or("refused"), "12345");
    EXPECT_EQ(readLocalFile(fileWith(""), 5).value_or("refused"), "");
    const auto larger = readLocalFile(fileWith("123456"), 5);
    ASSERT_FALSE(larger);
    EXPECT_EQ(larger.error().kind, ErrorKind::Malformed);
    EXPECT_EQ(larger.error().summary, QStringLiteral("It is larger than 5 bytes."));
}

TEST_F(LocalFile, SaysLargeLimitsInTheirUnits)
{
    EXPECT_EQ(readLocalFile(fileWith(QByteArray(4097, 'x')), 4096).error().summary,
              QStringLiteral("It is larger than 4 KiB."));
}

TEST_F(LocalFile, ThatIsNoneIsRefusedAtOnce)
{
    const QString pipe = folder.filePath(QStringLiteral("pipe"));
    ASSERT_EQ(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
    const QString link = folder.filePath(QStringLiteral("link"));
    ASSERT_TRUE(QFile::link(pipe, link));
    for (const QString &path : {pipe, link, folder.path(), QStringLiteral("/dev/zero")}) {
        const auto refused = readLocalFile(path, 5);
        ASSERT_FALSE(refused) << qPrintable(path);
        EXPECT_EQ(refused.error().kind, ErrorKind::File);
        EXPECT_EQ(refused.error().summary, QStringLiteral("It is no regular file."));
    }
    const auto missing = readLocalFile(folder.filePath(QStringLiteral("missing")), 5);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::File);
    EXPECT_FALSE(missing.error().summary.isEmpty());
}

TEST_F(LocalFile, IsFollowedThroughALink)
{
    const QString link = folder.filePath(QStringLiteral("link"));
    ASSERT_TRUE(QFile::link(fileWith("12345"), link));
    EXPECT_EQ(readLocalFile(link, 5).value_or("refused"), "12345");
}
