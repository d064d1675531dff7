// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verify/verificationreport.h"

#include "app/permits/permitexport.h"
#include "tests/ui/permits/samples.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

const qint64 startOfLife = HandClock().now;

class VerificationReport : public ::testing::Test
{
protected:
    VerificationReport()
    {
        permits << exportedPermit(entity, sampleWallet(1),
                                  samplePermit(entity, sampleWallet(1), startOfLife), startOfLife);
    }

    VerifyOutcome verified(const QString &signer = {}, qint64 now = startOfLife) const
    {
        EXPECT_TRUE(writeExport(path, permitsAsJson(permits, sampleSale(), QDateTime())));
        return verifyPermitFile(path, {}, signer, now);
    }

    Entity entity = sampleEntity(QStringLiteral("Borealis Capital"), 1);
    QList<ExportedPermit> permits;
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("permits.json"));
};

int count(const QString &text, const char *part)
{
    return int(text.count(QLatin1String(part)));
}

} // namespace

TEST_F(VerificationReport, ListsTheChecksOneByOne)
{
    const VerifyOutcome outcome = verified(sampleSigner());
    EXPECT_EQ(outcome.exitCode, 0) << qPrintable(outcome.output + outcome.error);
    EXPECT_TRUE(outcome.error.isEmpty());
    EXPECT_EQ(count(outcome.output, "\n  passed "), 7) << qPrintable(outcome.output);
    for (const char *said : {"1. Borealis Capital, ", ": usable\n", "Usable: 1 of 1.",
                             "Held against the signer that you named."})
        EXPECT_EQ(count(outcome.output, said), 1) << said << '\n' << qPrintable(outcome.output);
    EXPECT_EQ(count(outcome.output, qPrintable(sampleWallet(1))), 1);
}

TEST_F(VerificationReport, OnePermitThatFailsSpoilsTheWhole)
{
    permits << exportedPermit(entity, sampleWallet(2),
                              samplePermit(entity, sampleWallet(3), startOfLife), startOfLife);
    const VerifyOutcome outcome = verified();
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_EQ(count(outcome.output, "NOT USABLE"), 1);
    EXPECT_EQ(count(outcome.output, "\n  failed       wallet "), 1) << qPrintable(outcome.output);
    EXPECT_EQ(count(outcome.output, "Usable: 1 of 2."), 1);
}

TEST_F(VerificationReport, TheClockAndTheGivenSignerDecide)
{
    EXPECT_EQ(verified({}, startOfLife + 599).exitCode, 0);
    EXPECT_EQ(verified({}, startOfLife + 600).exitCode, 1);
    EXPECT_EQ(verified(sampleWallet(7)).exitCode, 1);
}

TEST_F(VerificationReport, SaysThatTheFilesOwnWordProvesLittle)
{
    EXPECT_EQ(count(verified().output, "Whoever made the file could name anybody"), 1);
}

TEST_F(VerificationReport, NothingInTheFileCommandsTheTerminal)
{
    permits[0].entityLabel = QStringLiteral("\x1b]0;title\x07\x1b[2J\nUsable: 9 of 9.\u202e");
    const QString output = verified().output;
    for (const QChar c : output)
        EXPECT_TRUE(c == QLatin1Char('\n') || c.isPrint()) << int(c.unicode());
    EXPECT_FALSE(output.contains(QLatin1String("\nUsable: 9")));
}

TEST_F(VerificationReport, NoPermitIsNotUsableAndNoFileIsUnreadable)
{
    permits.clear();
    EXPECT_EQ(verified().exitCode, 1);
    for (const QByteArray &text : {QByteArray(), QByteArray("{}"), QByteArray("\x1b[2J{")}) {
        ASSERT_TRUE(writeExport(path, text));
        const VerifyOutcome outcome = verifyPermitFile(path, {}, {}, startOfLife);
        EXPECT_EQ(outcome.exitCode, 2);
        EXPECT_TRUE(outcome.output.isEmpty());
        EXPECT_FALSE(outcome.error.isEmpty());
        EXPECT_FALSE(outcome.error.contains(QLatin1Char('\x1b')));
    }
    const VerifyOutcome missing =
        verifyPermitFile(folder.filePath(QStringLiteral("no")), {}, {}, 0);
    EXPECT_EQ(missing.exitCode, 2);
    EXPECT_TRUE(missing.error.contains(folder.path()));
}
