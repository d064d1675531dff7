// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/purchasepermit.h"

#include "tests/permits/samples.h"

#include <gtest/gtest.h>

namespace sonar {

namespace {

const QByteArray v3 =
    R"({"PermitJSON":{"SaleSpecificEntityID":"0x00112233445566778899aabbccddeeff",)"
    R"("SaleUUID":"0xa1a2a3a4b1b2c1c2d1d2d3d4d5d6d7d8",)"
    R"("Wallet":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","ExpiresAt":18446744073709551615,)"
    R"("MinAmount":"0","MaxAmount":)"
    R"("115792089237316195423570985008687907853269984665640564039457584007913129639935",)"
    R"("MinPrice":9007199254740993,"MaxPrice":18446744073709551615,"OpensAt":1,"ClosesAt":2,)"
    R"("Payload":"0x"},"Signature":"0x01"})";

const QByteArray basicFields =
    R"("SaleUUID":"0xa1a2a3a4b1b2c1c2d1d2d3d4d5d6d7d8",)"
    R"("Wallet":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","ExpiresAt":1,"Payload":"0x")";

QByteArray reply(const QByteArray &permit)
{
    return R"({"PermitJSON":{)" + permit + R"(},"Signature":"0x01"})";
}

QByteArray edited(QByteArray text, const QByteArray &from, const QByteArray &to)
{
    EXPECT_EQ(text.count(from), 1) << from.constData();
    return text.replace(from, to);
}

/// Refused as Malformed; returns the details.
std::string permitRefusal(const QByteArray &text, ChainType chain = ChainType::Evm)
{
    const auto permit = decodePermit(text, chain);
    if (permit) {
        ADD_FAILURE() << "taken: " << text.constData();
        return {};
    }
    EXPECT_EQ(permit.error().kind, ErrorKind::Malformed);
    EXPECT_FALSE(permit.error().summary.isEmpty());
    EXPECT_FALSE(permit.error().advice.isEmpty());
    return permit.error().details.toStdString();
}

} // namespace

TEST(PermitDecoding, KeepsTheLargestNumbers)
{
    const auto permit = decodePermit(v3, ChainType::Evm);
    ASSERT_TRUE(permit) << qPrintable(permit.error().report());
    EXPECT_EQ(permit->expiresAt, 18446744073709551615U);
    EXPECT_EQ(permit->minPrice, 9007199254740993U);
    EXPECT_EQ(permit->maxPrice, 18446744073709551615U);
    EXPECT_EQ(permit->maxAmount, uint256Max());
    EXPECT_EQ(permit->signature, QByteArray("\x01", 1));
}

TEST(PermitDecoding, TellsTheTypeByItsFields)
{
    const QByteArray named = R"("SaleSpecificEntityID":"0x00112233445566778899aabbccddeeff",)";
    const QByteArray plain = R"("EntityID":"0x00112233445566778899aabbccddeeff",)";
    const QByteArray limits = R"("MinAmount":"1","MaxAmount":"2","MinPrice":3,"MaxPrice":4,)";
    const QByteArray allocation =
        R"("ReservedAmount":"5","MaxAmount":"6","MinAmount":"7","Permit":{)" + plain + basicFields +
        "}";
    const auto typeOf = [](const QByteArray &permit) {
        const auto decoded = decodePermit(reply(permit), ChainType::Evm);
        return decoded ? permitTypeName(decoded->type).toStdString()
                       : decoded.error().details.toStdString();
    };
    EXPECT_EQ(typeOf(plain + basicFields), "basic");
    EXPECT_EQ(typeOf(named + limits + basicFields), "basic-v2");
    EXPECT_EQ(typeOf(named + limits + R"("OpensAt":1,"ClosesAt":2,)" + basicFields), "basic-v3");
    EXPECT_EQ(typeOf(allocation), "allocation");
}

TEST(PermitDecoding, KeepsWhatAnAllocationSays)
{
    const auto permit = decodePermit(
        reply(R"("Permit":{"EntityID":"0x00112233445566778899aabbccddeeff",)" + basicFields +
              R"(},"ReservedAmount":"5","MaxAmount":"6","MinAmount":"7")"),
        ChainType::Evm);
    ASSERT_TRUE(permit) << qPrintable(permit.error().report());
    EXPECT_EQ(permit->reservedAmount, Uint256(5));
    EXPECT_EQ(permit->maxAmount, Uint256(6));
    EXPECT_EQ(permit->minAmount, Uint256(7));
    EXPECT_EQ(permit->expiresAt, 1U);
    EXPECT_EQ(permit->wallet.toHex(), "70997970c51812dc3a010c7d01b50e0d17dc79c8");
}

TEST(PermitDecoding, RefusesAMixtureOfTypes)
{
    const QByteArray plain = R"("EntityID":"0x00112233445566778899aabbccddeeff",)";
    permitRefusal(reply(basicFields));
    permitRefusal(reply(plain + R"("MinAmount":"1",)" + basicFields));
    permitRefusal(reply(plain + R"("MaxPrice":1,)" + basicFields));
    permitRefusal(reply(plain + R"("OpensAt":1,"ClosesAt":2,)" + basicFields));
    permitRefusal(reply(plain + R"("Permit":{},)" + basicFields));
    // Half a window: neither v2 nor v3.
    permitRefusal(edited(v3, R"("OpensAt":1,)", ""));
    permitRefusal(edited(v3, R"("ClosesAt":2,)", ""));
    permitRefusal(edited(v3, R"("OpensAt":1,)", R"("OpensAt":null,)"));
}

TEST(PermitDecoding, RefusesAnyMissingField)
{
    for (const char *name : {"SaleSpecificEntityID", "SaleUUID", "Wallet", "ExpiresAt", "MinAmount",
                             "MaxAmount", "MinPrice", "MaxPrice", "Payload", "Signature"}) {
        SCOPED_TRACE(name);
        const QByteArray quoted = '"' + QByteArray(name) + '"';
        permitRefusal(edited(v3, quoted, R"("Unknown")"));
    }
    permitRefusal(R"({"Signature":"0x01"})");
    permitRefusal(R"({"PermitJSON":[],"Signature":"0x01"})");
    permitRefusal(R"({"PermitJSON":"{}","Signature":"0x01"})");
}

TEST(PermitDecoding, RefusesOtherForms)
{
    const std::vector<std::pair<const char *, const char *>> changes = {
        {R"("ExpiresAt":18446744073709551615)", R"("ExpiresAt":18446744073709551616)"},
        {R"("ExpiresAt":18446744073709551615)", R"("ExpiresAt":"1")"},
        {R"("ExpiresAt":18446744073709551615)", R"("ExpiresAt":-1)"},
        {R"("ExpiresAt":18446744073709551615)", R"("ExpiresAt":1.0)"},
        {R"("ExpiresAt":18446744073709551615)", R"("ExpiresAt":1e3)"},
        {R"("ExpiresAt":18446744073709551615)", R"("ExpiresAt":true)"},
        {R"("MinAmount":"0")", R"("MinAmount":0)"},
        {R"("MinAmount":"0")", R"("MinAmount":"")"},
        {R"("MinAmount":"0")", R"("MinAmount":"-1")"},
        {R"("MinAmount":"0")", R"("MinAmount":"+1")"},
        {R"("MinAmount":"0")", R"("MinAmount":" 1")"},
        {R"("MinAmount":"0")", R"("MinAmount":"0x1")"},
        {R"("MinAmount":"0")", R"("MinAmount":"1.0")"},
        {"129639935", "129639936"},
        {"0x00112233445566778899aabbccddeeff", "0x00112233445566778899aabbccddee"},
        {"0x00112233445566778899aabbccddeeff", "0x00112233445566778899aabbccddeeff00"},
        {"0x00112233445566778899aabbccddeeff", "00112233445566778899aabbccddeeff"},
        {"0x00112233445566778899aabbccddeeff", "00112233-4455-6677-8899-aabbccddeeff"},
        {"0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "0x70997970C51812dc3A010C7d01b50e0d17dc79"},
        {"0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
         "EuaMEX3ehaSdmP1CGudtMmp3UH9MYiv2JZe11Sy9iRYK"},
        {R"("Payload":"0x")", R"("Payload":"")"},
        {R"("Payload":"0x")", R"("Payload":"0x1")"},
        {R"("Payload":"0x")", R"("Payload":"0xzz")"},
        {R"("Signature":"0x01")", R"("Signature":"01")"},
        {R"("Signature":"0x01")", R"("Signature":null)"},
    };
    for (const auto &[from, to] : changes) {
        SCOPED_TRACE(to);
        EXPECT_FALSE(permitRefusal(edited(v3, from, to)).empty());
    }
}

TEST(PermitDecoding, SaysWhichFieldIsWrong)
{
    EXPECT_NE(
        permitRefusal(edited(v3, R"("MinAmount":"0")", R"("MinAmount":"x")")).find("MinAmount"),
        std::string::npos);
}

TEST(PermitDecoding, RefusesAMemberNamedTwice)
{
    permitRefusal(edited(v3, R"("OpensAt":1)", R"("OpensAt":1,"OpensAt":1)"));
    // The same name in another spelling.
    permitRefusal(edited(v3, R"("OpensAt":1)", R"("OpensAt":1,"\u004fpensAt":9)"));
    permitRefusal(edited(v3, R"("Signature":"0x01")", R"("Signature":"0x01","Signature":"0x02")"));
}

TEST(PermitDecoding, RefusesWhatIsNoJson)
{
    permitRefusal("");
    permitRefusal("null");
    permitRefusal("[]");
    permitRefusal(v3.chopped(1));
    permitRefusal(v3 + "x");
    permitRefusal("\xef\xbb\xbf" + v3);
    permitRefusal(edited(v3, R"("Payload":"0x")", "\"Payload\":\"\xff\""));
}

TEST(PermitDecoding, IgnoresMembersItDoesNotKnow)
{
    const auto known = decodePermit(v3, ChainType::Evm);
    const auto more = decodePermit(
        edited(v3, R"("OpensAt":1)", R"("OpensAt":1,"Later":{"EntityID":1},"EntityID":"x")"),
        ChainType::Evm);
    ASSERT_TRUE(known && more);
    EXPECT_EQ(*known, *more);
}

TEST(PermitDecoding, KeepsSignaturesOfAnyLength)
{
    for (const int size : {0, 1, 64, 65, 66, 1000}) {
        const QByteArray bytes(size, '\x5a');
        const auto permit = decodePermit(
            edited(v3, R"("Signature":"0x01")", R"("Signature":"0x)" + bytes.toHex() + '"'),
            ChainType::Evm);
        ASSERT_TRUE(permit);
        EXPECT_EQ(permit->signature, bytes);
    }
}

TEST(SolanaPermitDecoding, TakesBothFormsOfAnIdAndNumbersOnly)
{
    const QByteArray solana =
        R"({"PermitJSON":{"SaleSpecificEntityID":"088944bd-e0a1-c380-4a33-a75561ef245b",)"
        R"("SaleUUID":"0x66561f11b97e888aa7c19e35693d7a8f",)"
        R"("Wallet":"EuaMEX3ehaSdmP1CGudtMmp3UH9MYiv2JZe11Sy9iRYK","ExpiresAt":1,"MinAmount":1,)"
        R"("MaxAmount":18446744073709551615,"MinPrice":1,"MaxPrice":2,"OpensAt":1,"ClosesAt":3,)"
        R"("Payload":"0x"},"Signature":"0x00"})";
    const auto permit = decodePermit(solana, ChainType::Svm);
    ASSERT_TRUE(permit) << qPrintable(permit.error().report());
    EXPECT_EQ(permit->type, PermitType::Solana);
    EXPECT_EQ(permit->entityId.toHex(), "088944bde0a1c3804a33a75561ef245b");
    EXPECT_EQ(permit->maxAmount, Uint256(18446744073709551615U));

    for (const char *id : {"088944bde0a1c3804a33a75561ef245b", "0x088944bde0a1c3804a33a75561ef245b",
                           "088944BDE0A1C3804A33A75561EF245B"})
        EXPECT_EQ(
            decodePermit(edited(solana, "088944bd-e0a1-c380-4a33-a75561ef245b", id), ChainType::Svm)
                .value(),
            *permit);
    permitRefusal(
        edited(solana, "088944bd-e0a1-c380-4a33-a75561ef245b", "088944bde0a1c3804a33a75561ef245"),
        ChainType::Svm);

    permitRefusal(edited(solana, R"("MinAmount":1)", R"("MinAmount":"1")"), ChainType::Svm);
    permitRefusal(edited(solana, "18446744073709551615", "18446744073709551616"), ChainType::Svm);
    permitRefusal(edited(solana, "EuaMEX3", "0uaMEX3"), ChainType::Svm);
    permitRefusal(edited(solana, R"("OpensAt":1,)", ""), ChainType::Svm);
    permitRefusal(edited(solana, "088944bd-", "{088944bd-"), ChainType::Svm);
    permitRefusal(solana, ChainType::Evm);
    permitRefusal(v3, ChainType::Svm);
}

TEST(SolanaPermitDecoding, TakesAPayloadWithAndWithoutItsPrefixAndNone)
{
    const auto payload = [](const QByteArray &text) {
        return decodePermit(
            R"({"PermitJSON":{"SaleSpecificEntityID":"0x088944bde0a1c3804a33a75561ef245b",)"
            R"("SaleUUID":"0x66561f11b97e888aa7c19e35693d7a8f",)"
            R"("Wallet":"EuaMEX3ehaSdmP1CGudtMmp3UH9MYiv2JZe11Sy9iRYK","ExpiresAt":1,)"
            R"("MinAmount":1,"MaxAmount":2,"MinPrice":1,"MaxPrice":2,"OpensAt":1,"ClosesAt":3,)"
            R"("Payload":")" +
                text + R"("},"Signature":"0x00"})",
            ChainType::Svm);
    };
    for (const char *text : {"", "0x"}) {
        ASSERT_TRUE(payload(text)) << text;
        EXPECT_EQ(payload(text)->payload, QByteArray()) << text;
    }
    for (const char *text : {"01fe", "0x01fe", "01FE"}) {
        ASSERT_TRUE(payload(text)) << text;
        EXPECT_EQ(payload(text)->payload, QByteArray::fromHex("01fe")) << text;
    }
    for (const char *text : {"1", "0x1", "zz", " "})
        EXPECT_FALSE(payload(text)) << text;
}

TEST(SolanaPermitDecoding, TakesASignatureWithAndWithoutItsPrefix)
{
    const auto reply = [](const QByteArray &signature) {
        return R"({"PermitJSON":{"SaleSpecificEntityID":"0x088944bde0a1c3804a33a75561ef245b",)"
               R"("SaleUUID":"0x66561f11b97e888aa7c19e35693d7a8f",)"
               R"("Wallet":"EuaMEX3ehaSdmP1CGudtMmp3UH9MYiv2JZe11Sy9iRYK","ExpiresAt":1,)"
               R"("MinAmount":1,"MaxAmount":2,"MinPrice":1,"MaxPrice":2,"OpensAt":1,"ClosesAt":3,)"
               R"("Payload":"0x"},"Signature":")" +
               signature + R"("})";
    };
    const QByteArray bytes(64, '\x5a');
    for (const QByteArray &text : {bytes.toHex(), "0x" + bytes.toHex(), bytes.toHex().toUpper()}) {
        const auto permit = decodePermit(reply(text), ChainType::Svm);
        ASSERT_TRUE(permit) << text.constData();
        EXPECT_EQ(permit->signature, bytes);
    }
    permitRefusal(reply(bytes.toHex().chopped(1)), ChainType::Svm);
    permitRefusal(reply(bytes.toHex().chopped(2)), ChainType::Svm);
    permitRefusal(reply(bytes.toHex().replace(7, 1, "g")), ChainType::Svm);
}

TEST(ForcedLockup, IsReadFromTheSaleContractsPayloadAlone)
{
    PurchasePermit permit = test::samplePermit();
    EXPECT_EQ(permit.forcedLockup(), false);
    permit.payload.back() = 1;
    EXPECT_EQ(permit.forcedLockup(), true);
    permit.payload.back() = 2;
    EXPECT_EQ(permit.forcedLockup(), std::nullopt);
    permit.payload = QByteArray(32, '\x01');
    EXPECT_EQ(permit.forcedLockup(), std::nullopt);
    for (const int size : {0, 1, 31}) {
        permit.payload = QByteArray(size, '\0');
        EXPECT_EQ(permit.forcedLockup(), std::nullopt) << size;
    }
    // abi.decode takes the first word, and only basic-v3 goes to the contract that does so.
    permit.payload = QByteArray(31, '\0') + '\1' + QByteArray(32, '\0');
    EXPECT_EQ(permit.forcedLockup(), true);
    permit.type = PermitType::BasicV2;
    EXPECT_EQ(permit.forcedLockup(), std::nullopt);
}

} // namespace sonar
