// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/salesamples.h"

#include <QFile>
#include <QStringEncoder>
#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

using namespace sonar;
using sonar::test::fullSaleFile;
using sonar::test::saleOf;
using sonar::test::smallSaleFile;
using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace {

/// The full file with one piece of text replaced.
QByteArray with(const QByteArray &before, const QByteArray &after)
{
    QByteArray text = fullSaleFile;
    EXPECT_EQ(text.count(before), 1) << before.toStdString();
    return text.replace(before, after);
}

std::string refusal(const QByteArray &text)
{
    const auto sale = parseSaleFile(text);
    EXPECT_FALSE(sale) << text.left(400).toStdString();
    if (sale)
        return {};
    EXPECT_EQ(sale.error().kind, ErrorKind::Malformed);
    EXPECT_FALSE(sale.error().advice.isEmpty());
    return sale.error().summary.toStdString();
}

struct BadField
{
    const char *description;
    QByteArray before;
    QByteArray after;
    const char *message;
};

const QByteArray signer = R"("0x1234567890abcdef1234567890abcdef12345678")";
const QByteArray redirect = R"("redirectURI": "http://localhost:3000/oauth/callback")";
const QByteArray list = R"(["http://localhost:3000/oauth/callback", "http://127.0.0.1:3001/cb"])";

QByteArray redirectTo(const QByteArray &uri)
{
    return "\"redirectURI\": \"" + uri + '"';
}

const std::vector<BadField> badFields = {
    {"BlankName", R"("Example sale")", R"("  ")", "Line 2: name is empty."},
    {"LongName", R"("Example sale")", '"' + QByteArray(201, 'x') + '"', "Line 2: name is too long"},
    {"NameOfTwoLines", R"("Example sale")", R"("a\nb")", "Line 2: name has line breaks"},
    {"NumberForName", R"("Example sale")", "1", "Line 2: name must be text"},
    {"NoName", R"("name")", R"("nom")", "Line 1: name is missing."},
    {"NullName", R"("Example sale")", "null", "Line 2: name is missing."},
    {"SaleUuidInBraces", "11111111-2222-3333-4444-555555555555",
     "{11111111-2222-3333-4444-555555555555}", "Line 3: saleUUID is not a UUID"},
    {"ShortClientUuid", "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee",
     "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeee", "Line 4: clientUUID is not a UUID"},
    {"ForeignRedirect", redirect, redirectTo("http://example.org:3000/cb"),
     "Line 5: redirectURI must begin with http:// and name this computer"},
    {"RedirectToLookalike", redirect, redirectTo("http://127.0.0.1.evil.com:3000/cb"),
     "Line 5: redirectURI must begin with http://"},
    {"RedirectWithUser", redirect, redirectTo("http://user@localhost:3000/cb"),
     "Line 5: redirectURI must hold no user name or password."},
    {"RedirectWithPassword", redirect, redirectTo("http://user:word@localhost:3000/cb"),
     "Line 5: redirectURI must hold no user name or password."},
    {"RedirectByHttps", redirect, redirectTo("https://localhost:3000/cb"),
     "Line 5: redirectURI must begin with http://"},
    {"RedirectWithoutPort", redirect, redirectTo("http://localhost/cb"),
     "Line 5: redirectURI names no port"},
    {"RedirectToPortNought", redirect, redirectTo("http://localhost:0/cb"),
     "Line 5: redirectURI names no port"},
    {"RedirectWithFragment", redirect, redirectTo("http://localhost:3000/cb#x"),
     "Line 5: redirectURI must not have a part after #"},
    {"RelativeRedirect", redirect, redirectTo("/oauth/callback"),
     "Line 5: redirectURI is not a complete URL"},
    {"RedirectWithSpace", redirect, redirectTo("http://localhost:3000/a b"),
     "Line 5: redirectURI is not a complete URL"},
    {"RedirectToBadPort", redirect, redirectTo("http://localhost:65536/cb"),
     "Line 5: redirectURI is not a complete URL"},
    {"EmptyRedirect", redirect, redirectTo(""), "Line 5: redirectURI is not a complete URL"},
    {"ForeignRedirectInList", list, R"(["https://example.org/cb"])",
     "Line 6: redirectURIs must begin with http://"},
    {"NumberInList", list, "[1]", "Line 6: redirectURIs must hold nothing but texts"},
    {"TextForList", list, R"("http://localhost:1/")", "Line 6: redirectURIs must be a list"},
    {"PlainHttpFrontend", "https://app.example.org/", "http://app.example.org",
     "Line 7: frontendURL must begin with https://"},
    {"FrontendWithQuery", "https://app.example.org/", "https://app.example.org/?x",
     "Line 7: frontendURL must not have a part after ?"},
    {"ApiWithUser", "https://api.example.org", "https://me@api.example.org",
     "Line 8: apiURL must begin with https://"},
    {"ApiWithoutScheme", "https://api.example.org", "api.example.org",
     "Line 8: apiURL is not a complete URL"},
    {"ApiOfAnotherScheme", "https://api.example.org", "ftp://api.example.org",
     "Line 8: apiURL must begin with https://"},
    {"ShortSigner", signer, R"("0x1234")", "Line 9: permitSigner is not an address"},
    {"SignerOfWrongChecksum", signer, R"("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")",
     "Line 9: permitSigner has a wrong checksum"},
    {"ContractOfWrongChecksum", "0x2234567890a", "0x2234567890A",
     "Line 14: chain.saleContract has a wrong checksum"},
    {"SolanaSignerOnEvm", signer, R"("3XxHCh947y1PAMK5y8oecBtaLU7TtTj9r4yMYwzFbJYs")",
     "Line 9: permitSigner is not an address"},
    {"TextForChain", R"("chain": {)", R"("chain": "evm", "old": {)",
     "Line 10: chain must be an object"},
    {"UnknownChainType", R"("evm")", R"("btc")", "Line 11: chain.type must be \"evm\" or \"svm\"."},
    {"NoChainType", R"("type")", R"("kind")", "Line 10: chain.type is missing."},
    {"ChainIdAsText", "84532", R"("84532")", "Line 12: chain.chainId must be a whole number"},
    {"ChainIdNought", "84532", "0",
     "Line 12: chain.chainId must be a whole number from 1 to 18446744073709551615, without "
     "quotation marks."},
    {"NegativeChainId", "84532", "-1",
     "Line 12: chain.chainId must be a whole number from 1 to 18446744073709551615"},
    {"TooLargeChainId", "84532", "18446744073709551616",
     "Line 12: chain.chainId must be a whole number from 1 to "},
    {"ChainIdWithPoint", "84532", "84532.0", "Line 12: chain.chainId must be a whole number"},
    {"PlainHttpRpc", "https://rpc.example.org", "http://rpc.example.org",
     "Line 13: chain.rpcURL must begin with https://"},
    {"ContractOfNoHex", "0x2234567890", "0xg234567890",
     "Line 14: chain.saleContract is not an address"},
    {"TokenWithoutPrefix", "0x3234567890", "323234567890",
     "Line 15: chain.paymentToken is not an address"},
    {"LongSymbol", R"("USDC")", '"' + QByteArray(33, 'U') + '"',
     "Line 16: chain.paymentTokenSymbol is too long"},
    {"TooManyDecimals", R"("paymentTokenDecimals": 6)", R"("paymentTokenDecimals": 78)",
     "Line 17: chain.paymentTokenDecimals must be a whole number from 0 to 77, without quotation "
     "marks."},
    {"NegativeDecimals", R"("paymentTokenDecimals": 6)", R"("paymentTokenDecimals": -1)",
     "Line 17: chain.paymentTokenDecimals must be a whole number from 0 to 77"},
    {"TokenOfUnknownDecimals", R"("paymentTokenDecimals")", R"("decimals")",
     "Line 10: chain.paymentTokenDecimals is missing."},
};

class BadSaleFile : public ::testing::TestWithParam<BadField>
{};

} // namespace

TEST_P(BadSaleFile, IsRefusedWithFieldAndLine)
{
    const BadField &bad = GetParam();
    EXPECT_THAT(refusal(with(bad.before, bad.after)), StartsWith(bad.message));
}

INSTANTIATE_TEST_SUITE_P(SaleFile, BadSaleFile, ::testing::ValuesIn(badFields),
                         [](const auto &test) { return std::string(test.param.description); });

TEST(SaleFile, ReadsEveryField)
{
    const Sale sale = saleOf(fullSaleFile);
    EXPECT_EQ(sale.name, QStringLiteral("Example sale"));
    EXPECT_EQ(sale.saleUuid, QStringLiteral("11111111-2222-3333-4444-555555555555"));
    EXPECT_EQ(sale.clientUuid, QStringLiteral("AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee"));
    EXPECT_EQ(sale.redirectUris,
              QStringList({QStringLiteral("http://localhost:3000/oauth/callback"),
                           QStringLiteral("http://127.0.0.1:3001/cb")}));
    EXPECT_EQ(sale.frontendUrl.toString(), QStringLiteral("https://app.example.org"));
    EXPECT_EQ(sale.apiUrl.toString(), QStringLiteral("https://api.example.org"));
    EXPECT_EQ(sale.permitSigner, QStringLiteral("0x1234567890abcdef1234567890abcdef12345678"));
    ASSERT_TRUE(sale.chain);
    EXPECT_EQ(sale.chain->type, ChainType::Evm);
    EXPECT_EQ(sale.chain->chainId, 84532U);
    EXPECT_EQ(sale.chain->rpcUrl.toString(), QStringLiteral("https://rpc.example.org/v1/?key=1"));
    EXPECT_EQ(sale.chain->saleContract,
              QStringLiteral("0x2234567890abcdef1234567890abcdef12345678"));
    EXPECT_EQ(sale.chain->paymentToken,
              QStringLiteral("0x3234567890abcdef1234567890abcdef12345678"));
    EXPECT_EQ(sale.chain->paymentTokenSymbol, QStringLiteral("USDC"));
    EXPECT_EQ(sale.chain->paymentTokenDecimals, 6);
    EXPECT_EQ(sale.fileText, fullSaleFile);
}

TEST(SaleFile, TakesAddressesOfOneCaseOrTheRightChecksum)
{
    // The second is of EIP-55 itself.
    for (const char *address : {"0x1234567890ABCDEF1234567890ABCDEF12345678",
                                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"}) {
        QByteArray text = fullSaleFile;
        text.replace("0x1234567890abcdef1234567890abcdef12345678", address);
        EXPECT_EQ(saleOf(text).permitSigner, QLatin1String(address));
    }
}

TEST(SaleFile, DecimalsThatNobodyNamedAreNotAssumed)
{
    QByteArray text = smallSaleFile;
    text.replace("{\"name\"", R"({"chain":{"type":"evm","chainId":1},"name")");
    const Sale sale = saleOf(text);
    ASSERT_TRUE(sale.chain);
    EXPECT_EQ(sale.chain->paymentTokenDecimals, std::nullopt);
    text.replace("\"chainId\":1", R"("chainId":1,"paymentTokenDecimals":null)");
    EXPECT_EQ(saleOf(text).chain->paymentTokenDecimals, std::nullopt);
}

TEST(SaleFile, FillsInEchosAddresses)
{
    const Sale sale = saleOf(smallSaleFile);
    EXPECT_EQ(sale.frontendUrl.toString(), QStringLiteral("https://app.echo.xyz"));
    EXPECT_EQ(sale.apiUrl.toString(), QStringLiteral("https://api.echo.xyz"));
    EXPECT_TRUE(sale.permitSigner.isEmpty());
    EXPECT_FALSE(sale.chain);
}

TEST(SaleFile, TakesNullForAbsent)
{
    QByteArray text = smallSaleFile;
    text.replace("{\"name\"", "{\"chain\":null,\"permitSigner\":null,\"frontendURL\":null,"
                              "\"redirectURIs\":null,\"name\"");
    EXPECT_EQ(saleOf(text).frontendUrl, saleOf(smallSaleFile).frontendUrl);
}

TEST(SaleFile, KeepsTheRedirectUriCharacterForCharacter)
{
    for (const char *uri :
         {"http://localhost:3000", "http://localhost:3000/", "http://LOCALHOST:03000/a/../b",
          "http://127.0.0.1:80/cb?tenant=%41", "http://[::1]:3000/oauth/callback"}) {
        QByteArray text = smallSaleFile;
        text.replace("http://localhost:3000/oauth/callback", uri);
        EXPECT_EQ(saleOf(text).redirectUris, QStringList{QLatin1String(uri)});
    }
}

TEST(SaleFile, TakesAListInPlaceOfTheOneRedirectUri)
{
    QByteArray text = smallSaleFile;
    text.replace(
        R"("redirectURI":"http://localhost:3000/oauth/callback")",
        R"("redirectURIs":["http://localhost:1/a","http://localhost:2/a","http://localhost:1/a"])");
    EXPECT_EQ(saleOf(text).redirectUris, QStringList({QStringLiteral("http://localhost:1/a"),
                                                      QStringLiteral("http://localhost:2/a")}));
    text.replace(R"(["http://localhost:1/a","http://localhost:2/a","http://localhost:1/a"])", "[]");
    EXPECT_THAT(refusal(text), HasSubstr("redirectURIs is empty"));
}

TEST(SaleFile, TakesSixteenRedirectUrisAndNoMore)
{
    const auto with = [](int count) {
        QByteArrayList uris;
        for (int i = 1; i <= count; ++i)
            uris << "\"http://localhost:" + QByteArray::number(i) + "/\"";
        QByteArray text = smallSaleFile;
        text.replace(R"("redirectURI":"http://localhost:3000/oauth/callback")",
                     "\"redirectURIs\":[" + uris.join(',') + ']');
        return text;
    };
    EXPECT_EQ(saleOf(with(16)).redirectUris.size(), 16);
    EXPECT_THAT(refusal(with(17)), HasSubstr("16"));
}

TEST(SaleFile, ReadsASaleOnSolana)
{
    QByteArray text = smallSaleFile;
    text.replace(
        "{\"name\"",
        R"({"chain":{"type":"svm","saleContract":"3XxHCh947y1PAMK5y8oecBtaLU7TtTj9r4yMYwzFbJYs"},
                 "permitSigner":"3XxHCh947y1PAMK5y8oecBtaLU7TtTj9r4yMYwzFbJYs","name")");
    const Sale sale = saleOf(text);
    EXPECT_EQ(sale.chainType(), ChainType::Svm);
    EXPECT_EQ(sale.chain->chainId, 0U);
    // 0, O, I and l are no base58 digits.
    EXPECT_THAT(refusal(QByteArray(text).replace("\"permitSigner\":\"3X", "\"permitSigner\":\"0X")),
                HasSubstr("permitSigner is not an address (32 to 44 base58"));
}

TEST(SaleFile, KeepsTheWholeRangeOfAChainId)
{
    EXPECT_EQ(saleOf(with("84532", "18446744073709551615")).chain->chainId,
              18446744073709551615ULL);
}

TEST(SaleFile, ShowsWhatItFoundInBoundedPlainText)
{
    const auto sale =
        parseSaleFile(with("AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee", "<b>" + QByteArray(5000, 'x')));
    ASSERT_FALSE(sale);
    EXPECT_THAT(sale.error().details.toStdString(), HasSubstr("<b>xxx"));
    EXPECT_LT(sale.error().report().size(), 500);
}

TEST(SaleFile, NamesTheLineOfBrokenJson)
{
    EXPECT_THAT(refusal(with("\"name\": \"Example sale\",", "\"name\": Example,")),
                HasSubstr("not valid JSON: line 2: "));
    EXPECT_THAT(refusal(with("\"type\": \"evm\",", "\"type\": \"evm\", \"type\": \"svm\",")),
                HasSubstr("not valid JSON: line 11: “type”"));
    EXPECT_THAT(refusal(fullSaleFile.left(200)), HasSubstr("not valid JSON: line "));
    EXPECT_THAT(refusal("PK\x03\x04"), HasSubstr("not valid JSON: line 1: "));
    EXPECT_THAT(refusal({}), HasSubstr("not valid JSON"));
    EXPECT_THAT(refusal("[]"), HasSubstr("Line 1"));
}

TEST(SaleFile, CountsLinesAfterAByteOrderMark)
{
    EXPECT_EQ(saleOf("\xEF\xBB\xBF" + fullSaleFile), saleOf(fullSaleFile));
}

TEST(SaleFile, IsReadInTheEncodingsOfWindows)
{
    for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
        QStringEncoder encoder(encoding, QStringConverter::Flag::WriteBom);
        EXPECT_EQ(saleOf(encoder(QString::fromUtf8(fullSaleFile))), saleOf(fullSaleFile));
    }
    EXPECT_THAT(refusal("{\"name\":\"Cr\xe9"
                        "dit\"}"),
                HasSubstr("UTF-8"));
}

TEST(SaleFile, SurvivesHostileText)
{
    refusal(QByteArray(1000, '['));
    refusal("{\"chain\":" + QByteArray(1000, '{'));
    refusal("{\"name\":\"\xff\"}");
    refusal(QByteArray(300 * 1024, ' '));
    EXPECT_THAT(refusal(fullSaleFile + QByteArray(256 * 1024, ' ')), HasSubstr("256 KiB"));
    for (qsizetype length = 0; length < fullSaleFile.size() - 2; ++length)
        EXPECT_FALSE(parseSaleFile(fullSaleFile.left(length)));
}

TEST(SaleFile, ReadsAndWritesFiles)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a sale.sonarsale"));
    ASSERT_TRUE(writeSaleFile(saleOf(fullSaleFile), path));
    const auto sale = readSaleFile(path);
    ASSERT_TRUE(sale) << sale.error().report().toStdString();
    EXPECT_EQ(*sale, saleOf(fullSaleFile));
}

TEST(SaleFile, SaysWhyAFileCannotBeRead)
{
    QTemporaryDir folder;
    const auto errorOf = [](const QString &path) {
        const auto sale = readSaleFile(path);
        EXPECT_FALSE(sale);
        return sale ? Error{} : sale.error();
    };
    const Error absent = errorOf(folder.filePath(QStringLiteral("absent.sonarsale")));
    EXPECT_EQ(absent.kind, ErrorKind::File);
    EXPECT_THAT(absent.report().toStdString(), HasSubstr("absent.sonarsale"));
    EXPECT_EQ(errorOf(folder.path()).kind, ErrorKind::File);

    // Nobody writes to this pipe: opening it would wait for ever.
    const QString pipe = folder.filePath(QStringLiteral("pipe"));
    ASSERT_EQ(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    EXPECT_EQ(errorOf(pipe).kind, ErrorKind::File);
}

TEST(SaleFile, LeavesTheOldFileWhenWritingFails)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("folder/x.sonarsale"));
    const auto written = writeSaleFile(saleOf(fullSaleFile), path);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::File);
    EXPECT_THAT(written.error().advice.toStdString(), HasSubstr("x.sonarsale"));

    // A folder stands where the file would go.
    EXPECT_FALSE(writeSaleFile(saleOf(fullSaleFile), folder.path()));
}
