// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/sidepane.h"

#include "ui/style/labels.h"
#include "ui/style/theme.h"

#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace sonar {

namespace {

constexpr int leastWidth = 296;
constexpr int leastHeight = 40; ///< still something to scroll

} // namespace

SidePane::SidePane(const QString &accessibleName, QWidget *parent)
    : QFrame(parent)
    , m_area(new QScrollArea(this))
    , m_content(new QWidget)
    , m_column(new QVBoxLayout(m_content))
{
    setProperty("pane", true);
    setMinimumWidth(leastWidth);
    setAccessibleName(accessibleName);
    m_column->setContentsMargins(16, 16, 16, 16);
    m_column->setSpacing(8);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setMinimumHeight(leastHeight);
    m_area->setWidget(m_content);
    // The pane's own ground shows through.
    m_area->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_area);
    m_content->installEventFilter(this);
}

bool SidePane::eventFilter(QObject *object, QEvent *event)
{
    // It scrolls up and down only: buttons need their words' width.
    if (object == m_content && event->type() == QEvent::LayoutRequest)
        setMinimumWidth(qMax(leastWidth, m_content->minimumSizeHint().width() +
                                             m_area->verticalScrollBar()->sizeHint().width()));
    return QFrame::eventFilter(object, event);
}

QLabel *paneTitle(QWidget *parent)
{
    auto *title = new WrappedLabel({}, parent);
    title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    title->setFont(heading(title->font(), 2));
    title->setMostLines(3);
    return title;
}

QFrame *separator(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("line", true);
    line->setFixedHeight(1);
    return line;
}

} // namespace sonar
