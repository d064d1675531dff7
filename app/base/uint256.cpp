// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/uint256.h"

#include <limits>

namespace sonar {

Uint256 uint256Max()
{
    return std::numeric_limits<Uint256>::max();
}

std::optional<Uint256> uint256FromDecimal(QStringView text)
{
    // 2^256 has 78 digits; more than 200 with leading zeros is no amount.
    if (text.isEmpty() || text.size() > 200)
        return std::nullopt;
    boost::multiprecision::cpp_int value = 0;
    for (const QChar c : text) {
        if (c < QLatin1Char('0') || c > QLatin1Char('9'))
            return std::nullopt;
        value = value * 10 + (c.unicode() - u'0');
    }
    if (value > boost::multiprecision::cpp_int(uint256Max()))
        return std::nullopt;
    return Uint256(value);
}

QString toDecimal(const Uint256 &value)
{
    return QString::fromStdString(value.str());
}

QByteArray toBigEndian32(const Uint256 &value)
{
    QByteArray bytes(32, '\0');
    Uint256 rest = value;
    for (int i = 31; i >= 0 && rest != 0; --i) {
        bytes[i] = char(static_cast<unsigned>(rest & 0xff));
        rest >>= 8;
    }
    return bytes;
}

QString formatUnits(const Uint256 &value, int decimals, const QLocale &locale)
{
    QString digits = toDecimal(value);
    if (digits.size() <= decimals)
        digits.prepend(QString(decimals - digits.size() + 1, QLatin1Char('0')));
    const QString whole = digits.left(digits.size() - decimals);
    QString fraction = digits.mid(digits.size() - decimals);
    while (fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);

    QString text;
    for (qsizetype i = 0; i < whole.size(); ++i) {
        if (i > 0 && (whole.size() - i) % 3 == 0)
            text += locale.groupSeparator();
        text += whole[i];
    }
    if (!fraction.isEmpty())
        text += locale.decimalPoint() + fraction;
    return text;
}

std::optional<Uint256> parseUnits(QStringView text, int decimals, const QLocale &locale)
{
    QString plain = text.trimmed().toString();
    plain.remove(locale.groupSeparator());
    plain.remove(QChar::Nbsp);
    plain.remove(QLatin1Char(' '));
    const qsizetype point = plain.indexOf(locale.decimalPoint());
    QString fraction;
    if (point >= 0) {
        fraction = plain.mid(point + locale.decimalPoint().size());
        plain.truncate(point);
        if (fraction.isEmpty() || plain.isEmpty())
            return std::nullopt;
    }
    if (fraction.size() > decimals)
        return std::nullopt;
    fraction = fraction.leftJustified(decimals, QLatin1Char('0'));
    return uint256FromDecimal(QString(plain + fraction));
}

} // namespace sonar
