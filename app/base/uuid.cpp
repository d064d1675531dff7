// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/uuid.h"

#include <QUuid>

namespace sonar {

std::optional<QByteArray> uuidBytes(QStringView text)
{
    // QUuid::fromString also takes braces and ignores what follows; only the canonical form passes.
    if (text.size() != 36)
        return std::nullopt;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const bool digit =
            (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
        if (hyphen ? c != u'-' : !digit)
            return std::nullopt;
    }
    return QUuid::fromString(text).toRfc4122();
}

QString uuidText(const QByteArray &bytes)
{
    return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
}

} // namespace sonar
