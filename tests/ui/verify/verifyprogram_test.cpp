// SPDX-License-Identifier: GPL-3.0-or-later
// sonar-desktop --verify as a program: no display, no session bus, a home that isn't touched.
#include "app/config/preferences.h"
#include "app/permits/permitexport.h"
#include "tests/ui/permits/samples.h"

#include <QDir>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <sys/stat.h>

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
        bare.insert(QStringLiteral("LC_ALL"),
                    QStringLiteral("C.UTF-8")); // newer Qt warns of others
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
    static ExportedPermit livingPermit(int wallet = 1)
    {
        const qint64 now = systemClock().unixSeconds();
        const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"), 1);
        return exportedPermit(entity, sampleWallet(wallet),
                              samplePermit(entity, sampleWallet(wallet), now), now);
    }
    QString fileWith(const QByteArray &content) const
    {
        const QString path = files.filePath(QStringLiteral("permits.json"));
        EXPECT_TRUE(writeExport(path, content));
        return path;
    }
    QString exportedFile() const
    {
        return fileWith(permitsAsJson({livingPermit()}, sampleSale(), QDateTime()));
    }
    Ended verify(const QString &path) const { return run({QStringLiteral("--verify"), path}); }

    QTemporaryDir home;
    QTemporaryDir files;
};

} // namespace

TEST_F(VerifyProgram, PrintsTheChecksAndEndsWithZero)
{
    const Ended ended = run(
        {QStringLiteral("--verify"), exportedFile(), QStringLiteral("--signer"), sampleSigner()});
    EXPECT_EQ(ended.exitCode, 0) << ended.error.constData();
    EXPECT_EQ(ended.output.count("\n  passed "), 8) << ended.output.constData();
    EXPECT_TRUE(ended.error.isEmpty()) << ended.error.constData();
    EXPECT_TRUE(QDir(home.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

TEST_F(VerifyProgram, EndsWithThreeForABareReplyOfAnUnknownSale)
{
    const Ended ended = verify(fileWith(livingPermit().replyText));
    EXPECT_EQ(ended.exitCode, 3) << ended.error.constData();
    EXPECT_EQ(ended.output.count("\n  not-checked  signature "), 1) << ended.output.constData();
    EXPECT_TRUE(ended.output.contains("usable if the signer is right"));
}

TEST_F(VerifyProgram, EndsWithThreeForASolanaPermitWithAnySignature)
{
    const Ended ended = verify(
        fileWith(R"({"PermitJSON":{"SaleSpecificEntityID":"088944bde0a1c3804a33a75561ef245b",)"
                 R"("SaleUUID":"66561f11b97e888aa7c19e35693d7a8f",)"
                 R"("Wallet":"EuaMEX3ehaSdmP1CGudtMmp3UH9MYiv2JZe11Sy9iRYK",)"
                 R"("ExpiresAt":18446744073709551615,"MinAmount":1,"MaxAmount":2,"MinPrice":1,)"
                 R"("MaxPrice":2,"OpensAt":1,"ClosesAt":18446744073709551615,"Payload":"0x"},)"
                 R"("Signature":")" +
                 QByteArray(64, '\x5a').toHex() + R"("})"));
    EXPECT_EQ(ended.exitCode, 3) << ended.output.constData() << ended.error.constData();
}

TEST_F(VerifyProgram, KnowsTheSalesOfThePreferences)
{
    const QDir folder(home.filePath(QStringLiteral(".config/sonar-desktop/sonar-desktop")));
    ASSERT_TRUE(folder.mkpath(QStringLiteral(".")));
    const QString path = folder.filePath(QStringLiteral("preferences.ini"));
    const auto verifiedWith = [&](const QString &signer, const QString &firstSeen) {
        QFile::remove(path);
        Sale sale = sampleSale();
        sale.permitSigner = signer;
        {
            Preferences preferences(path); // writes when it goes
            preferences.setSales({sale});
            if (!firstSeen.isEmpty())
                preferences.setFirstSeenSigner(sale.serviceId(), sale.saleUuid, firstSeen);
        }
        return verify(exportedFile());
    };
    const Ended named = verifiedWith(sampleSigner(), {});
    EXPECT_EQ(named.exitCode, 0) << named.output.constData() << named.error.constData();
    EXPECT_TRUE(named.output.contains("as you have it in Sonar Desktop"));
    EXPECT_EQ(verifiedWith({}, sampleSigner()).exitCode, 3) << "on having been seen before alone";
    EXPECT_EQ(verifiedWith({}, {}).exitCode, 3) << "on the file's own word alone";
    EXPECT_EQ(verifiedWith(sampleWallet(5), {}).exitCode, 1) << "the file's word won";
}

TEST_F(VerifyProgram, OneUnusablePermitAmongSeveralSpoilsTheFile)
{
    ExportedPermit misdirected = livingPermit(2);
    misdirected.wallet = sampleWallet(3);
    const Ended ended = run({QStringLiteral("--verify"),
                             fileWith(permitsAsJson({livingPermit(), misdirected, livingPermit(4)},
                                                    sampleSale(), QDateTime())),
                             QStringLiteral("--signer"), sampleSigner()});
    EXPECT_EQ(ended.exitCode, 1) << ended.error.constData();
    EXPECT_EQ(ended.output.count(": usable\n"), 2) << ended.output.constData();
    EXPECT_EQ(ended.output.count("NOT USABLE"), 1);
    EXPECT_TRUE(ended.output.contains("\n3. Borealis Capital, "));
}

TEST_F(VerifyProgram, RefusesAPipeAtOnce)
{
    const QString pipe = files.filePath(QStringLiteral("pipe"));
    ASSERT_EQ(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
    const Ended ended = verify(pipe);
    EXPECT_EQ(ended.exitCode, 2);
    EXPECT_TRUE(ended.error.contains("no regular file")) << ended.error.constData();
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
