// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/tonedframe.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QPainter>

namespace sonar {

TonedFrame::TonedFrame(Tone tone, QWidget *parent)
    : QFrame(parent)
    , m_tone(tone)
{
    recolor();
}

void TonedFrame::setTone(Tone tone)
{
    if (tone == m_tone)
        return;
    m_tone = tone;
    recolor();
    update();
}

void TonedFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(toneColors(m_tone, QApplication::palette()).fill);
    painter.drawRoundedRect(rect(), 6, 6);
}

void TonedFrame::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    // Comes after the application's palette was set (applyTheme), and once.
    if (event->type() == QEvent::StyleChange)
        recolor();
}

bool TonedFrame::event(QEvent *event)
{
    if (event->type() == QEvent::ChildPolished)
        recolor();
    return QFrame::event(event);
}

void TonedFrame::recolor()
{
    // Under a style sheet a widget doesn't inherit its parent's palette: each label gets its own.
    const QColor text = toneColors(m_tone, QApplication::palette()).text;
    for (QLabel *label : findChildren<QLabel *>()) {
        QPalette colors = label->palette();
        colors.setColor(QPalette::WindowText, text);
        colors.setColor(QPalette::Text, text);
        label->setPalette(colors);
    }
}

} // namespace sonar
