// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/redaction.h"

namespace sonar {

Error withoutSecrets(Error error, const QByteArrayList &secrets)
{
    for (const QByteArray &secret : secrets) {
        if (secret.isEmpty())
            continue;
        for (QString *text : {&error.summary, &error.advice, &error.details})
            text->replace(QString::fromUtf8(secret), QStringLiteral("[…]"));
    }
    return error;
}

} // namespace sonar
