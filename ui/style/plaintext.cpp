// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/plaintext.h"

#include <QTextDocument>
#include <QWidget>

namespace sonar {

namespace {

bool turnsDirection(QChar c)
{
    const char16_t code = c.unicode();
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
           code == 0x200e || code == 0x200f || code == 0x061c;
}

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control && !c.isSpace();
}

} // namespace

QString shownText(const QString &untrusted, int limit)
{
    // What is cut off anyway isn't looked at: a megabyte of label costs no more than a line of it.
    QString text = untrusted.left(limit * 4);
    text.removeIf([](QChar c) { return turnsDirection(c) || isControl(c); });
    text = text.simplified();
    if (text.size() <= limit)
        return text;
    text.truncate(limit - 1);
    if (text.back().isHighSurrogate())
        text.chop(1);
    return text + QChar(0x2026);
}

void setPlainToolTip(QWidget *widget, const QString &text)
{
    widget->setToolTip(text.isEmpty() ? QString() : Qt::convertFromPlainText(text));
    widget->setAccessibleDescription(text);
}

} // namespace sonar
