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
