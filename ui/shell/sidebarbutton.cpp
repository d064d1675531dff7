// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sidebarbutton.h"

#include "ui/style/chip.h"
#include "ui/style/plaintext.h"
#include "ui/style/tokens.h"

#include <QLocale>
#include <QPainter>

namespace sonar {

namespace {

constexpr int lineHeight = 34;
constexpr int margin = 10;

} // namespace

SidebarButton::SidebarButton(const QString &text, QWidget *parent)
    : QPushButton(parent)
{
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setFullText(text);
}

void SidebarButton::setFullText(const QString &text)
{
    m_text = shownText(text);
    describe();
}

void SidebarButton::setCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    describe();
}

void SidebarButton::setSandbox(bool sandbox)
{
    m_sandbox = sandbox;
    describe();
}

QString SidebarButton::badge() const
{
    if (m_sandbox)
        return tr("sandbox");
    return m_count >= 0 ? locale().toString(m_count) : QString();
}

void SidebarButton::describe()
{
    setAccessibleName(m_sandbox ? tr("%1, sandbox").arg(m_text) : m_text);
    const bool whole = fontMetrics().horizontalAdvance(m_text) <= textRect().width();
    setPlainToolTip(this, whole ? QString() : m_text);
    if (m_count >= 0)
        setAccessibleDescription(locale().toString(m_count));
    update();
}

QRect SidebarButton::textRect() const
{
    QRect area = rect().adjusted(margin, 0, -margin, 0);
    if (!badge().isEmpty())
        area.setRight(area.right() - Chip::sizeFor(badge(), font()).width() - 8);
    return area;
}

QSize SidebarButton::sizeHint() const
{
    return {160, qMax(lineHeight, fontMetrics().height() + 14)};
}

QSize SidebarButton::minimumSizeHint() const
{
    return {96, sizeHint().height()};
}

void SidebarButton::resizeEvent(QResizeEvent *event)
{
    QPushButton::resizeEvent(event);
    describe();
}

void SidebarButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &colors = tokens(isDark(palette()));
    const QRectF ground = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(hasFocus() ? QPen(colors.accent) : QPen(Qt::NoPen));
    painter.setBrush(isChecked()    ? colors.selection
                     : isDown()     ? colors.pressed
                     : underMouse() ? colors.hover
                                    : QColor(Qt::transparent));
    painter.drawRoundedRect(ground, 6, 6);

    QFont face = font();
    if (isChecked())
        face.setWeight(QFont::DemiBold);
    painter.setFont(face);
    painter.setPen(isEnabled() ? colors.text : colors.disabled);
    const QRect area = textRect();
    const QString shown = QFontMetrics(face).elidedText(m_text, Qt::ElideRight, area.width());
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);

    if (badge().isEmpty())
        return;
    const QSize size = Chip::sizeFor(badge(), font());
    const QRect place(rect().right() - margin - size.width() + 1, (height() - size.height()) / 2,
                      size.width(), size.height());
    Chip::paint(painter, place, badge(), m_sandbox ? Tone::Warning : Tone::Neutral, font(),
                palette());
}

} // namespace sonar
