// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace sonar {

class QrView;

/// The beginning of an export as it will be written and, for a link, its QR code.
class ExportPreview : public QWidget
{
    Q_OBJECT
public:
    explicit ExportPreview(QWidget *parent = nullptr);

    /// `notes` are whole sentences about what is shown.
    void showText(const QByteArray &text, QStringList notes);
    /// Empty: none.
    void showQrCode(const QString &link);
    /// There is no export, for a reason that stands in its place.
    void showReason(const QString &reason);
    void setWrapped(bool wrapped);

private:
    QPlainTextEdit *m_text;
    QrView *m_qr;
    QLabel *m_note;
};

} // namespace sonar
