// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandline.h"

#include <QDir>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

CommandLine parsed(const QStringList &arguments)
{
    QByteArrayList raw{"sonar-desktop"};
    for (const QString &argument : arguments)
        raw << argument.toUtf8();
    return parseCommandLine(raw);
}

} // namespace

TEST(CommandLine, NothingMeansTheWindow)
{
    const CommandLine line = parsed({});
    EXPECT_FALSE(line.exitCode);
    EXPECT_FALSE(line.sandbox);
    EXPECT_TRUE(line.saleFile.isEmpty());
    EXPECT_EQ(line.logLevel, LogLevel::Warning);
}

TEST(CommandLine, TakesItsOptions)
{
    const CommandLine line =
        parsed({QStringLiteral("--sandbox"), QStringLiteral("--sale"),
                QStringLiteral("one.sonarsale"), QStringLiteral("--log-level=debug"),
                QStringLiteral("--tour"), QStringLiteral("pictures")});
    EXPECT_FALSE(line.exitCode) << qPrintable(line.output);
    EXPECT_TRUE(line.sandbox);
    EXPECT_EQ(line.saleFile, QDir::current().absoluteFilePath(QStringLiteral("one.sonarsale")));
    EXPECT_EQ(line.tourFolder, QDir::current().absoluteFilePath(QStringLiteral("pictures")));
    EXPECT_EQ(line.logLevel, LogLevel::Debug);
}

TEST(CommandLine, VerifyTakesAFileAndASigner)
{
    const QString signer = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    const CommandLine line = parsed({QStringLiteral("--verify"), QStringLiteral("permits.json"),
                                     QStringLiteral("--signer"), signer});
    EXPECT_FALSE(line.exitCode) << qPrintable(line.output);
    EXPECT_EQ(line.verifyFile, QDir::current().absoluteFilePath(QStringLiteral("permits.json")));
    EXPECT_EQ(line.signer, signer);
    EXPECT_TRUE(parsed({QStringLiteral("--verify"), QStringLiteral("a.json")}).signer.isEmpty());
}

TEST(CommandLine, TakesAFileByItsKind)
{
    const CommandLine sale = parsed({QStringLiteral("two\nlines.SonarSale")});
    EXPECT_FALSE(sale.exitCode) << qPrintable(sale.output);
    EXPECT_EQ(sale.saleFile,
              QDir::current().absoluteFilePath(QStringLiteral("two\nlines.SonarSale")));
    EXPECT_TRUE(sale.permitFile.isEmpty());
    const CommandLine permits =
        parsed({QStringLiteral("permits.json"), QStringLiteral("--sandbox")});
    EXPECT_FALSE(permits.exitCode) << qPrintable(permits.output);
    EXPECT_EQ(permits.permitFile, QDir::current().absoluteFilePath(QStringLiteral("permits.json")));
    EXPECT_TRUE(permits.saleFile.isEmpty());
    EXPECT_TRUE(permits.verifyFile.isEmpty());
}

TEST(CommandLine, NamesThatArentUtf8AreRefusedAsSuch)
{
    for (const QByteArrayList &arguments :
         {QByteArrayList{"--verify", "x\xf0.json"}, QByteArrayList{"--sale=\xff.sonarsale"},
          QByteArrayList{"\xc3.sonarsale"}}) {
        const CommandLine line = parseCommandLine(QByteArrayList{"sonar-desktop"} + arguments);
        EXPECT_EQ(line.exitCode, 2);
        EXPECT_TRUE(line.output.contains(QLatin1String("UTF-8"))) << qPrintable(line.output);
    }
}

TEST(CommandLine, HelpAndVersionAreAnswers)
{
    const CommandLine help = parsed({QStringLiteral("--help")});
    EXPECT_EQ(help.exitCode, 0);
    for (const char *option :
         {"--sandbox", "--sale", "--tour", "--verify", "--signer", "--log-level", "--version"})
        EXPECT_TRUE(help.output.contains(QLatin1String(option))) << option;
    // Every code that --verify ends with.
    for (const char *code : {"0 when", "1 when", "2 when", "3 when"})
        EXPECT_TRUE(help.output.simplified().contains(QLatin1String(code))) << code;
    const CommandLine version = parsed({QStringLiteral("--version")});
    EXPECT_EQ(version.exitCode, 0);
    EXPECT_TRUE(version.output.contains(QLatin1String(SONAR_VERSION)));
}

TEST(CommandLine, MistakesEndWithTwoAndNameWhatIsWrong)
{
    const QList<std::pair<QStringList, QString>> mistakes{
        {{QStringLiteral("--sandbocks")}, QStringLiteral("sandbocks")},
        {{QStringLiteral("stray.pdf")}, QStringLiteral("stray.pdf")},
        {{QStringLiteral("a.json"), QStringLiteral("b.json")}, QStringLiteral("b.json")},
        {{QStringLiteral("a.json"), QStringLiteral("--sale=b")}, QStringLiteral("a.json")},
        {{QStringLiteral("a.json"), QStringLiteral("--verify=b")}, QStringLiteral("a.json")},
        {{QStringLiteral("--log-level"), QStringLiteral("loud")}, QStringLiteral("loud")},
        {{QStringLiteral("--sale")}, QStringLiteral("sale")},
        {{QStringLiteral("--verify")}, QStringLiteral("verify")},
        {{QStringLiteral("--signer"), QStringLiteral("0x12")}, QStringLiteral("verify")},
        {{QStringLiteral("--verify=a"), QStringLiteral("--signer=0x12")}, QStringLiteral("0x12")},
        {{QStringLiteral("--sale=")}, QStringLiteral("sale")}};
    for (const auto &[arguments, named] : mistakes) {
        const CommandLine line = parsed(arguments);
        EXPECT_EQ(line.exitCode, 2) << qPrintable(arguments.join(QLatin1Char(' ')));
        EXPECT_TRUE(line.output.contains(named)) << qPrintable(line.output);
    }
}

TEST(CommandLine, LeavesQtItsOwnOptions)
{
    const CommandLine line =
        parsed({QStringLiteral("-platform"), QStringLiteral("offscreen"),
                QStringLiteral("--style=fusion"), QStringLiteral("--sandbox")});
    EXPECT_FALSE(line.exitCode) << qPrintable(line.output);
    EXPECT_TRUE(line.sandbox);
}
