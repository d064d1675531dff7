// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/localfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

namespace sonar {

namespace {

struct LocalFileText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::LocalFile)
};

tl::unexpected<Error> unread(ErrorKind kind, const QString &reason)
{
    return failure({kind, reason, {}, {}, 0});
}

} // namespace

Result<QByteArray> readLocalFile(const QString &path, qsizetype mostBytes)
{
    // Opening a pipe or a device could wait for ever.
    const QFileInfo info(path);
    if (info.exists() && !info.isFile())
        return unread(ErrorKind::File, LocalFileText::tr("It is no regular file."));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unread(ErrorKind::File, file.errorString());
    const QByteArray content = file.read(mostBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return unread(ErrorKind::File, file.errorString());
    if (content.size() > mostBytes)
        return unread(ErrorKind::Malformed, LocalFileText::tr("It is larger than %1.")
                                                .arg(QLocale::c().formattedDataSize(mostBytes, 0)));
    return content;
}

} // namespace sonar
