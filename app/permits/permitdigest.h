// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/purchasepermit.h"

namespace sonar {

/// abi.encode(permit) as one dynamic tuple (protocol reference §7). Basic, v2 and v3 only.
QByteArray abiEncode(const PurchasePermit &permit);

/// The same without the leading offset word, as a permit stands in calldata.
QByteArray abiPermitTuple(const PurchasePermit &permit);

/// The bytes a Solana permit's signature is over (protocol reference §8).
QByteArray borshEncode(const PurchasePermit &permit);

/// Keccak-256, Ethereum's.
QByteArray keccak256(const QByteArray &bytes);

/// EIP-191 over the whole message: keccak256("\x19Ethereum Signed Message:\n" + length + message).
QByteArray ethereumMessageDigest(const QByteArray &message);

/// Whether `signature` has the form that OpenZeppelin's ECDSA accepts, whoever signed; the error
/// names what was broken.
Result<void> checkSignatureForm(const QByteArray &signature);

/// Address (20 bytes) that signed `digest`, by the rules of OpenZeppelin's ECDSA: exactly 65 bytes,
/// v 27 or 28, s in the lower half, r and s not zero; the error names what was broken.
Result<QByteArray> recoverSigner(const QByteArray &digest, const QByteArray &signature);

/// Ed25519 (libsodium).
bool verifyEd25519(const QByteArray &message, const QByteArray &signature,
                   const QByteArray &publicKey);

} // namespace sonar
