// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/localfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

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

TEST_F(LocalFile, IsNotWrittenInThePlaceOfAPipe)
{
    const QString pipe = folder.filePath(QStringLiteral("pipe"));
    ASSERT_EQ(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
    const auto written = writeLocalFile(pipe, "content");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::File);
    struct stat found
    {};
    ASSERT_EQ(stat(pipe.toLocal8Bit().constData(), &found), 0);
    EXPECT_TRUE(S_ISFIFO(found.st_mode)) << "a file took its place";
}

TEST_F(LocalFile, IsFollowedThroughALink)
{
    const QString link = folder.filePath(QStringLiteral("link"));
    ASSERT_TRUE(QFile::link(fileWith("12345"), link));
    EXPECT_EQ(readLocalFile(link, 5).value_or("refused"), "12345");
}

TEST_F(LocalFile, WhoseNameIsntUtf8IsNamedAsSuch)
{
    const QByteArray name = QFile::encodeName(folder.path()) + "/x\xf0.json";
    const QByteArray inside = QFile::encodeName(folder.path()) + "/d\xf0";
    const int file = open(name.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ASSERT_GE(file, 0);
    close(file);
    ASSERT_EQ(mkdir(inside.constData(), 0700), 0);
    for (const QByteArray &path : {name, inside + "/a.json"}) {
        const auto read = readLocalFile(QFile::decodeName(path), 5);
        ASSERT_FALSE(read);
        EXPECT_TRUE(read.error().summary.contains(QLatin1String("UTF-8")))
            << qPrintable(read.error().summary);
    }
    const auto written = writeLocalFile(QFile::decodeName(inside + "/a.json"), "text");
    ASSERT_FALSE(written);
    EXPECT_TRUE(written.error().summary.contains(QLatin1String("UTF-8")));
    // A name that has the character itself is as good as any.
    const QString odd = folder.filePath(QStringLiteral("\uFFFD.json"));
    ASSERT_TRUE(writeLocalFile(odd, "text"));
    EXPECT_EQ(readLocalFile(odd, 5).value_or("unread"), "text");
}

namespace {

/// For its lifetime no file may grow past `bytes`.
class SmallFiles
{
public:
    explicit SmallFiles(rlim_t bytes)
        : m_handler(std::signal(SIGXFSZ, SIG_IGN))
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallFiles()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    void (*m_handler)(int);
    rlimit m_before{};
};

} // namespace

TEST_F(LocalFile, IsWrittenWholeOrNotAtAll)
{
    const QString path = fileWith("before");
    // One that a buffer would have taken, and one that is too large in part.
    for (const auto &[size, room] : {std::pair(100, 10), std::pair(1'000'000, 100'000)}) {
        const auto written = [&, size = size, room = room] {
            const SmallFiles limit(room);
            return writeLocalFile(path, QByteArray(size, 'x'));
        }();
        ASSERT_FALSE(written) << size;
        EXPECT_EQ(written.error().kind, ErrorKind::File);
        EXPECT_EQ(written.error().summary, QStringLiteral("The disk takes no file of that size"));
        EXPECT_EQ(readLocalFile(path, 100).value_or("unread"), "before");
    }
    const QByteArray large(1'000'000, 'x');
    ASSERT_TRUE(writeLocalFile(path, large));
    EXPECT_EQ(readLocalFile(path, large.size()).value_or("unread"), large);
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

TEST_F(LocalFile, OnAFullDiskSaysThatThereIsNoRoom)
{
    if (geteuid() != 0 ||
        mount("none", qPrintable(folder.path()), "tmpfs", 0, "size=64k,mode=700") != 0)
        GTEST_SKIP() << "only root gets itself a small disk";
    const QString path = fileWith("before");
    const auto written = writeLocalFile(path, QByteArray(1'000'000, 'x'));
    const auto left = readLocalFile(path, 100);
    EXPECT_EQ(umount(qPrintable(folder.path())), 0);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().summary, QStringLiteral("There is no room left on the disk"));
    EXPECT_EQ(left.value_or("unread"), "before");
}
