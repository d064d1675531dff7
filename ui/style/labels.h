// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPushButton>

class QPainter;

namespace sonar {

/// The small, muted heading over a group, as in the side list: "SALE".
class SectionLabel : public QLabel
{
    Q_OBJECT
public:
    explicit SectionLabel(const QString &text, QWidget *parent = nullptr);
};

/// One line of plain text that elides at its end and then shows the whole on hover.
class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);

    void setFullText(const QString &text);
    QString fullText() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void elide();
    QString m_text;
};

/// Plain text that wraps between words, and within one that is longer than a line, such as an
/// address: such words never make anything wider. While a word is broken or the text is cut, it is
/// copied as a whole, by the context menu.
class WrappedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit WrappedLabel(const QString &text = {}, QWidget *parent = nullptr);

    /// What doesn't fit into so many lines is shown on hover; 0 for as many as there are.
    void setMostLines(int lines);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool breaksWords(int width) const;
    bool isCut(int width) const;
    /// What the base class would show isn't what is to be seen.
    bool paintsItself(int width) const { return breaksWords(width) || isCut(width); }
    /// The height of the lines; draws them, if there is a painter.
    int arrange(const QRect &area, QPainter *painter) const;
    void showCopyMenu(const QPoint &place);

    int m_mostLines = 0;
};

/// A label for text that may come from a server: never taken for rich text, wrapped, selectable.
QLabel *plainLabel(const QString &text = {}, QWidget *parent = nullptr);
/// The same in the muted colour.
QLabel *mutedLabel(const QString &text = {}, QWidget *parent = nullptr);
/// For words of our own that nobody copies: not selectable, which spares the label a text document.
/// The label itself.
QLabel *fixedWords(QLabel *label);

/// Copies, and lets the button say so for a moment.
void copyBy(QPushButton *button, const QString &content);

/// The one button of a page that the user most likely wants.
void setPrimary(QPushButton *button, bool primary = true);
/// Looks like a link; what it does is up to its clicked signal.
QPushButton *linkButton(const QString &text, QWidget *parent = nullptr);
/// A link that leaves for the browser: says so by an arrow, which screen readers don't read.
QPushButton *externalLinkButton(const QString &text, QWidget *parent = nullptr);
void setExternalLinkText(QPushButton *button, const QString &text);
/// Sets a property that sonar.qss selects by and lets the style look again.
void setStyleProperty(QWidget *widget, const char *name, const QVariant &value);

} // namespace sonar
