// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/desktopopener.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QProcess>
#include <QProcessEnvironment>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

#include <utility>

namespace sonar {

namespace {

/// Later, it is the browser that has ended, and the page was seen long ago.
constexpr qint64 longestStart = 60'000;

} // namespace

void runOpener(const QString &program, const QUrl &url, QObject *context,
               std::function<void()> failed)
{
    // Without a parent, and deleted only when it has ended: QProcess kills what it leaves.
    auto *process = new QProcess;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // Those of this program's own start were used, or are somebody else's by now.
    environment.remove(QStringLiteral("XDG_ACTIVATION_TOKEN"));
    environment.remove(QStringLiteral("DESKTOP_STARTUP_ID"));
    process->setProcessEnvironment(environment);
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(QProcess::nullDevice());
    process->setStandardErrorFile(QProcess::nullDevice());
#ifdef Q_OS_UNIX
    process->setChildProcessModifier([] { ::setsid(); });
#endif
    QElapsedTimer started;
    started.start();
    const auto end = [process, started, failed = std::move(failed),
                      context = QPointer<QObject>(context)](bool opened) {
        process->deleteLater();
        if (!opened && context && started.elapsed() < longestStart)
            failed();
    };
    QObject::connect(process, &QProcess::errorOccurred, process,
                     [end](QProcess::ProcessError error) {
                         if (error == QProcess::FailedToStart)
                             end(false);
                     });
    QObject::connect(process, &QProcess::finished, process,
                     [end](int code, QProcess::ExitStatus status) {
                         end(status == QProcess::NormalExit && code == 0);
                     });
    process->start(program, {QString::fromLatin1(url.toEncoded())}, QIODevice::NotOpen);
}

} // namespace sonar
