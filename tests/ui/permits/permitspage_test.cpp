// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/memorytokenstore.h"
#include "app/auth/session.h"
#include "app/workspace/workspace.h"
#include "tests/support/waiting.h"
#include "tests/ui/permits/scriptedservice.h"
#include "ui/permits/exportdialog.h"
#include "ui/permits/permitspage.h"
#include "ui/permits/walletbookdialog.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

class Permits : public ::testing::Test
{
protected:
    Permits()
    {
        sale.apiUrl = service.url();
        service.setEntities({borealis, cobalt});
        preferences = std::make_unique<Preferences>(folder.filePath(QStringLiteral("p.ini")));
        session = std::make_shared<Session>(TokenKey{QStringLiteral("account"), sale.serviceId()},
                                            sale.apiUrl, &store, &clock);
        workspace =
            std::make_unique<Workspace>(Account{QStringLiteral("account"), QStringLiteral("Ada")},
                                        sale, session, preferences.get(), &clock);
        page.resize(1100, 700);
        page.show();
    }

    void connectAccount()
    {
        TokenSet tokens;
        tokens.accessToken = "access";
        tokens.refreshToken = "refresh";
        tokens.expiresAt = clock.now + 3600;
        session->adopt(tokens, true);
        ASSERT_TRUE(waitUntil([this] { return session->state() == Session::State::Connected; }));
        page.setWorkspace(workspace.get());
        workspace->refresh();
        ASSERT_TRUE(waitUntil([this] { return workspace->entities().size() == 2; }));
    }

    PermitDesk *desk() const { return workspace->permits(); }
    QTableView *table() const { return page.findChild<QTableView *>(); }
    bool settle()
    {
        return waitUntil([this] { return desk()->running() == 0; });
    }

    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : page.findChildren<QPushButton *>()) {
            if (one->text() == text && one->isVisible())
                return one;
        }
        return nullptr;
    }

    bool says(const QString &text) const
    {
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }

    void scriptPermit(const Entity &entity, const QString &wallet)
    {
        service.setAnswer(wallet, {ScriptedService::ready(),
                                   signedReply(samplePermit(entity, wallet, clock.now))});
    }

    HandClock clock;
    ScriptedService service;
    Entity borealis = sampleEntity(QStringLiteral("Borealis Capital"), 1);
    Entity cobalt = sampleEntity(QStringLiteral("Cobalt Trust"), 2);
    Sale sale = sampleSale();
    QTemporaryDir folder;
    MemoryTokenStore store;
    std::unique_ptr<Preferences> preferences;
    std::shared_ptr<Session> session;
    std::unique_ptr<Workspace> workspace;
    PermitsPage page;
};

} // namespace

TEST_F(Permits, EachStateHasItsFace)
{
    EXPECT_TRUE(says(QStringLiteral("No sale open")));
    workspace->open();
    ASSERT_TRUE(waitUntil([this] { return session->state() == Session::State::NotConnected; }));
    page.setWorkspace(workspace.get());
    EXPECT_TRUE(says(QStringLiteral("Not connected")));
    QSignalSpy connectRequested(&page, &PermitsPage::connectRequested);
    button(QStringLiteral("Connect"))->click();
    EXPECT_EQ(connectRequested.count(), 1);

    connectAccount();
    EXPECT_TRUE(says(QStringLiteral("No permits yet")));
    EXPECT_TRUE(button(QStringLiteral("Add…")));

    page.addPairs({borealis}, sampleWallet(1), PermitAction::None);
    EXPECT_TRUE(table()->isVisible());
    page.findChild<QLineEdit *>()->setText(QStringLiteral("nothing like it"));
    EXPECT_TRUE(says(QStringLiteral("No permit matches")));
    button(QStringLiteral("Show all"))->click();
    EXPECT_TRUE(table()->isVisible());

    page.setWorkspace(nullptr);
    EXPECT_TRUE(says(QStringLiteral("No sale open")));
}

TEST_F(Permits, RequestedPairIsSelectedAndItsPermitShown)
{
    connectAccount();
    scriptPermit(borealis, sampleWallet(1));
    QSignalSpy used(&page, &PermitsPage::walletsUsed);
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Request);
    EXPECT_EQ(used.count(), 1);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(page.hasPermits());
    EXPECT_TRUE(waitUntil([this] { return says(QStringLiteral("Permit for Borealis Capital")); }));
    EXPECT_TRUE(says(QStringLiteral("10 min 0 s left")));
}

TEST_F(Permits, AddedPairIsShownWhateverTheFilterWas)
{
    connectAccount();
    page.addPairs({borealis}, sampleWallet(1), PermitAction::None);
    page.findChild<QLineEdit *>()->setText(QStringLiteral("borealis"));
    page.addPairs({cobalt}, sampleWallet(1), PermitAction::None);
    EXPECT_EQ(table()->model()->rowCount(), 2);
    ASSERT_EQ(table()->selectionModel()->selectedRows().size(), 1);
    EXPECT_EQ(table()->selectionModel()->selectedRows().first().data().toString(),
              QStringLiteral("Cobalt Trust"));
}

TEST_F(Permits, CheckAllThenRequestForThoseThatAreReady)
{
    connectAccount();
    scriptPermit(borealis, sampleWallet(1));
    service.setAnswer(sampleWallet(2),
                      {ScriptedService::notReady(QStringLiteral("wallet-not-linked")), {}});
    page.addPairs({borealis}, sampleWallet(1), PermitAction::None);
    page.addPairs({borealis}, sampleWallet(2), PermitAction::None);
    button(QStringLiteral("Check all"))->click();
    ASSERT_TRUE(settle());
    EXPECT_EQ(desk()->rows()[0].status, PermitStatus::Ready);
    EXPECT_EQ(desk()->rows()[1].status, PermitStatus::NotReady);
    ASSERT_TRUE(waitUntil([this] { return button(QStringLiteral("Request for 1 ready")); }));
    button(QStringLiteral("Request for 1 ready"))->click();
    ASSERT_TRUE(settle());
    EXPECT_EQ(desk()->rows()[0].status, PermitStatus::Issued);
    EXPECT_EQ(desk()->rows()[1].status, PermitStatus::NotReady);
}

TEST_F(Permits, CancelStopsAtOnceAndRowsFallBack)
{
    connectAccount();
    page.addPairs({borealis, cobalt}, sampleWallet(1), PermitAction::Check); // never answered
    QPushButton *cancel = button(QStringLiteral("Cancel"));
    ASSERT_TRUE(cancel);
    EXPECT_TRUE(says(QStringLiteral("0 of 2 done")));
    cancel->click();
    EXPECT_EQ(desk()->running(), 0);
    EXPECT_EQ(desk()->rows()[0].status, PermitStatus::NotChecked);
    EXPECT_FALSE(button(QStringLiteral("Cancel")));
}

TEST_F(Permits, DeleteRemovesButAsksWhenAPermitWouldGo)
{
    connectAccount();
    scriptPermit(borealis, sampleWallet(1));
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Request);
    ASSERT_TRUE(settle());
    page.addPairs({cobalt}, sampleWallet(2), PermitAction::None);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    ASSERT_EQ(desk()->rows().size(), 1);

    table()->selectRow(0);
    QTest::keyClick(table(), Qt::Key_Delete);
    ASSERT_EQ(desk()->rows().size(), 1);
    auto *question = page.findChild<QDialog *>(QStringLiteral("question"));
    ASSERT_TRUE(question);
    question->findChild<QPushButton *>(QStringLiteral("yes"))->click();
    EXPECT_TRUE(desk()->rows().isEmpty());
    EXPECT_TRUE(waitUntil([this] { return says(QStringLiteral("No permits yet")); }));
}

TEST_F(Permits, DeleteAsksNothingAboutAPermitThatWasExported)
{
    connectAccount();
    scriptPermit(borealis, sampleWallet(1));
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Request);
    ASSERT_TRUE(settle());
    desk()->markExported({0});
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    EXPECT_TRUE(desk()->rows().isEmpty());
    EXPECT_FALSE(page.findChild<QDialog *>(QStringLiteral("question")));
}

TEST_F(Permits, ExportOffersWhatIsSelected)
{
    connectAccount();
    page.exportPermits(); // nothing yet: no dialog
    EXPECT_FALSE(page.findChild<ExportDialog *>());
    scriptPermit(borealis, sampleWallet(1));
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Request);
    ASSERT_TRUE(settle());
    page.exportPermits();
    auto *dialog = page.findChild<ExportDialog *>();
    ASSERT_TRUE(dialog);
    const QString file = folder.filePath(QStringLiteral("out.json"));
    dialog->setPath(file);
    for (QPushButton *one : dialog->findChildren<QPushButton *>()) {
        if (one->text() == QStringLiteral("Save"))
            one->click();
    }
    QFile written(file);
    ASSERT_TRUE(written.open(QIODevice::ReadOnly));
    EXPECT_TRUE(written.readAll().contains(desk()->rows()[0].permit->replyText));
    // What was open was about this workspace.
    page.setWorkspace(nullptr);
    EXPECT_TRUE(waitUntil([this] { return !page.findChild<ExportDialog *>(); }));
}

TEST_F(Permits, FailedRowIsRetriedTheWayItWasAsked)
{
    connectAccount();
    service.setAnswer(sampleWallet(1), {R"({"message":"no"})", {}, 400});
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Request);
    ASSERT_TRUE(settle());
    ASSERT_EQ(desk()->rows()[0].status, PermitStatus::Failed);
    scriptPermit(borealis, sampleWallet(1));
    ASSERT_TRUE(waitUntil([this] { return button(QStringLiteral("Try again")); }));
    button(QStringLiteral("Try again"))->click();
    ASSERT_TRUE(settle());
    EXPECT_EQ(desk()->rows()[0].status, PermitStatus::Issued);
}

TEST_F(Permits, CopiesTheWholeAddressOfTheSelectedRow)
{
    connectAccount();
    page.addPairs({borealis}, sampleWallet(1), PermitAction::None);
    table()->setCurrentIndex(table()->model()->index(0, 1));
    table()->setFocus();
    QTest::keySequence(table(), QKeySequence::Copy);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), sampleWallet(1));
}

TEST_F(Permits, LayoutIsKeptAndForeignBytesAreRefused)
{
    table()->setColumnWidth(0, 321);
    const QByteArray layout = page.saveLayout();
    PermitsPage another;
    EXPECT_TRUE(another.restoreLayout(layout));
    EXPECT_EQ(another.findChild<QTableView *>()->columnWidth(0), 321);
    EXPECT_FALSE(another.restoreLayout("not a layout"));
    EXPECT_FALSE(another.restoreLayout({}));
    EXPECT_EQ(another.findChild<QTableView *>()->columnWidth(0), 321);
}

TEST_F(Permits, EverythingThatCanBePressedHasAName)
{
    connectAccount();
    page.addPairs({borealis}, sampleWallet(1), PermitAction::None);
    for (QWidget *widget : page.findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        QAccessibleInterface *seen = QAccessible::queryAccessibleInterface(widget);
        ASSERT_TRUE(seen);
        EXPECT_FALSE(seen->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className() << " " << qPrintable(widget->objectName());
    }
}

TEST_F(Permits, EveryEntityStandsWithEveryWalletOfTheBook)
{
    connectAccount();
    const Wallet one{sampleWallet(1), QStringLiteral("One")};
    const Wallet two{sampleWallet(2), QStringLiteral("Two")};
    page.setShowsEveryPair(true);
    page.setWallets({one, two});
    EXPECT_EQ(desk()->rows().size(), 4);
    // What the user has removed stays away; what is new comes.
    ASSERT_TRUE(waitUntil([this] { return table()->model()->rowCount() == 4; }));
    ASSERT_TRUE(waitUntil([this] { return table()->isVisible(); }));
    table()->selectRow(0);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    EXPECT_EQ(desk()->rows().size(), 3);
    page.setWallets({one, two, Wallet{sampleWallet(3), {}}});
    EXPECT_EQ(desk()->rows().size(), 5);
    page.setWallets({one});
    for (const PermitRow &row : desk()->rows())
        EXPECT_EQ(row.wallet, one.address);

    page.addPairs({borealis}, sampleWallet(9), PermitAction::None);
    page.setShowsEveryPair(false);
    ASSERT_EQ(desk()->rows().size(), 1) << "only what was asked for stays";
    EXPECT_EQ(desk()->rows()[0].wallet, sampleWallet(9));
    page.setWallets({one, two});
    EXPECT_EQ(desk()->rows().size(), 1);
}

TEST_F(Permits, RowsComeFromWhatWasAskedFor)
{
    connectAccount();
    page.setWallets({Wallet{sampleWallet(1), {}}});
    EXPECT_TRUE(desk()->rows().isEmpty()) << "nobody has asked for anything yet";
    page.addPairs({borealis}, sampleWallet(2), PermitAction::None);
    page.setWallets({Wallet{sampleWallet(1), {}}, Wallet{sampleWallet(2), {}}});
    ASSERT_EQ(desk()->rows().size(), 1);
    EXPECT_EQ(desk()->rows()[0].entityId, borealis.entityId);
    // The full table is a choice, which is offered where nothing is.
    desk()->remove({0});
    ASSERT_TRUE(waitUntil(
        [this] { return button(QStringLiteral("Show every entity with every wallet")); }));
    button(QStringLiteral("Show every entity with every wallet"))->click();
    EXPECT_EQ(desk()->rows().size(), 4);
}

TEST_F(Permits, FailedRequestForAnotherLeavesThePermitWithItsExport)
{
    connectAccount();
    scriptPermit(borealis, sampleWallet(1));
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Request);
    ASSERT_TRUE(settle());
    ASSERT_TRUE(waitUntil([this] { return button(QStringLiteral("Request another")); }));
    service.setAnswer(sampleWallet(1), {R"({"message":"no"})", {}, 400});
    button(QStringLiteral("Request another"))->click();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(waitUntil([this] { return button(QStringLiteral("Try again")); }));
    EXPECT_TRUE(button(QStringLiteral("Export…")));
    EXPECT_TRUE(button(QStringLiteral("Copy permit JSON")));
    EXPECT_TRUE(says(QStringLiteral("left"))) << "the time runs on";
    const auto *failure = page.findChild<QLabel *>(QStringLiteral("permitFailure"));
    ASSERT_TRUE(failure);
    EXPECT_TRUE(failure->isVisible());
    EXPECT_FALSE(failure->text().isEmpty());
    EXPECT_TRUE(button(QStringLiteral("Retry failed (1)")));
    EXPECT_EQ(desk()->issuedCount(), 1);

    scriptPermit(borealis, sampleWallet(1));
    button(QStringLiteral("Try again"))->click();
    ASSERT_TRUE(settle());
    EXPECT_TRUE(waitUntil([&] { return !failure->isVisible(); }));
}

TEST_F(Permits, RefreshThatFailsIsToldHereToo)
{
    connectAccount();
    page.addPairs({borealis}, sampleWallet(1), PermitAction::None);
    const auto *banner = page.findChild<QWidget *>(QStringLiteral("refreshBanner"));
    ASSERT_TRUE(banner);
    EXPECT_FALSE(banner->isVisible());
    service.failEntities(true);
    workspace->refresh();
    ASSERT_TRUE(waitUntil([&] { return banner->isVisible(); }));
    EXPECT_FALSE(banner->accessibleName().isEmpty());
    service.failEntities(false);
    for (QPushButton *again : banner->findChildren<QPushButton *>()) {
        if (again->text() == QStringLiteral("Try again"))
            again->click();
    }
    EXPECT_TRUE(waitUntil([&] { return !banner->isVisible(); }));
}

TEST_F(Permits, WhatIsCopiedOrSavedNeedNoQuestion)
{
    connectAccount();
    scriptPermit(borealis, sampleWallet(1));
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Request);
    ASSERT_TRUE(settle());
    EXPECT_EQ(desk()->unexportedCount(), 1);
    ASSERT_TRUE(waitUntil([this] { return button(QStringLiteral("Copy permit JSON")); }));
    button(QStringLiteral("Copy permit JSON"))->click();
    EXPECT_EQ(desk()->unexportedCount(), 0);

    scriptPermit(cobalt, sampleWallet(2));
    page.addPairs({cobalt}, sampleWallet(2), PermitAction::Request);
    ASSERT_TRUE(settle());
    EXPECT_EQ(desk()->unexportedCount(), 1);
    page.exportPermits();
    auto *dialog = page.findChild<ExportDialog *>();
    ASSERT_TRUE(dialog);
    for (QPushButton *one : dialog->findChildren<QPushButton *>()) {
        if (one->text() == QStringLiteral("Copy"))
            one->click();
    }
    EXPECT_EQ(desk()->unexportedCount(), 0);
}

TEST_F(Permits, OptionsAreKeptWithTheLayout)
{
    QSignalSpy changed(&page, &PermitsPage::layoutChanged);
    page.setShowsEveryPair(true);
    EXPECT_EQ(changed.count(), 1);
    auto *groups = page.findChildren<QComboBox *>().last();
    groups->setCurrentIndex(2);
    PermitsPage another;
    ASSERT_TRUE(another.restoreLayout(page.saveLayout()));
    EXPECT_EQ(another.findChildren<QComboBox *>().last()->currentIndex(), 2);
    EXPECT_EQ(another.saveLayout(), page.saveLayout());
}

TEST_F(Permits, SelectedGroupMeansItsPairs)
{
    connectAccount();
    page.setShowsEveryPair(true);
    page.setWallets({Wallet{sampleWallet(1), {}}, Wallet{sampleWallet(2), {}}});
    for (int number = 1; number <= 2; ++number)
        service.setAnswer(sampleWallet(number), {ScriptedService::ready(), {}});
    ASSERT_TRUE(waitUntil([this] { return table()->model()->rowCount() == 4; }));
    page.findChildren<QComboBox *>().last()->setCurrentIndex(1);
    ASSERT_EQ(table()->model()->rowCount(), 6);
    table()->selectRow(0);
    ASSERT_TRUE(waitUntil([this] { return button(QStringLiteral("Check 2")); }));
    button(QStringLiteral("Check 2"))->click();
    EXPECT_EQ(desk()->running(), 2);
    ASSERT_TRUE(settle());
}

TEST_F(Permits, FailedOnesAreCountedAndRetriedTogether)
{
    connectAccount();
    for (int number = 1; number <= 2; ++number)
        service.setAnswer(sampleWallet(number), {R"({"message":"no"})", {}, 400});
    page.setShowsEveryPair(true);
    page.setWallets({Wallet{sampleWallet(1), {}}, Wallet{sampleWallet(2), {}}});
    ASSERT_TRUE(waitUntil([this] { return button(QStringLiteral("Check all")); }));
    ASSERT_TRUE(waitUntil([this] { return button(QStringLiteral("Check all"))->isEnabled(); }));
    EXPECT_FALSE(button(QStringLiteral("Retry failed (4)")));
    button(QStringLiteral("Check all"))->click();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(waitUntil([this] { return button(QStringLiteral("Retry failed (4)")); }));
    for (int number = 1; number <= 2; ++number)
        service.setAnswer(sampleWallet(number), {ScriptedService::ready(), {}});
    button(QStringLiteral("Retry failed (4)"))->click();
    ASSERT_TRUE(settle());
    for (const PermitRow &row : desk()->rows())
        EXPECT_EQ(row.status, PermitStatus::Ready);
}

TEST_F(Permits, PairThatBecomesReadyIsTold)
{
    connectAccount();
    service.setAnswer(sampleWallet(1),
                      {ScriptedService::notReady(QStringLiteral("wallet-not-linked")), {}});
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Check);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(waitUntil([this] {
        return button(QStringLiteral("Link this wallet on Sonar ↗")) ||
               says(QStringLiteral("isn't linked"));
    }));
    service.setAnswer(sampleWallet(1), {ScriptedService::ready(), {}});
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Check);
    EXPECT_TRUE(
        waitUntil([this] { return says(QStringLiteral("pairs of entity and wallet are ready")); }));
}

TEST_F(Permits, AChangeBetweenUnconfirmedSignersIsToldWithoutAVerdict)
{
    sale.permitSigner.clear();
    workspace =
        std::make_unique<Workspace>(Account{QStringLiteral("account"), QStringLiteral("Ada")}, sale,
                                    session, preferences.get(), &clock);
    const QString remembered = sampleWallet(77);
    preferences->setFirstSeenSigner(sale.serviceId(), sale.saleUuid, remembered);
    connectAccount();
    scriptPermit(borealis, sampleWallet(1));
    page.addPairs({borealis}, sampleWallet(1), PermitAction::Request);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(says(QStringLiteral("another signer than before")));
    EXPECT_TRUE(says(remembered));
    EXPECT_TRUE(says(sampleSigner()));
    const auto verification = [this] { return desk()->rows()[0].permit->verification; };
    EXPECT_TRUE(verification().usable()) << "a verdict on which is right";
    EXPECT_FALSE(verification().signerConfirmed());
    EXPECT_FALSE(says(QStringLiteral("Do not use it")));

    QSignalSpy edit(&page, &PermitsPage::editSaleRequested);
    page.findChild<QPushButton *>(QStringLiteral("editSaleForSigner"))->click();
    EXPECT_EQ(edit.size(), 1);
    page.findChild<QPushButton *>(QStringLiteral("compareWithNewSigner"))->click();
    EXPECT_EQ(preferences->firstSeenSigner(sale.serviceId(), sale.saleUuid), sampleSigner());
    EXPECT_FALSE(verification().signerConfirmed()) << "accepted is not confirmed";
    EXPECT_FALSE(says(QStringLiteral("another signer than before")));
}

TEST_F(Permits, WalletBookChangesReachTheTableAndTheProgram)
{
    connectAccount();
    QSignalSpy changed(&page, &PermitsPage::walletBookChanged);
    page.setShowsEveryPair(true);
    page.openWalletBook();
    auto *book = page.findChild<WalletBookDialog *>();
    ASSERT_TRUE(book);
    book->findChild<QPlainTextEdit *>()->setPlainText(sampleWallet(1) + QStringLiteral(", Ops"));
    for (QPushButton *one : book->findChildren<QPushButton *>()) {
        if (one->text() == QStringLiteral("Add"))
            one->click();
    }
    EXPECT_EQ(changed.count(), 1);
    ASSERT_EQ(desk()->rows().size(), 2);
    EXPECT_EQ(desk()->rows()[0].walletName, QStringLiteral("Ops"));
}
