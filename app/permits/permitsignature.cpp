// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitdigest.h"

#include <QCoreApplication>

#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <sodium.h>

namespace sonar {

namespace {

constexpr qsizetype digestBytes = 32;
constexpr qsizetype scalarBytes = 32;
constexpr qsizetype evmSignatureBytes = 65;

struct SignatureText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::PermitSignature)
};

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// Half the order of secp256k1, rounded down: the largest s that isn't malleable (EIP-2).
const QByteArray &halfOrder()
{
    static const QByteArray bytes =
        QByteArray::fromHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
    return bytes;
}

tl::unexpected<Error> refused(const QString &summary)
{
    return failure({ErrorKind::Malformed,
                    summary,
                    SignatureText::tr("Sale contracts refuse such a signature."),
                    {},
                    0});
}

bool isZero(const QByteArray &scalar)
{
    return scalar.count('\0') == scalar.size();
}

} // namespace

Result<void> checkSignatureForm(const QByteArray &signature)
{
    if (signature.size() != evmSignatureBytes)
        return refused(SignatureText::tr("The signature has %1 bytes instead of %2.")
                           .arg(signature.size())
                           .arg(evmSignatureBytes));
    const QByteArray r = signature.left(scalarBytes);
    const QByteArray s = signature.mid(scalarBytes, scalarBytes);
    const int v = static_cast<unsigned char>(signature.back());
    if (isZero(r) || isZero(s))
        return refused(SignatureText::tr("The signature is zero."));
    if (s > halfOrder())
        return refused(SignatureText::tr("The signature's s is in the upper half of the order."));
    if (v != 27 && v != 28)
        return refused(SignatureText::tr("The signature's v is %1 instead of 27 or 28.").arg(v));
    return {};
}

Result<QByteArray> recoverSigner(const QByteArray &digest, const QByteArray &signature)
{
    if (const auto form = checkSignatureForm(signature); !form)
        return tl::unexpected(form.error());
    const int recoveryId = static_cast<unsigned char>(signature.back()) - 27;
    // The library's own constant context: recovery needs no other, and any thread may use it.
    const secp256k1_context *context = secp256k1_context_static;
    secp256k1_ecdsa_recoverable_signature parsed;
    secp256k1_pubkey key;
    if (digest.size() != digestBytes ||
        !secp256k1_ecdsa_recoverable_signature_parse_compact(context, &parsed, raw(signature),
                                                             recoveryId) ||
        !secp256k1_ecdsa_recover(context, &key, &parsed, raw(digest)))
        return refused(SignatureText::tr("The signature belongs to no key."));

    unsigned char point[65];
    size_t size = sizeof point;
    secp256k1_ec_pubkey_serialize(context, point, &size, &key, SECP256K1_EC_UNCOMPRESSED);
    // An address is the end of the hash of the point's coordinates, without the form's first byte.
    return keccak256(QByteArray(reinterpret_cast<const char *>(point + 1), qsizetype(size) - 1))
        .right(20);
}

bool verifyEd25519(const QByteArray &message, const QByteArray &signature,
                   const QByteArray &publicKey)
{
    static const bool ready = sodium_init() >= 0;
    return ready && signature.size() == qsizetype(crypto_sign_BYTES) &&
           publicKey.size() == qsizetype(crypto_sign_PUBLICKEYBYTES) &&
           crypto_sign_verify_detached(raw(signature), raw(message),
                                       static_cast<unsigned long long>(message.size()),
                                       raw(publicKey)) == 0;
}

} // namespace sonar
