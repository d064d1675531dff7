// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/secretlogging.h"

#include <QLoggingCategory>

#include <cstring>

namespace sonar {

namespace {

QLoggingCategory::CategoryFilter previousFilter = nullptr;

void filter(QLoggingCategory *category)
{
    if (previousFilter)
        previousFilter(category);
    // Its warnings hold the whole callback URL and the whole token reply.
    constexpr char secret[] = "qt.networkauth";
    if (std::strncmp(category->categoryName(), secret, sizeof(secret) - 1) != 0)
        return;
    for (const QtMsgType type : {QtDebugMsg, QtInfoMsg, QtWarningMsg, QtCriticalMsg})
        category->setEnabled(type, false);
}

} // namespace

void silenceSecretLogging()
{
    const QLoggingCategory::CategoryFilter installed = QLoggingCategory::installFilter(nullptr);
    // Asked for twice, the filter must not come to call itself.
    if (installed != filter)
        previousFilter = installed;
    QLoggingCategory::installFilter(filter);
}

} // namespace sonar
