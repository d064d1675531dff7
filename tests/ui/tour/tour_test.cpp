// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitimport.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

class Tour : public ::testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(m_world.isValid());
        ASSERT_TRUE(QDir(m_world.path()).mkdir(QStringLiteral("home")));
    }

    void run(QProcessEnvironment environment)
    {
        environment.insert(QStringLiteral("HOME"), m_world.filePath(QStringLiteral("home")));
        for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
            environment.remove(QLatin1String(name));
        // Fonts and the like may be cached anywhere but at home.
        environment.insert(QStringLiteral("XDG_CACHE_HOME"), m_world.path());
        QProcess program;
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(DESKTOP_PROGRAM), {QStringLiteral("--tour"), folder()});
        ASSERT_TRUE(program.waitForFinished(360'000));
        ASSERT_EQ(program.exitStatus(), QProcess::NormalExit);
        ASSERT_EQ(program.exitCode(), 0) << program.readAll().constData() << read("tour.txt");
    }

    QString folder() const { return m_world.filePath(QStringLiteral("tour")); }

    std::string read(const char *name) const
    {
        QFile file(folder() + QLatin1Char('/') + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }

    void expectPictures() const
    {
        const QStringList names = QDir(folder()).entryList({QStringLiteral("*.png")});
        EXPECT_GE(names.size(), 15);
        for (const QString &name : names) {
            const QImage picture(folder() + QLatin1Char('/') + name);
            EXPECT_EQ(picture.size(), QSize(1280, 800)) << qPrintable(name);
            // Text, lines, chips, anti-aliased: a blank picture has a handful.
            EXPECT_GT(coloursOf(picture), 40) << qPrintable(name) << " looks blank";
        }
    }

    void expectExports() const
    {
        const Result<PermitImport> read =
            readPermitImport(folder() + QStringLiteral("/permits.json"));
        ASSERT_TRUE(read) << qPrintable(read.error().report());
        EXPECT_GE(read->permits.size(), 5);
        for (const ImportedPermit &permit : read->permits) {
            EXPECT_TRUE(permit.replyText.contains("\"PermitJSON\""));
            EXPECT_TRUE(permit.replyText.contains("\"Signature\""));
        }
        const std::string csv = this->read("permits.csv");
        EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), read->permits.size() + 1);
    }

    void expectNothingElse() const
    {
        const QDir home(m_world.filePath(QStringLiteral("home")));
        const QStringList left =
            home.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        EXPECT_TRUE(left.isEmpty()) << qPrintable(left.join(QLatin1Char(' ')));
    }

private:
    static qsizetype coloursOf(const QImage &picture)
    {
        QSet<QRgb> colours;
        for (int y = 0; y < picture.height(); y += 2) {
            for (int x = 0; x < picture.width(); x += 2)
                colours.insert(picture.pixel(x, y));
        }
        return colours.size();
    }

    QTemporaryDir m_world;
};

} // namespace

TEST_F(Tour, WithKeychainEveryStepWorksAndTheSessionOutlivesARestart)
{
    ASSERT_NO_FATAL_FAILURE(run(QProcessEnvironment::systemEnvironment()));
    expectPictures();
    expectExports();
    expectNothingElse();
    EXPECT_NE(read("tour.txt").find("connected, and still dark"), std::string::npos)
        << read("tour.txt");
}

TEST_F(Tour, WithoutKeychainOrScreenTheSessionOnlyWayIsTakenAndSaid)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                       QStringLiteral("unix:path=/nonexistent/bus"));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.remove(QStringLiteral("DISPLAY"));
    ASSERT_NO_FATAL_FAILURE(run(environment));
    expectPictures();
    expectExports();
    expectNothingElse();
    EXPECT_NE(read("tour.txt").find("no keychain here"), std::string::npos) << read("tour.txt");
}
