// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/permits/permitexport.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace sonar {

class TonedFrame;

enum class ExportRange { Selected, All };
enum class ExportFormat { Json, Csv };

/// Permits into a file or the clipboard: range, format, preview. Nothing is written before the user
/// has agreed to permits that can't be used, and to replacing a file.
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
    QWidget *makeChoices();
    QWidget *makeWarning();
    QWidget *makeFile();
    ExportRange range() const;
    ExportFormat format() const;
    QByteArray content(const QList<ExportedPermit> &permits) const;
    void updatePreview();
    void updateWarning(const QList<ExportedPermit> &permits);
    void updateButtons();
    /// False, and the preview is new, when the permits aren't any more what the user agreed to.
    bool stillAgreed(const QList<ExportedPermit> &permits);
    void formatChosen();
    void pathEdited();
    void browse();
    void copy();
    void save();
    void showPathError(const QString &text);
    void showDone(const QString &text);

    Sale m_sale;
    PermitSource m_permits;
    const Clock *m_clock;
    QComboBox *m_range;
    QComboBox *m_format;
    TonedFrame *m_warning;
    QLabel *m_warningText;
    QCheckBox *m_exportAnyway;
    QPlainTextEdit *m_preview;
    QLabel *m_previewNote;
    QLineEdit *m_path;
    QLabel *m_pathError;
    TonedFrame *m_done;
    QLabel *m_doneText;
    QPushButton *m_copy;
    QPushButton *m_save;
    qsizetype m_count = 0;
    int m_unusable = 0;
    QString m_replaceable; ///< the existing file that the user was told of
};

} // namespace sonar
