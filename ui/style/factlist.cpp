// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/factlist.h"

#include "ui/style/copybutton.h"
#include "ui/style/labels.h"
#include "ui/style/theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QTextDocument>

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

} // namespace

FactList::FactList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(16);
    m_layout->setVerticalSpacing(8);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_layout->setFormAlignment(Qt::AlignTop);
    m_layout->setLabelAlignment(Qt::AlignLeading | Qt::AlignTop);
}

void FactList::clear()
{
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
}

void FactList::addFact(const QString &name, const QString &value, const QString &toolTip)
{
    QLabel *label = plainLabel(value, this);
    label->setAlignment(Qt::AlignTrailing | Qt::AlignTop);
    label->setAccessibleName(name + QLatin1String(": ") + value);
    if (!toolTip.isEmpty())
        label->setToolTip(Qt::convertFromPlainText(toolTip));
    m_layout->addRow(nameLabel(name, this), label);
}

void FactList::addAddress(const QString &name, const QString &address)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *label = new QLabel(row);
    label->setTextFormat(Qt::PlainText);
    label->setText(shortenedMiddle(address));
    label->setFont(monospaced(font()));
    label->setToolTip(Qt::convertFromPlainText(address));
    label->setAccessibleName(name + QLatin1String(": ") + address);
    layout->addStretch(1);
    layout->addWidget(label);
    layout->addWidget(new CopyButton(tr("Copy: %1").arg(name), address, row));
    m_layout->addRow(nameLabel(name, this), row);
}

} // namespace sonar
