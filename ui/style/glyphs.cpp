// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/glyphs.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QPixmap>

namespace sonar {

namespace {

void addLine(QPainterPath &path, std::initializer_list<QPointF> points)
{
    auto point = points.begin();
    path.moveTo(*point);
    while (++point != points.end())
        path.lineTo(*point);
}

QPainterPath outlineOf(Glyph glyph)
{
    QPainterPath path;
    switch (glyph) {
    case Glyph::Copy:
        path.addRoundedRect(QRectF(5.5, 5.5, 8, 8), 1.5, 1.5);
        addLine(path, {{3.5, 10.5}, {2.5, 10.5}, {2.5, 2.5}, {10.5, 2.5}, {10.5, 3.5}});
        break;
    case Glyph::Check:
        addLine(path, {{3, 8.5}, {6.5, 12}, {13, 4.5}});
        break;
    case Glyph::External:
        addLine(path, {{7, 3.5}, {3, 3.5}, {3, 13}, {12.5, 13}, {12.5, 9}});
        addLine(path, {{9.5, 2.5}, {13.5, 2.5}, {13.5, 6.5}});
        addLine(path, {{13.5, 2.5}, {7.5, 8.5}});
        break;
    case Glyph::Refresh:
        path.arcMoveTo(QRectF(2.5, 2.5, 11, 11), 40);
        path.arcTo(QRectF(2.5, 2.5, 11, 11), 40, 300);
        addLine(path, {{13, 1.8}, {12.6, 5}, {9.4, 4.6}});
        break;
    case Glyph::Search:
        path.addEllipse(QRectF(2.5, 2.5, 8.5, 8.5));
        addLine(path, {{10, 10}, {13.5, 13.5}});
        break;
    case Glyph::Close:
        addLine(path, {{4, 4}, {12, 12}});
        addLine(path, {{12, 4}, {4, 12}});
        break;
    case Glyph::Warning:
        path.addEllipse(QRectF(1.5, 1.5, 13, 13));
        addLine(path, {{8, 4.6}, {8, 8.8}});
        addLine(path, {{8, 11.2}, {8, 11.3}});
        break;
    case Glyph::Add:
        addLine(path, {{8, 3}, {8, 13}});
        addLine(path, {{3, 8}, {13, 8}});
        break;
    case Glyph::Export:
        addLine(path, {{2.5, 10}, {2.5, 13.5}, {13.5, 13.5}, {13.5, 10}});
        addLine(path, {{8, 2}, {8, 10}});
        addLine(path, {{5, 7}, {8, 10}, {11, 7}});
        break;
    case Glyph::Entities:
        path.addEllipse(QRectF(5, 2, 6, 6));
        path.moveTo(2.5, 14);
        path.cubicTo({2.5, 8.8}, {13.5, 8.8}, {13.5, 14});
        break;
    case Glyph::Permits:
        path.addRoundedRect(QRectF(3, 1.8, 10, 12.4), 1.5, 1.5);
        addLine(path, {{5.6, 5}, {10.4, 5}});
        addLine(path, {{5.6, 9.6}, {7.4, 11.2}, {10.4, 8}});
        break;
    case Glyph::Wave:
        path.addEllipse(QRectF(2.2, 11, 2.6, 2.6));
        for (const qreal radius : {5.0, 8.4, 11.6}) {
            const QRectF circle(3.5 - radius, 12.3 - radius, 2 * radius, 2 * radius);
            path.arcMoveTo(circle, 4);
            path.arcTo(circle, 4, 82);
        }
        break;
    }
    return path;
}

class GlyphEngine : public QIconEngine
{
public:
    explicit GlyphEngine(Glyph glyph)
        : m_glyph(glyph)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        paintGlyph(*painter, m_glyph, rect, palette.color(group, QPalette::ButtonText));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new GlyphEngine(m_glyph); }

private:
    Glyph m_glyph;
};

} // namespace

QIcon glyphIcon(Glyph glyph)
{
    return QIcon(new GlyphEngine(glyph));
}

void paintGlyph(QPainter &painter, Glyph glyph, const QRectF &rect, const QColor &color)
{
    const qreal side = qMin(rect.width(), rect.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
    painter.scale(side / 16, side / 16);
    painter.setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outlineOf(glyph));
    painter.restore();
}

} // namespace sonar
