// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/commitmentform.h"

#include "ui/style/announce.h"
#include "ui/style/helpmark.h"
#include "ui/style/labels.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>

namespace sonar {

namespace {

/// No number that means anything is cut: a shorter one would be another.
constexpr int longestNumber = 1000;

/// The same text keeps its cursor.
void showIn(QLineEdit *edit, const QString &text)
{
    const QSignalBlocker quiet(edit);
    if (edit->text() != text)
        edit->setText(text);
}

} // namespace

CommitmentForm::CommitmentForm(QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    m_total = makeField(grid, tr("New &total"));
    m_committed = makeField(grid, tr("Already &committed"));
    m_price = makeField(grid, tr("P&rice"));
    grid->addWidget(new HelpMark(tr("Price"), priceHelp(), this), grid->rowCount() - 1, 0,
                    Qt::AlignRight | Qt::AlignVCenter);
    m_lockup = new QCheckBox(tr("Accept the &lock-up"), this);
    m_lockupNote = mutedLabel({}, this);
    const int row = grid->rowCount();
    grid->addWidget(m_lockup, row, 1);
    grid->addWidget(m_lockupNote, row, 2);
    grid->setColumnStretch(2, 1);
    setFocusProxy(m_total.edit);
    connect(m_lockup, &QCheckBox::toggled, this, &CommitmentForm::check);
}

CommitmentForm::Field CommitmentForm::makeField(QGridLayout *grid, const QString &label)
{
    Field field{new QLineEdit(this), mutedLabel({}, this), {}};
    field.edit->setMaxLength(longestNumber);
    field.edit->setMinimumWidth(170);
    field.edit->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    auto *name = new QLabel(label, this);
    name->setBuddy(field.edit);
    const int row = grid->rowCount();
    grid->addWidget(name, row, 0);
    grid->addWidget(field.edit, row, 1);
    grid->addWidget(field.note, row, 2);
    connect(field.edit, &QLineEdit::textChanged, this, &CommitmentForm::check);
    return field;
}

void CommitmentForm::setPermit(const PurchasePermit &permit, const AmountFormat &format,
                               const CommitmentFields &fields)
{
    m_permit = permit;
    m_format = format;
    showLimits();
    showIn(m_total.edit, fields.total);
    showIn(m_committed.edit, fields.committed);
    showIn(m_price.edit, fields.price);
    const QSignalBlocker quiet(m_lockup);
    m_lockup->setChecked(fields.lockup);
    check();
}

void CommitmentForm::showLimits()
{
    const QString none = tr("The whole total after this bid, not what is added to it");
    const QString limits =
        limitsText(m_permit.minAmount, m_permit.maxAmount, m_permit.type, m_format);
    m_total.limits = limits.isEmpty() ? none : tr("The whole total: %1").arg(limits);
    m_committed.limits =
        tr("Subtracted from the approval. Leave empty if you have committed nothing yet.");
    m_total.edit->setPlaceholderText(m_format.unit());
    m_committed.edit->setPlaceholderText(m_format.locale.toString(0));
    setPlainToolTip(m_total.edit, none);

    const bool fixedPrice = hasFixedPrice(m_permit);
    m_price.limits =
        fixedPrice ? tr("The permit's only price")
                   : tr("Allowed: %1 in contract units")
                         .arg(priceText(m_permit.minPrice, m_permit.maxPrice, m_format.locale));
    m_price.edit->setReadOnly(fixedPrice);
    const bool forced = m_permit.forcedLockup().value_or(false);
    m_lockupNote->setText(forced ? tr("The permit requires it") : QString());
    m_lockup->setEnabled(!forced);
}

CommitmentFields CommitmentForm::fields() const
{
    return {m_total.edit->text(), m_committed.edit->text(), m_price.edit->text(),
            m_lockup->isChecked()};
}

void CommitmentForm::check()
{
    const CommitmentCheck checked = checkFields(fields(), m_permit, m_format);
    showProblem(m_total, checked.totalProblem);
    showProblem(m_committed, checked.committedProblem);
    showProblem(m_price, checked.priceProblem);
    m_entry = checked.entry;
    Q_EMIT changed();
}

void CommitmentForm::showProblem(const Field &field, const QString &problem)
{
    field.note->setText(problem.isEmpty() ? field.limits : problem);
    setStyleProperty(field.note, "invalid", !problem.isEmpty());
    setStyleProperty(field.note, "muted", problem.isEmpty());
    setFieldProblem(field.edit, problem, field.limits);
}

} // namespace sonar
