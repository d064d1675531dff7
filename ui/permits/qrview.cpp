// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/qrview.h"

#include <QPainter>

#include <algorithm>

namespace sonar {

namespace {

constexpr int quietZone = 4; ///< modules around the code (ISO/IEC 18004)
constexpr int preferredSide = 230;

} // namespace

QrView::QrView(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void QrView::setCode(const std::optional<QrCode> &code)
{
    m_code = code;
    updateGeometry();
    update();
}

QSize QrView::sizeHint() const
{
    if (!m_code)
        return {0, 0};
    // Whole pixels for each module: blurred edges are harder to read.
    const int modules = m_code->size + 2 * quietZone;
    const int side = modules * std::max(2, (preferredSide + modules / 2) / modules);
    return {side, side};
}

void QrView::paintEvent(QPaintEvent *)
{
    if (!m_code)
        return;
    const int modules = m_code->size + 2 * quietZone;
    const int step = std::max(1, std::min(width(), height()) / modules);
    const QPoint corner((width() - step * modules) / 2, (height() - step * modules) / 2);
    QPainter painter(this);
    painter.fillRect(QRect(corner, QSize(step * modules, step * modules)), Qt::white);
    for (int y = 0; y < m_code->size; ++y) {
        for (int x = 0; x < m_code->size; ++x) {
            if (m_code->isDark(x, y))
                painter.fillRect(corner.x() + (x + quietZone) * step,
                                 corner.y() + (y + quietZone) * step, step, step, Qt::black);
        }
    }
}

} // namespace sonar
