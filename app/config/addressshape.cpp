// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/addressshape.h"

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

} // namespace sonar
