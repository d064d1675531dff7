// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitverification.h"

#include "app/permits/permitdigest.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/samples.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <functional>

namespace sonar {

namespace {

using Kind = PermitCheckKind;
using test::resultOf;
using test::sampleExpectation;
using test::sampleNow;
using test::samplePermit;
using test::wordsOf;

PermitVerification verified(const PurchasePermit &permit)
{
    return verifyPermit(permit, sampleExpectation(), sampleNow);
}

/// Signed again after the change, so that only the change itself can fail a check.
PurchasePermit sampleWith(const std::function<void(PurchasePermit &)> &change)
{
    PurchasePermit permit = samplePermit();
    change(permit);
    permit.signature = test::PermitSigner().sign(permit);
    return permit;
}

/// Names of the checks that failed.
std::string failures(const PermitVerification &verification)
{
    QStringList names;
    for (const PermitCheck &check : verification.checks) {
        if (check.result == CheckResult::Failed)
            names << permitCheckName(check.kind);
    }
    return names.join(QLatin1Char(' ')).toStdString();
}

struct SolanaKey
{
    SolanaKey()
    {
        const QByteArray seed(32, '\x21');
        crypto_sign_seed_keypair(reinterpret_cast<unsigned char *>(publicKey.data()),
                                 reinterpret_cast<unsigned char *>(secretKey.data()),
                                 reinterpret_cast<const unsigned char *>(seed.constData()));
    }
    QByteArray sign(const PurchasePermit &permit) const
    {
        const QByteArray message = borshEncode(permit);
        QByteArray signature(64, '\0');
        crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr,
                             reinterpret_cast<const unsigned char *>(message.constData()),
                             static_cast<unsigned long long>(message.size()),
                             reinterpret_cast<const unsigned char *>(secretKey.constData()));
        return signature;
    }
    QByteArray publicKey = QByteArray(32, '\0');
    QByteArray secretKey = QByteArray(64, '\0');
};

PurchasePermit solanaPermit(const SolanaKey &key)
{
    PurchasePermit permit = samplePermit();
    permit.type = PermitType::Solana;
    permit.wallet = QByteArray(32, '\x42');
    permit.signature = key.sign(permit);
    return permit;
}

PermitExpectation solanaExpectation(const SolanaKey &key)
{
    PermitExpectation expected = sampleExpectation();
    expected.wallet = toBase58(QByteArray(32, '\x42'));
    expected.signer = toBase58(key.publicKey);
    return expected;
}

} // namespace

TEST(PermitVerification, PassesWhatIsInOrder)
{
    const PermitVerification verification = verified(samplePermit());
    EXPECT_TRUE(verification.usable());
    EXPECT_EQ(verification.signer, test::PermitSigner().address());
    const Kind kinds[] = {Kind::Signature,  Kind::Wallet, Kind::Sale,  Kind::Entity,
                          Kind::NotExpired, Kind::Window, Kind::Limits};
    ASSERT_EQ(verification.checks.size(), 7);
    for (int i = 0; i < 7; ++i) {
        EXPECT_EQ(verification.checks[i].kind, kinds[i]);
        EXPECT_EQ(verification.checks[i].result, CheckResult::Passed) << i;
        EXPECT_FALSE(verification.checks[i].text.isEmpty());
    }
}

TEST(PermitVerification, NoCheckMadeIsNotUsable)
{
    EXPECT_FALSE(PermitVerification().usable());
}

TEST(PermitVerification, AnyChangedFieldHasAnotherSigner)
{
    const std::vector<std::function<void(PurchasePermit &)>> changes = {
        [](PurchasePermit &permit) { permit.entityId[3] = 'x'; },
        [](PurchasePermit &permit) { permit.saleUuid[3] = 'x'; },
        [](PurchasePermit &permit) { permit.wallet[19] = 'x'; },
        [](PurchasePermit &permit) { permit.expiresAt += 1; },
        [](PurchasePermit &permit) { permit.minAmount = *permit.minAmount - 1; },
        [](PurchasePermit &permit) { permit.maxAmount = *permit.maxAmount + 1; },
        [](PurchasePermit &permit) { permit.minPrice = *permit.minPrice - 1; },
        [](PurchasePermit &permit) { permit.maxPrice = *permit.maxPrice + 1; },
        [](PurchasePermit &permit) { permit.opensAt = *permit.opensAt - 1; },
        [](PurchasePermit &permit) { permit.closesAt = *permit.closesAt + 1; },
        [](PurchasePermit &permit) { permit.payload[31] = 1; },
        [](PurchasePermit &permit) { permit.payload.append('\0'); },
        [](PurchasePermit &permit) { permit.payload.clear(); },
    };
    for (size_t i = 0; i < changes.size(); ++i) {
        SCOPED_TRACE(i);
        PurchasePermit permit = samplePermit();
        changes[i](permit);
        const PermitVerification verification = verified(permit);
        EXPECT_EQ(resultOf(verification, Kind::Signature), CheckResult::Failed);
        EXPECT_NE(verification.signer, test::PermitSigner().address());
        EXPECT_FALSE(verification.usable());
    }
}

TEST(PermitVerification, AnyFlippedBitOfTheSignatureFails)
{
    for (qsizetype byte = 0; byte < 65; ++byte) {
        for (int bit = 0; bit < 8; ++bit) {
            PurchasePermit permit = samplePermit();
            permit.signature[byte] = char(permit.signature[byte] ^ (1 << bit));
            const PermitVerification verification = verified(permit);
            ASSERT_FALSE(verification.usable()) << byte << ' ' << bit;
            ASSERT_NE(verification.signer, test::PermitSigner().address());
        }
    }
}

TEST(PermitVerification, AnotherSignerIsNamedInFull)
{
    const test::PermitSigner stranger(QByteArray(32, '\x22'));
    PurchasePermit permit = samplePermit();
    permit.signature = stranger.sign(permit);
    for (const SignerSource source : {SignerSource::SaleFile, SignerSource::Contract,
                                      SignerSource::FirstSeen, SignerSource::Export}) {
        PermitExpectation expected = sampleExpectation();
        expected.signerSource = source;
        const PermitVerification verification = verifyPermit(permit, expected, sampleNow);
        EXPECT_FALSE(verification.usable());
        EXPECT_EQ(verification.signer, stranger.address());
        const QString words = wordsOf(verification, Kind::Signature);
        EXPECT_TRUE(words.contains(stranger.address())) << qPrintable(words);
        EXPECT_TRUE(words.contains(expected.signer)) << qPrintable(words);
        EXPECT_TRUE(words.contains(QLatin1String("Do not use it"))) << qPrintable(words);
    }
}

TEST(PermitVerification, TheContractsAnswerDecidesWhoMaySign)
{
    const PurchasePermit permit = samplePermit();
    PermitExpectation expected = sampleExpectation();
    expected.signerSource = SignerSource::Contract;
    PermitVerification verification = verifyPermit(permit, expected, sampleNow);
    EXPECT_TRUE(verification.usable());
    EXPECT_TRUE(wordsOf(verification, Kind::Signature).contains(QLatin1String("sale contract")));

    // No signer: the contract denied the role to whoever signed.
    expected.signer.clear();
    verification = verifyPermit(permit, expected, sampleNow);
    EXPECT_EQ(failures(verification), "signature");
    const QString words = wordsOf(verification, Kind::Signature);
    EXPECT_TRUE(words.contains(test::PermitSigner().address())) << qPrintable(words);
    EXPECT_TRUE(words.contains(QLatin1String("Do not use it"))) << qPrintable(words);
}

TEST(PermitVerification, SaysWhenTheContractCouldNotBeAsked)
{
    PermitExpectation expected = sampleExpectation();
    expected.signerSource = SignerSource::FirstSeen;
    expected.contractFault = QStringLiteral("rpc.example.org didn't answer in time.");
    const auto words = [&expected] {
        return wordsOf(verifyPermit(samplePermit(), expected, sampleNow), Kind::Signature);
    };
    EXPECT_TRUE(words().contains(QLatin1String("earlier permits"))) << qPrintable(words());
    EXPECT_TRUE(words().contains(expected.contractFault)) << qPrintable(words());
    expected.signer.clear();
    expected.signerSource = SignerSource::None;
    EXPECT_TRUE(words().contains(expected.contractFault)) << qPrintable(words());
}

TEST(PermitVerification, WithoutAnExpectedSignerSaysWhoSigned)
{
    PermitExpectation expected = sampleExpectation();
    expected.signer.clear();
    expected.signerSource = SignerSource::None;
    const PermitVerification verification = verifyPermit(samplePermit(), expected, sampleNow);
    EXPECT_EQ(resultOf(verification, Kind::Signature), CheckResult::NotChecked);
    EXPECT_EQ(verification.signer, test::PermitSigner().address());
    EXPECT_TRUE(wordsOf(verification, Kind::Signature).contains(test::PermitSigner().address()));
    EXPECT_TRUE(verification.usable());

    // Well-formed it has to be all the same.
    PurchasePermit truncated = samplePermit();
    truncated.signature.chop(1);
    EXPECT_FALSE(verifyPermit(truncated, expected, sampleNow).usable());
}

TEST(PermitVerification, AnUnreadableExpectationPassesNothing)
{
    PermitExpectation expected = sampleExpectation();
    expected.signer = QStringLiteral("0x1234");
    expected.wallet = QStringLiteral("my wallet");
    expected.saleUuid = QStringLiteral("this sale");
    expected.saleSpecificEntityId = QStringLiteral("me");
    EXPECT_EQ(failures(verifyPermit(samplePermit(), expected, sampleNow)),
              "signature wallet sale entity");
}

TEST(PermitVerification, AnotherWalletSaleOrEntityFails)
{
    EXPECT_EQ(failures(verified(sampleWith([](auto &permit) { permit.wallet[0] = 'x'; }))),
              "wallet");
    EXPECT_EQ(failures(verified(sampleWith([](auto &permit) { permit.saleUuid[0] = 'x'; }))),
              "sale");
    EXPECT_EQ(failures(verified(sampleWith([](auto &permit) { permit.entityId[0] = 'x'; }))),
              "entity");
}

TEST(PermitVerification, WhatIsNotKnownIsNotChecked)
{
    const PermitVerification verification = verifyPermit(samplePermit(), {}, sampleNow);
    for (const Kind kind : {Kind::Signature, Kind::Wallet, Kind::Sale, Kind::Entity})
        EXPECT_EQ(resultOf(verification, kind), CheckResult::NotChecked);
    EXPECT_TRUE(verification.usable());
    EXPECT_TRUE(wordsOf(verification, Kind::Wallet).contains(sampleExpectation().wallet));
}

TEST(PermitVerification, BasicPermitsMayNameEitherId)
{
    const auto basic = [](const char *entity) {
        PurchasePermit permit = samplePermit();
        permit.type = PermitType::Basic;
        permit.minAmount = permit.maxAmount = std::nullopt;
        permit.minPrice = permit.maxPrice = permit.opensAt = permit.closesAt = std::nullopt;
        permit.entityId = QByteArray::fromHex(entity);
        permit.signature = test::PermitSigner().sign(permit);
        return permit;
    };
    PermitExpectation expected = sampleExpectation();
    expected.entityId = QStringLiteral("0f0e0d0c-0b0a-0908-0706-050403020100");
    for (const char *entity :
         {"00112233445566778899aabbccddeeff", "0f0e0d0c0b0a09080706050403020100"}) {
        const PermitVerification verification = verifyPermit(basic(entity), expected, sampleNow);
        EXPECT_TRUE(verification.usable()) << failures(verification);
        EXPECT_EQ(resultOf(verification, Kind::Window), CheckResult::NotChecked);
        EXPECT_EQ(resultOf(verification, Kind::Limits), CheckResult::NotChecked);
    }
    EXPECT_FALSE(
        verifyPermit(basic("ff112233445566778899aabbccddeeff"), expected, sampleNow).usable());
    // Later types name the sale-specific id alone.
    const auto named = sampleWith([](auto &permit) {
        permit.entityId = QByteArray::fromHex("0f0e0d0c0b0a09080706050403020100");
    });
    EXPECT_EQ(failures(verifyPermit(named, expected, sampleNow)), "entity");
}

TEST(PermitVerification, ExpiresAtItsSecond)
{
    const PurchasePermit permit = samplePermit();
    const auto result = [&permit](qint64 now) {
        return resultOf(verifyPermit(permit, sampleExpectation(), now), Kind::NotExpired);
    };
    const qint64 end = qint64(permit.expiresAt);
    EXPECT_EQ(result(end - 1), CheckResult::Passed);
    EXPECT_EQ(result(end), CheckResult::Failed);
    EXPECT_EQ(result(end + 1), CheckResult::Failed);
    EXPECT_EQ(result(-5), CheckResult::Passed);
    const auto endless = sampleWith([](auto &changed) { changed.expiresAt = ~quint64(0); });
    EXPECT_TRUE(verified(endless).usable());
    const auto never = sampleWith([](auto &changed) { changed.expiresAt = 0; });
    EXPECT_EQ(failures(verifyPermit(never, sampleExpectation(), sampleNow)), "not-expired");
}

TEST(PermitVerification, WindowIncludesItsFirstSecondOnly)
{
    const PurchasePermit permit = samplePermit();
    const auto result = [&permit](quint64 now) {
        return resultOf(verifyPermit(permit, sampleExpectation(), qint64(now)), Kind::Window);
    };
    EXPECT_EQ(result(*permit.opensAt - 1), CheckResult::Failed);
    EXPECT_EQ(result(*permit.opensAt), CheckResult::Passed);
    EXPECT_EQ(result(*permit.closesAt - 1), CheckResult::Passed);
    EXPECT_EQ(result(*permit.closesAt), CheckResult::Failed);
    const auto inverted = sampleWith([](auto &changed) {
        changed.opensAt = quint64(sampleNow);
        changed.closesAt = quint64(sampleNow);
    });
    EXPECT_EQ(failures(verified(inverted)), "window");
    const auto open = sampleWith([](auto &changed) {
        changed.opensAt = 0;
        changed.closesAt = ~quint64(0);
    });
    EXPECT_TRUE(verified(open).usable());
}

TEST(PermitVerification, LimitsMustFitTogether)
{
    const auto limits = [](Uint256 minAmount, Uint256 maxAmount, quint64 minPrice,
                           quint64 maxPrice) {
        return failures(verified(sampleWith([&](auto &permit) {
            permit.minAmount = minAmount;
            permit.maxAmount = maxAmount;
            permit.minPrice = minPrice;
            permit.maxPrice = maxPrice;
        })));
    };
    EXPECT_EQ(limits(0, uint256Max(), 0, ~quint64(0)), "");
    EXPECT_EQ(limits(uint256Max(), uint256Max(), ~quint64(0), ~quint64(0)), "");
    EXPECT_EQ(limits(uint256Max(), uint256Max() - 1, 0, 0), "limits");
    EXPECT_EQ(limits(0, 0, ~quint64(0), ~quint64(0) - 1), "limits");
}

TEST(PermitVerification, AllocationIsUsableWithAnHonestNote)
{
    PurchasePermit permit = samplePermit();
    permit.type = PermitType::Allocation;
    permit.opensAt = permit.closesAt = permit.minPrice = permit.maxPrice = std::nullopt;
    permit.reservedAmount = 5;
    const PermitVerification verification = verified(permit);
    EXPECT_EQ(resultOf(verification, Kind::Signature), CheckResult::NotChecked);
    EXPECT_TRUE(
        wordsOf(verification, Kind::Signature).contains(QLatin1String("has not been published")));
    EXPECT_TRUE(verification.signer.isEmpty());
    EXPECT_TRUE(verification.usable());
    permit.signature.chop(1);
    EXPECT_FALSE(verified(permit).usable());
}

TEST(SolanaVerification, PassesUnderTheExpectedKeyAlone)
{
    const SolanaKey key;
    const PermitVerification right =
        verifyPermit(solanaPermit(key), solanaExpectation(key), sampleNow);
    EXPECT_TRUE(right.usable()) << failures(right);
    EXPECT_EQ(right.signer, toBase58(key.publicKey));

    PermitExpectation other = solanaExpectation(key);
    other.signer = toBase58(QByteArray(32, '\x05'));
    EXPECT_EQ(failures(verifyPermit(solanaPermit(key), other, sampleNow)), "signature");

    PurchasePermit changed = solanaPermit(key);
    changed.maxAmount = *changed.maxAmount + 1;
    const PermitVerification verification =
        verifyPermit(changed, solanaExpectation(key), sampleNow);
    EXPECT_EQ(failures(verification), "signature");
    EXPECT_TRUE(verification.signer.isEmpty());
}

TEST(SolanaVerification, WithoutAKeySaysThatNothingWasChecked)
{
    const SolanaKey key;
    PermitExpectation expected = solanaExpectation(key);
    expected.signer.clear();
    PermitVerification verification = verifyPermit(solanaPermit(key), expected, sampleNow);
    EXPECT_EQ(resultOf(verification, Kind::Signature), CheckResult::NotChecked);
    EXPECT_TRUE(verification.signer.isEmpty());
    PurchasePermit truncated = solanaPermit(key);
    truncated.signature.chop(1);
    EXPECT_FALSE(verifyPermit(truncated, expected, sampleNow).usable());
}

} // namespace sonar
