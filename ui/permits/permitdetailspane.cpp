// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitdetailspane.h"

#include "app/base/loopback.h"
#include "app/permits/localmoment.h"
#include "ui/permits/checklist.h"
#include "ui/style/chip.h"
#include "ui/style/externallink.h"
#include "ui/style/factlist.h"
#include "ui/style/labels.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

namespace sonar {

namespace {

bool needsAnotherWallet(FailureReason reason)
{
    return reason == FailureReason::WalletRisk || reason == FailureReason::MaxWalletsUsed ||
           reason == FailureReason::NoReservedAllocation ||
           reason == FailureReason::NoCustomCommitmentAmountLimit;
}

/// Where Sonar's own page of the sale is the next step, or says more than the service did.
bool isSettledOnSonar(FailureReason reason)
{
    switch (reason) {
    case FailureReason::WalletNotLinked:
    case FailureReason::SaleNotActive:
    case FailureReason::OutsideTimeWindow:
    case FailureReason::None:
    case FailureReason::Unknown:
    case FailureReason::Unrecognised:
        return true;
    default:
        return false;
    }
}

/// Where a signer to name, or a contract's address to correct, is the next step.
bool isSettledBySaleDetails(const PermitRow &row)
{
    if (!row.permit || row.permit->verification.askingContract)
        return false;
    const PermitVerification &verification = row.permit->verification;
    return verification.resultOf(PermitCheckKind::Contract) == CheckResult::Failed ||
           (verification.usable() && !verification.signerConfirmed() &&
            row.permit->permit.type != PermitType::Allocation);
}

/// Where it is too long for a line, a span of time goes on after its dash.
QString brokenAtDash(QString span)
{
    span.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
    return span.replace(QStringLiteral("\u2013\u00a0"), QStringLiteral("\u2013 "));
}

} // namespace

PermitDetailsPane::PermitDetailsPane(QWidget *parent)
    : SidePane(tr("Details of the selected permit"), parent)
    , m_placeholder(mutedLabel(tr("Select a row to see its permit."), this))
{
    m_placeholder->setAlignment(Qt::AlignCenter);
    layout()->addWidget(m_placeholder);
    makeContent();
    clear();
}

void PermitDetailsPane::makeContent()
{
    m_heading = paneTitle(content());
    m_chip = new Chip(content());
    m_timeLeft = plainLabel({}, content());
    m_timeLeft->setWordWrap(false);
    m_opensIn = plainLabel({}, content());
    m_reason = plainLabel({}, content());
    m_nextStep = mutedLabel({}, content());
    m_failure = plainLabel({}, content());
    m_failure->setObjectName(QStringLiteral("permitFailure"));
    m_failure->setProperty("invalid", true);
    m_note = mutedLabel({}, content());
    m_facts = new FactList(content());

    m_liveness = makeButton(tr("Open liveness check"), nullptr);
    connect(m_liveness, &QPushButton::clicked, this, &PermitDetailsPane::openLiveness);
    m_openSale = externalLinkButton(tr("Open Sonar"), content());
    m_openSale->setAutoDefault(false);
    connect(m_openSale, &QPushButton::clicked, this, &PermitDetailsPane::openSale);
    m_anotherWallet =
        makeButton(tr("Use another wallet…"), &PermitDetailsPane::anotherWalletRequested);
    m_request = makeButton(tr("Request permit"), &PermitDetailsPane::requestRequested);
    m_check = makeButton(tr("Check again"), &PermitDetailsPane::checkRequested);
    m_retry = makeButton(tr("Try again"), &PermitDetailsPane::retryRequested);
    m_copyDetails = makeButton(tr("Copy details"), nullptr);
    connect(m_copyDetails, &QPushButton::clicked, this, &PermitDetailsPane::copyDetails);
    m_export = makeButton(tr("Export…"), &PermitDetailsPane::exportRequested);
    m_copyReply = makeButton(tr("Copy permit JSON"), nullptr);
    m_copyReply->setToolTip(tr("Copies the service's answer, exactly as it came"));
    connect(m_copyReply, &QPushButton::clicked, this, &PermitDetailsPane::copyReply);
    m_editSale = makeButton(tr("Edit sale…"), &PermitDetailsPane::editSaleRequested);
    m_editSale->setObjectName(QStringLiteral("editSale"));
    m_calls = {m_request, m_check, m_retry, m_anotherWallet};

    m_actions = new QGridLayout;
    m_actions->setSpacing(8);
    m_actions->setColumnStretch(0, 1);
    m_actions->setColumnStretch(1, 1);

    m_checksBlock = new QWidget(content());
    auto *checksLabel = new QLabel(tr("Checks"), m_checksBlock);
    checksLabel->setTextFormat(Qt::PlainText);
    checksLabel->setFont(heading(font(), 1));
    m_checks = new CheckList(m_checksBlock);
    auto *checksLayout = new QVBoxLayout(m_checksBlock);
    checksLayout->setContentsMargins(0, 0, 0, 0);
    checksLayout->setSpacing(8);
    checksLayout->addWidget(separator(m_checksBlock));
    checksLayout->addSpacing(8);
    checksLayout->addWidget(checksLabel);
    checksLayout->addWidget(m_checks);
    m_contractAge = mutedLabel({}, m_checksBlock);
    m_contractAge->setObjectName(QStringLiteral("contractAge"));
    checksLayout->addWidget(m_contractAge);

    auto *standing = new QHBoxLayout;
    standing->setSpacing(8);
    standing->addWidget(m_chip);
    standing->addWidget(m_timeLeft);
    standing->addStretch(1);

    column()->addWidget(m_heading);
    column()->addLayout(standing);
    column()->addWidget(m_reason);
    column()->addWidget(m_nextStep);
    column()->addWidget(m_failure);
    column()->addWidget(m_opensIn);
    column()->addWidget(m_note);
    column()->addLayout(m_actions);
    column()->addSpacing(8);
    column()->addWidget(separator(content()));
    column()->addSpacing(8);
    column()->addWidget(m_facts);
    column()->addSpacing(8);
    column()->addWidget(m_checksBlock);
    column()->addStretch(1);
}

QPushButton *PermitDetailsPane::makeButton(const QString &text, void (PermitDetailsPane::*signal)())
{
    auto *button = new QPushButton(text, content());
    button->setAutoDefault(false);
    if (signal)
        connect(button, &QPushButton::clicked, this, signal);
    return button;
}

void PermitDetailsPane::clear()
{
    m_shown = false;
    m_row = {};
    area()->hide();
    m_placeholder->show();
}

void PermitDetailsPane::setConnected(bool connected)
{
    for (QPushButton *button : m_calls) {
        button->setEnabled(connected);
        button->setToolTip(connected ? QString() : tr("Connect first"));
    }
}

void PermitDetailsPane::showRow(const PermitRow &row, std::optional<qint64> secondsLeft,
                                const AmountFormat &format)
{
    m_row = row;
    const PermitState state = permitState(row, secondsLeft);
    const PermitWords words = permitWords(row, secondsLeft);
    const QString name = entityName(row.entityLabel, row.entityId);
    m_heading->setText(showsPermit(row) ? tr("Permit for %1").arg(name) : name);
    m_chip->setText(words.status);
    m_chip->setTone(words.tone);
    m_reason->setText(words.reason);
    m_reason->setVisible(!words.reason.isEmpty());
    m_nextStep->setText(words.nextStep);
    m_nextStep->setVisible(!words.nextStep.isEmpty());
    m_failure->setText(words.failure);
    m_failure->setVisible(!words.failure.isEmpty());
    showLiveness();
    showActions(state);
    showFacts(format);
    m_shown = true;
    tick(row, secondsLeft, std::nullopt, std::nullopt);
    m_placeholder->hide();
    area()->show();
}

void PermitDetailsPane::tick(const PermitRow &row, std::optional<qint64> secondsLeft,
                             std::optional<qint64> secondsUntilOpen, std::optional<quint64> opensAt)
{
    // The selection may be ahead of what is shown.
    if (row.entityId != m_row.entityId || row.wallet != m_row.wallet)
        return;
    showSecondsLeft(secondsLeft);
    showSecondsUntilOpen(secondsUntilOpen, opensAt);
}

void PermitDetailsPane::showContractAge(qint64 now)
{
    const auto asked =
        m_shown && showsPermit(m_row) ? m_row.permit->verification.contractAskedAt : std::nullopt;
    m_contractAge->setVisible(asked.has_value());
    if (asked)
        m_contractAge->setText(
            tr("The sale contract was asked %1 ago.").arg(countdownWords(now - *asked)));
}

void PermitDetailsPane::showSecondsLeft(std::optional<qint64> secondsLeft)
{
    const bool counts = m_shown && showsPermit(m_row) && secondsLeft && *secondsLeft > 0;
    if (counts)
        m_timeLeft->setText(tr("%1 left").arg(countdownWords(*secondsLeft)));
    // Times of a year or never need no countdown.
    m_timeLeft->setVisible(counts && *secondsLeft < 366 * 24 * 3600LL);
}

void PermitDetailsPane::showSecondsUntilOpen(std::optional<qint64> seconds,
                                             std::optional<quint64> opensAt)
{
    const bool outside =
        m_row.status == PermitStatus::NotReady && m_row.reason == FailureReason::OutsideTimeWindow;
    const bool waits = m_shown && (outside || m_row.status == PermitStatus::Issued);
    // A known time that has passed tells nothing about a window that is closed now.
    const bool unknown = outside && !seconds && !opensAt;
    m_opensIn->setVisible(waits && (seconds || unknown));
    if (unknown)
        m_opensIn->setText(tr("Sonar doesn't say when the window of this entity opens."));
    if (!seconds)
        return;
    const QString left = countdownWords(*seconds);
    m_opensIn->setText(opensAt ? tr("The window opens in %1, at %2.").arg(left, localTime(*opensAt))
                               : tr("The window opens in %1.").arg(left));
}

void PermitDetailsPane::showLiveness()
{
    const bool due =
        m_row.status == PermitStatus::NotReady && m_row.reason == FailureReason::RequiresLiveness;
    const bool hasLink = due && !m_row.livenessCheckUrl.isEmpty();
    const bool allowed = hasLink && !livenessUrl(m_row).isEmpty();
    m_liveness->setEnabled(allowed);
    setPlainToolTip(m_liveness, allowed
                                    ? tr("Opens %1 in your browser").arg(livenessUrl(m_row).host())
                                    : QString());
    m_note->setVisible(due && !allowed);
    m_note->setText(hasLink ? tr("Sonar's link to the check isn't a secure web address, so it "
                                 "isn't opened.")
                            : tr("Sonar gave no link to the check."));
}

void PermitDetailsPane::showActions(PermitState state)
{
    QList<QPushButton *> shown; // the first is the likeliest
    switch (state) {
    case PermitState::Usable:
    case PermitState::Unconfirmed:
    case PermitState::NotOpenYet:
        shown = {m_export, m_copyReply, m_request};
        if (lastCallFailed(m_row))
            shown = {m_export, m_copyReply, m_retry, m_copyDetails};
        if (isSettledBySaleDetails(m_row))
            shown << m_editSale;
        break;
    case PermitState::NotUsable:
    case PermitState::Expired:
        shown = {m_request, m_export, m_copyReply};
        if (lastCallFailed(m_row))
            shown = {m_retry, m_copyDetails, m_export, m_copyReply};
        if (isSettledBySaleDetails(m_row))
            shown.prepend(m_editSale);
        break;
    case PermitState::WindowClosed:
        shown = {m_check, m_request, m_export, m_copyReply};
        if (isAllowedUrl(m_salePage))
            shown.insert(1, m_openSale);
        break;
    case PermitState::Ready:
    case PermitState::NotChecked:
        shown = {m_request, m_check};
        break;
    case PermitState::NotReady:
        shown = {m_check};
        if (m_row.reason == FailureReason::RequiresLiveness && m_liveness->isEnabled())
            shown.prepend(m_liveness);
        if (needsAnotherWallet(m_row.reason))
            shown.prepend(m_anotherWallet);
        if (m_row.reason == FailureReason::RequiresLiveness && !m_liveness->isEnabled() &&
            isAllowedUrl(m_salePage))
            shown.prepend(m_openSale);
        if (isSettledOnSonar(m_row.reason) && isAllowedUrl(m_salePage))
            shown << m_openSale;
        break;
    case PermitState::Failed:
        shown = {m_retry, m_copyDetails};
        break;
    case PermitState::Working:
        // Asking for another takes nothing away from the one that is there.
        if (showsPermit(m_row))
            shown = {m_export, m_copyReply};
        break;
    }
    m_check->setText(state == PermitState::NotChecked ? tr("Check only") : tr("Check again"));
    setExternalLinkText(m_openSale, m_row.reason == FailureReason::WalletNotLinked
                                        ? tr("Link this wallet on Sonar")
                                        : tr("Open the sale on Sonar"));
    setPlainToolTip(m_openSale, tr("Opens %1 in your browser").arg(m_salePage.host()));
    m_request->setText(showsPermit(m_row) ? tr("Request another") : tr("Request permit"));
    for (QPushButton *button : {m_liveness, m_openSale, m_anotherWallet, m_request, m_check,
                                m_retry, m_copyDetails, m_export, m_copyReply, m_editSale}) {
        m_actions->removeWidget(button);
        button->setVisible(shown.contains(button));
        if (button != m_openSale)
            setPrimary(button, !shown.isEmpty() && shown.first() == button);
    }
    for (int i = 0; i < int(shown.size()); ++i) {
        if (i == 0)
            m_actions->addWidget(shown[i], 0, 0, 1, 2);
        else
            m_actions->addWidget(shown[i], (i + 1) / 2, (i + 1) % 2, 1, shown.size() == 2 ? 2 : 1);
    }
    for (int i = 1; i < int(shown.size()); ++i)
        setTabOrder(shown[i - 1], shown[i]);
}

void PermitDetailsPane::showFacts(const AmountFormat &format)
{
    QList<Fact> facts{addressFact(tr("Wallet"), m_row.wallet)};
    if (const QString name = shownText(m_row.walletName); !name.isEmpty())
        facts << Fact{tr("Wallet name"), name, {}};
    const bool hasPermit = showsPermit(m_row);
    if (hasPermit)
        facts << permitFacts(*m_row.permit, format);
    if (m_row.limits)
        facts << Fact{tr("Wallet's limits"), walletLimitsText(*m_row.limits, format),
                      walletLimitsBaseUnits(*m_row.limits, format.chain)};
    facts << addressFact(tr("Entity ID in this sale"), shownText(m_row.saleSpecificEntityId));
    m_facts->setFacts(facts);
    m_checksBlock->setVisible(hasPermit);
    m_checks->setChecks(hasPermit ? localChecks(m_row.permit->verification, m_row.permit->permit)
                                  : QList<PermitCheck>());
}

QList<Fact> PermitDetailsPane::permitFacts(const ExportedPermit &exported,
                                           const AmountFormat &format) const
{
    const PurchasePermit &permit = exported.permit;
    QList<Fact> facts;
    // What the permit doesn't say has no row.
    const auto add = [&facts](const QString &name, const QString &value,
                              const QString &toolTip = {}) {
        if (!value.isEmpty())
            facts << Fact{name, value, toolTip};
    };
    add(tr("Valid until"), localTimeWithSeconds(permit.expiresAt, format.locale),
        exactTime(permit.expiresAt, format.locale));
    add(tr("Commit window"),
        brokenAtDash(windowText(permit.opensAt, permit.closesAt, format.locale)),
        tr("From %1\nuntil %2, exclusive")
            .arg(exactTime(permit.opensAt.value_or(0), format.locale),
                 exactTime(permit.closesAt.value_or(0), format.locale)));
    add(tr("Amount"), limitsText(permit.minAmount, permit.maxAmount, permit.type, format),
        limitsBaseUnits(permit.minAmount, permit.maxAmount, permit.type));
    if (permit.reservedAmount)
        add(tr("Reserved amount"),
            QStringLiteral("%1 %2")
                .arg(format.amount(*permit.reservedAmount), format.unit())
                .trimmed(),
            tr("In base units: %1").arg(toDecimal(*permit.reservedAmount)));
    add(tr("Price"), priceText(permit.minPrice, permit.maxPrice, format.locale),
        priceDigits(permit.minPrice, permit.maxPrice));
    if (permit.minPrice || permit.maxPrice)
        facts.last().help = priceHelp();
    const std::optional<bool> lockup = permit.forcedLockup();
    add(tr("Forced lock-up"), lockup ? (*lockup ? tr("Yes") : tr("No")) : tr("Not stated"));
    add(tr("Type"), typeWords(permit.type), typeMeaning(permit.type));
    if (exported.verification.signer.isEmpty())
        add(tr("Signed by"), tr("Unknown"));
    else
        facts << addressFact(tr("Signed by"), exported.verification.signer);
    if (exported.receivedAt.isValid())
        add(tr("Received"),
            localTimeWithSeconds(quint64(exported.receivedAt.toSecsSinceEpoch()), format.locale));
    return facts;
}

void PermitDetailsPane::openLiveness()
{
    openPage(livenessUrl(m_row));
}

void PermitDetailsPane::openSale()
{
    openPage(m_salePage);
}

void PermitDetailsPane::openPage(const QUrl &url)
{
    openExternal(url, this, [this, url] {
        m_note->setText(tr("Your browser could not be opened. The link is in the clipboard now."));
        m_note->show();
        QGuiApplication::clipboard()->setText(url.toString(QUrl::FullyEncoded));
    });
}

void PermitDetailsPane::copyReply()
{
    if (!m_row.permit)
        return;
    copyBy(m_copyReply, QString::fromUtf8(m_row.permit->replyText));
    Q_EMIT replyCopied(m_row.entityId, m_row.wallet);
}

void PermitDetailsPane::copyDetails()
{
    if (m_row.error)
        copyBy(m_copyDetails, m_row.error->report());
}

} // namespace sonar
