// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/hex.h"

#include <gtest/gtest.h>

using namespace sonar;

TEST(Hex, WritesPrefixAndLowerCase)
{
    EXPECT_EQ(toHex(QByteArray::fromHex("00ffAB")), QStringLiteral("0x00ffab"));
    EXPECT_EQ(toHex({}), QStringLiteral("0x"));
}

TEST(Hex, ReadsEitherCase)
{
    EXPECT_EQ(fromHex(u"0x00FfaB"), QByteArray::fromHex("00ffab"));
    EXPECT_EQ(fromHex(u"0X0a"), QByteArray("\n"));
    EXPECT_EQ(fromHex(u"0x"), QByteArray());
}

TEST(Hex, ReadsBackEveryByte)
{
    QByteArray all;
    for (int i = 0; i < 256; ++i)
        all.append(char(i));
    EXPECT_EQ(fromHex(toHex(all)), all);
}

TEST(Hex, RefusesWhatIsNoHex)
{
    for (const char16_t *text : {u"", u"0", u"00ff", u"x00", u"0x0", u"0x123", u"0xgg", u"0x 1",
                                 u" 0x11", u"0x11 ", u"0x-1", u"0x+1", u"0x0x11", u"0x１１"}) {
        EXPECT_FALSE(fromHex(text)) << QString::fromUtf16(text).toStdString();
    }
}
