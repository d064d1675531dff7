// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/permitissuer.h"

#include "app/base/hex.h"
#include "app/sandbox/jsonwriter.h"
#include "app/sandbox/keccak.h"
#include "app/sandbox/permitfields.h"
#include "app/sandbox/permitsigning.h"
#include "app/sandbox/walletforms.h"

namespace sonar::sandbox {

namespace {

QByteArray signingKey()
{
    return derived("permit signer: a test key, never to be trusted", 32);
}

QByteArray foreignKey()
{
    return derived("foreign permit signer: a test key, never to be trusted", 32);
}

/// Spoils what is signed: the signature stays right for it.
void spoilFields(const QString &mutation, qint64 now, PermitFields *fields)
{
    if (mutation == QLatin1String("wrong-wallet"))
        fields->wallet = derived("foreign wallet", int(fields->wallet.size()));
    else if (mutation == QLatin1String("wrong-sale"))
        fields->saleUuid = derived("foreign sale", 16);
    else if (mutation == QLatin1String("wrong-entity"))
        fields->entityId = derived("foreign entity", 16);
    else if (mutation == QLatin1String("expired"))
        fields->expiresAt = quint64(now - 60);
}

/// Spoils the signature after signing.
QByteArray spoiledSignature(const QString &mutation, ChainType chain, const QByteArray &signature)
{
    if (mutation == QLatin1String("truncated"))
        return signature.chopped(1);
    if (mutation == QLatin1String("high-s"))
        return chain == ChainType::Evm ? withHighS(signature) : withHighScalar(signature);
    if (mutation == QLatin1String("bad-v"))
        return chain == ChainType::Evm
                   ? QByteArray(signature.chopped(1) + char(signature.back() - 27))
                   : QByteArray(signature + char(27));
    return signature;
}

} // namespace

PermitIssuer::PermitIssuer(ChainType chain, QString mutation)
    : m_chain(chain)
    , m_mutation(std::move(mutation))
{}

QString PermitIssuer::signer() const
{
    return m_chain == ChainType::Evm ? checksummed(evmSigner(signingKey()))
                                     : base58(svmSigner(signingKey()));
}

QByteArray PermitIssuer::issue(const PermitOrder &order) const
{
    PermitFields fields = grantedFields(order, m_chain);
    spoilFields(m_mutation, order.now, &fields);
    const QByteArray key =
        m_mutation == QLatin1String("wrong-signer") ? foreignKey() : signingKey();
    const QByteArray signature =
        m_chain == ChainType::Evm
            ? evmSignature(key, personalMessageDigest(abiEncoded(order.kind, fields)))
            : svmSignature(key, borshEncoded(fields));
    if (m_mutation == QLatin1String("changed-field"))
        fields.expiresAt += 3600;
    return JsonObject()
        .json("PermitJSON",
              m_chain == ChainType::Evm ? permitJson(order.kind, fields) : solanaPermitJson(fields))
        .text("Signature", toHex(spoiledSignature(m_mutation, m_chain, signature)))
        .done();
}

} // namespace sonar::sandbox
