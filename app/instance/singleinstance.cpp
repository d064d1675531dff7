// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>

namespace sonar {

namespace {

constexpr int answerMilliseconds = 3000;
constexpr qsizetype longestMessage = 8192;

} // namespace

SingleInstance::SingleInstance(const QString &preferencesPath, QObject *parent)
    : QObject(parent)
{
    const QFileInfo file(preferencesPath);
    QDir().mkpath(file.absolutePath());
    m_lock = std::make_unique<QLockFile>(file.absoluteFilePath() + QStringLiteral(".lock"));
    // A dead owner's lock is taken over by its process id, never by its age.
    m_lock->setStaleLockTime(0);
    const QByteArray digest =
        QCryptographicHash::hash(file.absoluteFilePath().toUtf8(), QCryptographicHash::Sha256);
    m_socketName = QStringLiteral("sonar-desktop-") + QLatin1String(digest.toHex().left(24));
}

SingleInstance::~SingleInstance() = default;

SingleInstance::Role SingleInstance::claim(const QString &saleFile)
{
    if (m_lock->tryLock(0)) {
        listen();
        return Role::First;
    }
    // A folder that can't be written has no lock to respect.
    if (m_lock->error() != QLockFile::LockFailedError)
        return Role::First;
    return handOver(saleFile) ? Role::HandedOver : Role::Unanswered;
}

bool SingleInstance::handOver(const QString &saleFile)
{
    QLocalSocket socket;
    socket.connectToServer(m_socketName);
    if (!socket.waitForConnected(answerMilliseconds))
        return false;
    socket.write(saleFile.toUtf8() + '\n');
    // The first program answers when it has understood; only then may this one end.
    return socket.waitForBytesWritten(answerMilliseconds) &&
           socket.waitForReadyRead(answerMilliseconds) && socket.readAll().startsWith("ok");
}

void SingleInstance::listen()
{
    QLocalServer::removeServer(m_socketName); // left by a killed program; the lock is ours
    m_server = new QLocalServer(this);
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::answer);
    m_server->listen(m_socketName);
}

void SingleInstance::answer()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() > longestMessage)
                    socket->abort();
                return;
            }
            const QString saleFile = QString::fromUtf8(socket->readLine(longestMessage)).trimmed();
            socket->write("ok\n");
            socket->flush();
            socket->disconnectFromServer();
            Q_EMIT raiseRequested(saleFile);
        });
    }
}

} // namespace sonar
