// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitverification.h"

#include "app/permits/permitdigest.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/samples.h"

#include <gtest/gtest.h>

#include <functional>

namespace sonar {

namespace {

using Kind = PermitCheckKind;
using test::failures;
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

} // namespace

TEST(PermitVerification, PassesWhatIsInOrder)
{
    PermitExpectation expected = sampleExpectation();
    expected.contract.state = ContractAnswer::State::TheSales;
    expected.contract.signerHasRole = true;
    const PermitVerification verification = verifyPermit(samplePermit(), expected, sampleNow);
    EXPECT_TRUE(verification.usable());
    EXPECT_TRUE(verification.signerConfirmed());
    EXPECT_EQ(verification.signer, test::PermitSigner().address());
    EXPECT_EQ(permitNotes(verification), QStringList());
    const Kind kinds[] = {Kind::Signature,  Kind::Contract, Kind::Wallet, Kind::Sale,  Kind::Entity,
                          Kind::NotExpired, Kind::Window,   Kind::Limits, Kind::Lockup};
    ASSERT_EQ(verification.checks.size(), 9);
    for (int i = 0; i < 9; ++i) {
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
    for (const SignerSource source :
         {SignerSource::SaleFile, SignerSource::Contract, SignerSource::Export}) {
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

TEST(PermitVerification, ASignerSeenBeforeConfirmsNobodyAndCondemnsNobody)
{
    PermitExpectation expected = sampleExpectation();
    expected.signerSource = SignerSource::SeenBefore;
    expected.contract.state = ContractAnswer::State::NotAsked;
    expected.contract.text = QStringLiteral("rpc.example.org didn't answer in time.");
    const PurchasePermit permit = samplePermit();
    const test::PermitSigner stranger(QByteArray(32, '\x22'));
    PurchasePermit other = permit;
    other.signature = stranger.sign(other);
    for (const PurchasePermit &one : {permit, other}) {
        const PermitVerification verification = verifyPermit(one, expected, sampleNow);
        EXPECT_EQ(resultOf(verification, Kind::Signature), CheckResult::NotChecked);
        EXPECT_TRUE(verification.usable());
        EXPECT_FALSE(verification.signerConfirmed());
        const QString words = wordsOf(verification, Kind::Signature);
        EXPECT_TRUE(words.contains(verification.signer)) << qPrintable(words);
        EXPECT_FALSE(words.contains(QLatin1String("Do not use it"))) << qPrintable(words);
        // What is missing, and how to get it.
        EXPECT_TRUE(words.contains(expected.contract.text)) << qPrintable(words);
        EXPECT_TRUE(words.contains(QLatin1String("Edit sale"))) << qPrintable(words);
        ASSERT_EQ(permitNotes(verification).size(), 1);
        EXPECT_TRUE(permitNotes(verification).front().contains(words));
    }
    const QString words = wordsOf(verifyPermit(other, expected, sampleNow), Kind::Signature);
    EXPECT_TRUE(words.contains(expected.signer) && words.contains(stranger.address()));
}

TEST(PermitVerification, AFilesOwnWordConfirmsNobody)
{
    PermitExpectation expected = sampleExpectation();
    expected.signerSource = SignerSource::Export;
    const PermitVerification verification = verifyPermit(samplePermit(), expected, sampleNow);
    EXPECT_TRUE(verification.usable());
    EXPECT_FALSE(verification.signerConfirmed());
}

TEST(PermitVerification, ANamedSignerWithoutTheRoleFails)
{
    PermitExpectation expected = sampleExpectation();
    expected.contract.state = ContractAnswer::State::TheSales;
    expected.contract.signerHasRole = false;
    const auto verification = verifyPermit(samplePermit(), expected, sampleNow);
    EXPECT_EQ(failures(verification), "signature");
    EXPECT_FALSE(verification.signerConfirmed());
    // One whom the contract lets sign isn't the one whom the sale file names.
    expected.contract.signerHasRole = true;
    PurchasePermit other = samplePermit();
    other.signature = test::PermitSigner(QByteArray(32, '\x22')).sign(other);
    EXPECT_EQ(failures(verifyPermit(other, expected, sampleNow)), "signature");
}

TEST(PermitVerification, WhileTheContractIsAskedNobodyIsConfirmed)
{
    PermitExpectation expected = sampleExpectation();
    expected.contract.state = ContractAnswer::State::Asking;
    PermitVerification verification = verifyPermit(samplePermit(), expected, sampleNow);
    EXPECT_TRUE(verification.askingContract);
    EXPECT_FALSE(verification.signerConfirmed());
    EXPECT_EQ(resultOf(verification, Kind::Contract), CheckResult::NotChecked);
    expected.contract.state = ContractAnswer::State::TheSales;
    expected.contract.askingAboutSigner = true;
    verification = verifyPermit(samplePermit(), expected, sampleNow);
    EXPECT_TRUE(verification.askingContract);
    EXPECT_FALSE(verification.signerConfirmed());
    // A no from before counts until there is a yes.
    expected.contract.signerHasRole = false;
    EXPECT_FALSE(verifyPermit(samplePermit(), expected, sampleNow).usable());
}

TEST(PermitVerification, TheContractIsACheckOfItsOwn)
{
    PermitExpectation expected = sampleExpectation();
    // Nobody asked, and a named signer: usable, with a note that the contract isn't checked.
    expected.contract.state = ContractAnswer::State::NotAsked;
    expected.contract.text = QStringLiteral("The sale has no RPC URL.");
    PermitVerification verification = verifyPermit(samplePermit(), expected, sampleNow);
    EXPECT_TRUE(verification.usable());
    EXPECT_TRUE(verification.signerConfirmed());
    EXPECT_EQ(resultOf(verification, Kind::Contract), CheckResult::NotChecked);
    EXPECT_EQ(permitNotes(verification), QStringList(expected.contract.text));
    expected.contract.state = ContractAnswer::State::NotTheSales;
    expected.contract.text = QStringLiteral("There is no contract.");
    expected.contract.askedAt = 5;
    verification = verifyPermit(samplePermit(), expected, sampleNow);
    EXPECT_EQ(failures(verification), "contract");
    EXPECT_EQ(wordsOf(verification, Kind::Contract), expected.contract.text);
    EXPECT_EQ(verification.contractAskedAt, 5);
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
    EXPECT_FALSE(verification.signerConfirmed());

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

TEST(PermitVerification, BasicPermitsMustNameTheIdInTheSale)
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
    const char *inSale = "00112233445566778899aabbccddeeff";
    const char *forApi = "0f0e0d0c0b0a09080706050403020100";
    PermitExpectation expected = sampleExpectation();
    expected.entityId = QStringLiteral("0f0e0d0c-0b0a-0908-0706-050403020100");
    const auto entity = [&](const char *id) {
        return resultOf(verifyPermit(basic(id), expected, sampleNow), Kind::Entity);
    };
    const PermitVerification right = verifyPermit(basic(inSale), expected, sampleNow);
    EXPECT_EQ(failures(right), "");
    EXPECT_EQ(resultOf(right, Kind::Entity), CheckResult::Passed);
    EXPECT_EQ(resultOf(right, Kind::Window), CheckResult::NotChecked);
    EXPECT_EQ(resultOf(right, Kind::Limits), CheckResult::NotChecked);
    EXPECT_EQ(entity(forApi), CheckResult::NotChecked);
    EXPECT_TRUE(wordsOf(verifyPermit(basic(forApi), expected, sampleNow), Kind::Entity)
                    .contains(QLatin1String("its id for Sonar")));
    EXPECT_EQ(entity("ff112233445566778899aabbccddeeff"), CheckResult::Failed);
    // Later types name the sale-specific id alone.
    const auto named =
        sampleWith([forApi](auto &permit) { permit.entityId = QByteArray::fromHex(forApi); });
    EXPECT_EQ(failures(verifyPermit(named, expected, sampleNow)), "entity");
    // A file doesn't tell the id for Sonar, so any other may be that.
    expected.entityId.clear();
    EXPECT_EQ(entity(forApi), CheckResult::Failed);
    expected.pairClaimed = true;
    EXPECT_EQ(entity(forApi), CheckResult::NotChecked);
    EXPECT_EQ(entity(inSale), CheckResult::Passed);
    EXPECT_EQ(failures(verifyPermit(named, expected, sampleNow)), "entity");
}

TEST(PermitVerification, EverySpellingOfAnIdIsTheSameId)
{
    for (const char *id :
         {"0x00112233445566778899aabbccddeeff", "0X00112233445566778899AABBCCDDEEFF",
          "00112233445566778899aabbccddeeff", "00112233445566778899AABBCCDDEEFF",
          "00112233-4455-6677-8899-aabbccddeeff"}) {
        PermitExpectation expected = sampleExpectation();
        expected.saleSpecificEntityId = QLatin1String(id);
        EXPECT_EQ(failures(verifyPermit(samplePermit(), expected, sampleNow)), "") << id;
    }
    for (const char *id : {"00112233445566778899aabbccddeef", "00112233445566778899aabbccddeeff0",
                           " 0112233445566778899aabbccddeeff", "0011223344556677-8899aabbccddeeff",
                           "0x112233445566778899aabbccddeeff"}) {
        PermitExpectation expected = sampleExpectation();
        expected.saleSpecificEntityId = QLatin1String(id);
        EXPECT_EQ(failures(verifyPermit(samplePermit(), expected, sampleNow)), "entity") << id;
    }
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
    EXPECT_EQ(limits(0, 1, ~quint64(0), ~quint64(0) - 1), "limits");
}

TEST(PermitVerification, LimitsThatOnlyABidOfZeroFitsFail)
{
    const auto words = [](const Uint256 &most) {
        const auto permit = sampleWith([&most](auto &changed) {
            changed.minAmount = 0;
            changed.maxAmount = most;
        });
        EXPECT_EQ(failures(verified(permit)), most == 0 ? "limits" : "");
        return wordsOf(verified(permit), Kind::Limits);
    };
    EXPECT_TRUE(words(0).contains(QLatin1String("the largest is zero")));
    EXPECT_FALSE(words(1).contains(QLatin1String("zero")));
}

TEST(PermitVerification, LockupIsACheckOfItsOwn)
{
    const auto checked = [](const QByteArray &payload, PermitType type = PermitType::BasicV3) {
        return verified(sampleWith([&](auto &permit) {
            permit.payload = payload;
            permit.type = type;
        }));
    };
    const QByteArray zeros(31, '\0');
    EXPECT_EQ(resultOf(checked(zeros + '\0'), Kind::Lockup), CheckResult::Passed);
    EXPECT_TRUE(
        wordsOf(checked(zeros + '\0'), Kind::Lockup).contains(QLatin1String("not required")));
    EXPECT_EQ(resultOf(checked(zeros + '\1'), Kind::Lockup), CheckResult::Passed);
    EXPECT_TRUE(wordsOf(checked(zeros + '\1'), Kind::Lockup)
                    .startsWith(QLatin1String("Lock-up "
                                              "required")));
    // The contract's own decoding reverts at a bool that is neither.
    EXPECT_EQ(failures(checked(zeros + '\2')), "lockup");
    EXPECT_EQ(failures(checked('\1' + zeros)), "lockup");
    EXPECT_EQ(resultOf(checked(zeros + '\2', PermitType::BasicV2), Kind::Lockup),
              CheckResult::NotChecked);
    // Nor does it get a word from less than one; of more, the first word counts.
    for (const int size : {0, 1, 31})
        EXPECT_EQ(failures(checked(QByteArray(size, '\0'))), "lockup") << size;
    for (const int size : {1, 32})
        EXPECT_EQ(resultOf(checked(QByteArray(32 + size, '\0')), Kind::Lockup), CheckResult::Passed)
            << size;
    EXPECT_TRUE(wordsOf(checked(zeros + '\1' + QByteArray(32, '\0')), Kind::Lockup)
                    .startsWith(QLatin1String("Lock-up required")));
    EXPECT_EQ(failures(checked(zeros + '\2' + QByteArray(32, '\0'))), "lockup");
    // Another contract's payload, which nobody here can read.
    for (const int size : {0, 1, 31, 33, 64})
        EXPECT_EQ(resultOf(checked(QByteArray(size, '\0'), PermitType::BasicV2), Kind::Lockup),
                  CheckResult::NotChecked)
            << size;
}

TEST(PermitVerification, SaysWhatWasOnlyComparedWithTheFile)
{
    PermitExpectation expected = sampleExpectation();
    const auto words = [&expected](Kind kind) {
        return wordsOf(verifyPermit(samplePermit(), expected, sampleNow), kind);
    };
    EXPECT_TRUE(words(Kind::Wallet).contains(QLatin1String("the one asked for")));
    EXPECT_EQ(words(Kind::Sale), QStringLiteral("For this sale."));
    EXPECT_EQ(words(Kind::Entity), QStringLiteral("For this entity."));
    expected.pairClaimed = expected.saleClaimed = true;
    for (const Kind kind : {Kind::Wallet, Kind::Sale, Kind::Entity})
        EXPECT_TRUE(words(kind).contains(QLatin1String("that the file names"))) << int(kind);
    expected.wallet = QStringLiteral("0x036CbD53842c5426634e7929541eC2318f3dCF7e");
    EXPECT_TRUE(words(Kind::Wallet).contains(QLatin1String("but the file names 0x036CbD")));
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
    EXPECT_FALSE(verification.signerConfirmed());
    permit.signature.chop(1);
    EXPECT_FALSE(verified(permit).usable());
}

} // namespace sonar
