// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;
class QWidget;

namespace sonar {

/// What a status means to the user; always shown together with words, never as colour alone.
enum class Tone { Neutral, Accent, Positive, Warning, Negative };

struct ToneColors
{
    QColor text;
    QColor fill;
};

enum class Appearance { System, Light, Dark };

/// Fusion, our palette for light or dark, and resources/style/sonar.qss on top. Call once before
/// the first window and again when the user changes the appearance.
void applyTheme(QApplication &application, Appearance appearance);

bool isDark(const QPalette &palette);
ToneColors toneColors(Tone tone, const QPalette &palette);
/// Muted text on the window's background, at least 4.5:1.
QColor secondaryText(const QPalette &palette);

/// For addresses and numbers, in the size of `base`.
QFont monospaced(const QFont &base);
/// A heading `steps` sizes above the base font (1 section, 2 page title, 3 welcome).
QFont heading(const QFont &base, int steps);

} // namespace sonar
