// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/permits/localzone.h"
#include "tests/ui/permits/samples.h"
#include "ui/permits/permitdetailspane.h"
#include "ui/style/chip.h"
#include "ui/style/helpmark.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

constexpr qint64 now = 1'800'000'000;

/// Takes what would go to the browser.
class Browser : public QObject
{
    Q_OBJECT
public:
    Browser()
    {
        for (const QString &scheme : schemes())
            QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~Browser() override
    {
        for (const QString &scheme : schemes())
            QDesktopServices::unsetUrlHandler(scheme);
    }
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened << url; }

private:
    static QStringList schemes()
    {
        return {QStringLiteral("https"), QStringLiteral("http"), QStringLiteral("file"),
                QStringLiteral("javascript")};
    }
};

class PermitDetails : public ::testing::Test
{
protected:
    PermitDetails()
    {
        pane.resize(320, 900);
        pane.setConnected(true);
        pane.show();
    }

    void show(const PermitRow &row, std::optional<qint64> left = std::nullopt)
    {
        pane.showRow(row, left, AmountFormat::of(sampleSale(), QLocale::c()));
    }

    /// The one that can be seen and pressed.
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : pane.findChildren<QPushButton *>()) {
            if (one->text() == text && one->isVisible())
                return one;
        }
        return nullptr;
    }

    bool says(const QString &text) const
    {
        for (const QLabel *label : pane.findChildren<QLabel *>()) {
            if (label->isVisible() &&
                (label->text().contains(text) || label->accessibleName().contains(text)))
                return true;
        }
        return false;
    }

    Entity entity = sampleEntity(QStringLiteral("Borealis Capital"));
    PermitDetailsPane pane;
};

} // namespace

TEST_F(PermitDetails, ShowsThePermitsFactsAndChecks)
{
    show(issuedRow(entity, sampleWallet(1), now), 521);
    EXPECT_TRUE(says(QStringLiteral("Permit for Borealis Capital")));
    EXPECT_TRUE(says(QStringLiteral("8 min 41 s left")));
    EXPECT_TRUE(says(QStringLiteral("100 – 50,000 USDC")));
    EXPECT_TRUE(says(sampleWallet(1))); // to a screen reader
    EXPECT_TRUE(says(sampleSigner()));
    EXPECT_TRUE(says(QStringLiteral("Passed: ")));
    EXPECT_TRUE(says(QStringLiteral("✓")));
    EXPECT_TRUE(button(QStringLiteral("Export…")));
    pane.tick(issuedRow(entity, sampleWallet(1), now), 59, std::nullopt, std::nullopt);
    EXPECT_TRUE(says(QStringLiteral("59 s left")));
}

TEST_F(PermitDetails, MarkBesideThePriceExplainsIt)
{
    show(issuedRow(entity, sampleWallet(1), now), 521);
    auto *mark = pane.findChild<HelpMark *>(QStringLiteral("helpMark"));
    ASSERT_TRUE(mark);
    EXPECT_TRUE(mark->isVisible());
    EXPECT_EQ(mark->help(), priceHelp());
    EXPECT_EQ(mark->focusPolicy(), Qt::TabFocus);
}

TEST_F(PermitDetails, ShowsEveryTimeInOneZone)
{
    const LocalZone zone("Asia/Tokyo");
    show(issuedRow(entity, sampleWallet(1), now), 521);
    EXPECT_TRUE(says(QStringLiteral("JST")));
    EXPECT_FALSE(says(QStringLiteral("UTC")));
}

TEST_F(PermitDetails, ClosedWindowDoesNotAskForAnotherPermitFirst)
{
    PermitRow row = issuedRow(entity, sampleWallet(1), now);
    row.permit->permit.closesAt = row.permit->permit.expiresAt;
    row.status = PermitStatus::Expired;
    show(row, 0);
    QPushButton *check = button(QStringLiteral("Check again"));
    ASSERT_TRUE(check);
    EXPECT_TRUE(check->property("primary").toBool());
}

TEST_F(PermitDetails, CopiesTheAnswerByteForByte)
{
    const PermitRow row = issuedRow(entity, sampleWallet(1), now);
    show(row, 600);
    QPushButton *copy = button(QStringLiteral("Copy permit JSON"));
    ASSERT_TRUE(copy);
    copy->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text().toUtf8(), row.permit->replyText);
}

TEST_F(PermitDetails, LivenessLinkGoesToTheBrowserOnlyWhenItIsSecure)
{
    Browser browser;
    PermitRow row = sampleRow(entity, sampleWallet(1), PermitStatus::NotReady);
    row.reason = FailureReason::RequiresLiveness;
    row.livenessCheckUrl = QStringLiteral("https://liveness.example.test/check?id=1");
    show(row);
    QPushButton *open = button(QStringLiteral("Open liveness check"));
    ASSERT_TRUE(open);
    open->click();
    ASSERT_EQ(browser.opened.size(), 1);
    EXPECT_EQ(browser.opened.first(), QUrl(row.livenessCheckUrl));
    EXPECT_TRUE(button(QStringLiteral("Check again")));

    for (const QString &bad :
         {QStringLiteral("http://example.test/"), QStringLiteral("file:///etc/passwd"),
          QStringLiteral("javascript:alert(1)"), QStringLiteral("not a url"), QString()}) {
        row.livenessCheckUrl = bad;
        show(row);
        EXPECT_FALSE(button(QStringLiteral("Open liveness check"))) << qPrintable(bad);
        EXPECT_TRUE(says(QStringLiteral("on Sonar's site"))) << qPrintable(bad);
    }
    EXPECT_EQ(browser.opened.size(), 1);
}

TEST_F(PermitDetails, FailedCallCanBeRetriedAndItsDetailsCopied)
{
    PermitRow row = sampleRow(entity, sampleWallet(1), PermitStatus::Failed);
    row.error = Error{ErrorKind::ServerFault, QStringLiteral("Sonar has a fault."),
                      QStringLiteral("Try again later."), QStringLiteral("HTTP 503"), 503};
    show(row);
    EXPECT_TRUE(says(QStringLiteral("Sonar has a fault.")));
    EXPECT_TRUE(says(QStringLiteral("Try again later.")));
    QSignalSpy retried(&pane, &PermitDetailsPane::retryRequested);
    button(QStringLiteral("Try again"))->click();
    EXPECT_EQ(retried.count(), 1);
    button(QStringLiteral("Copy details"))->click();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QLatin1String("HTTP 503")));
}

TEST_F(PermitDetails, FailedCheckIsMarkedInWords)
{
    PermitRow row = sampleRow(entity, sampleWallet(1), PermitStatus::Issued);
    row.permit =
        exportedPermit(entity, sampleWallet(1), samplePermit(entity, sampleWallet(2), now), now);
    show(row, 600);
    EXPECT_TRUE(says(QStringLiteral("Failed: ")));
    EXPECT_TRUE(says(QStringLiteral("✕")));
    EXPECT_TRUE(says(QStringLiteral("Don't send funds")));
}

TEST_F(PermitDetails, ServerTextIsNeverRichText)
{
    PermitRow row = issuedRow(sampleEntity(hostileText()), sampleWallet(1), now);
    row.walletName = hostileText();
    row.permit->verification.checks.first().text = hostileText();
    show(row, 600);
    row.status = PermitStatus::NotReady;
    row.reason = FailureReason::Unrecognised;
    row.reasonText = hostileText();
    for (int round = 0; round < 2; ++round) {
        for (const QLabel *label : pane.findChildren<QLabel *>()) {
            if (label->text().contains(QLatin1Char('<'))) {
                EXPECT_EQ(label->textFormat(), Qt::PlainText) << qPrintable(label->text());
            }
            EXPECT_FALSE(label->toolTip().contains(QLatin1String("<img")));
        }
        show(row);
    }
    EXPECT_TRUE(says(QStringLiteral("<b>Bold</b>"))); // as characters
}

TEST_F(PermitDetails, WithoutAConnectionNothingIsAskedOfTheService)
{
    show(sampleRow(entity, sampleWallet(1), PermitStatus::Ready));
    pane.setConnected(false);
    EXPECT_FALSE(button(QStringLiteral("Request permit"))->isEnabled());
    pane.setConnected(true);
    QSignalSpy requested(&pane, &PermitDetailsPane::requestRequested);
    QTest::keyClick(button(QStringLiteral("Request permit")), Qt::Key_Space);
    EXPECT_EQ(requested.count(), 1);
}

#include "permitdetails_test.moc"

TEST_F(PermitDetails, UnlinkedWalletIsLinkedOnTheSalesPage)
{
    Browser browser;
    pane.setSale(sampleSale());
    PermitRow row = sampleRow(sampleEntity(QStringLiteral("Borealis")), sampleWallet(1),
                              PermitStatus::NotReady);
    row.reason = FailureReason::WalletNotLinked;
    show(row);
    QPushButton *link = nullptr;
    for (QPushButton *one : pane.findChildren<QPushButton *>()) {
        if (one->isVisible() && one->text().startsWith(QLatin1String("Link this wallet on Sonar")))
            link = one;
    }
    ASSERT_TRUE(link);
    link->click();
    ASSERT_EQ(browser.opened.size(), 1);
    EXPECT_EQ(browser.opened.first(), sampleSale().homePage());
}

TEST_F(PermitDetails, RefusedWalletLeadsToAnother)
{
    QSignalSpy another(&pane, &PermitDetailsPane::anotherWalletRequested);
    for (const FailureReason reason : {FailureReason::WalletRisk, FailureReason::MaxWalletsUsed}) {
        PermitRow row = sampleRow(sampleEntity(QStringLiteral("Borealis")), sampleWallet(1),
                                  PermitStatus::NotReady);
        row.reason = reason;
        show(row);
        ASSERT_TRUE(button(QStringLiteral("Use another wallet…")));
        button(QStringLiteral("Use another wallet…"))->click();
    }
    EXPECT_EQ(another.count(), 2);
}

TEST_F(PermitDetails, WaitingForTheWindowIsCountedDown)
{
    PermitRow row = issuedRow(sampleEntity(QStringLiteral("Borealis")), sampleWallet(1), now);
    row.status = PermitStatus::NotReady;
    row.reason = FailureReason::OutsideTimeWindow;
    show(row);
    pane.tick(row, std::nullopt, 7500, row.permit->permit.opensAt);
    EXPECT_TRUE(says(QStringLiteral("The window opens in 2 h 5 min, at ")));
    pane.tick(row, std::nullopt, std::nullopt, std::nullopt);
    EXPECT_FALSE(says(QStringLiteral("The window opens in")));
}

TEST_F(PermitDetails, CountdownOfAnotherRowIsNotTaken)
{
    // The selection has moved on, and the pane follows a moment later.
    PermitRow shown = sampleRow(entity, sampleWallet(1), PermitStatus::NotReady);
    shown.reason = FailureReason::OutsideTimeWindow;
    show(shown);
    const PermitRow current = issuedRow(entity, sampleWallet(2), now);
    pane.tick(current, 521, 7500, current.permit->permit.opensAt);
    EXPECT_FALSE(says(QStringLiteral("left")));
    EXPECT_FALSE(says(QStringLiteral("The window opens in")));
    // Its own window may be known from elsewhere, and the moment of it not at all.
    pane.tick(shown, std::nullopt, 7500, std::nullopt);
    EXPECT_TRUE(says(QStringLiteral("The window opens in 2 h 5 min.")));
    show(current, 600);
    pane.tick(shown, 59, std::nullopt, std::nullopt);
    EXPECT_TRUE(says(QStringLiteral("10 min 0 s left")));
    pane.clear();
    pane.tick(current, 59, 59, now);
    EXPECT_FALSE(says(QStringLiteral("59 s")));
}

TEST_F(PermitDetails, SaysHowOldTheContractsAnswerIs)
{
    PermitRow row = issuedRow(entity, sampleWallet(1), now);
    const auto *age = pane.findChild<QLabel *>(QStringLiteral("contractAge"));
    show(row, 600);
    pane.showContractAge(now);
    EXPECT_TRUE(age->isHidden());
    row.permit->verification.contractAskedAt = now - 12;
    show(row, 600);
    pane.showContractAge(now);
    EXPECT_FALSE(age->isHidden());
    EXPECT_TRUE(age->text().contains(QStringLiteral("12 s ago")));
    pane.showContractAge(now + 1);
    EXPECT_TRUE(age->text().contains(QStringLiteral("13 s ago")));
}

TEST_F(PermitDetails, AnUnconfirmedSignerLeadsToTheSalesDetails)
{
    PermitRow row = issuedRow(entity, sampleWallet(1), now);
    auto *edit = pane.findChild<QPushButton *>(QStringLiteral("editSale"));
    show(row, 600);
    EXPECT_TRUE(edit->isHidden());
    PermitExpectation expected;
    expected.wallet = sampleWallet(1);
    expected.saleUuid = sampleSale().saleUuid;
    expected.saleSpecificEntityId = row.saleSpecificEntityId;
    expected.signer = sampleSigner();
    expected.signerSource = SignerSource::SeenBefore;
    row.permit->verification = verifyPermit(row.permit->permit, expected, now);
    show(row, 600);
    EXPECT_FALSE(edit->isHidden());
    bool requested = false;
    QObject::connect(&pane, &PermitDetailsPane::editSaleRequested, &pane,
                     [&requested] { requested = true; });
    edit->click();
    EXPECT_TRUE(requested);
}

TEST_F(PermitDetails, AllocationIsNotShownAsUsable)
{
    PermitRow row = issuedRow(entity, sampleWallet(1), now);
    row.permit->permit.type = PermitType::Allocation;
    row.permit->permit.opensAt = row.permit->permit.closesAt = std::nullopt;
    row.permit->permit.minPrice = row.permit->permit.maxPrice = std::nullopt;
    PermitExpectation expected;
    expected.wallet = sampleWallet(1);
    expected.saleUuid = sampleSale().saleUuid;
    expected.saleSpecificEntityId = entity.saleSpecificEntityId;
    expected.signer = sampleSigner();
    row.permit->verification = verifyPermit(row.permit->permit, expected, now);
    show(row, 600);
    EXPECT_EQ(pane.findChild<Chip *>()->text(), QStringLiteral("Signer not confirmed"));
    EXPECT_TRUE(says(QStringLiteral("has not been published")));
    EXPECT_TRUE(says(QStringLiteral("Not checked: ")));
    EXPECT_FALSE(says(QStringLiteral("Every check")));
    EXPECT_TRUE(button(QStringLiteral("Export…")));
}

TEST_F(PermitDetails, RefreshLeavesFocusAndSelectedTextAlone)
{
    PermitRow row = issuedRow(entity, sampleWallet(1), now);
    show(row, 600);
    QToolButton *copy = pane.findChild<QToolButton *>();
    ASSERT_TRUE(copy);
    copy->setFocus();
    ASSERT_EQ(pane.focusWidget(), copy);
    QLabel *price = nullptr;
    for (QLabel *label : pane.findChildren<QLabel *>()) {
        if (label->accessibleName().startsWith(QLatin1String("Price: ")))
            price = label;
    }
    ASSERT_TRUE(price);
    EXPECT_TRUE(price->toolTip().contains(QLatin1String("1000000")));
    price->setSelection(0, 3);
    // Limits come in, and a new permit.
    row.limits = CommitmentLimits{true, Uint256(1), Uint256(2)};
    row.permit = issuedRow(entity, sampleWallet(1), now + 60).permit;
    const QPointer<QToolButton> watched = copy;
    show(row, 600);
    QCoreApplication::processEvents(); // the layout shows the new row
    ASSERT_TRUE(watched);
    EXPECT_EQ(pane.focusWidget(), copy);
    EXPECT_EQ(price->selectedText(), QStringLiteral("1,0"));
    EXPECT_TRUE(says(QStringLiteral("Wallet's limits: ")));
}

TEST_F(PermitDetails, LimitsOfTheWalletAreExact)
{
    PermitRow row =
        sampleRow(sampleEntity(QStringLiteral("Borealis")), sampleWallet(1), PermitStatus::Ready);
    row.limits = CommitmentLimits{true, Uint256(100'000'001), uint256Max()};
    show(row);
    EXPECT_TRUE(says(QStringLiteral("100.000001 USDC – no limit")));
}
