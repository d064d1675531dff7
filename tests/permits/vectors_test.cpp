// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that an independent implementation encoded, signed or spoiled.
#include "app/permits/calldata.h"
#include "app/permits/permitdigest.h"
#include "app/permits/permitverification.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/samples.h"
#include "tests/permits/vectors.h"

#include <gtest/gtest.h>

namespace sonar {

namespace {

using test::list;
using test::text;
using test::utf8;

/// Only the signature is judged: the vectors' times and limits are arbitrary.
CheckResult signatureCheck(const PurchasePermit &permit, const QString &signer)
{
    PermitExpectation expected;
    expected.signer = signer;
    expected.signerSource = SignerSource::SaleFile;
    return test::resultOf(verifyPermit(permit, expected, 0), PermitCheckKind::Signature);
}

QByteArray address(const JsonValue &arguments, const char *name)
{
    return parseEvmAddress(text(arguments, name)).value_or(QByteArray());
}

Uint256 amount(const JsonValue &arguments)
{
    return uint256FromDecimal(text(arguments, "amount")).value_or(0);
}

Result<QByteArray> calldataOf(const QString &function, const JsonValue &arguments)
{
    if (function == QLatin1String("approve"))
        return approveCalldata(address(arguments, "spender"), amount(arguments));
    if (function == QLatin1String("balanceOf"))
        return balanceOfCalldata(address(arguments, "account"));
    if (function == QLatin1String("allowance"))
        return allowanceCalldata(address(arguments, "owner"), address(arguments, "spender"));
    if (function == QLatin1String("entityStatesByIDs")) {
        QList<QByteArray> ids;
        for (const JsonValue &id : arguments.member("entityIDs")->elements())
            ids << fromHex(*id.toText()).value();
        return entityStatesByIdsCalldata(ids);
    }
    const QByteArray reply = utf8(arguments, "responseText");
    if (reply.isEmpty())
        return functionSelector(function.toLatin1() + "()");
    return decodePermit(reply, ChainType::Evm).and_then([&](const PurchasePermit &permit) {
        if (function == QLatin1String("purchase"))
            return purchaseCalldata(amount(arguments), permit);
        const Bid bid{arguments.member("lockup")->toBool().value(),
                      text(arguments, "price").toULongLong(), amount(arguments)};
        return replaceBidWithApprovalCalldata(address(arguments, "token"), bid, permit);
    });
}

} // namespace

TEST(EvmVectors, EncodeDigestAndSignerAreRight)
{
    const auto document = test::vectors("permit-vectors.json");
    const auto permits = list(document, "permits");
    ASSERT_EQ(permits.size(), 48U);
    for (const JsonValue &vector : permits) {
        const QByteArray reply = utf8(vector, "responseText");
        SCOPED_TRACE(reply.constData());
        const auto permit = decodePermit(reply, ChainType::Evm);
        ASSERT_TRUE(permit) << qPrintable(permit.error().report());
        EXPECT_EQ(permitTypeName(permit->type), text(vector, "type"));
        const QByteArray encoded = abiEncode(*permit);
        EXPECT_EQ(toHex(encoded), text(vector, "abiEncoded"));
        EXPECT_EQ(toHex(keccak256(encoded)), text(vector, "keccakOfEncoded"));
        const QByteArray digest = ethereumMessageDigest(encoded);
        EXPECT_EQ(toHex(digest), text(vector, "digest"));
        EXPECT_EQ(toHex(permit->signature), text(vector, "signature"));
        const auto signer = recoverSigner(digest, permit->signature);
        ASSERT_TRUE(signer);
        EXPECT_EQ(checksummedAddress(*signer), text(vector, "signer"));
        EXPECT_EQ(signatureCheck(*permit, text(vector, "signer")), CheckResult::Passed);
    }
}

TEST(EvmVectors, RefuseWhatContractsRefuse)
{
    const auto document = test::vectors("permit-vectors.json");
    const auto permits = list(document, "negative");
    ASSERT_EQ(permits.size(), 12U);
    for (const JsonValue &vector : permits) {
        SCOPED_TRACE(utf8(vector, "kind").constData());
        const auto permit = decodePermit(utf8(vector, "responseText"), ChainType::Evm);
        ASSERT_TRUE(permit) << qPrintable(permit.error().report());
        const bool valid = text(vector, "expect") == QLatin1String("valid");
        EXPECT_EQ(signatureCheck(*permit, text(vector, "signer")),
                  valid ? CheckResult::Passed : CheckResult::Failed);
    }
}

TEST(EvmVectors, AddressesHaveTheirChecksum)
{
    const auto document = test::vectors("permit-vectors.json");
    const auto addresses = list(document, "addresses");
    ASSERT_EQ(addresses.size(), 48U);
    for (const JsonValue &vector : addresses) {
        const auto bytes = parseEvmAddress(text(vector, "lower"));
        ASSERT_TRUE(bytes);
        EXPECT_EQ(checksummedAddress(*bytes), text(vector, "checksummed"));
        EXPECT_EQ(parseEvmAddress(text(vector, "checksummed")).value_or(QByteArray()), *bytes);
    }
}

TEST(EvmVectors, CalldataIsRight)
{
    const auto document = test::vectors("permit-vectors.json");
    const auto calls = list(document, "calldata");
    ASSERT_EQ(calls.size(), 67U);
    for (const JsonValue &vector : calls) {
        const QString function = text(vector, "function");
        SCOPED_TRACE(qPrintable(function));
        const auto data = calldataOf(function, *vector.member("args"));
        ASSERT_TRUE(data) << qPrintable(data.error().report());
        EXPECT_EQ(toHex(*data), text(vector, "data"));
    }
}

TEST(SolanaVectors, EncodeAndVerify)
{
    const auto document = test::vectors("svm-permit-vectors.json");
    const auto permits = list(document, "permits");
    ASSERT_EQ(permits.size(), 20U);
    for (const JsonValue &vector : permits) {
        const QByteArray reply = utf8(vector, "responseText");
        SCOPED_TRACE(reply.constData());
        const auto permit = decodePermit(reply, ChainType::Svm);
        ASSERT_TRUE(permit) << qPrintable(permit.error().report());
        EXPECT_EQ(permit->type, PermitType::Solana);
        EXPECT_EQ(toHex(borshEncode(*permit)), text(vector, "borsh"));
        EXPECT_EQ(toHex(permit->wallet), text(vector, "walletHex"));
        const auto key = parseSolanaAddress(text(vector, "signer"));
        ASSERT_TRUE(key);
        EXPECT_EQ(toHex(*key), text(vector, "signerHex"));
        EXPECT_EQ(toBase58(*key), text(vector, "signer"));
        EXPECT_TRUE(verifyEd25519(borshEncode(*permit), permit->signature, *key));
        EXPECT_EQ(signatureCheck(*permit, text(vector, "signer")), CheckResult::Passed);
    }
}

TEST(SolanaVectors, RefuseWhatWasSpoiled)
{
    const auto document = test::vectors("svm-permit-vectors.json");
    const auto permits = list(document, "negative");
    ASSERT_EQ(permits.size(), 10U);
    for (const JsonValue &vector : permits) {
        SCOPED_TRACE(utf8(vector, "kind").constData());
        const auto permit = decodePermit(utf8(vector, "responseText"), ChainType::Svm);
        ASSERT_TRUE(permit) << qPrintable(permit.error().report());
        EXPECT_EQ(signatureCheck(*permit, text(vector, "signer")), CheckResult::Failed);
    }
}

} // namespace sonar
