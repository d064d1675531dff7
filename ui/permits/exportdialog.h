// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "ui/permits/exportformat.h"

#include <QDateTime>
#include <QDialog>

#include <functional>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QPushButton;

namespace sonar {

class CommitmentForm;
class ExportPreview;
class ExportTarget;
class TonedFrame;

/// Permits into a file or the clipboard: range, format, preview; and one permit's commitment in the
/// forms that wallets take. Nothing is written before the user has agreed to permits that can't be
/// used, and to replacing a file.
class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    /// Asked anew for each preview and each export, so that a verification is never older than the
    /// file.
    using PermitSource = std::function<QList<ExportedPermit>(ExportRange)>;

    ExportDialog(const Sale &sale, PermitSource permits, const Clock *clock = &systemClock(),
                 QWidget *parent = nullptr);

    void setRange(ExportRange range);
    void setFormat(ExportFormat format);
    void setPath(const QString &path);
    QString path() const;

    /// Where exports go unless the user says otherwise.
    static QString suggestedPath(const Sale &sale, ExportFormat format, const QDateTime &now);

private:
    /// What would be exported now.
    struct Draft
    {
        QByteArray text;    ///< empty: nothing, for a reason
        QString reason;     ///< shown in the text's place
        bool blocked;       ///< the reason isn't the user's to fill in here
        QString link;       ///< for the QR code
        QStringList pieces; ///< approve and the bid
    };
    QWidget *makeChoices();
    QWidget *makeWarning();
    QWidget *makeObstacle();
    QDialogButtonBox *makeButtons();
    ExportRange range() const;
    ExportFormat format() const;
    QDateTime now() const;
    /// The permits that the export is about, fresh: all of the range, or the chosen one.
    QList<ExportedPermit> subject();
    QList<ExportedPermit> chosenOf(const QList<ExportedPermit> &permits);
    Draft draft(const QList<ExportedPermit> &permits) const;
    Draft commitmentDraft(WalletForm form, const ExportedPermit &permit) const;
    QString obstacle(const ExportedPermit &permit) const;
    void updatePreview();
    void updateForm(const QList<ExportedPermit> &permits);
    void updateWarning(const QList<ExportedPermit> &permits);
    void updateButtons();
    bool agreed() const;
    /// False, and the preview is new, when the permits aren't any more what the user agreed to.
    bool stillAgreed(const QList<ExportedPermit> &permits);
    void formatChosen();
    void copy();
    void copyPiece(int piece);
    void save();
    void showDone(const QString &text);

    Sale m_sale;
    PermitSource m_permits;
    const Clock *m_clock;
    QComboBox *m_range;
    QComboBox *m_format;
    QWidget *m_commitment; ///< the form with the choice of its permit
    QComboBox *m_chosen;
    CommitmentForm *m_form;
    TonedFrame *m_obstacle;
    QLabel *m_obstacleText;
    TonedFrame *m_warning;
    QLabel *m_warningText;
    QCheckBox *m_exportAnyway;
    ExportPreview *m_preview;
    ExportTarget *m_target;
    TonedFrame *m_done;
    QLabel *m_doneText;
    QPushButton *m_copyApprove;
    QPushButton *m_copyBid;
    QPushButton *m_copy;
    QPushButton *m_save;
    bool m_ready = false; ///< there is something to export
    qsizetype m_count = 0;
    int m_unusable = 0;
};

} // namespace sonar
