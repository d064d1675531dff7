// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/uint256.h"

#include <gtest/gtest.h>

using namespace sonar;

namespace {

const QLocale english = QLocale::c();
const QLocale german(QLocale::German, QLocale::Germany);
const QLocale french(QLocale::French, QLocale::France);

std::string shown(const Uint256 &value, int decimals, const QLocale &locale)
{
    return formatUnits(value, decimals, locale).toStdString();
}

struct Typed
{
    const char *text;
    int decimals;
    const char *amount; ///< base units; null when it is refused
};

void expectAmounts(const QLocale &locale, std::initializer_list<Typed> cases)
{
    for (const Typed &typed : cases) {
        const auto amount = parseUnits(QString::fromUtf8(typed.text), typed.decimals, locale);
        if (typed.amount) {
            ASSERT_TRUE(amount) << typed.text;
            EXPECT_EQ(toDecimal(*amount).toStdString(), typed.amount) << typed.text;
        } else {
            EXPECT_FALSE(amount) << typed.text << " became " << toDecimal(*amount).toStdString();
        }
    }
}

} // namespace

TEST(FormatUnits, GroupsTheWholeAndTrimsTheFraction)
{
    EXPECT_EQ(shown(1234500000, 6, english), "1,234.5");
    EXPECT_EQ(shown(1000000, 6, english), "1");
    EXPECT_EQ(shown(1, 6, english), "0.000001");
    EXPECT_EQ(shown(0, 6, english), "0");
    EXPECT_EQ(shown(999, 0, english), "999");
    EXPECT_EQ(shown(1000, 0, english), "1,000");
    EXPECT_EQ(shown(1234567, 0, english), "1,234,567");
    EXPECT_EQ(shown(10, 1, english), "1");
}

TEST(FormatUnits, SpeaksTheLocale)
{
    EXPECT_EQ(shown(1234567890000, 6, german), "1.234.567,89");
    // U+202F, the narrow no-break space
    EXPECT_EQ(shown(1234567890000, 6, french), "1\u202f234\u202f567,89");
}

TEST(FormatUnits, IsExactAtTheEdges)
{
    EXPECT_EQ(shown(Uint256("9007199254740993000001"), 6, english), "9,007,199,254,740,993.000001");
    EXPECT_EQ(shown(uint256Max(), 77, english), "1.157920892373161954235709850086879078532699846656"
                                                "40564039457584007913129639935");
    EXPECT_EQ(shown(1, 77, english), "0." + std::string(76, '0') + "1");
    EXPECT_EQ(shown(uint256Max(), 0, english),
              "115,792,089,237,316,195,423,570,985,008,687,907,853,269,984,665,640,564,039,457,584,"
              "007,913,129,639,935");
}

TEST(ParseUnits, ReadsWhatAPersonTypes)
{
    expectAmounts(english, {{"1234.5", 6, "1234500000"},
                            {"1,234.5", 6, "1234500000"},
                            {" 1 ", 6, "1000000"},
                            {"1 234 567", 0, "1234567"},
                            {"0.000001", 6, "1"},
                            {"0", 6, "0"},
                            {"1.50", 2, "150"},
                            {"007", 0, "7"},
                            {"9007199254740993.000001", 6, "9007199254740993000001"}});
}

TEST(ParseUnits, RefusesWhatIsNoAmount)
{
    expectAmounts(english, {{"", 6, nullptr},
                            {" ", 6, nullptr},
                            {".", 6, nullptr},
                            {"1.", 6, nullptr},
                            {".5", 6, nullptr},
                            {"-1", 6, nullptr},
                            {"+1", 6, nullptr},
                            {"1e3", 6, nullptr},
                            {"0x10", 6, nullptr},
                            {"1.2.3", 6, nullptr},
                            {"1.0000001", 6, nullptr},
                            {"1.5", 0, nullptr},
                            {"1 USDC", 6, nullptr},
                            {"١", 6, nullptr}});
}

TEST(ParseUnits, RefusesADecimalPointOfAnotherLocale)
{
    // Read as groups these would be ten or a thousand times the amount meant.
    expectAmounts(german, {{"1.5", 6, nullptr},
                           {"0.25", 6, nullptr},
                           {"1,234.567", 6, nullptr},
                           {"1234.567", 6, nullptr},
                           {"12.34.567", 6, nullptr},
                           {"1.234.56", 6, nullptr},
                           {".234", 6, nullptr},
                           {"1..234", 6, nullptr}});
    expectAmounts(english,
                  {{"1,5", 6, nullptr}, {"1.234,5", 6, nullptr}, {"1234,567", 6, nullptr}});
}

TEST(ParseUnits, SpeaksTheLocale)
{
    expectAmounts(german, {{"1.234.567,89", 6, "1234567890000"},
                           {"1234567,89", 6, "1234567890000"},
                           {"1.234", 6, "1234000000"}});
    expectAmounts(french, {{"1\u202f234\u202f567,89", 6, "1234567890000"},
                           {"1\u00a0234\u00a0567,89", 6, "1234567890000"},
                           {"1 234 567,89", 6, "1234567890000"},
                           {"1.5", 6, nullptr}});
}

TEST(ParseUnits, HoldsTheWholeRangeAndNoMore)
{
    const auto most = toDecimal(uint256Max()).toStdString();
    expectAmounts(english, {{most.c_str(), 0, most.c_str()},
                            {(most + "0").c_str(), 0, nullptr},
                            {most.c_str(), 1, nullptr},
                            {"1", 77, ("1" + std::string(77, '0')).c_str()},
                            {"2", 77, nullptr}});
}

TEST(ParseUnits, ReadsBackWhatFormatUnitsShows)
{
    for (const QLocale &locale :
         {english, german, french, QLocale(QLocale::German, QLocale::Switzerland),
          QLocale(QLocale::Portuguese, QLocale::Portugal)}) {
        for (const int decimals : {0, 1, 6, 18, 77}) {
            Uint256 value = 1;
            for (int step = 0; step < 255; ++step, value = value * 2 + step % 2) {
                const auto text = formatUnits(value, decimals, locale);
                EXPECT_EQ(parseUnits(text, decimals, locale), value)
                    << text.toStdString() << " in " << locale.name().toStdString();
            }
        }
    }
}

TEST(PlainUnits, AreDigitsAndAPointForEveryReader)
{
    EXPECT_EQ(plainUnits(Uint256(25'000'500'000), 6), QStringLiteral("25000.5"));
    EXPECT_EQ(plainUnits(Uint256(1'234'567), 0), QStringLiteral("1234567"));
    EXPECT_EQ(plainUnits(Uint256(1), 6), QStringLiteral("0.000001"));
    EXPECT_EQ(plainUnits(Uint256(0), 6), QStringLiteral("0"));
}

TEST(ReadUnits, SaysWhyATextIsNoAmount)
{
    const auto fault = [](const QString &text, int decimals) {
        const auto value = readUnits(text, decimals, german);
        return value ? -1 : int(value.error());
    };
    EXPECT_EQ(fault(QString(80, QLatin1Char('9')), 6), int(UnitsFault::TooLarge));
    EXPECT_EQ(fault(QString(400, QLatin1Char('1')), 0), int(UnitsFault::TooLarge));
    EXPECT_EQ(fault(QString(80, QLatin1Char('0')) + QLatin1Char('7'), 6), -1) << "seven";
    EXPECT_EQ(fault(QStringLiteral("1,5"), 0), int(UnitsFault::TooManyDecimals));
    for (const char *text : {"1.5", "abc", "", "-1", "1,", "1,5,5"})
        EXPECT_EQ(fault(QLatin1String(text), 6), int(UnitsFault::NotANumber)) << text;
}
