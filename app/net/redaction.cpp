// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/redaction.h"

#include <algorithm>

namespace sonar {

namespace {

/// Shorter stretches tell nothing, and stand in innocent words.
constexpr qsizetype shortestPiece = 8;

void blotOut(QString &text, const QString &secret)
{
    const QString blot = QStringLiteral("[…]");
    const qsizetype shortest = std::min(shortestPiece, secret.size());
    for (qsizetype i = 0; i + shortest <= text.size(); ++i) {
        qsizetype length = shortest;
        if (!secret.contains(QStringView(text).mid(i, length)))
            continue;
        while (i + length < text.size() && secret.contains(QStringView(text).mid(i, length + 1)))
            ++length;
        text.replace(i, length, blot);
        i += blot.size() - 1;
    }
}

} // namespace

Error withoutSecrets(Error error, const QByteArrayList &secrets)
{
    for (const QByteArray &secret : secrets) {
        if (secret.isEmpty())
            continue;
        for (QString *text : {&error.summary, &error.advice, &error.details, &error.said})
            blotOut(*text, QString::fromUtf8(secret));
    }
    return error;
}

} // namespace sonar
