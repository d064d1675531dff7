// SPDX-License-Identifier: GPL-3.0-or-later
// Ten thousand rows of permits in a table: how long the window stands still while they are sorted,
// filtered and change their status, and what a row costs in memory. Each action runs several times
// and its best is held against one frame at 60 Hz: a busy machine makes pauses of its own.
#include "tests/bench/benchworld.h"
#include "tests/bench/figures.h"
#include "tests/bench/pausewatch.h"
#include "ui/permits/permitfiltermodel.h"
#include "ui/permits/permittablemodel.h"

#include <QApplication>
#include <QTableView>

#include <malloc.h>
#include <numeric>

using namespace sonar;
using namespace sonar::bench;

namespace {

constexpr int rowCount = 10'000;
constexpr int issuedCount = 200;
constexpr int rounds = 5;
constexpr double frameMilliseconds = 16;

using Action = std::function<void(int round)>;

/// Runs the action from the event loop and goes on until `settled`, and a few turns longer for what
/// it left to be painted. False when its best pause is above a frame.
bool pauseOf(
    const char *what, const Action &action,
    const std::function<bool()> &settled = [] { return true; })
{
    std::vector<double> pauses;
    std::vector<double> busy;
    for (int round = 0; round < rounds; ++round) {
        PauseWatch watch;
        bool acted = false;
        int ticksAtEnd = -1;
        watch.start();
        QTimer::singleShot(5, QCoreApplication::instance(), [&] {
            action(round);
            acted = true;
        });
        runUntil([&] {
            if (ticksAtEnd < 0 && acted && settled())
                ticksAtEnd = watch.ticks();
            return ticksAtEnd >= 0 && watch.ticks() > ticksAtEnd + 20;
        });
        watch.stop();
        pauses.push_back(watch.longest());
        busy.push_back(watch.longestBusy());
    }
    const QByteArray line = QByteArray("matrix: ") + what + ", longest pause";
    const bool kept = atMost(line.constData(), minimum(pauses), frameMilliseconds, " ms");
    if (!kept)
        std::printf("    processor time in it %.2f ms, median pause %.2f ms\n", minimum(busy),
                    median(pauses));
    return kept;
}

double heapBytes()
{
    const auto usage = mallinfo2();
    return double(usage.uordblks) + double(usage.hblkhd);
}

QList<int> rowsOf(int first, int count)
{
    QList<int> rows(count);
    std::iota(rows.begin(), rows.end(), first);
    return rows;
}

void addRows(PermitDesk *desk, const BenchWorld &world, int first, int count)
{
    const QList<Entity> entities = world.entities();
    for (int i = first; i < first + count; ++i)
        desk->add(entities.at(i % entities.size()), readyWallet(i),
                  QStringLiteral("Wallet %1").arg(i * 7919 % rowCount));
}

bool sortsAreQuick(QTableView &view)
{
    bool kept = true;
    for (int column = 0; column < PermitTableModel::ColumnCount; ++column) {
        const QByteArray name =
            "sort by " + view.model()->headerData(column, Qt::Horizontal).toString().toUtf8();
        kept &= pauseOf(name.constData(), [&](int round) {
            view.sortByColumn(column, round % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        });
    }
    return kept;
}

bool filtersAreQuick(PermitFilterModel &filter)
{
    const QStringList searches{QStringLiteral("wallet 77"), QString(), QStringLiteral("borealis"),
                               QStringLiteral("nothing has this"), QString()};
    bool kept = pauseOf("search, each step of five",
                        [&](int round) { filter.setSearch(searches.at(round)); });
    filter.setSearch({});
    kept &= pauseOf("filter by status, on and off", [&](int round) {
        filter.setState(round % 2 == 0 ? std::optional(PermitState::NotChecked) : std::nullopt);
    });
    filter.setState(std::nullopt);
    return kept;
}

bool statusChangesAreQuick(PermitDesk *desk)
{
    const auto idle = [desk] { return desk->running() == 0; };
    bool kept = pauseOf(
        "one row's status", [&](int round) { desk->check({issuedCount + round}); }, idle);
    kept &= pauseOf(
        "300 rows checked and answered",
        [&](int round) { desk->check(rowsOf(1000 + 300 * round, 300)); }, idle);
    kept &= pauseOf(
        "check all, then cancel",
        [&](int) {
            desk->check(rowsOf(0, rowCount));
            QTimer::singleShot(100, desk, &PermitDesk::cancel);
        },
        idle);
    return kept;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const BenchWorld world(0);
    PermitDesk *desk = world.desk();
    PermitTableModel model;
    PermitFilterModel filter(&model);
    QTableView view;
    view.setModel(&filter);
    view.setSortingEnabled(true);
    view.resize(1280, 800);
    view.show();
    model.setDesk(desk, world.sale());

    addRows(desk, world, 0, issuedCount);
    desk->request(rowsOf(0, issuedCount));
    runUntil([desk] { return desk->running() == 0; });
    model.flush();
    const double before = heapBytes();
    addRows(desk, world, issuedCount, rowCount - issuedCount);
    runUntil([&] { return model.rowCount() == rowCount; });
    std::printf("matrix: memory of a row without a permit %.0f bytes\n",
                (heapBytes() - before) / (rowCount - issuedCount));

    bool kept = sortsAreQuick(view);
    view.sortByColumn(PermitTableModel::EntityColumn, Qt::AscendingOrder);
    kept &= filtersAreQuick(filter);
    kept &= statusChangesAreQuick(desk);
    return kept ? 0 : 1;
}
