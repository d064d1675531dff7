// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/welcomepage.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;

namespace {

QPushButton *buttonNamed(const QWidget &page, const QString &name)
{
    for (QPushButton *button : page.findChildren<QPushButton *>()) {
        if (button->isVisibleTo(&page) &&
            (button->text() == name || button->accessibleName() == name))
            return button;
    }
    return nullptr;
}

bool says(const QWidget &page, const QString &text)
{
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&page) && label->text().contains(text))
            return true;
    }
    return false;
}

Sale saleNamed(const QString &name)
{
    Sale sale;
    sale.name = name;
    sale.saleUuid = QStringLiteral("5b6c1e0e-8d0f-4a39-9c1d-2f6d5c9b7a10");
    sale.apiUrl = QUrl(QStringLiteral("https://api.echo.xyz"));
    return sale;
}

} // namespace

TEST(WelcomePage, OffersTheTwoWaysOnByKeyboard)
{
    WelcomePage page;
    page.show();
    QSignalSpy sandbox(&page, &WelcomePage::sandboxRequested);
    QSignalSpy add(&page, &WelcomePage::addSaleRequested);
    QPushButton *const first = buttonNamed(page, QStringLiteral("Try the sandbox"));
    QPushButton *const second = buttonNamed(page, QStringLiteral("Add a sale…"));
    ASSERT_NE(first, nullptr);
    ASSERT_NE(second, nullptr);
    first->setFocus();
    QTest::keyClick(first, Qt::Key_Space);
    second->setFocus();
    QTest::keyClick(second, Qt::Key_Space);
    EXPECT_EQ(sandbox.size(), 1);
    EXPECT_EQ(add.size(), 1);
}

TEST(WelcomePage, ListsRememberedSalesAsPlainText)
{
    WelcomePage page;
    page.show();
    QSignalSpy chosen(&page, &WelcomePage::saleRequested);
    const QString name = QStringLiteral("<b>R&D</b> sale");
    page.setSales({saleNamed(name)});
    QPushButton *const button = buttonNamed(page, name);
    ASSERT_NE(button, nullptr);
    EXPECT_TRUE(says(page, name));
    button->click();
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen.at(0).at(0).toString(), saleNamed(name).saleUuid);

    page.setSales({});
    EXPECT_EQ(buttonNamed(page, name), nullptr);
}

TEST(WelcomePage, ShowsWhatIsWrongWithASaleFileUntilCleared)
{
    WelcomePage page;
    page.show();
    page.showError({ErrorKind::Malformed, QStringLiteral("Line 3: saleUUID is not a UUID"),
                    QStringLiteral("Correct it."), QString(), 0});
    EXPECT_TRUE(says(page, QStringLiteral("Line 3: saleUUID")));
    page.clearError();
    EXPECT_FALSE(says(page, QStringLiteral("Line 3: saleUUID")));
}

TEST(WelcomePage, SandboxCannotBeStartedTwice)
{
    WelcomePage page;
    page.show();
    page.setSandboxStarting(true);
    QPushButton *const button = buttonNamed(page, QStringLiteral("Starting the sandbox…"));
    ASSERT_NE(button, nullptr);
    EXPECT_FALSE(button->isEnabled());
    page.setSandboxStarting(false);
    EXPECT_NE(buttonNamed(page, QStringLiteral("Try the sandbox")), nullptr);
}

TEST(WelcomePage, LabelsAreNeverRichText)
{
    WelcomePage page;
    page.setSales({saleNamed(QStringLiteral("<h1>x</h1>"))});
    page.showError({ErrorKind::Malformed, QStringLiteral("<i>a</i>"), QString(), QString(), 0});
    for (const QLabel *label : page.findChildren<QLabel *>())
        EXPECT_EQ(label->textFormat(), Qt::PlainText) << qPrintable(label->text());
}
