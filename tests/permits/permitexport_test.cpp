// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitexport.h"

#include "tests/permits/samples.h"
#include "tests/permits/vectors.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTimeZone>

#include <csignal>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sonar {

namespace {

const QByteArray oddReply =
    "{ \"Signature\" : \"0x01\",\n\t\"PermitJSON\":{\"OpensAt\":18446744073709551615 , "
    "\"x\":\"\\u00e9 \xc3\xa9 }{ \\\" \"},\"more\":[1, 2.50,-0 ]}";

Sale sampleSale()
{
    Sale sale;
    sale.name = QStringLiteral("Example \"sale\"");
    sale.saleUuid = QStringLiteral("a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8");
    sale.apiUrl = QUrl(QStringLiteral("https://api.echo.xyz"));
    sale.permitSigner = test::PermitSigner().address();
    Chain chain;
    chain.chainId = 84532;
    chain.rpcUrl = QUrl(QStringLiteral("https://rpc.example/v2/my-api-key"));
    chain.saleContract = QStringLiteral("0x810AAA10E6C3A8Cf0D968c7B8379739304b500B0");
    chain.paymentTokenSymbol = QStringLiteral("USDC");
    sale.chain = chain;
    return sale;
}

ExportedPermit samplePermitToExport()
{
    ExportedPermit exported;
    exported.entityLabel = QStringLiteral("Ada Lovelace");
    exported.saleSpecificEntityId = test::sampleExpectation().saleSpecificEntityId;
    exported.wallet = test::sampleExpectation().wallet;
    exported.permit = test::samplePermit();
    exported.replyText = test::replyOf(exported.permit);
    exported.verification =
        verifyPermit(exported.permit, test::sampleExpectation(), test::sampleNow);
    exported.receivedAt = QDateTime::fromSecsSinceEpoch(test::sampleNow, QTimeZone::utc());
    return exported;
}

const QDateTime exportedAt =
    QDateTime(QDate(2026, 11, 24), QTime(2, 31, 26), QTimeZone(3600)); // 01:31:26 UTC

JsonValue member(const JsonValue &object, const char *name)
{
    const auto value = object.member(name);
    if (!value)
        qFatal("no %s", name);
    return *value;
}

/// An independent reader of RFC 4180.
QList<QByteArrayList> csvRecords(const QByteArray &text)
{
    QList<QByteArrayList> records;
    QByteArrayList record;
    QByteArray cell;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && text.mid(i + 1, 1) == "\"") {
            cell += c;
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            record << cell;
            cell.clear();
        } else if (!quoted && text.mid(i, 2) == "\r\n") {
            records << (record << cell);
            record.clear();
            cell.clear();
            ++i;
        } else {
            cell += c;
        }
    }
    EXPECT_FALSE(quoted);
    EXPECT_TRUE(record.isEmpty() && cell.isEmpty()) << "the last line has no end";
    return records;
}

QByteArray entityCell(const QString &label)
{
    ExportedPermit exported = samplePermitToExport();
    exported.entityLabel = label;
    return csvRecords(permitsAsCsv({exported}, sampleSale())).value(1).value(0);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

} // namespace

TEST(JsonExport, HoldsEveryReplyByteForByte)
{
    ExportedPermit odd = samplePermitToExport();
    odd.replyText = oddReply;
    const QByteArray json = permitsAsJson({samplePermitToExport(), odd}, sampleSale(), exportedAt);
    EXPECT_EQ(json.count("\"reply\": " + oddReply + "\n"), 1) << json.constData();
    EXPECT_EQ(json.count("\"reply\": " + samplePermitToExport().replyText + "\n"), 1);
    EXPECT_TRUE(JsonDocument::parse(json));
}

TEST(JsonExport, SaysWhatItIsAndWhatWasFound)
{
    ExportedPermit refused = samplePermitToExport();
    refused.entityLabel = QStringLiteral("\"},{<b>\n\u202e");
    refused.permit.expiresAt = 1;
    refused.verification = verifyPermit(refused.permit, test::sampleExpectation(), test::sampleNow);
    const auto document = JsonDocument::parse(
        permitsAsJson({samplePermitToExport(), refused}, sampleSale(), exportedAt));
    ASSERT_TRUE(document) << qPrintable(document.error().report());
    const JsonValue root = document->root();
    EXPECT_EQ(test::utf8(root, "format"), "sonar-desktop/permits");
    EXPECT_EQ(member(root, "version").toUint64(), 1U);
    EXPECT_EQ(test::utf8(root, "exportedAt"), "2026-11-24T01:31:26Z");
    const JsonValue sale = member(root, "sale");
    EXPECT_EQ(test::text(sale, "name"), sampleSale().name);
    EXPECT_EQ(test::text(sale, "saleUUID"), sampleSale().saleUuid);
    EXPECT_EQ(test::utf8(sale, "apiURL"), "https://api.echo.xyz");
    EXPECT_EQ(test::text(sale, "permitSigner"), sampleSale().permitSigner);
    EXPECT_EQ(member(member(sale, "chain"), "chainId").toUint64(), 84532U);

    const auto permits = member(root, "permits").elements();
    ASSERT_EQ(permits.size(), 2U);
    EXPECT_EQ(test::utf8(permits[0], "type"), "basic-v3");
    EXPECT_EQ(test::utf8(permits[0], "receivedAt"), "2027-01-15T08:00:00Z");
    EXPECT_EQ(test::text(permits[0], "wallet"), test::sampleExpectation().wallet);
    EXPECT_EQ(member(member(permits[0], "verification"), "usable").toBool(), true);
    EXPECT_EQ(member(member(permits[0], "verification"), "signerConfirmed").toBool(), true);
    EXPECT_EQ(test::text(member(permits[0], "verification"), "signer"),
              test::PermitSigner().address());
    EXPECT_EQ(test::text(member(permits[1], "entity"), "label"), refused.entityLabel);
    const JsonValue verification = member(permits[1], "verification");
    EXPECT_EQ(member(verification, "usable").toBool(), false);
    const auto checks = member(verification, "checks").elements();
    ASSERT_EQ(checks.size(), 9U);
    EXPECT_EQ(test::utf8(checks[5], "check"), "not-expired");
    EXPECT_EQ(test::utf8(checks[5], "result"), "failed");
    EXPECT_FALSE(test::text(checks[5], "text").isEmpty());
}

TEST(JsonExport, IsTheSameEveryTimeAndHoldsNoKeyToAnything)
{
    const auto json = [] {
        return permitsAsJson({samplePermitToExport()}, sampleSale(), exportedAt);
    };
    EXPECT_EQ(json(), json());
    EXPECT_FALSE(json().contains("my-api-key"));
    EXPECT_FALSE(json().contains("\"EntityID\""));
}

TEST(Export, EveryFormSaysThatASignerIsNotConfirmedAndWhenTheContractWasAsked)
{
    ExportedPermit exported = samplePermitToExport();
    PermitExpectation expected = test::sampleExpectation();
    expected.signerSource = SignerSource::SeenBefore;
    expected.contract.askedAt = test::sampleNow - 12;
    exported.verification = verifyPermit(exported.permit, expected, test::sampleNow);
    const auto document = JsonDocument::parse(permitsAsJson({exported}, sampleSale(), exportedAt));
    ASSERT_TRUE(document);
    const JsonValue verification =
        member(member(document->root(), "permits").elements()[0], "verification");
    EXPECT_EQ(member(verification, "signerConfirmed").toBool(), false);
    EXPECT_EQ(test::utf8(verification, "contractAskedAt"), "2027-01-15T07:59:48Z");
    const auto notes = member(verification, "notes").elements();
    ASSERT_EQ(notes.size(), 1U);
    const QString note = notes[0].toText().value_or(QString());
    EXPECT_TRUE(note.contains(QLatin1String("isn't confirmed"))) << qPrintable(note);

    const auto records = csvRecords(permitsAsCsv({exported}, sampleSale()));
    const auto cell = [&records](const char *name) {
        return records[1].value(records[0].indexOf(name));
    };
    EXPECT_EQ(cell("Signer confirmed"), "no");
    EXPECT_EQ(cell("Contract asked at"), "2027-01-15T07:59:48Z");
    EXPECT_EQ(cell("Notes"), note.toUtf8());
}

TEST(JsonExport, OfNothingIsValidToo)
{
    Sale bare;
    bare.saleUuid = sampleSale().saleUuid;
    const auto document = JsonDocument::parse(permitsAsJson({}, bare, exportedAt));
    ASSERT_TRUE(document);
    EXPECT_TRUE(member(document->root(), "permits").isArray());
    EXPECT_TRUE(member(member(document->root(), "sale"), "chain").isNull());
    EXPECT_TRUE(member(member(document->root(), "sale"), "permitSigner").isNull());
}

TEST(CsvExport, HasALineForEveryPermit)
{
    const ExportedPermit exported = samplePermitToExport();
    const QByteArray csv = permitsAsCsv({exported, exported}, sampleSale());
    const auto records = csvRecords(csv);
    ASSERT_EQ(records.size(), 3);
    for (const QByteArrayList &record : records)
        EXPECT_EQ(record.size(), 21);
    const QByteArrayList expected = {"Ada Lovelace",
                                     "0x00112233445566778899aabbccddeeff",
                                     "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
                                     "basic-v3",
                                     "yes",
                                     "",
                                     test::PermitSigner().address().toUtf8(),
                                     "2027-01-15T08:10:00Z",
                                     "1000000",
                                     "25000000000",
                                     "10",
                                     "20",
                                     "2027-01-15T07:59:00Z",
                                     "2027-01-15T09:00:00Z",
                                     "no",
                                     "0x" + QByteArray(64, '0'),
                                     "0x" + exported.permit.signature.toHex()};
    EXPECT_EQ(records[1].mid(0, 17), expected);
    // PermitJSON's own text, with every character that the service sent.
    EXPECT_TRUE(exported.replyText.contains("\"PermitJSON\":" + records[1][17] + ","));
    EXPECT_EQ(csv.count('\n'), csv.count("\r\n"));
}

TEST(CsvExport, SaysWhetherTheSignerIsConfirmed)
{
    ExportedPermit exported = samplePermitToExport();
    const auto cell = [&exported] {
        const auto records = csvRecords(permitsAsCsv({exported}, sampleSale()));
        return records[1].value(records[0].indexOf("Signer confirmed"));
    };
    EXPECT_EQ(cell(), "yes");
    exported.verification = verifyPermit(exported.permit, {}, test::sampleNow);
    EXPECT_EQ(cell(), "no");
    const QByteArray json = permitsAsJson({exported}, sampleSale(), exportedAt);
    EXPECT_TRUE(json.contains("\"usable\": true"));
    EXPECT_TRUE(json.contains("\"signerConfirmed\": false"));
}

TEST(CsvExport, KeepsTheLargestNumbers)
{
    ExportedPermit exported = samplePermitToExport();
    exported.permit.maxAmount = uint256Max();
    exported.permit.maxPrice = ~quint64(0);
    exported.permit.expiresAt = ~quint64(0);
    const auto record = csvRecords(permitsAsCsv({exported}, sampleSale())).value(1);
    EXPECT_EQ(record[7], "18446744073709551615");
    EXPECT_EQ(record[9],
              "115792089237316195423570985008687907853269984665640564039457584007913129639935");
    EXPECT_EQ(record[11], "18446744073709551615");
}

TEST(CsvExport, NamesTheFailedChecks)
{
    ExportedPermit exported = samplePermitToExport();
    exported.verification =
        verifyPermit(exported.permit, test::sampleExpectation(), test::sampleNow + 3600);
    const auto record = csvRecords(permitsAsCsv({exported}, sampleSale())).value(1);
    EXPECT_EQ(record[4], "no");
    EXPECT_EQ(record[5], "not-expired window");
}

TEST(CsvExport, DisarmsFormulas)
{
    for (const char16_t *label :
         {u"=1+1", u"+1", u"-1", u"@SUM(A1)", u"\t=1", u"\r=1", u"\n=1", u" =1", u"\u00a0=1",
          u"\uff1d1", u"\uff0b1", u"\uff0d1", u"\uff201", u"=HYPERLINK(\"http://x\",\"y\")"}) {
        const QString text = QString::fromUtf16(label);
        EXPECT_EQ(entityCell(text), "'" + text.toUtf8());
    }
}

TEST(CsvExport, LeavesOtherTextAsItIs)
{
    for (const char16_t *label :
         {u"", u"Ada", u"a=1", u"1-1", u"'x", u"a,b", u"say \"hi\"", u"a;=1", u"line\r\nbreak",
          u"tab\there", u"\u00e9\u4e2d\U0001f600", u"   "}) {
        const QString text = QString::fromUtf16(label);
        EXPECT_EQ(entityCell(text), text.toUtf8());
    }
}

TEST(WritingAnExport, IsForTheUserAloneAndReplacesWhatWasThere)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("permits.json"));
    ASSERT_TRUE(writeExport(path, "first"));
    // Without the flags of whoever runs the test, which repeat one of the others.
    const auto mode = [&path] {
        return QFileInfo(path).permissions() & QFileDevice::Permissions(0x7077);
    };
    const auto owner = QFile::ReadOwner | QFile::WriteOwner;
    EXPECT_EQ(mode(), owner);
    ASSERT_TRUE(QFile::setPermissions(path, owner | QFile::ReadGroup | QFile::ReadOther));
    ASSERT_TRUE(writeExport(path, "second"));
    EXPECT_EQ(contentOf(path), "second");
    EXPECT_EQ(mode(), owner);
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

TEST(WritingAnExport, FailsWithAReasonWhereItCannot)
{
    const QTemporaryDir folder;
    for (const QString &path : {folder.filePath(QStringLiteral("missing/permits.json")),
                                folder.path(), QString(), QStringLiteral("/proc/permits.json")}) {
        SCOPED_TRACE(qPrintable(path));
        const auto written = writeExport(path, "content");
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().kind, ErrorKind::File);
        EXPECT_TRUE(written.error().summary.contains(path));
        EXPECT_FALSE(written.error().advice.isEmpty());
    }
    EXPECT_TRUE(
        QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

TEST(WritingAnExport, LeavesWhatIsNoFileAlone)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("pipe"));
    ASSERT_EQ(mkfifo(path.toLocal8Bit().constData(), 0600), 0);
    EXPECT_FALSE(writeExport(path, "content"));
    struct stat status
    {};
    ASSERT_EQ(stat(path.toLocal8Bit().constData(), &status), 0);
    EXPECT_TRUE(S_ISFIFO(status.st_mode));
}

TEST(WritingAnExport, FollowsALink)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("permits.json"));
    const QString link = folder.filePath(QStringLiteral("link"));
    ASSERT_TRUE(writeExport(path, "first"));
    ASSERT_TRUE(QFile::link(path, link));
    ASSERT_TRUE(writeExport(link, "second"));
    EXPECT_EQ(contentOf(path), "second");
    EXPECT_TRUE(QFileInfo(link).isSymLink());
}

TEST(WritingAnExport, ThatRunsOutOfRoomLeavesWhatWasThere)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("permits.csv"));
    ASSERT_TRUE(writeExport(path, "before"));

    // No file may grow past 64 KiB: the system's own way of saying that there is no more room.
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{64 * 1024, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto written = writeExport(path, QByteArray(1024 * 1024, 'x'));
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, oldHandler);

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::File);
    EXPECT_TRUE(
        written.error().advice.startsWith(QStringLiteral("The disk takes no file of that size.")))
        << qPrintable(written.error().advice);
    EXPECT_EQ(contentOf(path), "before");
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

TEST(WritingAnExport, RespectsAReadOnlyFolder)
{
    if (geteuid() == 0)
        GTEST_SKIP() << "root writes everywhere";
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("permits.json"));
    ASSERT_TRUE(writeExport(path, "before"));
    ASSERT_TRUE(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner));
    const auto written = writeExport(path, "after");
    QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    ASSERT_FALSE(written);
    EXPECT_EQ(contentOf(path), "before");
}

} // namespace sonar
