// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/chip.h"

#include <QPainter>

namespace sonar {

namespace {

constexpr int sidePadding = 9;
constexpr int edgePadding = 2;

QFont chipFont(const QFont &base)
{
    QFont font = base;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.93);
    font.setWeight(QFont::DemiBold);
    return font;
}

/// One line, whatever the text holds.
QString singleLine(const QString &text)
{
    return text.simplified();
}

} // namespace

Chip::Chip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Chip::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Chip::setTone(Tone tone)
{
    if (tone == m_tone)
        return;
    m_tone = tone;
    update();
}

QSize Chip::sizeHint() const
{
    return sizeFor(m_text, font());
}

QSize Chip::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), 40), sizeHint().height()};
}

QSize Chip::sizeFor(const QString &text, const QFont &font)
{
    const QFontMetrics metrics(chipFont(font));
    return {metrics.horizontalAdvance(singleLine(text)) + 2 * sidePadding + 1,
            metrics.height() + 2 * edgePadding};
}

void Chip::paint(QPainter &painter, const QRect &rect, const QString &text, Tone tone,
                 const QFont &font, const QPalette &palette)
{
    const ToneColors colors = toneColors(tone, palette);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.fill);
    painter.drawRoundedRect(QRectF(rect), rect.height() / 2.0, rect.height() / 2.0);
    const QFont small = chipFont(font);
    painter.setFont(small);
    painter.setPen(colors.text);
    const QRect inner = rect.adjusted(sidePadding, 0, -sidePadding, 0);
    painter.drawText(
        inner, Qt::AlignCenter | Qt::TextSingleLine,
        QFontMetrics(small).elidedText(singleLine(text), Qt::ElideRight, inner.width() + 1));
    painter.restore();
}

void Chip::paintEvent(QPaintEvent *)
{
    if (m_text.isEmpty())
        return;
    QPainter painter(this);
    QRect area = rect();
    area.setWidth(qMin(area.width(), sizeHint().width()));
    if (isRightToLeft())
        area.moveRight(rect().right());
    paint(painter, area, m_text, m_tone, font(), palette());
}

} // namespace sonar
