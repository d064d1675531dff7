// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "ui/permits/commitmentlot.h"
#include "ui/style/theme.h"

#include <QDateTime>
#include <QDialog>
#include <QPointer>
#include <QSet>

#include <functional>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTimer;

namespace sonar {

class CommitmentPane;
class ExportPreview;
class ExportTarget;
class ScrollBody;
class TonedFrame;

/// Permits into a file or the clipboard: range, format, preview; and the commitments under them in
/// the forms that wallets take. Nothing is written before the user has agreed to permits that can't
/// be used, and to replacing a file.
class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    /// The source is asked anew for each preview and each export, so that a verification is never
    /// older than the file.
    ExportDialog(const Sale &sale, PermitSource permits, const Clock *clock = &systemClock(),
                 QWidget *parent = nullptr);

    void setRange(ExportRange range);
    void setFormat(ExportFormat format);
    void setPath(const QString &path);
    QString path() const;

    /// Where exports go unless the user says otherwise.
    static QString suggestedPath(const Sale &sale, ExportFormat format, const QDateTime &now);

    /// What was typed or chosen isn't in the preview yet; previewed() follows.
    bool isPreviewDue() const;

    /// By Esc, or by closing the window: asks before it discards a commitment that was typed.
    void reject() override;
    /// What is known of the permits may be another than in the preview.
    void permitsChanged();

Q_SIGNALS:
    void previewed();

protected:
    bool event(QEvent *event) override;

private:
    /// What the export is about, fresh.
    struct Subject
    {
        QList<ExportedPermit> permits; ///< whose faults the user is told of
        QStringList keys;              ///< which permits go into the export
        std::optional<CommitmentLot> lot;
        QList<ExportItem> items = {}; ///< the same, for the source
    };
    /// What would be exported now.
    struct Draft
    {
        QByteArray text;    ///< empty: nothing, for a reason
        QString reason;     ///< shown in the text's place
        bool blocked;       ///< the reason isn't the user's to fill in here
        QString link;       ///< for the QR code
        QStringList pieces; ///< approve and the bid under the permit in view
    };
    /// Both, and which of the permits can't be used, or aren't confirmed.
    struct Prepared
    {
        Subject subject;
        Draft draft;
        QSet<QString> unusable;
        QSet<QString> open;
    };
    QWidget *makeChoices();
    QWidget *makeWarning();
    QWidget *makeObstacle();
    QWidget *makeButtons();
    ExportRange range() const;
    ExportFormat format() const;
    QDateTime now() const;
    /// Hands over what would be exported now: at once or, of many permits, when it is there, unless
    /// it is asked for again meanwhile.
    void prepare(const std::function<void(const Prepared &)> &use);
    Prepared commitments(WalletForm form, const QList<ExportItem> &items);
    /// Any thread may call it.
    static Prepared permitsFile(const QList<ExportedPermit> &permits, ExportFormat format,
                                const Sale &sale, const QDateTime &now);
    Draft commitmentDraft(WalletForm form, const CommitmentLot &lot) const;
    void updatePreview();
    void showPrepared(const Prepared &prepared);
    void updateWarning(const Prepared &prepared);
    void updateButtons();
    void showQrCode();
    bool agreed() const;
    /// Hands over what is exported now. When that isn't any more what the user saw and agreed to,
    /// nothing is, and the preview is new.
    void whenAgreed(const std::function<void(const Prepared &)> &act);
    /// Does `act` once the sale contract has been asked about the permits, if it isn't known
    /// freshly what it says.
    static QCoro::Task<> afterAsking(QPointer<ExportDialog> self, void (ExportDialog::*act)());
    void formEdited();
    void formatChosen();
    void copy();
    void copyText(const Prepared &made);
    void copyApproval() { copyPiece(0); }
    void copyBid() { copyPiece(1); }
    void copyPiece(int piece);
    void tellExported(const QList<ExportItem> &items);
    void save();
    void writeText(const QString &file, const Prepared &made);
    /// How many of the permits: "2 of 5", or nothing where that goes without saying.
    QString extent() const;
    void showDone(const QString &text, Tone tone = Tone::Positive);

    Sale m_sale;
    PermitSource m_source;
    const Clock *m_clock;
    QComboBox *m_range;
    QComboBox *m_format;
    CommitmentPane *m_commitment;
    TonedFrame *m_obstacle;
    QLabel *m_obstacleText;
    TonedFrame *m_warning;
    QLabel *m_warningText;
    QCheckBox *m_exportAnyway;
    ScrollBody *m_body; ///< all but the buttons
    ExportPreview *m_preview;
    ExportTarget *m_target;
    TonedFrame *m_done;
    QLabel *m_doneText;
    QPushButton *m_showSaved;
    QString m_saved; ///< the file that was saved last
    QPushButton *m_copyApprove;
    QPushButton *m_copyBid;
    QPushButton *m_copy;
    QPushButton *m_save;
    QTimer *m_typing;         ///< runs while the preview waits for the end of typing
    int m_asked = 0;          ///< what is prepared for an earlier question is out of date
    bool m_preparing = false; ///< beside the window
    bool m_edited = false;    ///< a commitment was typed, and isn't exported yet
    bool m_asking = false;    ///< the sale contract, before an export
    bool m_ready = false;     ///< there is something to export
    bool m_others = false;    ///< a permit that isn't in view is in the export
    qsizetype m_count = 0;    ///< permits in the range
    QString m_link;           ///< of the preview
    QStringList m_previewed;  ///< which permits
    QSet<QString> m_open;     ///< those that aren't confirmed, as the user was told
    QSet<QString> m_unusable; ///< those that can't be used, each with what is wrong with it
};

} // namespace sonar
