// SPDX-License-Identifier: GPL-3.0-or-later
// The permits page with every pair of 250 entities and 200 wallets: how long the window stands
// still while wallets leave the wallet book and their pairs leave the table, selected, sorted and
// grouped as they are.
#include "tests/bench/benchworld.h"
#include "tests/bench/figures.h"
#include "tests/bench/pausewatch.h"
#include "ui/permits/permitfiltermodel.h"
#include "ui/permits/permitspage.h"

#include <QApplication>
#include <QComboBox>
#include <QTableView>

#include <cstdlib>

using namespace sonar;
using namespace sonar::bench;

namespace {

constexpr int entityCount = 250;
constexpr int walletCount = 200;
constexpr int rounds = 7;
constexpr double frameMilliseconds = 16;

class Removal
{
public:
    Removal();

    /// False when the median of the longest pauses is above a frame.
    bool isQuick(const QByteArray &what, int count, PermitFilterModel::Grouping grouping);

private:
    bool shows(qsizetype wallets) const
    {
        return m_desk->rows().size() == wallets * entityCount &&
               m_filtered->sourceRows().size() == wallets * entityCount;
    }

    BenchWorld m_world;
    PermitsPage m_page;
    PermitDesk *m_desk;
    QTableView *m_table;
    PermitFilterModel *m_filtered;
    QList<Wallet> m_wallets;
};

Removal::Removal()
    : m_world(0, QStringLiteral("fund"))
    , m_desk(m_world.desk())
    , m_table(m_page.findChild<QTableView *>())
    , m_filtered(qobject_cast<PermitFilterModel *>(m_table->model()))
{
    for (int i = 0; i < walletCount; ++i)
        m_wallets << Wallet{readyWallet(i),
                            QStringLiteral("Wallet %1").arg(i * 7919 % walletCount)};
    m_page.resize(1280, 800);
    m_page.show();
    m_page.setShowsEveryPair(true);
    m_page.setWorkspace(m_world.workspace());
}

bool Removal::isQuick(const QByteArray &what, int count, PermitFilterModel::Grouping grouping)
{
    auto *groups = m_page.findChild<QComboBox *>(QStringLiteral("permitGroups"));
    if (!groups) {
        std::fprintf(stderr, "bench: the page has no groups\n");
        std::exit(2);
    }
    QList<Wallet> left = m_wallets;
    for (int i = 0; i < count; ++i)
        left.removeAt((walletCount / count - 1) * i + walletCount / count / 2);
    std::vector<double> pauses;
    std::vector<double> busy;
    for (int round = 0; round < rounds; ++round) {
        PauseWatch watch;
        const auto quietFor = [&watch](int ticks) {
            const int from = watch.ticks();
            runUntil([&] { return watch.ticks() > from + ticks; });
        };
        groups->setCurrentIndex(groups->findData(int(PermitFilterModel::Grouping::None)));
        m_page.setWallets(m_wallets);
        runUntil([this] { return shows(walletCount); });
        groups->setCurrentIndex(groups->findData(int(grouping)));
        m_table->selectRow(3);
        watch.start();
        quietFor(300);
        watch.stop();
        watch.start();
        bool acted = false;
        QTimer::singleShot(0, m_table, [&] {
            m_page.setWallets(left);
            acted = true;
        });
        runUntil([&] { return acted && shows(left.size()); });
        quietFor(300);
        watch.stop();
        pauses.push_back(watch.longest());
        busy.push_back(watch.longestBusy());
    }
    const QByteArray line = "removal: " + what + " of 50,000 pairs, longest pause";
    const bool kept = atMost(line.constData(), median(pauses), frameMilliseconds, " ms");
    if (!kept)
        std::printf("    processor time in it %.2f ms, best pause %.2f ms\n", median(busy),
                    minimum(pauses));
    return kept;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Removal removal;
    using Grouping = PermitFilterModel::Grouping;
    bool kept = removal.isQuick("one wallet", 1, Grouping::None);
    kept &= removal.isQuick("20 scattered wallets", 20, Grouping::None);
    kept &= removal.isQuick("20 wallets, grouped by entity,", 20, Grouping::ByEntity);
    return kept ? 0 : 1;
}
