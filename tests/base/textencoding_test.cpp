// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/textencoding.h"

#include <QList>
#include <QStringEncoder>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

const QString text = QStringLiteral("{\"name\": \"Crédit 日本 😀\"}\r\n");

QByteArray saved(QStringConverter::Encoding encoding, bool marked)
{
    QStringEncoder encoder(encoding, marked ? QStringConverter::Flag::WriteBom
                                            : QStringConverter::Flag::Default);
    return encoder(text);
}

} // namespace

TEST(TextEncoding, EveryUnicodeFileIsReadWithAndWithoutAMark)
{
    for (const auto encoding :
         {QStringConverter::Utf8, QStringConverter::Utf16LE, QStringConverter::Utf16BE,
          QStringConverter::Utf32LE, QStringConverter::Utf32BE}) {
        for (const bool marked : {false, true}) {
            const auto read = utf8Text(saved(encoding, marked));
            ASSERT_TRUE(read) << encoding << ' ' << marked;
            EXPECT_EQ(*read, text.toUtf8()) << encoding << ' ' << marked;
        }
    }
}

TEST(TextEncoding, WhatIsInUtf8AlreadyIsntTouched)
{
    for (const QByteArray &bytes : {QByteArray(), QByteArray("a"), QByteArray("0x12,Treasury\n")})
        EXPECT_EQ(utf8Text(bytes).value_or("refused"), bytes);
    EXPECT_EQ(utf8Text("\xEF\xBB\xBF").value_or("refused"), "");
}

TEST(TextEncoding, AnythingElseIsRefusedWithWhatToDo)
{
    const QByteArray utf16 = saved(QStringConverter::Utf16LE, true);
    const QList<QByteArray> refused{
        QByteArray("name,Cr\xe9"
                   "dit"),             // Windows-1252
        QByteArray("{\"a\": 1}\0", 9), // a zero byte in the middle of UTF-8
        QByteArray("\x7f"
                   "ELF\2\1\1\0\0",
                   9),                          // a program
        utf16.chopped(1),                       // half a unit at the end
        QByteArray("\xff\xfe\x3d\xd8", 4),      // half a pair at the end
        QByteArray("\xff\xfe\0\0\x41\0\0", 7)}; // UTF-32, cut off
    for (const QByteArray &bytes : refused) {
        const auto read = utf8Text(bytes);
        ASSERT_FALSE(read) << bytes.toHex().constData();
        EXPECT_EQ(read.error().kind, ErrorKind::Malformed);
        EXPECT_TRUE(read.error().summary.contains(QLatin1String("UTF")))
            << bytes.toHex().constData();
        EXPECT_TRUE(read.error().advice.contains(QLatin1String("UTF-8")));
    }
}
