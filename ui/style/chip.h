// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QWidget>

namespace sonar {

/// A status in words on a tinted, rounded ground.
class Chip : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)
public:
    explicit Chip(QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text); ///< plain text; also the accessible name
    void setTone(Tone tone);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// Shared with ChipDelegate.
    static QSize sizeFor(const QString &text, const QFont &font);
    static void paint(QPainter &painter, const QRect &rect, const QString &text, Tone tone,
                      const QFont &font, const QPalette &palette);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Tone m_tone = Tone::Neutral;
};

} // namespace sonar
