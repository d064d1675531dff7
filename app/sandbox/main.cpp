// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/termination.h"
#include "app/sandbox/commandline.h"
#include "app/sandbox/sandboxsale.h"
#include "app/sandbox/sandboxserver.h"

#include <QCoreApplication>

#include <cstdio>

using namespace sonar;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sonar-sandbox"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SONAR_VERSION));

    const sandbox::CommandLine line = sandbox::readCommandLine(QCoreApplication::arguments());
    if (!line.options) {
        std::fputs(qPrintable(line.text + QLatin1Char('\n')), line.exitCode == 0 ? stdout : stderr);
        return line.exitCode;
    }
    Termination termination;
    QObject::connect(&termination, &Termination::requested, &application, &QCoreApplication::quit);
    SandboxServer server(*line.options);
    const Result<Sale> sale = server.start();
    if (!sale) {
        std::fputs(qPrintable(sale.error().report() + QLatin1Char('\n')), stderr);
        return 1;
    }
    std::fputs((sandbox::readyLine(*sale) + '\n').constData(), stdout);
    std::fflush(stdout);
    return QCoreApplication::exec();
}
