// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/accessibleline.h"

#include <QComboBox>
#include <QFontMetrics>
#include <QLineEdit>

#include <algorithm>

namespace sonar {

AccessibleLine::AccessibleLine(QLineEdit *line)
    : QAccessibleWidget(line, QAccessible::EditableText)
{
    addControllingSignal(QStringLiteral("textChanged(const QString&)"));
    addControllingSignal(QStringLiteral("returnPressed()"));
}

QLineEdit *AccessibleLine::line() const
{
    return static_cast<QLineEdit *>(object());
}

QString AccessibleLine::shown() const
{
    return line()->echoMode() == QLineEdit::Normal ? line()->text() : line()->displayText();
}

QString AccessibleLine::text(QAccessible::Text what) const
{
    if (what == QAccessible::Value)
        return shown();
    const QString told = QAccessibleWidget::text(what);
    const bool placeholder = what == QAccessible::Description && told.isEmpty();
    return placeholder ? line()->placeholderText() : told;
}

void AccessibleLine::setText(QAccessible::Text what, const QString &text)
{
    if (what != QAccessible::Value)
        QAccessibleWidget::setText(what, text);
    else if (!line()->isReadOnly())
        replaceText(0, characterCount(), text);
}

QAccessible::State AccessibleLine::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.editable = !line()->isReadOnly();
    state.readOnly = line()->isReadOnly();
    state.selectableText = true;
    state.passwordEdit = line()->echoMode() != QLineEdit::Normal;
    state.hasPopup = line()->completer() != nullptr;
    const auto *box = qobject_cast<QComboBox *>(line()->parentWidget());
    state.invalid =
        line()->property("invalid").toBool() || (box && box->property("invalid").toBool());
    return state;
}

void *AccessibleLine::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface *>(this);
    if (type == QAccessible::EditableTextInterface)
        return static_cast<QAccessibleEditableTextInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

void AccessibleLine::selection(int index, int *start, int *end) const
{
    const bool any = index == 0 && line()->hasSelectedText();
    *start = any ? line()->selectionStart() : 0;
    *end = any ? line()->selectionEnd() : 0;
}

int AccessibleLine::selectionCount() const
{
    return line()->hasSelectedText() ? 1 : 0;
}

void AccessibleLine::addSelection(int start, int end)
{
    setSelection(0, start, end);
}

void AccessibleLine::removeSelection(int index)
{
    if (index == 0)
        line()->deselect();
}

void AccessibleLine::setSelection(int index, int start, int end)
{
    if (index == 0)
        line()->setSelection(start, end - start);
}

int AccessibleLine::cursorPosition() const
{
    return line()->cursorPosition();
}

void AccessibleLine::setCursorPosition(int position)
{
    line()->setCursorPosition(position);
}

QString AccessibleLine::text(int start, int end) const
{
    return start < 0 || end < start ? QString() : shown().mid(start, end - start);
}

int AccessibleLine::characterCount() const
{
    return int(shown().size());
}

QRect AccessibleLine::characterRect(int offset) const
{
    if (offset < 0 || offset > characterCount())
        return {};
    const QFontMetrics metrics = line()->fontMetrics();
    // Where the cursor stands is known, also of a text that is longer than the line.
    const QRect cursor = line()->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    const int toCursor = metrics.horizontalAdvance(shown().left(cursorPosition()));
    const int left =
        cursor.center().x() - toCursor + metrics.horizontalAdvance(shown().left(offset));
    const int width = metrics.horizontalAdvance(shown().mid(offset, 1));
    return {line()->mapToGlobal(QPoint(left, cursor.top())), QSize(width, cursor.height())};
}

int AccessibleLine::offsetAtPoint(const QPoint &point) const
{
    return line()->cursorPositionAt(line()->mapFromGlobal(point));
}

void AccessibleLine::scrollToSubstring(int start, int end)
{
    line()->setCursorPosition(end);
    line()->setCursorPosition(start);
}

QString AccessibleLine::attributes(int offset, int *start, int *end) const
{
    // Plain from the first letter to the last.
    const bool inside = offset >= 0 && offset <= characterCount();
    *start = inside ? 0 : offset;
    *end = inside ? characterCount() : offset;
    return {};
}

void AccessibleLine::deleteText(int start, int end)
{
    replaceText(start, end, {});
}

void AccessibleLine::insertText(int offset, const QString &text)
{
    replaceText(offset, offset, text);
}

void AccessibleLine::replaceText(int start, int end, const QString &text)
{
    if (line()->isReadOnly() || start < 0 || end < start || start > line()->text().size())
        return;
    // As if it was typed: what checks the text hears of it, and it can be taken back.
    line()->setSelection(start, std::min(end, int(line()->text().size())) - start);
    line()->insert(text);
}

} // namespace sonar
