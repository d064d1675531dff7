// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/signerwarning.h"

#include "ui/style/glyphs.h"
#include "ui/style/labels.h"
#include "ui/style/theme.h"
#include "ui/style/tonedframe.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace sonar {

SignerWarning::SignerWarning(QWidget *parent)
    : QFrame(parent)
{
    auto *ground = new TonedFrame(Tone::Warning, this);
    m_summary = plainLabel(tr("This sale's permits come from another signer than before"), ground);
    m_summary->setFont(heading(font(), 1));
    QLabel *meaning = plainLabel(
        tr("Neither signer is confirmed, so either may be the wrong one. Don't send funds until "
           "the "
           "sale's team has told you which one signs, and enter that address with Edit sale…"),
        ground);
    m_signers = plainLabel({}, ground);
    m_signers->setFont(monospaced(font()));
    auto *icon = new QLabel(ground);
    icon->setPixmap(glyphIcon(Glyph::Warning).pixmap(24, 24));
    auto *edit = new QPushButton(tr("Edit sale…"), ground);
    edit->setObjectName(QStringLiteral("editSaleForSigner"));
    auto *keep = new QPushButton(tr("Compare with the new one"), ground);
    keep->setObjectName(QStringLiteral("compareWithNewSigner"));
    keep->setToolTip(tr("Later permits are compared with the new address. It stays unconfirmed."));
    for (QPushButton *button : {edit, keep})
        button->setAutoDefault(false);
    connect(edit, &QPushButton::clicked, this, &SignerWarning::editSaleRequested);
    connect(keep, &QPushButton::clicked, this, [this] {
        if (m_change)
            Q_EMIT accepted(m_change->seen);
    });

    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_summary);
    words->addWidget(meaning);
    words->addWidget(m_signers);
    auto *row = new QHBoxLayout(ground);
    row->setContentsMargins(14, 12, 14, 12);
    row->setSpacing(12);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    auto *buttons = new QVBoxLayout;
    buttons->addWidget(edit);
    buttons->addWidget(keep);
    buttons->addStretch(1);
    row->addLayout(buttons);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(ground);
    setAccessibleName(m_summary->text());
    setAccessibleDescription(meaning->text());
    hide();
}

void SignerWarning::setChange(const std::optional<SignerChange> &change)
{
    m_change = change;
    setVisible(change.has_value());
    // In full: two that look alike when shortened are what a forger would make.
    if (change)
        m_signers->setText(tr("before  %1\nnow     %2").arg(change->remembered, change->seen));
}

void SignerWarning::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    setMinimumHeight(heightForWidth(width())); // all of it, whatever else wants room
}

} // namespace sonar
