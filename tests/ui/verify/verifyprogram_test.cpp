// SPDX-License-Identifier: GPL-3.0-or-later
// sonar-desktop --verify as a program: no display, no session bus, a home that isn't touched.
#include "app/permits/permitexport.h"
#include "tests/ui/permits/samples.h"

#include <QDir>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

class VerifyProgram : public ::testing::Test
{
protected:
    struct Ended
    {
        int exitCode;
        QByteArray output;
        QByteArray error;
    };
    Ended run(const QStringList &arguments) const
    {
        QProcessEnvironment bare;
        bare.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
        bare.insert(QStringLiteral("HOME"), home.path());
        for (const char *kept : {"ASAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH"}) {
            if (qEnvironmentVariableIsSet(kept))
                bare.insert(QLatin1String(kept), qEnvironmentVariable(kept));
        }
        QProcess program;
        program.setProcessEnvironment(bare);
        program.start(QStringLiteral(DESKTOP_PROGRAM), arguments);
        EXPECT_TRUE(program.waitForFinished());
        EXPECT_EQ(program.exitStatus(), QProcess::NormalExit);
        return {program.exitCode(), program.readAllStandardOutput(),
                program.readAllStandardError()};
    }

    /// A permit that lives from now on, for real.
    QString exportedFile() const
    {
        const qint64 now = systemClock().unixSeconds();
        const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"), 1);
        const ExportedPermit permit = exportedPermit(
            entity, sampleWallet(1), samplePermit(entity, sampleWallet(1), now), now);
        const QString path = files.filePath(QStringLiteral("permits.json"));
        EXPECT_TRUE(writeExport(path, permitsAsJson({permit}, sampleSale(), QDateTime())));
        return path;
    }

    QTemporaryDir home;
    QTemporaryDir files;
};

} // namespace

TEST_F(VerifyProgram, PrintsTheChecksAndEndsWithZero)
{
    const Ended ended = run(
        {QStringLiteral("--verify"), exportedFile(), QStringLiteral("--signer"), sampleSigner()});
    EXPECT_EQ(ended.exitCode, 0) << ended.error.constData();
    EXPECT_EQ(ended.output.count("\n  passed "), 7) << ended.output.constData();
    EXPECT_TRUE(ended.error.isEmpty()) << ended.error.constData();
    EXPECT_TRUE(QDir(home.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

TEST_F(VerifyProgram, EndsWithOneForWhatCannotBeUsed)
{
    const Ended ended = run(
        {QStringLiteral("--verify"), exportedFile(), QStringLiteral("--signer"), sampleWallet(5)});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.output.contains("NOT USABLE"));
}

TEST_F(VerifyProgram, EndsWithTwoForWhatCannotBeReadAndForMistakes)
{
    for (const QStringList &arguments :
         {QStringList{QStringLiteral("--verify"), QStringLiteral("/no/such/file")},
          QStringList{QStringLiteral("--verify")},
          QStringList{QStringLiteral("--signer"), sampleSigner()},
          QStringList{QStringLiteral("--verify"), exportedFile(), QStringLiteral("--signer"),
                      QStringLiteral("0x12")}}) {
        const Ended ended = run(arguments);
        EXPECT_EQ(ended.exitCode, 2) << qPrintable(arguments.join(QLatin1Char(' ')));
        EXPECT_TRUE(ended.output.isEmpty());
        EXPECT_FALSE(ended.error.isEmpty());
    }
}
