// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace sonar {

/// A server's or a file's text as it may be shown: one line, no control characters, nothing that
/// turns the direction of the text after it (U+202A…202E, U+2066…2069), at most `limit` characters.
QString shownText(const QString &untrusted, int limit = 120);

/// What the pointer shows over the widget, never taken for rich text, and a screen reader says of
/// it: left alone, that would read the markup which keeps a tool tip plain. Empty clears both.
void setPlainToolTip(QWidget *widget, const QString &text);

} // namespace sonar
