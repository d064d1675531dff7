// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/sidepane.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace sonar {

SidePane::SidePane(const QString &accessibleName, QWidget *parent)
    : QFrame(parent)
    , m_area(new QScrollArea(this))
    , m_content(new QWidget)
    , m_column(new QVBoxLayout(m_content))
{
    setProperty("pane", true);
    setMinimumWidth(296);
    setAccessibleName(accessibleName);
    m_column->setContentsMargins(16, 16, 16, 16);
    m_column->setSpacing(8);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(m_content);
    // The pane's own ground shows through.
    m_area->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_area);
}

QFrame *separator(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("line", true);
    line->setFixedHeight(1);
    return line;
}

} // namespace sonar
