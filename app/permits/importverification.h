// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/permitimport.h"

#include <QList>

namespace sonar {

class Preferences;

/// Whose word it is that a permit's signer is the expected one.
enum class SignerBasis {
    Given,     ///< named by the user for this verification
    KnownSale, ///< in the sale file of a sale that this computer knows
    // The others confirm no signer.
    SeenBefore, ///< only remembered from that sale's earlier permits
    Claimed,    ///< the verified file's own word, which is nobody's in particular
    Unknown,    ///< nobody's: the signature is read but not checked against anyone
};

/// A sentence or two for the user.
QString signerBasisText(SignerBasis basis);

/// What this computer knows of one sale's permits.
struct KnownSigner
{
    QString saleUuid;
    QString saleName;        ///< plain text
    QString signer;          ///< may be empty
    bool seenBefore = false; ///< only remembered, by nobody named
};

QList<KnownSigner> knownSigners(const QList<Sale> &sales, const Preferences &preferences);

/// What may be done with a permit from a file.
enum class ImportStanding {
    Usable,      ///< nothing failed, and the person or the known sale names who signed
    Unconfirmed, ///< nothing failed, but the signer or the entity isn't confirmed
    NotUsable,   ///< a check failed
};

/// A permit from a file, held against what is known here before what the file says itself.
struct VerifiedImport
{
    ImportStanding standing() const;

    PermitVerification verification;
    SignerBasis basis = SignerBasis::Unknown;
    QString saleName;         ///< of the known sale; empty when it isn't known
    bool entityNamed = false; ///< the file says whose permit it is
};

/// A sentence or two for the user on how far the signer is known.
QString signerText(const VerifiedImport &verified);

/// `givenSigner` is empty or an address; `now` in Unix seconds.
VerifiedImport verifyImported(const ImportedPermit &permit, const QList<KnownSigner> &known,
                              const QString &givenSigner, qint64 now);
/// All of a file's, in their order; fewer than all when `progress` has ended the work.
QList<VerifiedImport> verifyAll(const PermitImport &import, const QList<KnownSigner> &known,
                                const QString &givenSigner, qint64 now,
                                const PermitProgress &progress = {});

} // namespace sonar
