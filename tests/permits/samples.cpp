// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/permits/samples.h"

#include "app/base/hex.h"
#include "app/permits/permitdigest.h"
#include "app/permits/walletaddress.h"

#include <secp256k1.h>
#include <secp256k1_recovery.h>

namespace sonar::test {

namespace {

const secp256k1_context *signingContext()
{
    static const secp256k1_context *context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    return context;
}

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// One member of the reply's PermitJSON, with its comma.
QByteArray member(const char *name, const QByteArray &json)
{
    return '"' + QByteArray(name) + "\":" + json + ',';
}

QByteArray quoted(const QString &text)
{
    return '"' + text.toUtf8() + '"';
}

} // namespace

PermitSigner::PermitSigner(const QByteArray &secretKey)
    : m_secretKey(secretKey)
{}

QString PermitSigner::address() const
{
    secp256k1_pubkey key;
    unsigned char point[65];
    size_t size = sizeof point;
    if (!secp256k1_ec_pubkey_create(signingContext(), &key, raw(m_secretKey)))
        return {};
    secp256k1_ec_pubkey_serialize(signingContext(), point, &size, &key, SECP256K1_EC_UNCOMPRESSED);
    const QByteArray coordinates(reinterpret_cast<const char *>(point) + 1, 64);
    return checksummedAddress(keccak256(coordinates).right(20));
}

QByteArray PermitSigner::sign(const PurchasePermit &permit) const
{
    const QByteArray digest = ethereumMessageDigest(abiEncode(permit));
    secp256k1_ecdsa_recoverable_signature signature;
    QByteArray bytes(64, '\0');
    int recoveryId = 0;
    if (!secp256k1_ecdsa_sign_recoverable(signingContext(), &signature, raw(digest),
                                          raw(m_secretKey), nullptr, nullptr))
        return {};
    secp256k1_ecdsa_recoverable_signature_serialize_compact(
        signingContext(), reinterpret_cast<unsigned char *>(bytes.data()), &recoveryId, &signature);
    return bytes + char(27 + recoveryId);
}

PurchasePermit samplePermit()
{
    PurchasePermit permit;
    permit.type = PermitType::BasicV3;
    permit.entityId = QByteArray::fromHex("00112233445566778899aabbccddeeff");
    permit.saleUuid = QByteArray::fromHex("a1a2a3a4b1b2c1c2d1d2d3d4d5d6d7d8");
    permit.wallet = QByteArray::fromHex("70997970c51812dc3a010c7d01b50e0d17dc79c8");
    permit.expiresAt = quint64(sampleNow) + 600;
    permit.minAmount = 1'000'000;
    permit.maxAmount = 25'000'000'000;
    permit.minPrice = 10;
    permit.maxPrice = 20;
    permit.opensAt = quint64(sampleNow) - 60;
    permit.closesAt = quint64(sampleNow) + 3600;
    permit.payload = QByteArray(32, '\0');
    permit.signature = PermitSigner().sign(permit);
    return permit;
}

PermitExpectation sampleExpectation()
{
    PermitExpectation expected;
    expected.wallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    expected.saleUuid = QStringLiteral("a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8");
    expected.saleSpecificEntityId = QStringLiteral("0x00112233445566778899aabbccddeeff");
    expected.entityId = QStringLiteral("an-opaque-id");
    expected.signer = PermitSigner().address();
    expected.signerSource = SignerSource::SaleFile;
    expected.contract.state = ContractAnswer::State::TheSales;
    return expected;
}

QByteArray replyOf(const PurchasePermit &permit)
{
    const bool basic = permit.type == PermitType::Basic;
    QByteArray json =
        member(basic ? "EntityID" : "SaleSpecificEntityID", quoted(toHex(permit.entityId)));
    json += member("SaleUUID", quoted(toHex(permit.saleUuid)));
    json += member("Wallet", quoted(checksummedAddress(permit.wallet)));
    json += member("ExpiresAt", QByteArray::number(permit.expiresAt));
    if (permit.minAmount) {
        json += member("MinAmount", quoted(toDecimal(*permit.minAmount)));
        json += member("MaxAmount", quoted(toDecimal(*permit.maxAmount)));
        json += member("MinPrice", QByteArray::number(*permit.minPrice));
        json += member("MaxPrice", QByteArray::number(*permit.maxPrice));
    }
    if (permit.opensAt) {
        json += member("OpensAt", QByteArray::number(*permit.opensAt));
        json += member("ClosesAt", QByteArray::number(*permit.closesAt));
    }
    json += "\"Payload\":" + quoted(toHex(permit.payload));
    return "{\"PermitJSON\":{" + json + "},\"Signature\":" + quoted(toHex(permit.signature)) + "}";
}

CheckResult resultOf(const PermitVerification &verification, PermitCheckKind kind)
{
    for (const PermitCheck &check : verification.checks) {
        if (check.kind == kind)
            return check.result;
    }
    return CheckResult::Failed;
}

std::string failures(const PermitVerification &verification)
{
    QStringList names;
    for (const PermitCheck &check : verification.checks) {
        if (check.result == CheckResult::Failed)
            names << permitCheckName(check.kind);
    }
    return names.join(QLatin1Char(' ')).toStdString();
}

QString wordsOf(const PermitVerification &verification, PermitCheckKind kind)
{
    for (const PermitCheck &check : verification.checks) {
        if (check.kind == kind)
            return check.text;
    }
    return {};
}

} // namespace sonar::test
