// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/keychainjob.h"

#include "app/auth/keychainerrors.h"

#include <QCoro/QCoroFuture>
#include <QPromise>
#include <QTimer>

#ifdef SONAR_ASKS_SECRET_SERVICE
#include <QDBusConnection>
#include <QDBusMessage>
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

} // namespace

QCoro::Task<Result<std::optional<QString>>> read(QString service, QString entry, int milliseconds)
{
    auto *job = new QKeychain::ReadPasswordJob(service);
    job->setKey(entry);
    const QFuture<Outcome> running = run(job, milliseconds);
    const Outcome outcome = co_await running;
    if (outcome.error == QKeychain::EntryNotFound)
        co_return std::optional<QString>();
    if (outcome.error != QKeychain::NoError)
        co_return failure(errorOf(outcome, milliseconds));
    co_return std::optional<QString>(outcome.text);
}

QCoro::Task<Result<void>> write(QString service, QString entry, QString value, int milliseconds)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setKey(entry);
    job->setTextData(value);
    const QFuture<Outcome> running = run(job, milliseconds);
    const Outcome outcome = co_await running;
    if (outcome.error != QKeychain::NoError)
        co_return failure(errorOf(outcome, milliseconds));
    co_return Result<void>();
}

QCoro::Task<Result<bool>> erase(QString service, QString entry, int milliseconds)
{
    auto *job = new QKeychain::DeletePasswordJob(service);
    job->setKey(entry);
    const QFuture<Outcome> running = run(job, milliseconds);
    const Outcome outcome = co_await running;
    if (outcome.error == QKeychain::EntryNotFound)
        co_return false;
    if (outcome.error != QKeychain::NoError)
        co_return failure(errorOf(outcome, milliseconds));
    co_return true;
}

#ifdef SONAR_ASKS_SECRET_SERVICE
namespace {

/// The first value of an answer; invalid when none came in time.
QCoro::Task<QVariant> ask(QDBusMessage question, int milliseconds)
{
    question.setAutoStartService(false);
    auto promise = std::make_shared<QPromise<QVariant>>();
    promise->start();
    const QFuture<QVariant> answer = promise->future();
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(question, milliseconds));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher,
                     [promise](QDBusPendingCallWatcher *ended) {
                         promise->addResult(ended->isError() ? QVariant()
                                                             : ended->reply().arguments().value(0));
                         promise->finish();
                         ended->deleteLater();
                     });
    const QVariant value = co_await answer;
    co_return QVariant(value);
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
        const QVariant owned = co_await ask(question, milliseconds);
        if (owned.toBool())
            co_return true;
    }
    co_return false;
}

} // namespace

QCoro::Task<bool> isLocked(int milliseconds)
{
    if (!QDBusConnection::sessionBus().isConnected())
        co_return false;
    // The Secret Service may be another keychain than the one in use.
    const bool isElsewhere = co_await usesKWallet(milliseconds);
    if (isElsewhere)
        co_return false;
    // Secret Service API §5: the collection that entries go to.
    QDBusMessage question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.secrets"),
        QStringLiteral("/org/freedesktop/secrets/aliases/default"),
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question.setArguments(
        {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    const QVariant locked = co_await ask(question, milliseconds);
    co_return locked.value<QDBusVariant>().variant().toBool();
}
#else
QCoro::Task<bool> isLocked(int)
{
    co_return false;
}
#endif

} // namespace sonar::keychain
