// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/permits/exportformat.h"

#include <QDateTime>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace sonar {

/// The file that an export goes to: path, Browse, and what is wrong with it at its place. A file
/// that is there is replaced only when the user presses the button a second time.
class ExportTarget : public QWidget
{
    Q_OBJECT
public:
    explicit ExportTarget(QWidget *parent = nullptr);

    /// Where exports go unless the user says otherwise.
    static QString suggestedPath(const Sale &sale, ExportFormat format, const QDateTime &now);

    void setPath(const QString &path);
    QString path() const;
    /// The name follows the format.
    void setFormat(ExportFormat format);

    /// The whole path if it may be written now; otherwise empty, and the reason is shown.
    QString accepted();
    /// Atomically; false, and the reason is shown, when it fails.
    bool write(const QString &file, const QByteArray &content);
    bool wantsReplace() const { return !m_replaceable.isEmpty(); }

Q_SIGNALS:
    void edited(); ///< the path, or wantsReplace

private:
    void browse();
    void pathEdited();
    void showError(const QString &text);

    ExportFormat m_format = ExportFormat::Json;
    QLineEdit *m_path;
    QLabel *m_error;
    QString m_replaceable; ///< the existing file that the user was told of
};

} // namespace sonar
