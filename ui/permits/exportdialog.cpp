// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/exportdialog.h"

#include "app/permits/localmoment.h"
#include "app/permits/walletexport.h"
#include "ui/permits/commitmentpane.h"
#include "ui/permits/exportpreview.h"
#include "ui/permits/exporttarget.h"
#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/announce.h"
#include "ui/style/labels.h"
#include "ui/style/questions.h"
#include "ui/style/tonedframe.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QGuiApplication>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

namespace sonar {

namespace {

constexpr int namedPermits = 3;       ///< unusable permits named in the warning
constexpr qsizetype mostAtOnce = 200; ///< permits put into a file while the window waits

QString whyUnusable(const ExportedPermit &permit)
{
    QString why;
    for (const PermitCheck &check : permit.verification.checks) {
        // What would happen to the money comes first.
        const bool first = why.isEmpty() || check.kind == PermitCheckKind::Contract;
        if (check.result == CheckResult::Failed && first)
            why = shownText(check.text, 400);
    }
    return !why.isEmpty() ? why : ExportDialog::tr("It could not be verified.");
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

/// Nothing is known to be wrong with it, but nobody has confirmed who signed.
bool isOpen(const ExportedPermit &permit)
{
    return permit.verification.usable() && !permit.verification.signerConfirmed();
}

QSet<QString> openOf(const QList<ExportedPermit> &permits)
{
    QSet<QString> open;
    for (const ExportedPermit &permit : permits) {
        if (isOpen(permit))
            open.insert(faultsOf(permit));
    }
    return open;
}

} // namespace

ExportDialog::Prepared ExportDialog::permitsFile(const QList<ExportedPermit> &permits,
                                                 ExportFormat format, const Sale &sale,
                                                 const QDateTime &now)
{
    const Subject subject{permits, keysOf(permits), {}};
    if (permits.isEmpty())
        return {subject, {{}, tr("There is no permit to export here."), true, {}, {}}, {}, {}};
    const QByteArray text = format == ExportFormat::Csv ? permitsAsCsv(permits, sale)
                                                        : permitsAsJson(permits, sale, now);
    return {subject, {text, {}, false, {}, {}}, unusableOf(permits), openOf(permits)};
}

ExportDialog::Prepared ExportDialog::commitments(WalletForm form, const QList<ExportItem> &items)
{
    const CommitmentLot lot = m_commitment->look(form, items, m_source);
    const QSet<QString> keys(lot.includedKeys.cbegin(), lot.includedKeys.cend());
    QList<ExportItem> included = items;
    // Such a link asks for the approval alone, without the permit.
    included.removeIf([&](const ExportItem &item) {
        return form == WalletForm::PhoneLink || !keys.contains(item.key());
    });
    const Subject subject{lot.shown(), lot.includedKeys, lot, included};
    const Draft draft =
        lot.count > 0 ? commitmentDraft(form, lot) : permitsFile({}, format(), m_sale, now()).draft;
    return {subject, draft, unusableOf(subject.permits), openOf(subject.permits)};
}

void ExportDialog::prepare(const std::function<void(const Prepared &)> &use)
{
    const int asked = ++m_asked;
    const QList<ExportItem> items = m_source.items(range());
    m_count = items.size();
    m_preparing = false;
    if (const auto form = walletFormOf(format())) {
        use(commitments(*form, items));
        return;
    }
    const auto made = [items, format = format(), sale = m_sale,
                       moment = now()](const QList<ExportedPermit> &permits) {
        Prepared prepared = permitsFile(permits, format, sale, moment);
        prepared.subject.items = items;
        return prepared;
    };
    if (items.size() <= mostAtOnce || !m_source.permitsAside) {
        use(made(m_source.permits(items)));
        return;
    }
    m_preparing = true;
    updateButtons();
    m_source.permitsAside(items)
        .then(QtFuture::Launch::Async, made)
        .then(this, [this, asked, use](const Prepared &prepared) {
            if (asked != m_asked)
                return;
            m_preparing = false;
            use(prepared);
            updateButtons();
        });
}

ExportDialog::Draft ExportDialog::commitmentDraft(WalletForm form, const CommitmentLot &lot) const
{
    if (lot.included.isEmpty() && !lot.view)
        return {{}, tr("This permit isn't there any more."), true, {}, {}};
    if (lot.included.isEmpty() && !lot.obstacle.isEmpty())
        return {{}, lot.obstacle, true, {}, {}};
    if (lot.included.isEmpty())
        return {{}, tr("Fill in the new total and the price first."), false, {}, {}};
    const auto text = commitmentText(form, m_sale, lot.included, now());
    if (!text)
        return {{},
                QStringLiteral("%1 %2").arg(text.error().summary, text.error().advice).trimmed(),
                true,
                {},
                {}};
    Draft made{*text, {}, false, {}, {}};
    if (lot.viewBid)
        made.pieces = commitmentPieces(form, m_sale, *lot.viewBid);
    if (form == WalletForm::PhoneLink && lot.viewBid)
        made.link = approveLink(*m_sale.chain, lot.viewBid->approval).value_or(QString());
    return made;
}

void ExportDialog::formEdited()
{
    m_edited = true;
    // All but the preview at once: a key that saves may follow, and a camera sees no old link.
    m_ready = m_others || m_commitment->isComplete();
    m_link.clear();
    showQrCode();
    m_done->hide();
    updateButtons();
    m_typing->start();
}

bool ExportDialog::isPreviewDue() const
{
    return m_typing->isActive() || m_preparing;
}

void ExportDialog::updatePreview()
{
    m_typing->stop();
    if (m_source.lookAt)
        m_source.lookAt(m_source.items(range()));
    prepare([this](const Prepared &prepared) { showPrepared(prepared); });
    if (m_preparing)
        m_preview->showText({}, tr("Putting the permits together…"), {});
}

void ExportDialog::showPrepared(const Prepared &prepared)
{
    const Subject &fresh = prepared.subject;
    const Draft &made = prepared.draft;
    m_previewed = fresh.keys;
    m_others = fresh.lot && fresh.lot->includesOthers();
    if (!fresh.lot)
        m_commitment->hide();
    updateWarning(prepared);
    m_ready = !made.text.isEmpty();
    // Of several, one may be of no use while the others are exported.
    const QString obstacle = made.blocked ? made.reason
                             : fresh.lot  ? fresh.lot->obstacle
                                          : QString();
    m_obstacle->setVisible(!obstacle.isEmpty());
    m_obstacleText->setText(obstacle);
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

void ExportDialog::updateWarning(const Prepared &prepared)
{
    const QList<ExportedPermit> &permits = prepared.subject.permits;
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
    if (prepared.unusable != m_unusable) {
        const QSignalBlocker quiet(m_exportAnyway);
        m_exportAnyway->setChecked(false); // asked anew for a different lot
        m_unusable = prepared.unusable;
    }
    const qsizetype count = permits.size();
    if (unusable > 0)
        lines.prepend(count == 1
                          ? tr("This permit can't be used:")
                          : tr("%1 of these %2 permits can't be used:").arg(unusable).arg(count));
    m_open = prepared.open;
    const auto open = std::find_if(permits.cbegin(), permits.cend(), isOpen);
    if (open != permits.cend()) {
        const QString note = shownText(permitNotes(open->verification).join(QLatin1Char(' ')), 500);
        lines << (count == 1 ? note
                             : tr("%1 of these %2 permits aren't confirmed. %3")
                                   .arg(m_open.size())
                                   .arg(count)
                                   .arg(note));
    }
    m_warningText->setText(lines.join(QLatin1Char('\n')));
    m_exportAnyway->setVisible(unusable > 0);
    m_warning->setVisible(!lines.isEmpty());
}

bool ExportDialog::agreed() const
{
    return m_unusable.isEmpty() || m_exportAnyway->isChecked();
}

void ExportDialog::updateButtons()
{
    for (QPushButton *button : {m_copyApprove, m_copyBid, m_copy, m_save})
        button->setEnabled(m_ready && !m_preparing && !m_asking && agreed());
    if (walletFormOf(format())) {
        for (QPushButton *piece : {m_copyApprove, m_copyBid})
            piece->setEnabled(m_commitment->isComplete() && agreed() && !m_asking);
    }
    m_save->setToolTip(agreed() ? QString() : tr("Agree to the warning first"));
    m_save->setText(m_target->wantsReplace() ? tr("Replace") : tr("Save"));
}

void ExportDialog::whenAgreed(const std::function<void(const Prepared &)> &act)
{
    if (m_typing->isActive())
        updatePreview();
    prepare([this, act](const Prepared &fresh) {
        // Since the preview a permit may have expired, and rows may have gone.
        const bool same = fresh.subject.keys == m_previewed &&
                          m_unusable.contains(fresh.unusable) && m_open.contains(fresh.open);
        if (same && agreed() && !fresh.draft.text.isEmpty()) {
            act(fresh);
            return;
        }
        showPrepared(fresh);
        if (!same)
            showDone(
                tr("Nothing was exported: the permits have changed since the preview. Look at it "
                   "again."),
                Tone::Warning);
    });
}

void ExportDialog::permitsChanged()
{
    // An export under way looks for itself, and what is being typed comes with the preview.
    if (!m_asking && !isPreviewDue())
        updatePreview();
}

QCoro::Task<> ExportDialog::afterAsking(QPointer<ExportDialog> self, void (ExportDialog::*act)())
{
    if (self->m_asking)
        co_return;
    if (self->m_source.consultContract) {
        self->m_asking = true;
        self->updateButtons();
        self->showDone(tr("Asking the sale contract…"), Tone::Neutral);
        co_await self->m_source.consultContract(self->m_source.items(self->range()));
        if (!self)
            co_return;
        self->m_asking = false;
        self->m_done->hide();
        self->updateButtons();
    }
    (self.data()->*act)();
}

void ExportDialog::formatChosen()
{
    m_target->setFormat(format());
    m_preview->setWrapped(walletFormOf(format()) && format() != ExportFormat::SafeBatch);
    updatePreview();
}

void ExportDialog::copy()
{
    whenAgreed([this](const Prepared &made) { copyText(made); });
}

void ExportDialog::copyText(const Prepared &made)
{
    const QString text = QString::fromUtf8(made.draft.text);
    // A link isn't followed by an end of line.
    QGuiApplication::clipboard()->setText(format() == ExportFormat::PhoneLink ? text.trimmed()
                                                                              : text);
    tellExported(made.subject.items);
    const qsizetype count = m_previewed.size();
    if (const QString bids = extent(); !bids.isEmpty())
        showDone(tr("Copied the bids under %1 permits.", "2 of 5").arg(bids));
    else if (walletFormOf(format()))
        showDone(tr("Copied."));
    else
        showDone(count == 1 ? tr("Copied the permit.") : tr("Copied %1 permits.").arg(count));
}

void ExportDialog::copyPiece(int piece)
{
    whenAgreed([this, piece](const Prepared &made) {
        if (piece >= made.draft.pieces.size())
            return;
        QGuiApplication::clipboard()->setText(made.draft.pieces[piece]);
        if (piece == 1) {
            QList<ExportItem> inView = made.subject.items;
            inView.removeIf(
                [this](const ExportItem &item) { return item.key() != m_commitment->chosenKey(); });
            tellExported(inView);
        }
        showDone(piece == 0 ? tr("Copied the approval.") : tr("Copied the bid."));
    });
}

void ExportDialog::tellExported(const QList<ExportItem> &items)
{
    if (m_source.exported && !items.isEmpty())
        m_source.exported(items);
}

void ExportDialog::save()
{
    const QString file = m_target->accepted();
    if (file.isEmpty()) {
        m_done->hide();
        return;
    }
    whenAgreed([this, file](const Prepared &made) { writeText(file, made); });
}

void ExportDialog::writeText(const QString &file, const Prepared &made)
{
    if (!m_target->write(file, made.draft.text))
        return;
    tellExported(made.subject.items);
    const QString where = QDir::toNativeSeparators(file);
    const qsizetype count = m_previewed.size();
    if (const QString bids = extent(); !bids.isEmpty())
        showDone(tr("Saved the bids under %1 permits to %2", "2 of 5").arg(bids, where));
    else if (walletFormOf(format()))
        showDone(tr("Saved to %1").arg(where));
    else
        showDone(count == 1 ? tr("Saved the permit to %1").arg(where)
                            : tr("Saved %1 permits to %2").arg(count).arg(where));
    m_saved = file;
    m_showSaved->show();
}

QString ExportDialog::extent() const
{
    if (!walletFormOf(format()) || format() == ExportFormat::PhoneLink || m_count < 2)
        return {};
    return tr("%1 of %2", "permits")
        .arg(QString::number(m_previewed.size()), QString::number(m_count));
}

void ExportDialog::reject()
{
    if (m_edited)
        askToDiscard(this);
    else
        QDialog::reject();
}

void ExportDialog::showDone(const QString &text, Tone tone)
{
    if (tone == Tone::Positive)
        m_edited = false;
    m_showSaved->hide();
    m_done->setTone(tone);
    m_doneText->setText(text);
    m_doneText->setAccessibleName(text);
    m_done->show();
    announce(m_done, text);
}

} // namespace sonar
