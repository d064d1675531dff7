// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/entities/samples.h"
#include "ui/entities/entitydetailspane.h"
#include "ui/entities/permitrequestbox.h"
#include "ui/style/chip.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

const QString checksummed = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

class EntityDetails : public ::testing::Test
{
protected:
    void SetUp() override
    {
        applyTheme(*qApp, Appearance::Light);
        pane.resize(384, 800);
        pane.show();
        box = pane.permitBox();
        field = pane.findChild<QComboBox *>()->lineEdit();
    }

    void type(const QString &text)
    {
        field->clear();
        QTest::keyClicks(field, text);
    }
    void press(const char *text)
    {
        QPushButton *button = visibleButton(pane, QString::fromLatin1(text));
        ASSERT_NE(button, nullptr) << text;
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QString walletError() const
    {
        for (const auto *label : pane.findChildren<QLabel *>()) {
            if (label->property("invalid").toBool() && label->isVisible())
                return label->text();
        }
        return {};
    }

    EntityDetailsPane pane;
    PermitRequestBox *box = nullptr;
    QLineEdit *field = nullptr;
};

} // namespace

TEST_F(EntityDetails, WithoutASelectionItSaysHowToGetOne)
{
    EXPECT_TRUE(says(pane, QStringLiteral("Select an entity")));
    EXPECT_FALSE(field->isVisible());
}

TEST_F(EntityDetails, ShowsTheEntityAndWhatToDoNext)
{
    pane.setEntities({someEntities()[3]});
    EXPECT_TRUE(says(pane, QStringLiteral("Dune Partners")));
    EXPECT_TRUE(says(pane, QStringLiteral("Needs your action")));
    QSignalSpy asked(&pane, &EntityDetailsPane::pageRequested);
    press("Fix it on Sonar");
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(asked[0][0].value<SonarPage>(), SonarPage::SetUp);
}

TEST_F(EntityDetails, UnreadableOneSaysWhyAndOffersNoPermit)
{
    Entity unreadable = someEntities()[0];
    unreadable.fault = QStringLiteral("[3].EntityType is missing");
    pane.setEntities({unreadable});
    EXPECT_TRUE(says(pane, QStringLiteral("[3].EntityType is missing")));
    EXPECT_FALSE(field->isVisible());
}

TEST_F(EntityDetails, HostileLabelIsShownAsWritten)
{
    pane.setEntities({entity(QStringLiteral("e1"), QStringLiteral("<h1>Ada</h1>"))});
    EXPECT_TRUE(says(pane, QStringLiteral("<h1>Ada</h1>")));
    for (const auto *label : pane.findChildren<QLabel *>()) {
        if (label->text().contains(QLatin1String("<h1>"))) {
            EXPECT_EQ(label->textFormat(), Qt::PlainText);
        }
    }
}

TEST_F(EntityDetails, AsksForAPermitInTheAddressesDisplayForm)
{
    pane.setEntities({someEntities()[0]});
    QSignalSpy requested(box, &PermitRequestBox::permitRequested);
    QSignalSpy known(box, &PermitRequestBox::walletChanged);
    type(QStringLiteral("  ") + checksummed.toLower());
    press("Request permit");
    ASSERT_EQ(requested.count(), 1);
    EXPECT_EQ(requested[0][0].value<QList<Entity>>(), QList<Entity>{someEntities()[0]});
    EXPECT_EQ(requested[0][1].toString(), checksummed);
    ASSERT_EQ(known.count(), 1);
    EXPECT_EQ(known[0][0].toString(), checksummed);
    EXPECT_TRUE(walletError().isEmpty());
}

TEST_F(EntityDetails, AWrongAddressIsNamedAtTheField)
{
    pane.setEntities({someEntities()[0]});
    QSignalSpy requested(box, &PermitRequestBox::permitRequested);
    QSignalSpy checked(box, &PermitRequestBox::readinessRequested);
    QString wrongChecksum = checksummed;
    wrongChecksum.replace(QLatin1Char('C'), QLatin1Char('c'));
    for (const QString &wrong :
         {QString(), QStringLiteral("0x1234"), QStringLiteral("nonsense"), wrongChecksum}) {
        type(wrong);
        press("Request permit");
        EXPECT_FALSE(walletError().isEmpty()) << wrong.toStdString();
        EXPECT_EQ(field->accessibleDescription(), walletError());
        EXPECT_EQ(field->text(), wrong);
        press("Check");
    }
    EXPECT_EQ(requested.count(), 0);
    EXPECT_EQ(checked.count(), 0);
    type(checksummed);
    EXPECT_TRUE(walletError().isEmpty());
}

TEST_F(EntityDetails, DoesNotScoldWhileTyping)
{
    pane.setEntities({someEntities()[0]});
    type(QStringLiteral("0x7099"));
    EXPECT_TRUE(walletError().isEmpty());
}

TEST_F(EntityDetails, AKnownWalletIsChosenByItsName)
{
    box->setWallets({{checksummed, QStringLiteral("Treasury")}});
    pane.setEntities({someEntities()[0]});
    EXPECT_TRUE(box->wallet().isEmpty());
    auto *combo = pane.findChild<QComboBox *>();
    EXPECT_TRUE(combo->itemData(0, Qt::DisplayRole).toString().contains(QLatin1String("Treasury")));
    combo->setCurrentIndex(0);
    EXPECT_EQ(combo->currentText(), checksummed);
    EXPECT_EQ(box->wallet(), checksummed);
    QSignalSpy checked(box, &PermitRequestBox::readinessRequested);
    press("Check");
    ASSERT_EQ(checked.count(), 1);
    EXPECT_EQ(checked[0][1].toString(), checksummed);
}

TEST_F(EntityDetails, OfTwoThatLookAlikeTheChosenOneIsAskedFor)
{
    // The same beginning, end and name.
    const QString first = QStringLiteral("0x1111000000000000000000000000000000002222");
    const QString second = QStringLiteral("0x1111000000000000000033330000000000002222");
    box->setWallets({{first, QStringLiteral("Ops")}, {second, QStringLiteral("Ops")}});
    pane.setEntities({someEntities()[0]});
    auto *combo = pane.findChild<QComboBox *>();
    QSignalSpy requested(box, &PermitRequestBox::permitRequested);
    for (const int item : {1, 0}) {
        combo->setCurrentIndex(item);
        press("Request permit");
        EXPECT_EQ(requested.takeLast()[1].toString(), item == 1 ? second : first);
    }
    // What the list shows is no way to name a wallet.
    combo->setEditText(combo->itemData(1, Qt::DisplayRole).toString());
    EXPECT_TRUE(box->wallet().isEmpty());
    EXPECT_EQ(combo->completer(), nullptr);
}

TEST_F(EntityDetails, ContractIsRefusedWithItsReason)
{
    WalletRules rules;
    rules.saleContract = checksummed;
    box->setRules(rules);
    pane.setEntities({someEntities()[0]});
    type(checksummed);
    press("Request permit");
    EXPECT_TRUE(walletError().contains(QStringLiteral("sale contract")));
    EXPECT_TRUE(box->wallet().isEmpty());
}

TEST_F(EntityDetails, FullWalletBookTakesKnownWalletsOnly)
{
    QList<Wallet> full;
    for (int i = 0; i < mostWallets; ++i)
        full << Wallet{QStringLiteral("0x%1").arg(i, 40, 16, QLatin1Char('0')), {}};
    full.last() = Wallet{checksummed, {}};
    box->setWallets(full);
    pane.setEntities({someEntities()[0]});
    type(checksummed);
    EXPECT_EQ(box->wallet(), checksummed);
    type(QStringLiteral("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"));
    press("Request permit");
    EXPECT_TRUE(walletError().contains(QStringLiteral("full")));
}

TEST_F(EntityDetails, NewWalletsKeepWhatWasTyped)
{
    pane.setEntities({someEntities()[0]});
    type(QStringLiteral("0x70"));
    box->setWallets({{checksummed, QStringLiteral("Treasury")}});
    EXPECT_EQ(field->text(), QLatin1String("0x70"));
}

TEST_F(EntityDetails, NoPermitIsOfferedForWhoCannotTakePart)
{
    pane.setEntities({someEntities()[4]});
    type(checksummed);
    EXPECT_FALSE(visibleButton(pane, QStringLiteral("Request permit"))->isEnabled());
    EXPECT_TRUE(visibleButton(pane, QStringLiteral("Check"))->isEnabled());
    EXPECT_TRUE(says(pane, QStringLiteral("can't take part now")));
}

TEST_F(EntityDetails, OfSeveralOnlyThoseThatCanTakePartAreRequested)
{
    pane.setEntities(someEntities());
    EXPECT_TRUE(says(pane, QStringLiteral("6 entities selected")));
    type(checksummed);
    QSignalSpy requested(box, &PermitRequestBox::permitRequested);
    QSignalSpy checked(box, &PermitRequestBox::readinessRequested);
    press("Request 2 permits");
    press("Check");
    ASSERT_EQ(requested.count(), 1);
    EXPECT_EQ(requested[0][0].value<QList<Entity>>(), someEntities().mid(0, 2));
    ASSERT_EQ(checked.count(), 1);
    EXPECT_EQ(checked[0][0].value<QList<Entity>>(), someEntities());
}

TEST_F(EntityDetails, ShowsWhereThePairStands)
{
    pane.setEntities({someEntities()[0]});
    box->setPermitStatus({QStringLiteral("Liveness check due"),
                          Tone::Warning,
                          QStringLiteral("Open the link."),
                          {}});
    const auto chips = pane.findChildren<Chip *>();
    EXPECT_TRUE(std::any_of(chips.begin(), chips.end(), [](const Chip *chip) {
        return chip->isVisible() && chip->text() == QLatin1String("Liveness check due");
    }));
    EXPECT_TRUE(says(pane, QStringLiteral("Open the link.")));
    EXPECT_FALSE(visibleButton(pane, QStringLiteral("Open liveness check")));
    box->setPermitStatus({});
    EXPECT_FALSE(says(pane, QStringLiteral("Open the link.")));
}

TEST_F(EntityDetails, WalletFieldIsReachedByItsMnemonic)
{
    for (const auto *label : pane.findChildren<QLabel *>()) {
        if (label->text() == QLatin1String("&Wallet")) {
            EXPECT_EQ(label->buddy(), pane.findChild<QComboBox *>());
            return;
        }
    }
    FAIL() << "no label for the wallet field";
}
