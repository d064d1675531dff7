// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verify/importedpermitpane.h"

#include "app/permits/localmoment.h"
#include "ui/permits/checklist.h"
#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/chip.h"
#include "ui/style/factlist.h"
#include "ui/style/labels.h"
#include "ui/style/theme.h"
#include "ui/style/tonedframe.h"
#include "ui/verify/verificationreport.h"

#include <QVBoxLayout>

namespace sonar {

ImportedPermitPane::ImportedPermitPane(QWidget *parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::TabFocus); // scrolled by keys
    setAccessibleName(tr("The permit and its checks"));
    auto *content = new QWidget(this);
    m_title = plainLabel({}, content);
    m_title->setFont(heading(font(), 1));
    m_chip = new Chip(content);
    m_basis = new TonedFrame(Tone::Neutral, content);
    m_basisText = plainLabel({}, m_basis);
    auto *basisLayout = new QVBoxLayout(m_basis);
    basisLayout->setContentsMargins(14, 10, 14, 10);
    basisLayout->addWidget(m_basisText);
    m_checks = new CheckList(content);
    m_facts = new FactList(content);

    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_chip, 0, Qt::AlignLeft);
    column->addWidget(m_basis);
    column->addWidget(new SectionLabel(tr("Checks"), content));
    column->addWidget(m_checks);
    column->addWidget(new SectionLabel(tr("Permit"), content));
    column->addWidget(m_facts);
    column->addStretch(1);
    setWidget(content);
}

void ImportedPermitPane::showPermit(const ImportedPermit &permit, const VerifiedImport &verified,
                                    const Sale &sale)
{
    const ImportStanding standing = verified.standing();
    const bool open =
        standing == ImportStanding::Unconfirmed || !verified.verification.signerConfirmed();
    m_title->setText(importedTitle(permit));
    m_chip->setText(standingText(verified));
    m_chip->setTone(standing == ImportStanding::Usable        ? Tone::Positive
                    : standing == ImportStanding::Unconfirmed ? Tone::Warning
                                                              : Tone::Negative);
    m_basis->setTone(open ? Tone::Warning : Tone::Neutral);
    m_basisText->setText(signerText(verified));
    m_checks->setChecks(localChecks(verified.verification, permit.permit));
    showFacts(permit.permit, verified, sale);
}

void ImportedPermitPane::showFacts(const PurchasePermit &permit, const VerifiedImport &verified,
                                   const Sale &sale)
{
    const AmountFormat format = AmountFormat::of(sale);
    QList<Fact> facts{{tr("Type"), typeWords(permit.type), typeMeaning(permit.type)},
                      addressFact(tr("Wallet"), importedWallet(permit))};
    if (const QString signer = verified.verification.signer; !signer.isEmpty())
        facts << addressFact(tr("Signed by"), signer);
    if (const QString name = shownText(verified.saleName); !name.isEmpty())
        facts << Fact{tr("Sale"), name, {}};
    facts << Fact{tr("Expires"), localTimeWithSeconds(permit.expiresAt),
                  exactTime(permit.expiresAt)};
    if (permit.opensAt && permit.closesAt)
        facts << Fact{tr("Window"), windowText(permit.opensAt, permit.closesAt), {}};
    if (permit.minAmount)
        facts << Fact{tr("Amount"),
                      limitsText(permit.minAmount, permit.maxAmount, permit.type, format),
                      limitsBaseUnits(permit.minAmount, permit.maxAmount, permit.type)};
    if (permit.minPrice)
        facts << Fact{tr("Price"), priceText(permit.minPrice, permit.maxPrice),
                      priceDigits(permit.minPrice, permit.maxPrice), false, priceHelp()};
    if (const auto forced = permit.forcedLockup())
        facts << Fact{tr("Lock-up"), *forced ? tr("Required") : tr("Free to choose"), {}};
    m_facts->setFacts(facts);
}

} // namespace sonar
