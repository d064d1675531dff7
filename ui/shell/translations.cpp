// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace sonar {

void installTranslations(QCoreApplication &application)
{
    auto *qt = new QTranslator(&application);
    if (qt->load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);

    auto *ours = new QTranslator(&application);
    const QString folder = QStringLiteral(":/i18n");
    // English is written in the code; its translation tells one from many.
    if (ours->load(QLocale(), QStringLiteral("sonar"), QStringLiteral("_"), folder) ||
        ours->load(QStringLiteral("sonar_en"), folder))
        QCoreApplication::installTranslator(ours);
}

} // namespace sonar
