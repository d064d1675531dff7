// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/scrollbody.h"

#include "ui/style/screenfit.h"

#include <QDialog>
#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace sonar {

namespace {

constexpr int lowest = 60;   ///< still something to scroll
constexpr int rounding = 12; ///< fields in a style sheet ask for a little less than they need

/// Lists in it shrink before it scrolls.
class Content : public QWidget
{
public:
    int heightForWidth(int width) const override
    {
        return layout()->totalMinimumHeightForWidth(width) + rounding;
    }
};

} // namespace

ScrollBody::ScrollBody(QWidget *parent)
    : QScrollArea(parent)
{
    auto *shown = new Content;
    m_column = new QVBoxLayout(shown);
    m_column->setContentsMargins(0, 0, 0, 0);
    shown->setAutoFillBackground(false);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(shown);                         // which this watches from now on
    viewport()->setAutoFillBackground(false); // the dialog's own ground
    shown->setAutoFillBackground(false);
    // Words alone are scrolled by keys, too.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this,
            [this](int, int end) { setFocusPolicy(end > 0 ? Qt::TabFocus : Qt::NoFocus); });
}

int ScrollBody::contentHeight(int width) const
{
    const int wanted = m_column->hasHeightForWidth() ? m_column->totalHeightForWidth(width)
                                                     : m_column->totalSizeHint().height();
    return std::max(wanted, widget()->heightForWidth(width));
}

QSize ScrollBody::sizeHint() const
{
    const QSize hint = m_column->totalSizeHint();
    return {hint.width(), contentHeight(isVisible() ? width() : hint.width())};
}

QSize ScrollBody::minimumSizeHint() const
{
    const QSize least = m_column->totalMinimumSize();
    return {least.width() + verticalScrollBar()->sizeHint().width(),
            std::min(least.height(), lowest)};
}

bool ScrollBody::eventFilter(QObject *object, QEvent *event)
{
    const bool taken = QScrollArea::eventFilter(object, event);
    if (object == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return taken;
}

QSize sizeWithBody(const QDialog *dialog, const ScrollBody *body, int width)
{
    QLayout *const layout = dialog->layout();
    layout->invalidate(); // what is in the body may have come just now
    const QMargins margins = layout->contentsMargins();
    const QSize room = roomFor(dialog);
    width = std::min(std::max(width, layout->totalMinimumSize().width()), room.width());
    const int around = (layout->hasHeightForWidth() ? layout->totalHeightForWidth(width)
                                                    : layout->totalSizeHint().height()) -
                       body->sizeHint().height();
    const int inside = body->contentHeight(width - margins.left() - margins.right());
    return {width, std::min(around + inside, room.height())};
}

} // namespace sonar
