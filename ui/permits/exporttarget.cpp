// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/exporttarget.h"

#include "ui/style/announce.h"
#include "ui/style/labels.h"
#include "ui/style/plaintext.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>

namespace sonar {

namespace {

/// What the user typed as a path: "~" means home, as in a shell.
QString expandedPath(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    if (text == QLatin1String("~") || text.startsWith(QLatin1String("~/")))
        return QDir::cleanPath(QDir::homePath() + text.mid(1));
    return QDir::cleanPath(QFileInfo(text).absoluteFilePath());
}

} // namespace

ExportTarget::ExportTarget(QWidget *parent)
    : QWidget(parent)
    , m_path(new QLineEdit(this))
    , m_error(plainLabel({}, this))
{
    m_path->setObjectName(QStringLiteral("exportPath"));
    m_path->setAccessibleName(tr("File"));
    auto *label = new QLabel(tr("&File"), this);
    label->setBuddy(m_path);
    auto *browseButton = new QPushButton(tr("&Browse…"), this);
    browseButton->setAutoDefault(false);
    m_error->setProperty("invalid", true);
    m_error->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_path, 1);
    row->addWidget(browseButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(row);
    layout->addWidget(m_error);
    connect(m_path, &QLineEdit::textChanged, this, &ExportTarget::pathEdited);
    connect(browseButton, &QPushButton::clicked, this, &ExportTarget::browse);
}

QString ExportTarget::suggestedPath(const Sale &sale, ExportFormat format, const QDateTime &now)
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
                 now.toLocalTime().toString(QStringLiteral("yyyyMMdd-HHmm")), exportSuffix(format));
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        folder = QDir::homePath();
    return QDir::toNativeSeparators(QDir(folder).filePath(file));
}

void ExportTarget::setPath(const QString &path)
{
    m_path->setText(path);
}

QString ExportTarget::path() const
{
    return m_path->text();
}

void ExportTarget::setFormat(ExportFormat format)
{
    m_format = format;
    const QString named = withExportSuffix(m_path->text(), format);
    if (named != m_path->text())
        m_path->setText(named);
}

void ExportTarget::pathEdited()
{
    showError({});
    m_replaceable.clear();
    Q_EMIT edited();
}

void ExportTarget::browse()
{
    auto *dialog = new QFileDialog(this, tr("Save export as"), expandedPath(m_path->text()),
                                   exportFilter(m_format));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(exportSuffix(m_format));
    // Saving asks here, once, whichever way the name was given.
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &file) { m_path->setText(QDir::toNativeSeparators(file)); });
    dialog->open();
}

QString ExportTarget::accepted()
{
    const QString file = expandedPath(m_path->text());
    if (file.isEmpty()) {
        showError(tr("Enter the file to save to."));
        return {};
    }
    if (QFileInfo(file).isDir()) {
        showError(tr("This is a folder. Add the name of the file."));
        return {};
    }
    if (QFileInfo::exists(file) && m_replaceable != file) {
        showError(tr("There is a file with this name. Press Replace to overwrite it, or choose "
                     "another name."));
        m_replaceable = file;
        Q_EMIT edited();
        return {};
    }
    return file;
}

bool ExportTarget::write(const QString &file, const QByteArray &content)
{
    if (const Result<void> written = writeExport(file, content); !written) {
        showError(
            QStringLiteral("%1 %2").arg(written.error().summary, written.error().advice).trimmed());
        return false;
    }
    pathEdited();
    return true;
}

void ExportTarget::showError(const QString &text)
{
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
    setFieldProblem(m_path, text);
    if (!text.isEmpty())
        m_path->setFocus();
}

} // namespace sonar
