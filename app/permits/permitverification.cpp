// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitverification.h"

#include "app/base/uuid.h"
#include "app/permits/permitdigest.h"
#include "app/permits/walletaddress.h"

#include <QCoreApplication>
#include <QDate>

#include <algorithm>

namespace sonar {

namespace {

constexpr quint64 endOfCalendars = 253402300799; ///< Unix seconds: the year 9999

using Kind = PermitCheckKind;

struct VerificationText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::PermitVerification)
};

PermitCheck passed(Kind kind, const QString &text)
{
    return {kind, CheckResult::Passed, text};
}

PermitCheck failed(Kind kind, const QString &text)
{
    return {kind, CheckResult::Failed, text};
}

PermitCheck notChecked(Kind kind, const QString &text)
{
    return {kind, CheckResult::NotChecked, text};
}

/// Expected texts come from files and servers and go into sentences.
QString quotedShort(const QString &text)
{
    return text.size() <= 66 ? text : text.left(65) + QChar(0x2026);
}

bool isAsking(const ContractAnswer &contract)
{
    return contract.state == ContractAnswer::State::Asking || contract.askingAboutSigner;
}

/// What is missing to confirm a signer, and where it is to be had.
QString howToConfirm(const ContractAnswer &contract)
{
    if (isAsking(contract))
        return VerificationText::tr("Asking the sale contract…");
    const QString enter = VerificationText::tr("Enter the signer's address with Edit sale… once "
                                               "the sale's team has told you that it is this one.");
    // What stands at the address instead of the contract is told by a check of its own.
    return contract.state == ContractAnswer::State::NotTheSales || contract.text.isEmpty()
               ? enter
               : contract.text + QLatin1Char(' ') + enter;
}

/// The contract's no, by whatever the signer was known before.
PermitCheck deniedByContract(const QString &signer, bool named)
{
    return failed(Kind::Signature,
                  (named ? VerificationText::tr("Signed by %1, whom the sale file names, but the "
                                                "sale contract doesn't let this address sign. It "
                                                "would refuse this permit. Do not use it.")
                         : VerificationText::tr("Signed by %1, who isn't a permit signer of the "
                                                "sale contract. It would refuse this permit. Do "
                                                "not use it."))
                      .arg(signer));
}

/// The signer is the one named by the sale file; the contract may know better.
PermitCheck signedByNamed(const QString &signer, const ContractAnswer &contract)
{
    if (contract.signerHasRole && !*contract.signerHasRole)
        return deniedByContract(signer, true);
    if (isAsking(contract))
        return notChecked(Kind::Signature, VerificationText::tr("Signed by %1, whom the sale file "
                                                                "names. Asking the sale contract…")
                                               .arg(shortened(signer)));
    return passed(Kind::Signature, contract.signerHasRole
                                       ? VerificationText::tr("Signed by %1, this sale's permit "
                                                              "signer. The sale contract agrees.")
                                             .arg(shortened(signer))
                                       : VerificationText::tr("Signed by %1, this sale's permit "
                                                              "signer.")
                                             .arg(shortened(signer)));
}

PermitCheck signedAsExpected(const QString &signer, const PermitExpectation &expected)
{
    switch (expected.signerSource) {
    case SignerSource::Contract:
        return passed(Kind::Signature,
                      VerificationText::tr("Signed by %1, a permit signer of the sale contract.")
                          .arg(shortened(signer)));
    case SignerSource::SeenBefore:
        return notChecked(
            Kind::Signature,
            VerificationText::tr("Signed by %1, the signer seen here so far for this sale. "
                                 "Having been seen confirms nothing. %2")
                .arg(signer, howToConfirm(expected.contract)));
    case SignerSource::Export:
        return notChecked(Kind::Signature,
                          VerificationText::tr("Signed by %1, the signer that the file itself "
                                               "names, which confirms nothing.")
                              .arg(signer));
    case SignerSource::SaleFile:
    case SignerSource::None:
        break;
    }
    return signedByNamed(signer, expected.contract);
}

/// Addresses in full: two that look alike when shortened are what a forger would make.
PermitCheck signedByAnother(const QString &signer, const QString &known,
                            const PermitExpectation &expected)
{
    switch (expected.signerSource) {
    case SignerSource::Contract:
        return failed(Kind::Signature,
                      VerificationText::tr("Signed by %1, but the sale contract's permit signer is "
                                           "%2. Do not use it.")
                          .arg(signer, known));
    case SignerSource::SeenBefore:
        return notChecked(Kind::Signature,
                          VerificationText::tr("Signed by %1, and this sale's earlier permits here "
                                               "by %2. Neither is confirmed. %3")
                              .arg(signer, known, howToConfirm(expected.contract)));
    case SignerSource::Export:
        return failed(Kind::Signature,
                      VerificationText::tr("Signed by %1, but the file names %2 as the permit "
                                           "signer. Do not use it.")
                          .arg(signer, known));
    case SignerSource::SaleFile:
    case SignerSource::None:
        break;
    }
    if (expected.contract.signerHasRole.value_or(false))
        return failed(
            Kind::Signature,
            VerificationText::tr("Signed by %1, whom the sale contract lets sign, but the sale "
                                 "file names %2. Ask the sale's team which is right, and "
                                 "correct the signer with Edit sale… if it has changed.")
                .arg(signer, known));
    return failed(Kind::Signature,
                  VerificationText::tr("Signed by %1, but this sale's permits are signed by %2. Do "
                                       "not use it.")
                      .arg(signer, known));
}

PermitCheck unreadableSigner(const QString &signer)
{
    return failed(Kind::Signature,
                  VerificationText::tr("The signature can't be judged: the expected signer \"%1\" "
                                       "isn't an address.")
                      .arg(quotedShort(signer)));
}

QString wordsOf(const Error &error)
{
    return error.summary + QLatin1Char(' ') + error.advice;
}

PermitSignature readEvmSignature(const PurchasePermit &permit)
{
    const auto recovered =
        recoverSigner(ethereumMessageDigest(abiEncode(permit)), permit.signature);
    if (!recovered)
        return {{}, {}, {}, wordsOf(recovered.error())};
    return {*recovered, checksummedAddress(*recovered), {}, {}};
}

PermitSignature readSolanaSignature(const PurchasePermit &permit, const QString &expectedKey)
{
    PermitSignature signature;
    if (permit.signature.size() != 64) {
        signature.fault = VerificationText::tr("The signature has %1 bytes instead of 64. The sale "
                                               "refuses such a signature.")
                              .arg(permit.signature.size());
        return signature;
    }
    const auto key = parseSolanaAddress(expectedKey);
    if (!key)
        return signature;
    signature.tried = *key;
    if (verifyEd25519(borshEncode(permit), permit.signature, *key)) {
        signature.signer = *key;
        signature.signerText = toBase58(*key);
    }
    return signature;
}

PermitCheck checkEvmSignature(const PermitSignature &signature, const PermitExpectation &expected)
{
    const QString &signer = signature.signerText;
    if (expected.signer.isEmpty() && expected.signerSource == SignerSource::Contract)
        return deniedByContract(signer, false);
    if (expected.signer.isEmpty())
        return notChecked(Kind::Signature,
                          VerificationText::tr("Signed by %1. Who signs this sale's permits isn't "
                                               "known here. %2")
                              .arg(signer, howToConfirm(expected.contract)));
    // Usually the same text, and then no other hash is needed.
    const auto address = expected.signer == signer ? Result<QByteArray>(signature.signer)
                                                   : parseEvmAddress(expected.signer);
    if (!address)
        return unreadableSigner(expected.signer);
    if (*address == signature.signer)
        return signedAsExpected(signer, expected);
    return signedByAnother(signer, checksummedAddress(*address), expected);
}

PermitCheck checkSolanaSignature(const PermitSignature &signature,
                                 const PermitExpectation &expected)
{
    if (expected.signer.isEmpty())
        return notChecked(Kind::Signature,
                          VerificationText::tr("A Solana signature doesn't tell who made it, and "
                                               "who signs this sale's permits isn't known here. "
                                               "Enter the signer's key with Edit sale… once the "
                                               "sale's team has told you."));
    if (signature.tried.isEmpty())
        return unreadableSigner(expected.signer);
    // A key that is only remembered condemns nobody: the next may be the right one.
    if (signature.signer.isEmpty() && expected.signerSource == SignerSource::SeenBefore)
        return notChecked(Kind::Signature,
                          VerificationText::tr("Not signed by %1, who signed this sale's earlier "
                                               "permits here, or changed after signing. Neither "
                                               "signer is confirmed. %2")
                              .arg(toBase58(signature.tried), howToConfirm(expected.contract)));
    if (signature.signer.isEmpty())
        return failed(Kind::Signature,
                      VerificationText::tr("Not signed by %1, who signs this sale's permits, or "
                                           "changed after signing. Do not use it.")
                          .arg(toBase58(signature.tried)));
    return signedAsExpected(signature.signerText, expected);
}

PermitCheck checkSignature(const PurchasePermit &permit, const PermitSignature &signature,
                           const PermitExpectation &expected)
{
    if (!signature.fault.isEmpty())
        return failed(Kind::Signature, signature.fault);
    switch (permit.type) {
    case PermitType::Allocation:
        return notChecked(Kind::Signature,
                          VerificationText::tr("How the signature of an allocation permit is made "
                                               "has not been published."));
    case PermitType::Solana:
        return checkSolanaSignature(signature, expected);
    case PermitType::Basic:
    case PermitType::BasicV2:
    case PermitType::BasicV3:
        break;
    }
    return checkEvmSignature(signature, expected);
}

PermitCheck checkContract(const ContractAnswer &contract)
{
    switch (contract.state) {
    case ContractAnswer::State::TheSales:
        return passed(Kind::Contract,
                      VerificationText::tr("The contract at the sale's address is this sale's."));
    case ContractAnswer::State::NotTheSales:
        return failed(Kind::Contract, contract.text);
    case ContractAnswer::State::Asking:
        return notChecked(Kind::Contract, VerificationText::tr("Asking the sale contract…"));
    case ContractAnswer::State::NotAsked:
        break;
    }
    return notChecked(Kind::Contract, contract.text.isEmpty()
                                          ? VerificationText::tr("The sale contract wasn't asked.")
                                          : contract.text);
}

PermitCheck checkWallet(const PurchasePermit &permit, const PermitExpectation &expectation)
{
    const QString &expected = expectation.wallet;
    const bool claimed = expectation.pairClaimed;
    const bool solana = permit.type == PermitType::Solana;
    const QString wallet = solana ? toBase58(permit.wallet) : checksummedAddress(permit.wallet);
    if (expected.isEmpty())
        return notChecked(
            Kind::Wallet,
            VerificationText::tr("For wallet %1; no wallet was given to compare.").arg(wallet));
    const auto isSame = [&] {
        const auto bytes = solana ? parseSolanaAddress(expected) : parseEvmAddress(expected);
        return bytes && *bytes == permit.wallet;
    };
    if (expected == wallet || isSame())
        return passed(Kind::Wallet,
                      (claimed ? VerificationText::tr("For wallet %1, the one that the file names.")
                               : VerificationText::tr("For wallet %1, the one asked for."))
                          .arg(shortened(wallet)));
    return failed(Kind::Wallet,
                  (claimed ? VerificationText::tr("For wallet %1, but the file names %2.")
                           : VerificationText::tr("For wallet %1, but it was asked for %2."))
                      .arg(wallet, quotedShort(expected)));
}

PermitCheck checkSale(const PurchasePermit &permit, const PermitExpectation &expectation)
{
    const QString &expected = expectation.saleUuid;
    if (expected.isEmpty())
        return notChecked(Kind::Sale,
                          VerificationText::tr("For sale %1; no sale was given to compare.")
                              .arg(uuidText(permit.saleUuid)));
    if (idBytes(expected) == permit.saleUuid)
        return passed(Kind::Sale, expectation.saleClaimed
                                      ? VerificationText::tr("For the sale that the file names.")
                                      : VerificationText::tr("For this sale."));
    return failed(Kind::Sale, VerificationText::tr("For another sale, %1, and not for %2.")
                                  .arg(uuidText(permit.saleUuid), quotedShort(expected)));
}

PermitCheck checkEntity(const PurchasePermit &permit, const PermitExpectation &expected)
{
    if (expected.saleSpecificEntityId.isEmpty())
        return notChecked(Kind::Entity,
                          VerificationText::tr("For entity %1; no entity was given to compare.")
                              .arg(QLatin1String(permit.entityId.toHex())));
    if (idBytes(expected.saleSpecificEntityId) == permit.entityId)
        return passed(Kind::Entity,
                      expected.pairClaimed
                          ? VerificationText::tr("For the entity that the file names.")
                          : VerificationText::tr("For this entity."));
    // Their field bears the name of the id that is for the API alone (reference §1), and a file
    // doesn't say which id that is. Such an id isn't another entity's, nor the right one.
    const bool basic = permit.type == PermitType::Basic || permit.type == PermitType::Allocation;
    if (basic && idBytes(expected.entityId) == permit.entityId)
        return notChecked(Kind::Entity,
                          VerificationText::tr("Names this entity by %1, its id for Sonar, and not "
                                               "by its id in this sale. Ask the people who run the "
                                               "sale whether the contract takes that.")
                              .arg(QLatin1String(permit.entityId.toHex())));
    if (basic && expected.pairClaimed && expected.entityId.isEmpty())
        return notChecked(Kind::Entity, VerificationText::tr(
                                            "For entity %1, which isn't the id in this sale that "
                                            "the file names. It may be the same entity's id for "
                                            "Sonar, or another entity's.")
                                            .arg(QLatin1String(permit.entityId.toHex())));
    return failed(Kind::Entity, VerificationText::tr("For another entity, %1.")
                                    .arg(QLatin1String(permit.entityId.toHex())));
}

PermitCheck checkNotExpired(const PurchasePermit &permit, quint64 now)
{
    if (permit.expiresAt > now)
        return passed(Kind::NotExpired,
                      VerificationText::tr("Valid until %1.").arg(momentText(permit.expiresAt)));
    return failed(Kind::NotExpired,
                  VerificationText::tr("Expired at %1.").arg(momentText(permit.expiresAt)));
}

PermitCheck checkWindow(const PurchasePermit &permit, quint64 now)
{
    if (!permit.opensAt || !permit.closesAt)
        return notChecked(Kind::Window,
                          VerificationText::tr("This type of permit has no window of its own."));
    const QString closes = momentText(*permit.closesAt);
    if (*permit.opensAt >= *permit.closesAt)
        return failed(Kind::Window,
                      VerificationText::tr("Its window never opens: it would begin at %1 and end "
                                           "at %2.")
                          .arg(momentText(*permit.opensAt), closes));
    if (now < *permit.opensAt)
        return failed(
            Kind::Window,
            VerificationText::tr("Can't be used before %1.").arg(momentText(*permit.opensAt)));
    if (now >= *permit.closesAt)
        return failed(Kind::Window, VerificationText::tr("Its window closed at %1.").arg(closes));
    if (*permit.closesAt > endOfCalendars)
        return passed(Kind::Window, VerificationText::tr("Its window is open and has no end."));
    return passed(Kind::Window, VerificationText::tr("Its window is open until %1.").arg(closes));
}

PermitCheck checkLimits(const PurchasePermit &permit)
{
    if (!permit.minAmount || !permit.maxAmount)
        return notChecked(Kind::Limits,
                          VerificationText::tr("This type of permit carries no limits."));
    if (*permit.maxAmount == 0)
        return failed(Kind::Limits, VerificationText::tr("No amount fits: the largest is zero, and "
                                                         "the sale refuses a bid of zero."));
    if (*permit.minAmount > *permit.maxAmount)
        return failed(Kind::Limits, VerificationText::tr("No amount fits: the smallest is above "
                                                         "the largest."));
    if (permit.minPrice && permit.maxPrice && *permit.minPrice > *permit.maxPrice)
        return failed(Kind::Limits, VerificationText::tr("No price fits: the lowest is above the "
                                                         "highest."));
    return passed(Kind::Limits, VerificationText::tr("Its limits fit together."));
}

PermitCheck checkLockup(const PurchasePermit &permit)
{
    if (const auto forced = permit.forcedLockup())
        return passed(Kind::Lockup,
                      *forced ? VerificationText::tr("Lock-up required: the sale refuses a bid "
                                                     "without it.")
                              : VerificationText::tr("Lock-up not required."));
    // SettlementSale decodes the payload's first word as a bool, and reverts when it can't.
    if (permit.type == PermitType::BasicV3)
        return failed(Kind::Lockup,
                      permit.payload.size() < 32
                          ? VerificationText::tr("The payload is too short to say whether the "
                                                 "lock-up is required, so the sale contract "
                                                 "refuses every bid under this permit.")
                          : VerificationText::tr("The payload says neither yes nor no to the "
                                                 "lock-up, so the sale contract refuses every bid "
                                                 "under this permit."));
    if (permit.payload.isEmpty())
        return notChecked(Kind::Lockup,
                          VerificationText::tr("The permit doesn't say whether it requires the "
                                               "lock-up: its payload is empty."));
    return notChecked(Kind::Lockup,
                      VerificationText::tr("Whether it requires the lock-up can't be told: its "
                                           "payload of %1 bytes has another form.")
                          .arg(permit.payload.size()));
}

} // namespace

QString permitCheckName(PermitCheckKind kind)
{
    switch (kind) {
    case Kind::Signature:
        return QStringLiteral("signature");
    case Kind::Contract:
        return QStringLiteral("contract");
    case Kind::Wallet:
        return QStringLiteral("wallet");
    case Kind::Sale:
        return QStringLiteral("sale");
    case Kind::Entity:
        return QStringLiteral("entity");
    case Kind::NotExpired:
        return QStringLiteral("not-expired");
    case Kind::Window:
        return QStringLiteral("window");
    case Kind::Limits:
        return QStringLiteral("limits");
    case Kind::Lockup:
        return QStringLiteral("lockup");
    }
    return {};
}

QString checkResultName(CheckResult result)
{
    switch (result) {
    case CheckResult::Passed:
        return QStringLiteral("passed");
    case CheckResult::Failed:
        return QStringLiteral("failed");
    case CheckResult::NotChecked:
        return QStringLiteral("not-checked");
    }
    return {};
}

QStringList permitNotes(const PermitVerification &verification)
{
    const auto open = [&verification](Kind kind) {
        const auto found =
            std::find_if(verification.checks.cbegin(), verification.checks.cend(),
                         [kind](const PermitCheck &check) {
                             return check.kind == kind && check.result == CheckResult::NotChecked;
                         });
        return found == verification.checks.cend() ? QString() : found->text;
    };
    if (const QString signer = open(Kind::Signature); !signer.isEmpty())
        return {VerificationText::tr("Who signed this permit isn't confirmed. %1").arg(signer)};
    const QString contract = open(Kind::Contract);
    return contract.isEmpty() ? QStringList() : QStringList(contract);
}

QString momentText(quint64 unixSeconds)
{
    if (unixSeconds > endOfCalendars)
        return VerificationText::tr("Unix time %1").arg(unixSeconds);
    // Digit by digit: QDateTime takes its time over formats and zones, and thousands of permits are
    // verified at once.
    constexpr quint64 secondsOfDay = 86400;
    const QDate date = QDate(1970, 1, 1).addDays(qint64(unixSeconds / secondsOfDay));
    const int second = int(unixSeconds % secondsOfDay);
    QString text = QStringLiteral("0000-00-00 00:00:00 UTC");
    const auto put = [&text](qsizetype end, int number) {
        for (qsizetype i = end; number > 0; number /= 10)
            text[--i] = QChar(u'0' + number % 10);
    };
    put(4, date.year());
    put(7, date.month());
    put(10, date.day());
    put(13, second / 3600);
    put(16, second / 60 % 60);
    put(19, second % 60);
    return text;
}

bool PermitVerification::usable() const
{
    return !checks.isEmpty() &&
           std::none_of(checks.begin(), checks.end(), [](const PermitCheck &check) {
               return check.result == CheckResult::Failed;
           });
}

CheckResult PermitVerification::resultOf(PermitCheckKind kind) const
{
    const auto found = std::find_if(checks.begin(), checks.end(), [kind](const PermitCheck &check) {
        return check.kind == kind;
    });
    return found == checks.end() ? CheckResult::NotChecked : found->result;
}

PermitSignature readSignature(const PurchasePermit &permit, const QString &solanaKey)
{
    switch (permit.type) {
    case PermitType::Allocation: {
        const auto form = checkSignatureForm(permit.signature);
        return {{}, {}, {}, form ? QString() : wordsOf(form.error())};
    }
    case PermitType::Solana:
        return readSolanaSignature(permit, solanaKey);
    case PermitType::Basic:
    case PermitType::BasicV2:
    case PermitType::BasicV3:
        break;
    }
    return readEvmSignature(permit);
}

PermitVerification verifyPermit(const PurchasePermit &permit, const PermitSignature &signature,
                                const PermitExpectation &expected, qint64 now)
{
    const bool tryAgain =
        permit.type == PermitType::Solana && signature.fault.isEmpty() &&
        parseSolanaAddress(expected.signer).value_or(QByteArray()) != signature.tried;
    const PermitSignature found = tryAgain ? readSignature(permit, expected.signer) : signature;
    const quint64 clock = quint64(std::max<qint64>(now, 0));
    PermitVerification verification;
    verification.signer = found.signerText;
    verification.contractAskedAt = expected.contract.askedAt;
    verification.askingContract = isAsking(expected.contract);
    verification.checks.reserve(9);
    verification.checks << checkSignature(permit, found, expected);
    verification.checks << checkContract(expected.contract);
    verification.checks << checkWallet(permit, expected);
    verification.checks << checkSale(permit, expected);
    verification.checks << checkEntity(permit, expected);
    verification.checks << checkNotExpired(permit, clock);
    verification.checks << checkWindow(permit, clock);
    verification.checks << checkLimits(permit);
    verification.checks << checkLockup(permit);
    return verification;
}

PermitVerification verifyPermit(const PurchasePermit &permit, const PermitExpectation &expected,
                                qint64 now)
{
    return verifyPermit(permit, readSignature(permit, expected.signer), expected, now);
}

} // namespace sonar
