// SPDX-License-Identifier: GPL-3.0-or-later
// Remembered sales that can't be read any more: kept, and told of by name.
#include "app/config/preferences.h"
#include "tests/config/salesamples.h"

#include <QSettings>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::fullSaleFile;
using sonar::test::saleOf;
using sonar::test::smallSaleFile;

namespace {

/// Its checksum is wrong: the last letter's case has changed.
const QByteArray wrongAddress = "0x70997970C51812dc3A010C7d01b50e0d17dc79c8";
const QByteArray rightAddress = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

QByteArray fileWith(const char *member, const QByteArray &address)
{
    const QByteArray start = '"' + QByteArray(member) + "\": \"";
    QByteArray text = fullSaleFile;
    const qsizetype at = text.indexOf(start) + start.size();
    return text.replace(at, 42, address);
}

Sale saleOfDigit(char digit = '2')
{
    return saleOf(QByteArray(smallSaleFile).replace("11111111-", QByteArray(8, digit) + '-'));
}

class UnreadSales : public ::testing::Test
{
protected:
    /// The settings as another version has left them.
    void remember(const QVariantList &files) const
    {
        QSettings settings(path, QSettings::IniFormat);
        settings.beginWriteArray(QStringLiteral("sales"), int(files.size()));
        for (int i = 0; i < int(files.size()); ++i) {
            settings.setArrayIndex(i);
            settings.setValue(QStringLiteral("file"), files[i]);
        }
        settings.endArray();
    }
    QVariantList remembered() const
    {
        QSettings settings(path, QSettings::IniFormat);
        QVariantList files;
        const int count = settings.beginReadArray(QStringLiteral("sales"));
        for (int i = 0; i < count; ++i) {
            settings.setArrayIndex(i);
            files << settings.value(QStringLiteral("file"));
        }
        return files;
    }

    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("preferences.ini"));
};

} // namespace

TEST_F(UnreadSales, WrongChecksumIsToldByNameAndFieldAndKept)
{
    for (const char *member : {"permitSigner", "saleContract", "paymentToken"}) {
        SCOPED_TRACE(member);
        const QString spoilt = QString::fromUtf8(fileWith(member, wrongAddress));
        remember({spoilt});
        Preferences preferences(path);
        EXPECT_TRUE(preferences.sales().isEmpty());
        const QList<UnreadSale> unread = preferences.unreadSales();
        ASSERT_EQ(unread.size(), 1);
        EXPECT_EQ(unread[0].name, QStringLiteral("Example sale"));
        const Error told = unreadSalesError(unread);
        EXPECT_EQ(told.kind, ErrorKind::Malformed);
        EXPECT_TRUE(told.summary.contains(QStringLiteral("“Example sale”")));
        EXPECT_TRUE(told.advice.contains(QLatin1String(member))) << qPrintable(told.advice);
        EXPECT_TRUE(told.advice.contains(QStringLiteral("wrong checksum")));
        EXPECT_TRUE(told.advice.contains(QStringLiteral("add the sale again")));
        EXPECT_TRUE(told.details.contains(QLatin1String(wrongAddress)));

        preferences.setSales({saleOfDigit()});
        preferences.setSales({saleOfDigit(), saleOfDigit('3')});
        preferences.setSales({});
        EXPECT_EQ(remembered(), QVariantList{spoilt});
    }
}

TEST_F(UnreadSales, OthersAreReadAllTheSame)
{
    const QString spoilt = QString::fromUtf8(fileWith("permitSigner", wrongAddress));
    remember({spoilt, QString::fromUtf8(saleOfDigit().fileText)});
    Preferences preferences(path);
    ASSERT_EQ(preferences.sales().size(), 1);
    preferences.setSales(QList<Sale>(preferences.sales()) << saleOfDigit('3'));
    const Preferences again(path);
    EXPECT_EQ(again.sales(), (QList<Sale>{saleOfDigit(), saleOfDigit('3')}));
    ASSERT_EQ(again.unreadSales().size(), 1);
    EXPECT_EQ(again.unreadSales()[0].stored.toString(), spoilt);
}

TEST_F(UnreadSales, SaleOfTheSameUuidTakesThePlace)
{
    remember({QString::fromUtf8(fileWith("permitSigner", wrongAddress))});
    Preferences preferences(path);
    preferences.setSales({saleOf(fileWith("permitSigner", rightAddress))});
    EXPECT_TRUE(preferences.unreadSales().isEmpty());
    EXPECT_EQ(remembered().size(), 1);
}

TEST_F(UnreadSales, WhateverElseWasStoredIsKeptToo)
{
    const QVariantList odd{QStringLiteral("no JSON"), QStringLiteral("{\"name\":\"\\u0007 \"}"),
                           QStringList{QStringLiteral("{\"a\":1"), QStringLiteral("\"b\":2}")},
                           QString::fromUtf8(QByteArray(300 * 1024, 'x'))};
    remember(odd);
    Preferences preferences(path);
    const QList<UnreadSale> unread = preferences.unreadSales();
    ASSERT_EQ(unread.size(), 4);
    EXPECT_EQ(unread[1].name, QStringLiteral("number 2 of your list"));
    const Error told = unreadSalesError(unread);
    EXPECT_TRUE(told.summary.contains(QStringLiteral("“number 1 of your list”, ")));
    EXPECT_TRUE(told.summary.contains(QStringLiteral("…")));
    EXPECT_LT(told.report().size(), 3'000);
    preferences.setSales({saleOfDigit()});
    EXPECT_EQ(remembered(), (QVariantList{QString::fromUtf8(saleOfDigit().fileText)} + odd));
}

TEST_F(UnreadSales, HostileNameStaysOneShortLine)
{
    const QByteArray name = "x\\n\\u202e\\u0000" + QByteArray(150, 'y');
    remember(
        {QString::fromUtf8(fileWith("permitSigner", wrongAddress).replace("Example sale", name))});
    const QList<UnreadSale> unread = Preferences(path).unreadSales();
    ASSERT_EQ(unread.size(), 1);
    EXPECT_TRUE(unread[0].name.startsWith(QStringLiteral("x yyy"))) << qPrintable(unread[0].name);
    EXPECT_LE(unread[0].name.size(), 80);
}

TEST_F(UnreadSales, AreRemovedWhenTheUserSaysSo)
{
    remember({QStringLiteral("no JSON"), QString::fromUtf8(saleOfDigit().fileText)});
    Preferences preferences(path);
    preferences.removeUnreadSales();
    EXPECT_TRUE(preferences.unreadSales().isEmpty());
    EXPECT_EQ(preferences.sales(), QList<Sale>{saleOfDigit()});
    EXPECT_EQ(remembered().size(), 1);
}
