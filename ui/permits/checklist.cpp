// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/checklist.h"

#include "ui/permits/permitformat.h"
#include "ui/permits/permitwords.h"
#include "ui/style/labels.h"

#include <QEvent>
#include <QGridLayout>

namespace sonar {

CheckList::CheckList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(8);
    m_layout->setVerticalSpacing(8);
    m_layout->setColumnStretch(1, 1);
}

void CheckList::setChecks(const QList<PermitCheck> &checks)
{
    if (checks == m_checks)
        return;
    m_checks = checks;
    m_symbols.clear();
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int row = 0; row < int(checks.size()); ++row) {
        const PermitCheck &check = checks[row];
        const QString words = shownText(check.text, 400);
        auto *symbol = new QLabel(checkSymbol(check.result), this);
        QFont strong = font();
        strong.setWeight(QFont::Bold);
        symbol->setFont(strong);
        symbol->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
        symbol->setAccessibleName(checkResultWords(check.result));
        QLabel *text = plainLabel(words, this);
        text->setAccessibleName(
            QStringLiteral("%1: %2").arg(checkResultWords(check.result), words));
        m_layout->addWidget(symbol, row, 0, Qt::AlignTop);
        m_layout->addWidget(text, row, 1);
        m_symbols.append({symbol, toneOf(check.result)});
    }
    recolor();
}

void CheckList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        recolor();
}

void CheckList::recolor()
{
    for (const auto &[symbol, tone] : m_symbols) {
        QPalette colors = symbol->palette();
        colors.setColor(QPalette::WindowText, toneColors(tone, palette()).text);
        symbol->setPalette(colors);
    }
}

} // namespace sonar
