// SPDX-License-Identifier: GPL-3.0-or-later
// Time from exec to first paint, and memory (PSS) right after it, as ratios against a bare Qt
// window with a table. Each round starts all programs in turn, so that whatever else the machine
// does falls on each of them; the first start (no sale) and a later one (a sale and an account
// remembered) are both measured. Argument: the number of rounds.
#include "app/config/preferences.h"
#include "tests/bench/figures.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdlib>

using namespace sonar;
using namespace sonar::bench;

namespace {

struct Candidate
{
    const char *name;
    QString program;
    QStringList arguments;
    QString home;
    std::vector<double> milliseconds = {};
    std::vector<double> mebibytes = {};
};

double pssOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/smaps_rollup").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("Pss:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return 0;
}

/// Starts the program, waits for its word "first paint", reads its memory, ends it.
void measure(Candidate &candidate)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), candidate.home);
    environment.insert(QStringLiteral("XDG_DATA_HOME"), candidate.home);
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setReadChannel(QProcess::StandardError);
    QElapsedTimer timer;
    timer.start();
    process.start(candidate.program, candidate.arguments);
    QByteArray output;
    while (!output.contains("first paint") && process.waitForReadyRead(20'000))
        output += process.readAll();
    const double milliseconds = double(timer.nsecsElapsed()) / 1e6;
    candidate.mebibytes.push_back(pssOf(process.processId()));
    candidate.milliseconds.push_back(milliseconds);
    process.kill();
    process.waitForFinished();
    if (!output.contains("first paint")) {
        std::fprintf(stderr, "bench: %s never painted: %s\n", candidate.name, output.constData());
        std::exit(2);
    }
}

/// What a user who was here before has: one sale, one account.
void remember(const QString &home)
{
    qputenv("XDG_CONFIG_HOME", home.toLocal8Bit());
    QCoreApplication::setOrganizationName(QStringLiteral("sonar-desktop"));
    QCoreApplication::setApplicationName(QStringLiteral("sonar-desktop"));
    Sale sale;
    sale.name = QStringLiteral("Example sale");
    sale.saleUuid = QStringLiteral("a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8");
    sale.clientUuid = QStringLiteral("b1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8");
    sale.redirectUris << QStringLiteral("http://localhost:3000/oauth/callback");
    sale.frontendUrl = QUrl(QStringLiteral("https://app.echo.xyz"));
    sale.apiUrl = QUrl(QStringLiteral("https://api.echo.xyz"));
    Preferences preferences(Preferences::defaultPath());
    preferences.setSales({sale});
    preferences.setAccounts({{QStringLiteral("ada"), QStringLiteral("Ada")}});
    preferences.setCurrent(QStringLiteral("ada"), sale.saleUuid);
}

bool report(const Candidate &bare, const Candidate &ours)
{
    std::printf("startup: %s: first paint %.1f ms (best %.1f; bare %.1f, best %.1f), "
                "memory %.1f MiB (bare %.1f)\n",
                ours.name, median(ours.milliseconds), minimum(ours.milliseconds),
                median(bare.milliseconds), minimum(bare.milliseconds), median(ours.mebibytes),
                median(bare.mebibytes));
    bool kept = atMost("startup: exec to first paint against a bare window",
                       median(ours.milliseconds) / median(bare.milliseconds), 1.5);
    kept &= atMost("startup: memory (PSS) against a bare window",
                   median(ours.mebibytes) / median(bare.mebibytes), 1.6);
    return kept;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 25;
    const QTemporaryDir emptyHome;
    const QTemporaryDir knownHome;
    remember(knownHome.path());
    const QString desktop = QStringLiteral(DESKTOP_PROGRAM);
    const QStringList talkative{QStringLiteral("--log-level"), QStringLiteral("debug")};
    Candidate candidates[] = {
        {"bare window", QStringLiteral(BARE_PROGRAM), {}, emptyHome.path()},
        {"first start", desktop, talkative, emptyHome.path()},
        {"with a sale", desktop, talkative, knownHome.path()},
    };
    for (Candidate &candidate : candidates) { // fills the page cache for each
        measure(candidate);
        candidate.milliseconds.clear();
        candidate.mebibytes.clear();
    }
    for (int round = 0; round < rounds; ++round) {
        for (Candidate &candidate : candidates)
            measure(candidate);
    }
    const bool first = report(candidates[0], candidates[1]);
    const bool later = report(candidates[0], candidates[2]);
    return first && later ? 0 : 1;
}
