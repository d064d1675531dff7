// SPDX-License-Identifier: GPL-3.0-or-later
// Remembered sales that can't be read: the window tells of them and lets go of them.
#include "app/auth/memorytokenstore.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "tests/support/waiting.h"
#include "ui/shell/mainwindow.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace sonar;
using sonar::test::waitUntil;

namespace {

class UnreadSalesInTheWindow : public ::testing::Test
{
protected:
    UnreadSalesInTheWindow()
    {
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        Preferences(options.preferencesPath).setSales({spoilt()});
        begin();
    }

    void begin()
    {
        window.reset();
        workbench = std::make_unique<Workbench>(options, &store);
        window = std::make_unique<MainWindow>(workbench.get());
        QSignalSpy painted(window.get(), &MainWindow::painted);
        QObject::connect(window.get(), &MainWindow::painted, workbench.get(), &Workbench::start);
        window->show();
        EXPECT_TRUE(waitUntil([&] { return painted.size() == 1; }));
    }

    static Sale sale()
    {
        Sale sale;
        sale.name = QStringLiteral("Harbour & <b>sale</b>");
        sale.saleUuid = QStringLiteral("5b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
        sale.clientUuid = QStringLiteral("0d1f7f0a-31f2-4f7e-8e4b-6f2f0a1b2c3d");
        sale.redirectUris << QStringLiteral("http://localhost:3000/oauth/callback");
        sale.frontendUrl = QUrl(QStringLiteral("https://app.echo.xyz"));
        sale.apiUrl = QUrl(QStringLiteral("https://api.echo.xyz"));
        sale.permitSigner = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
        return sale;
    }
    static Sale spoilt()
    {
        Sale other = sale();
        other.permitSigner.replace(QLatin1Char('C'), QLatin1Char('c'));
        return other;
    }

    QAction *removal() const
    {
        for (QAction *each : window->findChildren<QAction *>()) {
            if (each->text().remove(QLatin1Char('&')) == QStringLiteral("Remove unread sales…"))
                return each;
        }
        return nullptr;
    }
    bool says(const QString &text) const
    {
        for (const QLabel *label : window->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text)) {
                EXPECT_EQ(label->textFormat(), Qt::PlainText);
                return true;
            }
        }
        return false;
    }

    QTemporaryDir folder;
    Workbench::Options options;
    MemoryTokenStore store;
    std::unique_ptr<Workbench> workbench;
    std::unique_ptr<MainWindow> window;
};

} // namespace

TEST_F(UnreadSalesInTheWindow, AreNamedWithTheReasonAtEveryStart)
{
    for (int starts = 0; starts < 2; ++starts) {
        ASSERT_TRUE(waitUntil([&] { return says(QStringLiteral("“Harbour & <b>sale</b>”")); }));
        EXPECT_TRUE(says(QStringLiteral("permitSigner has a wrong checksum")));
        EXPECT_TRUE(removal()->isVisible());
        begin();
    }
}

TEST_F(UnreadSalesInTheWindow, AddingTheSaleAgainEndsTheMatter)
{
    ASSERT_TRUE(waitUntil([&] { return says(QStringLiteral("can't be read")); }));
    ASSERT_TRUE(workbench->addSale(sale(), false));
    EXPECT_FALSE(removal()->isVisible());
    begin();
    ASSERT_TRUE(waitUntil([&] { return workbench->current() != nullptr; }));
    EXPECT_FALSE(says(QStringLiteral("can't be read")));
}

TEST_F(UnreadSalesInTheWindow, AreRemovedAfterAQuestion)
{
    ASSERT_TRUE(waitUntil([&] { return says(QStringLiteral("can't be read")); }));
    const auto answer = [this](const char *text) {
        removal()->trigger();
        for (auto *box : window->findChildren<QDialog *>(QStringLiteral("question"))) {
            for (auto *button : box->findChildren<QPushButton *>()) {
                if (box->isVisible() &&
                    button->text().remove(QLatin1Char('&')) == QLatin1String(text))
                    button->click();
            }
        }
    };
    answer("Cancel");
    EXPECT_EQ(workbench->unreadSales().size(), 1);
    EXPECT_TRUE(says(QStringLiteral("can't be read")));
    answer("Remove");
    EXPECT_TRUE(workbench->unreadSales().isEmpty());
    EXPECT_FALSE(says(QStringLiteral("can't be read")));
    EXPECT_FALSE(removal()->isVisible());
}
