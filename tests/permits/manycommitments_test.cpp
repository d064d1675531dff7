// SPDX-License-Identifier: GPL-3.0-or-later
// Several commitments in one export.
#include "app/base/hex.h"
#include "app/permits/commitmentremarks.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/commitmentsamples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <gtest/gtest.h>

namespace sonar {

using namespace test;

namespace {

BidUnderPermit commitment(const QString &label, char entity, char wallet)
{
    ExportedPermit exported;
    exported.entityLabel = label;
    exported.permit = test::samplePermit();
    exported.permit.entityId = QByteArray(16, entity);
    exported.permit.wallet = QByteArray(20, wallet);
    exported.wallet = checksummedAddress(exported.permit.wallet);
    exported.verification.checks = {{PermitCheckKind::Signature, CheckResult::Passed, {}}};
    const Uint256 amount = Uint256(int(entity)) * 1'000'000;
    return {exported, {true, 15, amount}, amount};
}

BidUnderPermit ada(char wallet = 1)
{
    return commitment(QStringLiteral("Ada Lovelace"), 5, wallet);
}

BidUnderPermit borealis(char wallet = 2)
{
    return commitment(QStringLiteral("Borealis & Co."), 6, wallet);
}

QByteArray runInShell(const QByteArray &script)
{
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"));
    shell.write(script);
    shell.closeWriteChannel();
    EXPECT_TRUE(shell.waitForFinished());
    return shell.readAllStandardOutput() + shell.readAllStandardError();
}

} // namespace

TEST(ManyCommitments, CalldataComesInBlocksThatNameEntityAndWallet)
{
    const QByteArray text = writtenAll(WalletForm::Calldata, {ada(), borealis()});
    QByteArrayList expected;
    for (const BidUnderPermit &one : {ada(), borealis()}) {
        for (const ContractCall &call : callsOf(one))
            expected << toHex(call.data).toUtf8();
    }
    EXPECT_EQ(bareLines(text), expected);
    const QByteArrayList blocks{text.left(text.indexOf("\n\n")), text.mid(text.indexOf("\n\n"))};
    EXPECT_TRUE(
        blocks[0].contains("1 of 2: entity Ada Lovelace, 0x05050505050505050505050505050505"))
        << text.constData();
    EXPECT_TRUE(blocks[0].contains("To be sent by " + ada().permit.wallet.toUtf8()));
    EXPECT_TRUE(blocks[1].contains("2 of 2: entity Borealis"));
    EXPECT_TRUE(blocks[1].contains("To be sent by " + borealis().permit.wallet.toUtf8()));
    EXPECT_FALSE(text.contains("NOTE"));
}

TEST(ManyCommitments, CastRunsApproveAndBidOfEachInOrder)
{
    const QByteArray printed =
        runInShell("cast() { for word; do :; done; echo \"$word\"; }\n" +
                   writtenAll(WalletForm::CastCommands, {borealis(), ada(2)}));
    QByteArray expected;
    for (const BidUnderPermit &one : {borealis(), ada(2)}) {
        for (const ContractCall &call : callsOf(one))
            expected += toHex(call.data).toUtf8() + '\n';
    }
    EXPECT_EQ(printed, expected);
}

TEST(ManyCommitments, BidIsHeldBackByItsOwnApprovalAlone)
{
    const QByteArray script = writtenAll(WalletForm::CastCommands, {ada(), borealis()});
    const QByteArray refused = ada().permit.wallet.toUtf8();
    // Whichever of Ada's is asked for first fails.
    const QByteArray printed =
        runInShell("cast() { case \"$*\" in *" + refused +
                   "*) echo refused; return 1;; esac; echo sent; }\n" + script);
    EXPECT_EQ(printed, "refused\nsent\nsent\n");
    // A comment between the two would end the chain in a shell that takes it for a command.
    EXPECT_EQ(script.count(" &&\ncast send "), 2) << script.constData();
}

TEST(ManyCommitments, CommentDoesNothingEvenWhereItIsTakenForACommand)
{
    QString label;
    for (char c = 1; c < 127; ++c)
        label += QLatin1Char(c);
    for (const QString &text :
         {label, QStringLiteral("a; echo ran"), QStringLiteral("a\necho ran"),
          QStringLiteral("a\u2028echo ran"), QStringLiteral("a\u0085echo ran"),
          QStringLiteral("$(echo ran >&2)"), QStringLiteral("`echo ran >&2`"),
          QStringLiteral("a & echo ran"), QStringLiteral("a || echo ran"), QStringLiteral("a' \"b"),
          QStringLiteral("a > ran"), QStringLiteral("a \\")}) {
        QByteArray script =
            writtenAll(WalletForm::CastCommands, {commitment(text, 5, 1), commitment(text, 6, 2)});
        for (const QByteArray &line : script.split('\n'))
            EXPECT_TRUE(line.isEmpty() || line.startsWith("# ") || line.startsWith("cast send "))
                << line.constData();
        // As in a shell that knows no comments when a text is pasted.
        script.replace("\n# ", "\n: ");
        script.replace(0, 2, ": ");
        EXPECT_EQ(runInShell("cast() { echo sent; }\n" + script), "sent\nsent\nsent\nsent\n")
            << script.constData();
    }
}

TEST(ManyCommitments, LabelStaysReadable)
{
    const QString line = commented({QStringLiteral("O'Brien (Cayman) & \u202eS\u00f6hne\n2")});
    EXPECT_EQ(line, QStringLiteral("# O\u2019Brien \u2039Cayman\u203a + S\u00f6hne 2\n"));
}

TEST(ManyCommitments, SafeBatchHoldsApproveAndBidOfEachInOrder)
{
    const QJsonObject batch =
        QJsonDocument::fromJson(writtenAll(WalletForm::SafeBatch, {ada(1), borealis(1)})).object();
    QStringList data;
    for (const QJsonValue call : batch[QLatin1String("transactions")].toArray())
        data << call[QLatin1String("data")].toString();
    QStringList expected;
    for (const BidUnderPermit &one : {ada(1), borealis(1)}) {
        for (const ContractCall &call : callsOf(one))
            expected << toHex(call.data);
    }
    EXPECT_EQ(data, expected);
    const QJsonObject meta = batch[QLatin1String("meta")].toObject();
    EXPECT_EQ(meta[QLatin1String("name")].toString(),
              QStringLiteral("2 commitments to Example sale"));
    EXPECT_EQ(meta[QLatin1String("createdFromSafeAddress")].toString(), ada(1).permit.wallet);
    EXPECT_EQ(meta[QLatin1String("checksum")].toString(), safeBatchChecksum(batch));
    const QString description = meta[QLatin1String("description")].toString();
    for (const char *said : {"1 of 2: entity Ada Lovelace", "2 of 2: entity Borealis & Co.",
                             "New total 5 USDC", "New total 6 USDC", "NOTE: "})
        EXPECT_TRUE(description.contains(QLatin1String(said))) << said;
}

TEST(ManyCommitments, SafeBatchOfTwoWalletsIsRefused)
{
    const auto text =
        commitmentText(WalletForm::SafeBatch, saleOnChain(), {ada(1), borealis(2)}, noon);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().kind, ErrorKind::InvalidInput);
    EXPECT_TRUE(text.error().summary.contains(QLatin1String("one Safe")));
}

TEST(ManyCommitments, LinkIsForOneAndNothingIsForNone)
{
    EXPECT_TRUE(writtenAll(WalletForm::PhoneLink, {ada(), borealis()}).startsWith("error: "));
    for (const WalletForm form : {WalletForm::Calldata, WalletForm::CastCommands,
                                  WalletForm::SafeBatch, WalletForm::PhoneLink})
        EXPECT_TRUE(writtenAll(form, {}).startsWith("error: ")) << int(form);
}

TEST(ManyCommitments, OneThatCannotBeMadeSpoilsTheWholeRatherThanGoingMissing)
{
    BidUnderPermit old = borealis();
    old.permit.permit.type = PermitType::BasicV2;
    EXPECT_TRUE(writtenAll(WalletForm::Calldata, {ada(), old}).startsWith("error: "));
}

TEST(ManyCommitments, EachPermitThatFailedIsMarkedInItsBlock)
{
    BidUnderPermit bad = borealis();
    bad.permit.verification.checks[0] = {PermitCheckKind::NotExpired, CheckResult::Failed,
                                         QStringLiteral("Expired at noon")};
    const QByteArray text = writtenAll(WalletForm::CastCommands, {ada(), bad});
    EXPECT_EQ(text.count("WARNING"), 1);
    EXPECT_GT(text.indexOf("WARNING"), text.indexOf("2 of 2"));
    EXPECT_TRUE(text.contains("not-expired: Expired at noon"));
}

TEST(ContractNotes, TellOfSharedWalletsAndSharedEntities)
{
    EXPECT_TRUE(contractNotes({}).isEmpty());
    EXPECT_TRUE(contractNotes({ada(1), borealis(2)}).isEmpty());
    const QStringList tied = contractNotes({ada(1), borealis(1)});
    ASSERT_EQ(tied.size(), 1);
    EXPECT_TRUE(tied[0].startsWith(
        QStringLiteral("%1 bids for 2 entities here.").arg(ada(1).permit.wallet)));
    const QStringList shared = contractNotes({ada(1), ada(2)});
    ASSERT_EQ(shared.size(), 1);
    EXPECT_TRUE(shared[0].contains(QLatin1String("bids from 2 wallets here.")));
    const QStringList several = contractNotes({ada(1), borealis(1), ada(2), borealis(2)});
    ASSERT_EQ(several.size(), 2);
    EXPECT_TRUE(several[0].contains(QLatin1String("and others bid for more than one entity")));
    EXPECT_TRUE(several[1].contains(QLatin1String("and others bid from more than one wallet")));
}

} // namespace sonar
