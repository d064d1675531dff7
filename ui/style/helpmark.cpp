// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/helpmark.h"

#include "ui/style/plaintext.h"
#include "ui/style/tokens.h"

#include <QFontInfo>
#include <QGuiApplication>
#include <QPainter>
#include <QWhatsThis>

namespace sonar {

HelpMark::HelpMark(const QString &subject, const QString &help, QWidget *parent)
    : QToolButton(parent)
    , m_help(help)
{
    setObjectName(QStringLiteral("helpMark"));
    setText(QStringLiteral("?"));
    setAutoRaise(true); // painted anew when the mouse enters and leaves
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("What is this? %1").arg(subject));
    setAccessibleDescription(help);
    setPlainToolTip(this, help);
    connect(this, &QToolButton::clicked, this, [this] {
        QWhatsThis::showText(mapToGlobal(QPoint(0, height())), m_help.toHtmlEscaped(), this);
    });
}

QSize HelpMark::sizeHint() const
{
    const int side = fontMetrics().height();
    return {side, side};
}

void HelpMark::paintEvent(QPaintEvent *)
{
    // A style sheet's radius is in pixels: with another font it wouldn't be a circle.
    // The program's palette: in the button's own the sheet's transparent background is black.
    const Tokens &colors = tokens(isDark(QGuiApplication::palette()));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? colors.accent : colors.outline);
    if (isDown())
        painter.setBrush(colors.pressed);
    else if (underMouse())
        painter.setBrush(colors.hover);
    painter.drawEllipse(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    QFont small = font();
    small.setPointSizeF(QFontInfo(small).pointSizeF() * 0.85);
    painter.setFont(small);
    painter.setPen(colors.muted);
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace sonar
