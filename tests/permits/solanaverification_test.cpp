// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitdigest.h"
#include "app/permits/permitverification.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/samples.h"

#include <gtest/gtest.h>
#include <sodium.h>

namespace sonar {

namespace {

using Kind = PermitCheckKind;
using test::failures;
using test::resultOf;
using test::sampleExpectation;
using test::sampleNow;
using test::samplePermit;

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
