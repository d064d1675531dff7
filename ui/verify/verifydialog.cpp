// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verify/verifydialog.h"

#include "ui/permits/permitformat.h"
#include "ui/style/labels.h"
#include "ui/style/plaintext.h"
#include "ui/style/screenfit.h"
#include "ui/style/stateview.h"
#include "ui/style/theme.h"
#include "ui/verify/importedpermitpane.h"
#include "ui/verify/verificationreport.h"
#include "ui/verify/verifiedlistmodel.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QtConcurrent>

#include <algorithm>

namespace sonar {

namespace {

constexpr int patienceMilliseconds = 150;
constexpr QSize sizeForOne{620, 640};
constexpr QSize sizeForSeveral{860, 640};

/// No line is wider than the list: a long name ends in an ellipsis.
class NameDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {0, QStyledItemDelegate::sizeHint(option, index).height()};
    }
};

} // namespace

VerifyDialog::VerifyDialog(const QString &path, const QList<KnownSigner> &known, const Clock *clock,
                           QWidget *parent)
    : QDialog(parent)
    , m_path(path)
    , m_known(known)
    , m_clock(clock)
    , m_model(new VerifiedListModel(this))
    , m_faces(new QStackedWidget(this))
    , m_state(new StateView(this))
{
    setWindowTitle(tr("Verify permits"));
    resizeWithinScreen(this, sizeForOne);
    auto *file = new ElidedLabel(shownText(QFileInfo(path).fileName()), this);
    file->setFont(heading(font(), 1));
    m_summary = mutedLabel({}, this);
    m_work = makeWork();
    m_findings = makeFindings();
    for (QWidget *face : {static_cast<QWidget *>(m_state), m_work, m_findings})
        m_faces->addWidget(face);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_again = buttons->addButton(tr("Check &again"), QDialogButtonBox::ActionRole);
    m_again->setToolTip(tr("Checks again at the current time"));
    m_copy = buttons->addButton(tr("&Copy report"), QDialogButtonBox::ActionRole);
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon(QIcon());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(10);
    layout->addWidget(file);
    layout->addWidget(m_summary);
    layout->addWidget(m_faces, 1);
    layout->addWidget(buttons);
    connect(m_again, &QPushButton::clicked, this, &VerifyDialog::checkAgain);
    connect(m_copy, &QPushButton::clicked, this, &VerifyDialog::copyReport);
    connect(buttons, &QDialogButtonBox::rejected, this, &VerifyDialog::reject);
    connect(&m_job, &QFutureWatcherBase::finished, this, &VerifyDialog::jobEnded);
    connect(&m_job, &QFutureWatcherBase::progressRangeChanged, m_progress, &QProgressBar::setRange);
    connect(&m_job, &QFutureWatcherBase::progressValueChanged, m_progress, &QProgressBar::setValue);
    connect(&m_report, &QFutureWatcherBase::finished, this,
            [this] { QGuiApplication::clipboard()->setText(m_report.result()); });
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMilliseconds);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_faces->setCurrentWidget(m_work); });
    m_faces->setCurrentWidget(m_work);
    begin(verifyFileAside(m_path, m_known, m_clock->unixSeconds()));
}

VerifyDialog::~VerifyDialog()
{
    // Not waited for: it holds all that it needs.
    m_job.cancel();
}

QWidget *VerifyDialog::makeWork()
{
    auto *work = new QWidget(this);
    auto *state = new StateView(work);
    state->showLoading(tr("Checking the permits"),
                       tr("On this computer, without asking anyone. You may close this at any "
                          "time."));
    m_progress = new QProgressBar(work);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_progress->setAccessibleName(tr("Progress"));
    auto *cancelButton = new QPushButton(tr("Ca&ncel"), work);
    connect(cancelButton, &QPushButton::clicked, this, &VerifyDialog::cancel);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_progress, 1);
    row->addWidget(cancelButton);
    auto *column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(state, 1);
    column->addLayout(row);
    return work;
}

QWidget *VerifyDialog::makeFindings()
{
    auto *findings = new QWidget(this);
    m_list = new QListView(findings);
    m_list->setObjectName(QStringLiteral("verifiedPermits")); // the style sheet's
    m_list->setAccessibleName(tr("Permits in the file"));
    m_list->setFixedWidth(260);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new NameDelegate(m_list));
    m_list->setModel(m_model);
    m_permit = new ImportedPermitPane(findings);
    auto *body = new QHBoxLayout(findings);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(16);
    body->addWidget(m_list);
    body->addWidget(m_permit, 1);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                const VerifiedFile &file = m_model->file();
                if (current.isValid())
                    m_permit->showPermit(file.import.permits[current.row()],
                                         file.permits[current.row()], file.import.sale);
            });
    return findings;
}

void VerifyDialog::begin(const ImportJob &job)
{
    m_progress->setRange(0, 0); // how much there is isn't known yet
    setBusy(true);
    m_job.setFuture(job);
}

void VerifyDialog::setBusy(bool busy)
{
    m_busy = busy;
    // Once there are findings the buttons stay as they are, and so does the focus.
    m_again->setEnabled(!busy || m_hasFindings);
    m_copy->setEnabled(m_hasFindings);
    Q_EMIT busyChanged(busy);
}

void VerifyDialog::jobEnded()
{
    m_patience.stop();
    if (m_job.isCanceled()) {
        m_faces->setCurrentWidget(m_findings);
    } else if (const Result<VerifiedFile> file = m_job.result()) {
        showFindings(*file);
    } else {
        m_state->showError(file.error(), {});
        m_faces->setCurrentWidget(m_state);
    }
    setBusy(false);
}

void VerifyDialog::cancel()
{
    if (m_hasFindings)
        m_job.cancel();
    else
        reject();
}

void VerifyDialog::checkAgain()
{
    if (m_busy)
        return;
    const qint64 now = m_clock->unixSeconds();
    m_patience.start();
    begin(m_hasFindings ? verifyAside(m_model->file().import, m_known, now)
                        : verifyFileAside(m_path, m_known, now));
}

void VerifyDialog::showFindings(const VerifiedFile &file)
{
    const bool several = file.permits.size() > 1;
    if (several && size() == sizeForOne.boundedTo(roomFor(this)))
        resizeWithinScreen(this, sizeForSeveral);
    const int current = std::max(0, m_list->currentIndex().row());
    m_hasFindings = true;
    m_model->setFile(file);
    m_list->setVisible(several);
    m_permit->setVisible(!file.permits.isEmpty());
    showSummary(file);
    m_faces->setCurrentWidget(m_findings);
    if (file.permits.isEmpty())
        return;
    m_list->setCurrentIndex(m_model->index(current));
    m_permit->showPermit(file.import.permits[current], file.permits[current], file.import.sale);
}

void VerifyDialog::showSummary(const VerifiedFile &file)
{
    const auto count = [&file](ImportStanding standing) {
        return std::count_if(
            file.permits.cbegin(), file.permits.cend(),
            [standing](const VerifiedImport &one) { return one.standing() == standing; });
    };
    const auto usable = count(ImportStanding::Usable);
    const auto open = count(ImportStanding::Unconfirmed);
    const QString when = localTimeWithSeconds(quint64(std::max<qint64>(file.checkedAt, 0)));
    if (file.permits.isEmpty())
        m_summary->setText(tr("The file holds no permit."));
    else if (file.permits.size() == 1)
        m_summary->setText(tr("Checked offline on %1.").arg(when));
    else if (open > 0)
        m_summary->setText(
            tr("%1 of %2 permits can be used, and %3 more are not confirmed. Checked "
               "offline on %4.")
                .arg(usable)
                .arg(file.permits.size())
                .arg(open)
                .arg(when));
    else
        m_summary->setText(tr("%1 of %2 permits can be used. Checked offline on %3.")
                               .arg(usable)
                               .arg(file.permits.size())
                               .arg(when));
}

void VerifyDialog::copyReport()
{
    if (m_hasFindings)
        m_report.setFuture(QtConcurrent::run([file = m_model->file()] {
            return verificationReport(file.import, file.permits, file.checkedAt);
        }));
}

} // namespace sonar
