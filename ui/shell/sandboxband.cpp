// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sandboxband.h"

#include "ui/style/theme.h"

#include <QPainter>

namespace sonar {

SandboxBand::SandboxBand(QWidget *parent)
    : QWidget(parent)
    , m_text(
          tr("Practice mode. Nothing here is real, and these permits won't work in a real sale."))
{
    setAccessibleName(m_text);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize SandboxBand::sizeHint() const
{
    return {200, fontMetrics().height() + 10};
}

void SandboxBand::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ToneColors colors = toneColors(Tone::Warning, palette());
    painter.fillRect(rect(), colors.fill);
    painter.setPen(colors.text);
    const QRect area = rect().adjusted(16, 0, -16, 0);
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, area.width()));
}

} // namespace sonar
