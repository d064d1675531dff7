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
constexpr char sandboxWord[] = "sandbox";

/// A line with the sale file's path, which is all that older versions read, then a line for each
/// other wish.
QByteArray messageOf(const SingleInstance::Wishes &wishes)
{
    QByteArray message = wishes.saleFile.toUtf8() + '\n';
    if (wishes.sandbox)
        message += QByteArray(sandboxWord) + '\n';
    return message;
}

SingleInstance::Wishes wishesIn(const QByteArray &message)
{
    QByteArrayList lines = message.split('\n');
    SingleInstance::Wishes wishes;
    wishes.saleFile = QString::fromUtf8(lines.takeFirst()).trimmed();
    wishes.sandbox = lines.contains(sandboxWord);
    return wishes;
}

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

SingleInstance::Role SingleInstance::claim(const Wishes &wishes)
{
    if (m_lock->tryLock(0)) {
        listen();
        return Role::First;
    }
    // A folder that can't be written has no lock to respect.
    if (m_lock->error() != QLockFile::LockFailedError)
        return Role::First;
    return handOver(wishes) ? Role::HandedOver : Role::Unanswered;
}

bool SingleInstance::handOver(const Wishes &wishes)
{
    QLocalSocket socket;
    socket.connectToServer(m_socketName);
    if (!socket.waitForConnected(answerMilliseconds))
        return false;
    socket.write(messageOf(wishes));
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
            // Written in one piece, it is here in one piece.
            const Wishes wishes = wishesIn(socket->read(longestMessage));
            socket->write("ok\n");
            socket->flush();
            socket->disconnectFromServer();
            Q_EMIT raiseRequested(wishes);
        });
    }
}

} // namespace sonar
