// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/walletaddress.h"
#include "app/permits/walletinput.h"

#include <QRandomGenerator>

#include <gtest/gtest.h>

namespace sonar {

namespace {

const QString checksummed = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

QString summaryOf(const QString &address)
{
    const auto bytes = parseEvmAddress(address);
    EXPECT_FALSE(bytes) << qPrintable(address);
    if (bytes)
        return {};
    EXPECT_EQ(bytes.error().kind, ErrorKind::InvalidInput);
    EXPECT_FALSE(bytes.error().advice.isEmpty());
    return bytes.error().summary;
}

} // namespace

TEST(EvmAddress, IsTakenInOneCaseOrWithItsChecksum)
{
    const auto bytes = parseEvmAddress(checksummed);
    ASSERT_TRUE(bytes);
    const QString upper = QStringLiteral("0x") + checksummed.mid(2).toUpper();
    for (const QString &same : {checksummed.toLower(), upper}) {
        const auto parsed = parseEvmAddress(same);
        ASSERT_TRUE(parsed) << qPrintable(same);
        EXPECT_EQ(*parsed, *bytes);
        EXPECT_EQ(checksummedAddress(*parsed), checksummed);
    }
}

TEST(EvmAddress, AnyChangedCaseIsNoticedAndSaid)
{
    for (qsizetype i = 2; i < checksummed.size(); ++i) {
        if (!checksummed[i].isLetter())
            continue;
        QString mistyped = checksummed;
        mistyped[i] = mistyped[i].isUpper() ? mistyped[i].toLower() : mistyped[i].toUpper();
        EXPECT_TRUE(summaryOf(mistyped).contains(QLatin1String("checksum"))) << i;
    }
}

TEST(EvmAddress, TheErrorSaysWhatIsWrong)
{
    EXPECT_TRUE(summaryOf(QString()).contains(QLatin1String("No wallet")));
    EXPECT_TRUE(summaryOf(checksummed.mid(2)).contains(QLatin1String("0x")));
    EXPECT_TRUE(summaryOf(checksummed.chopped(1)).contains(QLatin1String("39")));
    EXPECT_TRUE(summaryOf(checksummed + QLatin1Char('0')).contains(QLatin1String("41")));
    EXPECT_TRUE(
        summaryOf(checksummed.chopped(1) + QLatin1Char('g')).contains(QLatin1String("no hex")));
    EXPECT_TRUE(summaryOf(QStringLiteral("vitalik.eth")).contains(QLatin1String("Names")));
    // Digits of other scripts aren't hex digits.
    EXPECT_TRUE(
        summaryOf(checksummed.chopped(1) + QChar(0x0663)).contains(QLatin1String("no hex")));
}

TEST(SolanaAddress, RefusesForeignCharactersAndLengths)
{
    const QString wallet = QStringLiteral("EuaMEX3ehaSdmP1CGudtMmp3UH9MYiv2JZe11Sy9iRYK");
    ASSERT_TRUE(parseSolanaAddress(wallet));
    for (const char16_t foreign : {u'0', u'O', u'I', u'l', u' ', u'+', u'\u00e9'})
        EXPECT_FALSE(parseSolanaAddress(wallet.chopped(1) + QChar(foreign))) << int(foreign);
    EXPECT_FALSE(parseSolanaAddress(QString()));
    EXPECT_FALSE(parseSolanaAddress(wallet.chopped(2)));
    EXPECT_FALSE(parseSolanaAddress(toBase58(QByteArray(31, '\x7f'))));
    EXPECT_FALSE(parseSolanaAddress(toBase58(QByteArray(33, '\x7f'))));
    EXPECT_FALSE(parseSolanaAddress(QString(100'000, QLatin1Char('z'))));
    const auto evm = parseSolanaAddress(checksummed);
    ASSERT_FALSE(evm);
    EXPECT_TRUE(evm.error().summary.contains(QLatin1String("EVM")));
}

TEST(Base58, GivesBackEveryByteString)
{
    QRandomGenerator random(58);
    for (int round = 0; round < 500; ++round) {
        QByteArray bytes(random.bounded(40), '\0');
        for (char &byte : bytes)
            byte = char(random.bounded(256));
        bytes.prepend(QByteArray(random.bounded(3), '\0'));
        const auto back = fromBase58(toBase58(bytes));
        ASSERT_TRUE(back);
        ASSERT_EQ(*back, bytes) << bytes.toHex().constData();
    }
    EXPECT_EQ(toBase58(QByteArray(32, '\0')), QString(32, QLatin1Char('1')));
    EXPECT_EQ(toBase58("Hello World!"), QStringLiteral("2NEpo7TZRRrLZSi2U"));
}

TEST(WalletAddress, IsShownInOneForm)
{
    const QString typed = QStringLiteral("  ") + checksummed.toLower() + QStringLiteral("\n");
    EXPECT_EQ(parseWalletAddress(typed, ChainType::Evm).value_or(QString()), checksummed);
    const QString key = QStringLiteral("11bC85Swyuow3f2LaQp4udruMVJwi44S8yog3QVt8kY");
    EXPECT_EQ(parseWalletAddress(QStringLiteral(" ") + key, ChainType::Svm).value_or(QString()),
              key);
    EXPECT_FALSE(parseWalletAddress(key, ChainType::Evm));
    EXPECT_FALSE(parseWalletAddress(checksummed, ChainType::Svm));
}

TEST(WalletInput, IsTakenAsTheEyeReadsIt)
{
    WalletRules rules;
    rules.chainId = 84532;
    for (const char16_t *form : {u"\u200b%1", u"%1\u200b", u"\u2060 %1", u"basesep:%1",
                                 u"ethereum:%1@84532", u"ethereum:%1", u"eip155:84532:%1",
                                 u"\"%1\"", u"\u201c%1\u201d", u"'%1'", u"\ufeff%1 "}) {
        const QString typed = QString::fromUtf16(form).arg(checksummed);
        EXPECT_EQ(parseWalletAddress(typed, rules).value_or(QString()), checksummed)
            << qPrintable(typed);
    }
    const QString upper = checksummed.toUpper(); // 0X
    EXPECT_EQ(parseWalletAddress(upper, rules).value_or(QString()), checksummed);
    QString parted = checksummed;
    parted.insert(20, QChar(0x200b));
    EXPECT_EQ(parseWalletAddress(parted, rules).value_or(QString()), checksummed);
}

TEST(WalletInput, NamesTheRealTrouble)
{
    WalletRules rules;
    rules.chainId = 84532;
    const auto summary = [&rules](const QString &text) {
        const auto address = parseWalletAddress(text, rules);
        return address ? *address : address.error().summary;
    };
    const QString digits = checksummed.mid(2);
    EXPECT_TRUE(
        summary(QStringLiteral("0\u00d7") + digits).contains(QLatin1String("multiplication")));
    EXPECT_TRUE(summary(QStringLiteral("0\u0445") + digits).contains(QLatin1String("U+0445")));
    QString cyrillic = checksummed;
    cyrillic[13] = QChar(0x0421); // С
    EXPECT_TRUE(summary(cyrillic).contains(QLatin1String("U+0421")));
    EXPECT_TRUE(summary(QStringLiteral("eth:") + checksummed).contains(QLatin1String("Ethereum")));
    EXPECT_TRUE(summary(QStringLiteral("xyz:") + checksummed).contains(QLatin1String("xyz:")));
    EXPECT_TRUE(summary(QStringLiteral("ethereum:%1@1").arg(checksummed))
                    .contains(QLatin1String("Ethereum")));
    EXPECT_TRUE(summary(QStringLiteral("ethereum:%1/transfer?uint256=1").arg(checksummed))
                    .contains(QLatin1String("link")));
    rules.chainId = 0;
    EXPECT_TRUE(summary(QStringLiteral("base:") + checksummed).contains(QLatin1String("Base")));
}

TEST(WalletInput, ContractTokenAndZeroAddressAreNoWallets)
{
    WalletRules rules;
    rules.saleContract = checksummed.toLower();
    rules.paymentToken = QStringLiteral("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
    const QString zero = QStringLiteral("0x") + QString(40, QLatin1Char('0'));
    for (const QString &text : {checksummed, rules.paymentToken.toLower(), zero}) {
        const auto address = parseWalletAddress(text, rules);
        ASSERT_FALSE(address) << qPrintable(text);
        EXPECT_FALSE(address.error().advice.isEmpty());
    }
    EXPECT_FALSE(parseWalletAddress(QString(32, QLatin1Char('1')), ChainType::Svm));
}

TEST(WalletAddress, IsShortenedInTheMiddle)
{
    EXPECT_EQ(shortened(checksummed), QStringLiteral("0x7099\u202679C8"));
    EXPECT_EQ(shortened(QStringLiteral("0x1234")), QStringLiteral("0x1234"));
}

} // namespace sonar
