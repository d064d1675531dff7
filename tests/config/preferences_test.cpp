// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/addressshape.h"
#include "app/config/preferences.h"
#include "tests/config/salesamples.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <sys/stat.h>

using namespace sonar;
using sonar::test::fullSaleFile;
using sonar::test::saleOf;
using sonar::test::smallSaleFile;

namespace {

const QString firstId = QStringLiteral("00000000-0000-4000-8000-000000000001");
const QString secondId = QStringLiteral("00000000-0000-4000-8000-000000000002");

class PreferencesFile : public ::testing::Test
{
protected:
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("config/preferences.ini"));

    QByteArray text() const
    {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }

    void write(const QByteArray &text) const
    {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
};

Sale otherSale()
{
    Sale sale = saleOf(smallSaleFile);
    sale.saleUuid = QStringLiteral("22222222-2222-3333-4444-555555555555");
    sale.name = QStringLiteral("Ünïcode; \"quoted\", 100% \\n 😀");
    return saleOf(toSaleFile(sale));
}

} // namespace

TEST_F(PreferencesFile, IsEmptyAtFirst)
{
    const Preferences preferences(path);
    EXPECT_TRUE(preferences.sales().isEmpty());
    EXPECT_TRUE(preferences.accounts().isEmpty());
    EXPECT_TRUE(preferences.currentAccount().isEmpty());
    EXPECT_TRUE(preferences.currentSale().isEmpty());
    EXPECT_TRUE(preferences.wallets(ChainType::Evm).isEmpty());
    EXPECT_TRUE(preferences.firstSeenSigner(QStringLiteral("https://x:443"), firstId).isEmpty());
    EXPECT_TRUE(preferences.layout(QStringLiteral("window")).isEmpty());
    EXPECT_EQ(preferences.sandboxPort(), 0);
}

TEST_F(PreferencesFile, RemembersEverythingForTheNextStart)
{
    const QList<Sale> sales{saleOf(fullSaleFile), otherSale()};
    const QList<Account> accounts{{firstId, QStringLiteral("Me, myself = I")}, {secondId, {}}};
    const QList<Wallet> evm{
        {QStringLiteral("0x1234567890AbcdEF1234567890aBcdef12345678"), QStringLiteral("Safe")}};
    const QList<Wallet> svm{{QStringLiteral("3XxHCh947y1PAMK5y8oecBtaLU7TtTj9r4yMYwzFbJYs"), {}}};
    const QString service = QStringLiteral("https://api.example.org:443");
    const QByteArray state("\0\xff\n[section]\nx=1", 16);
    {
        Preferences preferences(path);
        preferences.setSales(sales);
        preferences.setAccounts(accounts);
        preferences.setCurrent(secondId, sales[1].saleUuid);
        preferences.setWallets(ChainType::Evm, evm);
        preferences.setWallets(ChainType::Svm, svm);
        preferences.setFirstSeenSigner(service, firstId, evm[0].address);
        preferences.setLayout(QStringLiteral("window/main"), state);
        preferences.setSandboxPort(54'321);
    }
    const Preferences preferences(path);
    EXPECT_EQ(preferences.sales(), sales);
    EXPECT_EQ(preferences.accounts(), accounts);
    EXPECT_EQ(preferences.currentAccount(), secondId);
    EXPECT_EQ(preferences.currentSale(), sales[1].saleUuid);
    EXPECT_EQ(preferences.wallets(ChainType::Evm), evm);
    EXPECT_EQ(preferences.wallets(ChainType::Svm), svm);
    EXPECT_EQ(preferences.firstSeenSigner(service, firstId), evm[0].address);
    EXPECT_TRUE(preferences.firstSeenSigner(service, secondId).isEmpty());
    EXPECT_TRUE(preferences.firstSeenSigner(QStringLiteral("https://api.example.org:8443"), firstId)
                    .isEmpty());
    EXPECT_EQ(preferences.layout(QStringLiteral("window/main")), state);
    EXPECT_EQ(preferences.sandboxPort(), 54'321);
}

TEST_F(PreferencesFile, IsWrittenAtOnce)
{
    Preferences first(path);
    first.setAccounts({{firstId, QStringLiteral("A")}});
    EXPECT_EQ(Preferences(path).accounts().size(), 1);
}

TEST_F(PreferencesFile, KeepsUnknownKeysOfASale)
{
    QByteArray text = smallSaleFile;
    text.replace("{\"name\"", "{ \"future\" :[18446744073709551615 ],\"name\"");
    Preferences(path).setSales({saleOf(text)});
    EXPECT_EQ(Preferences(path).sales().value(0).fileText, text);
}

TEST_F(PreferencesFile, ForgetsWhatWasTakenAway)
{
    Preferences preferences(path);
    preferences.setSales({saleOf(fullSaleFile), otherSale()});
    preferences.setAccounts({{firstId, QStringLiteral("Gone")}, {secondId, QStringLiteral("B")}});
    preferences.setSales({otherSale()});
    preferences.setAccounts({{secondId, QStringLiteral("B")}});
    EXPECT_EQ(Preferences(path).sales(), QList<Sale>{otherSale()});
    EXPECT_EQ(Preferences(path).accounts().size(), 1);
    EXPECT_FALSE(text().contains("Example sale"));
    EXPECT_FALSE(text().contains("Gone"));
    preferences.setSales({});
    EXPECT_TRUE(Preferences(path).sales().isEmpty());
}

TEST_F(PreferencesFile, BelongsToTheUserAlone)
{
    const auto mode = [this] {
        struct stat status = {};
        EXPECT_EQ(stat(QFile::encodeName(path).constData(), &status), 0);
        return status.st_mode & 0777;
    };
    const mode_t before = umask(0);
    Preferences preferences(path);
    EXPECT_EQ(mode(), 0600U);
    preferences.setCurrent(firstId, secondId);
    EXPECT_EQ(mode(), 0600U);
    QFile::remove(path);
    preferences.setCurrent(secondId, firstId);
    EXPECT_EQ(mode(), 0600U);
    umask(before);

    ASSERT_EQ(chmod(QFile::encodeName(path).constData(), 0644), 0);
    Preferences again(path);
    EXPECT_EQ(mode(), 0600U);
}

TEST_F(PreferencesFile, SkipsBadEntriesOnly)
{
    {
        Preferences preferences(path);
        preferences.setSales({saleOf(fullSaleFile), otherSale()});
        preferences.setAccounts({{firstId, QStringLiteral("A")}, {secondId, QStringLiteral("B")}});
    }
    QByteArray damaged = text();
    damaged.replace("Example sale", "Example\\x0sale");
    damaged.replace(firstId.toLatin1(), "no uuid");
    write(damaged + "\n[wallets-evm]\nsize=3\n1\\address=0x12\n"
                    "3\\address=0x1234567890abcdef1234567890abcdef12345678\n");
    const Preferences preferences(path);
    EXPECT_EQ(preferences.sales(), QList<Sale>{otherSale()});
    EXPECT_EQ(preferences.accounts(), (QList<Account>{{secondId, QStringLiteral("B")}}));
    EXPECT_EQ(preferences.wallets(ChainType::Evm).size(), 1);
}

TEST_F(PreferencesFile, WalletIsOneWalletHoweverAFileWritesIt)
{
    const QString one = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    QString wrong = one;
    wrong[4] = QLatin1Char('1');
    Preferences(path).setAccounts({}); // makes the folder
    QByteArray entries = "[wallets-evm]\nsize=4\n";
    int number = 0;
    for (const QString &address :
         {one.toLower(), one, wrong, QStringLiteral("0x") + QString(40, QLatin1Char('0'))})
        entries += QByteArray::number(++number) + "\\address=" + address.toLatin1() + '\n';
    write(entries);
    EXPECT_EQ(Preferences(path).wallets(ChainType::Evm), (QList<Wallet>{{one, {}}}));
}

TEST_F(PreferencesFile, GivesNoMoreWalletsThanABookHolds)
{
    EXPECT_EQ(mostWallets, 5'000);
    QList<Wallet> wallets;
    for (int i = 0; i < mostWallets + 20; ++i)
        wallets << Wallet{
            checksummedText(QByteArray(16, '\1') + QByteArray::number(i).rightJustified(4, '0')),
            {}};
    Preferences preferences(path);
    preferences.setWallets(ChainType::Evm, wallets);
    EXPECT_EQ(preferences.wallets(ChainType::Evm), wallets.mid(0, mostWallets));
}

TEST_F(PreferencesFile, GivesNothingTwice)
{
    Preferences preferences(path);
    preferences.setSales({saleOf(fullSaleFile), saleOf(fullSaleFile)});
    preferences.setAccounts({{firstId, QStringLiteral("A")}, {firstId, QStringLiteral("B")}});
    EXPECT_EQ(preferences.sales().size(), 1);
    EXPECT_EQ(preferences.accounts().size(), 1);
}

TEST_F(PreferencesFile, GoesOnAfterAnyDamage)
{
    Preferences(path).setAccounts({{firstId, QStringLiteral("A")}});
    const QByteArray whole = text();
    std::vector<QByteArray> damages = {
        "\xff\xfe\x00garbage\n[[[\n=\n",
        QByteArray(100'000, '\0'),
        "[sales]\nsize=2147483647\n1\\file=x\n",
        "[accounts]\nsize=-5\n",
        "[layout]\nwindow=@Variant(\\0\\0\\0\\x7f\\xff\\xff\\xff\\xff)\n",
        "[sales]\nsize=1\n1\\file=@Invalid()\n"};
    for (qsizetype length = 0; length < whole.size(); length += 3)
        damages.push_back(whole.left(length));
    for (const QByteArray &damage : damages) {
        write(damage);
        {
            Preferences preferences(path);
            preferences.sales();
            preferences.accounts();
            preferences.wallets(ChainType::Svm);
            preferences.layout(QStringLiteral("window"));
            preferences.setSales({saleOf(smallSaleFile)});
        }
        EXPECT_EQ(Preferences(path).sales().size(), 1) << damage.left(100).toStdString();
    }
}

TEST_F(PreferencesFile, WorksInMemoryWhereNothingCanBeWritten)
{
    // A file stands where the folder would be.
    QFile blocker(folder.filePath(QStringLiteral("config")));
    ASSERT_TRUE(blocker.open(QIODevice::WriteOnly));
    Preferences preferences(path);
    preferences.setCurrent(firstId, secondId);
    EXPECT_EQ(preferences.currentAccount(), firstId);

    // Told once, with the path, and again not.
    QList<Error> faults;
    preferences.setFaultHandler([&faults](const Error &fault) { faults << fault; });
    preferences.setCurrent(secondId, firstId);
    ASSERT_EQ(faults.size(), 1);
    EXPECT_EQ(faults.at(0).kind, ErrorKind::File);
    EXPECT_TRUE(faults.at(0).advice.contains(path)) << qPrintable(faults.at(0).report());
    const TokenPlace place{firstId, QStringLiteral("https://api.one.test:443")};
    preferences.rememberTokenPlace(place);
    EXPECT_FALSE(preferences.isTokenPlaceKept(place));

    // Repaired, everything is written after all.
    blocker.remove();
    ASSERT_TRUE(QDir(folder.path()).mkdir(QStringLiteral("config")));
    EXPECT_TRUE(preferences.isTokenPlaceKept(place));
    EXPECT_EQ(Preferences(path).currentAccount(), secondId);
    EXPECT_EQ(faults.size(), 1);
}

TEST_F(PreferencesFile, DamagedOneIsKeptAndTold)
{
    {
        Preferences preferences(path);
        preferences.setCurrent(firstId, secondId);
    }
    const QByteArray whole = text();
    const QByteArray damage = whole + "\n[accounts\nnonsense without a sign\n";
    write(damage);
    QList<Error> faults;
    Preferences preferences(path);
    preferences.setFaultHandler([&faults](const Error &fault) { faults << fault; });
    ASSERT_EQ(faults.size(), 1);
    EXPECT_EQ(faults.at(0).kind, ErrorKind::File);
    preferences.setCurrent(secondId, firstId);
    const QString copy = path + QStringLiteral(".damaged-1");
    EXPECT_TRUE(faults.at(0).advice.contains(copy)) << qPrintable(faults.at(0).report());
    QFile kept(copy);
    ASSERT_TRUE(kept.open(QIODevice::ReadOnly));
    EXPECT_EQ(kept.readAll(), damage);
}

TEST_F(PreferencesFile, UnreadableOneIsLeftAloneAndTold)
{
    ASSERT_TRUE(QDir(folder.path()).mkpath(QStringLiteral("config/preferences.ini/inside")));
    QList<Error> faults;
    Preferences preferences(path);
    preferences.setFaultHandler([&faults](const Error &fault) { faults << fault; });
    preferences.setCurrent(secondId, firstId);
    ASSERT_EQ(faults.size(), 1);
    EXPECT_TRUE(faults.at(0).advice.contains(path));
    EXPECT_TRUE(QFileInfo(path).isDir());
}

TEST_F(PreferencesFile, RemembersWhereTokensMayBeUntilTheyAreGone)
{
    const TokenPlace one{firstId, QStringLiteral("https://api.one.test:443")};
    const TokenPlace two{firstId, QStringLiteral("http://127.0.0.1:43117")};
    {
        Preferences preferences(path);
        preferences.rememberTokenPlace(one);
        preferences.rememberTokenPlace(two);
        preferences.rememberTokenPlace(one);
    }
    Preferences preferences(path);
    EXPECT_EQ(preferences.tokenPlaces(), (QList<TokenPlace>{one, two}));
    preferences.forgetTokenPlace(one);
    preferences.forgetTokenPlace(one);
    EXPECT_EQ(Preferences(path).tokenPlaces(), QList<TokenPlace>{two});
    preferences.forgetTokenPlace(two);
    EXPECT_FALSE(text().contains("127.0.0.1"));
}

TEST_F(PreferencesFile, PlacesToBeClearedStaySoOverARestart)
{
    const TokenPlace one{firstId, QStringLiteral("https://api.one.test:443")};
    const TokenPlace two{firstId, QStringLiteral("http://127.0.0.1:43117")};
    {
        Preferences preferences(path);
        preferences.setToBeCleared(one, true);
        EXPECT_FALSE(preferences.isToBeCleared(one)) << "no token was ever there";
        preferences.rememberTokenPlace(one);
        preferences.rememberTokenPlace(two);
        preferences.setToBeCleared(one, true);
    }
    Preferences preferences(path);
    EXPECT_TRUE(preferences.isToBeCleared(one));
    EXPECT_FALSE(preferences.isToBeCleared(two));
    preferences.rememberTokenPlace(one);
    EXPECT_TRUE(preferences.isToBeCleared(one));
    EXPECT_EQ(preferences.tokenPlaces(), (QList<TokenPlace>{one, two}));
    preferences.setToBeCleared(one, false);
    EXPECT_FALSE(Preferences(path).isToBeCleared(one));
    preferences.setToBeCleared(one, true);
    preferences.forgetTokenPlace(one);
    preferences.rememberTokenPlace(one);
    EXPECT_FALSE(preferences.isToBeCleared(one));
}
