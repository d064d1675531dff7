// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chain/salecontract.h"

#include "tests/chain/fakerpc.h"

#include <QCoro/QCoroTask>

#include <gtest/gtest.h>

namespace sonar {

namespace {

const QString hasRole = QStringLiteral("0x91d14854");
const QString stage = QStringLiteral("0xc040e6b8");
const QString paused = QStringLiteral("0x5c975abb");
const QString saleUuid = QStringLiteral("0xb185b20d");
const QString version = QStringLiteral("0x54fd4d50");
const QString supports = QStringLiteral("0x01ffc9a7");
const QString chainId = QStringLiteral("eth_chainId");
const QString contractAddress = QStringLiteral("0x810AAA10E6C3A8Cf0D968c7B8379739304b500B0");
const QByteArray signer = QByteArray::fromHex("c5553985aafcb6b06687f3b10efe4025d54c25c2");

/// A word that ends in `tail`, both as hex digits.
QString wordEnding(const QString &tail)
{
    return QStringLiteral("0x") + tail.rightJustified(64, QLatin1Char('0'));
}

class SaleContractTest : public ::testing::Test
{
protected:
    SaleContractTest()
    {
        sale.saleUuid = QStringLiteral("a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8");
        sale.chain.emplace();
        sale.chain->chainId = 84532;
        sale.chain->rpcUrl = server.url();
        sale.chain->saleContract = contractAddress;
        server.answerAsSettlementSale(sale.saleUuid);
    }

    using Kind = ContractFinding::Kind;

    Result<ContractFinding> found() const { return QCoro::waitFor(contract().identify()); }

    /// The kind found; the text must say what is wrong with the money in it.
    Kind kind() const
    {
        const auto finding = found();
        EXPECT_TRUE(finding) << qPrintable(finding ? QString() : finding.error().report());
        if (!finding)
            return Kind::TheSales;
        EXPECT_EQ(finding->text.isEmpty(), finding->kind == Kind::TheSales);
        return finding->kind;
    }

    SaleContract contract() const { return *SaleContract::of(sale); }

    test::FakeRpc server;
    Sale sale;
};

} // namespace

TEST_F(SaleContractTest, AsksForTheSignersRole)
{
    server.answer(hasRole, wordEnding(QStringLiteral("1")));
    const auto answer = QCoro::waitFor(contract().isPermitSigner(signer));
    ASSERT_TRUE(answer) << qPrintable(answer.error().report());
    EXPECT_TRUE(*answer);
    ASSERT_EQ(server.questions().size(), 1);
    const test::RpcQuestion &question = server.questions().first();
    EXPECT_EQ(question.to, contractAddress.toLower());
    EXPECT_EQ(question.data,
              hasRole + QStringLiteral(
                            "b0162d5e61a8d5e2c26413420aa1072eaa0a79f8be9b289410cf8a1b65ce5386"
                            "000000000000000000000000c5553985aafcb6b06687f3b10efe4025d54c25c2"));
    EXPECT_TRUE(question.body.contains(R"("latest")"));

    server.answer(hasRole, wordEnding(QStringLiteral("0")));
    EXPECT_FALSE(QCoro::waitFor(contract().isPermitSigner(signer)).value_or(true));
}

TEST_F(SaleContractTest, TellsStageAndPause)
{
    server.answer(stage, wordEnding(QStringLiteral("1")));
    server.answer(paused, wordEnding(QStringLiteral("1")));
    EXPECT_EQ(QCoro::waitFor(contract().stage()).value_or(SaleStage::Done), SaleStage::Commitment);
    EXPECT_TRUE(QCoro::waitFor(contract().isPaused()).value_or(false));
    server.answer(stage, wordEnding(QStringLiteral("9")));
    EXPECT_EQ(QCoro::waitFor(contract().stage()).value_or(SaleStage::Done),
              SaleStage::Unrecognised);
}

TEST_F(SaleContractTest, IsTheSalesOnTheSalesChain)
{
    EXPECT_EQ(kind(), Kind::TheSales);
    EXPECT_EQ(server.questions().size(), 4) << "who is what it should be is asked for no more";
    for (const test::RpcQuestion &question : server.questions()) {
        if (question.data.startsWith(supports)) {
            EXPECT_EQ(question.data,
                      supports + QStringLiteral("d0e20eff") + QString(56, QLatin1Char('0')));
        }
    }
    EXPECT_EQ(QCoro::waitFor(contract().saleUuid()).value_or(QByteArray()).toHex(),
              "a1a2a3a4b1b2c1c2d1d2d3d4d5d6d7d8");
    EXPECT_EQ(QCoro::waitFor(contract().chainId()).value_or(0), 84532U);
}

TEST_F(SaleContractTest, AnotherChainOrSaleIsNamed)
{
    server.answer(chainId, QStringLiteral("0x1"));
    EXPECT_EQ(kind(), Kind::OtherChain);
    EXPECT_TRUE(found()->text.contains(QStringLiteral("84532")));

    server.answerAsSettlementSale(QStringLiteral("ffffffff-ffff-ffff-ffff-ffffffffffff"));
    EXPECT_EQ(kind(), Kind::OtherSale);
    EXPECT_TRUE(found()->text.contains(QStringLiteral("ffffffff-ffff-ffff-ffff-ffffffffffff")));
}

TEST_F(SaleContractTest, AnAddressWithoutCodeIsTold)
{
    server.answerAsNobody();
    EXPECT_EQ(kind(), Kind::NoCode);
    EXPECT_TRUE(found()->text.contains(contractAddress));
    // A Safe takes every call and says nothing.
    server.answer(QStringLiteral("eth_getCode"), QStringLiteral("0x6080"));
    EXPECT_EQ(kind(), Kind::NotASettlementSale);
}

TEST_F(SaleContractTest, WhatIsNoSettlementSaleIsTold)
{
    // ExampleSale has hasRole and saleUUID, too.
    server.answer(hasRole, test::FakeRpc::word(true));
    server.revert(version);
    server.answer(supports, test::FakeRpc::word(false));
    EXPECT_EQ(kind(), Kind::NotASettlementSale);
    for (const QString &missing : {version, supports, saleUuid}) {
        server.answerAsSettlementSale(sale.saleUuid);
        server.revert(missing);
        EXPECT_EQ(kind(), Kind::NotASettlementSale) << qPrintable(missing);
    }
    server.answerAsSettlementSale(sale.saleUuid);
    server.answer(supports, test::FakeRpc::word(false));
    EXPECT_EQ(kind(), Kind::NotASettlementSale);
    // USDC's version() is the text "2".
    server.answerAsSettlementSale(sale.saleUuid);
    server.answer(version, wordEnding(QStringLiteral("20")) +
                               wordEnding(QStringLiteral("1")).mid(2) + QStringLiteral("32") +
                               QString(62, QLatin1Char('0')));
    EXPECT_EQ(kind(), Kind::NotASettlementSale);
}

TEST_F(SaleContractTest, AServerThatRefusesToTellFindsNothingOut)
{
    server.status = 503;
    EXPECT_FALSE(found());
    server.status = 200;
    server.body = [](const test::RpcQuestion &question) {
        return question.method == QLatin1String("eth_chainId")
                   ? R"({"jsonrpc":"2.0","id":)" + QByteArray::number(question.id) +
                         R"(,"result":"0x14a34"})"
                   : R"({"jsonrpc":"2.0","id":)" + QByteArray::number(question.id) +
                         R"(,"error":{"code":-32005,"message":"daily limit reached"}})";
    };
    EXPECT_FALSE(found()) << "a server's limit was taken for the contract's answer";
}

TEST_F(SaleContractTest, SaysWhatIsMissingToAskIt)
{
    EXPECT_EQ(SaleContract::whyNone(sale), QString());
    sale.chain->rpcUrl.clear();
    EXPECT_TRUE(SaleContract::whyNone(sale).contains(QStringLiteral("RPC URL")));
    sale.chain->rpcUrl = server.url();
    sale.chain->saleContract.clear();
    EXPECT_TRUE(SaleContract::whyNone(sale).contains(QStringLiteral("contract address")));
    sale.chain.reset();
    EXPECT_TRUE(SaleContract::whyNone(sale).contains(QStringLiteral("RPC URL")));
}

TEST_F(SaleContractTest, AnAddressWithoutCodeIsNoContract)
{
    server.answer(hasRole, QStringLiteral("0x"));
    const auto answer = QCoro::waitFor(contract().isPermitSigner(signer));
    ASSERT_FALSE(answer);
    EXPECT_TRUE(answer.error().summary.contains(contractAddress))
        << qPrintable(answer.error().summary);
}

TEST_F(SaleContractTest, ARevertIsAnErrorAndNoAnswer)
{
    const auto answer = QCoro::waitFor(contract().isPermitSigner(signer));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Rejected);
}

TEST_F(SaleContractTest, OnlyACanonicalWordIsYes)
{
    const QString words[] = {
        QStringLiteral("1"),
        QStringLiteral("0x1"),
        QStringLiteral("0x01"),
        wordEnding(QStringLiteral("2")),
        wordEnding(QStringLiteral("101")),
        QStringLiteral("0x1") + QString(63, QLatin1Char('0')),
        wordEnding(QStringLiteral("1")) + QStringLiteral("00"),
        wordEnding(QStringLiteral("1")) + wordEnding(QStringLiteral("1")).mid(2),
        QStringLiteral("true"),
        QString(),
    };
    for (const QString &word : words) {
        server.answer(hasRole, word);
        const auto answer = QCoro::waitFor(contract().isPermitSigner(signer));
        EXPECT_FALSE(answer) << qPrintable(word);
    }
}

TEST_F(SaleContractTest, IsThereOnlyWhereTheSaleHasOne)
{
    sale.chain->rpcUrl.clear();
    EXPECT_FALSE(SaleContract::of(sale));
    sale.chain->rpcUrl = server.url();
    sale.chain->saleContract = QStringLiteral("0x12");
    EXPECT_FALSE(SaleContract::of(sale));
    sale.chain->saleContract = contractAddress;
    sale.chain->type = ChainType::Svm;
    EXPECT_FALSE(SaleContract::of(sale));
    sale.chain.reset();
    EXPECT_FALSE(SaleContract::of(sale));
}

TEST(ContractAnswers, AreReadStrictly)
{
    EXPECT_EQ(quantityFromHex(u"0x0"), 0U);
    EXPECT_EQ(quantityFromHex(u"0xffffffffffffffff"), 18446744073709551615U);
    for (const char16_t *text : {u"", u"0x", u"1", u"0X1", u"0x-1", u"0x+1", u"0x 1", u"0x1 ",
                                 u"0x1g", u"0x10000000000000000"})
        EXPECT_EQ(quantityFromHex(text), std::nullopt) << qPrintable(QString::fromUtf16(text));
    EXPECT_EQ(bytes16FromWord(QByteArray(32, '\1')), std::nullopt);
    EXPECT_EQ(bytes16FromWord(QByteArray(16, '\1') + QByteArray(16, '\0')), QByteArray(16, '\1'));
    EXPECT_EQ(stageFromWord(QByteArray(31, '\0')), std::nullopt);
}

} // namespace sonar
