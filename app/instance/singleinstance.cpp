// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/singleinstance.h"

#include "app/instance/localpeer.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QThread>

#include <utility>

namespace sonar {

namespace {

constexpr unsigned long pauseMilliseconds = 50;

/// One path for each file, by whatever links it is reached.
QString canonicalPath(const QString &path)
{
    const QFileInfo file(path);
    QDir().mkpath(file.absolutePath());
    const QString folder = QFileInfo(file.absolutePath()).canonicalFilePath();
    return folder.isEmpty() ? file.absoluteFilePath() : folder + QLatin1Char('/') + file.fileName();
}

int remaining(const QDeadlineTimer &deadline)
{
    return int(deadline.remainingTime());
}

} // namespace

SingleInstance::SingleInstance(const QString &preferencesPath, QObject *parent)
    : QObject(parent)
    , m_path(canonicalPath(preferencesPath))
    , m_lock(m_path + QStringLiteral(".lock"))
{}

SingleInstance::~SingleInstance() = default;

void SingleInstance::setHandler(std::function<StartAnswer(const StartRequest &)> handler)
{
    m_handler = std::move(handler);
}

/// Where the first program listens: in the first of these places that takes a socket.
QStringList SingleInstance::sockets() const
{
    QStringList paths;
    // The environment's word, unlike QStandardPaths', which falls back to a guessable name in /tmp.
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (QDir::isAbsolutePath(runtime) && isPrivateFolder(runtime)) {
        const QByteArray digest =
            QCryptographicHash::hash(m_path.toUtf8(), QCryptographicHash::Sha256);
        paths << runtime + QStringLiteral("/sonar-desktop-") +
                     QLatin1String(digest.toHex().left(16));
    }
    return paths << m_path + QStringLiteral(".run/socket");
}

SingleInstance::Role SingleInstance::claim(const StartRequest &request, int milliseconds)
{
    const QDeadlineTimer deadline(milliseconds);
    // The first program may be about to listen, or about to end.
    for (;;) {
        const FileLock::Result lock = m_lock.tryLock();
        if (lock == FileLock::Result::Held) {
            listen();
            return Role::First;
        }
        if (handOver(request, remaining(deadline)))
            return Role::HandedOver;
        if (lock == FileLock::Result::Unavailable) {
            listen(); // there is no lock to respect, and nobody answers
            return Role::First;
        }
        if (deadline.hasExpired())
            return Role::Unanswered;
        QThread::msleep(pauseMilliseconds);
    }
}

bool SingleInstance::handOver(const StartRequest &request, int milliseconds)
{
    const QDeadlineTimer deadline(milliseconds);
    for (const QString &path : sockets()) {
        QLocalSocket socket;
        socket.connectToServer(path);
        // The paths are for the own program alone, and so is the right to come to the front.
        if (!socket.waitForConnected(remaining(deadline)) || !isOwnPeer(socket))
            continue;
        socket.write(messageOf(request));
        QByteArray arrived;
        bool refused = false;
        do {
            arrived += socket.readAll();
            if (const auto answer = answerIn(arrived, refused)) {
                m_answer = *answer;
                return true;
            }
        } while (!refused && socket.waitForReadyRead(remaining(deadline)));
    }
    return false;
}

void SingleInstance::listen()
{
    m_server = new QLocalServer(this);
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::greet);
    for (const QString &path : sockets()) {
        if (!makePrivateFolder(QFileInfo(path).path())) {
            m_fault = tr("%1 isn't a private folder").arg(QFileInfo(path).path());
            continue;
        }
        QLocalServer::removeServer(path); // left by a killed program
        if (m_server->listen(path)) {
            m_fault.clear();
            return;
        }
        m_fault = tr("%1: %2").arg(path, m_server->errorString());
    }
}

void SingleInstance::greet()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (!isOwnPeer(*socket)) {
            socket->abort();
            continue;
        }
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { readFrom(socket); });
        readFrom(socket); // what came before the signal was connected
    }
}

void SingleInstance::readFrom(QLocalSocket *socket)
{
    bool refused = false;
    const auto request = requestIn(socket->peek(socket->bytesAvailable()), refused);
    if (refused)
        socket->abort();
    if (!request)
        return;
    socket->disconnect(this);
    socket->write(messageOf(m_handler ? m_handler(*request) : StartAnswer()));
    socket->disconnectFromServer(); // once that is written
}

} // namespace sonar
