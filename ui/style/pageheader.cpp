// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/pageheader.h"

#include "ui/style/flowlayout.h"
#include "ui/style/labels.h"
#include "ui/style/plaintext.h"

#include <QAction>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sonar {

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_title(new ElidedLabel(title, this))
    , m_status(new Chip(this))
    , m_row(new FlowLayout)
{
    m_title->setFont(heading(font(), 2));
    m_status->hide();
    auto *words = new QWidget(this);
    auto *wordsRow = new QHBoxLayout(words);
    wordsRow->setContentsMargins(0, 0, 0, 0);
    wordsRow->setSpacing(12);
    wordsRow->addWidget(m_title);
    wordsRow->addWidget(m_status);
    wordsRow->addStretch(1);
    m_row->addWidget(words);
    m_row->setExpanding(words);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 10);
    column->addLayout(m_row);
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

QPushButton *PageHeader::addActionButton(QAction *action)
{
    auto *button = new QPushButton(this);
    button->setAutoDefault(false);
    bindToAction(button, action);
    m_row->addWidget(button);
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
