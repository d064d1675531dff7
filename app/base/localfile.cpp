// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/localfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QSaveFile>

#include <cerrno>
#include <unistd.h>

namespace sonar {

namespace {

struct LocalFileText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::LocalFile)
};

tl::unexpected<Error> because(ErrorKind kind, const QString &reason)
{
    return failure({kind, reason, {}, {}, 0});
}

/// `code`: errno as the failing call left it. QSaveFile's own words are lost when it closes.
QString unwrittenReason(int code, const QSaveFile &file)
{
    switch (code) {
    case ENOSPC:
        return LocalFileText::tr("There is no room left on the disk");
    case EDQUOT:
        return LocalFileText::tr("Your share of the disk is used up");
    case EFBIG:
        return LocalFileText::tr("The disk takes no file of that size");
    default:
        break;
    }
    if (file.error() != QFileDevice::NoError)
        return file.errorString();
    return code != 0 ? qt_error_string(code) : LocalFileText::tr("The disk didn't take all of it");
}

/// Qt gives a name that isn't UTF-8 with replacement characters, by which nothing is found again.
bool isNameLost(const QString &path)
{
    return path.contains(QChar(QChar::ReplacementCharacter)) && !QFileInfo::exists(path);
}

QString nameLost()
{
    return LocalFileText::tr("The name of the file or of a folder above it isn't in UTF-8. Rename "
                             "it and try again.");
}

bool isLostOnDisk(int code)
{
    return code == ENOSPC || code == EDQUOT || code == EIO;
}

} // namespace

Result<QByteArray> readLocalFile(const QString &path, qsizetype mostBytes)
{
    // Opening a pipe or a device could wait for ever.
    const QFileInfo info(path);
    if (info.exists() && !info.isFile())
        return because(ErrorKind::File, LocalFileText::tr("It is no regular file."));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return because(ErrorKind::File, isNameLost(path) ? nameLost() : file.errorString());
    const QByteArray content = file.read(mostBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return because(ErrorKind::File, file.errorString());
    if (content.size() > mostBytes)
        return because(ErrorKind::Malformed,
                       LocalFileText::tr("It is larger than %1.")
                           .arg(QLocale::c().formattedDataSize(mostBytes, 0)));
    return content;
}

Result<void> writeLocalFile(const QString &path, const QByteArray &content,
                            QFileDevice::Permissions permissions)
{
    // QSaveFile would put a file in the place of a device or a pipe.
    const QFileInfo target(path);
    if (target.exists() && !target.isFile())
        return because(ErrorKind::File, LocalFileText::tr("The path is not a regular file"));
    QSaveFile file(path);
    // With a buffer it would be told at the end, without its reason, that there was no room.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return because(ErrorKind::File,
                       isNameLost(target.absolutePath())
                           ? LocalFileText::tr("The name of a folder above it isn't in UTF-8")
                           : file.errorString());
    if (permissions && !file.setPermissions(permissions))
        return because(ErrorKind::File, unwrittenReason(0, file));
    for (qsizetype done = 0; done < content.size();) {
        errno = 0;
        const qint64 written = file.write(content.constData() + done, content.size() - done);
        if (written <= 0)
            return because(ErrorKind::File, unwrittenReason(errno, file));
        done += written; // less than asked for: the next try tells why
    }
    // Some disks find out late; other errors come from those that can't be asked.
    if (fsync(file.handle()) != 0 && isLostOnDisk(errno))
        return because(ErrorKind::File, unwrittenReason(errno, file));
    if (!file.commit())
        return because(ErrorKind::File, unwrittenReason(0, file));
    return {};
}

} // namespace sonar
