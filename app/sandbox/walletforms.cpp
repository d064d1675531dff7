// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/walletforms.h"

#include "app/base/hex.h"
#include "app/sandbox/keccak.h"

namespace sonar::sandbox {

namespace {

constexpr char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

} // namespace

QString checksummed(const QByteArray &address)
{
    QByteArray digits = address.toHex();
    const QByteArray hash = keccak256(digits).toHex();
    for (qsizetype i = 0; i < digits.size(); ++i) {
        if (hash[i] >= '8' && digits[i] >= 'a')
            digits[i] = char(digits[i] - 'a' + 'A');
    }
    return QStringLiteral("0x") + QLatin1String(digits);
}

std::optional<QByteArray> evmAddress(const QString &text)
{
    if (!text.startsWith(QLatin1String("0x")))
        return std::nullopt;
    const auto bytes = fromHex(text);
    if (!bytes || bytes->size() != 20)
        return std::nullopt;
    return bytes;
}

QString base58(const QByteArray &bytes)
{
    QByteArray digits; // base 58, least significant first
    for (const char byte : bytes) {
        int carry = quint8(byte);
        for (char &digit : digits) {
            carry += digit * 256;
            digit = char(carry % 58);
            carry /= 58;
        }
        for (; carry > 0; carry /= 58)
            digits.append(char(carry % 58));
    }
    QString text;
    for (qsizetype i = 0; i < bytes.size() && bytes[i] == 0; ++i)
        text += QLatin1Char(alphabet[0]);
    for (auto digit = digits.crbegin(); digit != digits.crend(); ++digit)
        text += QLatin1Char(alphabet[quint8(*digit)]);
    return text;
}

std::optional<QByteArray> svmAddress(const QString &text)
{
    if (text.size() < 32 || text.size() > 44)
        return std::nullopt;
    QByteArray bytes; // least significant first
    for (const QChar c : text) {
        int carry = int(QByteArrayView(alphabet).indexOf(c.toLatin1()));
        if (carry < 0)
            return std::nullopt;
        for (char &byte : bytes) {
            carry += quint8(byte) * 58;
            byte = char(carry & 0xff);
            carry >>= 8;
        }
        for (; carry > 0; carry >>= 8)
            bytes.append(char(carry & 0xff));
    }
    for (qsizetype i = 0; i < text.size() && text[i] == QLatin1Char(alphabet[0]); ++i)
        bytes.append(char(0));
    if (bytes.size() != 32)
        return std::nullopt;
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

std::optional<QByteArray> walletBytes(ChainType type, const QString &text)
{
    return type == ChainType::Evm ? evmAddress(text) : svmAddress(text);
}

QString walletText(ChainType type, const QByteArray &bytes)
{
    return type == ChainType::Evm ? checksummed(bytes) : base58(bytes);
}

} // namespace sonar::sandbox
