// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace sonar {

enum class ChainType { Evm, Svm };

/// Where a sale takes commitments (protocol reference §2).
struct Chain
{
    ChainType type = ChainType::Evm;
    quint64 chainId = 0;                     ///< EVM chain id; 0 on Solana
    QUrl rpcUrl;                             ///< may be empty
    QString saleContract;                    ///< address; may be empty
    QString paymentToken;                    ///< address; may be empty
    QString paymentTokenSymbol;              ///< plain text; may be empty
    std::optional<int> paymentTokenDecimals; ///< 0 to 77; unknown: amounts are in base units

    bool operator==(const Chain &) const = default;
};

/// One sale as its founder set it up: everything needed to sign in and to ask for permits, no
/// secret.
struct Sale
{
    QString name;       ///< for the user; plain text
    QString saleUuid;   ///< canonical UUID text as written in the sale file
    QString clientUuid; ///< OAuth client_id, likewise
    QStringList
        redirectUris; ///< at least one; exact text, compared by the service character for character
    QUrl frontendUrl; ///< without trailing slash
    QUrl apiUrl;      ///< without trailing slash
    QString permitSigner; ///< expected signer's address (EIP-55) or base58 key; empty if not known
    std::optional<Chain> chain;
    QByteArray fileText; ///< the sale file it came from, with keys this version doesn't know
    bool embeddedSandbox = false; ///< of the sandbox inside this program; in no file

    /// Scheme, host, port and path of the API: what tokens belong to (RFC 9700 §4.4: never to
    /// another; one host may have several, each with a path of its own).
    QString serviceId() const;
    /// The sandbox inside this program: no real money, and a signer that no contract accepts.
    /// Whatever else answers on this computer's loopback may serve a real sale.
    bool isSandbox() const { return embeddedSandbox; }
    QUrl setUpPage() const; ///< <frontend>/sonar/<saleUUID>
    QUrl homePage() const;  ///< <frontend>/sonar/<saleUUID>/home
    /// ChainType of the sale; EVM when the sale file says nothing.
    ChainType chainType() const;

    bool operator==(const Sale &) const = default;
};

} // namespace sonar
