// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/codecs.h"

#include "tests/sonar/endpoints.h"

#include <gtest/gtest.h>

#include <QTimeZone>

using namespace sonar;
using namespace sonar::test;

namespace {

QByteArray entitiesWith(const QByteArray &from, const QByteArray &to)
{
    QByteArray entity = entityJson;
    EXPECT_TRUE(entity.contains(from)) << from.constData();
    return R"({"Entities":[)" + entity.replace(from, to) + "]}";
}

Result<CommitmentData> commitmentWith(const QByteArray &from, const QByteArray &to)
{
    QByteArray commitment = commitmentJson;
    EXPECT_TRUE(commitment.contains(from)) << from.constData();
    return decodeCommitmentData(
        R"({"TotalCommitmentAmount":"5","PaymentTokenDecimals":6,"UniqueCommitmentCount":1,)"
        R"("Commitments":[)" +
        commitment.replace(from, to) + "]}");
}

} // namespace

TEST(EntityCodec, ReadsAnEntity)
{
    const auto entities = decodeEntities(R"({"Entities":[)" + entityJson + "]}");
    ASSERT_TRUE(entities);
    ASSERT_EQ(entities->size(), 1);
    const Entity &entity = entities->first();
    EXPECT_EQ(entity.label, QStringLiteral("Ada Lovelace"));
    EXPECT_EQ(entity.entityId, QStringLiteral("e-1"));
    EXPECT_EQ(entity.type, EntityType::User);
    EXPECT_EQ(entity.setupState, EntitySetupState::Complete);
    EXPECT_EQ(entity.eligibility, SaleEligibility::Eligible);
    EXPECT_EQ(entity.region, InvestingRegion::Us);
    EXPECT_TRUE(entity.canTakePart());
    EXPECT_TRUE(decodeEntities(R"({"Entities":[]})")->isEmpty());
}

TEST(EntityCodec, UnknownValuesAreShownAndNeverEligible)
{
    struct Row
    {
        QByteArray from, to;
    };
    for (const Row &row :
         {Row{R"("SaleEligibility":"eligible")", R"("SaleEligibility":"Eligible")"},
          Row{R"("SaleEligibility":"eligible")", R"("SaleEligibility":"super-eligible")"},
          Row{R"("SaleEligibility":"eligible")", R"("SaleEligibility":"eligible ")"},
          Row{R"("SaleEligibility":"eligible")", R"("SaleEligibility":"eligible\u0000")"},
          Row{R"("SaleEligibility":"eligible")", R"("SaleEligibility":"")"},
          Row{R"("EntitySetupState":"complete")", R"("EntitySetupState":"completed")"},
          Row{R"("EntitySetupState":"complete")", R"("EntitySetupState":"COMPLETE")"},
          Row{R"("EntitySetupState":"complete")", R"("EntitySetupState":"in-review")"}}) {
        const auto entities = decodeEntities(entitiesWith(row.from, row.to));
        ASSERT_TRUE(entities) << row.to.constData();
        EXPECT_FALSE(entities->first().canTakePart()) << row.to.constData();
    }
    const auto strange = decodeEntities(
        entitiesWith(R"("InvestingRegion":"us")", R"("InvestingRegion":"<b>mars</b>")"));
    ASSERT_TRUE(strange);
    EXPECT_EQ(strange->first().region, InvestingRegion::Unrecognised);
    EXPECT_EQ(strange->first().regionText, QStringLiteral("<b>mars</b>"));
}

TEST(EntityCodec, SpoiltEntitiesNameTheField)
{
    struct Row
    {
        QByteArray from, to;
        QString named;
    };
    for (const Row &row : {
             Row{R"("Label":"Ada Lovelace",)", "", QStringLiteral("Label")},
             Row{R"("Label":"Ada Lovelace")", R"("Label":null)", QStringLiteral("Label")},
             Row{R"("Label":"Ada Lovelace")", R"("Label":7)", QStringLiteral("Label")},
             Row{R"("EntityID":"e-1")", R"("EntityID":"")", QStringLiteral("EntityID")},
             Row{R"("EntityID":"e-1")", R"("EntityID":[])", QStringLiteral("EntityID")},
             Row{"00112233445566778899aabbccddeeff", "0011",
                 QStringLiteral("SaleSpecificEntityID")},
             Row{"00112233445566778899aabbccddeeff", "zz112233445566778899aabbccddeeff",
                 QStringLiteral("SaleSpecificEntityID")},
             Row{R"("EntityType":"user")", R"("EntityType":{})", QStringLiteral("EntityType")},
             Row{R"("EntitySetupState":"complete")", R"("EntitySetupState":true)",
                 QStringLiteral("EntitySetupState")},
             Row{R"("SaleEligibility":"eligible")", R"("SaleEligibility":null)",
                 QStringLiteral("SaleEligibility")},
             Row{R"(,"InvestingRegion":"us")", "", QStringLiteral("InvestingRegion")},
         }) {
        const auto entities = decodeEntities(entitiesWith(row.from, row.to));
        ASSERT_TRUE(entities) << row.to.constData();
        ASSERT_EQ(entities->size(), 1);
        EXPECT_FALSE(entities->first().isReadable());
        EXPECT_FALSE(entities->first().canTakePart());
        const QString &fault = entities->first().fault;
        EXPECT_TRUE(fault.contains(row.named)) << qPrintable(fault);
        EXPECT_TRUE(fault.contains(QStringLiteral("[0]"))) << qPrintable(fault);
    }
}

TEST(EntityCodec, ASpoiltEntityCostsNoOtherOne)
{
    const QByteArray second = QByteArray(entityJson).replace("e-1", "e-2");
    const QByteArray third = QByteArray(entityJson).replace("e-1", "e-3");
    for (const QByteArray &spoilt :
         {QByteArray("1"), QByteArray("null"), QByteArray("[]"), QByteArray("{}"),
          QByteArray(second).replace("\"e-2\"", "7")}) {
        const auto entities =
            decodeEntities("{\"Entities\":[" + entityJson + ',' + spoilt + ',' + third + "]}");
        ASSERT_TRUE(entities) << spoilt.constData();
        ASSERT_EQ(entities->size(), 3) << spoilt.constData();
        EXPECT_TRUE(entities->at(0).canTakePart());
        EXPECT_FALSE(entities->at(1).isReadable());
        EXPECT_FALSE(entities->at(1).isIdKnown);
        EXPECT_TRUE(entities->at(1).fault.contains(QLatin1String("[1]")));
        EXPECT_EQ(entities->at(2).entityId, QStringLiteral("e-3"));
    }
    const auto named = decodeEntities("{\"Entities\":[" +
                                      QByteArray(second).replace("\"eligible\"", "true") + "]}");
    ASSERT_TRUE(named);
    EXPECT_EQ(named->first().entityId, QStringLiteral("e-2"));
    EXPECT_TRUE(named->first().isIdKnown);
    EXPECT_EQ(named->first().label, QStringLiteral("Ada Lovelace"));
    EXPECT_FALSE(named->first().isReadable());
}

TEST(EntityCodec, TensOfThousandsAreRead)
{
    QByteArray list;
    for (int i = 0; i < 25'000; ++i)
        list += (i > 0 ? "," : "") +
                QByteArray(entityJson).replace("e-1", "e-" + QByteArray::number(i));
    const auto entities = decodeEntities("{\"Entities\":[" + list + "]}");
    ASSERT_TRUE(entities) << qPrintable(entities.error().report());
    EXPECT_EQ(entities->size(), 25'000);
    EXPECT_TRUE(entities->last().canTakePart());
}

TEST(EntityCodec, AnEntityNamedTwiceStandsOnceAsItCameFirst)
{
    const QByteArray again = QByteArray(entityJson).replace("Ada", "Eve");
    const QByteArray other = QByteArray(entityJson).replace("e-1", "e-2");
    const auto entities = decodeEntities(R"({"Entities":[)" + entityJson + ',' + again + ',' +
                                         other + ',' + entityJson + "]}");
    ASSERT_TRUE(entities) << qPrintable(entities.error().report());
    ASSERT_EQ(entities->size(), 2);
    EXPECT_EQ(entities->at(0).label, QStringLiteral("Ada Lovelace"));
    EXPECT_EQ(entities->at(1).entityId, QStringLiteral("e-2"));
}

TEST(ListCodecs, AListThatIsNullIsEmpty)
{
    const auto entities = decodeEntities(R"({"Entities":null})");
    ASSERT_TRUE(entities);
    EXPECT_TRUE(entities->isEmpty());
    const auto investments = decodeInvestments(R"({"Investments":null})");
    ASSERT_TRUE(investments);
    EXPECT_TRUE(investments->isEmpty());
    const auto data = decodeCommitmentData(
        R"({"TotalCommitmentAmount":"0","PaymentTokenDecimals":6,"UniqueCommitmentCount":0,)"
        R"("Commitments":null})");
    ASSERT_TRUE(data);
    EXPECT_TRUE(data->commitments.isEmpty());
    const auto bare = commitmentWith(commitmentJson.mid(commitmentJson.indexOf("\"Amounts\""),
                                                        commitmentJson.indexOf(",\"CreatedAt") -
                                                            commitmentJson.indexOf("\"Amounts\"")),
                                     "\"Amounts\":null");
    ASSERT_TRUE(bare) << qPrintable(bare.error().report());
    EXPECT_TRUE(bare->commitments.first().amounts.isEmpty());
    // Absent is another thing.
    EXPECT_FALSE(decodeEntities("{}"));
    EXPECT_FALSE(decodeInvestments("{}"));
}

TEST(EntityCodec, LongTextsAreBounded)
{
    const auto entities = decodeEntities(entitiesWith("Ada Lovelace", QByteArray(500'000, 'x')));
    ASSERT_TRUE(entities);
    EXPECT_EQ(entities->first().label.size(), 1'000);
    const auto longId = decodeEntities(entitiesWith("e-1", QByteArray(1'001, 'x')));
    ASSERT_TRUE(longId);
    EXPECT_FALSE(longId->first().isReadable()) << "an id can't be cut";
}

TEST(PrePurchaseCodec, ReadyNeedsTheWordAndNoReason)
{
    struct Row
    {
        QByteArray ready, reason;
        bool isReady;
        FailureReason read;
    };
    for (const Row &row : {
             Row{"true", "", true, FailureReason::None},
             Row{"true", "wallet-risk", false, FailureReason::WalletRisk},
             Row{"true", "quantum-flux", false, FailureReason::Unrecognised},
             Row{"false", "", false, FailureReason::Unknown},
             Row{"false", "quantum-flux", false, FailureReason::Unrecognised},
             Row{"false", "requires-liveness", false, FailureReason::RequiresLiveness},
             Row{"false", "Wallet-Risk", false, FailureReason::Unrecognised},
         }) {
        const auto result =
            decodePrePurchase(R"({"ReadyToPurchase":)" + row.ready + R"(,"FailureReason":")" +
                              row.reason + R"(","LivenessCheckURL":""})");
        ASSERT_TRUE(result);
        EXPECT_EQ(result->ready, row.isReady) << row.reason.constData();
        EXPECT_EQ(result->reason, row.read) << row.reason.constData();
        EXPECT_EQ(result->reasonText, QString::fromLatin1(row.reason));
    }
    for (const char *ready : {"\"true\"", "1", "null", "[]"})
        EXPECT_FALSE(decodePrePurchase(QByteArray(R"({"ReadyToPurchase":)") + ready +
                                       R"(,"FailureReason":"","LivenessCheckURL":""})"));
    EXPECT_FALSE(
        decodePrePurchase(R"({"ReadyToPurchase":false,"FailureReason":"","LivenessCheckURL":")" +
                          QByteArray(5'000, 'x') + R"("})"));
}

TEST(PermitCodec, KeepsTheTextByteForByte)
{
    const QByteArray permit =
        "{ \"MinPrice\" : 18446744073709551615,\n\t\"x\":1.0,\"y\":\"\\u0041\\/\" }";
    const auto reply =
        decodePermitReply("{\"Signature\" : \"0xAb\\u0063\" , \"PermitJSON\" :" + permit + " }");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->permitJson, permit);
    EXPECT_EQ(reply->signature, "\"0xAb\\u0063\"");
}

TEST(ProfileCodec, EmailIsThereOnlyWithItsScope)
{
    EXPECT_EQ(decodeProfile(R"({"EntityID":"e","EmailAddress":"a@b"})")->emailAddress,
              QStringLiteral("a@b"));
    EXPECT_EQ(decodeProfile(R"({"EntityID":"e"})")->emailAddress, QString());
    EXPECT_EQ(decodeProfile(R"({"EntityID":"e","EmailAddress":null})")->emailAddress, QString());
    EXPECT_FALSE(decodeProfile(R"({"EntityID":"e","EmailAddress":5})"));
}

TEST(LimitsCodec, AmountsAreExactDecimalStrings)
{
    const auto limits = [](const QByteArray &most) {
        return decodeLimits(R"({"HasCustomCommitmentAmountLimit":true,"MinCommitmentAmount":"0",)"
                            R"("MaxCommitmentAmount":)" +
                            most + "}");
    };
    const QByteArray largest =
        "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    ASSERT_TRUE(limits('"' + largest + '"'));
    EXPECT_EQ(toDecimal(limits('"' + largest + '"')->maxAmount).toLatin1(), largest);
    for (const QByteArray &bad :
         {QByteArray("5"), QByteArray("\"\""), QByteArray("\"-1\""), QByteArray("\"1.5\""),
          QByteArray("\"1e3\""), QByteArray("\"0x10\""), QByteArray("\" 1\""),
          QByteArray("\"115792089237316195423570985008687907853269984665640564039457584007913129639"
                     "936\""),
          '"' + QByteArray(100'000, '9') + '"', QByteArray("null"), QByteArray("[]")})
        EXPECT_FALSE(limits(bad)) << bad.left(90).constData();
}

TEST(InvestmentCodec, TimesWithAndWithoutZone)
{
    const auto at = [](const char *time) -> std::optional<QDateTime> {
        const auto read = decodeInvestments(
            QByteArray(R"({"Investments":[{"CompanyName":"c","Round":"r","InvestedOn":")") + time +
            "\"}]}");
        return read ? std::optional(read->first().investedOn) : std::nullopt;
    };
    const QDateTime expected(QDate(2026, 1, 2), QTime(3, 4, 5), QTimeZone::utc());
    EXPECT_EQ(at("2026-01-02T03:04:05Z"), expected);
    EXPECT_EQ(at("2026-01-02T03:04:05"), expected);
    EXPECT_EQ(at("2026-01-02T05:04:05+02:00"), expected);
    EXPECT_EQ(at("2026-01-02T03:04:05.123456789Z"), expected.addMSecs(123));
    EXPECT_EQ(at("2026-01-02T03:04:05.1Z"), expected.addMSecs(100));
    for (const char *bad :
         {"", "yesterday", "2026-13-01T00:00:00Z", "1767323045", "2026-01-02T25:00:00Z"})
        EXPECT_FALSE(at(bad)) << bad;
}

TEST(CommitmentCodec, ReadsBothSpellings)
{
    const auto first = commitmentWith("CommitmentID", "CommitmentID");
    ASSERT_TRUE(first) << qPrintable(first.error().report());
    const auto second = [] {
        QByteArray other = commitmentJson;
        other.replace(R"("Token")", R"("TokenAddress")")
            .replace(R"("ExtraRaw":"0x0102")", R"("ExtraDataRaw":"AQI=")");
        return decodeCommitmentData(
            R"({"TotalCommitmentAmount":"5","PaymentTokenDecimals":6,"UniqueCommitmentCount":1,)"
            R"("Commitments":[)" +
            other + "]}");
    }();
    ASSERT_TRUE(second) << qPrintable(second.error().report());
    EXPECT_EQ(*first, *second);
    const Commitment &commitment = first->commitments.first();
    EXPECT_EQ(commitment.amounts.first().token, QStringLiteral("0xt"));
    EXPECT_EQ(commitment.extraRaw, QByteArray("\x01\x02"));
    EXPECT_EQ(commitment.createdAt.time().msec(), 123);
    EXPECT_EQ(toDecimal(commitment.amounts.first().amount).size(), 78);
    EXPECT_FALSE(first->clearingPriceNumerator);
    EXPECT_FALSE(first->offeredTokenDecimals);
}

TEST(CommitmentCodec, SpoiltCommitmentsAreRefused)
{
    struct Row
    {
        QByteArray from, to;
    };
    for (const Row &row : {
             Row{R"("Token":"0xt",)", ""},
             Row{R"("Wallet":"0xw")", R"("Wallet":null)"},
             Row{R"("PriceNumerator":"3")", R"("PriceNumerator":3)"},
             Row{R"("PriceDenominator":"2")", R"("PriceDenominator":"2.0")"},
             Row{R"("PriceMicroUSD":"1500000")", R"("PriceMicroUSD":1500000)"},
             Row{R"("ExtraRaw":"0x0102")", R"("ExtraRaw":"0x01f")"},
             Row{R"("ExtraRaw":"0x0102")", R"("ExtraDataRaw":"A*Q=")"},
             Row{R"("CreatedAt":"2026)", R"("CreatedAt":"x2026)"},
             Row{R"("CommitmentID":"0xab",)", ""},
             Row{R"("Amounts":[)", R"("Amounts":[7,)"},
         })
        EXPECT_FALSE(commitmentWith(row.from, row.to)) << row.to.constData();
    // What may be absent may be.
    EXPECT_TRUE(commitmentWith(R"("PriceMicroUSD":"1500000",)", ""));
    EXPECT_TRUE(commitmentWith(R"("ExtraRaw":"0x0102",)", ""));
    EXPECT_TRUE(commitmentWith(R"("ExtraRaw":"0x0102")", R"("ExtraRaw":"")"));
    EXPECT_TRUE(commitmentWith(R"(,"ExtraDataParsed":{"a":1})", ""));
}

TEST(CommitmentCodec, NumbersOfAnySizeMayStandWhereNobodyReadsThem)
{
    const QByteArray largest =
        "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    const auto plain = commitmentWith("CommitmentID", "CommitmentID");
    const auto parsed = commitmentWith(R"("ExtraDataParsed":{"a":1})",
                                       R"("ExtraDataParsed":{"price":)" + largest + "}");
    ASSERT_TRUE(parsed) << qPrintable(parsed.error().report());
    EXPECT_EQ(*parsed, *plain);
    const auto unknown = commitmentWith(R"("ExtraRaw")", R"("Future":[-1e999],"ExtraRaw")");
    ASSERT_TRUE(unknown) << qPrintable(unknown.error().report());
    // Read as a number it has to be one.
    EXPECT_FALSE(commitmentWith(R"("Amount":")" + largest + '"', R"("Amount":)" + largest));
}

TEST(CommitmentCodec, DecimalsAndCountsAreInRange)
{
    const auto data = [](const QByteArray &members) {
        return decodeCommitmentData(R"({"TotalCommitmentAmount":"5","Commitments":[],)" + members +
                                    "}");
    };
    EXPECT_TRUE(data(R"("PaymentTokenDecimals":77,"UniqueCommitmentCount":18446744073709551615)"));
    EXPECT_TRUE(data(R"("PaymentTokenDecimals":0,"UniqueCommitmentCount":0,)"
                     R"("OfferedTokenDecimals":18,"ClearingPriceNumerator":"1",)"
                     R"("ClearingPriceDenominator":"3","ClearingPriceMicroUSD":"")"));
    EXPECT_FALSE(data(R"("PaymentTokenDecimals":78,"UniqueCommitmentCount":0)"));
    EXPECT_FALSE(data(R"("PaymentTokenDecimals":-1,"UniqueCommitmentCount":0)"));
    EXPECT_FALSE(data(R"("PaymentTokenDecimals":6,"UniqueCommitmentCount":18446744073709551616)"));
    EXPECT_FALSE(data(R"("PaymentTokenDecimals":6.0,"UniqueCommitmentCount":0)"));
    EXPECT_FALSE(data(R"("PaymentTokenDecimals":6,"UniqueCommitmentCount":-1)"));
    EXPECT_FALSE(data(R"("PaymentTokenDecimals":6,"UniqueCommitmentCount":0,)"
                      R"("OfferedTokenDecimals":"18")"));
}
