// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/uint256.h"

#include <gtest/gtest.h>

using namespace sonar;

namespace {

const QString max = QStringLiteral(
    "115792089237316195423570985008687907853269984665640564039457584007913129639935");
const QString maxPlusOne = QStringLiteral(
    "115792089237316195423570985008687907853269984665640564039457584007913129639936");

} // namespace

TEST(Uint256, HoldsItsWholeRange)
{
    EXPECT_EQ(uint256FromDecimal(u"0"), Uint256(0));
    EXPECT_EQ(uint256FromDecimal(u"18446744073709551615"), Uint256(18446744073709551615ULL));
    EXPECT_EQ(uint256FromDecimal(u"9007199254740993"), Uint256(9007199254740993ULL));
    EXPECT_EQ(uint256FromDecimal(max), uint256Max());
    EXPECT_EQ(toDecimal(uint256Max()), max);
    EXPECT_EQ(toDecimal(0), QStringLiteral("0"));
}

TEST(Uint256, RefusesWhatDoesNotFit)
{
    EXPECT_FALSE(uint256FromDecimal(maxPlusOne));
    EXPECT_FALSE(uint256FromDecimal(max + QLatin1Char('0')));
    EXPECT_FALSE(uint256FromDecimal(QString(200, QLatin1Char('9'))));
    EXPECT_FALSE(uint256FromDecimal(QString(100'000, QLatin1Char('0'))));
}

TEST(Uint256, TakesLeadingZeros)
{
    EXPECT_EQ(uint256FromDecimal(u"007"), Uint256(7));
    EXPECT_EQ(uint256FromDecimal(QStringLiteral("00") + max), uint256Max());
}

TEST(Uint256, RefusesWhatIsNotPlainDigits)
{
    for (const char16_t *text : {u"", u" ", u"-1", u"+1", u"1 ", u" 1", u"1.0", u"1e3", u"0x10",
                                 u"1,000", u"1_000", u"١٢", u"１"})
        EXPECT_FALSE(uint256FromDecimal(text)) << QString::fromUtf16(text).toStdString();
}

TEST(Uint256, WrapsAsSolidityDoesUnchecked)
{
    EXPECT_EQ(Uint256(uint256Max() + 1), 0);
}

TEST(Uint256, IsAnAbiWordInBigEndian)
{
    EXPECT_EQ(toBigEndian32(0), QByteArray(32, '\0'));
    EXPECT_EQ(toBigEndian32(uint256Max()), QByteArray(32, '\xff'));
    EXPECT_EQ(toBigEndian32(0x0102), QByteArray(30, '\0') + "\x01\x02");
    EXPECT_EQ(toBigEndian32(Uint256(1) << 255), '\x80' + QByteArray(31, '\0'));
    EXPECT_EQ(toBigEndian32(Uint256(18446744073709551615ULL)),
              QByteArray(24, '\0') + QByteArray(8, '\xff'));
}
