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

    /// `notes` are whole sentences about what is shown; `reason` stands in the place of a text that
    /// isn't there.
    void showText(const QByteArray &text, const QString &reason, QStringList notes);
    /// Empty: none.
    void showQrCode(const QString &link);
    void setWrapped(bool wrapped);

private:
    QPlainTextEdit *m_text;
    QrView *m_qr;
    QLabel *m_note;
};

} // namespace sonar
