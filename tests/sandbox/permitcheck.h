// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace sonar::test {

/// Protocol reference §7 once more, written for these tests alone, from the reply's text: the
/// address (lower-case hex with 0x) that signed an EVM permit; empty when it can't be recovered or
/// a contract would refuse the signature's form.
QString signerOf(const QByteArray &replyText);

/// §8: whether that base58 key signed a Solana permit.
bool isSignedBy(const QByteArray &replyText, const QString &signer);

/// A field of PermitJSON as it is written, without quotation marks.
QString fieldOf(const QByteArray &replyText, const char *name);
QByteArray signatureOf(const QByteArray &replyText);

} // namespace sonar::test
