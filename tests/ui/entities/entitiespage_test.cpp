// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/entitiespage.h"

#include "tests/ui/entities/samples.h"
#include "ui/entities/entitytablemodel.h"
#include "ui/style/errorbanner.h"
#include "ui/style/searchfield.h"

#include <QApplication>
#include <QComboBox>
#include <QDesktopServices>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

Error networkError()
{
    Error error;
    error.kind = ErrorKind::Network;
    error.summary = QStringLiteral("Sonar can't be reached");
    error.advice = QStringLiteral("Check your network.");
    return error;
}

class Browser : public QObject
{
    Q_OBJECT
public:
    Browser() { QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "open"); }
    ~Browser() override { QDesktopServices::unsetUrlHandler(QStringLiteral("https")); }
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened << url; }
};

class EntitiesPageFaces : public ::testing::Test
{
protected:
    void SetUp() override
    {
        applyTheme(*qApp, Appearance::Light);
        page.resize(1052, 700);
        page.show();
        table = page.findChild<QTableView *>();
        search = page.findChild<SearchField *>();
        banner = page.findChild<ErrorBanner *>();
        for (auto *combo : page.findChildren<QComboBox *>()) {
            if (!combo->isEditable())
                standing = combo;
        }
    }

    bool canPress(const char *text)
    {
        return visibleButton(page, QString::fromUtf8(text)) != nullptr;
    }
    void press(const char *text)
    {
        QPushButton *button = visibleButton(page, QString::fromUtf8(text));
        ASSERT_NE(button, nullptr) << text;
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QStringList selectedLabels() const
    {
        QStringList labels;
        for (const Entity &entity : page.selectedEntities())
            labels << entity.label;
        return labels;
    }

    EntitiesPage page;
    QTableView *table = nullptr;
    SearchField *search = nullptr;
    ErrorBanner *banner = nullptr;
    QComboBox *standing = nullptr;
};

} // namespace

TEST_F(EntitiesPageFaces, WithoutAWorkspaceNothingIsAsked)
{
    page.setWorkspace(nullptr);
    EXPECT_TRUE(says(page, QStringLiteral("No sale open")));
    EXPECT_FALSE(table->isVisible());
    EXPECT_TRUE(page.selectedEntities().isEmpty());
}

TEST_F(EntitiesPageFaces, NotConnectedOffersToConnect)
{
    EntitiesState state;
    state.connection = EntitiesState::Connection::NotConnected;
    page.showState(state);
    QSignalSpy connecting(&page, &EntitiesPage::connectRequested);
    press("Connect");
    EXPECT_EQ(connecting.count(), 1);
}

TEST_F(EntitiesPageFaces, LoadingShowsNoOldList)
{
    page.showState(loadedState());
    EntitiesState state = loadedState({});
    state.loading = EntitiesState::Loading::Loading;
    page.showState(state);
    EXPECT_TRUE(says(page, QStringLiteral("Loading your entities")));
    EXPECT_FALSE(table->isVisible());
    EXPECT_EQ(table->model()->rowCount(), 0);
}

TEST_F(EntitiesPageFaces, NoEntitiesLeadsToSetUp)
{
    Browser browser;
    page.showState(loadedState({}));
    EXPECT_TRUE(says(page, QStringLiteral("No entities yet")));
    press("Set up on Sonar");
    EXPECT_EQ(browser.opened, QList<QUrl>{loadedState().setUpPage});
    QSignalSpy refreshing(&page, &EntitiesPage::refreshRequested);
    press("Refresh");
    EXPECT_EQ(refreshing.count(), 1);
}

TEST_F(EntitiesPageFaces, AFailedFirstLoadOffersToTryAgain)
{
    EntitiesState state = loadedState({});
    state.loading = EntitiesState::Loading::Failed;
    state.error = networkError();
    page.showState(state);
    EXPECT_TRUE(says(page, networkError().summary));
    EXPECT_TRUE(says(page, networkError().advice));
    QSignalSpy refreshing(&page, &EntitiesPage::refreshRequested);
    press("Try again");
    EXPECT_EQ(refreshing.count(), 1);
}

TEST_F(EntitiesPageFaces, AnEndedSessionAsksToConnectAgain)
{
    EntitiesState state = loadedState({});
    state.loading = EntitiesState::Loading::Failed;
    state.error = networkError();
    state.error->kind = ErrorKind::NotConnected;
    page.showState(state);
    QSignalSpy connecting(&page, &EntitiesPage::connectRequested);
    press("Connect again…");
    EXPECT_EQ(connecting.count(), 1);
    state = loadedState();
    state.connection = EntitiesState::Connection::Ended;
    page.showState(state);
    EXPECT_TRUE(table->isVisible());
    EXPECT_FALSE(banner->isVisible()) << "the window tells that";
    EXPECT_FALSE(visibleButton(page, QStringLiteral("Request permit"))->isEnabled());
    EXPECT_FALSE(visibleButton(page, QStringLiteral("Check"))->isEnabled());
}

TEST_F(EntitiesPageFaces, AFailedRefreshKeepsWhatWasShown)
{
    page.showState(loadedState());
    EntitiesState state = loadedState();
    state.error = networkError();
    page.showState(state);
    EXPECT_TRUE(table->isVisible());
    EXPECT_EQ(table->model()->rowCount(), 6);
    EXPECT_TRUE(banner->isVisible());
    EXPECT_TRUE(says(*banner, QStringLiteral("What you see is from")));
    QSignalSpy refreshing(&page, &EntitiesPage::refreshRequested);
    press("Try again");
    EXPECT_EQ(refreshing.count(), 1);
    page.showState(loadedState());
    EXPECT_FALSE(banner->isVisible());
}

TEST_F(EntitiesPageFaces, AFailedRefreshOfAnEmptyListIsToldToo)
{
    page.showState(loadedState({}));
    EntitiesState state = loadedState({});
    state.error = networkError();
    page.showState(state);
    EXPECT_TRUE(says(page, networkError().summary));
    EXPECT_TRUE(says(page, QStringLiteral("there were no entities")));
    QSignalSpy refreshing(&page, &EntitiesPage::refreshRequested);
    press("Try again");
    EXPECT_EQ(refreshing.count(), 1);
    page.showState(loadedState({}));
    EXPECT_TRUE(says(page, QStringLiteral("No entities yet")));
}

TEST_F(EntitiesPageFaces, ASetUpPageThatCannotBeOpenedIsNamedWithoutAList)
{
    EntitiesState state = loadedState({});
    state.setUpPage = QUrl(QStringLiteral("http://app.example.test/not-allowed"));
    page.showState(state);
    press("Set up on Sonar");
    EXPECT_TRUE(says(page, QStringLiteral("The page on Sonar could not be opened")));
}

TEST_F(EntitiesPageFaces, TheSummaryLeadsToSonar)
{
    Browser browser;
    page.showState(loadedState());
    EXPECT_TRUE(says(page, QStringLiteral("2 of your 6 entities can take part in this sale")));
    press("Manage on Sonar");
    EXPECT_EQ(browser.opened, QList<QUrl>{loadedState().homePage});
}

TEST_F(EntitiesPageFaces, APageThatCannotBeOpenedIsNamedToCopy)
{
    EntitiesState state = loadedState();
    state.homePage = QUrl(QStringLiteral("http://app.example.test/not-allowed"));
    page.showState(state);
    press("Manage on Sonar");
    EXPECT_TRUE(banner->isVisible());
    EXPECT_NE(visibleButton(*banner, QStringLiteral("Copy details")), nullptr);
}

TEST_F(EntitiesPageFaces, SearchAndFilterNarrowTheTable)
{
    page.showState(loadedState());
    QTest::keyClicks(search, QStringLiteral("capital"));
    EXPECT_EQ(table->model()->rowCount(), 1);
    QTest::keyClicks(search, QStringLiteral("zebra"));
    EXPECT_FALSE(table->isVisible());
    EXPECT_TRUE(says(page, QStringLiteral("No entity matches “capitalzebra”")));
    press("Show all");
    EXPECT_TRUE(table->isVisible());
    EXPECT_EQ(table->model()->rowCount(), 6);
    standing->setCurrentIndex(standing->findText(QStringLiteral("Not eligible")));
    EXPECT_EQ(table->model()->rowCount(), 2);
}

TEST_F(EntitiesPageFaces, CtrlFGoesToTheSearch)
{
    page.showState(loadedState());
    page.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
    table->setFocus();
    QTest::keySequence(table, QKeySequence::Find);
    EXPECT_EQ(QApplication::focusWidget(), search);
    QTest::keyRelease(search, Qt::Key_Control); // or it is held down for the tests that follow
}

TEST_F(EntitiesPageFaces, TheFirstEntityIsSelectedAndStaysSoOverARefresh)
{
    page.showState(loadedState());
    EXPECT_EQ(selectedLabels(), QStringList{QStringLiteral("Ada Lovelace")});
    table->selectRow(3);
    ASSERT_EQ(selectedLabels(), QStringList{QStringLiteral("Dune Partners")});

    QList<Entity> next = someEntities();
    next.prepend(entity(QStringLiteral("e0"), QStringLiteral("Aardvark")));
    next[4].setupState = EntitySetupState::Complete;
    next[4].eligibility = SaleEligibility::Eligible;
    page.showState(loadedState(next));
    EXPECT_EQ(selectedLabels(), QStringList{QStringLiteral("Dune Partners")});
    EXPECT_TRUE(visibleButton(page, QStringLiteral("Request permit"))->isEnabled());
}

TEST_F(EntitiesPageFaces, SelectedEntityThatIsGoneLeavesTheDetails)
{
    page.showState(loadedState());
    table->selectRow(1);
    page.showState(loadedState(someEntities().mid(0, 1)));
    EXPECT_FALSE(selectedLabels().contains(QStringLiteral("Borealis Capital")));
}

TEST_F(EntitiesPageFaces, PassesOnWhatIsAskedForTheSelection)
{
    page.showState(loadedState());
    table->selectAll();
    auto *wallet = page.findChildren<QComboBox *>().constFirst();
    for (auto *combo : page.findChildren<QComboBox *>()) {
        if (combo->isEditable())
            wallet = combo;
    }
    wallet->setEditText(QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
    QSignalSpy requested(&page, &EntitiesPage::permitRequested);
    QSignalSpy checked(&page, &EntitiesPage::readinessRequested);
    press("Request 2 permits");
    press("Check");
    ASSERT_EQ(requested.count(), 1);
    EXPECT_EQ(requested[0][0].value<QList<Entity>>().size(), 2);
    ASSERT_EQ(checked.count(), 1);
    EXPECT_EQ(checked[0][0].value<QList<Entity>>().size(), 6);
}

TEST_F(EntitiesPageFaces, AsksTheSourceAboutTheSelectedPair)
{
    QStringList asked;
    QUrl liveness;
    page.setPermitStatusSource([&asked, &liveness](const Entity &entity, const QString &wallet) {
        asked << entity.label + QLatin1Char(' ') + wallet;
        return PermitStatusText{QStringLiteral("Ready"), Tone::Positive,
                                QStringLiteral("May commit."), liveness};
    });
    page.showState(loadedState());
    EXPECT_TRUE(asked.isEmpty());
    for (auto *combo : page.findChildren<QComboBox *>()) {
        if (combo->isEditable())
            combo->setEditText(QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
    }
    ASSERT_FALSE(asked.isEmpty());
    EXPECT_EQ(asked.last(),
              QLatin1String("Ada Lovelace 0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
    EXPECT_TRUE(says(page, QStringLiteral("May commit.")));
    EXPECT_FALSE(canPress("Open liveness check"));

    Browser browser;
    liveness = QUrl(QStringLiteral("https://liveness.example.test/check?id=1"));
    page.updatePermitStatus();
    press("Open liveness check");
    EXPECT_EQ(browser.opened, QList<QUrl>{liveness});
}

TEST_F(EntitiesPageFaces, RemembersColumnsAndRefusesWhatIsNoLayout)
{
    page.showState(loadedState());
    EXPECT_TRUE(table->isColumnHidden(EntityTableModel::EntityId));
    table->setColumnHidden(EntityTableModel::EntityId, false);
    table->setColumnWidth(EntityTableModel::Label, 321);
    const QByteArray layout = page.saveLayout();

    EntitiesPage other;
    EXPECT_FALSE(other.restoreLayout({}));
    EXPECT_FALSE(other.restoreLayout(QByteArray("garbage that is long enough to be read")));
    ASSERT_TRUE(other.restoreLayout(layout));
    auto *otherTable = other.findChild<QTableView *>();
    EXPECT_FALSE(otherTable->isColumnHidden(EntityTableModel::EntityId));
    EXPECT_EQ(otherTable->columnWidth(EntityTableModel::Label), 321);
}

TEST_F(EntitiesPageFaces, EverythingToActOnHasAName)
{
    page.showState(loadedState());
    for (const auto *widget : page.findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        EXPECT_TRUE(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()))
            << widget->metaObject()->className();
    }
}

TEST_F(EntitiesPageFaces, TabGoesFromSearchToFilterToTableToDetails)
{
    page.showState(loadedState());
    page.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
    search->setFocus();
    QTest::keyClick(search, Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), standing);
    QTest::keyClick(standing, Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), table);
    QTest::keyClick(table, Qt::Key_Tab);
    ASSERT_NE(QApplication::focusWidget(), nullptr);
    EXPECT_NE(QApplication::focusWidget(), table);
    EXPECT_TRUE(page.findChild<QWidget *>(QStringLiteral("entityDetails"))
                    ->isAncestorOf(QApplication::focusWidget()));
}

#include "entitiespage_test.moc"
