// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/signerwarning.h"

#include "ui/style/glyphs.h"
#include "ui/style/labels.h"
#include "ui/style/theme.h"
#include "ui/style/tonedframe.h"

#include <QCheckBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace sonar {

SignerWarning::SignerWarning(QWidget *parent)
    : QFrame(parent)
{
    auto *ground = new TonedFrame(Tone::Negative, this);
    m_summary = plainLabel(tr("Stop: these permits have another signer than before"), ground);
    m_summary->setFont(heading(font(), 1));
    QLabel *meaning = plainLabel(
        tr("Either the sale has changed its signer, or somebody forges permits. Don't send funds "
           "with them until the people who run the sale have confirmed the new signer."),
        ground);
    m_signers = plainLabel({}, ground);
    m_signers->setFont(monospaced(font()));
    auto *icon = new QLabel(ground);
    icon->setPixmap(glyphIcon(Glyph::Warning).pixmap(24, 24));
    auto *trust = new QPushButton(tr("Trust the new signer…"), ground);
    trust->setAutoDefault(false);
    connect(trust, &QPushButton::clicked, this, &SignerWarning::askWhetherToTrust);

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
    row->addWidget(trust, 0, Qt::AlignTop);
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

void SignerWarning::askWhetherToTrust()
{
    if (!m_change)
        return;
    const QString signer = m_change->seen;
    auto *dialog = new QDialog(this);
    dialog->setObjectName(QStringLiteral("trustSigner"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Trust the new signer"));
    dialog->setBackgroundRole(QPalette::Base);
    dialog->setAutoFillBackground(true);
    QLabel *question = plainLabel(
        tr("From now on, permits of this sale signed by this address count as good, and those "
           "signed by the one before don't:"),
        dialog);
    QLabel *address = plainLabel(signer, dialog);
    address->setFont(monospaced(font()));
    auto *confirmed = new QCheckBox(
        tr("I have compared this &address with one that the people who run the sale gave me"),
        dialog);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    QPushButton *trust = buttons->addButton(tr("Trust it"), QDialogButtonBox::DestructiveRole);
    trust->setEnabled(false);
    trust->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(confirmed, &QCheckBox::toggled, trust, &QPushButton::setEnabled);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(trust, &QPushButton::clicked, dialog, [this, dialog, signer] {
        dialog->accept();
        Q_EMIT accepted(signer);
    });
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(question);
    layout->addWidget(address);
    layout->addWidget(confirmed);
    layout->addWidget(buttons);
    dialog->open();
}

} // namespace sonar
