// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QLocale>
#include <QString>

#include <boost/multiprecision/cpp_int.hpp>
#include <tl/expected.hpp>

#include <optional>

namespace sonar {

/// A token amount in base units (uint256), exact. Arithmetic wraps as in Solidity's unchecked
/// blocks.
using Uint256 = boost::multiprecision::uint256_t;

/// 2^256 - 1; as a permit's MaxAmount it means "no limit".
Uint256 uint256Max();

/// Decimal digits only (no sign, no space, leading zeros allowed), up to 2^256 - 1.
std::optional<Uint256> uint256FromDecimal(QStringView text);

/// Plain decimal digits.
QString toDecimal(const Uint256 &value);

/// 32 bytes, big-endian (an ABI word).
QByteArray toBigEndian32(const Uint256 &value);

/// `value` base units of a token with `decimals` (0 to 77), exact: grouped and with the decimal
/// point of `locale`, fraction without trailing zeros. 1234500000 at 6 decimals is "1,234.5" in C.
QString formatUnits(const Uint256 &value, int decimals, const QLocale &locale);

/// The same for files, where no reader may take it for another number: digits alone, and a point.
QString plainUnits(const Uint256 &value, int decimals);

/// Why a text isn't an amount.
enum class UnitsFault {
    NotANumber,
    TooManyDecimals,
    TooLarge, ///< 2^256 or more
};

/// The reverse of formatUnits for what a person types: digits, the decimal point of
/// `locale`, and its group separators or spaces where they part the whole into threes.
tl::expected<Uint256, UnitsFault> readUnits(QStringView text, int decimals, const QLocale &locale);
/// The same without the reason.
std::optional<Uint256> parseUnits(QStringView text, int decimals, const QLocale &locale);

} // namespace sonar
