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
        server.answer(chainId, QStringLiteral("0x14a34"));
        server.answer(saleUuid, QStringLiteral("0xa1a2a3a4b1b2c1c2d1d2d3d4d5d6d7d8") +
                                    QString(32, QLatin1Char('0')));
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
    EXPECT_TRUE(QCoro::waitFor(contract().confirmIdentity()));
    EXPECT_EQ(QCoro::waitFor(contract().saleUuid()).value_or(QByteArray()).toHex(),
              "a1a2a3a4b1b2c1c2d1d2d3d4d5d6d7d8");
    EXPECT_EQ(QCoro::waitFor(contract().chainId()).value_or(0), 84532U);
}

TEST_F(SaleContractTest, AnotherChainOrSaleIsNamed)
{
    server.answer(chainId, QStringLiteral("0x1"));
    const auto chain = QCoro::waitFor(contract().confirmIdentity());
    ASSERT_FALSE(chain);
    EXPECT_TRUE(chain.error().summary.contains(QStringLiteral("84532")));

    server.answer(chainId, QStringLiteral("0x14a34"));
    server.answer(saleUuid, QStringLiteral("0xffffffffffffffffffffffffffffffff") +
                                QString(32, QLatin1Char('0')));
    const auto other = QCoro::waitFor(contract().confirmIdentity());
    ASSERT_FALSE(other);
    EXPECT_TRUE(
        other.error().summary.contains(QStringLiteral("ffffffff-ffff-ffff-ffff-ffffffffffff")));
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
