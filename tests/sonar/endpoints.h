// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sonar/sonarclient.h"

#include "tests/support/scriptedserver.h"
#include "tests/support/waiting.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>

namespace sonar::test {

/// Gives the same tokens to everybody and counts.
class FixedTokens : public AccessTokenProvider
{
public:
    QCoro::Task<Result<QByteArray>> accessToken() override
    {
        ++asked;
        if (fault)
            co_return failure(*fault);
        co_return Result<QByteArray>(token);
    }
    QCoro::Task<Result<QByteArray>> replaceRejected(QByteArray rejected) override
    {
        replaced << rejected;
        if (fault)
            co_return failure(*fault);
        token = replacement;
        co_return Result<QByteArray>(token);
    }
    void refused(const QByteArray &rejected) override { refusals << rejected; }
    QByteArrayList secrets() const override { return {token, refreshToken}; }

    QByteArray token = "token-0";
    QByteArray replacement = "token-1";
    QByteArray refreshToken = "refresh-token-0";
    std::optional<Error> fault;
    int asked = 0;
    QList<QByteArray> replaced;
    QList<QByteArray> refusals;
};

/// What a call came to, without its type.
struct Called
{
    bool ended = false;
    std::optional<Error> error;
};
using Calling = std::shared_ptr<Called>;

template <typename T> QCoro::Task<> note(QCoro::Task<Result<T>> task, Calling calling)
{
    const Result<T> result = co_await task;
    calling->ended = true;
    if (!result)
        calling->error = result.error();
}

template <typename T> Calling begin(QCoro::Task<Result<T>> task)
{
    auto calling = std::make_shared<Called>();
    note(std::move(task), calling);
    return calling;
}

template <typename T>
QCoro::Task<> keep(QCoro::Task<Result<T>> task, std::shared_ptr<std::optional<Result<T>>> kept)
{
    *kept = co_await task;
}

template <typename T> Result<T> awaited(QCoro::Task<Result<T>> task)
{
    auto kept = std::make_shared<std::optional<Result<T>>>();
    keep(std::move(task), kept);
    if (!waitUntil([&] { return kept->has_value(); }))
        return failure({ErrorKind::File, QStringLiteral("the call did not end"), {}, {}});
    return **kept;
}

/// One endpoint: how it is called, and a right answer.
struct Endpoint
{
    const char *name;
    QByteArray path;
    QByteArray request; ///< exactly
    bool authenticated;
    QByteArray answer;
    QList<QByteArray> members; ///< required, top level
    std::function<Calling(SonarClient &, CancelToken)> call;
};

inline const QByteArray entityJson =
    R"({"Label":"Ada Lovelace","EntityID":"e-1","SaleSpecificEntityID":)"
    R"("0x00112233445566778899aabbccddeeff","EntityType":"user","EntitySetupState":"complete",)"
    R"("SaleEligibility":"eligible","InvestingRegion":"us"})";

inline const QByteArray commitmentJson =
    R"({"CommitmentID":"0xab","SaleSpecificEntityID":"0x00112233445566778899aabbccddeeff",)"
    R"("PriceNumerator":"3","PriceDenominator":"2","PriceMicroUSD":"1500000","Amounts":[{)"
    R"("Wallet":"0xw","Token":"0xt","Amount":)"
    R"("115792089237316195423570985008687907853269984665640564039457584007913129639935"}],)"
    R"("CreatedAt":"2026-05-04T03:02:01.123456789Z","ExtraRaw":"0x0102","ExtraDataParsed":{"a":1}})";

inline QList<Endpoint> endpoints()
{
    const QString sale = QStringLiteral("s");
    const QString entity = QStringLiteral("e-1");
    const QString wallet = QStringLiteral("0xw");
    const QByteArray pair = R"({"EntityID":"e-1","PurchasingWalletAddress":"0xw","SaleUUID":"s"})";
    return {
        {"MyProfile",
         "/externalapi.MyProfile",
         "{}",
         true,
         R"({"EntityID":"e-1","EmailAddress":"a@example.com"})",
         {"EntityID"},
         [](SonarClient &client, CancelToken cancel) { return begin(client.myProfile(cancel)); }},
        {"ListAvailableEntities",
         "/externalapi.ListAvailableEntities",
         R"({"SaleUUID":"s"})",
         true,
         R"({"Entities":[)" + entityJson + "]}",
         {"Entities"},
         [=](SonarClient &client, CancelToken cancel) {
             return begin(client.listAvailableEntities(sale, cancel));
         }},
        {"ReadEntity",
         "/externalapi.ReadEntity",
         R"({"EntityID":"e-1","SaleUUID":"s"})",
         true,
         R"({"Entity":)" + entityJson + "}",
         {"Entity"},
         [=](SonarClient &client, CancelToken cancel) {
             return begin(client.readEntity(sale, entity, cancel));
         }},
        {"ReadEntity by wallet",
         "/externalapi.ReadEntity",
         R"({"SaleUUID":"s","WalletAddress":"0xw"})",
         true,
         R"({"Entity":)" + entityJson + "}",
         {"Entity"},
         [=](SonarClient &client, CancelToken cancel) {
             return begin(client.readEntityByWallet(sale, wallet, cancel));
         }},
        {"PrePurchaseCheck",
         "/externalapi.PrePurchaseCheck",
         pair,
         true,
         R"({"ReadyToPurchase":true,"FailureReason":"","LivenessCheckURL":""})",
         {"ReadyToPurchase", "FailureReason", "LivenessCheckURL"},
         [=](SonarClient &client, CancelToken cancel) {
             return begin(client.prePurchaseCheck(sale, entity, wallet, cancel));
         }},
        {"GenerateSalePurchasePermit",
         "/externalapi.GenerateSalePurchasePermit",
         pair,
         true,
         R"({"PermitJSON":{"MinPrice":18446744073709551615},"Signature":"0x00"})",
         {"PermitJSON", "Signature"},
         [=](SonarClient &client, CancelToken cancel) {
             return begin(client.generatePurchasePermit(sale, entity, wallet, cancel));
         }},
        {"Limits",
         "/externalapi.Limits",
         R"({"SaleUUID":"s","WalletAddress":"0xw"})",
         true,
         R"({"HasCustomCommitmentAmountLimit":false,"MinCommitmentAmount":"1",)"
         R"("MaxCommitmentAmount":"2"})",
         {"HasCustomCommitmentAmountLimit", "MinCommitmentAmount", "MaxCommitmentAmount"},
         [=](SonarClient &client, CancelToken cancel) {
             return begin(client.limits(sale, wallet, cancel));
         }},
        {"ReadEntityInvestmentHistory",
         "/externalapi.ReadEntityInvestmentHistory",
         "{}",
         true,
         R"({"Investments":[{"CompanyName":"c","Round":"r","InvestedOn":"2026-01-02T03:04:05Z"}]})",
         {"Investments"},
         [](SonarClient &client, CancelToken cancel) {
             return begin(client.investmentHistory(cancel));
         }},
        {"read-commitment-data",
         "/sonar/v1/public/read-commitment-data",
         R"({"SaleUUID":"s"})",
         false,
         R"({"TotalCommitmentAmount":"5","PaymentTokenDecimals":6,"UniqueCommitmentCount":1,)"
         R"("Commitments":[)" +
             commitmentJson + "]}",
         {"TotalCommitmentAmount", "PaymentTokenDecimals", "UniqueCommitmentCount", "Commitments"},
         [=](SonarClient &client, CancelToken cancel) {
             return begin(client.readCommitmentData(sale, cancel));
         }},
    };
}

} // namespace sonar::test
