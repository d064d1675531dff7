// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/keychainjob.h"

#include "app/auth/keychainerrors.h"

#include <QCoro/QCoroFuture>
#include <QMap>
#include <QPromise>
#include <QTimer>

#ifdef SONAR_ASKS_SECRET_SERVICE
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#endif

#include <qt6keychain/keychain.h>

#include <memory>

namespace sonar::keychain {

namespace {

struct Outcome
{
    QKeychain::Error error = QKeychain::NoError;
    QString errorText;
    QString text; ///< of a read job
    bool timedOut = false;
};

/// Starts the job, which deletes itself when it ends, in time or not.
QFuture<Outcome> run(QKeychain::Job *job, int milliseconds)
{
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    const QFuture<Outcome> future = promise->future();
    const auto end = [promise](const Outcome &outcome) {
        if (promise->future().isFinished())
            return;
        promise->addResult(outcome);
        promise->finish();
    };
    QObject::connect(job, &QKeychain::Job::finished, job, [end](QKeychain::Job *ended) {
        const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(ended);
        end({ended->error(), ended->errorString(), reading ? reading->textData() : QString(),
             false});
    });
    QTimer::singleShot(milliseconds, job, [end] { end({QKeychain::OtherError, {}, {}, true}); });
    job->setInsecureFallback(false);
    job->start();
    return future;
}

Error errorOf(const Outcome &outcome, int milliseconds)
{
    return outcome.timedOut ? keychainTimedOut(milliseconds)
                            : keychainFault(outcome.error, outcome.errorText);
}

QCoro::Task<Outcome> runRead(QString service, QString entry, int milliseconds)
{
    auto *job = new QKeychain::ReadPasswordJob(service);
    job->setKey(entry);
    const QFuture<Outcome> running = run(job, milliseconds);
    Outcome outcome = co_await running;
    co_return outcome;
}

QCoro::Task<Outcome> runWrite(QString service, QString entry, QString value, int milliseconds)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setKey(entry);
    job->setTextData(value);
    const QFuture<Outcome> running = run(job, milliseconds);
    Outcome outcome = co_await running;
    co_return outcome;
}

QCoro::Task<Outcome> runErase(QString service, QString entry, int milliseconds)
{
    auto *job = new QKeychain::DeletePasswordJob(service);
    job->setKey(entry);
    const QFuture<Outcome> running = run(job, milliseconds);
    Outcome outcome = co_await running;
    co_return outcome;
}

/// How many entries of one name there are.
struct Entries
{
    qsizetype unlocked = 0;
    qsizetype locked = 0; ///< read or removed only once the user has allowed it

    qsizetype all() const { return unlocked + locked; }
};

#ifdef SONAR_ASKS_SECRET_SERVICE

constexpr QLatin1String secretService("org.freedesktop.secrets");
constexpr QLatin1String secretServicePath("/org/freedesktop/secrets");
constexpr QLatin1String secretServiceInterface("org.freedesktop.Secret.Service");

/// The values of an answer; none when none came in time.
QCoro::Task<QVariantList> ask(QDBusMessage question, int milliseconds)
{
    question.setAutoStartService(false);
    auto promise = std::make_shared<QPromise<QVariantList>>();
    promise->start();
    const QFuture<QVariantList> answer = promise->future();
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(question, milliseconds));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher,
                     [promise](QDBusPendingCallWatcher *ended) {
                         promise->addResult(ended->isError() ? QVariantList()
                                                             : ended->reply().arguments());
                         promise->finish();
                         ended->deleteLater();
                     });
    const QVariantList values = co_await answer;
    co_return QVariantList(values);
}

/// Qt Keychain takes KWallet where the desktop is Plasma and the wallet's service is there.
QCoro::Task<bool> usesKWallet(int milliseconds)
{
    const QByteArrayList desktops = qgetenv("XDG_CURRENT_DESKTOP").split(':');
    if (!desktops.contains("KDE") && qEnvironmentVariableIsEmpty("KDE_FULL_SESSION"))
        co_return false;
    for (const char *service : {"org.kde.kwalletd6", "org.kde.kwalletd5"}) {
        QDBusMessage question = QDBusMessage::createMethodCall(
            QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
            QStringLiteral("org.freedesktop.DBus"), QStringLiteral("NameHasOwner"));
        question.setArguments({QString::fromLatin1(service)});
        const QVariantList owned = co_await ask(question, milliseconds);
        if (owned.value(0).toBool())
            co_return true;
    }
    co_return false;
}

/// False as well when the Secret Service may be another keychain than the one in use.
QCoro::Task<bool> usesSecretService(int milliseconds)
{
    if (!QDBusConnection::sessionBus().isConnected())
        co_return false;
    const bool isElsewhere = co_await usesKWallet(milliseconds);
    co_return !isElsewhere;
}

/// The entries of that name (Secret Service API §5); nothing when the keychain doesn't tell. Asks
/// the user nothing.
QCoro::Task<std::optional<Entries>> countEntries(QString service, QString entry, int milliseconds)
{
    using Attributes = QMap<QString, QString>;
    qDBusRegisterMetaType<Attributes>();
    const bool answers = co_await usesSecretService(milliseconds);
    if (!answers)
        co_return std::nullopt;
    QDBusMessage question = QDBusMessage::createMethodCall(
        secretService, secretServicePath, secretServiceInterface, QStringLiteral("SearchItems"));
    // As Qt Keychain names them.
    const Attributes attributes{{QStringLiteral("server"), service},
                                {QStringLiteral("user"), entry}};
    question.setArguments({QVariant::fromValue(attributes)});
    const QVariantList answer = co_await ask(question, milliseconds);
    if (answer.size() != 2)
        co_return std::nullopt;
    using Paths = QList<QDBusObjectPath>;
    co_return Entries{qdbus_cast<Paths>(answer[0]).size(), qdbus_cast<Paths>(answer[1]).size()};
}

/// True when the keychain exists and is locked: its entries may look as if there were none.
QCoro::Task<bool> isLocked(int milliseconds)
{
    const bool answers = co_await usesSecretService(milliseconds);
    if (!answers)
        co_return false;
    // Secret Service API §5: the collection that entries go to.
    QDBusMessage question = QDBusMessage::createMethodCall(
        secretService, secretServicePath + QLatin1String("/aliases/default"),
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question.setArguments(
        {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    const QVariantList locked = co_await ask(question, milliseconds);
    co_return locked.value(0).value<QDBusVariant>().variant().toBool();
}

/// True when the keychain runs and has no collection that new entries go to.
QCoro::Task<bool> lacksDefault(int milliseconds)
{
    const bool answers = co_await usesSecretService(milliseconds);
    if (!answers)
        co_return false;
    QDBusMessage question = QDBusMessage::createMethodCall(
        secretService, secretServicePath, secretServiceInterface, QStringLiteral("ReadAlias"));
    question.setArguments({QStringLiteral("default")});
    const QVariantList answer = co_await ask(question, milliseconds);
    co_return answer.value(0).value<QDBusObjectPath>().path() == QLatin1String("/");
}

#else

QCoro::Task<std::optional<Entries>> countEntries(QString, QString, int)
{
    co_return std::nullopt;
}

QCoro::Task<bool> isLocked(int)
{
    co_return false;
}

QCoro::Task<bool> lacksDefault(int)
{
    co_return false;
}

#endif

/// One write that is looked at. False when there are several entries of that name now, as services
/// leave that don't replace.
QCoro::Task<Result<bool>> writeOnce(QString service, QString entry, QString value, int milliseconds)
{
    const Outcome written = co_await runWrite(service, entry, value, milliseconds);
    if (written.error != QKeychain::NoError)
        co_return failure(errorOf(written, milliseconds));
    const Result<std::optional<QString>> there = co_await read(service, entry, milliseconds);
    if (!there)
        co_return failure(there.error());
    const std::optional<Entries> entries = co_await countEntries(service, entry, milliseconds);
    if (entries && entries->all() > 1)
        co_return false;
    if (*there != value)
        co_return failure(keychainDidNotSave());
    co_return true;
}

} // namespace

QCoro::Task<Result<std::optional<QString>>> read(QString service, QString entry, int milliseconds)
{
    const Outcome outcome = co_await runRead(service, entry, milliseconds);
    if (outcome.error == QKeychain::NoError)
        co_return std::optional<QString>(outcome.text);
    if (outcome.error != QKeychain::EntryNotFound)
        co_return failure(errorOf(outcome, milliseconds));
    const bool locked = co_await isLocked(milliseconds);
    if (locked)
        co_return failure(keychainFault(QKeychain::AccessDenied, {}));
    const std::optional<Entries> entries = co_await countEntries(service, entry, milliseconds);
    if (entries && entries->all() > 0)
        co_return failure(keychainRefusedToRead());
    co_return std::optional<QString>();
}

QCoro::Task<Result<void>> write(QString service, QString entry, QString value, int milliseconds)
{
    Result<bool> written = co_await writeOnce(service, entry, value, milliseconds);
    if (written && !*written) {
        const Result<void> erased = co_await erase(service, entry, milliseconds);
        if (!erased)
            co_return failure(keychainDidNotSave());
        written = co_await writeOnce(service, entry, value, milliseconds);
    }
    if (written && *written)
        co_return Result<void>();
    const bool homeless = co_await lacksDefault(milliseconds);
    if (homeless)
        co_return failure(keychainWithoutDefault());
    if (!written)
        co_return failure(written.error());
    co_return failure(keychainDidNotSave());
}

QCoro::Task<Result<void>> erase(QString service, QString entry, int milliseconds)
{
    Outcome outcome = co_await runErase(service, entry, milliseconds);
    if (outcome.error == QKeychain::NoError) {
        const std::optional<Entries> left = co_await countEntries(service, entry, milliseconds);
        if (left && left->locked > 0) {
            // Those were passed over without a question; reading them asks for access.
            co_await runRead(service, entry, milliseconds);
            outcome = co_await runErase(service, entry, milliseconds);
        }
    }
    if (outcome.error != QKeychain::NoError && outcome.error != QKeychain::EntryNotFound)
        co_return failure(errorOf(outcome, milliseconds));
    const bool locked = co_await isLocked(milliseconds);
    if (locked)
        co_return failure(keychainFault(QKeychain::AccessDenied, {}));
    const Result<bool> left = co_await has(service, entry, milliseconds);
    if (!left)
        co_return failure(left.error());
    if (*left)
        co_return failure(keychainDidNotRemove());
    co_return Result<void>();
}

QCoro::Task<Result<bool>> has(QString service, QString entry, int milliseconds)
{
    const std::optional<Entries> entries = co_await countEntries(service, entry, milliseconds);
    if (entries)
        co_return entries->all() > 0;
    const Outcome outcome = co_await runRead(service, entry, milliseconds);
    if (outcome.error == QKeychain::EntryNotFound)
        co_return false;
    if (outcome.error != QKeychain::NoError)
        co_return failure(errorOf(outcome, milliseconds));
    co_return true;
}

} // namespace sonar::keychain
