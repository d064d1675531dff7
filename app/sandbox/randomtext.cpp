// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/randomtext.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>

namespace sonar::sandbox {

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, '\0');
    std::generate(bytes.begin(), bytes.end(),
                  [] { return char(QRandomGenerator::system()->generate() & 0xff); });
    return bytes;
}

QString randomText(int bytes)
{
    return QLatin1String(randomBytes(bytes).toBase64(base64url));
}

QString hashText(const QString &text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return QLatin1String(hash.toBase64(base64url));
}

bool isBase64Url(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'A' && u <= u'Z') || (u >= u'a' && u <= u'z') || (u >= u'0' && u <= u'9') ||
               u == u'-' || u == u'_';
    });
}

} // namespace sonar::sandbox
