// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/purchasepermit.h"

#include <QList>
#include <QString>

#include <optional>

namespace sonar {

/// One question asked of a permit before anyone relies on it (protocol reference §7, end).
enum class PermitCheckKind {
    Signature,  ///< well-formed, and by the expected signer
    Wallet,     ///< is the wallet asked for
    Sale,       ///< is this sale
    Entity,     ///< is that entity's SaleSpecificEntityID
    NotExpired, ///< ExpiresAt > now
    Window,     ///< OpensAt <= now < ClosesAt
    Limits,     ///< MinAmount <= MaxAmount, MinPrice <= MaxPrice, and some amount fits
    Lockup,     ///< whether the payload forces the lock-up
};

enum class CheckResult {
    Passed,
    Failed,
    NotChecked, ///< can't be judged (allocation's signature, no such field, expected value unknown)
};

/// The kind's name in files: "signature", "wallet", "sale", "entity", "not-expired", "window",
/// "limits", "lockup".
QString permitCheckName(PermitCheckKind kind);
/// "passed", "failed", "not-checked".
QString checkResultName(CheckResult result);

struct PermitCheck
{
    PermitCheckKind kind;
    CheckResult result;
    QString text; ///< plain words for the user: "Signed by 0x7099…79C8, the sale's permit signer"

    bool operator==(const PermitCheck &) const = default;
};

/// How the expected signer is known.
enum class SignerSource {
    SaleFile,
    Contract,  ///< the sale contract's role; without a signer: it denied the role to the permit's
    FirstSeen, ///< remembered from the sale's earlier permits
    Export,    ///< named by the exported file that is verified: no authority of its own
    None,
};

/// What a permit is held against.
struct PermitExpectation
{
    QString wallet;               ///< as asked for
    QString saleUuid;             ///< canonical text
    QString saleSpecificEntityId; ///< hex, from the Entity
    QString entityId;             ///< EntityID, which no permit should carry (reference §1)
    QString signer;               ///< expected address or base58 key; empty when not known
    SignerSource signerSource = SignerSource::None;
    /// Why the sale contract couldn't be asked, one sentence; empty when it could or needn't be.
    QString contractFault;
    /// Wallet and entity, and the sale, are the words of the file that is verified, not ours.
    bool pairClaimed = false;
    bool saleClaimed = false;
};

/// Who made a permit's signature: what takes a tenth of a millisecond to find out, and doesn't
/// change with what is expected or with time.
struct PermitSignature
{
    /// EVM: recovered, 20 bytes. Solana: the key of 32 bytes that it was found to be by. Empty when
    /// nobody can be named.
    QByteArray signer;
    QString signerText; ///< EIP-55 or base58
    QByteArray tried;   ///< Solana: the key that it was tried with; such a signature names nobody
    QString fault;      ///< a sentence or two, when the sale refuses it whoever signed
};

/// `solanaKey` is the expected signer of a Solana permit, if known; not used for others. Any thread
/// may call it.
PermitSignature readSignature(const PurchasePermit &permit, const QString &solanaKey = {});

struct PermitVerification
{
    QList<PermitCheck> checks; ///< in the order of PermitCheckKind
    /// Recovered (EVM: EIP-55) or, on Solana, the key it verified under; may be empty.
    QString signer;

    /// No check failed: each passed or, for a reason that its text names, couldn't be made. Whether
    /// the right one signed is another question: see signerConfirmed.
    bool usable() const;
    /// The signature was checked against the expected signer, and is that one's.
    bool signerConfirmed() const
    {
        return resultOf(PermitCheckKind::Signature) == CheckResult::Passed;
    }
    /// NotChecked, too, when there is no such check.
    CheckResult resultOf(PermitCheckKind kind) const;
    bool operator==(const PermitVerification &) const = default;
};

/// A moment in Unix seconds as "2026-11-24 14:05:10 UTC", or as a plain number when it lies beyond
/// the year 9999.
QString momentText(quint64 unixSeconds);

/// `now` in Unix seconds. `signature` is the permit's; a Solana one that was tried with another key
/// than the expected is tried again.
PermitVerification verifyPermit(const PurchasePermit &permit, const PermitSignature &signature,
                                const PermitExpectation &expected, qint64 now);
/// The same, with the signature read first.
PermitVerification verifyPermit(const PurchasePermit &permit, const PermitExpectation &expected,
                                qint64 now);

} // namespace sonar
