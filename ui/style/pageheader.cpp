// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/pageheader.h"

#include "ui/style/labels.h"
#include "ui/style/plaintext.h"

#include <QAction>
#include <QHBoxLayout>

namespace sonar {

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_title(new ElidedLabel(title, this))
    , m_status(new Chip(this))
    , m_actions(new QHBoxLayout)
{
    m_title->setFont(heading(font(), 2));
    m_status->hide();
    m_actions->setSpacing(8);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 10, 16, 10);
    row->setSpacing(12);
    row->addWidget(m_title);
    row->addWidget(m_status);
    row->addStretch(1);
    row->addLayout(m_actions);
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setFullText(title);
}

void PageHeader::setStatus(const QString &text, Tone tone)
{
    m_status->setText(text);
    m_status->setTone(tone);
    m_status->setVisible(!text.isEmpty());
}

QPushButton *PageHeader::addActionButton(QAction *action, bool primary)
{
    auto *button = new QPushButton(this);
    button->setAutoDefault(false);
    setPrimary(button, primary);
    bindToAction(button, action);
    m_actions->addWidget(button);
    return button;
}

void bindToAction(QPushButton *button, QAction *action)
{
    const auto follow = [button, action] {
        // A mnemonic in a menu would clash with one on the page.
        QString text = action->text();
        text.remove(QLatin1Char('&'));
        button->setText(text);
        button->setEnabled(action->isEnabled());
        button->setVisible(action->isVisible());
        QString tip = action->toolTip();
        if (!action->shortcut().isEmpty())
            tip = QStringLiteral("%1 (%2)").arg(
                tip, action->shortcut().toString(QKeySequence::NativeText));
        setPlainToolTip(button, tip);
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
}

} // namespace sonar
