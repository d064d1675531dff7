// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace sonar {

/// A lock that the kernel keeps on an open file (flock): it ends with its process, however that
/// ends. A process number in a file says less, since containers and sandboxes give the same number
/// to every start.
class FileLock
{
public:
    enum class Result {
        Held,        ///< this object has it
        Taken,       ///< another process has it
        Unavailable, ///< the file can't be made, or its disk knows no locks
    };

    explicit FileLock(const QString &path);
    ~FileLock();
    Q_DISABLE_COPY_MOVE(FileLock)

    /// Doesn't wait. The file stays when the lock ends: removing it would race with the next start.
    Result tryLock();

private:
    QString m_path;
    int m_file = -1;
};

} // namespace sonar
