// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/localmoment.h"
#include "tests/ui/permits/localzone.h"
#include "tests/ui/permits/samples.h"
#include "ui/permits/permitformat.h"

#include <gtest/gtest.h>

#include <limits>

using namespace sonar;
using namespace sonar::test;

namespace {

constexpr quint64 uint64Max = std::numeric_limits<quint64>::max();

AmountFormat usdc()
{
    return AmountFormat::of(sampleSale(), QLocale::c());
}

QString limits(const Uint256 &min, const Uint256 &max, PermitType type = PermitType::BasicV3)
{
    return limitsText(min, max, type, usdc());
}

} // namespace

TEST(PermitFormat, AmountsAreExactInTokenUnits)
{
    EXPECT_EQ(limits(Uint256(100'000'000), Uint256(50'000'000'001)),
              QStringLiteral("100 – 50,000.000001 USDC"));
    // 2^64 + 1 base units: a double would lose the last digit.
    const Uint256 beyond = (Uint256(1) << 64) + 1;
    EXPECT_EQ(limits(Uint256(0), beyond), QStringLiteral("up to 18,446,744,073,709.551617 USDC"));
    EXPECT_TRUE(limitsBaseUnits(Uint256(0), beyond, PermitType::BasicV3)
                    .contains(QLatin1String("18446744073709551617")));
}

TEST(PermitFormat, ExtremesReadAsNoLimit)
{
    EXPECT_EQ(limits(Uint256(0), uint256Max()), QStringLiteral("no limit"));
    EXPECT_EQ(limits(Uint256(100'000'000), uint256Max()), QStringLiteral("100 USDC – no limit"));
    EXPECT_EQ(limits(Uint256(0), Uint256(uint64Max), PermitType::Solana),
              QStringLiteral("no limit"));
    // On an EVM chain 2^64 - 1 is an amount like any other.
    EXPECT_NE(limits(Uint256(0), Uint256(uint64Max)), QStringLiteral("no limit"));
    EXPECT_TRUE(limitsText(std::nullopt, std::nullopt, PermitType::Basic, usdc()).isEmpty());
}

TEST(PermitFormat, WithoutAKnownTokenAmountsAreBaseUnits)
{
    Sale sale = sampleSale();
    sale.chain.reset();
    EXPECT_EQ(limitsText(Uint256(5), Uint256(1'000'000), PermitType::BasicV3,
                         AmountFormat::of(sale, QLocale::c())),
              QStringLiteral("5 – 1,000,000 base units"));
}

TEST(PermitFormat, PricesKeepEveryDigit)
{
    EXPECT_EQ(priceText(9'007'199'254'740'993, 9'007'199'254'740'993, QLocale::c()),
              QStringLiteral("9,007,199,254,740,993"));
    EXPECT_EQ(priceText(0, uint64Max, QLocale::c()), QStringLiteral("no limit"));
    EXPECT_EQ(priceText(5, uint64Max, QLocale::c()), QStringLiteral("5 – no limit"));
    EXPECT_EQ(priceText(0, 7, QLocale::c()), QStringLiteral("up to 7"));
    EXPECT_TRUE(priceText(std::nullopt, std::nullopt).isEmpty());
}

TEST(PermitFormat, PriceOnHoverIsThePermitsOwnNumber)
{
    EXPECT_EQ(priceDigits(uint64Max, uint64Max),
              QStringLiteral("18446744073709551615 in contract units"));
    EXPECT_EQ(priceDigits(9'007'199'254'740'993, uint64Max),
              QStringLiteral("From 9007199254740993 to 18446744073709551615 in contract units"));
    EXPECT_TRUE(priceDigits(std::nullopt, std::nullopt).isEmpty());
}

TEST(PermitFormat, NoLimitOfAWalletDependsOnItsChain)
{
    const CommitmentLimits limits{false, Uint256(0), Uint256(uint64Max)};
    Sale sale = sampleSale();
    EXPECT_EQ(walletLimitsText(limits, AmountFormat::of(sale, QLocale::c())),
              QStringLiteral("up to 18,446,744,073,709.551615 USDC"));
    EXPECT_TRUE(walletLimitsBaseUnits(limits, ChainType::Evm)
                    .endsWith(QLatin1String("to 18446744073709551615")));
    sale.chain->type = ChainType::Svm;
    EXPECT_EQ(walletLimitsText(limits, AmountFormat::of(sale, QLocale::c())),
              QStringLiteral("no limit"));
    EXPECT_TRUE(
        walletLimitsBaseUnits(limits, ChainType::Svm).endsWith(QLatin1String("to no limit")));
    const CommitmentLimits most{false, Uint256(0), uint256Max()};
    EXPECT_EQ(walletLimitsText(most, usdc()), QStringLiteral("no limit"));
}

TEST(PermitFormat, CountdownIsMinutesAndSeconds)
{
    EXPECT_EQ(countdown(521), QStringLiteral("8:41"));
    EXPECT_EQ(countdown(59), QStringLiteral("0:59"));
    EXPECT_EQ(countdown(0), QStringLiteral("0:00"));
    EXPECT_EQ(countdown(-5), QStringLiteral("0:00"));
    EXPECT_EQ(countdown(3725), QStringLiteral("1:02:05"));
    EXPECT_EQ(countdown(std::numeric_limits<qint64>::max()), QStringLiteral("no end"));
    EXPECT_EQ(countdownWords(521), QStringLiteral("8 min 41 s"));
}

TEST(PermitFormat, TimesBeyondTheCalendarHaveNoEnd)
{
    EXPECT_EQ(localTime(uint64Max), QStringLiteral("no end"));
    EXPECT_EQ(exactTime(uint64Max), QStringLiteral("no end"));
    EXPECT_EQ(windowText(0, uint64Max), QStringLiteral("always open"));
    EXPECT_TRUE(windowText(1'800'000'000, uint64Max).startsWith(QLatin1String("from ")));
    EXPECT_TRUE(windowText(0, 1'800'000'000).startsWith(QLatin1String("until ")));
    EXPECT_TRUE(windowText(std::nullopt, std::nullopt).isEmpty());
}

TEST(PermitFormat, PriceSaysInWordsWhatIsKnown)
{
    EXPECT_TRUE(priceHelp().contains(QStringLiteral("can't convert")));
    EXPECT_TRUE(priceHelp().contains(QStringLiteral("What is certain")));
}

TEST(PermitFormat, TimesInTheWindowAreLocalAndNameTheirZone)
{
    const LocalZone zone("Asia/Tokyo");       // no summer time
    constexpr quint64 moment = 1'800'000'000; // 2027-01-15 08:00:00 UTC
    const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
    EXPECT_EQ(localTime(moment, locale), QStringLiteral("15 Jan, 17:00 JST"));
    EXPECT_EQ(localTimeWithSeconds(moment, locale), QStringLiteral("15 Jan, 17:00:00 JST"));
    EXPECT_EQ(exactTime(moment, locale), QStringLiteral("15 January 2027, 17:00:00 JST"));
    EXPECT_EQ(windowText(moment, moment + 3600, locale),
              QStringLiteral("15 Jan, 17:00 – 18:00 JST"));
}

TEST(PermitFormat, EachEndOfAWindowNamesItsZoneWhenTheyDiffer)
{
    const LocalZone zone("Europe/Berlin");
    const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
    constexpr quint64 winter = 1'800'000'000;
    constexpr quint64 summer = winter + 180 * 86400ull;
    const QString text = windowText(winter, summer, locale);
    EXPECT_TRUE(text.contains(QStringLiteral("CET –"))) << qPrintable(text);
    EXPECT_TRUE(text.endsWith(QStringLiteral("CEST"))) << qPrintable(text);
}

TEST(PermitFormat, ChecksInTheWindowAreInLocalTimeAndInFilesInUtc)
{
    const LocalZone zone("Asia/Tokyo");
    constexpr qint64 now = 1'800'000'000;
    const Entity entity = sampleEntity(QStringLiteral("E"));
    for (const qint64 opens : {now - 60, now + 60}) { // open, and not yet
        PurchasePermit permit = samplePermit(entity, sampleWallet(1), now);
        permit.opensAt = quint64(opens);
        permit.closesAt = quint64(now) + 7200;
        const PermitVerification verification =
            exportedPermit(entity, sampleWallet(1), permit, now).verification;
        int times = 0;
        for (const PermitCheck &check : verification.checks)
            times += check.text.contains(QStringLiteral("UTC")) ? 1 : 0;
        EXPECT_EQ(times, 2) << "of the permit and of its window";
        int local = 0;
        for (const PermitCheck &check : localChecks(verification, permit)) {
            EXPECT_FALSE(check.text.contains(QStringLiteral("UTC"))) << qPrintable(check.text);
            local += check.text.contains(QStringLiteral("JST")) ? 1 : 0;
        }
        EXPECT_EQ(local, 2);
    }
}

TEST(PermitFormat, ToolTipsAreNeverRichText)
{
    const QString tip = plainToolTip(hostileText());
    EXPECT_FALSE(tip.contains(QLatin1String("<img"))) << qPrintable(tip);
    EXPECT_FALSE(tip.contains(QLatin1String("<b>"))) << qPrintable(tip);
    EXPECT_TRUE(plainToolTip({}).isEmpty());
}

TEST(PermitFormat, NamelessEntityIsNamedByItsId)
{
    EXPECT_EQ(entityName(QStringLiteral(" Borealis \n Capital "), QStringLiteral("id")),
              QStringLiteral("Borealis Capital"));
    EXPECT_TRUE(entityName({}, QStringLiteral("entity-7")).contains(QLatin1String("entity-7")));
}
