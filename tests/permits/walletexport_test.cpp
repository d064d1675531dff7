// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/walletexport.h"

#include "app/base/hex.h"
#include "app/permits/calldata.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/samples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTimeZone>

#include <gtest/gtest.h>

namespace sonar {

namespace {

const QString saleContract = QStringLiteral("0x810AAA10E6C3A8Cf0D968c7B8379739304b500B0");
const QString paymentToken = QStringLiteral("0x036CbD53842c5426634e7929541eC2318f3dCF7e");
const Bid sampleBid{true, 15, 5'000'000};

Chain sampleChain()
{
    Chain chain;
    chain.chainId = 84532;
    chain.rpcUrl = QUrl(QStringLiteral("https://sepolia.base.org"));
    chain.saleContract = saleContract;
    chain.paymentToken = paymentToken;
    return chain;
}

QList<ContractCall> sampleCalls()
{
    return commitmentCalls(sampleChain(), test::samplePermit(), sampleBid, 2'000'000).value();
}

QJsonObject batchOf(const QList<ContractCall> &calls)
{
    const SafeBatchHeader header{
        84532, QStringLiteral("Commit to \"Example\""), QStringLiteral("caf\u00e9 \n 5 USDC"),
        test::sampleExpectation().wallet,
        QDateTime::fromMSecsSinceEpoch(1'800'000'000'123, QTimeZone::utc())};
    return QJsonDocument::fromJson(safeBatch(header, calls)).object();
}

} // namespace

TEST(Commitment, ApprovesTheIncrementThenPlacesTheNewTotal)
{
    const auto calls = sampleCalls();
    ASSERT_EQ(calls.size(), 2);
    EXPECT_EQ(calls[0].to, paymentToken);
    EXPECT_EQ(calls[0].data, approveCalldata(parseEvmAddress(saleContract).value(), 2'000'000));
    EXPECT_EQ(calls[1].to, saleContract);
    EXPECT_EQ(calls[1].data, replaceBidWithApprovalCalldata(parseEvmAddress(paymentToken).value(),
                                                            sampleBid, test::samplePermit())
                                 .value());
    EXPECT_TRUE(toHex(calls[1].data).startsWith(QLatin1String("0xd12cf2c5")));
}

TEST(Commitment, SaysWhatOfTheChainIsMissing)
{
    const auto complaint = [](const Chain &chain) {
        const auto calls = commitmentCalls(chain, test::samplePermit(), sampleBid, 1);
        if (calls)
            return std::string("taken");
        EXPECT_EQ(calls.error().kind, ErrorKind::InvalidInput);
        return calls.error().summary.toStdString();
    };
    Chain chain = sampleChain();
    chain.saleContract.clear();
    EXPECT_NE(complaint(chain).find("sale contract"), std::string::npos);
    EXPECT_FALSE(approveLink(chain, 1));
    chain = sampleChain();
    chain.paymentToken = QStringLiteral("0x12");
    EXPECT_NE(complaint(chain).find("payment token"), std::string::npos);
    chain = sampleChain();
    chain.chainId = 0;
    EXPECT_NE(complaint(chain).find("chain"), std::string::npos);
    chain = sampleChain();
    chain.type = ChainType::Svm;
    EXPECT_NE(complaint(chain).find("EVM"), std::string::npos);
}

TEST(Commitment, ContractsTakeV3PermitsAlone)
{
    for (const PermitType type :
         {PermitType::Basic, PermitType::BasicV2, PermitType::Allocation, PermitType::Solana}) {
        PurchasePermit permit = test::samplePermit();
        permit.type = type;
        const auto calls = commitmentCalls(sampleChain(), permit, sampleBid, 1);
        ASSERT_FALSE(calls);
        EXPECT_TRUE(calls.error().summary.contains(permitTypeName(type)));
        EXPECT_FALSE(purchaseCalldata(1, permit));
    }
}

TEST(ShellQuoting, GivesTheShellBackExactlyWhatWentIn)
{
    const QString chars = QStringLiteral("a'b\"c$(id)`id`\\ \n;&|*?~!#<>{}[]\u00e9=%");
    for (const QString &text : {chars, QStringLiteral("plain"), QString(), QStringLiteral("'"),
                                QStringLiteral("''"), QStringLiteral("-n"), QStringLiteral("~")}) {
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-c"), QStringLiteral("printf '%s|' ") + shellQuoted(text)});
        ASSERT_TRUE(shell.waitForFinished());
        EXPECT_EQ(shell.readAllStandardOutput(), text.toUtf8() + '|');
    }
}

TEST(CastCommand, IsOneLineOfSafeWords)
{
    const QString wallet = test::sampleExpectation().wallet;
    const ContractCall call = sampleCalls().front();
    EXPECT_EQ(castSendCommand(call, sampleChain(), wallet),
              QStringLiteral("cast send --chain 84532 --rpc-url https://sepolia.base.org "
                             "--from %1 %2 %3")
                  .arg(wallet, paymentToken, toHex(call.data)));
    Chain withoutUrl = sampleChain();
    withoutUrl.rpcUrl.clear();
    EXPECT_FALSE(castSendCommand(call, withoutUrl, wallet).contains(QLatin1String("--rpc-url")));
}

TEST(CastCommand, NamesABareServerAlone)
{
    for (const char *url : {"https://user:secret@rpc.example/", "https://secret@rpc.example",
                            "https://rpc.example/v2/secret", "https://rpc.example/?key=secret",
                            "https://rpc.example?secret", "https://rpc.example/#secret",
                            "https://rpc.example//secret", "https://rpc.example/%73ecret/"}) {
        Chain chain = sampleChain();
        chain.rpcUrl = QUrl(QLatin1String(url));
        EXPECT_EQ(publicRpcUrl(chain.rpcUrl), QString()) << url;
        const QString command = castSendCommand(sampleCalls().front(), chain, {});
        EXPECT_FALSE(command.contains(QLatin1String("ecret"))) << url;
        EXPECT_FALSE(command.contains(QLatin1String("--rpc-url"))) << url;
    }
    for (const char *url : {"https://rpc.example", "https://rpc.example/", "http://127.0.0.1:8545"})
        EXPECT_EQ(publicRpcUrl(QUrl(QLatin1String(url))), QLatin1String(url));
    EXPECT_EQ(publicRpcUrl({}), QString());
}

TEST(SafeBatch, HasTheShapeThatTransactionBuilderReads)
{
    const QJsonObject batch = batchOf(sampleCalls());
    EXPECT_EQ(batch[QLatin1String("version")], QStringLiteral("1.0"));
    EXPECT_EQ(batch[QLatin1String("chainId")], QStringLiteral("84532"));
    EXPECT_EQ(batch[QLatin1String("createdAt")], qint64(1'800'000'000'123));
    const QJsonArray transactions = batch[QLatin1String("transactions")].toArray();
    ASSERT_EQ(transactions.size(), 2);
    for (int i = 0; i < 2; ++i) {
        const QJsonObject transaction = transactions[i].toObject();
        EXPECT_EQ(transaction[QLatin1String("to")], sampleCalls()[i].to);
        EXPECT_EQ(transaction[QLatin1String("value")], QStringLiteral("0"));
        EXPECT_EQ(transaction[QLatin1String("data")], toHex(sampleCalls()[i].data));
        EXPECT_TRUE(transaction[QLatin1String("contractMethod")].isNull());
        EXPECT_TRUE(transaction[QLatin1String("contractInputsValues")].isNull());
    }
}

TEST(SafeBatch, ChecksumIsTheOneThatOthersCompute)
{
    // Computed by an independent implementation over the same batch.
    const ContractCall call{paymentToken, QByteArray::fromHex("095ea7b3")};
    const QJsonObject meta = batchOf({call})[QLatin1String("meta")].toObject();
    EXPECT_EQ(meta[QLatin1String("checksum")].toString(),
              QStringLiteral("0xc092bdabd9df1bbf716f1b7be1c631a2d5a34d12d115b4852a824c5e8f481594"));
}

TEST(SafeBatch, ChecksumCoversAllButTheName)
{
    const QJsonObject batch = batchOf(sampleCalls());
    const QString checksum =
        batch[QLatin1String("meta")].toObject()[QLatin1String("checksum")].toString();
    EXPECT_EQ(safeBatchChecksum(batch), checksum);

    const auto withMeta = [&batch](const char *name) {
        QJsonObject changed = batch;
        QJsonObject meta = batch[QLatin1String("meta")].toObject();
        meta.insert(QLatin1String(name), QStringLiteral("changed"));
        changed.insert(QStringLiteral("meta"), meta);
        return changed;
    };
    EXPECT_EQ(safeBatchChecksum(withMeta("name")), checksum);
    EXPECT_NE(safeBatchChecksum(withMeta("description")), checksum);
    EXPECT_NE(safeBatchChecksum(withMeta("createdFromSafeAddress")), checksum);

    QJsonObject reversed = batch;
    const QJsonArray transactions = batch[QLatin1String("transactions")].toArray();
    reversed.insert(QStringLiteral("transactions"), QJsonArray{transactions[1], transactions[0]});
    EXPECT_NE(safeBatchChecksum(reversed), checksum);
}

TEST(ApproveLink, FollowsEip681)
{
    EXPECT_EQ(approveLink(sampleChain(), uint256Max()).value(),
              QStringLiteral("ethereum:%1@84532/approve?address=%2&uint256="
                             "1157920892373161954235709850086879078532699846656405640394575840079"
                             "13129639935")
                  .arg(paymentToken, saleContract));
}

} // namespace sonar
