// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/searchfield.h"

#include "ui/style/glyphs.h"

#include <QAction>
#include <QKeyEvent>

namespace sonar {

SearchField::SearchField(const QString &name, QWidget *list, QWidget *parent)
    : QLineEdit(parent)
    , m_list(list)
{
    setPlaceholderText(name);
    setAccessibleName(name);
    setMaxLength(200);
    QAction *glass = addAction(glyphIcon(Glyph::Search), QLineEdit::LeadingPosition);
    glass->setText(name);
    glass->setEnabled(false);
    QAction *clearText = addAction(glyphIcon(Glyph::Close), QLineEdit::TrailingPosition);
    clearText->setText(tr("Clear"));
    clearText->setToolTip(tr("Clear"));
    clearText->setVisible(false);
    connect(clearText, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, clearText,
            [clearText](const QString &text) { clearText->setVisible(!text.isEmpty()); });
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (event->key() == Qt::Key_Down && m_list) {
        m_list->setFocus(Qt::TabFocusReason);
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace sonar
