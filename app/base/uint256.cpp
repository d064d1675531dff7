// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/uint256.h"

#include <QtEndian>

#include <algorithm>
#include <limits>
#include <utility>

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
    // As many digits at a time as a machine word holds.
    boost::multiprecision::cpp_int value = 0;
    quint64 part = 0;
    quint64 scale = 1;
    for (const QChar c : text) {
        if (c < QLatin1Char('0') || c > QLatin1Char('9'))
            return std::nullopt;
        part = part * 10 + (c.unicode() - u'0');
        scale *= 10;
        if (scale == 1'000'000'000'000'000'000U) {
            value = value * scale + part;
            part = 0;
            scale = 1;
        }
    }
    value = value * scale + part;
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
    for (int end = 32; end > 0 && rest != 0; end -= 8) {
        qToBigEndian(static_cast<quint64>(rest & ~quint64(0)), bytes.data() + end - 8);
        rest >>= 64;
    }
    return bytes;
}

namespace {

/// The digits before the decimal point, and those after it without the zeros at their end.
std::pair<QString, QString> wholeAndFraction(const Uint256 &value, int decimals)
{
    QString digits = toDecimal(value);
    if (digits.size() <= decimals)
        digits.prepend(QString(decimals - digits.size() + 1, QLatin1Char('0')));
    QString fraction = digits.mid(digits.size() - decimals);
    while (fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    return {digits.left(digits.size() - decimals), fraction};
}

} // namespace

QString plainUnits(const Uint256 &value, int decimals)
{
    const auto [whole, fraction] = wholeAndFraction(value, decimals);
    return fraction.isEmpty() ? whole : whole + QLatin1Char('.') + fraction;
}

QString formatUnits(const Uint256 &value, int decimals, const QLocale &locale)
{
    const auto [whole, fraction] = wholeAndFraction(value, decimals);
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

namespace {

/// `whole` without its group separators; nothing when they don't part it into threes, as in the
/// "1.5" of somebody who forgot that their locale has a decimal comma.
std::optional<QString> withoutGroups(const QString &whole, const QLocale &locale)
{
    // What looks like a space is taken for any of them: narrow and no-break ones can't be typed.
    const auto isSeparator = [separator = locale.groupSeparator()](QChar c) {
        return c.isSpace() || separator == c;
    };
    QString digits;
    qsizetype sinceSeparator = -1; // -1: none met yet
    for (const QChar c : whole) {
        if (!isSeparator(c)) {
            digits += c;
            sinceSeparator += sinceSeparator >= 0 ? 1 : 0;
            continue;
        }
        if (digits.isEmpty() || (sinceSeparator < 0 ? digits.size() > 3 : sinceSeparator != 3))
            return std::nullopt;
        sinceSeparator = 0;
    }
    if (sinceSeparator >= 0 && sinceSeparator != 3)
        return std::nullopt;
    return digits;
}

} // namespace

tl::expected<Uint256, UnitsFault> readUnits(QStringView text, int decimals, const QLocale &locale)
{
    QString whole = text.trimmed().toString();
    QString fraction;
    const qsizetype point = whole.indexOf(locale.decimalPoint());
    if (point >= 0) {
        fraction = whole.mid(point + locale.decimalPoint().size());
        whole.truncate(point);
        if (fraction.isEmpty() || whole.isEmpty())
            return tl::unexpected(UnitsFault::NotANumber);
    }
    const auto grouped = withoutGroups(whole, locale);
    if (!grouped || grouped->isEmpty())
        return tl::unexpected(UnitsFault::NotANumber);
    QString digits = *grouped + fraction;
    const bool isNumber = std::all_of(digits.cbegin(), digits.cend(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
    if (!isNumber)
        return tl::unexpected(UnitsFault::NotANumber);
    if (fraction.size() > decimals)
        return tl::unexpected(UnitsFault::TooManyDecimals);
    digits += QString(decimals - fraction.size(), QLatin1Char('0'));
    qsizetype zeros = 0;
    while (zeros < digits.size() - 1 && digits[zeros] == QLatin1Char('0'))
        ++zeros;
    const auto value = uint256FromDecimal(QStringView(digits).mid(zeros));
    if (!value)
        return tl::unexpected(UnitsFault::TooLarge);
    return *value;
}

std::optional<Uint256> parseUnits(QStringView text, int decimals, const QLocale &locale)
{
    const auto value = readUnits(text, decimals, locale);
    return value ? std::optional(*value) : std::nullopt;
}

} // namespace sonar
