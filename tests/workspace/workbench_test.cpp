// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/memorytokenstore.h"
#include "app/config/salefile.h"
#include "app/workspace/embeddedsandbox.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"

#include "tests/support/waiting.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::waitUntil;

namespace {

class WorkbenchTest : public ::testing::Test
{
protected:
    Workbench::Options options()
    {
        Workbench::Options options;
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        return options;
    }

    static Sale sale(const QString &name, const QString &uuid)
    {
        Sale sale;
        sale.name = name;
        sale.saleUuid = uuid;
        sale.clientUuid = QStringLiteral("0d1f7f0a-31f2-4f7e-8e4b-6f2f0a1b2c3d");
        sale.redirectUris << QStringLiteral("http://localhost:3000/oauth/callback");
        sale.frontendUrl = QUrl(QStringLiteral("https://app.echo.xyz"));
        sale.apiUrl = QUrl(QStringLiteral("https://api.echo.xyz"));
        return sale;
    }

    const QString uuidOne = QStringLiteral("5b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
    const QString uuidTwo = QStringLiteral("6b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
    QTemporaryDir folder;
    MemoryTokenStore store;
};

} // namespace

TEST_F(WorkbenchTest, FirstStartShowsNoSale)
{
    Workbench workbench(options(), &store);
    workbench.start();
    EXPECT_EQ(workbench.current(), nullptr);
    EXPECT_TRUE(workbench.sales().isEmpty());
}

TEST_F(WorkbenchTest, OpensTheSandboxAndShowsItsSale)
{
    Workbench workbench(options(), &store);
    workbench.openSandbox();
    EXPECT_TRUE(workbench.isSandboxStarting());
    ASSERT_TRUE(waitUntil([&] { return workbench.current() != nullptr; }));
    EXPECT_FALSE(workbench.isSandboxStarting());
    EXPECT_TRUE(workbench.current()->sale().isSandbox());
    EXPECT_TRUE(workbench.isEmbeddedSandbox(workbench.current()->sale().saleUuid));
}

TEST_F(WorkbenchTest, SandboxIsNeverTakenForARememberedSale)
{
    const QString usual = QLatin1String(EmbeddedSandbox::usualSaleUuid);
    Workbench workbench(options(), &store);
    ASSERT_TRUE(workbench.addSale(sale(QStringLiteral("Remembered"), usual.toUpper()), false));
    const Workspace *remembered = workbench.current();
    workbench.openSandbox();
    ASSERT_TRUE(waitUntil([&] { return workbench.current() != remembered; }));
    EXPECT_TRUE(workbench.current()->sale().isSandbox());
    EXPECT_FALSE(workbench.isEmbeddedSandbox(usual));
    workbench.showSale(usual);
    EXPECT_EQ(workbench.current(), remembered);
}

TEST_F(WorkbenchTest, SaleWithTheSandboxsUuidIsRefusedWhileItStarts)
{
    const QString usual = QLatin1String(EmbeddedSandbox::usualSaleUuid);
    Workbench workbench(options(), &store);
    workbench.openSandbox();
    ASSERT_TRUE(workbench.isSandboxStarting());
    EXPECT_FALSE(workbench.addSale(sale(QStringLiteral("Late"), usual), true));
    ASSERT_TRUE(waitUntil([&] { return workbench.current() != nullptr; }));
    EXPECT_TRUE(workbench.current()->sale().isSandbox());
}

TEST_F(WorkbenchTest, SandboxKeepsItsPortOverARestartSoThatItsSessionsDo)
{
    QTcpServer another;
    another.listen(QHostAddress::LocalHost, EmbeddedSandbox::preferredPort);
    const auto sandboxOf = [](Workbench &workbench) {
        workbench.openSandbox();
        return waitUntil([&] { return workbench.current() != nullptr; })
                   ? workbench.current()->sale().serviceId()
                   : QString();
    };
    QString before;
    {
        Workbench workbench(options(), &store);
        before = sandboxOf(workbench);
        ASSERT_FALSE(before.isEmpty());
        EXPECT_FALSE(
            before.endsWith(QLatin1Char(':') + QString::number(EmbeddedSandbox::preferredPort)));
    }
    another.close();
    Workbench again(options(), &store);
    EXPECT_EQ(sandboxOf(again), before);
}

TEST_F(WorkbenchTest, RemembersSalesAndThePairInViewOverARestart)
{
    {
        Workbench workbench(options(), &store);
        ASSERT_TRUE(workbench.addSale(sale(QStringLiteral("One"), uuidOne), false));
        ASSERT_TRUE(workbench.addSale(sale(QStringLiteral("Two"), uuidTwo), false));
        workbench.showSale(uuidOne);
    }
    Workbench again(options(), &store);
    again.start();
    ASSERT_NE(again.current(), nullptr);
    EXPECT_EQ(again.current()->sale().name, QStringLiteral("One"));
    EXPECT_EQ(again.sales().size(), 2);
    EXPECT_EQ(again.accounts().size(), 1);
}

TEST_F(WorkbenchTest, SameUuidIsReplacedOnlyWhenAsked)
{
    Workbench workbench(options(), &store);
    ASSERT_TRUE(workbench.addSale(sale(QStringLiteral("One"), uuidOne), false));
    EXPECT_FALSE(workbench.addSale(sale(QStringLiteral("Other"), uuidOne), false));
    EXPECT_EQ(workbench.current()->sale().name, QStringLiteral("One"));
    ASSERT_TRUE(workbench.addSale(sale(QStringLiteral("Other"), uuidOne), true));
    EXPECT_EQ(workbench.current()->sale().name, QStringLiteral("Other"));
    EXPECT_EQ(workbench.sales().size(), 1);
}

TEST_F(WorkbenchTest, SaleFileOfTheCommandLineIsShown)
{
    Workbench::Options chosen = options();
    chosen.saleFile = folder.filePath(QStringLiteral("one.sonarsale"));
    ASSERT_TRUE(writeSaleFile(sale(QStringLiteral("One"), uuidOne), chosen.saleFile));
    Workbench workbench(chosen, &store);
    QSignalSpy failed(&workbench, &Workbench::failed);
    workbench.start();
    EXPECT_EQ(failed.size(), 0);
    ASSERT_NE(workbench.current(), nullptr);
    EXPECT_EQ(workbench.current()->sale().name, QStringLiteral("One"));
}

TEST_F(WorkbenchTest, UnreadableSaleFileIsReportedAndTheLastSaleStays)
{
    {
        Workbench workbench(options(), &store);
        ASSERT_TRUE(workbench.addSale(sale(QStringLiteral("One"), uuidOne), false));
    }
    Workbench::Options chosen = options();
    chosen.saleFile = folder.filePath(QStringLiteral("missing.sonarsale"));
    Workbench workbench(chosen, &store);
    std::optional<Error> error;
    QObject::connect(&workbench, &Workbench::failed, &workbench,
                     [&](const Error &fault) { error = fault; });
    workbench.start();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::File);
    ASSERT_NE(workbench.current(), nullptr);
    EXPECT_EQ(workbench.current()->sale().name, QStringLiteral("One"));
}

TEST_F(WorkbenchTest, ForgettingAnAccountRemovesItsTokensAndSettings)
{
    Workbench workbench(options(), &store);
    const Sale one = sale(QStringLiteral("One"), uuidOne);
    ASSERT_TRUE(workbench.addSale(one, false));
    const Account second = workbench.addAccount(QStringLiteral("Second"));
    const TokenKey key{second.id, one.serviceId()};
    QCoro::waitFor(store.save(key, TokenSet{"access", "refresh", 1}));
    workbench.forgetAccount(second.id);
    EXPECT_TRUE(waitUntil([&] { return !QCoro::waitFor(store.load(key))->has_value(); }));
    EXPECT_EQ(workbench.accounts().size(), 1);
    ASSERT_NE(workbench.current(), nullptr);
    EXPECT_NE(workbench.current()->account().id, second.id);
}

TEST_F(WorkbenchTest, AccountsHaveWorkspacesOfTheirOwn)
{
    Workbench workbench(options(), &store);
    ASSERT_TRUE(workbench.addSale(sale(QStringLiteral("One"), uuidOne), false));
    Workspace *first = workbench.current();
    workbench.addAccount(QStringLiteral("Second"));
    EXPECT_NE(workbench.current(), first);
    EXPECT_NE(workbench.current()->session(), first->session());
    workbench.showAccount(first->account().id);
    EXPECT_EQ(workbench.current(), first);
}

TEST_F(WorkbenchTest, TellsOfRememberedSalesThatCannotBeRead)
{
    {
        Workbench workbench(options(), &store);
        Sale spoilt = sale(QStringLiteral("Spoilt one"), uuidOne);
        spoilt.permitSigner = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79c8");
        workbench.preferences().setSales({spoilt, sale(QStringLiteral("Two"), uuidTwo)});
        workbench.preferences().setCurrent({}, uuidOne); // the one in view
    }
    QList<Error> told;
    const auto begin = [&](const QString &saleFile = {}) {
        Workbench::Options withFile = options();
        withFile.saleFile = saleFile;
        auto workbench = std::make_unique<Workbench>(withFile, &store);
        told.clear();
        QObject::connect(workbench.get(), &Workbench::failed, workbench.get(),
                         [&](const Error &error) { told << error; });
        workbench->start();
        return workbench;
    };
    for (int starts = 0; starts < 2; ++starts) {
        const auto workbench = begin();
        EXPECT_EQ(workbench->current(), nullptr);
        ASSERT_EQ(told.size(), 1);
        EXPECT_TRUE(told[0].summary.contains(QStringLiteral("Spoilt one")));
        EXPECT_EQ(workbench->sales().size(), 1 - starts);
        workbench->removeSale(uuidTwo); // saves the others
    }
    // What is wrong with the file of the command line comes first.
    EXPECT_NE(begin(folder.filePath(QStringLiteral("none")))->unreadSales().size(), 0);
    ASSERT_EQ(told.size(), 1);
    EXPECT_EQ(told[0].kind, ErrorKind::File);

    const auto workbench = begin();
    ASSERT_TRUE(workbench->addSale(sale(QStringLiteral("One again"), uuidOne), false));
    EXPECT_TRUE(workbench->unreadSales().isEmpty());
    begin();
    EXPECT_TRUE(told.isEmpty());
}
