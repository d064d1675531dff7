// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/commitmentpane.h"

#include "ui/permits/commitmentform.h"
#include "ui/style/labels.h"
#include "ui/style/tonedframe.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace sonar {

CommitmentPane::CommitmentPane(const Sale &sale, QWidget *parent)
    : QWidget(parent)
    , m_sale(sale)
{
    QWidget *choice = makeChoice();
    m_form = new CommitmentForm(this);
    m_summary = new TonedFrame(Tone::Neutral, this);
    m_summaryText = plainLabel({}, m_summary);
    m_summaryText->setObjectName(QStringLiteral("exportSummary"));
    auto *summaryLayout = new QVBoxLayout(m_summary);
    summaryLayout->setContentsMargins(14, 8, 14, 8);
    summaryLayout->addWidget(m_summaryText);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(choice);
    column->addWidget(m_form);
    column->addWidget(m_summary);
    connect(m_form, &CommitmentForm::changed, this, [this] {
        keepFields();
        Q_EMIT edited();
    });
}

QWidget *CommitmentPane::makeChoice()
{
    auto *block = new QWidget(this);
    m_chosen = new QComboBox(block);
    m_chosen->setObjectName(QStringLiteral("exportChosen"));
    m_chosen->setAccessibleName(tr("Permit"));
    // A long name may not push the rest out of the dialog.
    m_chosen->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto *label = new QLabel(tr("Per&mit"), block);
    label->setBuddy(m_chosen);
    m_next = new QPushButton(tr("&Next incomplete permit"), block);
    m_next->setObjectName(QStringLiteral("exportNext"));
    m_next->setAutoDefault(false);
    m_alone = new QCheckBox(tr("Onl&y this permit"), block);
    m_alone->setObjectName(QStringLiteral("exportAlone"));
    auto *row = new QHBoxLayout(block);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_chosen, 1);
    row->addWidget(m_next);
    row->addWidget(m_alone);
    connect(m_chosen, &QComboBox::currentIndexChanged, this, &CommitmentPane::chosen);
    connect(m_alone, &QCheckBox::toggled, this, &CommitmentPane::chosen);
    connect(m_next, &QPushButton::clicked, this, &CommitmentPane::chooseNextMissing);
    return block;
}

bool CommitmentPane::isComplete() const
{
    return m_form->entry().has_value();
}

QString CommitmentPane::chosenKey() const
{
    return m_chosen->currentData().toString();
}

void CommitmentPane::keepFields()
{
    m_book.keep(m_chosen->currentData().toString(), m_form->permit(), m_form->fields());
}

bool CommitmentPane::makesLot(WalletForm form, const QList<ExportItem> &items) const
{
    return items.size() > 1 && form != WalletForm::PhoneLink;
}

void CommitmentPane::setItems(const QList<ExportItem> &items)
{
    QStringList keys;
    for (const ExportItem &item : items)
        keys << item.key();
    QStringList shown;
    for (int i = 0; i < m_chosen->count(); ++i)
        shown << m_chosen->itemData(i).toString();
    if (keys != shown) {
        const QString current = m_chosen->currentData().toString();
        const QSignalBlocker quiet(m_chosen);
        m_chosen->clear();
        for (const ExportItem &item : items)
            m_chosen->addItem(itemTitle(item), item.key());
        m_chosen->setCurrentIndex(std::max<int>(0, int(keys.indexOf(current))));
    }
    m_chosen->setEnabled(items.size() > 1);
}

CommitmentLot CommitmentPane::look(WalletForm form, const QList<ExportItem> &items,
                                   const PermitSource &source)
{
    setItems(items);
    const bool alone = !makesLot(form, items) || m_alone->isChecked();
    const CommitmentLot lot = commitmentLot({form, items, m_chosen->currentIndex(), alone}, m_book,
                                            source, m_sale, m_impossible);
    setVisible(lot.count > 0);
    m_form->setVisible(lot.view && lot.obstacle.isEmpty());
    if (lot.view) {
        const AmountFormat format = AmountFormat::of(m_sale);
        const PurchasePermit &permit = lot.view->permit;
        const QSignalBlocker quiet(m_form);
        m_form->setPermit(permit, format,
                          m_book.fields(m_chosen->currentData().toString(), permit, format));
    }
    showLot(form, items, lot);
    return lot;
}

void CommitmentPane::showLot(WalletForm form, const QList<ExportItem> &items,
                             const CommitmentLot &lot)
{
    const bool several = makesLot(form, items) && lot.possible;
    QSet<QString> filled(lot.includedKeys.cbegin(), lot.includedKeys.cend());
    for (const ExportItem &item : lot.otherWallets)
        filled.insert(item.key());
    m_missing.clear();
    for (const ExportItem &item : lot.missing)
        m_missing.insert(item.key());
    for (int i = 0; i < m_chosen->count(); ++i) {
        const QString title = itemTitle(items[i]);
        const bool told = several && !lot.viewAlone && filled.contains(items[i].key());
        m_chosen->setItemText(i, told ? tr("%1 (complete)").arg(title) : title);
    }
    m_alone->setVisible(several);
    m_next->setVisible(several && !lot.viewAlone);
    const bool inView = m_missing.contains(m_chosen->currentData().toString());
    m_next->setEnabled(m_missing.size() > (inView ? 1 : 0));
    m_summary->setVisible(several);
    m_summary->setTone(isLotDoubtful(lot) ? Tone::Warning : Tone::Neutral);
    m_summaryText->setText(several ? lotSentences(lot).join(QLatin1Char('\n')) : QString());
}

void CommitmentPane::chooseNextMissing()
{
    const int count = m_chosen->count();
    for (int step = 1; step < count; ++step) {
        const int index = (m_chosen->currentIndex() + step) % count;
        if (!m_missing.contains(m_chosen->itemData(index).toString()))
            continue;
        m_chosen->setCurrentIndex(index);
        if (m_form->isVisible())
            m_form->setFocus();
        return;
    }
}

} // namespace sonar
