// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/factlist.h"

#include "ui/style/copybutton.h"
#include "ui/style/helpmark.h"
#include "ui/style/labels.h"
#include "ui/style/plaintext.h"
#include "ui/style/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>

#include <algorithm>

namespace sonar {

namespace {

/// Enough of both ends to recognise an id by.
QString shortenedMiddle(const QString &text)
{
    if (text.size() <= 14)
        return text;
    const int head = text.startsWith(QLatin1String("0x")) ? 6 : 4;
    return text.left(head) + QChar(0x2026) + text.right(4);
}

QLabel *nameLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(name);
    label->setProperty("muted", true);
    return label;
}

QWidget *nameWidget(const Fact &fact, QWidget *parent)
{
    if (fact.help.isEmpty())
        return nameLabel(fact.name, parent);
    auto *both = new QWidget(parent);
    auto *layout = new QHBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(nameLabel(fact.name, both));
    layout->addWidget(new HelpMark(fact.name, fact.help, both));
    layout->addStretch(1);
    return both;
}

void showFact(QLabel *label, const Fact &fact)
{
    label->setText(fact.isAddress ? shortenedMiddle(fact.value) : fact.value);
    setPlainToolTip(label, fact.isAddress ? fact.value : fact.toolTip);
    label->setAccessibleName(fact.name + QLatin1String(": ") + fact.value);
}

} // namespace

Fact addressFact(const QString &name, const QString &address)
{
    return {name, address, {}, true, {}};
}

FactList::FactList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this)) // a QFormLayout gives too little height when texts wrap
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(16);
    m_layout->setVerticalSpacing(8);
    m_layout->setColumnStretch(1, 1);
}

void FactList::clear()
{
    while (!m_facts.isEmpty())
        remove(int(m_facts.size()) - 1);
}

void FactList::addFact(const QString &name, const QString &value, const QString &toolTip)
{
    insert(int(m_facts.size()), {name, value, toolTip, false, {}});
}

void FactList::addAddress(const QString &name, const QString &address)
{
    insert(int(m_facts.size()), addressFact(name, address));
}

void FactList::setFacts(const QList<Fact> &facts)
{
    if (facts == m_facts)
        return;
    const auto isRow = [](const Fact &left, const Fact &right) {
        return left.name == right.name && left.isAddress == right.isAddress &&
               left.help == right.help;
    };
    for (int row = 0; row < int(facts.size()); ++row) {
        const Fact &fact = facts[row];
        const auto kept = std::find_if(m_facts.cbegin() + row, m_facts.cend(),
                                       [&](const Fact &old) { return isRow(old, fact); });
        if (kept == m_facts.cend()) {
            insert(row, fact);
            continue;
        }
        for (auto between = kept - m_facts.cbegin() - row; between > 0; --between)
            remove(row);
        change(row, fact);
    }
    while (m_facts.size() > facts.size())
        remove(int(m_facts.size()) - 1);
}

void FactList::insert(int row, const Fact &fact)
{
    m_facts.insert(row, fact);
    if (!fact.isAddress) {
        QLabel *label = plainLabel(fact.value, this);
        label->setAlignment(Qt::AlignTrailing | Qt::AlignTop);
        showFact(label, fact);
        m_rows.insert(row, {nameWidget(fact, this), label});
        place();
        return;
    }
    auto *field = new QWidget(this);
    auto *layout = new QHBoxLayout(field);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *label = new QLabel(field);
    label->setTextFormat(Qt::PlainText);
    label->setFont(monospaced(font()));
    layout->addStretch(1);
    layout->addWidget(label);
    layout->addWidget(new CopyButton(tr("Copy: %1").arg(fact.name), fact.value, field));
    showFact(label, fact);
    m_rows.insert(row, {nameLabel(fact.name, this), field});
    place();
}

void FactList::place()
{
    QWidget *before = nullptr;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        const Row &row = m_rows[i];
        m_layout->addWidget(row.name, i, 0, Qt::AlignLeading | Qt::AlignTop);
        m_layout->addWidget(row.field, i, 1);
        for (QWidget *widget : {row.name, row.field})
            widget->show();
        if (auto *button = row.field->findChild<CopyButton *>()) {
            if (before)
                setTabOrder(before, button);
            before = button;
        }
    }
}

void FactList::remove(int row)
{
    m_facts.removeAt(row);
    const Row gone = m_rows.takeAt(row);
    delete gone.name;
    delete gone.field;
    place();
}

void FactList::change(int row, const Fact &fact)
{
    if (m_facts[row] == fact)
        return;
    m_facts[row] = fact;
    QWidget *field = m_rows[row].field;
    if (!fact.isAddress) {
        showFact(static_cast<QLabel *>(field), fact);
        return;
    }
    showFact(field->findChild<QLabel *>(), fact);
    field->findChild<CopyButton *>()->setContent(fact.value);
}

} // namespace sonar
