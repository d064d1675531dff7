// SPDX-License-Identifier: GPL-3.0-or-later
// Time from exec to first paint and memory (PSS) right after it, as ratios against a bare Qt window
// with a table, both taken in turn within this run. Arguments: none. By hand:
// build/ci/tests/bench/bench_startup
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

struct Sample
{
    double milliseconds = 0;
    double kibibytes = 0;
};

double pssOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/smaps_rollup").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("Pss:"))
            return line.simplified().split(' ').value(1).toDouble();
    }
    return 0;
}

/// Starts the program, waits for its word "first paint", reads its memory, ends it.
Sample measure(const QString &program, const QStringList &arguments)
{
    QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.path());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), home.path());
    QProcess process;
    process.setProcessEnvironment(environment);
    QElapsedTimer timer;
    timer.start();
    process.start(program, arguments);
    QByteArray output;
    while (!output.contains("first paint") && process.waitForReadyRead(10'000))
        output += process.readAllStandardError();
    const Sample sample{double(timer.nsecsElapsed()) / 1e6, pssOf(process.processId())};
    process.kill();
    process.waitForFinished();
    if (!output.contains("first paint")) {
        std::fprintf(stderr, "%s never painted\n", qPrintable(program));
        std::exit(1);
    }
    return sample;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString bare = QStringLiteral(BARE_PROGRAM);
    const QString desktop = QStringLiteral(DESKTOP_PROGRAM);
    const QStringList arguments{QStringLiteral("--log-level"), QStringLiteral("debug")};
    measure(bare, {}); // warm the page cache for both
    measure(desktop, arguments);
    std::vector<double> times[2];
    std::vector<double> memory[2];
    for (int round = 0; round < 15; ++round) {
        for (const int which : {0, 1}) {
            const Sample sample = which == 0 ? measure(bare, {}) : measure(desktop, arguments);
            times[which].push_back(sample.milliseconds);
            memory[which].push_back(sample.kibibytes);
        }
    }
    std::printf("first paint: bare %.1f ms, sonar-desktop %.1f ms, ratio %.2f (at most 1.5)\n",
                median(times[0]), median(times[1]), median(times[1]) / median(times[0]));
    std::printf("memory (PSS): bare %.1f MiB, sonar-desktop %.1f MiB, ratio %.2f (at most 1.6)\n",
                median(memory[0]) / 1024, median(memory[1]) / 1024,
                median(memory[1]) / median(memory[0]));
    return 0;
}
