// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/secretlogging.h"
#include "app/auth/tokenstore.h"
#include "app/base/clock.h"
#include "app/base/hardening.h"
#include "app/config/preferences.h"
#include "app/instance/singleinstance.h"
#include "app/instance/termination.h"
#include "app/net/systemproxy.h"
#include "app/workspace/workbench.h"
#include "ui/shell/appearance.h"
#include "ui/shell/blockedclose.h"
#include "ui/shell/commandline.h"
#include "ui/shell/logging.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/otherstarts.h"
#include "ui/shell/translations.h"
#include "ui/style/windowattention.h"
#include "ui/tour/tour.h"
#include "ui/verify/verificationreport.h"

#include <QApplication>
#include <QByteArrayList>
#include <QDir>
#include <QFile>
#include <QIcon>
#include <QLoggingCategory>
#include <QMessageBox>
#include <QStandardPaths>

#include <cstdio>

using namespace sonar;

namespace {

Q_LOGGING_CATEGORY(startLog, "sonar.start")

QByteArrayList argumentsOf(int argc, char **argv)
{
    return QByteArrayList(argv, argv + argc);
}

void nameTheProgram()
{
    QCoreApplication::setOrganizationName(QStringLiteral("sonar-desktop"));
    QCoreApplication::setApplicationName(QStringLiteral("sonar-desktop"));
    QCoreApplication::setApplicationVersion(QLatin1String(SONAR_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Sonar Desktop"));
    QGuiApplication::setDesktopFileName(QStringLiteral("sonar-desktop"));
}

void showProgramIcon()
{
    QIcon icon;
    for (const int size : {32, 64, 128, 256})
        icon.addFile(QStringLiteral(":/sonar/icons/sonar-desktop-%1.png").arg(size));
    QApplication::setWindowIcon(icon);
}

Workbench::Options optionsFrom(const CommandLine &line)
{
    Workbench::Options options;
    const QString data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    QDir().mkpath(data);
    options.sandboxStatePath = data + QStringLiteral("/sandbox-state.json");
    options.sandbox = line.sandbox;
    options.saleFile = line.saleFile;
    return options;
}

/// Needs no display, no session bus, no network.
int verify(const CommandLine &line)
{
    QList<KnownSigner> known;
    // Preferences would make their file.
    if (const QString path = Preferences::defaultPath(); QFile::exists(path)) {
        const Preferences preferences(path);
        known = knownSigners(preferences.sales(), preferences);
    }
    const VerifyOutcome outcome =
        verifyPermitFile(line.verifyFile, known, line.signer, systemClock().unixSeconds());
    std::fputs(outcome.output.toLocal8Bit().constData(), stdout);
    std::fputs(outcome.error.toLocal8Bit().constData(), stderr);
    return outcome.exitCode;
}

void say(const QString &text)
{
    std::fprintf(stderr, "sonar-desktop: %s\n", text.toLocal8Bit().constData());
}

int unanswered()
{
    showProgramIcon();
    const QString text =
        QCoreApplication::translate("Main", "Sonar Desktop is already running but not "
                                            "responding. Close it and try again.");
    say(text);
    QMessageBox box(QMessageBox::Warning, QGuiApplication::applicationDisplayName(), text);
    box.setTextFormat(Qt::PlainText);
    box.exec();
    return 1;
}

int run(QApplication &application, const CommandLine &line, const QByteArray &token)
{
    const Workbench::Options options = optionsFrom(line);
    // Not the preferences' own path: QSettings takes its lock file, too, for each write.
    SingleInstance instance(options.preferencesPath + QStringLiteral(".instance"));
    const SingleInstance::Role role =
        instance.claim({line.saleFile, line.permitFile, line.sandbox, token});
    if (role == SingleInstance::Role::HandedOver) {
        const StartAnswer answer = instance.answer();
        if (!answer.message.isEmpty())
            say(answer.message);
        return answer.exitCode;
    }
    if (!instance.fault().isEmpty())
        qCWarning(startLog, "another start can't reach this one: %s", qPrintable(instance.fault()));

    KeychainTokenStore store;
    Workbench workbench(options, &store);
    applyTheme(application, rememberedAppearance(workbench.preferences()));
    if (role == SingleInstance::Role::Unanswered)
        return unanswered();

    MainWindow window(&workbench);
    QObject::connect(&window, &MainWindow::painted, [] { qCDebug(startLog, "first paint"); });
    // Looking at pictures takes a tenth of the time to the first paint.
    QObject::connect(&window, &MainWindow::painted, &application, &showProgramIcon);
    QObject::connect(&window, &MainWindow::painted, &workbench, &Workbench::start);
    QObject::connect(&window, &MainWindow::painted, &forgetStartToken);
    if (!line.permitFile.isEmpty()) {
        QObject::connect(&window, &MainWindow::painted, &window,
                         [&window, &line] { window.openPermitFile(line.permitFile); });
    }
    const BlockedClose blockedClose;
    OtherStarts otherStarts(&window);
    instance.setHandler(
        [&otherStarts](const StartRequest &request) { return otherStarts.take(request); });
    const Termination termination;
    QObject::connect(&termination, &Termination::requested, &window, &MainWindow::endAtOnce);
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    silenceSecretLogging();
#ifdef NDEBUG
    disableCoreDumps();
#endif
    nameTheProgram();
    const CommandLine line = parseCommandLine(argumentsOf(argc, argv));
    if (line.exitCode) {
        std::fputs(line.output.toLocal8Bit().constData(), *line.exitCode == 0 ? stdout : stderr);
        return *line.exitCode;
    }
    logToStandardError(line.logLevel);

    if (!line.verifyFile.isEmpty()) {
        QCoreApplication application(argc, argv);
        installTranslations(application);
        return verify(line);
    }

    const QByteArray token = startToken();
    QApplication application(argc, argv);
    installTranslations(application);
    useSystemProxy();
    if (line.tourFolder.isEmpty())
        return run(application, line, token);
    showProgramIcon();
    return runTour(application, line.tourFolder);
}
