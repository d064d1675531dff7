// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/permits/importjob.h"

#include <QDialog>
#include <QFutureWatcher>
#include <QTimer>

class QLabel;
class QListView;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace sonar {

class ImportedPermitPane;
class StateView;
class VerifiedListModel;

/// The permits of a file with their checks, made on this computer without asking anyone. The work
/// is done in another thread; closing the dialog ends it.
class VerifyDialog : public QDialog
{
    Q_OBJECT
public:
    /// Begins to read the file at once. `clock` must outlive it.
    VerifyDialog(const QString &path, const QList<KnownSigner> &known,
                 const Clock *clock = &systemClock(), QWidget *parent = nullptr);
    ~VerifyDialog() override;

    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void busyChanged(bool busy);

private:
    QWidget *makeWork();
    QWidget *makeFindings();
    void begin(const ImportJob &job);
    void jobEnded();
    void cancel();
    void checkAgain();
    void setBusy(bool busy);
    void showFindings(const VerifiedFile &file);
    void showSummary(const VerifiedFile &file);
    void copyReport();

    QString m_path;
    QList<KnownSigner> m_known;
    const Clock *m_clock;
    QFutureWatcher<Result<VerifiedFile>> m_job;
    QFutureWatcher<QString> m_report;
    QTimer m_patience; ///< work that is done by then isn't shown
    bool m_busy = false;
    bool m_hasFindings = false;
    VerifiedListModel *m_model;
    QStackedWidget *m_faces;
    StateView *m_state;
    QWidget *m_work;
    QProgressBar *m_progress;
    QLabel *m_summary;
    QWidget *m_findings;
    QListView *m_list;
    ImportedPermitPane *m_permit;
    QPushButton *m_again;
    QPushButton *m_copy;
};

} // namespace sonar
