// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/importverification.h"

#include "app/config/preferences.h"
#include "tests/permits/samples.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace sonar {

namespace {

const QString stranger = QStringLiteral("0x036CbD53842c5426634e7929541eC2318f3dCF7e");

/// As an export of ours would bring it.
ImportedPermit importedPermit()
{
    ImportedPermit imported;
    imported.permit = test::samplePermit();
    imported.replyText = test::replyOf(imported.permit);
    imported.claimed = test::sampleExpectation();
    imported.claimed.signerSource = SignerSource::Export;
    return imported;
}

/// A reply from elsewhere claims nothing.
ImportedPermit bareReply()
{
    ImportedPermit imported = importedPermit();
    imported.claimed = {};
    return imported;
}

KnownSigner knownSale(const QString &signer = test::PermitSigner().address())
{
    return {test::sampleExpectation().saleUuid, QStringLiteral("Example"), signer, false};
}

VerifiedImport verified(const ImportedPermit &permit, const QList<KnownSigner> &known = {},
                        const QString &given = {})
{
    return verifyImported(permit, known, given, test::sampleNow);
}

} // namespace

TEST(ImportVerification, TrustsTheKnownSaleBeforeTheFile)
{
    ImportedPermit forged = importedPermit();
    forged.permit.signature = test::PermitSigner(QByteArray(32, '\x22')).sign(forged.permit);
    forged.claimed.signer = test::PermitSigner(QByteArray(32, '\x22')).address();
    const VerifiedImport alone = verified(forged);
    EXPECT_TRUE(alone.verification.usable());
    EXPECT_EQ(alone.basis, SignerBasis::Claimed);
    EXPECT_EQ(alone.standing(), ImportStanding::Unconfirmed) << "on the file's own word";
    const VerifiedImport held = verified(forged, {knownSale()});
    EXPECT_FALSE(held.verification.usable());
    EXPECT_EQ(held.standing(), ImportStanding::NotUsable);
    EXPECT_EQ(held.basis, SignerBasis::KnownSale);
    EXPECT_EQ(held.saleName, QStringLiteral("Example"));
}

TEST(ImportVerification, ASignerSeenBeforeIsNeverEnough)
{
    KnownSigner known = knownSale();
    known.seenBefore = true;
    EXPECT_EQ(verified(bareReply(), {known}).basis, SignerBasis::SeenBefore);
    EXPECT_EQ(verified(bareReply(), {known}).standing(), ImportStanding::Unconfirmed);
    known.signer = stranger;
    EXPECT_EQ(verified(bareReply(), {known}).standing(), ImportStanding::Unconfirmed)
        << "a verdict between two whom nobody has confirmed";
    // A file that contradicts itself fails all the same.
    ImportedPermit forged = importedPermit();
    forged.claimed.signer = stranger;
    EXPECT_EQ(verified(forged, {known}).standing(), ImportStanding::NotUsable);
    // The person who verifies names the signer: confirmed.
    EXPECT_EQ(verified(bareReply(), {known}, test::PermitSigner().address()).standing(),
              ImportStanding::Usable);
}

TEST(ImportVerification, TrustsTheGivenSignerBeforeAll)
{
    const VerifiedImport held =
        verified(importedPermit(), {knownSale(stranger)}, test::PermitSigner().address());
    EXPECT_TRUE(held.verification.usable());
    EXPECT_EQ(held.basis, SignerBasis::Given);
    EXPECT_EQ(held.standing(), ImportStanding::Usable);
    EXPECT_FALSE(verified(importedPermit(), {knownSale()}, stranger).verification.usable());
}

TEST(ImportVerification, FindsTheSaleByThePermitItself)
{
    ImportedPermit mislabelled = importedPermit();
    mislabelled.claimed.saleUuid = QStringLiteral("00000000-0000-0000-0000-000000000000");
    const VerifiedImport held = verified(mislabelled, {knownSale()});
    EXPECT_EQ(held.basis, SignerBasis::KnownSale);
    EXPECT_EQ(test::resultOf(held.verification, PermitCheckKind::Sale), CheckResult::Failed);
}

TEST(ImportVerification, BareReplyIsHeldAgainstTheKnownSale)
{
    const VerifiedImport unknown = verified(bareReply());
    EXPECT_EQ(unknown.basis, SignerBasis::Unknown);
    EXPECT_TRUE(unknown.verification.usable());
    EXPECT_EQ(unknown.standing(), ImportStanding::Unconfirmed);
    EXPECT_EQ(unknown.verification.signer, test::PermitSigner().address());
    const VerifiedImport known = verified(bareReply(), {knownSale()});
    EXPECT_EQ(test::resultOf(known.verification, PermitCheckKind::Sale), CheckResult::Passed);
    EXPECT_EQ(test::resultOf(known.verification, PermitCheckKind::Signature), CheckResult::Passed);
    EXPECT_EQ(known.standing(), ImportStanding::Usable);
    EXPECT_FALSE(verified(bareReply(), {knownSale(stranger)}).verification.usable());
}

TEST(ImportVerification, SaleThatIsKnownHereIsNotTheFilesWord)
{
    const auto words = [](const QList<KnownSigner> &known) {
        return test::wordsOf(verified(importedPermit(), known).verification, PermitCheckKind::Sale);
    };
    EXPECT_TRUE(words({}).contains(QLatin1String("the file names")));
    EXPECT_FALSE(words({knownSale()}).contains(QLatin1String("the file names")));
    EXPECT_TRUE(test::wordsOf(verified(importedPermit(), {knownSale()}).verification,
                              PermitCheckKind::Wallet)
                    .contains(QLatin1String("the file names")));
}

TEST(ImportVerification, AllocationIsNeverConfirmed)
{
    ImportedPermit allocation = importedPermit();
    allocation.permit.type = PermitType::Allocation;
    allocation.permit.opensAt = allocation.permit.closesAt = std::nullopt;
    allocation.permit.minPrice = allocation.permit.maxPrice = std::nullopt;
    for (const QString &given : {QString(), test::PermitSigner().address()}) {
        const VerifiedImport held = verified(allocation, {knownSale()}, given);
        EXPECT_EQ(held.standing(), ImportStanding::Unconfirmed);
        EXPECT_TRUE(signerText(held).contains(QLatin1String("checked against nobody")));
    }
    allocation.permit.signature.chop(1);
    EXPECT_EQ(verified(allocation, {knownSale()}).standing(), ImportStanding::NotUsable);
}

TEST(ImportVerification, BasicPermitWithAnotherIdIsNotConfirmed)
{
    ImportedPermit basic = importedPermit();
    basic.claimed.entityId.clear(); // an export doesn't hold it
    basic.permit.type = PermitType::Basic;
    basic.permit.opensAt = basic.permit.closesAt = std::nullopt;
    basic.permit.minPrice = basic.permit.maxPrice = std::nullopt;
    basic.permit.minAmount = basic.permit.maxAmount = std::nullopt;
    const auto standing = [&basic] {
        basic.permit.signature = test::PermitSigner().sign(basic.permit);
        return verified(basic, {knownSale()}).standing();
    };
    EXPECT_EQ(standing(), ImportStanding::Usable);
    basic.permit.entityId[0] = 'x';
    EXPECT_EQ(standing(), ImportStanding::Unconfirmed);
    // Whoever names no entity has nothing to confirm.
    basic.claimed.saleSpecificEntityId.clear();
    EXPECT_EQ(standing(), ImportStanding::Usable);
}

TEST(ImportVerification, EveryBasisHasItsWords)
{
    QStringList words;
    for (const SignerBasis basis :
         {SignerBasis::Given, SignerBasis::KnownSale, SignerBasis::SeenBefore, SignerBasis::Claimed,
          SignerBasis::Unknown})
        words << signerBasisText(basis);
    EXPECT_EQ(words.removeDuplicates(), 0);
    EXPECT_FALSE(words.contains(QString()));
}

TEST(ImportVerification, KnownSignersComeFromSalesAndFromFirstSight)
{
    const QTemporaryDir folder;
    Preferences preferences(folder.filePath(QStringLiteral("preferences.ini")));
    Sale sale;
    sale.name = QStringLiteral("Example");
    sale.saleUuid = test::sampleExpectation().saleUuid;
    sale.clientUuid = QStringLiteral("0d1f7f0a-31f2-4f7e-8e4b-6f2f0a1b2c3d");
    sale.redirectUris = QStringList{QStringLiteral("http://localhost:3000/oauth/callback")};
    sale.frontendUrl = QUrl(QStringLiteral("https://app.echo.xyz"));
    sale.apiUrl = QUrl(QStringLiteral("https://api.echo.xyz"));
    preferences.setSales({sale});
    ASSERT_EQ(knownSigners(preferences.sales(), preferences).size(), 1);
    EXPECT_TRUE(knownSigners(preferences.sales(), preferences).front().signer.isEmpty());
    preferences.setFirstSeenSigner(sale.serviceId(), sale.saleUuid, stranger);
    EXPECT_EQ(knownSigners(preferences.sales(), preferences).front().signer, stranger);
    EXPECT_TRUE(knownSigners(preferences.sales(), preferences).front().seenBefore);
    EXPECT_EQ(verified(bareReply(), knownSigners(preferences.sales(), preferences)).basis,
              SignerBasis::SeenBefore);
    sale.permitSigner = test::PermitSigner().address();
    preferences.setSales({sale});
    EXPECT_EQ(knownSigners(preferences.sales(), preferences).front().signer, sale.permitSigner);
    EXPECT_FALSE(knownSigners(preferences.sales(), preferences).front().seenBefore);
}

} // namespace sonar
