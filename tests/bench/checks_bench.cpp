// SPDX-License-Identifier: GPL-3.0-or-later
// A thousand checks against a sandbox that takes 50 ms for each answer, six in flight: how near the
// whole comes to the time that the sandbox alone needs.
#include "app/sonar/sonarclient.h"
#include "tests/bench/benchworld.h"
#include "tests/bench/figures.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <numeric>

using namespace sonar;
using namespace sonar::bench;

namespace {

constexpr int checks = 1000;
constexpr int latency = 50;
constexpr int rounds = 3;

QList<int> rowsOf(int count)
{
    QList<int> rows(count);
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

double secondsFor(PermitDesk *desk, int count)
{
    QElapsedTimer timer;
    timer.start();
    desk->check(rowsOf(count));
    runUntil([desk] { return desk->running() == 0; });
    return double(timer.nsecsElapsed()) / 1e9;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const BenchWorld world(latency);
    PermitDesk *desk = world.desk();
    for (int i = 0; i < checks; ++i)
        desk->add(world.entities().first(), readyWallet(i), {});

    secondsFor(desk, 2 * SonarClient::mostInFlight); // opens the connections
    std::vector<double> seconds;
    seconds.reserve(rounds);
    for (int round = 0; round < rounds; ++round)
        seconds.push_back(secondsFor(desk, checks));
    for (const PermitRow &row : desk->rows()) {
        if (row.status != PermitStatus::Ready) {
            std::fprintf(stderr, "bench: a check ended in another state\n");
            return 2;
        }
    }
    const int turns = (checks + SonarClient::mostInFlight - 1) / SonarClient::mostInFlight;
    const double ideal = turns * latency / 1000.0;
    std::printf("checks: ideal %.2f s, best of %d %.2f s, median %.2f s\n", ideal, rounds,
                minimum(seconds), median(seconds));
    return atMost("checks: 1,000 at 50 ms, 6 in flight, against the ideal",
                  minimum(seconds) / ideal, 1.15)
               ? 0
               : 1;
}
