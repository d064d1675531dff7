// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/tonedframe.h"

#include "ui/style/labels.h"

#include <QEvent>
#include <QPainter>

namespace sonar {

TonedFrame::TonedFrame(Tone tone, QWidget *parent)
    : QFrame(parent)
    , m_tone(tone)
{}

void TonedFrame::setTone(Tone tone)
{
    if (tone == m_tone)
        return;
    m_tone = tone;
    nameToneForLabels();
    update();
}

void TonedFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(toneColors(m_tone, palette()).fill);
    painter.drawRoundedRect(rect(), 6, 6);
}

bool TonedFrame::event(QEvent *event)
{
    if (event->type() == QEvent::ChildPolished)
        nameToneForLabels();
    return QFrame::event(event);
}

void TonedFrame::nameToneForLabels()
{
    // By the sheet, not by palettes: a change of the sheet takes those back.
    static constexpr const char *names[] = {"neutral", "accent", "positive", "warning", "negative"};
    for (QLabel *label : findChildren<QLabel *>())
        setStyleProperty(label, "tone", QString::fromLatin1(names[int(m_tone)]));
}

} // namespace sonar
