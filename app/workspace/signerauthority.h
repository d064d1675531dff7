// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/chain/salecontract.h"
#include "app/permits/permitverification.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace sonar {

class Preferences;

/// Who may sign a sale's permits, by the best source there is: the sale file, the sale contract's
/// role, or whoever signed the sale's first permit.
class SignerAuthority : public QObject
{
    Q_OBJECT
public:
    /// `preferences` (the signer first seen) and `clock` must outlive it.
    SignerAuthority(const Sale &sale, Preferences *preferences, const Clock *clock,
                    TransportLimits limits = rpcLimits(), QObject *parent = nullptr);
    ~SignerAuthority() override;

    /// Asks the contract about who made `signature`, where it is the best source and hasn't
    /// answered yet. What it says, or that it couldn't be asked, shows in complete(). Survives the
    /// death of the object.
    QCoro::Task<> consult(PermitSignature signature, CancelToken cancel);

    /// Fills in who is expected to have made `signature`, and how that is known.
    void complete(PermitExpectation &expected, const PermitSignature &signature) const;

    /// Remembers `signer`, found under `expected`, as the one first seen, if there was none.
    void remember(const PermitExpectation &expected, const QString &signer);

Q_SIGNALS:
    /// complete() answers otherwise than before for some signer.
    void changed();

private:
    struct Verdict
    {
        bool isSigner = false;
        qint64 at = 0; ///< steady milliseconds
    };

    bool mustAsk(const QString &signer) const;
    bool isFresh(const Verdict &verdict) const;
    void keep(const QString &signer, const Result<bool> &answer);

    QString m_serviceId;
    QString m_saleUuid;
    QString m_named; ///< by the sale file
    Preferences *m_preferences;
    const Clock *m_clock;
    std::optional<SaleContract> m_contract; ///< only where it is the best source
    bool m_confirmed = false;               ///< server and contract are the sale's
    QHash<QString, Verdict> m_verdicts;     ///< by address
    QString m_fault;                        ///< of the last question; empty when it was answered
    qint64 m_faultAt = 0;
    CancelToken m_closing;
};

} // namespace sonar
