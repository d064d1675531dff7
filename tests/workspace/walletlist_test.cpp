// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/walletlist.h"

#include <gtest/gtest.h>

using namespace sonar;

namespace {

const QString evmOne = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
const QString evmTwo = QStringLiteral("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
const QString solana = QStringLiteral("3XxHCh947y1PAMK5y8oecBtaLU7TtTj9r4yMYwzFbJYs");

WalletReading csv(const QString &text)
{
    return readWalletCsv(text.toUtf8(), ChainType::Evm);
}

const QString evmThree = QStringLiteral("0x90F79bf6EB2c4f870365E785982E1f101E93b906");

QStringList addresses(const WalletReading &reading)
{
    QStringList found;
    for (const Wallet &read : reading.wallets)
        found << read.address;
    return found;
}

/// A sale on Base Sepolia.
WalletRules saleRules()
{
    WalletRules rules;
    rules.chainId = 84532;
    rules.saleContract = QStringLiteral("0x5FbDB2315678afecb367f032d93F642f64180aa3");
    rules.paymentToken = QStringLiteral("0xe7f1725e7734ce288f8367e1bb143e90bb3f0512");
    return rules;
}

} // namespace

TEST(WalletList, ReadsAddressAndNameInWhateverWayTheyAreParted)
{
    const WalletReading reading =
        readWalletLines(QStringLiteral("# my wallets\n%1, Treasury\n\n%2\tOps  desk\r\n")
                            .arg(evmOne, evmTwo.toLower()),
                        ChainType::Evm);
    EXPECT_TRUE(reading.refused.isEmpty());
    EXPECT_EQ(reading.wallets, QList<Wallet>({Wallet{evmOne, QStringLiteral("Treasury")},
                                              Wallet{evmTwo, QStringLiteral("Ops desk")}}));
}

TEST(WalletList, RefusesWrongChecksumsAndTellsTheLine)
{
    QString wrong = evmOne;
    wrong[3] = QLatin1Char('1');
    QString wrongCase = evmOne;
    wrongCase.replace(QLatin1Char('d'), QLatin1Char('D'));
    const WalletReading reading = readWalletLines(
        QStringLiteral("%1\n%2 x\n%3\nhello").arg(evmTwo, wrong, wrongCase), ChainType::Evm);
    EXPECT_EQ(reading.wallets.size(), 1);
    ASSERT_EQ(reading.refused.size(), 3);
    EXPECT_EQ(reading.refused[0].number, 2);
    EXPECT_EQ(reading.refused[2].number, 4);
    for (const RefusedLine &line : reading.refused)
        EXPECT_FALSE(line.reason.isEmpty());
}

TEST(WalletList, TakesTheAddressesOfTheSalesChainOnly)
{
    EXPECT_EQ(readWalletLines(solana, ChainType::Svm).wallets.size(), 1);
    EXPECT_EQ(readWalletLines(evmOne, ChainType::Svm).refused.size(), 1);
    EXPECT_EQ(readWalletLines(solana, ChainType::Evm).refused.size(), 1);
}

TEST(WalletList, OneAddressIsOneWalletHoweverItIsWritten)
{
    const WalletReading reading =
        readWalletLines(evmOne + QLatin1Char('\n') + evmOne.toLower(), ChainType::Evm);
    EXPECT_EQ(reading.wallets.size(), 1);
    EXPECT_EQ(reading.repeated, 1);
}

TEST(WalletList, CsvColumnsAreFoundByTheirNames)
{
    const QList<Wallet> expected{Wallet{evmOne, QStringLiteral("A, \"B\"")}};
    EXPECT_EQ(csv(QStringLiteral("Label,Note,Wallet address\n\"A, \"\"B\"\"\",x,%1\n").arg(evmOne))
                  .wallets,
              expected);
    EXPECT_EQ(
        csv(QStringLiteral("\uFEFFwallet;name\r\n%1;\"A, \"\"B\"\"\"\r\n").arg(evmOne)).wallets,
        expected);
    EXPECT_EQ(csv(QStringLiteral("%1,\"A, \"\"B\"\"\"").arg(evmOne)).wallets, expected);
    EXPECT_EQ(csv(QStringLiteral("address\n%1").arg(evmOne)).wallets,
              QList<Wallet>({Wallet{evmOne, {}}}));
}

TEST(WalletList, FirstLineWithAWrongAddressIsNoHeader)
{
    QString wrong = evmOne;
    wrong[3] = QLatin1Char('1');
    const QString keyOfAnotherChain = solana;
    for (const QString &address : {wrong, QStringLiteral("0x1234"), keyOfAnotherChain}) {
        for (const QString &name : {QStringLiteral("Cold wallet"), QStringLiteral("My address")}) {
            const WalletReading reading =
                csv(QStringLiteral("%1,%2\n%3,Ops\n").arg(address, name, evmTwo));
            EXPECT_EQ(reading.wallets, QList<Wallet>({Wallet{evmTwo, QStringLiteral("Ops")}}))
                << qPrintable(address + name);
            ASSERT_EQ(reading.refused.size(), 1) << qPrintable(address + name);
            EXPECT_EQ(reading.refused[0].number, 1);
        }
    }
}

TEST(WalletList, HeadersAreWholeWords)
{
    // A line that is neither: told of, not swallowed.
    for (const char *line : {"Cold wallet,Ops", "addressee,x", "wallets,x"}) {
        const WalletReading reading =
            csv(QStringLiteral("%1\n%2,B\n").arg(QLatin1String(line), evmTwo));
        EXPECT_EQ(reading.wallets.size(), 1) << line;
        EXPECT_EQ(reading.refused.size(), 1) << line;
    }
    for (const char *line : {"Address,Name", "wallet_address;label", "Nickname\tWALLET",
                             "Public address (EVM),Display name"}) {
        const QString header = QLatin1String(line);
        const QChar separator = header.contains(QLatin1Char(';'))    ? QLatin1Char(';')
                                : header.contains(QLatin1Char('\t')) ? QLatin1Char('\t')
                                                                     : QLatin1Char(',');
        const bool addressLast = header.startsWith(QLatin1String("Nick"));
        const QStringList cells = addressLast ? QStringList{QStringLiteral("B"), evmTwo}
                                              : QStringList{evmTwo, QStringLiteral("B")};
        const WalletReading reading =
            csv(header + QLatin1Char('\n') + cells.join(separator) + QLatin1Char('\n'));
        EXPECT_EQ(reading.wallets.size(), 1) << line;
        EXPECT_TRUE(reading.refused.isEmpty()) << line;
    }
}

TEST(WalletList, CsvLinesAreCountedAsAnEditorCountsThem)
{
    const WalletReading reading =
        csv(QStringLiteral("address,name\n%1,\"two\nlines\"\n\nnonsense,x\n").arg(evmOne));
    ASSERT_EQ(reading.wallets.size(), 1);
    EXPECT_EQ(reading.wallets[0].name, QStringLiteral("two lines"));
    ASSERT_EQ(reading.refused.size(), 1);
    EXPECT_EQ(reading.refused[0].number, 5);
}

TEST(WalletList, ForeignFilesAreRefusedBounded)
{
    EXPECT_EQ(readWalletCsv(QByteArray("\x89PNG\0\xff\xfe", 7), ChainType::Evm).refused.size(), 1);
    EXPECT_TRUE(csv({}).refused.isEmpty());
    const WalletReading many = csv(QStringLiteral("nonsense\n").repeated(50'000));
    EXPECT_TRUE(many.wallets.isEmpty());
    EXPECT_LE(many.refused.size(), 1000);
    const WalletReading open = csv(QLatin1Char('"') + QString(100'000, QLatin1Char('x')));
    ASSERT_EQ(open.refused.size(), 1);
    EXPECT_LT(open.refused[0].text.size(), 200);
}

TEST(WalletList, MergingAddsRenamesAndKeepsOrder)
{
    const QList<Wallet> book{Wallet{evmOne, QStringLiteral("Old")}};
    const WalletMerge merge =
        mergeWallets(book, {Wallet{evmTwo, {}}, Wallet{evmOne, QStringLiteral("New")}});
    EXPECT_EQ(merge.wallets,
              QList<Wallet>({Wallet{evmOne, QStringLiteral("New")}, Wallet{evmTwo, {}}}));
    EXPECT_EQ(merge.added, 1);
    EXPECT_EQ(merge.renamed, 1);
    EXPECT_EQ(merge.left, 0);
    // An import without names takes none away.
    const WalletMerge again = mergeWallets(merge.wallets, {Wallet{evmOne, {}}});
    EXPECT_EQ(again.unchanged, 1);
    EXPECT_EQ(again.wallets, merge.wallets);
}

TEST(WalletList, WhatAFullBookHasNoPlaceForIsCounted)
{
    QList<Wallet> book;
    for (int i = 0; i < mostWallets - 1; ++i)
        book << Wallet{QStringLiteral("wallet %1").arg(i), {}};
    const WalletMerge merge =
        mergeWallets(book, {Wallet{evmOne, {}}, Wallet{evmTwo, {}},
                            Wallet{book[0].address, QStringLiteral("A")}, Wallet{solana, {}}});
    EXPECT_EQ(merge.wallets.size(), mostWallets);
    EXPECT_EQ(merge.added, 1);
    EXPECT_EQ(merge.left, 2);
    EXPECT_EQ(merge.renamed, 1) << "known ones need no place";
}

TEST(WalletList, UnclosedQuotationMarkCostsItsLineAlone)
{
    for (const QString &text :
         {QStringLiteral("\"%1,x\n%2,y\n"), QStringLiteral("%2,y\n\"%1,x"),
          QStringLiteral("\"%1,x\n%2,\"y\"\n"), QStringLiteral("%1,\"x\n%2,y\n\n"),
          QStringLiteral("%1,a\"b\n%2,y\n"), QStringLiteral("\"%1\"x,b\r\n%2,y\r\n")}) {
        const WalletReading reading = csv(text.arg(evmOne, evmTwo));
        const int faulty = text.startsWith(QLatin1String("%2")) ? 2 : 1;
        EXPECT_EQ(addresses(reading), QStringList{evmTwo}) << qPrintable(text);
        ASSERT_EQ(reading.refused.size(), 1) << qPrintable(text);
        EXPECT_EQ(reading.refused[0].number, faulty) << qPrintable(text);
        EXPECT_TRUE(reading.refused[0].reason.contains(QStringLiteral("quotation mark")));
        EXPECT_TRUE(reading.refused[0].text.contains(evmOne.left(20)));
    }
}

TEST(WalletList, QuotationMarkThatTheNextWalletClosesIsToldOfInBothLines)
{
    const WalletReading reading =
        csv(QStringLiteral("\"%1,x\n%2,y\"\n%3,z\n").arg(evmOne, evmTwo, evmThree));
    EXPECT_EQ(addresses(reading), QStringList{evmThree});
    ASSERT_EQ(reading.refused.size(), 2);
    EXPECT_EQ(reading.refused[1].number, 2);
}

TEST(WalletList, ManyUnclosedQuotationMarksAreAllTold)
{
    QString text;
    for (int i = 0; i < 900; ++i)
        text += QStringLiteral("\"%1,x\n").arg(evmOne);
    text += evmTwo;
    const WalletReading reading = csv(text);
    EXPECT_EQ(addresses(reading), QStringList{evmTwo});
    EXPECT_EQ(reading.refused.size(), 900);
}

TEST(WalletList, CsvTakesEveryKindOfLineEnd)
{
    for (const char *end : {"\n", "\r\n", "\r"}) {
        const WalletReading reading =
            csv(QStringLiteral("address,name%1%2,Treasury%1%3,Ops%1bad,x%1")
                    .arg(QLatin1String(end), evmOne, evmTwo));
        EXPECT_EQ(reading.wallets, QList<Wallet>({Wallet{evmOne, QStringLiteral("Treasury")},
                                                  Wallet{evmTwo, QStringLiteral("Ops")}}));
        ASSERT_EQ(reading.refused.size(), 1);
        EXPECT_EQ(reading.refused[0].number, 4);
    }
}

TEST(WalletList, CsvFindsTheColumnWhoseCellsAreAddresses)
{
    WalletReading reading = csv(QStringLiteral("#,Participant,ETH wallet,Amount\n1,Ada,%1,500\n"
                                               "2,Bob,%2,700\n")
                                    .arg(evmOne, evmTwo));
    const QList<Wallet> people{Wallet{evmOne, QStringLiteral("Ada")},
                               Wallet{evmTwo, QStringLiteral("Bob")}};
    EXPECT_EQ(reading.wallets, people);
    EXPECT_TRUE(reading.refused.isEmpty());
    reading = csv(QStringLiteral("Ada,%1\nBob,%2\n").arg(evmOne, evmTwo));
    EXPECT_EQ(reading.wallets, people);
    // A header below a title.
    reading = csv(QStringLiteral("Export of 24 November\n\nName;Wallet\nAda;%1\nBob;%2\n")
                      .arg(evmOne, evmTwo));
    EXPECT_EQ(reading.wallets, people);
    EXPECT_TRUE(reading.refused.isEmpty());
    // Transactions look like addresses, and don't outvote them.
    const QString hash = QStringLiteral("0x") + QString(64, QLatin1Char('a'));
    reading = csv(QStringLiteral("%3,%1\n%3,%2\n").arg(evmOne, evmTwo, hash));
    EXPECT_EQ(addresses(reading), QStringList({evmOne, evmTwo}));
}

TEST(WalletList, TheHeadersWordCountsBeforeAnotherColumnsAddresses)
{
    QString wrong = evmTwo;
    wrong[3] = QLatin1Char('1');
    const WalletReading reading =
        csv(QStringLiteral("Referrer,Wallet address\n%1,%1\n%1,%2\n").arg(evmOne, wrong));
    EXPECT_EQ(addresses(reading), QStringList{evmOne});
    ASSERT_EQ(reading.refused.size(), 1);
    EXPECT_EQ(reading.refused[0].number, 3);
}

TEST(WalletList, LineThatNamesTheSeparatorIsNoWallet)
{
    const WalletReading reading =
        csv(QStringLiteral("sep=;\r\naddress;name\r\n%1;T, the first\r\nbad;x\r\n").arg(evmOne));
    EXPECT_EQ(reading.wallets, QList<Wallet>({Wallet{evmOne, QStringLiteral("T, the first")}}));
    ASSERT_EQ(reading.refused.size(), 1);
    EXPECT_EQ(reading.refused[0].number, 4);
}

TEST(WalletList, CsvIsReadInUtf16AndWithoutWhatCannotBeSeen)
{
    const QString text = QStringLiteral("address,name\r\n%1,x\r\n").arg(evmOne);
    QByteArray utf16("\xff\xfe");
    for (const QChar c : text) {
        utf16 += char(c.unicode() & 0xff);
        utf16 += char(c.unicode() >> 8);
    }
    EXPECT_EQ(addresses(readWalletCsv(utf16, ChainType::Evm)), QStringList{evmOne});
    EXPECT_EQ(
        addresses(csv(
            QStringLiteral("\u200b%1,x\n%2\u200b,y\n\u2060 %3,z\n").arg(evmOne, evmTwo, evmThree))),
        QStringList({evmOne, evmTwo, evmThree}));
}

TEST(WalletList, PrefixOfTheSalesChainIsTakenAndAnotherNamed)
{
    const QByteArray file = QStringLiteral("basesep:%1,x\neth:%2,y\n").arg(evmOne, evmTwo).toUtf8();
    const WalletReading reading = readWalletCsv(file, saleRules());
    EXPECT_EQ(addresses(reading), QStringList{evmOne});
    ASSERT_EQ(reading.refused.size(), 1);
    EXPECT_TRUE(reading.refused[0].reason.contains(QStringLiteral("Ethereum")));
}

TEST(WalletList, SaleContractTokenAndZeroAddressAreRefused)
{
    const WalletRules rules = saleRules();
    const QString zero = QStringLiteral("0x") + QString(40, QLatin1Char('0'));
    const QString text = QStringLiteral("%1\n%2\n%3\n%4\n")
                             .arg(rules.saleContract, rules.paymentToken, zero, evmOne);
    for (const WalletReading &reading :
         {readWalletLines(text, rules), readWalletCsv(text.toUtf8(), rules)}) {
        EXPECT_EQ(addresses(reading), QStringList{evmOne});
        ASSERT_EQ(reading.refused.size(), 3);
        EXPECT_TRUE(reading.refused[0].reason.contains(QStringLiteral("sale contract")));
        EXPECT_TRUE(reading.refused[1].reason.contains(QStringLiteral("payment token")));
        EXPECT_TRUE(reading.refused[2].reason.contains(QStringLiteral("zero address")));
    }
}

TEST(WalletList, TypedLineMayHaveItsNameFirst)
{
    const WalletReading reading = readWalletLines(
        QStringLiteral("Cold store, %1\nOps\t%2\n\"%3\", Three,").arg(evmOne, evmTwo, evmThree),
        ChainType::Evm);
    EXPECT_EQ(reading.wallets, QList<Wallet>({Wallet{evmOne, QStringLiteral("Cold store")},
                                              Wallet{evmTwo, QStringLiteral("Ops")},
                                              Wallet{evmThree, QStringLiteral("Three")}}));
}

TEST(WalletList, RefusedLinesBeyondThoseListedAreCounted)
{
    const WalletReading reading = csv(QStringLiteral("nonsense\n").repeated(1500));
    EXPECT_EQ(reading.refused.size() + reading.moreRefused, 1500);
}
