// SPDX-License-Identifier: GPL-3.0-or-later
// Every vector that an independent implementation signed, changed in one place at a time: none may
// pass for what was signed.
#include "app/base/uuid.h"
#include "app/permits/permitdigest.h"
#include "app/permits/permitverification.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/samples.h"
#include "tests/permits/vectors.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace sonar {

namespace {

using test::list;
using test::text;
using test::utf8;

/// What the untouched permit fulfils, and nothing looser.
PermitExpectation expectationOf(const PurchasePermit &permit, const QString &signer)
{
    PermitExpectation expected;
    expected.wallet = permit.type == PermitType::Solana ? toBase58(permit.wallet)
                                                        : checksummedAddress(permit.wallet);
    expected.saleUuid = uuidText(permit.saleUuid);
    expected.saleSpecificEntityId = toHex(permit.entityId);
    expected.signer = signer;
    expected.signerSource = SignerSource::SaleFile;
    return expected;
}

using Change = std::function<void(PurchasePermit &)>;

/// Each byte of one field, changed by `mask`.
void addByteChanges(std::vector<Change> &changes, QByteArray PurchasePermit::*field, qsizetype size,
                    int mask)
{
    for (qsizetype i = 0; i < size; ++i)
        changes.emplace_back(
            [=](PurchasePermit &permit) { (permit.*field)[i] = char((permit.*field)[i] ^ mask); });
}

void flipBit(quint64 &number, int bit)
{
    number ^= quint64(1) << bit;
}

template <typename T> void flipBit(std::optional<T> &number, int bit)
{
    *number ^= T(1) << bit;
}

/// Bits all over a number, its first and its last among them.
template <typename T>
void addBitChanges(std::vector<Change> &changes, T PurchasePermit::*field, int bits)
{
    for (int bit = 0; bit < bits; bit += bits / 16)
        changes.emplace_back([=](PurchasePermit &permit) { flipBit(permit.*field, bit); });
    changes.emplace_back([=](PurchasePermit &permit) { flipBit(permit.*field, bits - 1); });
}

std::vector<Change> changesOf(const PurchasePermit &permit)
{
    std::vector<Change> changes;
    for (const auto field : {&PurchasePermit::entityId, &PurchasePermit::saleUuid,
                             &PurchasePermit::wallet, &PurchasePermit::payload})
        addByteChanges(changes, field, (permit.*field).size(), 0x01);
    for (const int mask : {0x01, 0x80, 0xff})
        addByteChanges(changes, &PurchasePermit::signature, permit.signature.size(), mask);
    addBitChanges(changes, &PurchasePermit::expiresAt, 64);
    const int amountBits = permit.type == PermitType::Solana ? 64 : 256;
    if (permit.minAmount)
        addBitChanges(changes, &PurchasePermit::minAmount, amountBits);
    if (permit.maxAmount)
        addBitChanges(changes, &PurchasePermit::maxAmount, amountBits);
    for (const auto field : {&PurchasePermit::minPrice, &PurchasePermit::maxPrice,
                             &PurchasePermit::opensAt, &PurchasePermit::closesAt}) {
        if (permit.*field)
            addBitChanges(changes, field, 64);
    }
    for (const auto field : {&PurchasePermit::payload, &PurchasePermit::signature}) {
        changes.emplace_back([field](PurchasePermit &changed) { (changed.*field).append('\0'); });
        changes.emplace_back([field](PurchasePermit &changed) { (changed.*field).prepend('\0'); });
        if (!(permit.*field).isEmpty())
            changes.emplace_back([field](PurchasePermit &changed) { (changed.*field).chop(1); });
    }
    return changes;
}

/// How many changes passed for usable, or for signed by `signer`.
int unnoticed(const PurchasePermit &permit, const QString &signer)
{
    const PermitExpectation expected = expectationOf(permit, signer);
    int count = 0;
    for (const Change &change : changesOf(permit)) {
        PurchasePermit changed = permit;
        change(changed);
        const PermitVerification verification = verifyPermit(changed, expected, 0);
        const bool passed =
            test::resultOf(verification, PermitCheckKind::Signature) != CheckResult::Failed;
        count += passed || verification.usable() ? 1 : 0;
    }
    return count;
}

/// The same with one character of the reply's text changed, so that the decoder has its say, too.
void expectNoCharacterPasses(const QByteArray &reply, ChainType chain, const QString &signer)
{
    const auto original = decodePermit(reply, chain);
    ASSERT_TRUE(original);
    const PermitExpectation expected = expectationOf(*original, signer);
    for (qsizetype i = 0; i < reply.size(); ++i) {
        for (const char other : {'0', '1', 'a', '"', ' ', ','}) {
            QByteArray text = reply;
            if (text[i] == other)
                continue;
            text[i] = other;
            const auto changed = decodePermit(text, chain);
            // Upper and lower case of hex digits mean the same.
            if (!changed || *changed == *original)
                continue;
            EXPECT_EQ(
                test::resultOf(verifyPermit(*changed, expected, 0), PermitCheckKind::Signature),
                CheckResult::Failed)
                << text.constData();
        }
    }
}

} // namespace

TEST(Tampering, NoChangeOfAFieldOrASignatureByteGoesUnnoticed)
{
    const auto document = test::vectors("permit-vectors.json");
    for (const JsonValue &vector : list(document, "permits")) {
        const QByteArray reply = utf8(vector, "responseText");
        SCOPED_TRACE(reply.constData());
        const auto permit = decodePermit(reply, ChainType::Evm);
        ASSERT_TRUE(permit);
        EXPECT_EQ(unnoticed(*permit, text(vector, "signer")), 0);
    }
}

TEST(Tampering, NoChangeOfASolanaPermitGoesUnnoticed)
{
    const auto document = test::vectors("svm-permit-vectors.json");
    for (const JsonValue &vector : list(document, "permits")) {
        const QByteArray reply = utf8(vector, "responseText");
        SCOPED_TRACE(reply.constData());
        const auto permit = decodePermit(reply, ChainType::Svm);
        ASSERT_TRUE(permit);
        EXPECT_EQ(unnoticed(*permit, text(vector, "signer")), 0);
    }
}

TEST(Tampering, NoChangedCharacterOfAReplyPasses)
{
    const auto document = test::vectors("permit-vectors.json");
    std::set<QString> seen;
    for (const JsonValue &vector : list(document, "permits")) {
        // One of each type.
        if (seen.insert(text(vector, "type")).second)
            expectNoCharacterPasses(utf8(vector, "responseText"), ChainType::Evm,
                                    text(vector, "signer"));
    }
    EXPECT_EQ(seen.size(), 3U);
    const auto solana = test::vectors("svm-permit-vectors.json");
    const JsonValue first = list(solana, "permits").front();
    expectNoCharacterPasses(utf8(first, "responseText"), ChainType::Svm, text(first, "signer"));
}

TEST(Tampering, AnotherTypeWithTheSameFieldsHasAnotherSigner)
{
    const auto document = test::vectors("permit-vectors.json");
    for (const JsonValue &vector : list(document, "permits")) {
        const auto original = decodePermit(utf8(vector, "responseText"), ChainType::Evm);
        ASSERT_TRUE(original);
        for (const PermitType type :
             {PermitType::Basic, PermitType::BasicV2, PermitType::BasicV3}) {
            if (type == original->type)
                continue;
            PurchasePermit changed = *original;
            changed.type = type;
            EXPECT_EQ(
                test::resultOf(
                    verifyPermit(changed, expectationOf(*original, text(vector, "signer")), 0),
                    PermitCheckKind::Signature),
                CheckResult::Failed);
        }
    }
}

TEST(Tampering, AnAmountThatDoesNotFitIsNotCutToOneThatWasSigned)
{
    // 2^64 + n has n's low bytes; Borsh has room for no more.
    const auto document = test::vectors("svm-permit-vectors.json");
    for (const JsonValue &vector : list(document, "permits")) {
        const QByteArray reply = utf8(vector, "responseText");
        const auto permit = decodePermit(reply, ChainType::Svm);
        ASSERT_TRUE(permit);
        const QByteArray small = "\"MinAmount\":" + toDecimal(*permit->minAmount).toLatin1() + ',';
        const Uint256 more = *permit->minAmount + (Uint256(1) << 64);
        QByteArray text = reply;
        ASSERT_TRUE(text.contains(small)) << reply.constData();
        text.replace(small, "\"MinAmount\":" + toDecimal(more).toLatin1() + ',');
        EXPECT_FALSE(decodePermit(text, ChainType::Svm)) << text.constData();
    }
}

TEST(Tampering, AnEd25519SignatureHasOneForm)
{
    // s + L satisfies the same equation (RFC 8032 §5.1.7 refuses it).
    const QByteArray order =
        QByteArray::fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    const auto document = test::vectors("svm-permit-vectors.json");
    for (const JsonValue &vector : list(document, "permits")) {
        auto permit = decodePermit(utf8(vector, "responseText"), ChainType::Svm);
        ASSERT_TRUE(permit);
        int carry = 0;
        for (qsizetype i = 0; i < order.size(); ++i) {
            const int sum = quint8(permit->signature[32 + i]) + quint8(order[i]) + carry;
            permit->signature[32 + i] = char(sum & 0xff);
            carry = sum >> 8;
        }
        EXPECT_EQ(carry, 0);
        EXPECT_EQ(
            test::resultOf(verifyPermit(*permit, expectationOf(*permit, text(vector, "signer")), 0),
                           PermitCheckKind::Signature),
            CheckResult::Failed);
    }
}

} // namespace sonar
