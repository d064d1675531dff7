// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/permits/importverification.h"

#include <QFuture>

namespace sonar {

/// A file of permits with the findings about each, as of `checkedAt` (Unix seconds).
struct VerifiedFile
{
    PermitImport import;
    QList<VerifiedImport> permits;
    qint64 checkedAt = 0;
};

/// Reading and verifying in a thread of their own: a file may hold a hundred thousand permits. The
/// future tells how far it is, and ends soon, without a result, once it is cancelled.
using ImportJob = QFuture<Result<VerifiedFile>>;
ImportJob verifyFileAside(const QString &path, const QList<KnownSigner> &known, qint64 now);
/// What has been read already.
ImportJob verifyAside(const PermitImport &import, const QList<KnownSigner> &known, qint64 now);

} // namespace sonar
