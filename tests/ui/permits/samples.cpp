// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/permits/samples.h"

#include "app/base/hex.h"
#include "app/base/uuid.h"
#include "app/permits/permitdigest.h"
#include "app/permits/walletaddress.h"

#include <QCryptographicHash>
#include <QTimeZone>

#include <memory>
#include <secp256k1.h>
#include <secp256k1_recovery.h>

namespace sonar::test {

namespace {

struct DestroyContext
{
    void operator()(secp256k1_context *context) const { secp256k1_context_destroy(context); }
};
using Context = std::unique_ptr<secp256k1_context, DestroyContext>;

QByteArray signingKey()
{
    return QCryptographicHash::hash("the permit signer of these tests", QCryptographicHash::Sha256);
}

QByteArray sign(const QByteArray &digest)
{
    const Context context(secp256k1_context_create(SECP256K1_CONTEXT_NONE));
    const QByteArray key = signingKey();
    secp256k1_ecdsa_recoverable_signature signature;
    if (secp256k1_ecdsa_sign_recoverable(
            context.get(), &signature, reinterpret_cast<const unsigned char *>(digest.constData()),
            reinterpret_cast<const unsigned char *>(key.constData()), nullptr, nullptr) != 1)
        return {};
    QByteArray bytes(65, '\0');
    int recovery = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(
        context.get(), reinterpret_cast<unsigned char *>(bytes.data()), &recovery, &signature);
    bytes[64] = char(27 + recovery);
    return bytes;
}

QByteArray number(const std::optional<quint64> &value)
{
    return QByteArray::number(value.value_or(0));
}

QByteArray amount(const std::optional<Uint256> &value)
{
    return '"' + toDecimal(value.value_or(Uint256(0))).toLatin1() + '"';
}

} // namespace

Sale sampleSale()
{
    Sale sale;
    sale.name = QStringLiteral("Example sale");
    sale.saleUuid = QStringLiteral("11111111-2222-4333-8444-555555555555");
    sale.clientUuid = QStringLiteral("99999999-2222-4333-8444-555555555555");
    sale.redirectUris = {QStringLiteral("http://localhost:3000/oauth/callback")};
    sale.frontendUrl = QUrl(QStringLiteral("http://127.0.0.1:9"));
    sale.apiUrl = QUrl(QStringLiteral("http://127.0.0.1:9"));
    sale.permitSigner = sampleSigner();
    Chain chain;
    chain.chainId = 84532;
    chain.paymentTokenSymbol = QStringLiteral("USDC");
    chain.paymentTokenDecimals = 6;
    sale.chain = chain;
    return sale;
}

Entity sampleEntity(const QString &label, int number)
{
    Entity entity;
    entity.label = label;
    entity.entityId = QStringLiteral("entity-%1").arg(number);
    entity.saleSpecificEntityId = QStringLiteral("0x%1").arg(number, 32, 16, QLatin1Char('0'));
    entity.type = EntityType::Organization;
    entity.setupState = EntitySetupState::Complete;
    entity.eligibility = SaleEligibility::Eligible;
    entity.region = InvestingRegion::Eu;
    return entity;
}

QString sampleWallet(int number)
{
    return checksummedAddress(
        QCryptographicHash::hash(QByteArray::number(number), QCryptographicHash::Sha1));
}

PurchasePermit samplePermit(const Entity &entity, const QString &wallet, qint64 now)
{
    PurchasePermit permit;
    permit.type = PermitType::BasicV3;
    permit.entityId = *fromHex(entity.saleSpecificEntityId);
    permit.saleUuid = *uuidBytes(sampleSale().saleUuid);
    permit.wallet = *parseEvmAddress(wallet);
    permit.expiresAt = quint64(now) + 600;
    permit.minAmount = Uint256(100'000'000);
    permit.maxAmount = Uint256(50'000'000'000);
    permit.minPrice = 1'000'000;
    permit.maxPrice = 1'000'000;
    permit.opensAt = quint64(now) - 3600;
    permit.closesAt = quint64(now) + 5 * 24 * 3600;
    permit.payload = QByteArray(32, '\0');
    return permit;
}

QByteArray signedReply(const PurchasePermit &permit)
{
    const QByteArray signature = sign(ethereumMessageDigest(abiEncode(permit)));
    return "{\"PermitJSON\":{\"SaleSpecificEntityID\":\"" + toHex(permit.entityId).toLatin1() +
           "\",\"SaleUUID\":\"" + toHex(permit.saleUuid).toLatin1() + "\",\"Wallet\":\"" +
           checksummedAddress(permit.wallet).toLatin1() +
           "\",\"ExpiresAt\":" + QByteArray::number(permit.expiresAt) +
           ",\"MinAmount\":" + amount(permit.minAmount) +
           ",\"MaxAmount\":" + amount(permit.maxAmount) +
           ",\"MinPrice\":" + number(permit.minPrice) + ",\"MaxPrice\":" + number(permit.maxPrice) +
           ",\"OpensAt\":" + number(permit.opensAt) + ",\"ClosesAt\":" + number(permit.closesAt) +
           ",\"Payload\":\"" + toHex(permit.payload).toLatin1() + "\"},\"Signature\":\"" +
           toHex(signature).toLatin1() + "\"}";
}

QString sampleSigner()
{
    static const QString signer = [] {
        const QByteArray digest = keccak256("any");
        return checksummedAddress(recoverSigner(digest, sign(digest)).value_or(QByteArray(20, 0)));
    }();
    return signer;
}

ExportedPermit exportedPermit(const Entity &entity, const QString &wallet,
                              const PurchasePermit &permit, qint64 now)
{
    ExportedPermit exported;
    exported.entityLabel = entity.label;
    exported.saleSpecificEntityId = entity.saleSpecificEntityId;
    exported.wallet = wallet;
    exported.replyText = signedReply(permit);
    exported.permit = decodePermit(exported.replyText, ChainType::Evm).value_or(permit);
    PermitExpectation expected;
    expected.wallet = wallet;
    expected.saleUuid = sampleSale().saleUuid;
    expected.saleSpecificEntityId = entity.saleSpecificEntityId;
    expected.entityId = entity.entityId;
    expected.signer = sampleSigner();
    expected.signerSource = SignerSource::SaleFile;
    expected.contract.state = ContractAnswer::State::TheSales;
    exported.signature = readSignature(exported.permit);
    exported.verification = verifyPermit(exported.permit, exported.signature, expected, now);
    exported.receivedAt = QDateTime::fromSecsSinceEpoch(now, QTimeZone::utc());
    return exported;
}

PermitRow sampleRow(const Entity &entity, const QString &wallet, PermitStatus status)
{
    PermitRow row;
    row.entityId = entity.entityId;
    row.wallet = wallet;
    row.entityLabel = entity.label;
    row.saleSpecificEntityId = entity.saleSpecificEntityId;
    row.status = status;
    return row;
}

PermitRow issuedRow(const Entity &entity, const QString &wallet, qint64 now)
{
    PermitRow row = sampleRow(entity, wallet, PermitStatus::Issued);
    row.permit = exportedPermit(entity, wallet, samplePermit(entity, wallet, now), now);
    return row;
}

} // namespace sonar::test
