// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/theme.h"

#include "ui/style/tokens.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QIcon>
#include <QStyleFactory>
#include <QStyleHints>
#include <QToolTip>

// The resources lie in a static library: without this the linker drops them. Outside any namespace,
// as Q_INIT_RESOURCE asks.
static void initSonarResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace sonar {

namespace {

constexpr int leastTextHeight = 18; ///< in a button or field

Appearance &chosenAppearance()
{
    static Appearance appearance = Appearance::System;
    return appearance;
}

bool systemIsDark()
{
    // Asked before our own palette covers the platform's.
    static const bool platformPaletteIsDark = isDark(QGuiApplication::palette());
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    return platformPaletteIsDark;
}

void applyColors(QApplication &application, bool dark)
{
    const Tokens &t = tokens(dark);
    const QPalette palette = paletteFrom(t);
    application.setPalette(palette);
    QToolTip::setPalette(palette);
    QFile file(QStringLiteral(":/sonar/style/sonar.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    QString sheet = QString::fromUtf8(file.readAll());
    // A least height takes the place of the font's own: one in pixels would cut large fonts.
    sheet.replace(QLatin1String("@oneText"),
                  QStringLiteral("%1px").arg(
                      qMax(leastTextHeight, QFontMetrics(QApplication::font()).height())));
    application.setStyleSheet(withColors(sheet, t, dark));
}

void followSystem(QApplication &application)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    static bool connected = false;
    if (std::exchange(connected, true))
        return;
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, &application,
                     [&application] {
                         if (chosenAppearance() == Appearance::System)
                             applyColors(application, systemIsDark());
                     });
#else
    Q_UNUSED(application)
#endif
}

/// Title bars and native dialogs follow too, where Qt can tell them.
void tellPlatform(Appearance appearance)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    const Qt::ColorScheme scheme = appearance == Appearance::Light  ? Qt::ColorScheme::Light
                                   : appearance == Appearance::Dark ? Qt::ColorScheme::Dark
                                                                    : Qt::ColorScheme::Unknown;
    QGuiApplication::styleHints()->setColorScheme(scheme);
#else
    Q_UNUSED(appearance)
#endif
}

QFont scaled(QFont font, qreal factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    return font;
}

} // namespace

void applyTheme(QApplication &application, Appearance appearance)
{
    initSonarResources();
    const bool systemDark = systemIsDark();
    chosenAppearance() = appearance;
    // Once: a style sheet wraps the style, so that its name no longer tells.
    static constexpr char marker[] = "sonarStyle";
    if (!application.property(marker).toBool()) {
        application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        application.setProperty(marker, true);
    }
    followSystem(application);
    tellPlatform(appearance);
    applyColors(application, appearance == Appearance::Dark || (appearance == Appearance::System &&
                                                                (systemDark || systemIsDark())));
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() <
           palette.color(QPalette::Active, QPalette::WindowText).lightness();
}

ToneColors toneColors(Tone tone, const QPalette &palette)
{
    return tokens(isDark(palette)).tones[int(tone)];
}

QColor secondaryText(const QPalette &palette)
{
    return tokens(isDark(palette)).muted;
}

QFont monospaced(const QFont &base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    // Without this some platforms fall back to a proportional face.
    font.setStyleHint(QFont::Monospace);
    if (base.pointSizeF() > 0)
        font.setPointSizeF(base.pointSizeF());
    else
        font.setPixelSize(base.pixelSize());
    return font;
}

QFont heading(const QFont &base, int steps)
{
    static constexpr qreal factors[] = {1.0, 1.08, 1.33, 1.85};
    QFont font = scaled(base, factors[qBound(0, steps, 3)]);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace sonar
