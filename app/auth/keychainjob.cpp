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
#include <QDBusPendingReply>
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
QCoro::Task<bool> isLocked(int milliseconds)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        co_return false;
    // Secret Service API §5: the collection that entries go to.
    QDBusMessage question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.secrets"),
        QStringLiteral("/org/freedesktop/secrets/aliases/default"),
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question.setArguments(
        {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    question.setAutoStartService(false);
    auto promise = std::make_shared<QPromise<bool>>();
    promise->start();
    const QFuture<bool> answer = promise->future();
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, milliseconds));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher,
                     [promise](QDBusPendingCallWatcher *ended) {
                         const QDBusPendingReply<QDBusVariant> reply = *ended;
                         promise->addResult(reply.isValid() && reply.value().variant().toBool());
                         promise->finish();
                         ended->deleteLater();
                     });
    const bool locked = co_await answer;
    co_return bool(locked);
}
#else
QCoro::Task<bool> isLocked(int)
{
    co_return false;
}
#endif

} // namespace sonar::keychain
