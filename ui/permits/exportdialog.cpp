// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/exportdialog.h"

#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/labels.h"
#include "ui/style/theme.h"
#include "ui/style/tonedframe.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

namespace sonar {

namespace {

constexpr qsizetype previewBytes = 32 * 1024;
constexpr int namedPermits = 3; ///< unusable permits named in the warning

QString suffixOf(ExportFormat format)
{
    return format == ExportFormat::Csv ? QStringLiteral("csv") : QStringLiteral("json");
}

/// What the user typed as a path: "~" means home, as in a shell.
QString expanded(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    if (text == QLatin1String("~") || text.startsWith(QLatin1String("~/")))
        return QDir::cleanPath(QDir::homePath() + text.mid(1));
    return QDir::cleanPath(QFileInfo(text).absoluteFilePath());
}

QString whyUnusable(const ExportedPermit &permit)
{
    for (const PermitCheck &check : permit.verification.checks) {
        if (check.result == CheckResult::Failed)
            return shownText(check.text, 160);
    }
    return ExportDialog::tr("It could not be verified.");
}

} // namespace

ExportDialog::ExportDialog(const Sale &sale, PermitSource permits, const Clock *clock,
                           QWidget *parent)
    : QDialog(parent)
    , m_sale(sale)
    , m_permits(std::move(permits))
    , m_clock(clock)
{
    setWindowTitle(tr("Export permits"));
    resize(680, 620);
    QWidget *choices = makeChoices();
    QWidget *warning = makeWarning();
    m_preview = new QPlainTextEdit(this);
    m_preview->setReadOnly(true);
    m_preview->setFont(monospaced(font()));
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->setTabChangesFocus(true);
    auto *previewLabel = new QLabel(tr("Pre&view"), this);
    previewLabel->setBuddy(m_preview);
    m_previewNote = mutedLabel({}, this);
    QWidget *file = makeFile();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    m_copy->setToolTip(tr("Copies the whole export to the clipboard"));
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::ActionRole);
    setPrimary(m_save);
    m_save->setDefault(true);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &ExportDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(8);
    layout->addWidget(choices);
    layout->addSpacing(8);
    layout->addWidget(warning);
    layout->addWidget(previewLabel);
    layout->addWidget(m_preview, 1);
    layout->addWidget(m_previewNote);
    layout->addSpacing(8);
    layout->addWidget(file);
    layout->addWidget(m_done);
    layout->addSpacing(8);
    layout->addWidget(buttons);
    m_path->setText(
        suggestedPath(sale, format(), QDateTime::fromSecsSinceEpoch(clock->unixSeconds())));
    updatePreview();
}

QWidget *ExportDialog::makeChoices()
{
    auto *block = new QWidget(this);
    m_range = new QComboBox(block);
    m_range->setAccessibleName(tr("Permits"));
    m_range->addItem(tr("Selected (%1)").arg(m_permits(ExportRange::Selected).size()),
                     int(ExportRange::Selected));
    m_range->addItem(tr("All issued (%1)").arg(m_permits(ExportRange::All).size()),
                     int(ExportRange::All));
    m_format = new QComboBox(block);
    m_format->setAccessibleName(tr("Format"));
    m_format->addItem(tr("JSON, with each answer exactly as it came"), int(ExportFormat::Json));
    m_format->addItem(tr("CSV, for spreadsheets"), int(ExportFormat::Csv));
    auto *rangeLabel = new QLabel(tr("&Permits"), block);
    rangeLabel->setBuddy(m_range);
    auto *formatLabel = new QLabel(tr("F&ormat"), block);
    formatLabel->setBuddy(m_format);
    auto *row = new QHBoxLayout(block);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(rangeLabel);
    row->addWidget(m_range);
    row->addSpacing(8);
    row->addWidget(formatLabel);
    row->addWidget(m_format, 1);
    connect(m_range, &QComboBox::currentIndexChanged, this, &ExportDialog::updatePreview);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChosen);
    return block;
}

QWidget *ExportDialog::makeWarning()
{
    m_warning = new TonedFrame(Tone::Warning, this);
    m_warningText = plainLabel({}, m_warning);
    m_exportAnyway = new QCheckBox(tr("Export &anyway; the file says what is wrong"), m_warning);
    auto *layout = new QVBoxLayout(m_warning);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(6);
    layout->addWidget(m_warningText);
    layout->addWidget(m_exportAnyway);
    connect(m_exportAnyway, &QCheckBox::toggled, this, &ExportDialog::updateButtons);
    return m_warning;
}

QWidget *ExportDialog::makeFile()
{
    auto *block = new QWidget(this);
    m_path = new QLineEdit(block);
    m_path->setAccessibleName(tr("File"));
    auto *label = new QLabel(tr("&File"), block);
    label->setBuddy(m_path);
    auto *browseButton = new QPushButton(tr("&Browse…"), block);
    browseButton->setAutoDefault(false);
    m_pathError = plainLabel({}, block);
    m_pathError->setProperty("invalid", true);
    m_pathError->hide();
    m_done = new TonedFrame(Tone::Positive, this);
    m_doneText = plainLabel({}, m_done);
    auto *doneLayout = new QVBoxLayout(m_done);
    doneLayout->setContentsMargins(14, 8, 14, 8);
    doneLayout->addWidget(m_doneText);
    m_done->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_path, 1);
    row->addWidget(browseButton);
    auto *layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(row);
    layout->addWidget(m_pathError);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::pathEdited);
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    return block;
}

QString ExportDialog::suggestedPath(const Sale &sale, ExportFormat format, const QDateTime &now)
{
    static const QRegularExpression unsafe(QStringLiteral("[^a-z0-9]+"));
    QString name = shownText(sale.name, 40).toLower();
    name.replace(unsafe, QStringLiteral("-"));
    while (name.startsWith(QLatin1Char('-')))
        name.remove(0, 1);
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    const QString file =
        QStringLiteral("permits%1%2-%3.%4")
            .arg(name.isEmpty() ? QString() : QStringLiteral("-"), name,
                 now.toLocalTime().toString(QStringLiteral("yyyyMMdd-HHmm")), suffixOf(format));
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        folder = QDir::homePath();
    return QDir::toNativeSeparators(QDir(folder).filePath(file));
}

void ExportDialog::setRange(ExportRange range)
{
    m_range->setCurrentIndex(m_range->findData(int(range)));
}

void ExportDialog::setFormat(ExportFormat format)
{
    m_format->setCurrentIndex(m_format->findData(int(format)));
}

void ExportDialog::setPath(const QString &path)
{
    m_path->setText(path);
}

QString ExportDialog::path() const
{
    return m_path->text();
}

ExportRange ExportDialog::range() const
{
    return ExportRange(m_range->currentData().toInt());
}

ExportFormat ExportDialog::format() const
{
    return ExportFormat(m_format->currentData().toInt());
}

QByteArray ExportDialog::content(const QList<ExportedPermit> &permits) const
{
    if (format() == ExportFormat::Csv)
        return permitsAsCsv(permits, m_sale);
    return permitsAsJson(permits, m_sale, QDateTime::fromSecsSinceEpoch(m_clock->unixSeconds()));
}

void ExportDialog::updatePreview()
{
    const QList<ExportedPermit> permits = m_permits(range());
    m_count = permits.size();
    const QByteArray text = permits.isEmpty() ? QByteArray() : content(permits);
    qsizetype end = std::min(text.size(), previewBytes);
    // Not in the middle of a character.
    while (end > 0 && end < text.size() && (uchar(text[end]) & 0xc0) == 0x80)
        --end;
    m_preview->setPlainText(QString::fromUtf8(text.left(end)));
    QStringList notes;
    if (permits.isEmpty())
        notes << tr("There is no permit to export here.");
    if (text.size() > previewBytes)
        notes << tr("The preview ends here; the export is %1 long.")
                     .arg(QLocale().formattedDataSize(text.size()));
    if (m_sale.isSandbox())
        notes << tr("Sandbox permits are worthless on a real sale.");
    m_previewNote->setText(notes.join(QLatin1Char(' ')));
    m_previewNote->setVisible(!notes.isEmpty());
    m_done->hide();
    updateWarning(permits);
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
    if (unusable != m_unusable)
        m_exportAnyway->setChecked(false); // asked anew for a different lot
    m_unusable = unusable;
    lines.prepend(m_count == 1
                      ? tr("This permit can't be used:")
                      : tr("%1 of these %2 permits can't be used:").arg(unusable).arg(m_count));
    m_warningText->setText(lines.join(QLatin1Char('\n')));
    m_warning->setVisible(unusable > 0);
    updateButtons();
}

void ExportDialog::updateButtons()
{
    const bool agreed = m_unusable == 0 || m_exportAnyway->isChecked();
    m_copy->setEnabled(m_count > 0 && agreed);
    m_save->setEnabled(m_count > 0 && agreed);
    const QString why = agreed ? QString() : tr("Agree to the warning first");
    m_save->setToolTip(why);
}

void ExportDialog::formatChosen()
{
    // The name follows the format, unless the user has given it an ending of their own.
    const ExportFormat other =
        format() == ExportFormat::Csv ? ExportFormat::Json : ExportFormat::Csv;
    const QString ending = QLatin1Char('.') + suffixOf(other);
    if (m_path->text().endsWith(ending, Qt::CaseInsensitive))
        m_path->setText(m_path->text().chopped(suffixOf(other).size()) + suffixOf(format()));
    updatePreview();
}

void ExportDialog::pathEdited()
{
    showPathError({});
    m_replaceable.clear();
    m_save->setText(tr("Save"));
    m_done->hide();
}

void ExportDialog::browse()
{
    const QString filter =
        format() == ExportFormat::Csv ? tr("CSV files (*.csv)") : tr("JSON files (*.json)");
    auto *dialog = new QFileDialog(this, tr("Save permits as"), expanded(m_path->text()), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffixOf(format()));
    // Save asks here, once, whichever way the name was given.
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_path->setText(QDir::toNativeSeparators(file));
        m_save->setFocus();
    });
    dialog->open();
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

void ExportDialog::copy()
{
    const QList<ExportedPermit> permits = m_permits(range());
    if (!stillAgreed(permits))
        return;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(content(permits)));
    showDone(m_count == 1 ? tr("Copied the permit.") : tr("Copied %1 permits.").arg(m_count));
}

void ExportDialog::save()
{
    const QString file = expanded(m_path->text());
    if (file.isEmpty() || QFileInfo(file).isDir()) {
        showPathError(file.isEmpty() ? tr("Enter the file to save to.")
                                     : tr("This is a folder. Add the name of the file."));
        return;
    }
    if (QFileInfo::exists(file) && m_replaceable != file) {
        showPathError(tr("There is a file with this name. Press Replace to overwrite it, or choose "
                         "another name."));
        m_replaceable = file;
        m_save->setText(tr("Replace"));
        return;
    }
    const QList<ExportedPermit> permits = m_permits(range());
    if (!stillAgreed(permits))
        return;
    if (const Result<void> written = writeExport(file, content(permits)); !written) {
        showPathError(
            QStringLiteral("%1 %2").arg(written.error().summary, written.error().advice).trimmed());
        return;
    }
    pathEdited();
    const QString where = QDir::toNativeSeparators(file);
    showDone(m_count == 1 ? tr("Saved the permit to %1").arg(where)
                          : tr("Saved %1 permits to %2").arg(m_count).arg(where));
}

void ExportDialog::showPathError(const QString &text)
{
    m_pathError->setText(text);
    m_pathError->setVisible(!text.isEmpty());
    setStyleProperty(m_path, "invalid", !text.isEmpty());
    m_path->setAccessibleDescription(text);
    if (!text.isEmpty()) {
        m_done->hide();
        m_path->setFocus();
    }
}

void ExportDialog::showDone(const QString &text)
{
    m_doneText->setText(text);
    m_doneText->setAccessibleName(text);
    m_done->show();
}

} // namespace sonar
