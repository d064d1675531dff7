// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/signerauthority.h"

#include "app/config/preferences.h"
#include "app/permits/walletaddress.h"

#include <QCoro/QCoroFuture>

#include <algorithm>
#include <utility>

namespace sonar {

namespace {

/// Signers to remember answers about; a sale has a few.
constexpr qsizetype mostSigners = 1024;

/// Answers that are told together: whoever sends permits of a thousand signers holds nobody up.
constexpr int rolesPerTurn = 16;

} // namespace

SignerAuthority::SignerAuthority(const Sale &sale, Preferences *preferences, const Clock *clock,
                                 TransportLimits limits, QObject *parent)
    : QObject(parent)
    , m_serviceId(sale.serviceId())
    , m_saleUuid(sale.saleUuid)
    , m_named(sale.permitSigner)
    , m_preferences(preferences)
    , m_clock(clock)
    , m_contract(SaleContract::of(sale, limits))
    , m_whyNoContract(SaleContract::whyNone(sale))
{}

SignerAuthority::~SignerAuthority()
{
    m_closing.cancel();
}

bool SignerAuthority::isFresh(qint64 steadyAt) const
{
    return m_clock->steadyMilliseconds() - steadyAt < freshMilliseconds;
}

bool SignerAuthority::isKnown(const QString &signer) const
{
    if (!m_finding || !isFresh(m_foundAt))
        return false;
    if (m_finding->kind != ContractFinding::Kind::TheSales || signer.isEmpty())
        return true;
    const auto role = m_roles.constFind(signer);
    return role != m_roles.cend() && isFresh(role->at);
}

void SignerAuthority::ask(const QString &signer)
{
    const bool failedJustNow = !m_fault.isEmpty() && isFresh(m_faultAt);
    if (m_contract && !isKnown(signer) && !failedJustNow)
        want(signer);
}

QCoro::Task<> SignerAuthority::consult(QStringList signers)
{
    bool waits = false;
    for (const QString &signer : std::as_const(signers)) {
        if (!m_contract || isKnown(signer))
            continue;
        want(signer);
        waits = m_asking;
    }
    if (!waits)
        co_return;
    const QFuture<void> round = m_round;
    co_await round;
}

void SignerAuthority::want(const QString &signer)
{
    m_wanted.insert(signer);
    if (std::exchange(m_asking, true))
        return;
    QPromise<void> done;
    done.start();
    m_round = done.future();
    askRound(this, std::move(done));
}

QCoro::Task<> SignerAuthority::askRound(QPointer<SignerAuthority> self, QPromise<void> done)
{
    const SaleContract contract = *self->m_contract;
    const Result<ContractFinding> finding = co_await contract.identify(self->m_closing);
    if (self && finding)
        self->keepFinding(*finding);
    else if (self)
        self->keepFault(finding.error());
    bool more = self && finding && finding->kind == ContractFinding::Kind::TheSales;
    while (more) {
        more = co_await askRoles(self);
        if (more && std::exchange(self->m_news, false))
            Q_EMIT self->changed();
        more = more && self;
    }
    if (self) {
        // Those that weren't asked about show that they are being asked about.
        self->m_news = self->m_news || !self->m_wanted.isEmpty();
        self->m_wanted.clear();
        self->m_asking = false;
        if (std::exchange(self->m_news, false))
            Q_EMIT self->changed();
    }
    if (self)
        Q_EMIT self->answered();
    done.finish();
}

QCoro::Task<bool> SignerAuthority::askRoles(QPointer<SignerAuthority> self)
{
    const SaleContract contract = *self->m_contract;
    for (int asked = 0; asked < rolesPerTurn; ++asked) {
        self->m_wanted.remove(QString());
        if (self->m_wanted.isEmpty())
            co_return false;
        const QString signer = *self->m_wanted.cbegin();
        const QByteArray address = parseEvmAddress(signer).value_or(QByteArray());
        const Result<bool> holds = co_await contract.isPermitSigner(address, self->m_closing);
        if (!self)
            co_return false;
        self->m_wanted.remove(signer);
        if (!holds) {
            self->keepFault(holds.error());
            co_return false;
        }
        self->keepRole(signer, *holds);
    }
    co_return true;
}

void SignerAuthority::keepFinding(const ContractFinding &finding)
{
    m_news = m_news || !m_fault.isEmpty() || !m_finding || m_finding->kind != finding.kind ||
             m_finding->text != finding.text;
    m_fault.clear();
    m_finding = finding;
    m_foundAt = m_clock->steadyMilliseconds();
    m_foundUnixSeconds = m_clock->unixSeconds();
    // What another contract said of anybody is worth nothing.
    if (finding.kind != ContractFinding::Kind::TheSales)
        m_roles.clear();
}

void SignerAuthority::keepRole(const QString &signer, bool holds)
{
    const auto known = m_roles.constFind(signer);
    m_news = m_news || known == m_roles.cend() || known->holds != holds;
    if (known == m_roles.cend() && m_roles.size() >= mostSigners)
        m_roles.clear();
    m_roles.insert(signer, {holds, m_clock->steadyMilliseconds(), m_clock->unixSeconds()});
}

void SignerAuthority::keepFault(const Error &error)
{
    // A withdrawn question says nothing about the contract.
    if (error.kind == ErrorKind::Cancelled)
        return;
    m_fault = tr("The sale contract couldn't be asked: %1").arg(error.summary);
    m_faultAt = m_clock->steadyMilliseconds();
    m_news = true;
    // A no stands until there is a yes; an old yes only while it can't be doubted.
    m_roles.removeIf([this](const std::pair<const QString &, Role &> &role) {
        return role.second.holds && !isFresh(role.second.at);
    });
    if (m_finding && m_finding->kind == ContractFinding::Kind::TheSales && !isFresh(m_foundAt))
        m_finding.reset();
}

ContractAnswer SignerAuthority::contractAnswer(const QString &signer) const
{
    using State = ContractAnswer::State;
    ContractAnswer answer;
    if (!m_contract) {
        answer.text = m_whyNoContract;
        return answer;
    }
    const bool awaited = m_asking && m_wanted.contains(signer);
    if (m_finding && m_finding->kind != ContractFinding::Kind::TheSales) {
        answer.state = State::NotTheSales;
        answer.text = m_finding->text;
        answer.askedAt = m_foundUnixSeconds;
        return answer;
    }
    answer.state = m_finding ? State::TheSales : awaited ? State::Asking : State::NotAsked;
    if (m_finding)
        answer.askedAt = m_foundUnixSeconds;
    const auto role = m_roles.constFind(signer);
    if (role != m_roles.cend()) {
        answer.signerHasRole = role->holds;
        answer.askedAt = role->unixSeconds;
    }
    answer.askingAboutSigner = awaited && role == m_roles.cend();
    if (!answer.askingAboutSigner && (answer.state == State::NotAsked || role == m_roles.cend()))
        answer.text = m_fault.isEmpty() ? tr("The sale contract hasn't been asked yet.") : m_fault;
    return answer;
}

void SignerAuthority::complete(PermitExpectation &expected, const PermitSignature &signature) const
{
    expected.contract = contractAnswer(signature.signerText);
    expected.signer = m_named;
    expected.signerSource = SignerSource::SaleFile;
    if (!m_named.isEmpty())
        return;
    if (const auto holds = expected.contract.signerHasRole) {
        expected.signer = *holds ? signature.signerText : QString();
        expected.signerSource = SignerSource::Contract;
        return;
    }
    expected.signer = m_preferences->firstSeenSigner(m_serviceId, m_saleUuid);
    expected.signerSource =
        expected.signer.isEmpty() ? SignerSource::None : SignerSource::SeenBefore;
}

bool SignerAuthority::isDecided(const QString &signer) const
{
    return !m_named.isEmpty() || m_roles.contains(signer);
}

void SignerAuthority::remember(const PermitExpectation &expected, const QString &signer)
{
    const bool first = expected.signerSource == SignerSource::None && !signer.isEmpty() &&
                       !expected.contract.askingAboutSigner;
    // Whom the contract confirmed is the one to compare with when it can't be asked another time.
    const bool confirmed =
        expected.signerSource == SignerSource::Contract && !expected.signer.isEmpty();
    const QString known = confirmed ? expected.signer : signer;
    const QString before = m_preferences->firstSeenSigner(m_serviceId, m_saleUuid);
    if ((!first && !confirmed) || before == known)
        return;
    m_preferences->setFirstSeenSigner(m_serviceId, m_saleUuid, known);
    if (!before.isEmpty())
        Q_EMIT changed();
}

} // namespace sonar
