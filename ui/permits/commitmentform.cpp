// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/commitmentform.h"

#include "ui/style/labels.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>

#include <limits>

namespace sonar {

namespace {

constexpr int longestNumber = 120;

QString textOf(const QLineEdit *edit)
{
    return edit->text().trimmed();
}

/// A price is a plain uint64 (protocol reference §7), typed with or without group separators.
std::optional<quint64> priceFrom(const QString &text, const QLocale &locale)
{
    const auto value = parseUnits(text, 0, locale);
    if (!value || *value > std::numeric_limits<quint64>::max())
        return std::nullopt;
    return static_cast<quint64>(*value);
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
    m_lockup = new QCheckBox(tr("Accept the &lock-up"), this);
    m_lockupNote = mutedLabel({}, this);
    const int row = grid->rowCount();
    grid->addWidget(m_lockup, row, 1);
    grid->addWidget(m_lockupNote, row, 2);
    grid->setColumnStretch(2, 1);
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

void CommitmentForm::setPermit(const PurchasePermit &permit, const AmountFormat &format)
{
    // A renewed permit differs in its times and signature alone.
    const auto shape = [](PurchasePermit one) {
        one.expiresAt = 0;
        one.signature.clear();
        return one;
    };
    const bool same = shape(permit) == shape(m_permit) && format.decimals == m_format.decimals;
    m_permit = permit;
    m_format = format;
    if (!same)
        startOver();
}

void CommitmentForm::startOver()
{
    const QString unit = m_format.unit();
    const QString none = tr("The whole total after this bid, not what is added to it");
    const QString limits =
        limitsText(m_permit.minAmount, m_permit.maxAmount, m_permit.type, m_format);
    m_total.limits = limits.isEmpty() ? none : tr("The whole total: %1").arg(limits);
    m_committed.limits =
        tr("Subtracted from the approval. Leave empty if you have committed nothing yet.");
    m_total.edit->setPlaceholderText(unit);
    m_committed.edit->setPlaceholderText(m_format.locale.toString(0));
    m_total.edit->setToolTip(plainToolTip(none));

    const bool fixedPrice = m_permit.minPrice && m_permit.minPrice == m_permit.maxPrice;
    m_price.limits =
        fixedPrice ? tr("The permit's only price")
                   : tr("As the permit counts it: %1")
                         .arg(priceText(m_permit.minPrice, m_permit.maxPrice, m_format.locale));
    const bool forced = m_permit.forcedLockup().value_or(false);
    m_lockupNote->setText(forced ? tr("The permit requires it") : QString());
    {
        const QSignalBlocker total(m_total.edit);
        const QSignalBlocker committed(m_committed.edit);
        const QSignalBlocker price(m_price.edit);
        const QSignalBlocker lockup(m_lockup);
        m_total.edit->clear();
        m_committed.edit->clear();
        m_price.edit->setText(fixedPrice ? formatUnits(*m_permit.minPrice, 0, m_format.locale)
                                         : QString());
        m_price.edit->setReadOnly(fixedPrice);
        m_lockup->setChecked(forced);
        m_lockup->setEnabled(!forced);
    }
    check();
}

QString CommitmentForm::amountProblem(const QString &text) const
{
    const int decimals = m_format.decimals.value_or(0);
    if (parseUnits(text, decimals, m_format.locale))
        return {};
    if (decimals == 0)
        return tr("Not a whole number.");
    return decimals == 1 ? tr("Not a number with at most 1 decimal.")
                         : tr("Not a number with at most %1 decimals.").arg(decimals);
}

void CommitmentForm::check()
{
    const QLocale &locale = m_format.locale;
    const int decimals = m_format.decimals.value_or(0);
    const QString totalText = textOf(m_total.edit);
    const QString committedText = textOf(m_committed.edit);
    const QString priceEntered = textOf(m_price.edit);
    QString totalProblem = totalText.isEmpty() ? QString() : amountProblem(totalText);
    QString committedProblem = committedText.isEmpty() ? QString() : amountProblem(committedText);
    QString priceProblem;

    const auto total = parseUnits(totalText, decimals, locale);
    const auto committed = committedText.isEmpty() ? std::optional<Uint256>(0)
                                                   : parseUnits(committedText, decimals, locale);
    const auto price = priceFrom(priceEntered, locale);
    if (!price && !priceEntered.isEmpty())
        priceProblem = tr("The price must be a whole number, at most 18446744073709551615.");

    const Bid bid{m_lockup->isChecked(), price.value_or(0), total.value_or(0)};
    bool fits = total && committed && price;
    const QList<BidProblem> problems = checkBid(bid, m_permit, {decimals, m_format.symbol, locale});
    for (const BidProblem &problem : problems) {
        fits = false;
        if (problem.field == BidField::Amount && total)
            totalProblem = problem.text;
        if (problem.field == BidField::Price && price)
            priceProblem = problem.text;
    }
    if (total && committed && *committed > *total) {
        fits = false;
        committedProblem = tr("More than the new total. A bid can be raised but not lowered.");
    }
    showProblem(m_total, totalProblem);
    showProblem(m_committed, committedProblem);
    showProblem(m_price, priceProblem);
    m_entry.reset();
    if (fits)
        m_entry = Entry{bid, Uint256(*total - *committed)};
    Q_EMIT changed();
}

void CommitmentForm::showProblem(const Field &field, const QString &problem)
{
    field.note->setText(problem.isEmpty() ? field.limits : problem);
    setStyleProperty(field.note, "invalid", !problem.isEmpty());
    setStyleProperty(field.note, "muted", problem.isEmpty());
    setStyleProperty(field.edit, "invalid", !problem.isEmpty());
    field.edit->setAccessibleDescription(field.note->text());
}

std::optional<CommitmentForm::Entry> CommitmentForm::entry() const
{
    return m_entry;
}

} // namespace sonar
