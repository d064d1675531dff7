// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/exportpreview.h"

#include "ui/permits/qrview.h"
#include "ui/style/labels.h"
#include "ui/style/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>

#include <algorithm>

namespace sonar {

namespace {

constexpr qsizetype previewBytes = 32 * 1024;
constexpr int leastHeight = 90;

} // namespace

ExportPreview::ExportPreview(QWidget *parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit(this))
    , m_qr(new QrView(this))
    , m_note(mutedLabel({}, this))
{
    m_text->setReadOnly(true);
    m_text->setFont(monospaced(font()));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("Preview"));
    m_text->setTabChangesFocus(true);
    // Takes what is left, so that a form above stays whole.
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_text->setMinimumHeight(leastHeight);
    auto *label = new QLabel(tr("Pre&view"), this);
    label->setBuddy(m_text);
    m_qr->setAccessibleName(tr("QR code of the link"));
    m_qr->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_text, 1);
    row->addWidget(m_qr, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(label);
    layout->addLayout(row, 1);
    layout->addWidget(m_note);
}

void ExportPreview::showText(const QByteArray &text, const QString &reason, QStringList notes)
{
    m_text->setPlaceholderText(reason);
    m_text->setAccessibleDescription(reason);
    qsizetype end = std::min(text.size(), previewBytes);
    // Not in the middle of a character.
    while (end > 0 && end < text.size() && (uchar(text[end]) & 0xc0) == 0x80)
        --end;
    const QString shown = QString::fromUtf8(text.left(end));
    // The same text keeps its place and what was selected in it.
    if (shown != m_text->toPlainText())
        m_text->setPlainText(shown);
    if (text.size() > previewBytes)
        notes.prepend(tr("Preview shortened. Full export: %1.")
                          .arg(QLocale().formattedDataSize(text.size())));
    m_note->setText(notes.join(QLatin1Char(' ')));
    m_note->setVisible(!notes.isEmpty());
}

void ExportPreview::showQrCode(const QString &link)
{
    const auto code = link.isEmpty() ? std::nullopt : qrCode(link.toUtf8());
    m_qr->setCode(code);
    m_qr->setVisible(code.has_value());
}

void ExportPreview::setWrapped(bool wrapped)
{
    m_text->setLineWrapMode(wrapped ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    m_text->setWordWrapMode(wrapped ? QTextOption::WrapAnywhere : QTextOption::NoWrap);
}

} // namespace sonar
