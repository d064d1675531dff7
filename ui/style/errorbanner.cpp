// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/errorbanner.h"

#include "ui/style/announce.h"
#include "ui/style/glyphs.h"
#include "ui/style/labels.h"
#include "ui/style/tonedframe.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace sonar {

namespace {

/// In a narrower one the links stand below the words.
constexpr int wideEnough = 520;
constexpr int mostLines = 2; ///< of each text

} // namespace

class ErrorBanner::Impl : public QObject
{
public:
    explicit Impl(ErrorBanner *banner)
        : QObject(banner)
        , ground(new TonedFrame(Tone::Negative, banner))
        , summary(new WrappedLabel({}, ground))
        , advice(new WrappedLabel({}, ground))
        , copy(linkButton(ErrorBanner::tr("Copy details"), ground))
        , retry(linkButton({}, ground))
        , close(new QToolButton(ground))
    {}

    TonedFrame *ground;
    WrappedLabel *summary;
    WrappedLabel *advice;
    QPushButton *copy;
    QPushButton *retry;
    QToolButton *close;
    QBoxLayout *body = nullptr; ///< words and links
    QString report;
};

ErrorBanner::ErrorBanner(QWidget *parent)
    : QFrame(parent)
    , m_impl(new Impl(this))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_impl->ground);

    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_impl->summary->setFont(strong);
    // What a server says may be long, and the page below is wanted, too.
    for (WrappedLabel *label : {m_impl->summary, m_impl->advice}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setMostLines(mostLines);
    }
    m_impl->close->setIcon(glyphIcon(Glyph::Close));
    m_impl->close->setIconSize({12, 12});
    m_impl->close->setAutoRaise(true);
    m_impl->close->setFocusPolicy(Qt::TabFocus);
    m_impl->close->setToolTip(tr("Close this message"));
    m_impl->close->setAccessibleName(tr("Close this message"));

    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_impl->summary);
    words->addWidget(m_impl->advice);
    auto *links = new QHBoxLayout;
    links->setSpacing(8);
    links->addWidget(m_impl->copy);
    links->addWidget(m_impl->retry);
    links->addStretch(1);
    m_impl->body = new QHBoxLayout;
    m_impl->body->setSpacing(4);
    m_impl->body->addLayout(words, 1);
    m_impl->body->addLayout(links);
    auto *row = new QHBoxLayout(m_impl->ground);
    row->setContentsMargins(14, 8, 8, 8);
    row->setSpacing(8);
    row->addLayout(m_impl->body, 1);
    row->addWidget(m_impl->close, 0, Qt::AlignTop);

    connect(m_impl->copy, &QPushButton::clicked, this,
            [this] { copyBy(m_impl->copy, m_impl->report); });
    m_impl->retry->setObjectName(QStringLiteral("bannerRetry"));
    connect(m_impl->retry, &QPushButton::clicked, this, &ErrorBanner::retryTriggered);
    connect(m_impl->close, &QToolButton::clicked, this, &ErrorBanner::clear);
    hide();
}

void ErrorBanner::showError(const Error &error, const QString &retryText)
{
    m_impl->summary->setText(error.summary);
    m_impl->advice->setText(error.advice);
    m_impl->advice->setVisible(!error.advice.isEmpty());
    m_impl->report = error.report();
    m_impl->copy->setVisible(!error.details.isEmpty());
    m_impl->retry->setText(retryText);
    m_impl->retry->setVisible(!retryText.isEmpty());
    setAccessibleName(error.summary);
    setAccessibleDescription(error.advice);
    arrange();
    show();
    announce(this, QStringLiteral("%1. %2").arg(error.summary, error.advice).trimmed());
}

void ErrorBanner::showMessage(const QString &text, const QString &action)
{
    Error message;
    message.summary = text;
    showError(message, action);
}

void ErrorBanner::setTone(Tone tone)
{
    m_impl->ground->setTone(tone);
}

void ErrorBanner::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    arrange();
}

void ErrorBanner::arrange()
{
    const bool links = !m_impl->copy->isHidden() || !m_impl->retry->isHidden();
    m_impl->body->setDirection(width() >= wideEnough || !links ? QBoxLayout::LeftToRight
                                                               : QBoxLayout::TopToBottom);
}

void ErrorBanner::clear()
{
    hide();
    m_impl->report.clear();
}

} // namespace sonar
