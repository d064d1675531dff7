// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/permitrequestbox.h"

#include "ui/style/announce.h"
#include "ui/style/chip.h"
#include "ui/style/externallink.h"
#include "ui/style/labels.h"
#include "ui/wallets/walletfield.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace sonar {

namespace {

QList<Entity> ableOnes(const QList<Entity> &entities)
{
    QList<Entity> able;
    for (const Entity &entity : entities) {
        if (entity.canTakePart())
            able << entity;
    }
    return able;
}

} // namespace

PermitRequestBox::PermitRequestBox(QWidget *parent)
    : QWidget(parent)
    , m_wallet(new WalletField(this))
    , m_walletError(plainLabel({}, this))
    , m_check(new QPushButton(tr("&Check"), this))
    , m_request(new QPushButton(tr("&Request permit"), this))
    , m_status(new Chip(this))
    , m_statusNote(mutedLabel({}, this))
    , m_liveness(new QPushButton(tr("Open liveness check"), this))
    , m_hint(mutedLabel({}, this))
{
    auto *title = new QLabel(tr("Purchase permit"), this);
    title->setTextFormat(Qt::PlainText);
    title->setFont(heading(font(), 1));
    auto *walletLabel = new QLabel(tr("&Wallet"), this);
    walletLabel->setBuddy(m_wallet);
    walletLabel->setProperty("muted", true);
    m_wallet->setObjectName(QStringLiteral("requestWallet"));
    m_wallet->setMinimumContentsLength(16);
    m_wallet->setAccessibleName(tr("Wallet address"));
    m_wallet->lineEdit()->setAccessibleName(tr("Wallet address"));
    m_walletError->setProperty("invalid", true);
    m_walletError->hide();
    m_check->setObjectName(QStringLiteral("checkReadiness"));
    m_request->setObjectName(QStringLiteral("requestPermit"));
    m_check->setAutoDefault(false);
    m_request->setAutoDefault(false);
    setPrimary(m_request);
    m_status->hide();
    m_statusNote->hide();
    m_liveness->setAutoDefault(false);
    m_liveness->hide();

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_check, 1);
    buttons->addWidget(m_request, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(title);
    column->addWidget(walletLabel);
    column->addWidget(m_wallet);
    column->addWidget(m_walletError);
    column->addWidget(m_status, 0, Qt::AlignLeft);
    column->addWidget(m_statusNote);
    column->addWidget(m_liveness);
    column->addLayout(buttons);
    column->addWidget(m_hint);

    connect(m_wallet, &QComboBox::editTextChanged, this, &PermitRequestBox::textEdited);
    connect(m_wallet->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        if (!m_wallet->currentText().trimmed().isEmpty())
            validate();
        // Of an address that is longer than the field, its beginning.
        if (!m_wallet->lineEdit()->hasFocus())
            m_wallet->lineEdit()->setCursorPosition(0);
    });
    connect(m_check, &QPushButton::clicked, this, [this] {
        if (validate())
            Q_EMIT readinessRequested(m_entities, wallet());
    });
    connect(m_request, &QPushButton::clicked, this, &PermitRequestBox::requestPermits);
    connect(m_liveness, &QPushButton::clicked, this, &PermitRequestBox::openLiveness);
    setRules(ChainType::Evm);
    updateButtons();
}

void PermitRequestBox::setRules(const WalletRules &rules)
{
    m_rules = rules;
    m_wallet->lineEdit()->setPlaceholderText(rules.type == ChainType::Svm ? tr("Solana address")
                                                                          : QStringLiteral("0x…"));
    textEdited();
}

void PermitRequestBox::setWallets(const QList<Wallet> &wallets)
{
    m_known.clear();
    for (const Wallet &wallet : wallets)
        m_known.insert(wallet.address);
    m_wallet->setWallets(wallets);
}

void PermitRequestBox::setEntities(const QList<Entity> &entities)
{
    m_entities = entities;
    updateButtons();
}

void PermitRequestBox::setConnected(bool connected)
{
    m_connected = connected;
    updateButtons();
}

void PermitRequestBox::setPermitStatus(const PermitStatusText &status)
{
    m_status->setText(status.words);
    m_status->setTone(status.tone);
    m_status->setVisible(!status.words.isEmpty());
    m_statusNote->setText(status.note);
    m_statusNote->setVisible(!status.words.isEmpty() && !status.note.isEmpty());
    m_livenessPage = status.liveness;
    m_liveness->setVisible(!m_livenessPage.isEmpty());
    setPrimary(m_liveness, !m_livenessPage.isEmpty());
    setPrimary(m_request, m_livenessPage.isEmpty());
}

void PermitRequestBox::openLiveness()
{
    openExternal(m_livenessPage, this, [this, page = m_livenessPage] {
        m_statusNote->setText(
            tr("Your browser could not be opened. The link is in the clipboard now."));
        m_statusNote->show();
        QGuiApplication::clipboard()->setText(page.toString(QUrl::FullyEncoded));
    });
}

Result<QString> PermitRequestBox::enteredWallet() const
{
    const Result<QString> address = parseWalletAddress(m_wallet->currentText(), m_rules);
    if (address && m_known.size() >= mostWallets && !m_known.contains(*address))
        return failure({ErrorKind::InvalidInput,
                        tr("Your wallet book is full: it holds %1 wallets.")
                            .arg(QLocale().toString(mostWallets)),
                        tr("Remove some there to use another one."),
                        {},
                        0});
    return address;
}

QString PermitRequestBox::wallet() const
{
    return enteredWallet().value_or(QString());
}

void PermitRequestBox::focusWallet()
{
    m_wallet->lineEdit()->setFocus(Qt::ShortcutFocusReason);
    m_wallet->lineEdit()->selectAll();
}

bool PermitRequestBox::validate()
{
    if (m_wallet->currentText().trimmed().isEmpty()) {
        showWalletError(tr("Enter the wallet that will send the funds."));
        return false;
    }
    const Result<QString> address = enteredWallet();
    if (address) {
        showWalletError({});
        return true;
    }
    const Error &error = address.error();
    showWalletError(error.advice.isEmpty() ? error.summary
                                           : error.summary + QLatin1Char(' ') + error.advice);
    return false;
}

void PermitRequestBox::showWalletError(const QString &message)
{
    m_walletError->setText(message);
    m_walletError->setVisible(!message.isEmpty());
    setFieldProblem(m_wallet, message);
}

void PermitRequestBox::textEdited()
{
    const QString known = wallet();
    // A fault is named when the user is done with the field, and withdrawn as soon as it is gone.
    if (!known.isEmpty() || m_wallet->currentText().trimmed().isEmpty())
        showWalletError({});
    m_wallet->setToolTip(known);
    if (known == m_knownWallet)
        return;
    m_knownWallet = known;
    Q_EMIT walletChanged(known);
}

void PermitRequestBox::requestPermits()
{
    if (validate())
        Q_EMIT permitRequested(ableOnes(m_entities), wallet());
    else
        focusWallet();
}

void PermitRequestBox::updateButtons()
{
    const int all = int(m_entities.size());
    const int able = int(ableOnes(m_entities).size());
    m_check->setEnabled(m_connected && all > 0);
    m_request->setEnabled(m_connected && able > 0);
    m_request->setText(able > 1 ? tr("&Request %1 permits").arg(able) : tr("&Request permit"));
    if (!m_connected)
        m_hint->setText(tr("Connect to check wallets and to request permits."));
    else if (able == 0)
        m_hint->setText(all > 1 ? tr("None of these entities can take part now, so there is no "
                                     "permit to request for them.")
                                : tr("This entity can't take part now, so there is no permit to "
                                     "request for it."));
    else if (able < all)
        m_hint->setText(
            tr("A permit is requested for the %1 of %2 that can take part.").arg(able).arg(all));
    else
        m_hint->setText(tr("A permit lasts 10 minutes. You can request another at any time."));
}

} // namespace sonar
