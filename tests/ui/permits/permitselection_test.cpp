// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/memorytokenstore.h"
#include "app/auth/session.h"
#include "app/workspace/workspace.h"
#include "tests/support/waiting.h"
#include "tests/ui/permits/scriptedservice.h"
#include "ui/permits/exportdialog.h"
#include "ui/permits/permitdetailspane.h"
#include "ui/permits/permitformat.h"
#include "ui/permits/permitselectionpane.h"
#include "ui/permits/permitspage.h"
#include "ui/permits/permittablemodel.h"
#include "ui/style/celldelegates.h"
#include "ui/style/factlist.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

// What is selected, and what is done with it.

namespace {

class PermitSelection : public ::testing::Test
{
protected:
    PermitSelection()
    {
        sale.apiUrl = service.url();
        for (int number = 1; number <= entities; ++number)
            list << sampleEntity(QStringLiteral("Fund %1").arg(number), number);
        service.setEntities(list);
        session = std::make_shared<Session>(TokenKey{QStringLiteral("account"), sale.serviceId()},
                                            sale.apiUrl, &store, &clock);
        workspace =
            std::make_unique<Workspace>(Account{QStringLiteral("account"), QStringLiteral("Ada")},
                                        sale, session, &preferences, &clock);
        page.resize(1100, 700);
        page.show();
    }

    void SetUp() override
    {
        TokenSet tokens;
        tokens.accessToken = "access";
        tokens.refreshToken = "refresh";
        tokens.expiresAt = clock.now + 3600;
        session->adopt(tokens, true);
        ASSERT_TRUE(waitUntil([this] { return session->state() == Session::State::Connected; }));
        page.setWorkspace(workspace.get());
        workspace->refresh();
        ASSERT_TRUE(waitUntil([this] { return workspace->entities().size() == entities; }));
    }

    PermitDesk *desk() const { return workspace->permits(); }
    QTableView *table() const { return page.findChild<QTableView *>(); }
    QLineEdit *search() const { return page.findChild<QLineEdit *>(); }

    int request(const Entity &entity, const PurchasePermit &permit, const QString &wallet)
    {
        service.setAnswer(wallet, {ScriptedService::ready(), signedReply(permit)});
        page.addPairs({entity}, wallet, PermitAction::Request);
        EXPECT_TRUE(waitUntil([this] { return desk()->running() == 0; }));
        return desk()->rowOf(entity.entityId, wallet);
    }

    void removeByKey()
    {
        page.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
        ASSERT_TRUE(waitUntil([this] { return table()->isVisible(); }));
        table()->setFocus();
        ASSERT_TRUE(table()->hasFocus());
        ASSERT_TRUE(action(QStringLiteral("Remove"))->isEnabled());
        QTest::keyClick(table(), Qt::Key_Delete);
    }

    void agree()
    {
        auto *question = page.findChild<QDialog *>(QStringLiteral("question"));
        ASSERT_TRUE(question) << "not asked";
        question->findChild<QPushButton *>(QStringLiteral("yes"))->click();
    }

    QAction *action(const QString &text) const
    {
        for (QAction *one : page.findChildren<QAction *>()) {
            if (one->text() == text)
                return one;
        }
        ADD_FAILURE() << "no action " << qPrintable(text);
        return nullptr;
    }

    static constexpr int entities = 130;
    HandClock clock;
    ScriptedService service;
    QList<Entity> list;
    Sale sale = sampleSale();
    QTemporaryDir folder;
    Preferences preferences{folder.filePath(QStringLiteral("p.ini"))};
    MemoryTokenStore store;
    std::shared_ptr<Session> session;
    std::unique_ptr<Workspace> workspace;
    PermitsPage page;
};

} // namespace

TEST_F(PermitSelection, AllOfASearchIsNotAllOfTheTable)
{
    page.addPairs(list, sampleWallet(1), PermitAction::None);
    page.addPairs(list, sampleWallet(2), PermitAction::None);
    ASSERT_EQ(table()->model()->rowCount(), 2 * entities);
    ASSERT_EQ(table()->model()->columnCount(), 10);
    search()->setText(sampleWallet(2));
    ASSERT_EQ(table()->model()->rowCount(), entities); // a large selection of whole rows
    table()->selectAll();
    ASSERT_EQ(table()->selectionModel()->selectedRows().size(), entities);

    search()->clear();
    ASSERT_EQ(table()->model()->rowCount(), 2 * entities);
    const QModelIndexList selected = table()->selectionModel()->selectedRows(1);
    EXPECT_EQ(selected.size(), entities);
    for (const QModelIndex &index : selected)
        EXPECT_EQ(index.data(FullTextRole).toString(), sampleWallet(2))
            << "selected without having been in the search";
}

TEST_F(PermitSelection, OfSeveralPairsSaysWhereTheyStandAndActsOnAll)
{
    request(list[0], samplePermit(list[0], sampleWallet(1), clock.now), sampleWallet(1));
    PurchasePermit sooner = samplePermit(list[1], sampleWallet(2), clock.now);
    sooner.expiresAt -= 60;
    request(list[1], sooner, sampleWallet(2));
    page.addPairs({list[2]}, sampleWallet(2), PermitAction::None);
    auto *several = page.findChild<PermitSelectionPane *>();
    auto *one = page.findChild<PermitDetailsPane *>();
    table()->selectRow(0);
    EXPECT_TRUE(waitUntil([&] { return one->isVisible() && !several->isVisible(); }));

    table()->selectAll();
    ASSERT_TRUE(waitUntil([&] { return several->isVisible() && !one->isVisible(); }));
    QStringList said;
    for (const QLabel *label : several->findChildren<QLabel *>())
        said << label->text();
    EXPECT_TRUE(said.contains(QStringLiteral("3 pairs selected")))
        << qPrintable(said.join(QLatin1Char('|')));
    EXPECT_TRUE(said.contains(QStringLiteral("Of 3 entities and 2 wallets.")));
    const auto *facts = several->findChild<FactList *>();
    const auto valueOf = [facts](const QString &name) {
        // Each fact's name tells its value to a screen reader, too.
        for (const QLabel *label : facts->findChildren<QLabel *>()) {
            if (label->accessibleName() == name + QLatin1String(": ") + label->text())
                return label->text();
        }
        return QString();
    };
    EXPECT_EQ(valueOf(stateWords(PermitState::Usable)), QStringLiteral("2"));
    EXPECT_EQ(valueOf(stateWords(PermitState::NotChecked)), QStringLiteral("1"));
    EXPECT_EQ(valueOf(QStringLiteral("Earliest expiry")), localTimeWithSeconds(sooner.expiresAt));

    const auto press = [&](const QString &text) {
        for (QPushButton *button : several->findChildren<QPushButton *>()) {
            if (button->text() == text)
                return button->click();
        }
        ADD_FAILURE() << "no button " << qPrintable(text);
    };
    press(QStringLiteral("Export 2 permits…"));
    auto *dialog = page.findChild<ExportDialog *>();
    ASSERT_TRUE(dialog);
    dialog->reject();
    service.setAnswer(sampleWallet(2), {ScriptedService::ready(), {}});
    service.setAnswer(sampleWallet(1), {ScriptedService::ready(), {}});
    press(QStringLiteral("Check 3"));
    EXPECT_TRUE(waitUntil([&] {
        const QList<PermitRow> &rows = desk()->rows();
        return std::all_of(rows.cbegin(), rows.cend(), [](const PermitRow &row) {
            return row.status == PermitStatus::Ready || row.status == PermitStatus::Issued;
        });
    }));
    table()->selectRow(1);
    EXPECT_TRUE(waitUntil([&] { return one->isVisible() && !several->isVisible(); }));
}

TEST_F(PermitSelection, WhatWasRequestedStaysInViewWhenItsAnswerMovesIt)
{
    page.addPairs(list, sampleWallet(1), PermitAction::None);
    table()->sortByColumn(PermitTableModel::TimeLeftColumn, Qt::AscendingOrder);
    request(list[100], samplePermit(list[100], sampleWallet(1), clock.now), sampleWallet(1));
    const auto isInView = [this] {
        const QModelIndexList selected = table()->selectionModel()->selectedRows();
        return selected.size() == 1 &&
               table()->viewport()->rect().contains(table()->visualRect(selected.first()));
    };
    EXPECT_TRUE(waitUntil([&] {
        const QModelIndexList selected = table()->selectionModel()->selectedRows();
        return selected.size() == 1 && selected.first().row() == 0;
    })) << "its time left didn't bring it up";
    EXPECT_TRUE(waitUntil(isInView));
}

TEST_F(PermitSelection, RemovingAPermitThatOpensLaterIsAskedAbout)
{
    PurchasePermit later = samplePermit(list[0], sampleWallet(1), clock.now);
    later.opensAt = quint64(clock.now) + 300;
    request(list[0], later, sampleWallet(1));
    table()->selectRow(0);
    ASSERT_NO_FATAL_FAILURE(removeByKey());
    EXPECT_EQ(desk()->rows().size(), 1) << "gone without a question";
    agree();
    EXPECT_TRUE(desk()->rows().isEmpty());
}

TEST_F(PermitSelection, WhatWasAskedAboutIsRemovedWhateverIsSelectedThen)
{
    request(list[0], samplePermit(list[0], sampleWallet(1), clock.now), sampleWallet(1));
    page.addPairs({list[1]}, sampleWallet(2), PermitAction::None);
    const auto rowOfFirst = [this] {
        for (int row = 0; row < table()->model()->rowCount(); ++row) {
            if (table()->model()->index(row, 0).data().toString() == list[0].label)
                return row;
        }
        return -1;
    };
    ASSERT_GE(rowOfFirst(), 0);
    table()->selectRow(rowOfFirst());
    ASSERT_NO_FATAL_FAILURE(removeByKey());
    table()->selectRow(1 - rowOfFirst());
    agree();
    ASSERT_EQ(desk()->rows().size(), 1);
    EXPECT_EQ(desk()->rows()[0].entityId, list[1].entityId);
}

TEST_F(PermitSelection, ExportIsOfferedOnlyWhenItLeadsToADialog)
{
    QAction *exporting = action(QStringLiteral("Export…"));
    ASSERT_TRUE(exporting);
    EXPECT_FALSE(exporting->isEnabled());
    const int row =
        request(list[0], samplePermit(list[0], sampleWallet(1), clock.now), sampleWallet(1));
    ASSERT_TRUE(waitUntil([&] { return exporting->isEnabled(); }));

    // Expired, nothing selected: still something to export.
    clock.now += 601;
    desk()->tick();
    table()->clearSelection();
    ASSERT_TRUE(waitUntil([&] { return desk()->rows()[row].status == PermitStatus::Expired; }));
    ASSERT_TRUE(exporting->isEnabled());
    exporting->trigger();
    auto *dialog = page.findChild<ExportDialog *>();
    ASSERT_TRUE(dialog);
    dialog->reject();
    ASSERT_TRUE(waitUntil([this] { return !page.findChild<ExportDialog *>(); }));

    // A check that follows makes it a thing of the past.
    desk()->check({row});
    ASSERT_TRUE(waitUntil([&] { return !exporting->isEnabled(); }));
    exporting->trigger();
    EXPECT_FALSE(page.findChild<ExportDialog *>());
}

TEST_F(PermitSelection, RenewalThatIsNoGoodIsTold)
{
    const int row =
        request(list[0], samplePermit(list[0], sampleWallet(1), clock.now), sampleWallet(1));
    PurchasePermit spoiled = samplePermit(list[1], sampleWallet(1), clock.now);
    spoiled.expiresAt += 60;
    service.setAnswer(sampleWallet(1), {ScriptedService::ready(), signedReply(spoiled)});
    const auto told = [this] {
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text() == QStringLiteral("A permit wasn't renewed"))
                return true;
        }
        return false;
    };
    EXPECT_FALSE(told());
    desk()->renew({row});
    EXPECT_TRUE(waitUntil(told));
    EXPECT_EQ(desk()->rows()[row].status, PermitStatus::Issued);
    EXPECT_TRUE(desk()->rows()[row].permit->verification.usable());
}

TEST_F(PermitSelection, RenamedEntityReachesTheTable)
{
    page.addPairs({list[0]}, sampleWallet(1), PermitAction::None);
    list[0].label = QStringLiteral("Another name");
    service.setEntities(list);
    workspace->refresh();
    EXPECT_TRUE(waitUntil([this] {
        return table()->model()->index(0, 0).data().toString() == QStringLiteral("Another name");
    }));
    search()->setText(QStringLiteral("another"));
    EXPECT_EQ(table()->model()->rowCount(), 1) << "the search knows the old name only";
}
