// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLocalSocket;

namespace sonar {

/// True when the process at the other end of a connected socket runs for this process's user
/// (SO_PEERCRED: the kernel's word, not the peer's).
bool isOwnPeer(const QLocalSocket &socket);

/// True for a folder (not a link to one) of this process's user that nobody else may enter.
bool isPrivateFolder(const QString &path);

/// Makes the folder if it isn't there; true when it is private then.
bool makePrivateFolder(const QString &path);

} // namespace sonar
