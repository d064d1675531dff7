// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/permitcheck.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QtEndian>

#include <boost/multiprecision/cpp_int.hpp>
#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <sodium.h>

#include <iomanip>
#include <sstream>

namespace sonar::test {

namespace {

using Number = boost::multiprecision::cpp_int;

QByteArray hexField(const QByteArray &replyText, const char *name)
{
    return QByteArray::fromHex(fieldOf(replyText, name).toLatin1().mid(2));
}

/// 64 hex digits.
QByteArray wordOf(const QString &decimal)
{
    std::ostringstream text;
    text << std::hex << std::setw(64) << std::setfill('0') << Number(decimal.toStdString());
    return QByteArray::fromStdString(text.str());
}

QByteArray keccak(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Keccak_256);
}

QByteArray encoded(const QByteArray &replyText)
{
    const bool basic = !fieldOf(replyText, "EntityID").isEmpty();
    const bool windowed = !fieldOf(replyText, "OpensAt").isEmpty();
    QByteArray hex = wordOf(QStringLiteral("32"));
    hex += hexField(replyText, basic ? "EntityID" : "SaleSpecificEntityID").toHex() +
           QByteArray(32, '0');
    hex += hexField(replyText, "SaleUUID").toHex() + QByteArray(32, '0');
    hex += QByteArray(24, '0') + hexField(replyText, "Wallet").toHex();
    hex += wordOf(fieldOf(replyText, "ExpiresAt"));
    if (!basic) {
        for (const char *name : {"MinAmount", "MaxAmount", "MinPrice", "MaxPrice"})
            hex += wordOf(fieldOf(replyText, name));
    }
    if (windowed)
        hex += wordOf(fieldOf(replyText, "OpensAt")) + wordOf(fieldOf(replyText, "ClosesAt"));
    hex += wordOf(QString::number(basic ? 0xa0 : windowed ? 0x160 : 0x120));
    const QByteArray payload = hexField(replyText, "Payload");
    hex += wordOf(QString::number(payload.size())) + payload.toHex();
    while (hex.size() % 64 != 0)
        hex += '0';
    return QByteArray::fromHex(hex);
}

QByteArray digestOf(const QByteArray &message)
{
    QByteArray text("\x19");
    text += "Ethereum Signed Message:\n" + QByteArray::number(message.size());
    return keccak(text + message);
}

bool isLowS(const QByteArray &signature)
{
    const QByteArray half =
        QByteArray::fromHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
    return signature.mid(32, 32) <= half;
}

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray fromBase58(const QString &text)
{
    static const QString alphabet =
        QStringLiteral("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
    Number number = 0;
    for (const QChar c : text)
        number = number * 58 + int(alphabet.indexOf(c));
    return QByteArray::fromHex(wordOf(QString::fromStdString(number.str())));
}

} // namespace

QString fieldOf(const QByteArray &replyText, const char *name)
{
    const QRegularExpression member(QLatin1Char('"') + QLatin1String(name) +
                                    QLatin1String("\":\"?([^\",}]*)"));
    return member.match(QString::fromUtf8(replyText)).captured(1);
}

QByteArray signatureOf(const QByteArray &replyText)
{
    return hexField(replyText, "Signature");
}

QString signerOf(const QByteArray &replyText)
{
    const QByteArray signature = signatureOf(replyText);
    if (signature.size() != 65 || (signature[64] != 27 && signature[64] != 28) ||
        !isLowS(signature))
        return {};
    secp256k1_context *context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    secp256k1_ecdsa_recoverable_signature parsed;
    secp256k1_pubkey key;
    QByteArray point(65, '\0');
    size_t size = 65;
    const QByteArray digest = digestOf(encoded(replyText));
    const bool ok = secp256k1_ecdsa_recoverable_signature_parse_compact(
                        context, &parsed, bytesOf(signature), signature[64] - 27) == 1 &&
                    secp256k1_ecdsa_recover(context, &key, &parsed, bytesOf(digest)) == 1;
    if (ok)
        secp256k1_ec_pubkey_serialize(context, reinterpret_cast<unsigned char *>(point.data()),
                                      &size, &key, SECP256K1_EC_UNCOMPRESSED);
    secp256k1_context_destroy(context);
    if (!ok)
        return {};
    return QStringLiteral("0x") + QLatin1String(keccak(point.mid(1)).mid(12).toHex());
}

bool isSignedBy(const QByteArray &replyText, const QString &signer)
{
    QByteArray message = hexField(replyText, "SaleSpecificEntityID") +
                         hexField(replyText, "SaleUUID") + fromBase58(fieldOf(replyText, "Wallet"));
    for (const char *name :
         {"ExpiresAt", "MinAmount", "MaxAmount", "MinPrice", "MaxPrice", "OpensAt", "ClosesAt"}) {
        QByteArray bytes = QByteArray::fromHex(wordOf(fieldOf(replyText, name))).right(8);
        std::reverse(bytes.begin(), bytes.end());
        message += bytes;
    }
    const QByteArray payload = hexField(replyText, "Payload");
    message += char(payload.size());
    message += QByteArray(3, '\0') + payload;
    const QByteArray signature = signatureOf(replyText);
    const QByteArray key = fromBase58(signer);
    return signature.size() == 64 &&
           crypto_sign_verify_detached(bytesOf(signature), bytesOf(message),
                                       static_cast<unsigned long long>(message.size()),
                                       bytesOf(key)) == 0;
}

} // namespace sonar::test
