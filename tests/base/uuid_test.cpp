// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/uuid.h"

#include <gtest/gtest.h>

using namespace sonar;

TEST(Uuid, ReadsCanonicalTextInEitherCase)
{
    const auto bytes = QByteArray::fromHex("0123456789abcdef0123456789abcdef");
    EXPECT_EQ(uuidBytes(u"01234567-89ab-cdef-0123-456789abcdef"), bytes);
    EXPECT_EQ(uuidBytes(u"01234567-89AB-CDEF-0123-456789ABCDEF"), bytes);
}

TEST(Uuid, ReadsTheNilUuid)
{
    EXPECT_EQ(uuidBytes(u"00000000-0000-0000-0000-000000000000"), QByteArray(16, '\0'));
}

TEST(Uuid, WritesCanonicalLowerCase)
{
    EXPECT_EQ(uuidText(QByteArray::fromHex("0123456789ABCDEF0123456789ABCDEF")),
              QStringLiteral("01234567-89ab-cdef-0123-456789abcdef"));
}

TEST(Uuid, RefusesEveryOtherSpelling)
{
    for (const char16_t *text :
         {u"", u"{01234567-89ab-cdef-0123-456789abcdef}", u"0123456789abcdef0123456789abcdef",
          u"01234567-89ab-cdef-0123-456789abcde", u"01234567-89ab-cdef-0123-456789abcdef0",
          u"01234567-89ab-cdef-0123_456789abcdef", u"0123456-789ab-cdef-0123-456789abcdef",
          u"g1234567-89ab-cdef-0123-456789abcdef", u" 1234567-89ab-cdef-0123-456789abcdef",
          u"urn:uuid:01234567-89ab-cdef-0123-456789abcdef",
          u"٠1234567-89ab-cdef-0123-456789abcdef"}) {
        EXPECT_FALSE(uuidBytes(text)) << QString::fromUtf16(text).toStdString();
    }
}
