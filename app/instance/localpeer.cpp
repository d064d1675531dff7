// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/localpeer.h"

#include <QFile>
#include <QLocalSocket>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sonar {

bool isOwnPeer(const QLocalSocket &socket)
{
    ucred peer{};
    socklen_t size = sizeof(peer);
    return getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           peer.uid == geteuid();
}

bool isPrivateFolder(const QString &path)
{
    struct stat folder
    {};
    return lstat(QFile::encodeName(path).constData(), &folder) == 0 && S_ISDIR(folder.st_mode) &&
           folder.st_uid == geteuid() && (folder.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

bool makePrivateFolder(const QString &path)
{
    // Fails when there is something already, which is judged below like what was made.
    [[maybe_unused]] const int made = mkdir(QFile::encodeName(path).constData(), S_IRWXU);
    return isPrivateFolder(path);
}

} // namespace sonar
