// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/auth/memorytokenstore.h"
#include "app/workspace/workbench.h"
#include "app/workspace/workspace.h"
#include "tests/support/badanswers.h"
#include "tests/support/waiting.h"
#include "tests/ui/shell/answeringservice.h"
#include "ui/entities/entitiespage.h"
#include "ui/permits/permitspage.h"
#include "ui/permits/permittablemodel.h"
#include "ui/shell/mainpages.h"
#include "ui/shell/mainwindow.h"
#include "ui/style/errorbanner.h"

#include <QAction>
#include <QCoro/QCoroTask>
#include <QLabel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace sonar::test {

/// The program's window on a service over real sockets, with good data in it: two entities, a
/// permit for the first, and a second that may ask for one.
class SpoiltAnswers : public ::testing::Test
{
protected:
    /// What the user has before something goes wrong, and has to have afterwards.
    struct Shown
    {
        QStringList entities; ///< the cells
        QStringList pairs;    ///< the cells that no check changes
        QList<QByteArray> permits;
        QString email;
        QString person;
    };

    explicit SpoiltAnswers(const TransportLimits &limits = {})
    {
        options.preferencesPath = folder.filePath(QStringLiteral("settings.ini"));
        options.limits.transport = limits;
        options.limits.retry.retries = 0;
        Sale sale = sampleSale();
        sale.apiUrl = sale.frontendUrl = service.url();
        const QString account = QStringLiteral("00000000-0000-4000-8000-000000000001");
        Preferences preferences(options.preferencesPath);
        preferences.setSales({sale});
        preferences.setAccounts({{account, QStringLiteral("Ada")}});
        preferences.setCurrent(account, sale.saleUuid);
        QCoro::waitFor(store.save({account, sale.serviceId()},
                                  {"access-0", "refresh-0", clock.now + service.lifetime}));
    }

    void begin()
    {
        workbench = std::make_unique<Workbench>(options, &store, &clock);
        window = std::make_unique<MainWindow>(workbench.get());
        QObject::connect(window.get(), &MainWindow::painted, workbench.get(), &Workbench::start);
        window->resize(900, 560);
        window->show();
        ASSERT_TRUE(waitUntil([&] { return workbench->current() != nullptr; }));
        ASSERT_TRUE(waitUntil([&] { return isWell() && !workspace()->emailAddress().isEmpty(); }));
        permitsPage()->addPairs({workspace()->entities()[0]}, sampleWallet(1),
                                PermitAction::Request);
        permitsPage()->addPairs({workspace()->entities()[1]}, sampleWallet(2), PermitAction::Check);
        ASSERT_TRUE(
            waitUntil([&] { return pairsAre(PermitStatus::Ready) && limitsAre("2000000"); }));
        window->showPage(Page::Entities);
        before = shown();
        ASSERT_EQ(before.entities.size(), 2 * entityTable()->model()->columnCount());
        ASSERT_EQ(before.permits.size(), 1);
    }

    Workspace *workspace() const { return workbench->current(); }
    PermitDesk *desk() const { return workspace()->permits(); }
    PermitsPage *permitsPage() const { return window->pages()->permits(); }
    QTableView *entityTable() const
    {
        return window->pages()->entities()->findChild<QTableView *>();
    }
    QTableView *permitTable() const { return permitsPage()->findChild<QTableView *>(); }
    ErrorBanner *banner() const { return window->pages()->entities()->findChild<ErrorBanner *>(); }

    bool isWell() const
    {
        return workspace()->entitiesState() == Workspace::Entities::Loaded &&
               !workspace()->isRefreshing() && !workspace()->entitiesError();
    }
    bool isConnected() const
    {
        return workspace()->session()->state() == Session::State::Connected;
    }
    /// The first pair has its permit, the second is as said, and nothing runs.
    bool pairsAre(PermitStatus second) const
    {
        const QList<PermitRow> &rows = desk()->rows();
        return desk()->running() == 0 && rows.size() == 2 &&
               rows[0].status == PermitStatus::Issued && rows[1].status == second &&
               !rows[0].error && !rows[1].error;
    }
    bool limitsAre(const char *most) const
    {
        const QList<PermitRow> &rows = desk()->rows();
        return std::all_of(rows.cbegin(), rows.cend(), [&](const PermitRow &row) {
            return row.limits && toDecimal(row.limits->maxAmount) == QLatin1String(most);
        });
    }

    Shown shown() const
    {
        using Model = PermitTableModel;
        Shown all;
        all.entities = cells(entityTable(), {});
        all.pairs = cells(permitTable(), {Model::StatusColumn, Model::NextStepColumn,
                                          Model::TimeLeftColumn, Model::WalletLimitsColumn});
        for (const PermitRow &row : desk()->rows()) {
            if (showsPermit(row))
                all.permits << row.permit->replyText;
        }
        all.email = workspace()->emailAddress();
        all.person = workspace()->account().name;
        return all;
    }
    static QStringList cells(const QTableView *table, const QList<int> &without)
    {
        QStringList texts;
        const QAbstractItemModel *model = table->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                if (!without.contains(column))
                    texts << model->index(row, column).data().toString();
            }
        }
        return texts;
    }

    /// A visible label with that text, which must be plain.
    static bool says(const QWidget *within, const QString &text)
    {
        bool found = false;
        for (const QLabel *label : within->findChildren<QLabel *>()) {
            // Long words may have places to break at.
            if (!label->isVisible() || !label->text().remove(QChar(0x200b)).contains(text))
                continue;
            EXPECT_EQ(label->textFormat(), Qt::PlainText) << qPrintable(text);
            found = true;
        }
        return found;
    }

    /// As the user would: by the key.
    void refresh()
    {
        ASSERT_TRUE(waitUntil([&] { return !workspace()->isRefreshing(); }));
        QTest::keyClick(window.get(), Qt::Key_F5);
        ASSERT_TRUE(workspace()->isRefreshing()) << "the window doesn't answer";
    }
    void refreshToTheEnd()
    {
        ASSERT_NO_FATAL_FAILURE(refresh());
        ASSERT_TRUE(waitUntil([&] { return !workspace()->isRefreshing(); }));
    }
    /// By the action of the table, for both pairs.
    void act(const char *name)
    {
        permitTable()->selectAll();
        for (QAction *action : permitsPage()->findChildren<QAction *>()) {
            if (action->text() == QLatin1String(name)) {
                ASSERT_TRUE(waitUntil([&] { return action->isEnabled(); }));
                action->trigger();
                ASSERT_EQ(desk()->running(), 2) << "the window doesn't answer";
                return;
            }
        }
        FAIL() << "no action " << name;
    }
    void actToTheEnd(const char *name)
    {
        ASSERT_NO_FATAL_FAILURE(act(name));
        ASSERT_TRUE(waitUntil([&] { return desk()->running() == 0; }));
    }

    void expectNothingLost() const
    {
        const Shown now = shown();
        EXPECT_TRUE(now.entities == before.entities) << qPrintable(now.entities.join(u'|'));
        EXPECT_TRUE(now.pairs == before.pairs) << qPrintable(now.pairs.join(u'|'));
        EXPECT_TRUE(now.permits == before.permits) << now.permits.join('\n').constData();
        EXPECT_TRUE(now.email == before.email && now.person == before.person);
        EXPECT_TRUE(window->isVisible());
        bool handled = false;
        QMetaObject::invokeMethod(
            window.get(), [&] { handled = true; }, Qt::QueuedConnection);
        EXPECT_TRUE(waitUntil([&] { return handled; }));
    }
    /// The error over the list of entities.
    void expectBanner(ErrorKind kind) const
    {
        ASSERT_TRUE(workspace()->entitiesError()) << "taken for a right answer";
        const Error error = *workspace()->entitiesError();
        EXPECT_EQ(error.kind, kind) << qPrintable(error.report());
        EXPECT_TRUE(banner()->isVisible());
        EXPECT_TRUE(says(banner(), error.summary)) << qPrintable(error.summary);
        EXPECT_TRUE(says(banner(), error.advice)) << qPrintable(error.advice);
    }
    /// The error of pairs, in their cells; the first keeps its permit, beside the error.
    void expectRowErrors(ErrorKind kind) const
    {
        for (int number = 0; number < 2; ++number) {
            const PermitRow &row = desk()->rows()[number];
            EXPECT_EQ(row.status, number == 0 ? PermitStatus::Issued : PermitStatus::Failed);
            ASSERT_TRUE(row.error) << "taken for a right answer";
            EXPECT_EQ(row.error->kind, kind) << qPrintable(row.error->report());
            const PermitWords words = permitWords(row, desk()->secondsLeft(row));
            const QStringList texts = cells(permitTable(), {});
            EXPECT_TRUE(texts.contains(words.status));
            const QString told = words.failure.isEmpty()
                                     ? words.reason + QLatin1Char(' ') + words.nextStep
                                     : words.failure;
            EXPECT_TRUE(told.contains(row.error->summary.left(40)));
            EXPECT_TRUE(texts.contains(told)) << qPrintable(told);
        }
    }

    HandClock clock;
    AnsweringService service{&clock};
    QTemporaryDir folder;
    MemoryTokenStore store;
    Workbench::Options options;
    std::unique_ptr<Workbench> workbench;
    std::unique_ptr<MainWindow> window;
    Shown before;
};

} // namespace sonar::test
