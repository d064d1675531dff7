// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitimport.h"

#include "app/permits/permitexport.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/samples.h"
#include "tests/permits/vectors.h"

#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTimeZone>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace sonar {

namespace {

const QDateTime moment = QDateTime::fromSecsSinceEpoch(test::sampleNow, QTimeZone::utc());

Sale signedSale()
{
    Sale sale;
    sale.name = QStringLiteral("Example sale");
    sale.saleUuid = test::sampleExpectation().saleUuid;
    sale.apiUrl = QUrl(QStringLiteral("https://api.echo.xyz"));
    sale.permitSigner = test::PermitSigner().address();
    Chain chain;
    chain.chainId = 84532;
    chain.paymentToken = QStringLiteral("0x036CbD53842c5426634e7929541eC2318f3dCF7e");
    chain.paymentTokenSymbol = QStringLiteral("USDC");
    chain.paymentTokenDecimals = 18;
    sale.chain = chain;
    return sale;
}

ExportedPermit exportedPermit(const QByteArray &reply, ChainType chain = ChainType::Evm)
{
    ExportedPermit exported;
    exported.entityLabel = QStringLiteral("Ada \"=1\" \u00e9");
    exported.saleSpecificEntityId = test::sampleExpectation().saleSpecificEntityId;
    exported.wallet = test::sampleExpectation().wallet;
    exported.replyText = reply;
    exported.permit = decodePermit(reply, chain).value();
    exported.receivedAt = moment;
    return exported;
}

QByteArray sampleExport()
{
    return permitsAsJson({exportedPermit(test::replyOf(test::samplePermit()))}, signedSale(),
                         moment);
}

std::string refusal(const QByteArray &text)
{
    const auto import = parsePermitImport(text);
    if (import) {
        ADD_FAILURE() << "taken: " << text.left(200).constData();
        return {};
    }
    EXPECT_EQ(import.error().kind, ErrorKind::Malformed);
    EXPECT_FALSE(import.error().advice.isEmpty());
    return import.error().details.toStdString();
}

QByteArray changed(QByteArray text, const QByteArray &from, const QByteArray &to)
{
    EXPECT_TRUE(text.contains(from)) << from.constData();
    return text.replace(from, to);
}

} // namespace

TEST(PermitImport, GivesBackWhatWasExported)
{
    const auto import = parsePermitImport(sampleExport());
    ASSERT_TRUE(import) << qPrintable(import.error().report());
    Sale withoutFile = signedSale();
    EXPECT_EQ(import->sale, withoutFile);
    ASSERT_EQ(import->permits.size(), 1);
    const ImportedPermit &permit = import->permits.front();
    EXPECT_EQ(permit.replyText, test::replyOf(test::samplePermit()));
    EXPECT_EQ(permit.permit, test::samplePermit());
    EXPECT_EQ(permit.entityLabel, QStringLiteral("Ada \"=1\" \u00e9"));
    EXPECT_EQ(permit.receivedAt, moment);
    EXPECT_EQ(permit.claimed.signerSource, SignerSource::Export);
    EXPECT_TRUE(verifyPermit(permit.permit, permit.claimed, test::sampleNow).usable());
    EXPECT_FALSE(verifyPermit(permit.permit, permit.claimed, test::sampleNow + 600).usable());
}

TEST(PermitImport, DecimalsThatNobodyKnowsAreNullAndStayUnknown)
{
    Sale sale = signedSale();
    sale.chain->paymentTokenDecimals.reset();
    const QByteArray text =
        permitsAsJson({exportedPermit(test::replyOf(test::samplePermit()))}, sale, moment);
    EXPECT_TRUE(text.contains("\"paymentTokenDecimals\": null")) << text.constData();
    for (const QByteArray &read : {text, changed(text, "\"paymentTokenDecimals\"", "\"x\"")}) {
        const auto import = parsePermitImport(read);
        ASSERT_TRUE(import) << qPrintable(import.error().report());
        ASSERT_TRUE(import->sale.chain);
        EXPECT_EQ(import->sale.chain->paymentTokenDecimals, std::nullopt);
    }
}

TEST(PermitImport, ReadsEveryVectorBackByteForByte)
{
    const auto documents = {std::pair("permit-vectors.json", ChainType::Evm),
                            std::pair("svm-permit-vectors.json", ChainType::Svm)};
    for (const auto &[file, chain] : documents) {
        const JsonDocument document = test::vectors(file); // the values are views of it
        QList<ExportedPermit> exported;
        for (const JsonValue &vector : test::list(document, "permits"))
            exported << exportedPermit(test::utf8(vector, "responseText"), chain);
        Sale sale = signedSale();
        sale.chain->type = chain;
        const auto import = parsePermitImport(permitsAsJson(exported, sale, moment));
        ASSERT_TRUE(import) << qPrintable(import.error().report());
        ASSERT_EQ(import->permits.size(), exported.size());
        for (qsizetype i = 0; i < exported.size(); ++i) {
            EXPECT_EQ(import->permits[i].replyText, exported[i].replyText);
            EXPECT_EQ(import->permits[i].permit, exported[i].permit);
        }
    }
}

TEST(PermitImport, TakesABareReplyAndTellsItsChain)
{
    const QByteArray reply = test::replyOf(test::samplePermit());
    QStringEncoder utf16(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    const QByteArray fromPowerShell = utf16(QString::fromUtf8(reply));
    for (const QByteArray &text :
         {reply, "\n  " + reply + "\r\n", "\xef\xbb\xbf" + reply, fromPowerShell}) {
        const auto import = parsePermitImport(text);
        ASSERT_TRUE(import) << qPrintable(import.error().report());
        ASSERT_EQ(import->permits.size(), 1);
        EXPECT_EQ(import->permits[0].permit, test::samplePermit());
        EXPECT_EQ(import->permits[0].replyText, reply);
        EXPECT_TRUE(import->permits[0].claimed.signer.isEmpty());
        EXPECT_FALSE(import->permits[0].receivedAt.isValid());
    }
    const auto vectors = test::vectors("svm-permit-vectors.json");
    const auto solana =
        parsePermitImport(test::utf8(test::list(vectors, "permits").front(), "responseText"));
    ASSERT_TRUE(solana);
    EXPECT_EQ(solana->permits[0].permit.type, PermitType::Solana);
}

TEST(PermitImport, NoticesThatAReplyWasChangedInTheFile)
{
    const QByteArray text = changed(sampleExport(), "25000000000", "95000000000");
    const auto import = parsePermitImport(text);
    ASSERT_TRUE(import);
    EXPECT_FALSE(
        verifyPermit(import->permits[0].permit, import->permits[0].claimed, test::sampleNow)
            .usable());
}

TEST(PermitImport, DoesNotTrustTheFilesOwnVerdict)
{
    ExportedPermit forged = exportedPermit(test::replyOf(test::samplePermit()));
    forged.verification.checks = {
        {PermitCheckKind::Signature, CheckResult::Passed, QStringLiteral("fine")}};
    forged.permit.signature.clear();
    forged.replyText = test::replyOf(forged.permit);
    const auto import = parsePermitImport(permitsAsJson({forged}, signedSale(), moment));
    ASSERT_TRUE(import);
    EXPECT_FALSE(
        verifyPermit(import->permits[0].permit, import->permits[0].claimed, test::sampleNow)
            .usable());
}

TEST(PermitImport, RefusesWhatItDoesNotKnow)
{
    EXPECT_NE(refusal(changed(sampleExport(), "\"version\": 1", "\"version\": 2")).find("version"),
              std::string::npos);
    EXPECT_NE(refusal(changed(sampleExport(), "sonar-desktop/permits", "other")).find("format"),
              std::string::npos);
    EXPECT_NE(refusal(changed(sampleExport(), "\"wallet\"", "\"purse\"")).find("permits[0].wallet"),
              std::string::npos);
    EXPECT_NE(refusal(changed(sampleExport(), "\"ExpiresAt\"", "\"Expires\"")).find("ExpiresAt"),
              std::string::npos);
    refusal(changed(sampleExport(), "\"saleUUID\": \"", "\"saleUUID\": 1, \"x\": \""));
    refusal(changed(sampleExport(), "\"evm\"", "\"tron\""));
    refusal(
        changed(sampleExport(), "\"paymentTokenDecimals\": 18", "\"paymentTokenDecimals\": 99"));
    refusal(changed(sampleExport(), "\"permits\": [", "\"permits\": [ 1,"));
    refusal(changed(sampleExport(), "\"reply\": {", "\"reply\": null, \"x\": {"));
    refusal(sampleExport().chopped(3));
    refusal("");
    refusal("[]");
    refusal("{}");
    refusal("Entity,Wallet\r\n");
    refusal(QByteArray(100, '['));
    refusal("{\"PermitJSON\":{},\"Signature\":\"0x\"}");
    refusal("{\"PermitJSON\":1,\"Signature\":\"0x\"}");
}

TEST(PermitImport, ReadsAFileAndSaysWhyItCannot)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("permits.json"));
    ASSERT_TRUE(writeExport(path, sampleExport()));
    const auto import = readPermitImport(path);
    ASSERT_TRUE(import);
    EXPECT_EQ(import->permits.size(), 1);
    for (const QString &bad : {folder.filePath(QStringLiteral("missing")), folder.path()}) {
        const auto failed = readPermitImport(bad);
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().kind, ErrorKind::File);
        EXPECT_TRUE(failed.error().summary.contains(bad));
    }
}

TEST(PermitImport, RefusesAPipeInsteadOfWaitingForIt)
{
    const QTemporaryDir folder;
    const QString pipe = folder.filePath(QStringLiteral("pipe"));
    ASSERT_EQ(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
    for (const QString &path : {pipe, QStringLiteral("/dev/zero")}) {
        const auto failed = readPermitImport(path);
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().kind, ErrorKind::File);
        EXPECT_TRUE(failed.error().advice.contains(QLatin1String("no regular file")));
    }
}

} // namespace sonar
