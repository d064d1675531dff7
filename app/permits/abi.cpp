// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/abi.h"

#include <QtEndian>

namespace sonar {

namespace {

constexpr qsizetype bytesPerWord = 32;

} // namespace

QByteArray abiWord(quint64 value)
{
    QByteArray word(bytesPerWord, '\0');
    qToBigEndian(value, word.data() + bytesPerWord - qsizetype(sizeof value));
    return word;
}

QByteArray abiWord(const Uint256 &value)
{
    return toBigEndian32(value);
}

QByteArray abiBool(bool value)
{
    return abiWord(quint64(value ? 1 : 0));
}

QByteArray abiRightAligned(const QByteArray &bytes)
{
    return bytes.rightJustified(bytesPerWord, '\0');
}

QByteArray abiLeftAligned(const QByteArray &bytes)
{
    return bytes.leftJustified(bytesPerWord, '\0');
}

QByteArray abiBytes(const QByteArray &bytes)
{
    const qsizetype padded = (bytes.size() + bytesPerWord - 1) / bytesPerWord * bytesPerWord;
    return abiWord(quint64(bytes.size())) + bytes.leftJustified(padded, '\0');
}

} // namespace sonar
