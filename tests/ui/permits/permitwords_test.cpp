// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/permits/samples.h"
#include "ui/permits/permitwords.h"

#include <QDateTime>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

constexpr PermitStatus everyStatus[] = {
    PermitStatus::NotChecked, PermitStatus::Checking, PermitStatus::Ready,   PermitStatus::NotReady,
    PermitStatus::Requesting, PermitStatus::Issued,   PermitStatus::Expired, PermitStatus::Failed,
};

constexpr FailureReason everyReason[] = {
    FailureReason::None,
    FailureReason::Unrecognised,
    FailureReason::Unknown,
    FailureReason::WalletRisk,
    FailureReason::MaxWalletsUsed,
    FailureReason::RequiresLiveness,
    FailureReason::SaleNotActive,
    FailureReason::WalletNotLinked,
    FailureReason::OutsideTimeWindow,
    FailureReason::NoReservedAllocation,
    FailureReason::NoCustomCommitmentAmountLimit,
};

constexpr PermitState everyState[] = {
    PermitState::Usable,      PermitState::NotOpenYet,   PermitState::Ready,
    PermitState::NotReady,    PermitState::NotUsable,    PermitState::Failed,
    PermitState::Working,     PermitState::NotChecked,   PermitState::Expired,
    PermitState::Unconfirmed, PermitState::WindowClosed,
};

constexpr qint64 readAt = 1'800'000'000;

PermitRow rowWith(PurchasePermit permit)
{
    const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"));
    PermitRow row = sampleRow(entity, sampleWallet(1), PermitStatus::Issued);
    row.permit = exportedPermit(entity, sampleWallet(1), permit, readAt);
    return row;
}

} // namespace

TEST(PermitWords, NoStatusIsWithoutWords)
{
    for (const PermitStatus status : everyStatus) {
        PermitRow row = sampleRow(sampleEntity(QStringLiteral("E")), sampleWallet(1), status);
        const PermitWords words = permitWords(row, std::nullopt);
        EXPECT_FALSE(words.status.isEmpty()) << int(status);
        const bool busy = status == PermitStatus::Checking || status == PermitStatus::Requesting;
        EXPECT_EQ(words.nextStep.isEmpty(), busy) << int(status);
    }
    for (const PermitState state : everyState)
        EXPECT_FALSE(stateWords(state).isEmpty()) << int(state);
}

TEST(PermitWords, LongWaitNamesTheHost)
{
    PermitRow row;
    row.status = PermitStatus::Requesting;
    EXPECT_EQ(permitWords(row, {}).reason, QString());
    row.waiting = CallWait{QStringLiteral("api.echo.xyz"), 12};
    EXPECT_EQ(permitWords(row, {}).reason, QStringLiteral("Waiting for api.echo.xyz, 12 s…"));
}

TEST(PermitWords, EveryReasonSaysWhatItMeansAndWhatToDo)
{
    for (const FailureReason reason : everyReason) {
        EXPECT_FALSE(reasonWords(reason, {}).isEmpty()) << int(reason);
        EXPECT_FALSE(reasonMeaning(reason, {}).isEmpty()) << int(reason);
        EXPECT_FALSE(reasonNextStep(reason).isEmpty()) << int(reason);
        EXPECT_NE(toneOf(reason), Tone::Positive) << int(reason);
    }
}

TEST(PermitWords, EveryTypeAndCheckResultHasWords)
{
    for (const PermitType type : {PermitType::Basic, PermitType::BasicV2, PermitType::BasicV3,
                                  PermitType::Allocation, PermitType::Solana}) {
        EXPECT_FALSE(typeWords(type).isEmpty());
        EXPECT_FALSE(typeMeaning(type).isEmpty());
    }
    for (const CheckResult result :
         {CheckResult::Passed, CheckResult::Failed, CheckResult::NotChecked}) {
        EXPECT_FALSE(checkResultWords(result).isEmpty());
        EXPECT_FALSE(checkSymbol(result).isEmpty());
    }
}

TEST(PermitWords, UnrecognisedReasonIsShownAsItCameButBounded)
{
    EXPECT_EQ(reasonWords(FailureReason::Unrecognised, QStringLiteral("brand-new-reason")),
              QStringLiteral("Not ready: “brand-new-reason”"));
    EXPECT_NE(reasonWords(FailureReason::Unrecognised, stateWords(PermitState::Ready)),
              stateWords(PermitState::Ready));
    const QString endless(100'000, QLatin1Char('x'));
    EXPECT_LT(reasonWords(FailureReason::Unrecognised, endless).size(), 60);
    EXPECT_LT(reasonMeaning(FailureReason::Unrecognised, endless).size(), 200);
    EXPECT_FALSE(reasonWords(FailureReason::Unrecognised, QStringLiteral("a\nb"))
                     .contains(QLatin1Char('\n')));
}

TEST(PermitWords, PermitThatPassesEveryCheckIsUsable)
{
    const PermitRow row =
        issuedRow(sampleEntity(QStringLiteral("Borealis Capital")), sampleWallet(1), readAt);
    ASSERT_TRUE(row.permit->verification.usable());
    EXPECT_EQ(permitState(row, 600), PermitState::Usable);
    EXPECT_EQ(permitWords(row, 600).tone, Tone::Positive);
    EXPECT_EQ(permitWords(row, 600).reason, QStringLiteral("Every check of the permit passed."));
    PermitRow partly = row;
    partly.permit->verification.checks.append(
        {PermitCheckKind::Window, CheckResult::NotChecked, {}});
    EXPECT_FALSE(permitWords(partly, 600).reason.contains(QStringLiteral("Every check")));
}

TEST(PermitWords, WhileTheContractIsAskedThePermitIsNotUsableYet)
{
    PermitRow row =
        issuedRow(sampleEntity(QStringLiteral("Borealis Capital")), sampleWallet(1), readAt);
    PermitExpectation expected;
    expected.wallet = sampleWallet(1);
    expected.saleUuid = sampleSale().saleUuid;
    expected.saleSpecificEntityId = row.saleSpecificEntityId;
    expected.signer = sampleSigner();
    expected.signerSource = SignerSource::SaleFile;
    expected.contract.state = ContractAnswer::State::Asking;
    row.permit->verification = verifyPermit(row.permit->permit, expected, readAt);
    EXPECT_EQ(permitState(row, 600), PermitState::Unconfirmed);
    EXPECT_EQ(permitWords(row, 600).status, QStringLiteral("Asking the contract…"));
    EXPECT_EQ(permitWords(row, 600).tone, Tone::Warning);
    // One that isn't the sale's spoils the permit, and another permit wouldn't help.
    expected.contract.state = ContractAnswer::State::NotTheSales;
    expected.contract.text = QStringLiteral("There is no contract there.");
    row.permit->verification = verifyPermit(row.permit->permit, expected, readAt);
    EXPECT_EQ(permitState(row, 600), PermitState::NotUsable);
    EXPECT_EQ(permitWords(row, 600).tone, Tone::Negative);
    EXPECT_EQ(permitWords(row, 600).reason, expected.contract.text);
    EXPECT_FALSE(permitWords(row, 600).nextStep.contains(QStringLiteral("Request another")));
}

TEST(PermitWords, PermitWhoseSignerIsNotConfirmedIsNotCalledUsable)
{
    PermitRow row =
        issuedRow(sampleEntity(QStringLiteral("Borealis Capital")), sampleWallet(1), readAt);
    PermitExpectation expected;
    expected.wallet = sampleWallet(1);
    expected.saleUuid = sampleSale().saleUuid;
    expected.saleSpecificEntityId = row.saleSpecificEntityId;
    row.permit->verification = verifyPermit(row.permit->permit, expected, readAt);
    ASSERT_TRUE(row.permit->verification.usable());
    EXPECT_EQ(permitState(row, 600), PermitState::Unconfirmed);
    for (const qint64 left : {600, 60}) {
        const PermitWords words = permitWords(row, left);
        EXPECT_EQ(words.status, QStringLiteral("Signer not confirmed"));
        EXPECT_EQ(words.tone, Tone::Warning);
        EXPECT_EQ(words.reason, row.permit->verification.checks.first().text);
        EXPECT_TRUE(words.nextStep.contains(QStringLiteral("Edit sale…")));
    }
    // Whatever failed comes first.
    expected.wallet = sampleWallet(2);
    row.permit->verification = verifyPermit(row.permit->permit, expected, readAt);
    EXPECT_EQ(permitState(row, 600), PermitState::NotUsable);
}

TEST(PermitWords, AllocationIsNeverConfirmed)
{
    const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"));
    PermitRow row = issuedRow(entity, sampleWallet(1), readAt);
    PurchasePermit &permit = row.permit->permit;
    permit.type = PermitType::Allocation;
    permit.opensAt = permit.closesAt = permit.minPrice = permit.maxPrice = std::nullopt;
    PermitExpectation expected;
    expected.wallet = sampleWallet(1);
    expected.saleUuid = sampleSale().saleUuid;
    expected.saleSpecificEntityId = entity.saleSpecificEntityId;
    expected.signer = sampleSigner();
    row.permit->verification = verifyPermit(permit, expected, readAt);
    const PermitWords words = permitWords(row, 600);
    EXPECT_EQ(words.status, QStringLiteral("Signer not confirmed"));
    EXPECT_EQ(words.tone, Tone::Warning);
    EXPECT_TRUE(words.reason.contains(QLatin1String("has not been published")));
    EXPECT_FALSE(words.nextStep.contains(QLatin1String("Compare the signer"))) << "there is none";
}

TEST(PermitWords, BasicPermitWithTheIdForSonarIsNotConfirmed)
{
    const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"));
    PermitRow row = issuedRow(entity, sampleWallet(1), readAt);
    for (PermitCheck &check : row.permit->verification.checks) {
        if (check.kind == PermitCheckKind::Entity)
            check.result = CheckResult::NotChecked;
    }
    EXPECT_EQ(permitState(row, 600), PermitState::Unconfirmed);
    EXPECT_EQ(permitWords(row, 600).status, QStringLiteral("Entity not confirmed"));
}

TEST(PermitWords, FailedCheckMakesThePermitNotUsableAndIsNamed)
{
    const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"));
    const PermitRow row =
        rowWith(samplePermit(entity, sampleWallet(2), readAt)); // another's wallet
    const PermitWords words = permitWords(row, 600);
    EXPECT_EQ(permitState(row, 600), PermitState::NotUsable);
    EXPECT_EQ(words.status, QStringLiteral("Not usable"));
    EXPECT_EQ(words.tone, Tone::Negative);
    QString failed;
    for (const PermitCheck &check : row.permit->verification.checks) {
        if (check.result == CheckResult::Failed && failed.isEmpty())
            failed = check.text;
    }
    ASSERT_FALSE(failed.isEmpty());
    EXPECT_TRUE(words.reason.contains(failed)) << qPrintable(words.reason);
}

TEST(PermitWords, LastTwoMinutesWarnInWords)
{
    const PermitRow row = issuedRow(sampleEntity(QStringLiteral("E")), sampleWallet(1), readAt);
    EXPECT_EQ(soonSeconds, 2 * 60) << "as the words say";
    EXPECT_EQ(permitWords(row, soonSeconds).tone, Tone::Positive);
    const PermitWords soon = permitWords(row, soonSeconds - 1);
    EXPECT_EQ(soon.tone, Tone::Warning);
    EXPECT_EQ(soon.status, QStringLiteral("Expires soon"));
    EXPECT_EQ(permitState(row, 1), PermitState::Usable);
    EXPECT_EQ(permitState(row, 0), PermitState::Expired);
}

TEST(PermitWords, WindowThatOpensLaterIsAWaitNotAFault)
{
    const Entity entity = sampleEntity(QStringLiteral("E"));
    PurchasePermit permit = samplePermit(entity, sampleWallet(1), readAt);
    permit.opensAt = quint64(readAt) + 60;
    const PermitRow row = rowWith(permit);
    EXPECT_EQ(permitState(row, 600), PermitState::NotOpenYet);
    EXPECT_EQ(permitWords(row, 600).tone, Tone::Warning);

    permit.maxAmount = Uint256(1); // below the minimum: not only the window is wrong
    EXPECT_EQ(permitState(rowWith(permit), 600), PermitState::NotUsable);
}

TEST(PermitWords, PermitThatCameExpiredSpeaksOfTheClock)
{
    const Entity entity = sampleEntity(QStringLiteral("E"));
    PurchasePermit permit = samplePermit(entity, sampleWallet(1), readAt);
    permit.expiresAt = quint64(readAt) - 600;
    PermitRow row = rowWith(permit);
    row.permit->receivedAt = QDateTime::fromSecsSinceEpoch(readAt);
    row.status = PermitStatus::Expired;
    EXPECT_EQ(permitState(row, 0), PermitState::NotUsable);
    const PermitWords words = permitWords(row, 0);
    EXPECT_EQ(words.status, stateWords(PermitState::NotUsable));
    EXPECT_TRUE(words.reason.contains(QStringLiteral("computer's clock may be wrong")));
    EXPECT_TRUE(words.nextStep.contains(QStringLiteral("time zone")));
    // What is worse is said first.
    row.permit = exportedPermit(entity, sampleWallet(2), permit, readAt);
    row.permit->receivedAt = QDateTime::fromSecsSinceEpoch(readAt);
    EXPECT_FALSE(permitWords(row, 0).reason.contains(QStringLiteral("clock")));
}

TEST(PermitWords, WindowThatOpensMinutesAfterArrivalSpeaksOfTheClock)
{
    const Entity entity = sampleEntity(QStringLiteral("E"));
    PurchasePermit permit = samplePermit(entity, sampleWallet(1), readAt);
    for (const auto &[later, clock] : {std::pair(7 * 60, true), std::pair(3 * 3600, false)}) {
        permit.opensAt = quint64(readAt + later);
        PermitRow row = rowWith(permit);
        row.permit->receivedAt = QDateTime::fromSecsSinceEpoch(readAt);
        ASSERT_EQ(permitState(row, 600), PermitState::NotOpenYet);
        EXPECT_EQ(permitWords(row, 600).nextStep.contains(QStringLiteral("clock may be wrong")),
                  clock)
            << later;
    }
}

TEST(PermitWords, ClosedWindowIsNotCalledExpired)
{
    const Entity entity = sampleEntity(QStringLiteral("E"));
    PurchasePermit permit = samplePermit(entity, sampleWallet(1), readAt);
    permit.closesAt = permit.expiresAt - 60;
    PermitRow row = rowWith(permit);
    row.permit->receivedAt = QDateTime::fromSecsSinceEpoch(readAt);
    for (const PermitStatus status : {PermitStatus::Issued, PermitStatus::Expired}) {
        row.status = status;
        EXPECT_EQ(permitState(row, 0), PermitState::WindowClosed);
        const PermitWords words = permitWords(row, 0);
        EXPECT_EQ(words.status, stateWords(PermitState::WindowClosed));
        EXPECT_FALSE(words.nextStep.contains(QStringLiteral("Request another")));
        EXPECT_FALSE(words.nextStep.contains(QStringLiteral("clock")));
    }
    // Sonar gives no permit for a window that has closed.
    row.permit->receivedAt = QDateTime::fromSecsSinceEpoch(qint64(*permit.closesAt) + 5);
    EXPECT_TRUE(permitWords(row, 0).nextStep.contains(QStringLiteral("clock may be wrong")));
    // The permit's own time is over first: another one helps.
    row.permit->permit.closesAt = permit.expiresAt + 60;
    EXPECT_EQ(permitState(row, 0), PermitState::Expired);
}

TEST(PermitWords, FailureStandsBesideAPermitThatStaysWhatItIs)
{
    const Entity entity = sampleEntity(QStringLiteral("Borealis Capital"));
    PermitRow row = issuedRow(entity, sampleWallet(1), 1'800'000'000);
    EXPECT_TRUE(permitWords(row, 587).failure.isEmpty());
    row.error = Error{ErrorKind::ServerFault,
                      QStringLiteral("Sonar says: no"),
                      QStringLiteral("Try again later."),
                      {},
                      503};
    const PermitWords words = permitWords(row, 587);
    EXPECT_EQ(permitState(row, 587), PermitState::Usable);
    EXPECT_EQ(words.status,
              permitWords(issuedRow(entity, sampleWallet(1), 1'800'000'000), 587).status);
    EXPECT_TRUE(words.failure.endsWith(QStringLiteral("Sonar says: no. Try again later.")));
    EXPECT_TRUE(lastCallFailed(row));
    row.status = PermitStatus::Failed; // without a permit the failure is what the row is
    EXPECT_TRUE(permitWords(row, std::nullopt).failure.isEmpty());
}
