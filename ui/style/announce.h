// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace sonar {

/// Before the first window: how assistive technology sees what Qt itself doesn't tell it. May be
/// called more than once.
void prepareAccessibility();

/// Lets a screen reader say `text`, for something that happened beside the focus. `about`: any
/// widget of the window that it is about. Nothing is said while that can't be seen.
void announce(QWidget *about, const QString &text);

/// Marks a field as wrong, with `problem` as its description, or as right again when that is
/// empty; then `otherwise` describes it. A line of text gets the state "invalid", too.
void setFieldProblem(QWidget *field, const QString &problem, const QString &otherwise = {});

} // namespace sonar
