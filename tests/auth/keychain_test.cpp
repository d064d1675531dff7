// SPDX-License-Identifier: GPL-3.0-or-later
// Against a real gnome-keyring: run by tests/support/with-keyring.
#include "app/auth/keychainerrors.h"
#include "app/auth/keychainjob.h"
#include "app/auth/storedtokens.h"
#include "app/auth/tokenstore.h"

#include "tests/auth/sessionworld.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTimer>
#include <QUuid>

#include <gtest/gtest.h>

#include <csignal>

using namespace sonar;
using namespace sonar::test;
using storedtokens::Secret;
using storedtokens::Slot;

namespace {

const TokenKey ada{QStringLiteral("ada"), QStringLiteral("https://api.example:443")};
constexpr int jobLimit = 10'000;

TokenSet smallSet()
{
    return {"access-s3cret", "refresh-s3cret", 1'790'003'600};
}

TokenSet bigSet(char filling = 'x')
{
    return {QByteArray(9'000, filling), QByteArray(5'000, char(filling + 1)), 1'790'003'600};
}

/// A service name of its own for every test.
class Keychain : public ::testing::Test
{
protected:
    std::optional<QString> entry(const QString &name) const
    {
        const auto read = awaited(keychain::read(service, name, jobLimit));
        EXPECT_TRUE(read) << qPrintable(read ? QString() : read.error().report());
        return read ? *read : std::nullopt;
    }
    void put(const QString &name, const QString &value) const
    {
        ASSERT_TRUE(awaited(keychain::write(service, name, value, jobLimit)));
    }
    void erase(const QString &name) const
    {
        ASSERT_TRUE(awaited(keychain::has(service, name, jobLimit)).value_or(false));
        ASSERT_TRUE(awaited(keychain::erase(service, name, jobLimit)));
    }
    std::optional<TokenSet> load(const TokenKey &key = ada)
    {
        const auto loaded = awaited(store.load(key));
        EXPECT_TRUE(loaded) << qPrintable(loaded ? QString() : loaded.error().report());
        return loaded ? *loaded : std::nullopt;
    }
    void expectIncomplete(const TokenKey &key = ada)
    {
        const auto loaded = awaited(store.load(key));
        ASSERT_FALSE(loaded);
        EXPECT_EQ(loaded.error().kind, ErrorKind::Malformed);
        EXPECT_EQ(loaded.error().summary,
                  QStringLiteral("The stored session is incomplete. Connect again."));
        EXPECT_FALSE(loaded.error().report().contains(QStringLiteral("s3cret")));
    }
    void save(const TokenSet &tokens, const TokenKey &key = ada)
    {
        const auto saved = awaited(store.save(key, tokens));
        ASSERT_TRUE(saved) << qPrintable(saved.error().report());
    }
    /// All entries of the service, as another program sees them.
    QByteArray listing() const
    {
        QProcess tool;
        tool.setProcessChannelMode(QProcess::MergedChannels);
        tool.start(
            QStringLiteral("secret-tool"),
            {QStringLiteral("search"), QStringLiteral("--all"), QStringLiteral("server"), service});
        EXPECT_TRUE(tool.waitForFinished());
        return tool.readAll();
    }

    QString service = QStringLiteral("sonar test ") + QUuid::createUuid().toString(QUuid::Id128);
    explicit Keychain(qsizetype roomInEntry = storedtokens::usualRoom)
        : store(service, jobLimit, roomInEntry)
    {}
    KeychainTokenStore store;
};

/// Where a long set is split, as on Windows and by older versions.
class TightKeychain : public Keychain
{
protected:
    TightKeychain()
        : Keychain(100)
    {}
};

/// After the others, which need it unlocked.
class LockedKeychain : public Keychain
{};

/// Counts how often the event loop came round.
class Pulse
{
public:
    Pulse()
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { ++m_beats; });
        m_timer.start(interval);
        m_time.start();
    }
    /// Of the beats that were due at least one in ten came, however long or short it all took.
    bool wasSteady() const { return m_beats > 0 && m_beats * 10 * interval >= m_time.elapsed(); }

private:
    static constexpr int interval = 10;
    QTimer m_timer;
    QElapsedTimer m_time;
    qint64 m_beats = 0;
};

/// The keyring stands still while this lives.
class StoppedKeyring
{
public:
    StoppedKeyring() { ::kill(id(), SIGSTOP); }
    ~StoppedKeyring() { resume(); }
    Q_DISABLE_COPY_MOVE(StoppedKeyring)
    void resume() { ::kill(id(), SIGCONT); }
    static pid_t id() { return qEnvironmentVariableIntValue("KEYRING_PID"); }
};

/// A variable of the environment that has another value for a while.
class OtherEnvironment
{
public:
    OtherEnvironment(const char *name, const QByteArray &value)
        : m_name(name)
        , m_before(qgetenv(name))
    {
        qputenv(name, value);
    }
    ~OtherEnvironment() { qputenv(m_name, m_before); }
    Q_DISABLE_COPY_MOVE(OtherEnvironment)

private:
    const char *m_name;
    QByteArray m_before;
};

void expectKeychainError(const Error &error)
{
    EXPECT_EQ(error.kind, ErrorKind::Keychain);
    EXPECT_FALSE(error.summary.isEmpty());
    EXPECT_FALSE(error.advice.isEmpty());
    EXPECT_FALSE(error.report().contains(QStringLiteral("s3cret")));
}

} // namespace

TEST_F(Keychain, TokensGoThereAndBack)
{
    EXPECT_FALSE(load());
    for (const TokenSet &tokens :
         {smallSet(), bigSet(), TokenSet{"a", {}, 7}, bigSet('c'), smallSet()}) {
        save(tokens);
        EXPECT_EQ(load(), tokens);
        // Another start of the program sees the same.
        KeychainTokenStore later(service, jobLimit);
        EXPECT_EQ(*awaited(later.load(ada)), tokens);
    }
    EXPECT_TRUE(awaited(store.remove(ada)));
    EXPECT_FALSE(load());
    EXPECT_TRUE(awaited(store.remove(ada))) << "nothing to remove is no fault";
}

TEST_F(Keychain, SetIsOneEntryAndSweepsWhatASplitOneLeft)
{
    KeychainTokenStore tight(service, jobLimit, 100);
    ASSERT_TRUE(awaited(tight.save(ada, bigSet())));
    EXPECT_EQ(load(), bigSet());
    save(bigSet('c'));
    EXPECT_EQ(listing().count("secret = "), 1) << listing().constData();
    EXPECT_EQ(load(), bigSet('c'));
    const QString name = storedtokens::manifestEntry(ada);
    const QString whole = entry(name).value();
    put(name, whole.chopped(1));
    expectIncomplete();
    QString changed = whole;
    put(name, changed.replace(QStringLiteral("ccc"), QStringLiteral("ccd")));
    expectIncomplete();
    // Somebody's copy is no set of another account's.
    put(storedtokens::manifestEntry({QStringLiteral("grace"), ada.serviceId}), whole);
    expectIncomplete({QStringLiteral("grace"), ada.serviceId});
}

TEST_F(TightKeychain, RemovedTokensLeaveNothingBehind)
{
    save(bigSet());
    save(bigSet('c'));
    save(smallSet(), {QStringLiteral("grace"), ada.serviceId});
    EXPECT_TRUE(listing().contains("user = ada")) << listing().constData();
    ASSERT_TRUE(awaited(store.remove(ada)));
    EXPECT_FALSE(listing().contains("user = ada")) << listing().constData();
    EXPECT_TRUE(listing().contains("user = grace"));
}

TEST_F(TightKeychain, NoEntryIsLongerThanTheTightestStoreTakesAndOldOnesAreSwept)
{
    save(bigSet());
    save(smallSet());
    save(bigSet());
    int entries = 0;
    for (const QByteArray &line : listing().split('\n')) {
        if (!line.startsWith("secret = "))
            continue;
        ++entries;
        EXPECT_LE(line.size() - 9, 2'560);
    }
    EXPECT_EQ(entries, 1 + 4 + 3);
}

TEST_F(TightKeychain, AccountsAndServicesDontMix)
{
    const TokenKey grace{QStringLiteral("grace"), ada.serviceId};
    const TokenKey sandbox{ada.accountId, QStringLiteral("http://127.0.0.1:4000")};
    save(smallSet());
    EXPECT_FALSE(load(grace));
    EXPECT_FALSE(load(sandbox));
    save(bigSet(), grace);
    EXPECT_EQ(load(), smallSet());
    // Even entries that somebody copied are no set of the other's.
    for (const QString &name : {storedtokens::manifestEntry(ada),
                                storedtokens::pieceEntry(ada, Slot::A, Secret::Access, 0),
                                storedtokens::pieceEntry(ada, Slot::A, Secret::Refresh, 0)}) {
        QString copy = name;
        copy.replace(ada.serviceId, sandbox.serviceId);
        put(copy, entry(name).value());
    }
    expectIncomplete(sandbox);
}

TEST_F(TightKeychain, CorruptShortenedAndRobbedSetsAreSaidToBeIncomplete)
{
    const QString manifest = storedtokens::manifestEntry(ada);
    const auto piece = [&](int index) {
        return storedtokens::pieceEntry(ada, Slot::A, Secret::Access, index);
    };
    save(bigSet()); // slot A
    const QString whole = entry(piece(1)).value();
    put(piece(1), whole.chopped(1));
    expectIncomplete();
    put(piece(1), whole);
    EXPECT_EQ(load(), bigSet());
    erase(piece(3)); // removed behind our back
    expectIncomplete();
    put(manifest, QStringLiteral("{\"format\":1"));
    expectIncomplete();
    put(manifest, QStringLiteral("hunter2"));
    expectIncomplete();
    erase(manifest);
    EXPECT_FALSE(load()) << "nothing says that there was one";
    // Saving heals it.
    save(smallSet());
    EXPECT_EQ(load(), smallSet());
    ASSERT_TRUE(awaited(store.remove(ada)));
    EXPECT_FALSE(listing().contains("user = ada"));
}

TEST_F(TightKeychain, SaveThatWasKilledHalfwayLeavesTheOldSet)
{
    save(smallSet());
    // The next set's pieces lie there, its manifest doesn't.
    const auto next = storedtokens::encode(ada, bigSet(), Slot::B);
    put(storedtokens::pieceEntry(ada, Slot::B, Secret::Access, 0), next->access[0]);
    put(storedtokens::pieceEntry(ada, Slot::B, Secret::Access, 1), next->access[1]);
    EXPECT_EQ(load(), smallSet());
    save({"n", "m", 9});
    EXPECT_EQ(load(), (TokenSet{"n", "m", 9}));
    EXPECT_FALSE(entry(storedtokens::pieceEntry(ada, Slot::B, Secret::Access, 1)))
        << "the leftover was swept";
}

TEST_F(Keychain, OperationsKeepTheirOrder)
{
    QList<Outcome<Result<void>>> done;
    for (int i = 0; i < 10; ++i) {
        done << started(store.save(ada, {QByteArray::number(i), "r", i}));
        if (i == 5)
            done << started(store.remove(ada));
    }
    const auto last = started(store.load(ada));
    ASSERT_TRUE(waitUntil([&] { return last->has_value(); }));
    for (const auto &outcome : done)
        EXPECT_TRUE(outcome->has_value() && (*outcome)->has_value());
    EXPECT_EQ(***last, (TokenSet{"9", "r", 9}));
}

TEST_F(TightKeychain, StoreMayGoWhileItsJobRuns)
{
    auto gone = std::make_unique<KeychainTokenStore>(service, jobLimit);
    const auto saved = started(gone->save(ada, bigSet()));
    gone.reset();
    ASSERT_TRUE(waitUntil([&] { return saved->has_value(); }));
    EXPECT_TRUE((*saved)->has_value());
    EXPECT_EQ(load(), bigSet());
}

TEST_F(Keychain, StoppedServiceHoldsNeitherTheWindowNorTheJobForEver)
{
    save(smallSet());
    KeychainTokenStore impatient(service, 400);
    StoppedKeyring stopped;
    const Pulse pulse;
    const auto loaded = awaited(impatient.load(ada));
    ASSERT_FALSE(loaded);
    expectKeychainError(loaded.error());
    EXPECT_TRUE(loaded.error().summary.contains(QStringLiteral("did not answer")));
    const auto saved = awaited(impatient.save(ada, bigSet()));
    ASSERT_FALSE(saved);
    const auto removed = awaited(impatient.remove(ada));
    EXPECT_FALSE(removed);
    EXPECT_TRUE(pulse.wasSteady()) << "the event loop stood still";
    stopped.resume();
    // What had timed out was carried out late, in its order; afterwards all works.
    save(bigSet());
    EXPECT_EQ(load(), bigSet());
}

TEST_F(Keychain, SessionGoesOnInMemoryWhileTheServiceStands)
{
    TurnedClocks clock;
    ScriptedServer server;
    server.play(answered(200, tokenAnswer("access-1", "refresh-1")));
    KeychainTokenStore impatient(service, 2'000);
    Session session({QStringLiteral("ada"), QStringLiteral("x")}, server.url(), &impatient, &clock);
    ASSERT_TRUE(awaited(session.adopt({"access-0", "refresh-0", clock.wall + 400}, false)));
    clock.pass(300);
    StoppedKeyring stopped;
    EXPECT_EQ(awaited(session.accessToken()), QByteArray("access-1"));
    EXPECT_EQ(session.state(), Session::State::Connected);
    EXPECT_TRUE(session.isSessionOnly());
    ASSERT_TRUE(session.storageFault());
    expectKeychainError(*session.storageFault());
}

TEST_F(LockedKeychain, IsSaidWithinTheTimeLimit)
{
    save(smallSet());
    QProcess lock;
    lock.start(QStringLiteral("dbus-send"),
               {QStringLiteral("--session"), QStringLiteral("--print-reply"),
                QStringLiteral("--dest=org.freedesktop.secrets"),
                QStringLiteral("/org/freedesktop/secrets"),
                QStringLiteral("org.freedesktop.Secret.Service.Lock"),
                QStringLiteral("array:objpath:/org/freedesktop/secrets/collection/login")});
    ASSERT_TRUE(lock.waitForFinished());
    ASSERT_EQ(lock.exitCode(), 0) << lock.readAllStandardError().constData();
    KeychainTokenStore impatient(service, 2'000);
    const Pulse pulse;
    const auto loaded = awaited(impatient.load(ada));
    // Nobody can be asked here: the service gives up, or the time limit does.
    ASSERT_FALSE(loaded);
    expectKeychainError(loaded.error());
    EXPECT_TRUE(loaded.error().summary.contains(QStringLiteral("locked")))
        << qPrintable(loaded.error().report());
    const auto removed = awaited(impatient.remove(ada));
    ASSERT_FALSE(removed) << "it is still there";
    expectKeychainError(removed.error());
    const auto saved = awaited(impatient.save(ada, smallSet()));
    ASSERT_FALSE(saved);
    expectKeychainError(saved.error());
    EXPECT_TRUE(pulse.wasSteady()) << "the event loop stood still";
}

TEST(KeychainWithout, EachFaultHasItsOwnSentence)
{
    QStringList sentences;
    for (const Error &error :
         {keychainFault(QKeychain::AccessDenied, {}),
          keychainFault(QKeychain::NoBackendAvailable, {}),
          keychainFault(QKeychain::OtherError,
                        QStringLiteral("GDBus.Error:org.freedesktop.DBus.Error.NoReply: x")),
          keychainFault(QKeychain::OtherError, QStringLiteral("what")), keychainTimedOut(20'000),
          keychainFault(QKeychain::AccessDeniedByUser, {}), keychainRefusedToRead(),
          keychainDidNotSave(), keychainDidNotRemove(), keychainWithoutDefault()}) {
        expectKeychainError(error);
        EXPECT_FALSE(sentences.contains(error.summary)) << qPrintable(error.summary);
        sentences << error.summary;
    }
    for (const char *text :
         {"The name org.freedesktop.secrets was not provided by any .service files",
          "GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: x"})
        EXPECT_EQ(keychainFault(QKeychain::OtherError, QString::fromLatin1(text)).summary,
                  sentences[1]);
    EXPECT_EQ(keychainFault(QKeychain::OtherError,
                            QStringLiteral("Cannot create an item in a locked collection"))
                  .summary,
              sentences[0]);
    const OtherEnvironment noBus("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    const Error error = keychainFault(QKeychain::OtherError, QStringLiteral("Could not connect"));
    expectKeychainError(error);
    EXPECT_TRUE(error.summary.contains(QStringLiteral("D-Bus")));
    EXPECT_FALSE(isSessionBusReachable());
}

namespace {

/// What a fresh process that saves and loads says; `whileItWaits` runs once its event loop has come
/// round many times without an answer.
QString probe(const QProcessEnvironment &environment,
              const std::function<void()> &whileItWaits = {})
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(KEYCHAIN_PROBE),
                  {QStringLiteral("sonar probe"), QStringLiteral("3000")});
    EXPECT_TRUE(process.waitForStarted());
    QByteArray output;
    if (whileItWaits) {
        while (!output.contains("waiting\n") && process.waitForReadyRead())
            output += process.readAllStandardOutput();
        EXPECT_EQ(output, "waiting\n");
        whileItWaits();
    }
    EXPECT_TRUE(process.waitForFinished());
    EXPECT_EQ(process.exitCode(), 0);
    return QString::fromUtf8(output + process.readAllStandardOutput());
}

} // namespace

TEST(KeychainWithout, NoBusAtAllIsSaidAtOnce)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                       QStringLiteral("unix:path=/nonexistent/bus"));
    const QString said = probe(environment);
    EXPECT_TRUE(said.contains(QStringLiteral("no session bus"))) << qPrintable(said);
    EXPECT_FALSE(said.contains(QStringLiteral("s3cret")));
}

TEST(KeychainWithout, BusWithoutServiceIsSaid)
{
    // A bus of its own that can start nothing.
    QProcess bus;
    bus.start(QStringLiteral("dbus-daemon"),
              {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
               QStringLiteral("--config-file=%1/bare-bus.conf").arg(QStringLiteral(TEST_DATA))});
    ASSERT_TRUE(bus.waitForStarted());
    ASSERT_TRUE(bus.waitForReadyRead());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                       QString::fromUtf8(bus.readLine()).trimmed());
    const QString said = probe(environment);
    EXPECT_TRUE(said.contains(QStringLiteral("No keychain is running"))) << qPrintable(said);
    bus.kill();
    bus.waitForFinished();
}

// Last: the keyring doesn't live through it.
TEST(ZKeychainKilled, ServiceKilledWhileAJobRunsIsSaidAndTheLoopLives)
{
    ::kill(StoppedKeyring::id(), SIGSTOP);
    const QString said = probe(QProcessEnvironment::systemEnvironment(), [] {
        ::kill(StoppedKeyring::id(), SIGKILL);
        EXPECT_TRUE(waitUntil([] { return ::kill(StoppedKeyring::id(), 0) != 0; }))
            << "the keyring lives";
    });
    // The bus starts another, where it can: a locked one, since nobody is here to unlock it.
    EXPECT_TRUE(said.contains(QStringLiteral("The keychain stopped while it was being used.")) ||
                said.contains(QStringLiteral("The keychain is locked.")))
        << qPrintable(said);
    EXPECT_FALSE(said.contains(QStringLiteral("s3cret")));
}
