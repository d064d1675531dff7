// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace sonar::sandbox {

/// keccak256("\x19Ethereum Signed Message:\n" ‖ length ‖ message), EIP-191.
QByteArray personalMessageDigest(const QByteArray &message);

/// 65 bytes r ‖ s ‖ v over a digest, s in the lower half, v 27 or 28.
QByteArray evmSignature(const QByteArray &secretKey, const QByteArray &digest);
/// The other signature of the same signer over the same digest, with s in the upper half.
QByteArray withHighS(const QByteArray &signature);
/// The 20 bytes of the key's address.
QByteArray evmSigner(const QByteArray &secretKey);

/// Ed25519, 64 bytes; `seed` has 32.
QByteArray svmSignature(const QByteArray &seed, const QByteArray &message);
/// R ‖ S + L: the same equation holds, but S isn't canonical (RFC 8032 §5.1.7 refuses it).
QByteArray withHighScalar(const QByteArray &signature);
QByteArray svmSigner(const QByteArray &seed);

} // namespace sonar::sandbox
