// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/helpmark.h"

#include "ui/style/plaintext.h"

#include <QWhatsThis>

namespace sonar {

HelpMark::HelpMark(const QString &subject, const QString &help, QWidget *parent)
    : QToolButton(parent)
    , m_help(help)
{
    setObjectName(QStringLiteral("helpMark"));
    setText(QStringLiteral("?"));
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("What is this? %1").arg(subject));
    setAccessibleDescription(help);
    setPlainToolTip(this, help);
    connect(this, &QToolButton::clicked, this, [this] {
        QWhatsThis::showText(mapToGlobal(QPoint(0, height())), m_help.toHtmlEscaped(), this);
    });
}

} // namespace sonar
