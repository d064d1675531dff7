// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/stateview.h"

#include "ui/style/announce.h"
#include "ui/style/glyphs.h"
#include "ui/style/labels.h"
#include "ui/style/spinner.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace sonar {

namespace {

constexpr int textWidth = 440;
constexpr int roomy = 280;
constexpr int longTitle = 80; ///< what a service says may be part of it

/// A glyph on a round, tinted ground.
class Emblem : public QWidget
{
public:
    using QWidget::QWidget;

    void set(Glyph glyph, Tone tone)
    {
        m_glyph = glyph;
        m_tone = tone;
        update();
    }
    QSize sizeHint() const override { return {56, 56}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const ToneColors colors = toneColors(m_tone, palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.fill);
        painter.drawEllipse(rect());
        paintGlyph(painter, m_glyph, QRectF(rect()).adjusted(16, 16, -16, -16), colors.text);
    }

private:
    Glyph m_glyph = Glyph::Wave;
    Tone m_tone = Tone::Neutral;
};

} // namespace

class StateView::Impl : public QObject
{
public:
    explicit Impl(StateView *parent)
        : QObject(parent)
        , view(parent)
        , spinner(new Spinner(40, parent))
        , emblem(new Emblem(parent))
        , title(fixedWords(plainLabel({}, parent)))
        , text(fixedWords(mutedLabel({}, parent)))
        , primary(new QPushButton(parent))
        , secondary(new QPushButton(parent))
        , copy(linkButton(StateView::tr("Copy details"), parent))
    {}

    void setTexts(const QString &newTitle, const QString &newText)
    {
        title->setText(newTitle);
        title->setFont(heading(view->font(), newTitle.size() > longTitle ? 1 : 2));
        text->setText(newText);
        text->setVisible(!newText.isEmpty());
    }

    /// Where there is little room the words take it.
    void showEmblem() { emblem->setVisible(spinner->isHidden() && view->height() >= roomy); }

    void setActions(const QString &primaryText, const QString &secondaryText)
    {
        primary->setText(primaryText);
        primary->setVisible(!primaryText.isEmpty());
        secondary->setText(secondaryText);
        secondary->setVisible(!secondaryText.isEmpty());
    }

    StateView *view;
    Spinner *spinner;
    Emblem *emblem;
    QLabel *title;
    QLabel *text;
    QPushButton *primary;
    QPushButton *secondary;
    QPushButton *copy;
    QString report;
};

StateView::StateView(QWidget *parent)
    : QWidget(parent)
    , m_impl(new Impl(this))
{
    m_impl->emblem->setFixedSize(m_impl->emblem->sizeHint());
    for (QLabel *label : {m_impl->title, m_impl->text}) {
        label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    }
    setPrimary(m_impl->primary);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_impl->secondary);
    buttons->addWidget(m_impl->primary);
    buttons->addStretch(1);

    auto *body = new QWidget(this);
    body->setMaximumWidth(textWidth);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_impl->spinner, 0, Qt::AlignHCenter);
    column->addWidget(m_impl->emblem, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(m_impl->title);
    column->addWidget(m_impl->text);
    column->addSpacing(8);
    column->addLayout(buttons);
    column->addWidget(m_impl->copy, 0, Qt::AlignHCenter);
    column->addStretch(3);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(24, 24, 24, 24);
    row->addStretch(1);
    row->addWidget(body, 100);
    row->addStretch(1);

    connect(m_impl->primary, &QPushButton::clicked, this, &StateView::primaryTriggered);
    connect(m_impl->secondary, &QPushButton::clicked, this, &StateView::secondaryTriggered);
    connect(m_impl->copy, &QPushButton::clicked, this,
            [this] { copyBy(m_impl->copy, m_impl->report); });
    showMessage({}, {});
}

void StateView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_impl->showEmblem();
}

void StateView::showLoading(const QString &title, const QString &text)
{
    m_impl->setTexts(title, text);
    m_impl->setActions({}, {});
    m_impl->copy->hide();
    m_impl->emblem->hide();
    m_impl->spinner->show();
}

void StateView::showMessage(const QString &title, const QString &text, const QString &primaryAction,
                            const QString &secondaryAction)
{
    m_impl->setTexts(title, text);
    m_impl->setActions(primaryAction, secondaryAction);
    m_impl->copy->hide();
    m_impl->spinner->hide();
    m_impl->emblem->set(Glyph::Wave, Tone::Accent);
    m_impl->showEmblem();
}

void StateView::showError(const Error &error, const QString &retryText)
{
    for (QLabel *label : {m_impl->title, m_impl->text})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_impl->setTexts(error.summary, error.advice);
    m_impl->setActions(retryText, {});
    m_impl->report = error.report();
    m_impl->copy->setVisible(!error.details.isEmpty());
    m_impl->spinner->hide();
    m_impl->emblem->set(Glyph::Warning, Tone::Negative);
    m_impl->showEmblem();
    announce(this, QStringLiteral("%1. %2").arg(error.summary, error.advice).trimmed());
}

} // namespace sonar
