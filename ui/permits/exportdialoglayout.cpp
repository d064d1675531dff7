// SPDX-License-Identifier: GPL-3.0-or-later
// How the export dialog is put together.
#include "ui/permits/commitmentpane.h"
#include "ui/permits/exportdialog.h"
#include "ui/permits/exportpreview.h"
#include "ui/permits/exporttarget.h"
#include "ui/permits/showinfolder.h"
#include "ui/style/labels.h"
#include "ui/style/screenfit.h"
#include "ui/style/scrollbody.h"
#include "ui/style/tonedframe.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTimer>

namespace sonar {

namespace {

/// Verifying a permit and setting a long text take longer than a key stroke may.
constexpr int typingMilliseconds = 150;
constexpr QSize usualSize(760, 680);

} // namespace

ExportDialog::ExportDialog(const Sale &sale, PermitSource permits, const Clock *clock,
                           QWidget *parent)
    : QDialog(parent)
    , m_sale(sale)
    , m_source(std::move(permits))
    , m_clock(clock)
    , m_typing(new QTimer(this))
{
    setWindowTitle(tr("Export permits"));
    m_body = new ScrollBody(this);
    m_body->setAccessibleName(tr("What is exported"));
    m_typing->setSingleShot(true);
    m_typing->setInterval(typingMilliseconds);
    connect(m_typing, &QTimer::timeout, this, &ExportDialog::updatePreview);
    QWidget *choices = makeChoices();
    QWidget *obstacle = makeObstacle();
    QWidget *warning = makeWarning();
    m_preview = new ExportPreview(m_body->content());
    m_target = new ExportTarget(m_body->content());
    m_done = new TonedFrame(Tone::Positive, m_body->content());
    m_doneText = plainLabel({}, m_done);
    m_showSaved = linkButton(tr("Show in folder"), m_done);
    m_showSaved->setObjectName(QStringLiteral("showInFolder"));
    connect(m_showSaved, &QPushButton::clicked, this, [this] { showInFolder(this, m_saved); });
    auto *doneLayout = new QHBoxLayout(m_done);
    doneLayout->setContentsMargins(14, 8, 14, 8);
    doneLayout->addWidget(m_doneText, 1);
    doneLayout->addWidget(m_showSaved);
    m_done->hide();
    QWidget *buttons = makeButtons();

    QVBoxLayout *const column = m_body->column();
    column->setSpacing(10);
    column->addWidget(choices);
    column->addWidget(m_commitment);
    column->addWidget(obstacle);
    column->addWidget(warning);
    column->addWidget(m_preview, 1);
    column->addStretch(0); // takes the room when the preview is hidden
    column->addWidget(m_target);
    column->addWidget(m_done);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(10);
    layout->addWidget(m_body, 1);
    layout->addWidget(buttons);
    resizeWithinScreen(this, usualSize);
    connect(m_target, &ExportTarget::edited, this, [this] {
        m_done->hide();
        updateButtons();
    });
    m_target->setPath(suggestedPath(sale, format(), now()));
    updatePreview();
}

QWidget *ExportDialog::makeChoices()
{
    auto *block = new QWidget(m_body->content());
    m_range = new QComboBox(block);
    m_range->setAccessibleName(tr("Permits"));
    m_range->addItem(tr("Selected (%1)").arg(m_source.items(ExportRange::Selected).size()),
                     int(ExportRange::Selected));
    m_range->addItem(tr("All issued (%1)").arg(m_source.items(ExportRange::All).size()),
                     int(ExportRange::All));
    m_format = new QComboBox(block);
    m_format->setAccessibleName(tr("Format"));
    for (const ExportFormat format : exportFormats())
        m_format->addItem(exportFormatName(format), int(format));
    m_format->insertSeparator(2); // between the permits themselves and commitments
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

    m_commitment = new CommitmentPane(m_sale, m_body->content());
    connect(m_commitment, &CommitmentPane::chosen, this, &ExportDialog::updatePreview);
    connect(m_commitment, &CommitmentPane::edited, this, &ExportDialog::formEdited);
    return block;
}

QWidget *ExportDialog::makeObstacle()
{
    m_obstacle = new TonedFrame(Tone::Neutral, m_body->content());
    m_obstacleText = plainLabel({}, m_obstacle);
    auto *layout = new QVBoxLayout(m_obstacle);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->addWidget(m_obstacleText);
    return m_obstacle;
}

QWidget *ExportDialog::makeWarning()
{
    m_warning = new TonedFrame(Tone::Warning, m_body->content());
    m_warningText = plainLabel({}, m_warning);
    m_exportAnyway = new QCheckBox(tr("Export &anyway; the file says what is wrong"), m_warning);
    m_exportAnyway->setObjectName(QStringLiteral("exportAnyway"));
    auto *layout = new QVBoxLayout(m_warning);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(6);
    layout->addWidget(m_warningText);
    layout->addWidget(m_exportAnyway);
    connect(m_exportAnyway, &QCheckBox::toggled, this, [this] {
        showQrCode();
        updateButtons();
    });
    return m_warning;
}

// No QDialogButtonBox: the focus skips the button that is its proxy, and which one that is changes
// as buttons come and go.
QWidget *ExportDialog::makeButtons()
{
    auto *buttons = new QWidget(this);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addStretch(1);
    const auto add = [&](const QString &text, auto act) {
        auto *button = new QPushButton(text, buttons);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
        return button;
    };
    m_copyApprove =
        add(tr("Copy approve"), [this] { afterAsking(this, &ExportDialog::copyApproval); });
    m_copyBid = add(tr("Copy bid"), [this] { afterAsking(this, &ExportDialog::copyBid); });
    for (QPushButton *piece : {m_copyApprove, m_copyBid})
        piece->setToolTip(tr("Copies it bare, for the permit in view"));
    m_copy = add(tr("Copy"), [this] { afterAsking(this, &ExportDialog::copy); });
    m_copy->setToolTip(tr("Copies the whole export to the clipboard"));
    m_save = add(tr("Save"), [this] { afterAsking(this, &ExportDialog::save); });
    setPrimary(m_save);
    m_save->setDefault(true);
    add(tr("Close"), [this] { done(QDialog::Rejected); });
    return buttons;
}

bool ExportDialog::event(QEvent *event)
{
    const bool taken = QDialog::event(event);
    // Higher, if that shows all that has come since.
    if (event->type() == QEvent::LayoutRequest && layout()) {
        const int needed = sizeWithBody(this, m_body, width()).height();
        if (needed > height())
            resizeWithinScreen(this, {width(), needed});
    }
    return taken;
}

QString ExportDialog::suggestedPath(const Sale &sale, ExportFormat format, const QDateTime &now)
{
    return ExportTarget::suggestedPath(sale, format, now);
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
    m_target->setPath(path);
}

QString ExportDialog::path() const
{
    return m_target->path();
}

ExportRange ExportDialog::range() const
{
    return ExportRange(m_range->currentData().toInt());
}

ExportFormat ExportDialog::format() const
{
    return ExportFormat(m_format->currentData().toInt());
}

QDateTime ExportDialog::now() const
{
    return QDateTime::fromSecsSinceEpoch(m_clock->unixSeconds());
}

} // namespace sonar
