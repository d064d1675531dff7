// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitimport.h"
#include "app/workspace/workspace.h"
#include "ui/permits/commitmentform.h"
#include "ui/permits/exportdialog.h"
#include "ui/shell/mainpages.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/windowactions.h"
#include "ui/tour/touralbum.h"
#include "ui/tour/tourhand.h"
#include "ui/tour/tourstops.h"
#include "ui/tour/tourworld.h"
#include "ui/verify/verifydialog.h"

#include <QCheckBox>
#include <QFile>
#include <QLineEdit>
#include <QLocale>
#include <QPointer>
#include <QPushButton>

#include <algorithm>

// The stops with exports: files, a commitment in the forms that wallets take, a file checked again.

namespace sonar {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

ExportDialog *TourStops::openExport(ExportFormat format)
{
    if (!m_hand->isWell())
        return nullptr;
    showPermits();
    m_hand->trigger(actions()->exportPermits, QStringLiteral("Export…"));
    auto *dialog = visibleDialog<ExportDialog>(m_world->window());
    if (!m_hand->expect(QStringLiteral("export dialog"), dialog))
        return nullptr;
    dialog->setRange(ExportRange::All);
    dialog->setFormat(format);
    return dialog;
}

void TourStops::save(ExportDialog *dialog, const QString &path)
{
    if (!m_hand->isWell())
        return;
    dialog->setPath(path);
    // Some of the permits can't be used, on purpose.
    for (QCheckBox *box : dialog->findChildren<QCheckBox *>()) {
        if (box->isVisible())
            box->setChecked(true);
    }
    QPushButton *save = buttonNamed(dialog, QStringLiteral("Save"));
    m_hand->press(save, QStringLiteral("saving"));
    // The export of an earlier tour.
    if (QPushButton *replace = buttonNamed(dialog, QStringLiteral("Replace")))
        m_hand->press(replace, QStringLiteral("replacing"));
}

void TourStops::exports()
{
    begin(QStringLiteral("Export"));
    const QString json = m_album->path(QStringLiteral("permits.json"));
    const QString csv = m_album->path(QStringLiteral("permits.csv"));
    // What an earlier tour left would pass for ours.
    QFile::remove(json);
    QFile::remove(csv);
    QPointer<ExportDialog> dialog = openExport(ExportFormat::Json);
    save(dialog, json);
    m_album->take(QStringLiteral("export"),
                  QStringLiteral("Saved all permits as JSON, unusable ones after a warning."),
                  m_world->window(), dialog);
    if (dialog)
        dialog->close();
    compareExport(json);

    dialog = openExport(ExportFormat::Csv);
    save(dialog, csv);
    m_album->take(QStringLiteral("export-csv"), QStringLiteral("The same as CSV."),
                  m_world->window(), dialog);
    if (dialog)
        dialog->close();
    m_hand->expect(QStringLiteral("header in %1").arg(csv),
                   !m_hand->isWell() || contentOf(csv).startsWith("Entity,"));

    commitment(ExportFormat::CastCommands, QStringLiteral("export-cast"),
               QStringLiteral("Approve and bid as commands for cast."));
    commitment(ExportFormat::SafeBatch, QStringLiteral("export-safe"),
               QStringLiteral("The same as a batch for Safe's Transaction Builder."));
    commitment(ExportFormat::PhoneLink, QStringLiteral("export-phone"),
               QStringLiteral("The bid as a link and QR code for a phone."));
    verification(QStringLiteral("verify"));
}

void TourStops::commitment(ExportFormat format, const QString &name, const QString &line)
{
    const QPointer<ExportDialog> dialog = openExport(format);
    if (!dialog)
        return;
    const auto *form = dialog->findChild<CommitmentForm *>();
    if (!m_hand->expect(QStringLiteral("form of the commitment"), form && form->isVisible()))
        return;
    for (auto *field : form->findChildren<QLineEdit *>()) {
        if (field->accessibleName() == QLatin1String("New total"))
            field->setText(QLocale().toString(1500));
        else if (field->accessibleName() == QLatin1String("Price"))
            field->setText(QLocale().toString(250'000));
    }
    m_hand->expect(QStringLiteral("commitment that fits the permit"), form->entry().has_value());
    m_hand->until(QStringLiteral("preview of the commitment"),
                  [&] { return !dialog || !dialog->isPreviewDue(); });
    m_album->take(name, line, m_world->window(), dialog);
    if (dialog)
        dialog->close();
}

void TourStops::verification(const QString &name)
{
    if (!m_hand->isWell())
        return;
    m_world->window()->openPermitFile(m_album->path(QStringLiteral("permits.json")));
    auto *dialog = visibleDialog<VerifyDialog>(m_world->window());
    if (dialog)
        m_hand->until(QStringLiteral("the permits' checks"), [&] { return !dialog->isBusy(); });
    passDialog(dialog, name,
               QStringLiteral("Opened the exported file and checked it again, offline."));
}

void TourStops::compareExport(const QString &path)
{
    if (!m_hand->isWell())
        return;
    const Result<PermitImport> read = readPermitImport(path);
    if (!read) {
        m_hand->fail(read.error().report());
        return;
    }
    const QList<PermitRow> &rows = m_world->workspace()->permits()->rows();
    qsizetype issued = 0;
    for (const PermitRow &one : rows) {
        if (one.status != PermitStatus::Issued)
            continue;
        ++issued;
        const bool same = std::any_of(
            read->permits.cbegin(), read->permits.cend(), [&](const ImportedPermit &exported) {
                return exported.replyText == one.permit->replyText.trimmed();
            });
        m_hand->expect(QStringLiteral("exact answer for %1 in %2").arg(one.entityLabel, path),
                       same);
    }
    m_hand->expect(QStringLiteral("permit to export"), issued > 0);
    m_album->write(QStringLiteral("Read permits.json again: %1 permits, each answer byte for byte.")
                       .arg(read->permits.size()));
}

} // namespace sonar
