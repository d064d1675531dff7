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
#include <QTimer>

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

/// Tells a permit again after time has passed, a renewed one too.
QString keyOfPermit(const ExportedPermit &permit)
{
    return permit.saleSpecificEntityId + QLatin1Char('\n') + permit.wallet;
}

QStringList keysOf(const QList<ExportedPermit> &permits)
{
    QStringList keys;
    for (const ExportedPermit &permit : permits)
        keys << keyOfPermit(permit);
    return keys;
}

/// What a user who exports it anyway agrees to: this permit with these faults, and no other.
QString faultsOf(const ExportedPermit &permit)
{
    QString faults =
        keyOfPermit(permit) + QLatin1Char('\n') + QLatin1String(permit.permit.signature.toHex());
    for (const PermitCheck &check : permit.verification.checks) {
        if (check.result == CheckResult::Failed)
            faults += QLatin1Char('\n') + QString::number(int(check.kind));
    }
    return faults;
}

QSet<QString> unusableOf(const QList<ExportedPermit> &permits)
{
    QSet<QString> unusable;
    for (const ExportedPermit &permit : permits) {
        if (!permit.verification.usable())
            unusable.insert(faultsOf(permit));
    }
    return unusable;
}

QString itemTitle(const ExportItem &item)
{
    return ExportDialog::tr("%1, %2", "entity, wallet")
        .arg(entityName(item.entityLabel, item.saleSpecificEntityId), walletName(item.wallet, {}));
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
    const QList<ExportItem> items = m_source.items(range());
    return m_source.permits(walletFormOf(format()) ? chosenOf(items) : items);
}

QList<ExportItem> ExportDialog::chosenOf(const QList<ExportItem> &items)
{
    QStringList keys;
    for (const ExportItem &item : items)
        keys << item.key();
    QStringList shown;
    for (int i = 0; i < m_chosen->count(); ++i)
        shown << m_chosen->itemData(i).toString();
    if (keys != shown) {
        const QString chosen = m_chosen->currentData().toString();
        const QSignalBlocker quiet(m_chosen);
        m_chosen->clear();
        for (const ExportItem &item : items)
            m_chosen->addItem(itemTitle(item), item.key());
        m_chosen->setCurrentIndex(std::max<int>(0, int(keys.indexOf(chosen))));
    }
    m_chosen->setEnabled(items.size() > 1);
    return items.mid(std::max(0, m_chosen->currentIndex()), 1);
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

void ExportDialog::formEdited()
{
    // All but the preview at once: a key that saves may follow, and a camera sees no old link.
    m_ready = m_form->entry().has_value();
    m_link.clear();
    showQrCode();
    m_done->hide();
    updateButtons();
    m_typing->start();
}

bool ExportDialog::isPreviewDue() const
{
    return m_typing->isActive();
}

void ExportDialog::updatePreview()
{
    m_typing->stop();
    const QList<ExportedPermit> permits = subject();
    m_previewed = keysOf(permits);
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
    m_link = made.link;
    showQrCode();
    for (QPushButton *piece : {m_copyApprove, m_copyBid})
        piece->setVisible(format() == ExportFormat::Calldata ||
                          format() == ExportFormat::CastCommands);
    m_done->hide();
    updateButtons();
    Q_EMIT previewed();
}

void ExportDialog::showQrCode()
{
    // A camera takes the code as soon as it is there.
    m_preview->showQrCode(agreed() ? m_link : QString());
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
    if (const QSet<QString> faults = unusableOf(permits); faults != m_unusable) {
        const QSignalBlocker quiet(m_exportAnyway);
        m_exportAnyway->setChecked(false); // asked anew for a different lot
        m_unusable = faults;
    }
    const qsizetype count = permits.size();
    lines.prepend(count == 1
                      ? tr("This permit can't be used:")
                      : tr("%1 of these %2 permits can't be used:").arg(unusable).arg(count));
    m_warningText->setText(lines.join(QLatin1Char('\n')));
    m_warning->setVisible(unusable > 0);
}

bool ExportDialog::agreed() const
{
    return m_unusable.isEmpty() || m_exportAnyway->isChecked();
}

void ExportDialog::updateButtons()
{
    for (QPushButton *button : {m_copyApprove, m_copyBid, m_copy, m_save})
        button->setEnabled(m_ready && agreed());
    m_save->setToolTip(agreed() ? QString() : tr("Agree to the warning first"));
    m_save->setText(m_target->wantsReplace() ? tr("Replace") : tr("Save"));
}

std::optional<ExportDialog::Draft> ExportDialog::agreedDraft()
{
    if (isPreviewDue())
        updatePreview();
    const QList<ExportedPermit> permits = subject();
    updateForm(permits);
    const Draft made = draft(permits);
    // Since the preview a permit may have expired, and rows may have gone.
    const bool same = keysOf(permits) == m_previewed && m_unusable.contains(unusableOf(permits));
    if (same && agreed() && !made.text.isEmpty())
        return made;
    updatePreview();
    return std::nullopt;
}

void ExportDialog::formatChosen()
{
    m_target->setFormat(format());
    m_preview->setWrapped(walletFormOf(format()) && format() != ExportFormat::SafeBatch);
    updatePreview();
}

void ExportDialog::copy()
{
    const auto made = agreedDraft();
    if (!made)
        return;
    const QString text = QString::fromUtf8(made->text);
    // A link isn't followed by an end of line.
    QGuiApplication::clipboard()->setText(format() == ExportFormat::PhoneLink ? text.trimmed()
                                                                              : text);
    const qsizetype count = m_previewed.size();
    if (walletFormOf(format()))
        showDone(tr("Copied."));
    else
        showDone(count == 1 ? tr("Copied the permit.") : tr("Copied %1 permits.").arg(count));
}

void ExportDialog::copyPiece(int piece)
{
    const auto made = agreedDraft();
    if (!made)
        return;
    QGuiApplication::clipboard()->setText(made->pieces.value(piece));
    showDone(piece == 0 ? tr("Copied the approval.") : tr("Copied the bid."));
}

void ExportDialog::save()
{
    const QString file = m_target->accepted();
    if (file.isEmpty()) {
        m_done->hide();
        return;
    }
    const auto made = agreedDraft();
    if (!made || !m_target->write(file, made->text))
        return;
    const QString where = QDir::toNativeSeparators(file);
    const qsizetype count = m_previewed.size();
    if (walletFormOf(format()))
        showDone(tr("Saved to %1").arg(where));
    else
        showDone(count == 1 ? tr("Saved the permit to %1").arg(where)
                            : tr("Saved %1 permits to %2").arg(count).arg(where));
}

void ExportDialog::showDone(const QString &text)
{
    m_doneText->setText(text);
    m_doneText->setAccessibleName(text);
    m_done->show();
}

} // namespace sonar
