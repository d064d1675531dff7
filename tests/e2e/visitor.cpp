// SPDX-License-Identifier: GPL-3.0-or-later
// Stands where the desktop's URL opener is found, for tests in which a browser has nothing to
// prove: goes through the sandbox's pages and presses the button that SONAR_E2E_CLICK names.
#include "app/sandbox/sandboxvisitor.h"

#include <QCoreApplication>
#include <QTimer>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QUrl url(application.arguments().value(1));
    const QString button = qEnvironmentVariable("SONAR_E2E_CLICK");
    sonar::SandboxVisitor visitor;
    // The program may be gone by then: nobody waits for this one.
    QTimer::singleShot(20'000, &application, &QCoreApplication::quit);
    visitor.press(url, button).then([](sonar::Result<QString>) { QCoreApplication::quit(); });
    return QCoreApplication::exec();
}
