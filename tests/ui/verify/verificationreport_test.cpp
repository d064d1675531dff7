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
    EXPECT_EQ(count(outcome.output, "\n  passed "), 8) << qPrintable(outcome.output);
    for (const char *said : {"1. Borealis Capital, ", ": usable\n", "Usable: 1 of 1.",
                             "Checked against the signer that you named."})
        EXPECT_EQ(count(outcome.output, said), 1) << said << '\n' << qPrintable(outcome.output);
    EXPECT_EQ(count(outcome.output, qPrintable(sampleWallet(1))), 1);
}

TEST_F(VerificationReport, OnePermitThatFailsSpoilsTheWhole)
{
    permits << exportedPermit(entity, sampleWallet(2),
                              samplePermit(entity, sampleWallet(3), startOfLife), startOfLife);
    for (const QString &signer : {sampleSigner(), QString()}) {
        const VerifyOutcome outcome = verified(signer);
        EXPECT_EQ(outcome.exitCode, 1);
        EXPECT_EQ(count(outcome.output, "NOT USABLE"), 1);
        EXPECT_EQ(count(outcome.output, "\n  failed       wallet "), 1)
            << qPrintable(outcome.output);
        EXPECT_EQ(count(outcome.output, signer.isEmpty() ? "Usable: 0 of 2. Not confirmed: 1."
                                                         : "Usable: 1 of 2.\n"),
                  1);
    }
}

TEST_F(VerificationReport, TheClockAndTheGivenSignerDecide)
{
    EXPECT_EQ(verified(sampleSigner(), startOfLife + 599).exitCode, 0);
    EXPECT_EQ(verified(sampleSigner(), startOfLife + 600).exitCode, 1);
    EXPECT_EQ(verified(sampleWallet(7)).exitCode, 1);
}

TEST_F(VerificationReport, SaysThatTheFilesOwnWordProvesLittle)
{
    const VerifyOutcome outcome = verified();
    EXPECT_EQ(outcome.exitCode, 3);
    for (const char *said :
         {"Whoever made the file could name anybody", ": usable if the signer is right\n",
          "Usable: 0 of 1. Not confirmed: 1."})
        EXPECT_EQ(count(outcome.output, said), 1) << said << '\n' << qPrintable(outcome.output);
    // Wallet, sale and entity are the file's own words, too, whoever is known to sign.
    for (const QString &signer : {QString(), sampleSigner()}) {
        const QString output = verified(signer).output;
        EXPECT_EQ(count(output, "that the file names"), 3) << qPrintable(output);
        EXPECT_EQ(count(output, "that the file itself names, which confirms nothing"),
                  signer.isEmpty() ? 1 : 0)
            << qPrintable(output);
        EXPECT_EQ(count(output, "asked for"), 0);
    }
}

TEST_F(VerificationReport, SignerNamedHereIsEnoughAndOneSeenBeforeIsNot)
{
    ASSERT_TRUE(writeExport(path, permits[0].replyText));
    const auto known = [](const QString &signer, bool seenBefore) {
        return KnownSigner{sampleSale().saleUuid, QStringLiteral("Example"), signer, seenBefore};
    };
    EXPECT_EQ(verifyPermitFile(path, {known(sampleSigner(), false)}, {}, startOfLife).exitCode, 0);
    const VerifyOutcome seen =
        verifyPermitFile(path, {known(sampleSigner(), true)}, {}, startOfLife);
    EXPECT_EQ(seen.exitCode, 3);
    EXPECT_EQ(count(seen.output, "\n  not-checked  signature "), 1) << qPrintable(seen.output);
    EXPECT_EQ(count(seen.output, "Having been seen confirms nothing"), 1);
    EXPECT_EQ(count(seen.output, "\n  not-checked  contract "), 1);
    // Another one seen before: a change between two unconfirmed, and no verdict.
    const VerifyOutcome other =
        verifyPermitFile(path, {known(sampleWallet(5), true)}, {}, startOfLife);
    EXPECT_EQ(other.exitCode, 3);
    EXPECT_EQ(count(other.output, "Do not use"), 0);
    EXPECT_EQ(verifyPermitFile(path, {known(sampleWallet(5), false)}, {}, startOfLife).exitCode, 1);
    // The person who verifies confirms.
    EXPECT_EQ(verifyPermitFile(path, {known(sampleWallet(5), true)}, sampleSigner(), startOfLife)
                  .exitCode,
              0);
}

TEST_F(VerificationReport, BareReplyOfAnUnknownSaleIsNotConfirmed)
{
    ASSERT_TRUE(writeExport(path, permits[0].replyText));
    const VerifyOutcome unknown = verifyPermitFile(path, {}, {}, startOfLife);
    EXPECT_EQ(unknown.exitCode, 3);
    EXPECT_EQ(count(unknown.output, "\n  not-checked  signature "), 1);
    EXPECT_EQ(count(unknown.output, ": usable if the signer is right\n"), 1);
    EXPECT_EQ(verifyPermitFile(path, {}, sampleSigner(), startOfLife).exitCode, 0);
    EXPECT_EQ(verifyPermitFile(path, {}, sampleWallet(5), startOfLife).exitCode, 1);
}

TEST_F(VerificationReport, SolanaSignatureThatNobodyCheckedIsNotConfirmed)
{
    const QByteArray solana =
        R"({"PermitJSON":{"SaleSpecificEntityID":"088944bd-e0a1-c380-4a33-a75561ef245b",)"
        R"("SaleUUID":"0x66561f11b97e888aa7c19e35693d7a8f",)"
        R"("Wallet":"EuaMEX3ehaSdmP1CGudtMmp3UH9MYiv2JZe11Sy9iRYK",)"
        R"("ExpiresAt":18446744073709551615,"MinAmount":1,"MaxAmount":18446744073709551615,)"
        R"("MinPrice":1,"MaxPrice":2,"OpensAt":1,"ClosesAt":18446744073709551615,)"
        R"("Payload":"0x"},"Signature":"0x)" +
        QByteArray(64, '\x5a').toHex() + R"("})";
    ASSERT_TRUE(writeExport(path, solana));
    const VerifyOutcome outcome = verifyPermitFile(path, {}, {}, startOfLife);
    EXPECT_EQ(outcome.exitCode, 3) << qPrintable(outcome.output + outcome.error);
    EXPECT_EQ(count(outcome.output, "solana: usable if the signer is right\n"), 1);
    // Against any key it is what it is: no signature.
    EXPECT_EQ(verifyPermitFile(path, {},
                               QStringLiteral("3XxHCh947y1PAMK5y8oecBtaLU7TtTj9r4yMYwzFbJYs"),
                               startOfLife)
                  .exitCode,
              1);
}

TEST_F(VerificationReport, AllocationIsNotConfirmedWhoeverIsNamed)
{
    const QByteArray allocation =
        R"({"PermitJSON":{"Permit":{"EntityID":"0x00112233445566778899aabbccddeeff",)"
        R"("SaleUUID":"0xa1a2a3a4b1b2c1c2d1d2d3d4d5d6d7d8",)"
        R"("Wallet":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8",)"
        R"("ExpiresAt":18446744073709551615,"Payload":"0x"},"ReservedAmount":"5",)"
        R"("MaxAmount":"6","MinAmount":"5"},"Signature":"0x)" +
        permits[0].permit.signature.toHex() + R"("})";
    ASSERT_TRUE(writeExport(path, allocation));
    for (const QString &signer : {QString(), sampleSigner()}) {
        const VerifyOutcome outcome = verifyPermitFile(path, {}, signer, startOfLife);
        EXPECT_EQ(outcome.exitCode, 3) << qPrintable(outcome.output + outcome.error);
        EXPECT_EQ(count(outcome.output, "Checked against the signer"), 0);
    }
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
