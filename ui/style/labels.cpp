// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/labels.h"

#include "ui/style/plaintext.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QTextDocument>
#include <QTextLayout>
#include <QTextOption>
#include <QTimer>
#include <QToolTip>
#include <QVariant>

namespace sonar {

namespace {

constexpr int feedbackMilliseconds = 1600;

// Of a text that wraps, in a line.
constexpr int leastCharacters = 10;
constexpr int mostCharacters = 60;
constexpr int longestLine = 1000;

/// The height of its lines, of which there are no more than `most` unless that is 0.
int layOut(QTextLayout &layout, int width, int most)
{
    qreal height = 0;
    layout.beginLayout();
    while (most == 0 || layout.lineCount() < most) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return qCeil(height);
}

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
    const QMargins margins = contentsMargins();
    return {fontMetrics().horizontalAdvance(m_text) + margins.left() + margins.right() + 2,
            QLabel::sizeHint().height()};
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
    const QString shown = fontMetrics().elidedText(m_text, Qt::ElideRight, contentsRect().width());
    if (shown != text())
        setText(shown);
    setPlainToolTip(this, shown == m_text ? QString() : m_text);
}

WrappedLabel::WrappedLabel(const QString &text, QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    setWordWrap(true);
}

bool WrappedLabel::breaksWords(int width) const
{
    // That of the base class is as wide as the longest word.
    return wordWrap() && QLabel::minimumSizeHint().width() > width;
}

bool WrappedLabel::isCut(int width) const
{
    if (m_mostLines == 0 || !wordWrap())
        return false;
    const QMargins margins = contentsMargins();
    const bool isHigh = QLabel::heightForWidth(width) - margins.top() - margins.bottom() >
                        m_mostLines * fontMetrics().lineSpacing() + 1;
    return isHigh || breaksWords(width);
}

void WrappedLabel::setMostLines(int lines)
{
    m_mostLines = lines;
    updateGeometry();
    update();
}

QSize WrappedLabel::sizeHint() const
{
    const QSize hint = QLabel::sizeHint();
    const int widest = fontMetrics().averageCharWidth() * mostCharacters;
    if (hint.width() <= widest || !breaksWords(widest))
        return hint;
    return {widest, heightForWidth(widest)};
}

QSize WrappedLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    if (!wordWrap())
        return hint;
    return {qMin(hint.width(), fontMetrics().averageCharWidth() * leastCharacters), hint.height()};
}

int WrappedLabel::heightForWidth(int width) const
{
    if (!paintsItself(width))
        return QLabel::heightForWidth(width);
    const QMargins margins = contentsMargins();
    const QRect area(0, 0, qMax(1, width - margins.left() - margins.right()), 0);
    return arrange(area, nullptr) + margins.top() + margins.bottom();
}

int WrappedLabel::arrange(const QRect &area, QPainter *painter) const
{
    QTextOption option(QStyle::visualAlignment(layoutDirection(), alignment()));
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(layoutDirection());
    QString shown = text();
    shown.replace(QLatin1Char('\n'), QChar::LineSeparator);
    QTextLayout layout(shown, font(), this);
    layout.setTextOption(option);
    int height = layOut(layout, area.width(), m_mostLines);
    const QTextLine last = layout.lineAt(layout.lineCount() - 1);
    if (last.isValid() && last.textStart() + last.textLength() < shown.size()) {
        const QString rest = shown.mid(last.textStart()).simplified();
        // More than a line holds is cut without looking at all of it.
        layout.setText(shown.left(last.textStart()) +
                       fontMetrics().elidedText(rest.left(longestLine) + QChar(0x2026),
                                                Qt::ElideRight, area.width()));
        height = layOut(layout, area.width(), m_mostLines);
    }
    if (painter) {
        const int spare = area.height() - height;
        const int above = alignment() & Qt::AlignTop      ? 0
                          : alignment() & Qt::AlignBottom ? spare
                                                          : spare / 2;
        layout.draw(painter, area.topLeft() + QPoint(0, qMax(0, above)));
    }
    return height;
}

void WrappedLabel::paintEvent(QPaintEvent *event)
{
    if (!paintsItself(width())) {
        QLabel::paintEvent(event);
        return;
    }
    QStyleOption option;
    option.initFrom(this);
    QPainter painter(this);
    painter.setPen(option.palette.color(foregroundRole()));
    arrange(contentsRect(), &painter);
}

bool WrappedLabel::event(QEvent *event)
{
    // Only for these: whatever asks for a size polishes the label, which may be too early.
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::MouseButtonDblClick:
        if (!paintsItself(width()))
            break;
        event->ignore();
        return false;
    case QEvent::ContextMenu:
        if (textInteractionFlags() == Qt::NoTextInteraction || !paintsItself(width()))
            break;
        showCopyMenu(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    case QEvent::ToolTip:
        if (!toolTip().isEmpty() || !isCut(width()))
            break;
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(),
                           Qt::convertFromPlainText(text()), this);
        return true;
    default:
        break;
    }
    return QLabel::event(event);
}

void WrappedLabel::showCopyMenu(const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(QCoreApplication::translate("sonar::Labels", "Copy")),
            &QAction::triggered, this,
            [copied = text()] { QGuiApplication::clipboard()->setText(copied); });
    menu->popup(place);
}

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new WrappedLabel(text, parent);
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
