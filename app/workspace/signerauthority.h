// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/chain/salecontract.h"
#include "app/permits/permitverification.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QPromise>
#include <QSet>

#include <optional>

namespace sonar {

class Preferences;

/// Who may sign a sale's permits, and how far that is known: confirmed by the sale file or by the
/// sale contract's role, only seen before, or not at all. The contract is asked beside whatever
/// else happens; questions that come meanwhile join the round under way. Signers are EVM addresses
/// in their EIP-55 form.
class SignerAuthority : public QObject
{
    Q_OBJECT
public:
    /// `preferences` (the signer seen before) and `clock` must outlive it.
    SignerAuthority(const Sale &sale, Preferences *preferences, const Clock *clock,
                    TransportLimits limits = rpcLimits(), QObject *parent = nullptr);
    ~SignerAuthority() override;

    /// An answer older than this is asked for again by whoever looks.
    static constexpr qint64 freshMilliseconds = 30'000;

    /// Asks the contract what it is and whether `signer` may sign, unless a fresh answer, or a
    /// fresh failure to get one, is there. answered() follows.
    void ask(const QString &signer);
    /// The same for several; a failure is tried anew. Ends when each has an answer or there is none
    /// to be had, at once when there is nothing to ask. Survives the death of the object.
    QCoro::Task<> consult(QStringList signers);

    /// Fills in who is expected to have signed, how that is known, and what the contract says of
    /// whoever made `signature`.
    void complete(PermitExpectation &expected, const PermitSignature &signature) const;

    /// Remembers `signer`, found under `expected`, as the one seen before, if there was none or the
    /// contract confirms it. That confirms nothing.
    void remember(const PermitExpectation &expected, const QString &signer);
    /// Whether the sale file or the contract tells if `signer` may sign.
    bool isDecided(const QString &signer) const;

Q_SIGNALS:
    /// complete() answers otherwise than before for some signer.
    void changed();
    /// A round has ended; at least the times of the answers are new.
    void answered();

private:
    struct Role
    {
        bool holds = false;
        qint64 at = 0;          ///< steady milliseconds
        qint64 unixSeconds = 0; ///< the same moment
    };

    bool isFresh(qint64 steadyAt) const;
    bool isKnown(const QString &signer) const; ///< freshly
    void want(const QString &signer);
    /// Asks for all that is wanted, until nothing is.
    static QCoro::Task<> askRound(QPointer<SignerAuthority> self, QPromise<void> done);
    /// A few of the signers wanted; false when there is no more to be had.
    static QCoro::Task<bool> askRoles(QPointer<SignerAuthority> self);
    void keepFinding(const ContractFinding &finding);
    void keepRole(const QString &signer, bool holds);
    void keepFault(const Error &error);
    ContractAnswer contractAnswer(const QString &signer) const;

    QString m_serviceId;
    QString m_saleUuid;
    QString m_named; ///< by the sale file
    Preferences *m_preferences;
    const Clock *m_clock;
    std::optional<SaleContract> m_contract;
    QString m_whyNoContract;
    std::optional<ContractFinding> m_finding; ///< of the last round that found out
    qint64 m_foundAt = 0;                     ///< steady milliseconds
    qint64 m_foundUnixSeconds = 0;
    QHash<QString, Role> m_roles; ///< by signer
    QString m_fault;              ///< why the last round got no answer; empty when it did
    qint64 m_faultAt = 0;
    QSet<QString> m_wanted; ///< asked about in the round under way; an empty one names nobody
    bool m_asking = false;  ///< a round is under way
    bool m_news = false;    ///< that changed() hasn't told yet
    QFuture<void> m_round;
    CancelToken m_closing;
};

} // namespace sonar
