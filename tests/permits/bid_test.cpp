// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/bid.h"

#include "tests/permits/samples.h"

#include <gtest/gtest.h>

namespace sonar {

namespace {

/// samplePermit(): 1 to 25,000 USDC at prices 10 to 20.
QList<BidProblem> problems(const Bid &bid, const PurchasePermit &permit = test::samplePermit())
{
    return checkBid(bid, permit, {6, QStringLiteral("USDC"), QLocale::c()});
}

Bid bid(const Uint256 &amount, quint64 price = 15, bool lockup = false)
{
    return {lockup, price, amount};
}

std::string onlyProblem(const QList<BidProblem> &found, BidField field)
{
    EXPECT_EQ(found.size(), 1);
    if (found.size() != 1)
        return {};
    EXPECT_EQ(found.front().field, field);
    return found.front().text.toStdString();
}

} // namespace

TEST(BidCheck, TakesWhatLiesOnTheLimits)
{
    EXPECT_TRUE(problems(bid(1'000'000)).isEmpty());
    EXPECT_TRUE(problems(bid(25'000'000'000)).isEmpty());
    EXPECT_TRUE(problems(bid(1'000'000, 10)).isEmpty());
    EXPECT_TRUE(problems(bid(1'000'000, 20)).isEmpty());
}

TEST(BidCheck, NamesTheLimitThatIsBrokenInTheTokensUnits)
{
    EXPECT_NE(onlyProblem(problems(bid(999'999)), BidField::Amount).find("at least 1"),
              std::string::npos);
    const std::string tooMuch = onlyProblem(problems(bid(25'000'000'001)), BidField::Amount);
    EXPECT_NE(tooMuch.find("at most 25,000"), std::string::npos) << tooMuch;
    EXPECT_NE(tooMuch.find("USDC"), std::string::npos) << tooMuch;
    EXPECT_NE(onlyProblem(problems(bid(0)), BidField::Amount).find("zero"), std::string::npos);
    EXPECT_NE(onlyProblem(problems(bid(1'000'000, 9)), BidField::Price).find("at least 10"),
              std::string::npos);
    EXPECT_NE(onlyProblem(problems(bid(1'000'000, 21)), BidField::Price).find("at most 20"),
              std::string::npos);
    EXPECT_EQ(problems(bid(1, 1)).size(), 2);
}

TEST(BidCheck, ZeroIsNoAmountEvenWithoutAMinimum)
{
    PurchasePermit permit = test::samplePermit();
    permit.minAmount = 0;
    permit.maxAmount = uint256Max();
    onlyProblem(problems(bid(0), permit), BidField::Amount);
    EXPECT_TRUE(problems(bid(uint256Max()), permit).isEmpty());
}

TEST(BidCheck, AFixedPriceIsTheOnlyOne)
{
    PurchasePermit permit = test::samplePermit();
    permit.minPrice = permit.maxPrice = 0;
    EXPECT_TRUE(problems(bid(1'000'000, 0), permit).isEmpty());
    onlyProblem(problems(bid(1'000'000, 1), permit), BidField::Price);
    permit.minPrice = permit.maxPrice = ~quint64(0);
    EXPECT_TRUE(problems(bid(1'000'000, ~quint64(0)), permit).isEmpty());
    EXPECT_NE(onlyProblem(problems(bid(1'000'000, 0), permit), BidField::Price)
                  .find("18,446,744,073,709,551,615"),
              std::string::npos);
}

TEST(BidCheck, AForcedLockupMustBeAccepted)
{
    PurchasePermit permit = test::samplePermit();
    permit.payload.back() = 1;
    onlyProblem(problems(bid(1'000'000, 15, false), permit), BidField::Lockup);
    EXPECT_TRUE(problems(bid(1'000'000, 15, true), permit).isEmpty());
    // Choosing it freely is always allowed.
    EXPECT_TRUE(problems(bid(1'000'000, 15, true)).isEmpty());
}

TEST(BidCheck, LimitsThatATypeLacksAreNotChecked)
{
    PurchasePermit basic = test::samplePermit();
    basic.type = PermitType::Basic;
    basic.minAmount = basic.maxAmount = std::nullopt;
    basic.minPrice = basic.maxPrice = std::nullopt;
    EXPECT_TRUE(problems(bid(1, 0), basic).isEmpty());
}

TEST(BidCheck, SolanaTakes64Bits)
{
    PurchasePermit permit = test::samplePermit();
    permit.type = PermitType::Solana;
    permit.maxAmount = std::nullopt;
    EXPECT_TRUE(problems(bid(Uint256(~quint64(0))), permit).isEmpty());
    onlyProblem(problems(bid(Uint256(~quint64(0)) + 1), permit), BidField::Amount);
}

} // namespace sonar
