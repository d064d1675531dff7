// SPDX-License-Identifier: GPL-3.0-or-later
// The program, killed at any moment while it starts, connects, refreshes and saves. Every start
// finds its way: it is connected or asks to connect.
#include "tests/e2e/programs.h"
#include "tests/support/waiting.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <QThread>

#include <algorithm>
#include <cmath>

using namespace sonar::test;

namespace {

/// From one sign of life to the next.
enum class Phase {
    Starting,   ///< exec to what the keychain held
    Browsing,   ///< Connect to the code
    Exchanging, ///< the code to the tokens in the keychain
    Refreshing, ///< both saves and the service's answer in between
    Settled,    ///< after that
};

/// Spread over 0 … 1.1 of a phase's usual time without a pattern that it could hide in.
double moment(int number)
{
    return std::fmod(number * 0.618'033'988'749'895, 1.0) * 1.1;
}

/// One start of the program, followed through what it says of its session.
class Start
{
public:
    Start(const World &world, const QStringList &arguments)
        : m_log(world.path(QStringLiteral("killed-output.txt")))
    {
        m_log.open(QIODevice::WriteOnly | QIODevice::Append);
        m_process.setProcessEnvironment(world.environment(QStringLiteral("authorize")));
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_clock.start();
        m_process.start(QStringLiteral(DESKTOP_PROGRAM),
                        QStringList{QStringLiteral("--log-level"), QStringLiteral("info")} +
                            arguments);
        m_process.waitForStarted();
    }
    ~Start() { kill(); }
    Q_DISABLE_COPY_MOVE(Start)

    bool says(const QByteArray &state)
    {
        const QByteArray news = m_process.readAll();
        m_log.write(news);
        m_said += news;
        return m_said.contains("session: " + state + '\n');
    }
    bool runs() const { return m_process.state() != QProcess::NotRunning; }
    qint64 pid() const { return m_process.processId(); }
    qint64 milliseconds() const { return m_clock.elapsed(); }
    QByteArray said() const { return m_said; }

    void kill()
    {
        m_process.kill();
        m_process.waitForFinished(-1);
        says({});
    }

private:
    QFile m_log;
    QProcess m_process;
    QElapsedTimer m_clock;
    QByteArray m_said;
};

class Killed : public EndToEnd
{
protected:
    Killed()
        : EndToEnd(Opener::Visitor)
        , sandbox(world, {QStringLiteral("--access-token-seconds"), QStringLiteral("2")})
    {}

    bool waitFor(const char *what, Start &start, const std::function<bool()> &condition)
    {
        const bool met = waitUntil([&] { return condition() || !start.runs(); }, patience);
        EXPECT_TRUE(met && start.runs())
            << what << (met ? ": the program ended by itself" : ": the program is stuck") << '\n'
            << start.said().constData();
        return met && start.runs();
    }

    bool waitForState(Start &start)
    {
        return waitFor("what the keychain held", start,
                       [&] { return start.says("connected") || start.says("not connected"); });
    }

    bool pressConnect(Start &start)
    {
        const bool pressed = ScreenReader(start.pid()).press(QStringLiteral("Connect"));
        EXPECT_TRUE(pressed) << "not connected, and no way to connect";
        return pressed;
    }

    qint64 storySize() const { return QFileInfo(world.path(QStringLiteral("story.jsonl"))).size(); }

    /// Remembers how long a phase took, and is the usual time of it.
    void took(Phase phase, qint64 milliseconds)
    {
        qint64 &usual = m_usual[phase];
        usual = usual == 0 ? milliseconds : (usual * 3 + milliseconds) / 4;
    }

    void sleepInto(Phase phase, int number)
    {
        // Not a wait for something: the moment itself is what is tested.
        const double usual = double(m_usual.value(phase, 200));
        QThread::usleep(qulonglong(usual * moment(number) * 1000));
        ++kills[phase];
    }

    /// Every phase gets its share, however long each lasts on this machine.
    Phase leastMet(std::initializer_list<Phase> phases) const
    {
        return *std::min_element(phases.begin(), phases.end(), [this](Phase one, Phase other) {
            return kills.value(one) < kills.value(other);
        });
    }

    void startAndKill(int number);
    void killWhileConnecting(Start &start, int number);
    void killWhileRefreshing(Start &start, int number);

    Sandbox sandbox;
    QHash<Phase, int> kills;

private:
    QHash<Phase, qint64> m_usual;
};

void Killed::startAndKill(int number)
{
    Start start(world, number == 0 ? sandbox.saleArguments() : QStringList());
    if (number % 8 == 7) {
        sleepInto(Phase::Starting, number);
        start.kill();
        return;
    }
    if (!waitForState(start))
        return;
    took(Phase::Starting, start.milliseconds());
    if (start.says("not connected"))
        killWhileConnecting(start, number);
    else
        killWhileRefreshing(start, number);
    start.kill();
}

void Killed::killWhileConnecting(Start &start, int number)
{
    const qint64 before = storySize();
    const qint64 begun = start.milliseconds();
    if (!pressConnect(start))
        return;
    const Phase last = leastMet({Phase::Browsing, Phase::Exchanging, Phase::Settled});
    if (last == Phase::Browsing) {
        sleepInto(last, number);
        return;
    }
    if (!waitFor("the code", start, [&] { return storySize() > before; }))
        return;
    took(Phase::Browsing, start.milliseconds() - begun);
    const qint64 coded = start.milliseconds();
    if (last == Phase::Exchanging) {
        sleepInto(last, number);
        return;
    }
    if (!waitFor("the sign-in", start, [&] { return start.says("connected"); }))
        return;
    took(Phase::Exchanging, start.milliseconds() - coded);
    sleepInto(Phase::Settled, number);
}

/// Every start refreshes: access tokens of 2 s have less than 300 s left.
void Killed::killWhileRefreshing(Start &start, int number)
{
    if (start.says("without a refresh token")) {
        sleepInto(Phase::Settled, number);
        return;
    }
    if (!waitFor("the refresh", start, [&] { return start.says("refreshing"); }))
        return;
    const qint64 begun = start.milliseconds();
    if (number % 4 != 0) {
        sleepInto(Phase::Refreshing, number);
        return;
    }
    if (!waitFor("the refreshed tokens", start, [&] { return start.says("refreshed"); }))
        return;
    took(Phase::Refreshing, start.milliseconds() - begun);
    sleepInto(Phase::Settled, number);
}

} // namespace

TEST_F(Killed, AtAnyMomentTheNextStartIsConnectedOrAsksToConnect)
{
    const int starts = qEnvironmentVariableIntValue("SONAR_KILLS", nullptr) > 0
                           ? qEnvironmentVariableIntValue("SONAR_KILLS")
                           : 100;
    const int half = qMax(1, qEnvironmentVariableIntValue("SONAR_KILL_HALF"));
    for (int i = 0; i < starts && !HasFailure(); ++i)
        startAndKill(i == 0 ? 0 : (half - 1) * starts + i);
    ASSERT_FALSE(HasFailure());
    for (const Phase phase :
         {Phase::Starting, Phase::Browsing, Phase::Exchanging, Phase::Refreshing, Phase::Settled}) {
        RecordProperty("killed in phase " + std::to_string(int(phase)), kills[phase]);
        EXPECT_GE(kills[phase], starts / 20) << "phase " << int(phase) << " was hardly met";
    }

    // After all that it still works: the last one connects if it must, and shows the entities.
    Desktop last(world, {});
    ASSERT_TRUE(waitUntil(
        [&] {
            return last.screen().find(QStringLiteral("push button"), QStringLiteral("Connect")) ||
                   last.screen().waitForText(QStringLiteral("Borealis Capital"), 0);
        },
        patience))
        << qPrintable(last.screen().dump());
    if (last.screen().find(QStringLiteral("push button"), QStringLiteral("Connect")))
        last.screen().press(QStringLiteral("Connect"));
    EXPECT_TRUE(last.screen().waitForText(QStringLiteral("Borealis Capital")))
        << qPrintable(last.screen().dump());
    EXPECT_TRUE(last.quit());

    QSet<QString> presented;
    for (const QJsonObject &entry : world.story()) {
        if (entry.value(QLatin1String("kind")).toString() != QLatin1String("refresh"))
            continue;
        const QString token = entry.value(QLatin1String("text")).toString();
        EXPECT_FALSE(presented.contains(token)) << "a refresh token was sent twice";
        EXPECT_EQ(entry.value(QLatin1String("outcome")).toString(), QLatin1String("taken"));
        presented << token;
    }
    EXPECT_GE(presented.size(), starts / 10) << "hardly any start refreshed";
}
