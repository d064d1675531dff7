// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"
#include "app/sandbox/sandboxworld.h"

#include <QByteArray>
#include <QString>

namespace sonar::sandbox {

/// What a permit is asked for.
struct PermitOrder
{
    QByteArray entityId; ///< SaleSpecificEntityID, 16 bytes
    QByteArray saleUuid; ///< 16 bytes
    QByteArray wallet;   ///< 20 or 32 bytes
    PermitKind kind = PermitKind::BasicV3;
    qint64 now = 0; ///< Unix seconds
};

/// Signs purchase permits with the sandbox's keys. They follow from fixed texts that anybody can
/// read here: nothing but a sandbox may ever trust them.
class PermitIssuer
{
public:
    /// `mutation` is empty or one of sandboxMutations().
    PermitIssuer(ChainType chain, QString mutation);

    /// Address (EIP-55) or public key (base58) of the signer that permits should have.
    QString signer() const;

    /// The reply's text: {"PermitJSON":{…},"Signature":"0x…"}.
    QByteArray issue(const PermitOrder &order) const;

private:
    ChainType m_chain;
    QString m_mutation;
};

} // namespace sonar::sandbox
