// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/importverification.h"

#include "app/config/preferences.h"

#include <QCoreApplication>

#include <algorithm>

namespace sonar {

namespace {

struct ImportVerificationText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::ImportVerification)
};

/// The known sale that the permit itself names, whatever the file says around it.
const KnownSigner *knownSaleOf(const ImportedPermit &permit, const QList<KnownSigner> &known)
{
    const auto of = [&known](const QByteArray &saleUuid) {
        return std::find_if(known.cbegin(), known.cend(), [&saleUuid](const KnownSigner &sale) {
            return !saleUuid.isEmpty() && idBytes(sale.saleUuid) == saleUuid;
        });
    };
    auto found = of(permit.permit.saleUuid);
    if (found == known.cend())
        found = of(idBytes(permit.claimed.saleUuid).value_or(QByteArray()));
    return found == known.cend() ? nullptr : &*found;
}

} // namespace

QString signerBasisText(SignerBasis basis)
{
    switch (basis) {
    case SignerBasis::Given:
        return ImportVerificationText::tr("Checked against the signer that you named.");
    case SignerBasis::KnownSale:
        return ImportVerificationText::tr(
            "Checked against the signer of the sale as you have it in "
            "Sonar Desktop.");
    case SignerBasis::SeenBefore:
        return ImportVerificationText::tr(
            "Only compared with the signer of this sale's earlier permits here, which confirms "
            "nothing. Ask the sale's team for the signer's address, and enter it with Edit sale… "
            "or --signer.");
    case SignerBasis::Claimed:
        return ImportVerificationText::tr(
            "Checked against the signer that the file itself names. Whoever made the file could "
            "name "
            "anybody: compare the address with what the people who run the sale publish.");
    case SignerBasis::Unknown:
        break;
    }
    return ImportVerificationText::tr(
        "Who signs this sale's permits isn't known here, so anybody may have signed: compare the "
        "address with what the people who run the sale publish.");
}

QList<KnownSigner> knownSigners(const QList<Sale> &sales, const Preferences &preferences)
{
    QList<KnownSigner> known;
    for (const Sale &sale : sales) {
        KnownSigner signer{sale.saleUuid, sale.name, sale.permitSigner, false};
        if (signer.signer.isEmpty()) {
            signer.signer = preferences.firstSeenSigner(sale.serviceId(), sale.saleUuid);
            signer.seenBefore = !signer.signer.isEmpty();
        }
        known << signer;
    }
    return known;
}

QString signerText(const VerifiedImport &verified)
{
    // Whom it would have been checked against doesn't matter then: the check says why it wasn't.
    if (verified.verification.resultOf(PermitCheckKind::Signature) == CheckResult::NotChecked &&
        verified.verification.signer.isEmpty() && verified.basis != SignerBasis::Unknown)
        return ImportVerificationText::tr(
            "The signature was checked against nobody, so anybody may have made this permit.");
    return signerBasisText(verified.basis);
}

ImportStanding VerifiedImport::standing() const
{
    if (!verification.usable())
        return ImportStanding::NotUsable;
    const bool entityOpen =
        entityNamed && verification.resultOf(PermitCheckKind::Entity) == CheckResult::NotChecked;
    return verification.signerConfirmed() && !entityOpen ? ImportStanding::Usable
                                                         : ImportStanding::Unconfirmed;
}

VerifiedImport verifyImported(const ImportedPermit &permit, const QList<KnownSigner> &known,
                              const QString &givenSigner, qint64 now)
{
    VerifiedImport verified;
    PermitExpectation expected = permit.claimed;
    verified.basis = expected.signer.isEmpty() ? SignerBasis::Unknown : SignerBasis::Claimed;
    verified.entityNamed = !expected.saleSpecificEntityId.isEmpty();
    expected.pairClaimed = true;
    expected.saleClaimed = true;
    if (const KnownSigner *sale = knownSaleOf(permit, known)) {
        verified.saleName = sale->saleName;
        if (expected.saleUuid.isEmpty())
            expected.saleUuid = sale->saleUuid;
        expected.saleClaimed = idBytes(sale->saleUuid) != idBytes(expected.saleUuid);
        if (!sale->signer.isEmpty()) {
            expected.signer = sale->signer;
            expected.signerSource =
                sale->seenBefore ? SignerSource::SeenBefore : SignerSource::SaleFile;
            verified.basis = sale->seenBefore ? SignerBasis::SeenBefore : SignerBasis::KnownSale;
        }
    }
    if (!givenSigner.isEmpty()) {
        expected.signer = givenSigner;
        expected.signerSource = SignerSource::SaleFile;
        verified.basis = SignerBasis::Given;
    }
    expected.contract.text = ImportVerificationText::tr(
        "The sale contract isn't asked: permit files are verified offline.");
    verified.verification = verifyPermit(permit.permit, expected, now);
    // What is only remembered doesn't make up for a file that contradicts itself.
    if (verified.basis == SignerBasis::SeenBefore && !permit.claimed.signer.isEmpty()) {
        expected.signer = permit.claimed.signer;
        expected.signerSource = SignerSource::Export;
        const PermitVerification held = verifyPermit(permit.permit, expected, now);
        if (held.resultOf(PermitCheckKind::Signature) == CheckResult::Failed) {
            verified.verification = held;
            verified.basis = SignerBasis::Claimed;
        }
    }
    return verified;
}

QList<VerifiedImport> verifyAll(const PermitImport &import, const QList<KnownSigner> &known,
                                const QString &givenSigner, qint64 now,
                                const PermitProgress &progress)
{
    QList<VerifiedImport> verified;
    verified.reserve(import.permits.size());
    for (const ImportedPermit &permit : import.permits) {
        if (progress && !progress(verified.size(), import.permits.size()))
            break;
        verified << verifyImported(permit, known, givenSigner, now);
    }
    return verified;
}

} // namespace sonar
