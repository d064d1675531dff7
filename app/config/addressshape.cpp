// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/addressshape.h"

#include <QCryptographicHash>

#include <algorithm>
#include <string_view>

namespace sonar {

namespace {

bool isHexDigit(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'0' && u <= u'9') || (u >= u'a' && u <= u'f') || (u >= u'A' && u <= u'F');
}

bool isBase58Digit(QChar c)
{
    static constexpr std::u16string_view alphabet =
        u"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    return alphabet.find(c.unicode()) != alphabet.npos;
}

} // namespace

bool hasAddressShape(ChainType type, QStringView text)
{
    if (type == ChainType::Evm) {
        return text.size() == 42 && text.startsWith(QLatin1String("0x")) &&
               std::all_of(text.begin() + 2, text.end(), isHexDigit);
    }
    return text.size() >= 32 && text.size() <= 44 &&
           std::all_of(text.begin(), text.end(), isBase58Digit);
}

std::optional<QString> displayedAddress(ChainType type, const QString &address)
{
    if (!hasAddressShape(type, address))
        return std::nullopt;
    if (type == ChainType::Svm)
        return address;
    const QString right = checksummedText(QByteArray::fromHex(address.mid(2).toLatin1()));
    return right == address || hasRightChecksum(address) ? std::optional(right) : std::nullopt;
}

bool isZeroAddress(const QString &address)
{
    const QChar zero = address.startsWith(QLatin1String("0x")) ? u'0' : u'1'; // base58 begins at 1
    const QString digits = zero == u'0' ? address.mid(2) : address;
    return digits.count(zero) == digits.size();
}

QString checksummedText(const QByteArray &address)
{
    // A letter is upper case where the hash of the lower-case hex has a nibble of 8 or more.
    QByteArray text = address.toHex();
    const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Keccak_256);
    char *digits = text.data();
    for (qsizetype i = 0; i < text.size() && i < 2 * hash.size(); ++i) {
        const int byte = static_cast<unsigned char>(hash[i / 2]);
        const int nibble = i % 2 == 0 ? byte >> 4 : byte & 15;
        if (nibble >= 8 && digits[i] >= 'a')
            digits[i] = char(digits[i] - 'a' + 'A');
    }
    return QStringLiteral("0x") + QLatin1String(text);
}

bool hasRightChecksum(const QString &address)
{
    const QString digits = address.mid(2);
    return digits == digits.toLower() || digits == digits.toUpper() ||
           address == checksummedText(QByteArray::fromHex(digits.toLatin1()));
}

} // namespace sonar
