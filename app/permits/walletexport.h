// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"
#include "app/permits/bid.h"
#include "app/permits/purchasepermit.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace sonar {

/// The forms in which wallets, multisigs and command lines take a commitment. None holds a secret:
/// whoever uses them signs with a key of their own.

/// One transaction without a value.
struct ContractCall
{
    QString to; ///< EIP-55
    QByteArray data;

    bool operator==(const ContractCall &) const = default;
};

/// approve(sale contract, `approval`) on the payment token, then replaceBidWithApproval.
/// `approval` is what the contract will transfer: new total minus old total. An error
/// (InvalidInput) says what of the chain isn't known.
Result<QList<ContractCall>> commitmentCalls(const Chain &chain, const PurchasePermit &permit,
                                            const Bid &bid, const Uint256 &approval);

/// `text` as one word of a POSIX shell.
QString shellQuoted(const QString &text);

/// The RPC URL when it can be shown to anyone: a host and port alone. Services keep their keys in
/// the path or the query. Otherwise empty.
QString publicRpcUrl(const QUrl &url);

/// A `cast send` command line (Foundry). The user adds how to sign (--ledger, --account NAME, …)
/// and, without a publicRpcUrl, --rpc-url or ETH_RPC_URL.
QString castSendCommand(const ContractCall &call, const Chain &chain, const QString &from);

/// What a Safe Transaction Builder batch says about itself.
struct SafeBatchHeader
{
    quint64 chainId = 0;
    QString name;
    QString description;
    QString safeAddress; ///< may be empty
    QDateTime createdAt;
};

/// A batch file for Safe's Transaction Builder, format version 1.0, with its checksum.
QByteArray safeBatch(const SafeBatchHeader &header, const QList<ContractCall> &calls);

/// Transaction Builder's checksum of a batch, over everything but meta.name and meta.checksum:
/// Keccak-256 of a serialisation in which an object is "{", the list of its sorted keys, each value
/// followed by a comma, and "}".
QString safeBatchChecksum(QJsonObject batch);

/// EIP-681 link that asks a phone's wallet for approve(sale contract, `amount`). There is no such
/// link for the bid itself: EIP-681 writes a call's arguments as a flat list of `type=value`, and
/// replaceBidWithApproval takes tuples.
Result<QString> approveLink(const Chain &chain, const Uint256 &amount);

} // namespace sonar
