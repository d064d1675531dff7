// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/appearance.h"

#include "app/config/preferences.h"

namespace sonar {

static const QString key = QStringLiteral("appearance");

Appearance rememberedAppearance(const Preferences &preferences)
{
    const QByteArray value = preferences.layout(key);
    if (value == "light")
        return Appearance::Light;
    return value == "dark" ? Appearance::Dark : Appearance::System;
}

void rememberAppearance(Preferences &preferences, Appearance appearance)
{
    preferences.setLayout(key, appearance == Appearance::Light  ? QByteArray("light")
                               : appearance == Appearance::Dark ? QByteArray("dark")
                                                                : QByteArray("system"));
}

} // namespace sonar
