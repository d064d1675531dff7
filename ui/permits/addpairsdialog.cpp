// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/addpairsdialog.h"

#include "ui/permits/permitformat.h"
#include "ui/style/announce.h"
#include "ui/style/labels.h"
#include "ui/style/questions.h"
#include "ui/style/screenfit.h"
#include "ui/style/scrollbody.h"
#include "ui/style/searchfield.h"
#include "ui/style/theme.h"
#include "ui/wallets/walletfield.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

#include <algorithm>

namespace sonar {

namespace {

constexpr int manyEntities = 8;  ///< from here on a search helps
constexpr int longestPaste = 64; ///< addresses in one go

/// Addresses one after the other, as pasted from a column or a list.
QStringList splitAddresses(const QString &text)
{
    static const QRegularExpression between(QStringLiteral("[\\s,;\\x{2028}\\x{2029}]+"));
    return withoutInvisible(text).split(between, Qt::SkipEmptyParts);
}

/// No line is wider than the list: a long name ends in an ellipsis.
class EntityDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {0, QStyledItemDelegate::sizeHint(option, index).height()};
    }
};

QLabel *errorLabel(QWidget *parent)
{
    QLabel *label = plainLabel({}, parent);
    label->setProperty("invalid", true);
    label->hide();
    return label;
}

} // namespace

AddPairsDialog::AddPairsDialog(const QList<Entity> &entities, const QList<Wallet> &known,
                               const WalletRules &rules, QWidget *parent)
    : QDialog(parent)
    , m_entities(entities)
    , m_rules(rules)
{
    for (const Wallet &wallet : known)
        m_names.insert(wallet.address, wallet.name);
    setWindowTitle(tr("Add to permits"));
    setMinimumWidth(520);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    QLabel *intro = mutedLabel(
        tr("Adds one row per entity. A permit only works from the wallet you enter here, so use "
           "the wallet that will pay."),
        this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *add = buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
    setPrimary(add);
    add->setDefault(true);
    add->setEnabled(!m_entities.isEmpty());
    connect(buttons, &QDialogButtonBox::accepted, this, &AddPairsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, [this] { done(QDialog::Rejected); });

    auto *const body = m_body = new ScrollBody(this);
    body->column()->setSpacing(8);
    body->column()->addWidget(intro);
    body->column()->addSpacing(8);
    body->column()->addWidget(makeEntityList(), 1);
    body->column()->addSpacing(8);
    body->column()->addWidget(makeWalletFields());
    m_wallet->setWallets(known);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(body, 1);
    layout->addWidget(buttons);
    resizeWithinScreen(this, sizeWithBody(this, body, minimumWidth()));
    fillEntities();
    m_atFirst = chosenEntities();
    updateCount();
    // Often there is nothing left to choose but the wallet.
    if (chosenEntities().isEmpty())
        m_list->setFocus();
    else
        m_wallet->setFocus();
}

QWidget *AddPairsDialog::makeEntityList()
{
    auto *block = new QWidget(this);
    m_list = new QListWidget(block);
    m_list->setAccessibleName(tr("Entities"));
    m_list->setMinimumHeight(120);
    m_list->setItemDelegate(new EntityDelegate(m_list));
    m_list->setTextElideMode(Qt::ElideRight);
    auto *label = new QLabel(tr("&Entities"), block);
    label->setBuddy(m_list);
    m_filter = new SearchField(tr("Search entities"), m_list, block);
    m_filter->setVisible(m_entities.size() >= manyEntities);
    m_checkAll = linkButton(tr("Choose all that can take part"), block);
    m_count = mutedLabel({}, block);
    m_count->setWordWrap(false);
    m_entityError = errorLabel(block);

    auto *foot = new QHBoxLayout;
    foot->addWidget(m_count);
    foot->addStretch(1);
    foot->addWidget(m_checkAll);
    auto *layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(label);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addLayout(foot);
    layout->addWidget(m_entityError);

    connect(m_filter, &QLineEdit::textChanged, this, &AddPairsDialog::filterEntities);
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        showEntityError({});
        updateCount();
    });
    connect(m_checkAll, &QPushButton::clicked, this, &AddPairsDialog::checkAllAble);
    return block;
}

QWidget *AddPairsDialog::makeWalletFields()
{
    auto *block = new QWidget(this);
    m_wallet = new WalletField(block);
    m_wallet->setObjectName(QStringLiteral("walletToAdd"));
    m_wallet->setAccessibleName(tr("Wallet address"));
    m_wallet->lineEdit()->setAccessibleName(tr("Wallet address"));
    m_wallet->lineEdit()->setPlaceholderText(m_rules.type == ChainType::Evm ? QStringLiteral("0x…")
                                                                            : tr("Solana address"));
    m_wallet->setMinimumContentsLength(44);
    auto *walletLabel = new QLabel(tr("&Wallet address"), block);
    walletLabel->setBuddy(m_wallet);
    m_walletError = errorLabel(block);
    m_name = new QLineEdit(block);
    m_name->setObjectName(QStringLiteral("walletToAddName"));
    m_name->setAccessibleName(tr("Wallet name"));
    m_name->setPlaceholderText(tr("Optional, for instance Treasury"));
    m_name->setMaxLength(60);
    auto *nameLabel = new QLabel(tr("Wallet &name"), block);
    nameLabel->setBuddy(m_name);
    m_checkNow = new QCheckBox(tr("&Check now"), block);
    m_checkNow->setChecked(true);

    auto *layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(walletLabel);
    layout->addWidget(m_wallet);
    layout->addWidget(m_walletError);
    layout->addWidget(nameLabel);
    layout->addWidget(m_name);
    layout->addSpacing(4);
    layout->addWidget(m_checkNow);

    connect(m_wallet, &QComboBox::editTextChanged, this, &AddPairsDialog::walletEdited);
    return block;
}

void AddPairsDialog::fillEntities()
{
    int able = 0;
    for (const Entity &entity : std::as_const(m_entities)) {
        const QString name = entityName(entity.label, entity.entityId);
        auto *item = new QListWidgetItem(
            entity.canTakePart() ? name : tr("%1 (can't take part now)").arg(name), m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
        item->setToolTip(plainToolTip(name));
        able += entity.canTakePart() ? 1 : 0;
    }
    m_checkAll->setEnabled(able > 0);
    if (able == 1)
        checkAllAble();
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
    else
        showEntityError(tr("There are no entities yet. Set one up on Sonar, then refresh."));
}

void AddPairsDialog::filterEntities(const QString &text)
{
    const QString folded = text.simplified().toCaseFolded();
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        item->setHidden(!item->text().toCaseFolded().contains(folded));
    }
}

void AddPairsDialog::checkAllAble()
{
    {
        const QSignalBlocker quiet(m_list); // counted once, not for each
        for (int row = 0; row < m_list->count(); ++row) {
            if (m_entities[row].canTakePart() && !m_list->item(row)->isHidden())
                m_list->item(row)->setCheckState(Qt::Checked);
        }
    }
    m_list->viewport()->update();
    showEntityError({});
    updateCount();
}

QList<Entity> AddPairsDialog::chosenEntities() const
{
    QList<Entity> chosen;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            chosen << m_entities[row];
    }
    return chosen;
}

PermitAction AddPairsDialog::action() const
{
    return m_checkNow->isChecked() ? PermitAction::Check : PermitAction::None;
}

void AddPairsDialog::updateCount()
{
    m_count->setText(tr("%1 of %2 chosen")
                         .arg(QLocale().toString(chosenEntities().size()),
                              QLocale().toString(m_entities.size())));
}

void AddPairsDialog::walletEdited()
{
    showWalletError({});
    const QStringList addresses = splitAddresses(m_wallet->currentText());
    m_name->setEnabled(addresses.size() <= 1);
    const Result<QString> address = addresses.size() == 1
                                        ? parseWalletAddress(addresses.first(), m_rules)
                                        : Result<QString>(QString());
    showNameOf(address.value_or(QString()));
}

/// The name goes with the address. One that was typed stays for an address without a name, since
/// it may be put right still.
void AddPairsDialog::showNameOf(const QString &address)
{
    const QString known = m_names.value(address);
    if (!known.isEmpty())
        m_name->setText(known);
    else if (m_nameIsKnown)
        m_name->clear();
    m_nameIsKnown = !known.isEmpty();
    m_name->setReadOnly(m_nameIsKnown);
    m_name->setToolTip(m_nameIsKnown ? tr("This wallet's name in your wallet book. You can change "
                                          "it there.")
                                     : QString());
}

Result<QList<Wallet>> AddPairsDialog::readWallets() const
{
    const QStringList texts = splitAddresses(m_wallet->currentText());
    if (texts.isEmpty())
        return failure({ErrorKind::InvalidInput, tr("Enter the wallet's address."), {}, {}, 0});
    if (texts.size() > longestPaste)
        return failure({ErrorKind::InvalidInput,
                        tr("At most %1 addresses can be added at once.").arg(longestPaste),
                        {},
                        {},
                        0});
    QList<Wallet> wallets;
    for (const QString &text : texts) {
        const Result<QString> address = parseWalletAddress(text, m_rules);
        if (!address) {
            Error error = address.error();
            // Among many, say which.
            if (texts.size() > 1)
                error.summary = QStringLiteral("%1: %2").arg(shownText(text, 50), error.summary);
            return failure(error);
        }
        Wallet wallet{*address, m_names.value(*address)};
        if (wallet.name.isEmpty() && m_name->isEnabled())
            wallet.name = m_name->text().simplified();
        if (!wallets.contains(wallet))
            wallets << wallet;
    }
    const auto added =
        std::count_if(wallets.cbegin(), wallets.cend(),
                      [this](const Wallet &wallet) { return !m_names.contains(wallet.address); });
    if (added > 0 && m_names.size() + added > mostWallets)
        return failure({ErrorKind::InvalidInput,
                        tr("Your wallet book is full: it holds %1 wallets.")
                            .arg(QLocale().toString(mostWallets)),
                        tr("Remove some there to add others."),
                        {},
                        0});
    return wallets;
}

void AddPairsDialog::accept()
{
    const Result<QList<Wallet>> wallets = readWallets();
    const bool hasEntities = !chosenEntities().isEmpty();
    if (!wallets) {
        showWalletError(
            QStringLiteral("%1 %2").arg(wallets.error().summary, wallets.error().advice).trimmed());
        m_wallet->setFocus();
    }
    if (!hasEntities) {
        showEntityError(tr("Choose at least one entity."));
        m_list->setFocus();
    }
    if (!wallets || !hasEntities)
        return;
    m_chosen = *wallets;
    QDialog::accept();
}

bool AddPairsDialog::event(QEvent *event)
{
    const bool taken = QDialog::event(event);
    // Higher, if that shows all that has come since.
    if (event->type() == QEvent::LayoutRequest && m_body) {
        const QSize needed = sizeWithBody(this, m_body, width());
        if (needed.height() > height())
            resizeWithinScreen(this, needed);
    }
    return taken;
}

void AddPairsDialog::reject()
{
    const bool edited = !m_wallet->currentText().trimmed().isEmpty() ||
                        !m_name->text().trimmed().isEmpty() || chosenEntities() != m_atFirst;
    if (edited)
        askToDiscard(this);
    else
        QDialog::reject();
}

void AddPairsDialog::showEntityError(const QString &text)
{
    m_entityError->setText(text);
    m_entityError->setVisible(!text.isEmpty());
    setFieldProblem(m_list, text);
}

void AddPairsDialog::showWalletError(const QString &text)
{
    m_walletError->setText(text);
    m_walletError->setVisible(!text.isEmpty());
    setFieldProblem(m_wallet, text);
}

} // namespace sonar
