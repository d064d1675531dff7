// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/copybutton.h"

#include "ui/style/glyphs.h"
#include "ui/style/plaintext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QToolTip>

namespace sonar {

CopyButton::CopyButton(const QString &what, const QString &content, QWidget *parent)
    : QToolButton(parent)
    , m_what(what)
    , m_content(content)
{
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setIconSize({14, 14});
    m_feedback.setSingleShot(true);
    m_feedback.setInterval(1500);
    connect(&m_feedback, &QTimer::timeout, this, &CopyButton::showIdle);
    connect(this, &QToolButton::clicked, this, &CopyButton::copy);
    showIdle();
}

void CopyButton::copy()
{
    QGuiApplication::clipboard()->setText(m_content);
    const QString copied = tr("Copied");
    setIcon(glyphIcon(Glyph::Check));
    setAccessibleName(copied);
    QToolTip::showText(mapToGlobal(QPoint(0, height())), copied, this, {}, m_feedback.interval());
    m_feedback.start();
}

void CopyButton::showIdle()
{
    setIcon(glyphIcon(Glyph::Copy));
    setAccessibleName(m_what);
    setPlainToolTip(this, m_what);
}

} // namespace sonar
