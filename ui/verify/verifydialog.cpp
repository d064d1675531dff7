// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verify/verifydialog.h"

#include "ui/permits/checklist.h"
#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/chip.h"
#include "ui/style/factlist.h"
#include "ui/style/labels.h"
#include "ui/style/theme.h"
#include "ui/style/tonedframe.h"
#include "ui/verify/verificationreport.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace sonar {

namespace {

/// For a permit's sign in the list: the same three as for a check.
CheckResult resultOf(ImportStanding standing)
{
    switch (standing) {
    case ImportStanding::Usable:
        return CheckResult::Passed;
    case ImportStanding::Unconfirmed:
        return CheckResult::NotChecked;
    case ImportStanding::NotUsable:
        break;
    }
    return CheckResult::Failed;
}

} // namespace

VerifyDialog::VerifyDialog(const QString &path, const PermitImport &import,
                           const QList<KnownSigner> &known, const Clock *clock, QWidget *parent)
    : QDialog(parent)
    , m_import(import)
    , m_known(known)
    , m_clock(clock)
{
    setWindowTitle(tr("Verify permits"));
    resize(import.permits.size() > 1 ? 860 : 620, 640);
    auto *file = new ElidedLabel(shownText(QFileInfo(path).fileName()), this);
    file->setFont(heading(font(), 1));
    m_summary = mutedLabel({}, this);
    m_list = new QListWidget(this);
    m_list->setAccessibleName(tr("Permits in the file"));
    m_list->setFixedWidth(260);
    m_list->setUniformItemSizes(true);
    m_list->setVisible(import.permits.size() > 1);
    m_details = makeDetails();
    m_details->setVisible(!import.permits.isEmpty());

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *again = buttons->addButton(tr("Check &again"), QDialogButtonBox::ActionRole);
    again->setToolTip(tr("Checks again at the current time"));
    auto *copy = buttons->addButton(tr("&Copy report"), QDialogButtonBox::ActionRole);
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon(QIcon());

    auto *body = new QHBoxLayout;
    body->setSpacing(16);
    body->addWidget(m_list);
    body->addWidget(m_details, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(10);
    layout->addWidget(file);
    layout->addWidget(m_summary);
    layout->addLayout(body, 1);
    layout->addWidget(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, &VerifyDialog::showPermit);
    connect(again, &QPushButton::clicked, this, &VerifyDialog::verify);
    connect(copy, &QPushButton::clicked, this, &VerifyDialog::copyReport);
    connect(buttons, &QDialogButtonBox::rejected, this, &VerifyDialog::reject);
    verify();
}

QWidget *VerifyDialog::makeDetails()
{
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::TabFocus); // scrolled by keys
    area->setAccessibleName(tr("The permit and its checks"));
    auto *content = new QWidget(area);
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
    area->setWidget(content);
    return area;
}

void VerifyDialog::verify()
{
    m_verifiedAt = m_clock->unixSeconds();
    m_verified = verifyAll(m_import, m_known, {}, m_verifiedAt);
    const auto count = [this](ImportStanding standing) {
        return std::count_if(
            m_verified.cbegin(), m_verified.cend(),
            [standing](const VerifiedImport &one) { return one.standing() == standing; });
    };
    const auto usable = count(ImportStanding::Usable);
    const auto open = count(ImportStanding::Unconfirmed);
    const QString when = localTimeWithSeconds(quint64(std::max<qint64>(m_verifiedAt, 0)));
    if (m_verified.isEmpty())
        m_summary->setText(tr("The file holds no permit."));
    else if (m_verified.size() == 1)
        m_summary->setText(tr("Checked offline on %1.").arg(when));
    else if (open > 0)
        m_summary->setText(
            tr("%1 of %2 permits can be used, and %3 more are not confirmed. Checked "
               "offline on %4.")
                .arg(usable)
                .arg(m_verified.size())
                .arg(open)
                .arg(when));
    else
        m_summary->setText(tr("%1 of %2 permits can be used. Checked offline on %3.")
                               .arg(usable)
                               .arg(m_verified.size())
                               .arg(when));
    fillList();
    showPermit(std::max(0, m_list->currentRow()));
}

void VerifyDialog::fillList()
{
    const int current = std::max(0, m_list->currentRow());
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (qsizetype i = 0; i < m_verified.size(); ++i) {
        const QString title = importedTitle(m_import.permits[i]);
        auto *item = new QListWidgetItem(
            QStringLiteral("%1  %2").arg(checkSymbol(resultOf(m_verified[i].standing())), title),
            m_list);
        item->setData(
            Qt::AccessibleTextRole,
            tr("%1: %2", "usable or not, permit").arg(standingText(m_verified[i]), title));
        item->setToolTip(plainToolTip(importedWallet(m_import.permits[i].permit)));
    }
    m_list->setCurrentRow(current);
}

void VerifyDialog::showPermit(int row)
{
    if (row < 0 || row >= m_verified.size())
        return;
    const ImportedPermit &permit = m_import.permits[row];
    const VerifiedImport &verified = m_verified[row];
    const ImportStanding standing = verified.standing();
    const bool onItsOwnWord = standing == ImportStanding::Unconfirmed ||
                              verified.basis == SignerBasis::Claimed ||
                              verified.basis == SignerBasis::Unknown;
    m_title->setText(importedTitle(permit));
    m_chip->setText(standingText(verified));
    m_chip->setTone(standing == ImportStanding::Usable        ? Tone::Positive
                    : standing == ImportStanding::Unconfirmed ? Tone::Warning
                                                              : Tone::Negative);
    m_basis->setTone(onItsOwnWord ? Tone::Warning : Tone::Neutral);
    m_basisText->setText(signerText(verified));
    m_checks->setChecks(verified.verification.checks);
    showFacts(permit, verified);
}

void VerifyDialog::showFacts(const ImportedPermit &imported, const VerifiedImport &verified)
{
    const PurchasePermit &permit = imported.permit;
    const AmountFormat format = AmountFormat::of(m_import.sale);
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
                      priceDigits(permit.minPrice, permit.maxPrice)};
    if (const auto forced = permit.forcedLockup())
        facts << Fact{tr("Lock-up"), *forced ? tr("Required") : tr("Free to choose"), {}};
    m_facts->setFacts(facts);
}

void VerifyDialog::copyReport()
{
    QGuiApplication::clipboard()->setText(verificationReport(m_import, m_verified, m_verifiedAt));
}

} // namespace sonar
