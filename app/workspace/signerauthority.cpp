// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/signerauthority.h"

#include "app/config/preferences.h"

#include <QCoreApplication>
#include <QPointer>

namespace sonar {

namespace {

/// How long the contract's no, or its silence, stands before it is asked again: a thousand permits
/// that arrive together are one question, and a signer that was just added is soon found.
constexpr qint64 pauseMilliseconds = 30'000;

/// How long its yes stands: the role may be taken away from a signer.
constexpr qint64 yesMilliseconds = 3 * 60'000;

/// Signers to remember; a sale has a few.
constexpr qsizetype mostSigners = 64;

} // namespace

SignerAuthority::SignerAuthority(const Sale &sale, Preferences *preferences, const Clock *clock,
                                 TransportLimits limits, QObject *parent)
    : QObject(parent)
    , m_serviceId(sale.serviceId())
    , m_saleUuid(sale.saleUuid)
    , m_named(sale.permitSigner)
    , m_preferences(preferences)
    , m_clock(clock)
{
    if (m_named.isEmpty())
        m_contract = SaleContract::of(sale, limits);
}

SignerAuthority::~SignerAuthority()
{
    m_closing.cancel();
}

bool SignerAuthority::mustAsk(const QString &signer) const
{
    const qint64 now = m_clock->steadyMilliseconds();
    if (!m_fault.isEmpty() && now - m_faultAt < pauseMilliseconds)
        return false;
    const auto known = m_verdicts.constFind(signer);
    return known == m_verdicts.cend() || !isFresh(*known);
}

bool SignerAuthority::isFresh(const Verdict &verdict) const
{
    return m_clock->steadyMilliseconds() - verdict.at <
           (verdict.isSigner ? yesMilliseconds : pauseMilliseconds);
}

void SignerAuthority::keep(const QString &signer, const Result<bool> &answer)
{
    if (!answer) {
        // A withdrawn question says nothing about the contract.
        if (answer.error().kind == ErrorKind::Cancelled)
            return;
        m_fault = answer.error().summary;
        m_faultAt = m_clock->steadyMilliseconds();
        return;
    }
    m_fault.clear();
    const auto known = m_verdicts.constFind(signer);
    const bool news = known == m_verdicts.cend() || known->isSigner != *answer;
    if (m_verdicts.size() >= mostSigners)
        m_verdicts.clear();
    m_verdicts.insert(signer, {*answer, m_clock->steadyMilliseconds()});
    if (news)
        Q_EMIT changed();
}

QCoro::Task<> SignerAuthority::consult(PermitSignature signature, CancelToken cancel)
{
    if (!m_contract)
        co_return;
    const QString signer = signature.signerText;
    if (signer.isEmpty() || !mustAsk(signer) || cancel.isCancelled())
        co_return;

    const QPointer<SignerAuthority> self(this);
    const SaleContract contract = *m_contract;
    const CancelToken both;
    connect(cancel.source(), &CancelSource::cancelled, both.source(), &CancelSource::cancel);
    connect(m_closing.source(), &CancelSource::cancelled, both.source(), &CancelSource::cancel);
    if (!m_confirmed) {
        const Result<void> confirmed = co_await contract.confirmIdentity(both);
        if (!self)
            co_return;
        if (!confirmed) {
            keep(signer, failure(confirmed.error()));
            co_return;
        }
        m_confirmed = true;
    }
    const Result<bool> answer = co_await contract.isPermitSigner(signature.signer, both);
    if (self)
        keep(signer, answer);
}

void SignerAuthority::complete(PermitExpectation &expected, const PermitSignature &signature) const
{
    expected.signer = m_named;
    expected.signerSource = SignerSource::SaleFile;
    if (!m_named.isEmpty())
        return;
    if (m_contract) {
        const QString &signer = signature.signerText;
        const auto verdict = m_verdicts.constFind(signer);
        // A no stands until there is a yes; an old yes only while it can't be doubted.
        if (verdict != m_verdicts.cend() &&
            (!verdict->isSigner || m_fault.isEmpty() || isFresh(*verdict))) {
            expected.signer = verdict->isSigner ? signer : QString();
            expected.signerSource = SignerSource::Contract;
            return;
        }
        expected.contractFault =
            m_fault.isEmpty() ? tr("It hasn't been asked about this signer yet.") : m_fault;
    }
    expected.signer = m_preferences->firstSeenSigner(m_serviceId, m_saleUuid);
    expected.signerSource =
        expected.signer.isEmpty() ? SignerSource::None : SignerSource::FirstSeen;
}

void SignerAuthority::remember(const PermitExpectation &expected, const QString &signer)
{
    const bool first = expected.signerSource == SignerSource::None && !signer.isEmpty();
    // Whom the contract confirmed is known when it can't be asked another time.
    const bool confirmed =
        expected.signerSource == SignerSource::Contract && !expected.signer.isEmpty();
    const QString known = confirmed ? expected.signer : signer;
    const QString before = m_preferences->firstSeenSigner(m_serviceId, m_saleUuid);
    if ((!first && !confirmed) || before == known)
        return;
    m_preferences->setFirstSeenSigner(m_serviceId, m_saleUuid, known);
    // The very first one isn't confirmed by having been seen.
    if (!before.isEmpty())
        Q_EMIT changed();
}

} // namespace sonar
