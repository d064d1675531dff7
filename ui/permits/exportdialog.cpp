// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/exportdialog.h"

#include "app/permits/walletexport.h"
#include "ui/permits/commitmentform.h"
#include "ui/permits/exportpreview.h"
#include "ui/permits/exporttarget.h"
#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/labels.h"
#include "ui/style/tonedframe.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QGuiApplication>
#include <QPushButton>

#include <algorithm>

namespace sonar {

namespace {

constexpr int namedPermits = 3; ///< unusable permits named in the warning

QString whyUnusable(const ExportedPermit &permit)
{
    for (const PermitCheck &check : permit.verification.checks) {
        if (check.result == CheckResult::Failed)
            return shownText(check.text, 160);
    }
    return ExportDialog::tr("It could not be verified.");
}

/// Tells the chosen permit again after time has passed.
QString keyOfExport(const ExportedPermit &permit)
{
    return permit.saleSpecificEntityId + QLatin1Char('\n') + permit.wallet;
}

QString permitTitle(const ExportedPermit &permit)
{
    return ExportDialog::tr("%1, %2", "entity, wallet")
        .arg(entityName(permit.entityLabel, permit.saleSpecificEntityId),
             walletName(permit.wallet, {}));
}

} // namespace

ExportDialog::Draft ExportDialog::draft(const QList<ExportedPermit> &permits) const
{
    if (permits.isEmpty())
        return {{}, tr("There is no permit to export here."), true, {}, {}};
    if (const auto form = walletFormOf(format()))
        return commitmentDraft(*form, permits.front());
    return {format() == ExportFormat::Csv ? permitsAsCsv(permits, m_sale)
                                          : permitsAsJson(permits, m_sale, now()),
            {},
            false,
            {},
            {}};
}

QString ExportDialog::obstacle(const ExportedPermit &permit) const
{
    if (const QString why = whyNoCommitment(permit.permit); !why.isEmpty())
        return why;
    const QStringList missing = missingChainValues(m_sale);
    if (missing.isEmpty())
        return {};
    return tr("The sale file doesn't say: %1. The people who run the sale publish it; add it by "
              "Edit sale… and export again.")
        .arg(missing.join(tr(", ", "between listed values")));
}

ExportDialog::Draft ExportDialog::commitmentDraft(WalletForm form,
                                                  const ExportedPermit &permit) const
{
    if (const QString why = obstacle(permit); !why.isEmpty())
        return {{}, why, true, {}, {}};
    const auto entry = m_form->entry();
    if (!entry)
        return {{}, tr("Fill in the new total and the price first."), false, {}, {}};
    const BidUnderPermit commitment{permit, entry->bid, entry->approval};
    const auto text = commitmentText(form, m_sale, commitment, now());
    if (!text)
        return {{}, text.error().summary + QLatin1Char(' ') + text.error().advice, true, {}, {}};
    Draft made{*text, {}, false, {}, commitmentPieces(form, m_sale, commitment)};
    if (form == WalletForm::PhoneLink)
        made.link = approveLink(*m_sale.chain, entry->approval).value_or(QString());
    return made;
}

QList<ExportedPermit> ExportDialog::subject()
{
    const QList<ExportedPermit> permits = m_permits(range());
    return walletFormOf(format()) ? chosenOf(permits) : permits;
}

QList<ExportedPermit> ExportDialog::chosenOf(const QList<ExportedPermit> &permits)
{
    QStringList keys;
    for (const ExportedPermit &permit : permits)
        keys << keyOfExport(permit);
    QStringList shown;
    for (int i = 0; i < m_chosen->count(); ++i)
        shown << m_chosen->itemData(i).toString();
    if (keys != shown) {
        const QString chosen = m_chosen->currentData().toString();
        const QSignalBlocker quiet(m_chosen);
        m_chosen->clear();
        for (const ExportedPermit &permit : permits)
            m_chosen->addItem(permitTitle(permit), keyOfExport(permit));
        m_chosen->setCurrentIndex(std::max<int>(0, int(keys.indexOf(chosen))));
    }
    m_chosen->setEnabled(permits.size() > 1);
    return permits.mid(std::max(0, m_chosen->currentIndex()), 1);
}

void ExportDialog::updateForm(const QList<ExportedPermit> &permits)
{
    const bool wanted = walletFormOf(format()) && !permits.isEmpty();
    m_commitment->setVisible(wanted);
    if (!wanted)
        return;
    const QSignalBlocker quiet(m_form);
    m_form->setPermit(permits.front().permit, AmountFormat::of(m_sale));
    m_form->setVisible(obstacle(permits.front()).isEmpty());
}

void ExportDialog::updatePreview()
{
    const QList<ExportedPermit> permits = subject();
    m_count = permits.size();
    updateForm(permits);
    updateWarning(permits);
    const Draft made = draft(permits);
    m_ready = !made.text.isEmpty();
    m_obstacle->setVisible(made.blocked);
    m_obstacleText->setText(made.blocked ? made.reason : QString());
    m_preview->setVisible(!made.blocked);
    QStringList notes;
    if (m_ready)
        notes << exportFormatNote(format());
    if (m_sale.isSandbox())
        notes << tr("Sandbox permits are worthless on a real sale.");
    notes.removeAll(QString());
    m_preview->showText(made.text, made.reason, notes);
    // A camera takes the code as soon as it is there.
    m_preview->showQrCode(agreed() ? made.link : QString());
    for (QPushButton *piece : {m_copyApprove, m_copyBid})
        piece->setVisible(format() == ExportFormat::Calldata ||
                          format() == ExportFormat::CastCommands);
    m_done->hide();
    updateButtons();
}

void ExportDialog::updateWarning(const QList<ExportedPermit> &permits)
{
    QStringList lines;
    int unusable = 0;
    for (const ExportedPermit &permit : permits) {
        if (permit.verification.usable())
            continue;
        if (++unusable <= namedPermits)
            lines << tr("• %1, %2: %3")
                         .arg(entityName(permit.entityLabel, permit.saleSpecificEntityId),
                              walletName(permit.wallet, {}), whyUnusable(permit));
    }
    if (unusable > namedPermits)
        lines << tr("… and %1 more").arg(unusable - namedPermits);
    if (unusable != m_unusable) {
        const QSignalBlocker quiet(m_exportAnyway);
        m_exportAnyway->setChecked(false); // asked anew for a different lot
    }
    m_unusable = unusable;
    lines.prepend(m_count == 1
                      ? tr("This permit can't be used:")
                      : tr("%1 of these %2 permits can't be used:").arg(unusable).arg(m_count));
    m_warningText->setText(lines.join(QLatin1Char('\n')));
    m_warning->setVisible(unusable > 0);
}

bool ExportDialog::agreed() const
{
    return m_unusable == 0 || m_exportAnyway->isChecked();
}

void ExportDialog::updateButtons()
{
    for (QPushButton *button : {m_copyApprove, m_copyBid, m_copy, m_save})
        button->setEnabled(m_ready && agreed());
    m_save->setToolTip(agreed() ? QString() : tr("Agree to the warning first"));
    m_save->setText(m_target->wantsReplace() ? tr("Replace") : tr("Save"));
}

bool ExportDialog::stillAgreed(const QList<ExportedPermit> &permits)
{
    const auto unusable =
        std::count_if(permits.cbegin(), permits.cend(),
                      [](const ExportedPermit &permit) { return !permit.verification.usable(); });
    if (permits.size() == m_count && unusable == m_unusable)
        return m_count > 0;
    // Time has passed since the preview: a permit expired, or rows went.
    updatePreview();
    return false;
}

void ExportDialog::formatChosen()
{
    m_target->setFormat(format());
    m_preview->setWrapped(walletFormOf(format()) && format() != ExportFormat::SafeBatch);
    updatePreview();
}

void ExportDialog::copy()
{
    const QList<ExportedPermit> permits = subject();
    if (!stillAgreed(permits))
        return;
    const QString text = QString::fromUtf8(draft(permits).text);
    // A link isn't followed by an end of line.
    QGuiApplication::clipboard()->setText(format() == ExportFormat::PhoneLink ? text.trimmed()
                                                                              : text);
    if (walletFormOf(format()))
        showDone(tr("Copied."));
    else
        showDone(m_count == 1 ? tr("Copied the permit.") : tr("Copied %1 permits.").arg(m_count));
}

void ExportDialog::copyPiece(int piece)
{
    const QList<ExportedPermit> permits = subject();
    if (!stillAgreed(permits))
        return;
    QGuiApplication::clipboard()->setText(draft(permits).pieces.value(piece));
    showDone(piece == 0 ? tr("Copied the approval.") : tr("Copied the bid."));
}

void ExportDialog::save()
{
    const QString file = m_target->accepted();
    if (file.isEmpty()) {
        m_done->hide();
        return;
    }
    const QList<ExportedPermit> permits = subject();
    if (!stillAgreed(permits) || !m_target->write(file, draft(permits).text))
        return;
    const QString where = QDir::toNativeSeparators(file);
    if (walletFormOf(format()))
        showDone(tr("Saved to %1").arg(where));
    else
        showDone(m_count == 1 ? tr("Saved the permit to %1").arg(where)
                              : tr("Saved %1 permits to %2").arg(m_count).arg(where));
}

void ExportDialog::showDone(const QString &text)
{
    m_doneText->setText(text);
    m_doneText->setAccessibleName(text);
    m_done->show();
}

} // namespace sonar
