// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connect/steprow.h"

#include "ui/style/announce.h"
#include "ui/style/labels.h"
#include "ui/style/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

namespace sonar {

namespace {

/// The round mark in front of a step.
class StepMark : public QWidget
{
public:
    StepMark(int number, QWidget *parent)
        : QWidget(parent)
        , m_number(number)
    {
        setFixedSize(22, 22);
    }

    void setState(StepRow::State state)
    {
        m_state = state;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF circle = QRectF(rect()).adjusted(1, 1, -1, -1);
        const Tone tone = m_state == StepRow::State::Done     ? Tone::Positive
                          : m_state == StepRow::State::Failed ? Tone::Negative
                          : m_state == StepRow::State::Active ? Tone::Accent
                                                              : Tone::Neutral;
        const ToneColors colors = toneColors(tone, palette());
        painter.setBrush(m_state == StepRow::State::Pending ? QBrush(Qt::NoBrush)
                                                            : QBrush(colors.fill));
        QColor outline = colors.text;
        outline.setAlphaF(0.35F);
        painter.setPen(QPen(outline, 1));
        painter.drawEllipse(circle);

        painter.setPen(QPen(colors.text, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        if (m_state == StepRow::State::Done) {
            QPainterPath tick(QPointF(6.5, 11.5));
            tick.lineTo(9.8, 14.6);
            tick.lineTo(15.5, 7.8);
            painter.drawPath(tick);
        } else if (m_state == StepRow::State::Failed) {
            painter.drawLine(QPointF(7.5, 7.5), QPointF(14.5, 14.5));
            painter.drawLine(QPointF(14.5, 7.5), QPointF(7.5, 14.5));
        } else {
            QFont small = font();
            small.setPointSizeF(small.pointSizeF() * 0.85);
            painter.setFont(small);
            painter.drawText(rect(), Qt::AlignCenter, locale().toString(m_number));
        }
    }

private:
    int m_number;
    StepRow::State m_state = StepRow::State::Pending;
};

} // namespace

StepRow::StepRow(int number, int count, QWidget *parent)
    : QWidget(parent)
    , m_number(number)
    , m_count(count)
    , m_mark(new StepMark(number, this))
    , m_title(plainLabel({}, this))
    , m_text(mutedLabel({}, this))
{
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(10);
    layout->setVerticalSpacing(4);
    layout->addWidget(m_mark, 0, 0, Qt::AlignTop);
    layout->addWidget(m_title, 0, 1);
    layout->addWidget(m_text, 1, 1);
    layout->setColumnStretch(1, 1);
    layout->setRowMinimumHeight(0, m_mark->height());
    m_text->hide();
    dress();
}

void StepRow::setStep(State state, const QString &title)
{
    const bool news = state != m_state || title != m_title->text();
    m_state = state;
    m_title->setText(title);
    dress();
    if (news)
        announce();
}

void StepRow::setText(const QString &text)
{
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleDescription(text);
}

void StepRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        dress();
}

void StepRow::dress()
{
    static_cast<StepMark *>(m_mark)->setState(m_state);
    QFont titleFont = font();
    titleFont.setBold(m_state == State::Active || m_state == State::Failed);
    m_title->setFont(titleFont);
    setStyleProperty(m_title, "muted", m_state == State::Pending);
}

void StepRow::announce()
{
    QString standing;
    switch (m_state) {
    case State::Pending:
        standing = tr("to do");
        break;
    case State::Active:
        standing = tr("in progress");
        break;
    case State::Done:
        standing = tr("done");
        break;
    case State::Failed:
        standing = tr("failed");
        break;
    }
    setAccessibleName(tr("Step %1 of %2, %3: %4")
                          .arg(locale().toString(m_number), locale().toString(m_count), standing,
                               m_title->text()));
    if (m_state != State::Pending)
        sonar::announce(this, accessibleName());
}

} // namespace sonar
