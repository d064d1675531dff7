// SPDX-License-Identifier: GPL-3.0-or-later
// Properties of the encodings over random permits, read back by word position.
#include "app/permits/permitdigest.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/samples.h"

#include <QRandomGenerator>

#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

namespace sonar {

namespace {

QByteArray randomBytes(QRandomGenerator &random, int size)
{
    QByteArray bytes(size, '\0');
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

/// Small, large and the extremes.
quint64 randomNumber(QRandomGenerator &random)
{
    const quint64 choices[] = {
        0, 1, 9007199254740993U, ~quint64(0), random.generate64(), random.generate64() >> 32};
    return choices[random.bounded(6)];
}

Uint256 randomAmount(QRandomGenerator &random)
{
    Uint256 amount = randomNumber(random);
    for (int i = random.bounded(4); i > 0; --i)
        amount = (amount << 64) | Uint256(randomNumber(random));
    return amount;
}

PurchasePermit randomPermit(QRandomGenerator &random, PermitType type)
{
    PurchasePermit permit;
    permit.type = type;
    permit.entityId = randomBytes(random, 16);
    permit.saleUuid = randomBytes(random, 16);
    permit.wallet = randomBytes(random, type == PermitType::Solana ? 32 : 20);
    permit.expiresAt = randomNumber(random);
    permit.payload = randomBytes(random, random.bounded(100));
    permit.signature = randomBytes(random, 65);
    if (type == PermitType::Basic)
        return permit;
    const bool solana = type == PermitType::Solana;
    permit.minAmount = solana ? Uint256(randomNumber(random)) : randomAmount(random);
    permit.maxAmount = solana ? Uint256(randomNumber(random)) : randomAmount(random);
    permit.minPrice = randomNumber(random);
    permit.maxPrice = randomNumber(random);
    if (type == PermitType::BasicV2)
        return permit;
    permit.opensAt = randomNumber(random);
    permit.closesAt = randomNumber(random);
    return permit;
}

QByteArray word(const QByteArray &encoded, int index)
{
    return encoded.mid(index * 32, 32);
}

/// Reads a word as a number, independently of how it was written.
Uint256 number(const QByteArray &bigEndian)
{
    Uint256 value = 0;
    for (const char byte : bigEndian)
        value = value * 256 + static_cast<unsigned char>(byte);
    return value;
}

quint64 littleEndianAt(const QByteArray &bytes, int offset, int size)
{
    quint64 value = 0;
    for (int i = size - 1; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[offset + i]);
    return value;
}

} // namespace

TEST(AbiEncoding, PutsEveryFieldInItsWord)
{
    QRandomGenerator random(7);
    for (int round = 0; round < 300; ++round) {
        const PermitType types[] = {PermitType::Basic, PermitType::BasicV2, PermitType::BasicV3};
        const PurchasePermit permit = randomPermit(random, types[round % 3]);
        const QByteArray encoded = abiEncode(permit);
        const int fields[] = {5, 9, 11};
        const int heads = fields[round % 3];
        const int payloadWords = (int(permit.payload.size()) + 31) / 32;

        ASSERT_EQ(encoded.size(), 32 * (1 + heads + 1 + payloadWords));
        EXPECT_EQ(number(word(encoded, 0)), 0x20);
        EXPECT_EQ(word(encoded, 1), permit.entityId + QByteArray(16, '\0'));
        EXPECT_EQ(word(encoded, 2), permit.saleUuid + QByteArray(16, '\0'));
        EXPECT_EQ(word(encoded, 3), QByteArray(12, '\0') + permit.wallet);
        EXPECT_EQ(number(word(encoded, 4)), permit.expiresAt);
        if (permit.minAmount) {
            EXPECT_EQ(number(word(encoded, 5)), *permit.minAmount);
            EXPECT_EQ(number(word(encoded, 6)), *permit.maxAmount);
            EXPECT_EQ(number(word(encoded, 7)), *permit.minPrice);
            EXPECT_EQ(number(word(encoded, 8)), *permit.maxPrice);
        }
        if (permit.opensAt) {
            EXPECT_EQ(number(word(encoded, 9)), *permit.opensAt);
            EXPECT_EQ(number(word(encoded, 10)), *permit.closesAt);
        }
        EXPECT_EQ(number(word(encoded, heads)), heads * 32);
        EXPECT_EQ(number(word(encoded, heads + 1)), permit.payload.size());
        const QByteArray tail = encoded.mid(32 * (heads + 2));
        EXPECT_TRUE(tail.startsWith(permit.payload));
        EXPECT_EQ(tail.count('\0') - permit.payload.count('\0'),
                  tail.size() - permit.payload.size());
    }
}

TEST(BorshEncoding, PutsEveryFieldInItsPlace)
{
    QRandomGenerator random(11);
    for (int round = 0; round < 100; ++round) {
        const PurchasePermit permit = randomPermit(random, PermitType::Solana);
        const QByteArray encoded = borshEncode(permit);
        ASSERT_EQ(encoded.size(), 16 + 16 + 32 + 7 * 8 + 4 + permit.payload.size());
        EXPECT_EQ(encoded.left(64), permit.entityId + permit.saleUuid + permit.wallet);
        const Uint256 fields[] = {permit.expiresAt, *permit.minAmount, *permit.maxAmount,
                                  *permit.minPrice, *permit.maxPrice,  *permit.opensAt,
                                  *permit.closesAt};
        for (int i = 0; i < 7; ++i)
            EXPECT_EQ(Uint256(littleEndianAt(encoded, 64 + 8 * i, 8)), fields[i]) << i;
        EXPECT_EQ(littleEndianAt(encoded, 120, 4), quint64(permit.payload.size()));
        EXPECT_EQ(encoded.mid(124), permit.payload);
    }
}

TEST(PermitDecoding, GivesBackWhatAReplySays)
{
    QRandomGenerator random(13);
    for (int round = 0; round < 300; ++round) {
        const PermitType types[] = {PermitType::Basic, PermitType::BasicV2, PermitType::BasicV3};
        const PurchasePermit permit = randomPermit(random, types[round % 3]);
        const auto decoded = decodePermit(test::replyOf(permit), ChainType::Evm);
        ASSERT_TRUE(decoded) << qPrintable(decoded.error().report());
        EXPECT_EQ(*decoded, permit);
    }
}

TEST(SignerRecovery, WorksFromSeveralThreadsAtOnce)
{
    const PurchasePermit permit = test::samplePermit();
    const QByteArray digest = ethereumMessageDigest(abiEncode(permit));
    const QString expected = test::PermitSigner().address();
    std::array<int, 4> right{};
    std::vector<std::thread> threads;
    threads.reserve(right.size());
    for (int &count : right) {
        threads.emplace_back([&count, &digest, &permit, &expected] {
            for (int i = 0; i < 50; ++i) {
                const auto signer = recoverSigner(digest, permit.signature);
                count += signer && checksummedAddress(*signer) == expected;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(right, (std::array<int, 4>{50, 50, 50, 50}));
}

TEST(SignerRecovery, NamesWhatIsBroken)
{
    const PurchasePermit permit = test::samplePermit();
    const QByteArray digest = ethereumMessageDigest(abiEncode(permit));
    const auto complaint = [&digest](const QByteArray &signature) {
        const auto signer = recoverSigner(digest, signature);
        return signer ? std::string("taken") : signer.error().summary.toStdString();
    };
    QByteArray highS = permit.signature;
    highS[32] = char(0x80);
    QByteArray badV = permit.signature;
    badV[64] = 29;
    QByteArray zeroR = permit.signature;
    zeroR.replace(0, 32, QByteArray(32, '\0'));
    QByteArray hugeR = permit.signature;
    hugeR.replace(0, 32, QByteArray(32, '\xff'));
    EXPECT_NE(complaint(permit.signature.chopped(1)).find("64"), std::string::npos);
    EXPECT_NE(complaint(permit.signature + '\0').find("66"), std::string::npos);
    EXPECT_NE(complaint({}).find("0 bytes"), std::string::npos);
    EXPECT_NE(complaint(highS).find("upper half"), std::string::npos);
    EXPECT_NE(complaint(badV).find("29"), std::string::npos);
    EXPECT_NE(complaint(zeroR).find("zero"), std::string::npos);
    EXPECT_NE(complaint(hugeR).find("no key"), std::string::npos);
}

} // namespace sonar
