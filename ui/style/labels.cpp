// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/labels.h"

#include "ui/style/plaintext.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QStyle>
#include <QTimer>
#include <QVariant>

namespace sonar {

namespace {

constexpr int feedbackMilliseconds = 1600;

} // namespace

SectionLabel::SectionLabel(const QString &text, QWidget *parent)
    : QLabel(text.toUpper(), parent)
{
    setTextFormat(Qt::PlainText);
    // A screen reader spells capitals.
    setAccessibleName(text);
    setProperty("muted", true);
    QFont small = font();
    if (small.pointSizeF() > 0)
        small.setPointSizeF(small.pointSizeF() * 0.88);
    small.setLetterSpacing(QFont::PercentageSpacing, 106);
    setFont(small);
}

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFullText(text);
}

void ElidedLabel::setFullText(const QString &text)
{
    m_text = text.simplified();
    setAccessibleName(m_text);
    updateGeometry();
    elide();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, QLabel::sizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), fontMetrics().averageCharWidth() * 8),
            QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        elide();
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_text, Qt::ElideRight, width());
    if (shown != text())
        setText(shown);
    setPlainToolTip(this, shown == m_text ? QString() : m_text);
}

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel *mutedLabel(const QString &text, QWidget *parent)
{
    QLabel *label = plainLabel(text, parent);
    label->setProperty("muted", true);
    return label;
}

QLabel *fixedWords(QLabel *label)
{
    label->setTextInteractionFlags(Qt::NoTextInteraction);
    return label;
}

void setLongText(QLabel *label, const QString &text)
{
    static const QRegularExpression longWord(QStringLiteral("\\S{25,}"));
    static const QRegularExpression piece(QStringLiteral("(\\S{8})(?=\\S)"));
    QString shown;
    qsizetype end = 0;
    for (auto words = longWord.globalMatch(text); words.hasNext();) {
        const QRegularExpressionMatch word = words.next();
        shown += text.mid(end, word.capturedStart() - end);
        shown += word.captured().replace(piece, QStringLiteral("\\1\u200b"));
        end = word.capturedEnd();
    }
    label->setTextInteractionFlags(end == 0 ? Qt::TextSelectableByMouse : Qt::NoTextInteraction);
    label->setText(shown + text.mid(end));
    label->setAccessibleName(end == 0 ? QString() : text);
}

void copyBy(QPushButton *button, const QString &content)
{
    static const char idleText[] = "idleText";
    QGuiApplication::clipboard()->setText(content);
    if (button->property(idleText).isValid())
        return;
    button->setProperty(idleText, button->text());
    button->setMinimumWidth(button->width()); // what is beside it stays where it is
    button->setText(QCoreApplication::translate("sonar::Labels", "Copied"));
    QTimer::singleShot(feedbackMilliseconds, button, [button] {
        button->setText(button->property(idleText).toString());
        button->setProperty(idleText, {});
        button->setMinimumWidth(0);
    });
}

void setPrimary(QPushButton *button, bool primary)
{
    setStyleProperty(button, "primary", primary);
}

QPushButton *linkButton(const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty("link", true);
    button->setFlat(true);
    button->setCursor(Qt::PointingHandCursor);
    button->setAutoDefault(false);
    return button;
}

QPushButton *externalLinkButton(const QString &text, QWidget *parent)
{
    QPushButton *button = linkButton({}, parent);
    setExternalLinkText(button, text);
    return button;
}

void setExternalLinkText(QPushButton *button, const QString &text)
{
    button->setText(text + QStringLiteral(" \u2197"));
    button->setAccessibleName(text);
    button->setAccessibleDescription(
        QCoreApplication::translate("sonar::Labels", "Opens in your browser"));
}

void setStyleProperty(QWidget *widget, const char *name, const QVariant &value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace sonar
