// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/accountcard.h"

#include "ui/style/plaintext.h"
#include "ui/style/tokens.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextBoundaryFinder>

namespace sonar {

namespace {

constexpr int cardHeight = 52;
constexpr int circle = 30;

/// The first character as a reader sees it (letters may be several code points).
QString initialOf(const QString &name)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, name);
    const qsizetype end = finder.toNextBoundary();
    return end > 0 ? name.left(end).toUpper() : QString();
}

} // namespace

AccountCard::AccountCard(QWidget *parent)
    : QPushButton(parent)
{
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void AccountCard::setPerson(const QString &name, const QString &secondLine)
{
    m_name = shownText(name);
    m_secondLine = shownText(secondLine);
    setAccessibleName(m_secondLine.isEmpty() ? tr("Account: %1").arg(m_name)
                                             : tr("Account: %1, %2").arg(m_name, m_secondLine));
    const QString both =
        m_secondLine.isEmpty() ? m_name : m_name + QLatin1Char('\n') + m_secondLine;
    setPlainToolTip(this, both);
    update();
}

QSize AccountCard::sizeHint() const
{
    return {180, qMax(cardHeight, 2 * fontMetrics().height() + 18)};
}

QSize AccountCard::minimumSizeHint() const
{
    return {110, sizeHint().height()};
}

void AccountCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &colors = tokens(isDark(palette()));
    painter.setPen(hasFocus() ? colors.accent : colors.line);
    painter.setBrush(isDown() ? colors.pressed : underMouse() ? colors.hover : colors.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);

    const QRect disc(10, (height() - circle) / 2, circle, circle);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.accent);
    painter.drawEllipse(disc);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(colors.onAccent);
    painter.drawText(disc, Qt::AlignCenter, initialOf(m_name));

    const int left = disc.right() + 11;
    const int right = width() - 26;
    const QFontMetrics boldMetrics(bold);
    const int lines = m_secondLine.isEmpty() ? boldMetrics.height()
                                             : boldMetrics.height() + fontMetrics().height();
    QRect line(left, (height() - lines) / 2, right - left, boldMetrics.height());
    painter.setPen(colors.text);
    painter.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine,
                     boldMetrics.elidedText(m_name, Qt::ElideRight, line.width()));
    if (!m_secondLine.isEmpty()) {
        line.moveTop(line.bottom() + 1);
        line.setHeight(fontMetrics().height());
        painter.setFont(font());
        painter.setPen(colors.muted);
        painter.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine,
                         fontMetrics().elidedText(m_secondLine, Qt::ElideRight, line.width()));
    }

    QPainterPath chevron(QPointF(width() - 19, height() / 2.0 - 2));
    chevron.lineTo(width() - 15, height() / 2.0 + 2);
    chevron.lineTo(width() - 11, height() / 2.0 - 2);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.muted, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(chevron);
}

} // namespace sonar
