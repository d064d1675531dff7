// SPDX-License-Identifier: GPL-3.0-or-later
// The permits page with ten thousand rows, each of which holds a permit: how long the window stands
// still while they are sorted, searched, filtered, grouped, asked about and counted down, and what
// a row costs in memory. Each action is done several times from the same state, and its median is
// held against one frame at 60 Hz.
#include "tests/bench/benchworld.h"
#include "tests/bench/figures.h"
#include "tests/bench/pausewatch.h"
#include "ui/permits/exportdialog.h"
#include "ui/permits/permitfiltermodel.h"
#include "ui/permits/permitspage.h"
#include "ui/permits/permittablemodel.h"
#include "ui/style/searchfield.h"

#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QTableView>

#include <cstdlib>
#include <malloc.h>
#include <numeric>

using namespace sonar;
using namespace sonar::bench;

namespace {

constexpr int entityCount = 250;
constexpr int walletCount = 40;
constexpr int rowCount = entityCount * walletCount;
constexpr int rounds = 7;
constexpr double frameMilliseconds = 16;
constexpr double rowBytes = 8 * 1024;

using Step = std::function<void()>;

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

class Matrix
{
public:
    Matrix();

    bool fill();                             ///< false if a row came to no permit
    bool isLean() const { return m_isLean; } ///< rows took no more memory than they may
    bool sortsAreQuick();
    bool searchesAreQuick();
    bool filtersAreQuick();
    bool groupsAreQuick();
    bool ticksAreQuick();
    bool verdictsAreQuick();
    bool exportsAreQuick();
    bool callsAreQuick();

private:
    /// Brings the page to where `before` puts it, then runs the action from the event loop and goes
    /// on until `settled`, and a few turns longer for what it left to be painted. False when the
    /// median of its longest pauses is above a frame.
    bool pauseOf(
        const QByteArray &what, const Step &before, const Step &action,
        const std::function<bool()> &settled = [] { return true; });
    QComboBox *combo(const char *name) const;
    QList<PermitTableModel::Column> shownColumns() const;

    BenchWorld m_world;
    PermitsPage m_page;
    PermitDesk *m_desk;
    QTableView *m_table;
    SearchField *m_search;
    bool m_isLean = false;
};

Matrix::Matrix()
    : m_world(0, QStringLiteral("fund"))
    , m_desk(m_world.desk())
    , m_table(m_page.findChild<QTableView *>())
    , m_search(m_page.findChild<SearchField *>())
{
    m_page.resize(1280, 800);
    m_page.show();
    m_page.setWorkspace(m_world.workspace());
}

QComboBox *Matrix::combo(const char *name) const
{
    for (QComboBox *one : m_page.findChildren<QComboBox *>()) {
        if (one->accessibleName() == QLatin1String(name))
            return one;
    }
    std::fprintf(stderr, "bench: the page has no %s\n", name);
    std::exit(2);
}

bool Matrix::fill()
{
    QList<Wallet> wallets;
    for (int i = 0; i < walletCount; ++i)
        wallets << Wallet{readyWallet(i), QStringLiteral("Wallet %1").arg(i * 7919 % walletCount)};
    const double empty = heapBytes();
    m_desk->addAll(m_world.entities(), wallets);
    runUntil([this] { return m_table->model()->rowCount() == rowCount; });
    const double added = heapBytes();
    m_desk->request(rowsOf(0, rowCount));
    runUntil([this] { return m_desk->running() == 0; });
    std::printf("matrix: memory of a row without a permit %.0f bytes\n",
                (added - empty) / rowCount);
    m_isLean = atMost("matrix: memory of a row with a permit", (heapBytes() - empty) / rowCount,
                      rowBytes, " bytes");
    const QList<PermitRow> &rows = m_desk->rows();
    return rows.size() == rowCount && std::all_of(rows.cbegin(), rows.cend(), showsPermit);
}

bool Matrix::pauseOf(const QByteArray &what, const Step &before, const Step &action,
                     const std::function<bool()> &settled)
{
    std::vector<double> pauses;
    std::vector<double> busy;
    for (int round = 0; round < rounds; ++round) {
        PauseWatch watch;
        const auto quietFor = [&watch](int ticks) {
            const int from = watch.ticks();
            runUntil([&] { return watch.ticks() > from + ticks; });
        };
        watch.start();
        before();
        quietFor(20);
        watch.stop();
        watch.start();
        bool acted = false;
        QTimer::singleShot(0, m_table, [&] {
            action();
            acted = true;
        });
        runUntil([&] { return acted && settled(); });
        quietFor(20);
        watch.stop();
        pauses.push_back(watch.longest());
        busy.push_back(watch.longestBusy());
    }
    const QByteArray line = "matrix: " + what + ", longest pause";
    const bool kept = atMost(line.constData(), median(pauses), frameMilliseconds, " ms");
    if (!kept)
        std::printf("    processor time in it %.2f ms, best pause %.2f ms\n", median(busy),
                    minimum(pauses));
    return kept;
}

QList<PermitTableModel::Column> Matrix::shownColumns() const
{
    QList<PermitTableModel::Column> columns;
    for (int column = 0; column < PermitTableModel::ColumnCount; ++column) {
        if (!m_table->isColumnHidden(column))
            columns << PermitTableModel::Column(column);
    }
    return columns;
}

bool Matrix::sortsAreQuick()
{
    bool kept = true;
    for (const int column : shownColumns()) {
        const QByteArray name =
            m_table->model()->headerData(column, Qt::Horizontal).toString().toUtf8();
        const Step up = [&] { m_table->sortByColumn(column, Qt::AscendingOrder); };
        const Step down = [&] { m_table->sortByColumn(column, Qt::DescendingOrder); };
        kept &= pauseOf("sort up by " + name, down, up);
        kept &= pauseOf("sort down by " + name, up, down);
    }
    m_table->sortByColumn(PermitTableModel::EntityColumn, Qt::AscendingOrder);
    return kept;
}

bool Matrix::searchesAreQuick()
{
    const Step clear = [this] { m_search->clear(); };
    bool kept = true;
    for (const char *text : {"w", "wallet 7", "vehicle 077", "nothing has this"}) {
        const Step search = [&] { m_search->setText(QLatin1String(text)); };
        kept &= pauseOf(QByteArray("search for ") + text, clear, search);
        kept &= pauseOf(QByteArray("search for ") + text + " cleared", search, clear);
    }
    clear();
    return kept;
}

bool Matrix::filtersAreQuick()
{
    QComboBox *states = combo("Status filter");
    const Step none = [&] { states->setCurrentIndex(0); };
    bool kept = true;
    for (const PermitState state : {PermitState::Usable, PermitState::NotChecked}) {
        const int index = states->findData(int(state));
        const QByteArray name = states->itemText(index).toUtf8();
        const Step only = [&] { states->setCurrentIndex(index); };
        kept &= pauseOf("only " + name, none, only);
        kept &= pauseOf("only " + name + ", taken back", only, none);
    }
    none();
    return kept;
}

bool Matrix::groupsAreQuick()
{
    using Grouping = PermitFilterModel::Grouping;
    QComboBox *groups = combo("Groups");
    const auto choose = [&](Grouping grouping) {
        return [groups, grouping] { groups->setCurrentIndex(groups->findData(int(grouping))); };
    };
    const Step none = choose(Grouping::None);
    bool kept = true;
    for (const Grouping grouping : {Grouping::ByEntity, Grouping::ByWallet}) {
        const QByteArray name = grouping == Grouping::ByEntity ? "entity" : "wallet";
        kept &= pauseOf("group by " + name, none, choose(grouping));
        kept &= pauseOf("group by " + name + ", taken back", choose(grouping), none);
    }
    none();
    return kept;
}

bool Matrix::ticksAreQuick()
{
    bool kept = true;
    for (const char *grouping : {"Not grouped", "By entity"}) {
        combo("Groups")->setCurrentText(QLatin1String(grouping));
        QElapsedTimer second;
        kept &= pauseOf(
            QByteArray("a second goes by, ") + grouping, [] {}, [&] { second.start(); },
            [&] { return second.elapsed() > 1100; });
    }
    combo("Groups")->setCurrentIndex(0);
    return kept;
}

bool Matrix::verdictsAreQuick()
{
    bool all = false;
    const auto seen = QObject::connect(m_desk, &PermitDesk::rowsChanged, &m_page,
                                       [&all](int, int last) { all |= last == rowCount - 1; });
    // Whoever it is: every permit is held against what is known of its signer then.
    const bool kept = pauseOf(
        "every permit verified again", [&all] { all = false; },
        [this] { m_desk->acceptSigner(readyWallet(0)); }, [&all] { return all; });
    QObject::disconnect(seen);
    return kept;
}

bool Matrix::exportsAreQuick()
{
    const auto dialog = [this] { return m_page.findChild<ExportDialog *>(); };
    bool previewed = false;
    const Step close = [&] {
        previewed = false;
        delete dialog();
        m_table->clearSelection();
    };
    const Step open = [&] {
        m_page.exportPermits();
        previewed = !dialog()->isPreviewDue();
        QObject::connect(dialog(), &ExportDialog::previewed, &m_page,
                         [&previewed] { previewed = true; });
    };
    const bool kept =
        pauseOf("every permit in an export's preview", close, open, [&] { return previewed; });
    close();
    return kept;
}

bool Matrix::callsAreQuick()
{
    const auto idle = [this] { return m_desk->running() == 0; };
    bool kept = pauseOf(
        "one permit asked for", [] {}, [this] { m_desk->request({4321}); }, idle);
    kept &= pauseOf(
        "300 permits asked for", [] {}, [this] { m_desk->request(rowsOf(1000, 300)); }, idle);
    kept &= pauseOf(
        "check all, then cancel", [] {},
        [this] {
            m_desk->check(rowsOf(0, rowCount));
            QTimer::singleShot(100, m_desk, &PermitDesk::cancel);
        },
        idle);
    return kept;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Matrix matrix;
    if (!matrix.fill()) {
        std::fprintf(stderr, "bench: a row has no permit\n");
        return 2;
    }
    bool kept = matrix.isLean();
    kept &= matrix.sortsAreQuick();
    kept &= matrix.searchesAreQuick();
    kept &= matrix.filtersAreQuick();
    kept &= matrix.groupsAreQuick();
    kept &= matrix.ticksAreQuick();
    kept &= matrix.verdictsAreQuick();
    kept &= matrix.exportsAreQuick();
    kept &= matrix.callsAreQuick(); // last: checks take permits back
    return kept ? 0 : 1;
}
