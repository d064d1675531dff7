// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/touralbum.h"

#include "ui/tour/tourhand.h"

#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QSaveFile>
#include <QTimer>
#include <QWidget>

namespace sonar {

namespace {

/// A window counts as settled when it looks the same after this time: short timers that gather
/// changes have run, and what they led to is painted.
constexpr int settlingMilliseconds = 80;
/// Some never do: a countdown, a turning wheel.
constexpr int settlingTries = 6;

constexpr qreal cornerRadius = 10;
constexpr int shadowSteps = 24;

/// A window over the window, as a desktop without a title bar shows it: shadow, corners, outline.
void paintOver(QPixmap &picture, const QPixmap &over, const QPalette &palette)
{
    const QSizeF size = over.deviceIndependentSize();
    const QSizeF whole = picture.deviceIndependentSize();
    const QRectF place(
        QPointF((whole.width() - size.width()) / 2, (whole.height() - size.height()) / 2.4), size);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(QPointF(), whole), QColor(0, 0, 0, 40));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 2));
    for (int step = 1; step <= shadowSteps; ++step)
        painter.drawRoundedRect(place.adjusted(-step, -step + 4, step, step + 8),
                                cornerRadius + step, cornerRadius + step);
    QPainterPath outline;
    outline.addRoundedRect(place, cornerRadius, cornerRadius);
    painter.save();
    painter.setClipPath(outline);
    painter.drawPixmap(place.topLeft(), over);
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(palette.color(QPalette::Mid), 1));
    painter.drawPath(outline);
}

QPixmap pictureOf(QWidget *window, QWidget *over)
{
    QPixmap picture = window->grab();
    if (over)
        paintOver(picture, over->grab(), window->palette());
    return picture;
}

void pause(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

TourAlbum::TourAlbum(const QString &folder, TourHand *hand)
    : m_folder(folder)
    , m_hand(hand)
{
    if (!m_folder.mkpath(QStringLiteral(".")))
        m_hand->fail(QStringLiteral("the folder %1 can't be made").arg(folder));
}

QPixmap TourAlbum::settled(const QPointer<QWidget> &window, const QPointer<QWidget> &over) const
{
    QPixmap picture = pictureOf(window, over);
    QImage before = picture.toImage();
    for (int tries = 0; tries < settlingTries; ++tries) {
        pause(settlingMilliseconds);
        if (!window)
            break;
        const QPixmap next = pictureOf(window, over);
        const QImage after = next.toImage();
        if (after == before)
            break;
        picture = next;
        before = after;
    }
    return picture;
}

void TourAlbum::take(const QString &name, const QString &line, QWidget *window, QWidget *over)
{
    if (!m_hand->isWell())
        return;
    const QString file =
        QStringLiteral("%1-%2.png").arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name);
    if (!settled(window, over).save(path(file), "PNG"))
        m_hand->fail(QStringLiteral("%1 can't be written").arg(path(file)));
    m_lines << QStringLiteral("%1  [%2]").arg(line, file);
}

void TourAlbum::finish()
{
    m_lines << (m_hand->isWell() ? QStringLiteral("Every step worked.")
                                 : QStringLiteral("FAILED. %1").arg(m_hand->trouble()));
    QSaveFile file(path(QStringLiteral("tour.txt")));
    const QByteArray text = m_lines.join(QLatin1Char('\n')).toUtf8() + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        m_hand->fail(QStringLiteral("%1 can't be written").arg(file.fileName()));
}

} // namespace sonar
