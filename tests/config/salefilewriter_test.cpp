// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/salesamples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::fullSaleFile;
using sonar::test::saleOf;
using sonar::test::smallSaleFile;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

/// A file with keys that this version doesn't know, in odd spelling.
const QByteArray fileOfTheFuture =
    R"({ "future": {"big":18446744073709551615,  "x" : [1.50 ,"\u00e9"]},
"name":"Small",
  "saleUUID" : "11111111-2222-3333-4444-555555555555",
"clientUUID":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",   "note" : null,
"redirectURI":"http:\/\/localhost:3000/oauth/callback",
"chain": {"type":"evm", "explorer":"https://x.example.org",  "chainId":1,"gas":0.10}, "last":-0e5 })";

std::string written(const Sale &sale)
{
    return toSaleFile(sale).toStdString();
}

Sale withoutText(Sale sale)
{
    sale.fileText.clear();
    return sale;
}

/// What is read back is the sale that was written, whatever its text.
void expectReadBack(const Sale &sale)
{
    const auto again = parseSaleFile(toSaleFile(sale));
    ASSERT_TRUE(again) << again.error().report().toStdString() << written(sale);
    EXPECT_EQ(withoutText(*again), withoutText(sale)) << written(sale);
}

} // namespace

TEST(SaleFileWriter, KeepsAnUnchangedFileByteForByte)
{
    for (const QByteArray &text : {fullSaleFile, smallSaleFile, fileOfTheFuture})
        EXPECT_EQ(toSaleFile(saleOf(text)), text);
}

TEST(SaleFileWriter, KeepsUnknownKeysWithTheirTextAndPlace)
{
    Sale sale = saleOf(fileOfTheFuture);
    sale.name = QStringLiteral("Renamed \"sale\"");
    EXPECT_EQ(written(sale), R"({
  "future": {"big":18446744073709551615,  "x" : [1.50 ,"\u00e9"]},
  "name": "Renamed \"sale\"",
  "saleUUID": "11111111-2222-3333-4444-555555555555",
  "clientUUID": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
  "note": null,
  "redirectURI": "http:\/\/localhost:3000/oauth/callback",
  "chain": {"type":"evm", "explorer":"https://x.example.org",  "chainId":1,"gas":0.10},
  "last": -0e5
}
)");
    expectReadBack(sale);
}

TEST(SaleFileWriter, KeepsUnknownKeysOfAChangedChain)
{
    Sale sale = saleOf(fileOfTheFuture);
    sale.chain->chainId = 18446744073709551615ULL;
    sale.chain->rpcUrl = QUrl(QStringLiteral("https://rpc.example.org"));
    EXPECT_THAT(written(sale), HasSubstr(R"("chain": {
    "type": "evm",
    "explorer": "https://x.example.org",
    "chainId": 18446744073709551615,
    "gas": 0.10,
    "rpcURL": "https://rpc.example.org"
  })"));
    expectReadBack(sale);
}

TEST(SaleFileWriter, KeepsUnknownKeysThroughManyChanges)
{
    Sale sale = saleOf(fileOfTheFuture);
    for (int i = 0; i < 5; ++i) {
        sale.name = QStringLiteral("Name %1").arg(i);
        sale = saleOf(toSaleFile(sale));
    }
    EXPECT_THAT(sale.fileText.toStdString(),
                HasSubstr(R"("future": {"big":18446744073709551615,  "x" : [1.50 ,"\u00e9"]})"));
}

TEST(SaleFileWriter, WritesEveryChange)
{
    const Sale sale = saleOf(fullSaleFile);
    const auto changed = [&](auto change) {
        Sale other = sale;
        change(other);
        EXPECT_NE(toSaleFile(other), fullSaleFile);
        expectReadBack(other);
    };
    changed([](Sale &s) { s.saleUuid = QStringLiteral("91111111-2222-3333-4444-555555555555"); });
    changed([](Sale &s) { s.clientUuid = QStringLiteral("91111111-2222-3333-4444-555555555555"); });
    changed([](Sale &s) { s.redirectUris = {QStringLiteral("http://[::1]:99/x")}; });
    changed([](Sale &s) { s.redirectUris.prepend(QStringLiteral("http://[::1]:99/x")); });
    changed([](Sale &s) { s.redirectUris.removeFirst(); });
    changed([](Sale &s) { s.frontendUrl = QUrl(QStringLiteral("http://127.0.0.1:4000")); });
    changed([](Sale &s) { s.apiUrl = QUrl(QStringLiteral("http://[::1]:4000/base")); });
    changed([](Sale &s) { s.permitSigner.clear(); });
    changed([](Sale &s) { s.chain.reset(); });
    changed([](Sale &s) { s.chain->saleContract.clear(); });
    changed([](Sale &s) { s.chain->paymentTokenSymbol = QStringLiteral("é\"\\"); });
    changed([](Sale &s) { s.chain->paymentTokenDecimals = 77; });
    changed([](Sale &s) {
        s.chain->paymentToken.clear();
        s.chain->paymentTokenDecimals.reset();
    });
}

TEST(SaleFileWriter, WritesASaleThatCameFromNoFile)
{
    for (const QByteArray &text : {fullSaleFile, smallSaleFile, fileOfTheFuture}) {
        expectReadBack(withoutText(saleOf(text)));
        Sale damaged = saleOf(text);
        damaged.fileText = "{ damaged";
        expectReadBack(damaged);
    }
}

TEST(SaleFileWriter, WritesNoEmptyFields)
{
    EXPECT_THAT(written(withoutText(saleOf(smallSaleFile))),
                ::testing::AllOf(Not(HasSubstr("permitSigner")), Not(HasSubstr("chain")),
                                 Not(HasSubstr("redirectURIs"))));
}
