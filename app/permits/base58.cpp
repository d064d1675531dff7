// SPDX-License-Identifier: GPL-3.0-or-later
// Base58 with Bitcoin's alphabet, as Solana writes keys. Debian packages no C or C++ library for it
// (only a command and modules for other languages), so the conversion stands here: a change of base
// on a few bytes, no cryptography.
#include "app/permits/walletaddress.h"

#include <algorithm>
#include <array>

namespace sonar {

namespace {

constexpr char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// Far above any key; keeps the quadratic conversion short whatever is pasted.
constexpr qsizetype longest = 256;

constexpr std::array<int, 128> digitValues()
{
    std::array<int, 128> values{};
    values.fill(-1);
    for (int i = 0; i < 58; ++i)
        values[static_cast<unsigned char>(alphabet[i])] = i;
    return values;
}

/// value = value * base + digit, on little-endian digits of `outBase`.
void shiftIn(QByteArray &value, unsigned base, unsigned outBase, unsigned digit)
{
    unsigned carry = digit;
    for (char &place : value) {
        carry += static_cast<unsigned char>(place) * base;
        place = char(carry % outBase);
        carry /= outBase;
    }
    for (; carry > 0; carry /= outBase)
        value.append(char(carry % outBase));
}

} // namespace

std::optional<QByteArray> fromBase58(QStringView text)
{
    static constexpr auto values = digitValues();
    if (text.size() > longest)
        return std::nullopt;
    qsizetype zeros = 0;
    while (zeros < text.size() && text[zeros] == QLatin1Char('1'))
        ++zeros;
    QByteArray bytes;
    for (const QChar c : text) {
        const int digit = c.unicode() < 128 ? values[c.unicode()] : -1;
        if (digit < 0)
            return std::nullopt;
        shiftIn(bytes, 58, 256, unsigned(digit));
    }
    std::reverse(bytes.begin(), bytes.end());
    return QByteArray(zeros, '\0') + bytes;
}

QString toBase58(const QByteArray &bytes)
{
    qsizetype zeros = 0;
    while (zeros < bytes.size() && bytes[zeros] == '\0')
        ++zeros;
    QByteArray digits;
    for (const char byte : bytes)
        shiftIn(digits, 256, 58, static_cast<unsigned char>(byte));
    QString text(zeros, QLatin1Char('1'));
    for (auto digit = digits.crbegin(); digit != digits.crend(); ++digit)
        text += QLatin1Char(alphabet[static_cast<unsigned char>(*digit)]);
    return text;
}

} // namespace sonar
