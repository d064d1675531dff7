// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/commitmentexport.h"

#include "app/base/hex.h"
#include "tests/permits/commitmentsamples.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <gtest/gtest.h>

namespace sonar {

using namespace test;

namespace {

BidUnderPermit sampleCommitment(qint64 now = test::sampleNow)
{
    ExportedPermit exported;
    exported.wallet = test::sampleExpectation().wallet;
    exported.permit = test::samplePermit();
    exported.replyText = test::replyOf(exported.permit);
    exported.verification = verifyPermit(exported.permit, test::sampleExpectation(), now);
    return {exported, {true, 15, 5'000'000}, 2'000'000};
}

QByteArray written(WalletForm form, const BidUnderPermit &commitment = sampleCommitment(),
                   const Sale &sale = saleOnChain())
{
    return writtenAll(form, {commitment}, sale);
}

} // namespace

TEST(CommitmentExport, CalldataIsTwoLinesOfHexAndWordsAboutThem)
{
    const QByteArray text = written(WalletForm::Calldata);
    const auto calls = callsOf(sampleCommitment());
    EXPECT_EQ(bareLines(text),
              (QByteArrayList{toHex(calls[0].data).toUtf8(), toHex(calls[1].data).toUtf8()}));
    for (const char *said :
         {"New total 5 USDC at price 15, with lock-up. Approves 2 USDC.",
          "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "2027-01-15 08:10:00 UTC",
          "payment token 0x036CbD53842c5426634e7929541eC2318f3dCF7e",
          "sale contract 0x810AAA10E6C3A8Cf0D968c7B8379739304b500B0"})
        EXPECT_TRUE(text.contains(said)) << said << '\n' << text.constData();
    EXPECT_FALSE(text.contains("WARNING"));
}

TEST(CommitmentExport, NumberInWordsIsTheSameForEveryReader)
{
    // "1,500" would be one and a half to many.
    BidUnderPermit commitment = sampleCommitment();
    commitment.bid.amount = 1'500'500'000;
    commitment.bid.price = 12'000;
    commitment.approval = 1'500'000'000;
    EXPECT_TRUE(written(WalletForm::Calldata, commitment)
                    .contains("New total 1500.5 USDC at price 12000, with lock-up. Approves 1500 "
                              "USDC."));
}

TEST(CommitmentExport, CastCommandsAreAScriptThatRunsNothingElse)
{
    Sale sale = saleOnChain();
    sale.chain->paymentTokenSymbol = QStringLiteral("X\nid\u2028id\r`id`");
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"));
    // A cast of ours says what it was asked for.
    shell.write("cast() { printf '%s|' \"$@\"; echo; }\n" +
                written(WalletForm::CastCommands, sampleCommitment(), sale));
    shell.closeWriteChannel();
    ASSERT_TRUE(shell.waitForFinished());
    EXPECT_TRUE(shell.readAllStandardError().isEmpty());
    const auto calls = callsOf(sampleCommitment());
    QByteArray expected;
    for (const ContractCall &call : calls)
        expected += "send|--chain|84532|--from|0x70997970C51812dc3A010C7d01b50e0d17dc79C8|" +
                    call.to.toUtf8() + '|' + toHex(call.data).toUtf8() + "|\n";
    EXPECT_EQ(shell.readAllStandardOutput(), expected);
}

TEST(CommitmentExport, CastScriptStopsWhenTheApprovalFails)
{
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"));
    shell.write("cast() { echo called; return 3; }\n" + written(WalletForm::CastCommands) +
                "echo ended $?\n");
    shell.closeWriteChannel();
    ASSERT_TRUE(shell.waitForFinished());
    EXPECT_TRUE(shell.readAllStandardError().isEmpty());
    EXPECT_EQ(shell.readAllStandardOutput(), "called\nended 3\n");
}

TEST(CommitmentExport, SignerThatIsNotConfirmedIsNoted)
{
    BidUnderPermit commitment = sampleCommitment();
    EXPECT_FALSE(written(WalletForm::Calldata, commitment).contains("NOTE"));
    PermitExpectation expected = test::sampleExpectation();
    expected.signer.clear();
    commitment.permit.verification =
        verifyPermit(commitment.permit.permit, expected, test::sampleNow);
    for (const WalletForm form : {WalletForm::Calldata, WalletForm::CastCommands,
                                  WalletForm::SafeBatch, WalletForm::PhoneLink}) {
        EXPECT_TRUE(written(form, commitment).contains("NOTE: Who signed")) << int(form);
        EXPECT_FALSE(written(form, commitment).contains("WARNING"));
    }
}

TEST(CommitmentExport, KeyOfTheChainsServerStaysHere)
{
    Sale sale = saleOnChain();
    sale.chain->rpcUrl = QUrl(QStringLiteral("https://rpc.example/v2/KEY"));
    for (const WalletForm form : {WalletForm::Calldata, WalletForm::CastCommands,
                                  WalletForm::SafeBatch, WalletForm::PhoneLink})
        EXPECT_FALSE(written(form, sampleCommitment(), sale).contains("KEY"));
    const QByteArray script = written(WalletForm::CastCommands, sampleCommitment(), sale);
    EXPECT_TRUE(script.contains("# Set ETH_RPC_URL, or add --rpc-url")) << script.constData();
    sale.chain->rpcUrl = QUrl(QStringLiteral("https://rpc.example"));
    const QByteArray bare = written(WalletForm::CastCommands, sampleCommitment(), sale);
    EXPECT_EQ(bare.count("--rpc-url https://rpc.example "), 2) << bare.constData();
    EXPECT_FALSE(bare.contains("ETH_RPC_URL"));
}

TEST(CommitmentExport, SafeBatchIsForTheSafeThatThePermitNames)
{
    const QJsonObject batch = QJsonDocument::fromJson(written(WalletForm::SafeBatch)).object();
    const QJsonObject meta = batch[QLatin1String("meta")].toObject();
    EXPECT_EQ(meta[QLatin1String("createdFromSafeAddress")].toString(),
              test::sampleExpectation().wallet);
    EXPECT_EQ(meta[QLatin1String("checksum")].toString(), safeBatchChecksum(batch));
    EXPECT_EQ(batch[QLatin1String("createdAt")].toVariant().toLongLong(), test::sampleNow * 1000);
}

TEST(CommitmentExport, LinkIsForTheApprovalAlone)
{
    EXPECT_EQ(written(WalletForm::PhoneLink),
              "ethereum:0x036CbD53842c5426634e7929541eC2318f3dCF7e@84532/approve?address="
              "0x810AAA10E6C3A8Cf0D968c7B8379739304b500B0&uint256=2000000\n");
}

TEST(CommitmentExport, PermitThatFailedAChecksIsMarkedInEveryForm)
{
    const BidUnderPermit expired = sampleCommitment(test::sampleNow + 3000);
    ASSERT_FALSE(expired.permit.verification.usable());
    for (const WalletForm form : {WalletForm::Calldata, WalletForm::CastCommands,
                                  WalletForm::SafeBatch, WalletForm::PhoneLink}) {
        const QByteArray text = written(form, expired);
        EXPECT_TRUE(text.contains("WARNING")) << text.constData();
        EXPECT_TRUE(text.contains("not-expired: Expired at")) << text.constData();
    }
}

TEST(CommitmentExport, NamesEveryValueOfTheSaleThatIsMissing)
{
    EXPECT_TRUE(missingChainValues(saleOnChain()).isEmpty());
    EXPECT_EQ(missingChainValues({}).size(), 3);
    Sale sale = saleOnChain();
    sale.chain->paymentToken = QStringLiteral("0x12");
    EXPECT_EQ(missingChainValues(sale), QStringList{QStringLiteral("payment token")});
    EXPECT_TRUE(
        written(WalletForm::Calldata, sampleCommitment(), sale).startsWith("error: The payment"));
    EXPECT_TRUE(commitmentPieces(WalletForm::Calldata, sale, sampleCommitment()).isEmpty());
}

TEST(CommitmentExport, OtherTypesAreRefusedWithTheReason)
{
    EXPECT_TRUE(whyNoCommitment(test::samplePermit()).isEmpty());
    for (const PermitType type :
         {PermitType::Basic, PermitType::BasicV2, PermitType::Allocation, PermitType::Solana}) {
        BidUnderPermit commitment = sampleCommitment();
        commitment.permit.permit.type = type;
        EXPECT_FALSE(whyNoCommitment(commitment.permit.permit).isEmpty());
        EXPECT_TRUE(written(WalletForm::CastCommands, commitment).startsWith("error: "));
    }
}

TEST(CommitmentExport, PiecesAreBare)
{
    const BidUnderPermit commitment = sampleCommitment();
    const auto calls = callsOf(commitment);
    EXPECT_EQ(commitmentPieces(WalletForm::Calldata, saleOnChain(), commitment),
              (QStringList{toHex(calls[0].data), toHex(calls[1].data)}));
    const QStringList commands =
        commitmentPieces(WalletForm::CastCommands, saleOnChain(), commitment);
    ASSERT_EQ(commands.size(), 2);
    EXPECT_TRUE(commands[1].startsWith(QLatin1String("cast send ")));
    EXPECT_TRUE(commitmentPieces(WalletForm::SafeBatch, saleOnChain(), commitment).isEmpty());
}

} // namespace sonar
