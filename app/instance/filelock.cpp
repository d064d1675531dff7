// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/filelock.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace sonar {

FileLock::FileLock(const QString &path)
    : m_path(path)
{}

FileLock::~FileLock()
{
    if (m_file >= 0)
        close(m_file);
}

FileLock::Result FileLock::tryLock()
{
    if (m_file < 0)
        m_file = open(QFile::encodeName(m_path).constData(),
                      O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_file < 0)
        return Result::Unavailable;
    if (flock(m_file, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? Result::Taken : Result::Unavailable;
    // Versions that go by the process number in the file find none that could be dead.
    [[maybe_unused]] const int emptied = ftruncate(m_file, 0);
    return Result::Held;
}

} // namespace sonar
