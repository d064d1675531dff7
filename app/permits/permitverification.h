// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/purchasepermit.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace sonar {

/// One question asked of a permit before anyone relies on it (protocol reference §7, end).
enum class PermitCheckKind {
    Signature,  ///< well-formed, and by a signer who is known to be the sale's
    Contract,   ///< what stands at the sale contract's address is the sale's SettlementSale
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
    /// Can't be judged: allocation's signature, no such field, expected value unknown or known on
    /// nobody's authority.
    NotChecked,
};

/// The kind's name in files: "signature", "contract", "wallet", "sale", "entity", "not-expired",
/// "window", "limits", "lockup".
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

/// How the expected signer is known. The first two confirm a signer, the others don't.
enum class SignerSource {
    SaleFile,   ///< named by the sale file, or by the person who verifies
    Contract,   ///< the sale contract's role; without a signer: it denied the role to the permit's
    SeenBefore, ///< only remembered from the sale's earlier permits
    Export,     ///< named by the exported file that is verified
    None,
};

/// What the sale contract has said, as of when it was asked.
struct ContractAnswer
{
    enum class State {
        NotAsked,    ///< `text` says why, in one sentence
        Asking,      ///< and nothing is known from before
        NotTheSales, ///< `text` says what stands there instead and what would happen to the money
        TheSales,
    };
    State state = State::NotAsked;
    QString text;
    /// Whether the permit's signer holds PURCHASE_PERMIT_SIGNER_ROLE; nothing while that is
    /// unknown.
    std::optional<bool> signerHasRole;
    bool askingAboutSigner = false;  ///< the answer will tell
    std::optional<qint64> askedAt{}; ///< Unix seconds, of what is said here

    bool operator==(const ContractAnswer &) const = default;
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
    ContractAnswer contract;
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

    /// When the sale contract gave the answer that this rests on, Unix seconds; nothing without
    /// one.
    std::optional<qint64> contractAskedAt{};
    bool askingContract = false; ///< its answer is awaited and may change this

    /// No check failed: each passed or, for a reason that its text names, couldn't be made. Whether
    /// the right one signed is another question: see signerConfirmed.
    bool usable() const;
    /// The signature is that of a signer whom the sale file names and the contract doesn't deny, or
    /// whom the contract lets sign. Having been seen before confirms nobody.
    bool signerConfirmed() const
    {
        return resultOf(PermitCheckKind::Signature) == CheckResult::Passed;
    }
    /// NotChecked, too, when there is no such check.
    CheckResult resultOf(PermitCheckKind kind) const;
    bool operator==(const PermitVerification &) const = default;
};

/// What whoever is handed the permit must know although no check failed: an unconfirmed signer, a
/// contract that wasn't checked. Whole sentences; they go into every form of export.
QStringList permitNotes(const PermitVerification &verification);

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
