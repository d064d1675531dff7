// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/importjob.h"

#include <QPromise>
#include <QtConcurrent>

namespace sonar {

namespace {

using Promise = QPromise<Result<VerifiedFile>>;

/// Of work in so many parts, each about every permit.
PermitProgress progressOf(Promise &promise, int part, int parts)
{
    return [&promise, part, parts](qsizetype done, qsizetype all) {
        const int maximum = int(parts * all);
        if (promise.future().progressMaximum() != maximum)
            promise.setProgressRange(0, maximum);
        promise.setProgressValue(int(part * all + done));
        return !promise.isCanceled();
    };
}

void verify(Promise &promise, const PermitImport &import, const QList<KnownSigner> &known,
            qint64 now, const PermitProgress &progress)
{
    VerifiedFile file{import, verifyAll(import, known, {}, now, progress), now};
    if (!promise.isCanceled())
        promise.addResult(Result<VerifiedFile>(std::move(file)));
}

} // namespace

ImportJob verifyFileAside(const QString &path, const QList<KnownSigner> &known, qint64 now)
{
    return QtConcurrent::run([path, known, now](Promise &promise) {
        const Result<PermitImport> import = readPermitImport(path, progressOf(promise, 0, 2));
        if (promise.isCanceled())
            return;
        if (import)
            verify(promise, *import, known, now, progressOf(promise, 1, 2));
        else
            promise.addResult(Result<VerifiedFile>(failure(import.error())));
    });
}

ImportJob verifyAside(const PermitImport &import, const QList<KnownSigner> &known, qint64 now)
{
    return QtConcurrent::run([import, known, now](Promise &promise) {
        verify(promise, import, known, now, progressOf(promise, 0, 1));
    });
}

} // namespace sonar
