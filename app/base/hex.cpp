// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/hex.h"

namespace sonar {

QString toHex(const QByteArray &bytes)
{
    return QStringLiteral("0x") + QLatin1String(bytes.toHex());
}

std::optional<QByteArray> fromHex(QStringView text)
{
    if (!text.startsWith(QLatin1String("0x"), Qt::CaseInsensitive) || text.size() % 2 != 0)
        return std::nullopt;
    const auto nibble = [](QChar c) -> int {
        const char16_t u = c.unicode();
        if (u >= u'0' && u <= u'9')
            return u - u'0';
        if (u >= u'a' && u <= u'f')
            return u - u'a' + 10;
        if (u >= u'A' && u <= u'F')
            return u - u'A' + 10;
        return -1;
    };
    QByteArray bytes(text.size() / 2 - 1, Qt::Uninitialized);
    char *next = bytes.data();
    for (qsizetype i = 2; i < text.size(); i += 2) {
        const int high = nibble(text[i]);
        const int low = nibble(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        *next++ = char(high << 4 | low);
    }
    return bytes;
}

} // namespace sonar
