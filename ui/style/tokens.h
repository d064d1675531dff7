// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QString>

namespace sonar {

/// Every colour of one appearance; sonar.qss names them with an @ before.
struct Tokens
{
    QColor window;
    QColor surface; ///< what lists, fields and panes lie on
    QColor text;
    QColor muted;
    QColor disabled;
    QColor line;    ///< separators
    QColor outline; ///< around what can be acted on
    QColor hover;
    QColor pressed;
    QColor accent;
    QColor onAccent;
    QColor accentHover;
    QColor selection; ///< of rows; text keeps its colour on it
    QColor link;
    QColor scroll;
    ToneColors tones[5]; ///< by Tone
};

const Tokens &tokens(bool dark);

QPalette paletteFrom(const Tokens &tokens);
/// `sheet` with every @name replaced by its colour.
QString withColors(QString sheet, const Tokens &tokens, bool dark);

} // namespace sonar
