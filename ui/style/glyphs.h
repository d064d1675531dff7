// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>

class QPainter;

namespace sonar {

/// Simple line drawings on a 16 × 16 grid, painted when needed: nothing is loaded at start.
enum class Glyph {
    Copy,
    Check,
    External, ///< leaves the program for the browser
    Refresh,
    Search,
    Close,
    Warning,
    Add,
    Export,
    Entities,
    Permits,
    Wave, ///< the program's mark
};

/// Follows the application's palette, also when the appearance changes.
QIcon glyphIcon(Glyph glyph);
void paintGlyph(QPainter &painter, Glyph glyph, const QRectF &rect, const QColor &color);

} // namespace sonar
