// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/permitsigning.h"

#include "app/sandbox/keccak.h"

#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <sodium.h>

#include <memory>

namespace sonar::sandbox {

namespace {

struct DestroyContext
{
    void operator()(secp256k1_context *context) const { secp256k1_context_destroy(context); }
};

using Context = std::unique_ptr<secp256k1_context, DestroyContext>;

Context signingContext()
{
    return Context(secp256k1_context_create(SECP256K1_CONTEXT_NONE));
}

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *bytesOf(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

/// The order of secp256k1 (SEC 2 §2.4.1), big-endian.
QByteArray curveOrder()
{
    return QByteArray::fromHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
}

/// The order of edwards25519 (RFC 8032 §5.1), little-endian.
QByteArray groupOrder()
{
    return QByteArray::fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
}

} // namespace

QByteArray personalMessageDigest(const QByteArray &message)
{
    return keccak256("\x19"
                     "Ethereum Signed Message:\n" +
                     QByteArray::number(message.size()) + message);
}

QByteArray evmSignature(const QByteArray &secretKey, const QByteArray &digest)
{
    const Context context = signingContext();
    secp256k1_ecdsa_recoverable_signature signature;
    if (secp256k1_ecdsa_sign_recoverable(context.get(), &signature, bytesOf(digest),
                                         bytesOf(secretKey), nullptr, nullptr) != 1)
        return {};
    QByteArray text(64, '\0');
    int recovery = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(context.get(), bytesOf(text), &recovery,
                                                            &signature);
    return text + char(27 + recovery);
}

QByteArray withHighS(const QByteArray &signature)
{
    const QByteArray order = curveOrder();
    QByteArray changed = signature;
    int borrow = 0;
    for (int i = 31; i >= 0; --i) {
        const int difference = quint8(order[i]) - quint8(signature[32 + i]) - borrow;
        changed[32 + i] = char(difference & 0xff);
        borrow = difference < 0 ? 1 : 0;
    }
    changed[64] = signature[64] == 27 ? 28 : 27;
    return changed;
}

QByteArray evmSigner(const QByteArray &secretKey)
{
    const Context context = signingContext();
    secp256k1_pubkey key;
    if (secp256k1_ec_pubkey_create(context.get(), &key, bytesOf(secretKey)) != 1)
        return {};
    QByteArray point(65, '\0');
    size_t size = 65;
    secp256k1_ec_pubkey_serialize(context.get(), bytesOf(point), &size, &key,
                                  SECP256K1_EC_UNCOMPRESSED);
    return keccak256(point.sliced(1)).sliced(12);
}

QByteArray svmSignature(const QByteArray &seed, const QByteArray &message)
{
    QByteArray publicKey(crypto_sign_PUBLICKEYBYTES, '\0');
    QByteArray secretKey(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_seed_keypair(bytesOf(publicKey), bytesOf(secretKey), bytesOf(seed));
    QByteArray signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(bytesOf(signature), nullptr, bytesOf(message),
                         static_cast<unsigned long long>(message.size()), bytesOf(secretKey));
    return signature;
}

QByteArray withHighScalar(const QByteArray &signature)
{
    const QByteArray order = groupOrder();
    QByteArray changed = signature;
    int carry = 0;
    for (int i = 0; i < 32; ++i) {
        const int sum = quint8(signature[32 + i]) + quint8(order[i]) + carry;
        changed[32 + i] = char(sum & 0xff);
        carry = sum >> 8;
    }
    return changed;
}

QByteArray svmSigner(const QByteArray &seed)
{
    QByteArray publicKey(crypto_sign_PUBLICKEYBYTES, '\0');
    QByteArray secretKey(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_seed_keypair(bytesOf(publicKey), bytesOf(secretKey), bytesOf(seed));
    return publicKey;
}

} // namespace sonar::sandbox
