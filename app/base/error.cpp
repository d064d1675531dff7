// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/error.h"

#include <QStringList>

namespace sonar {

QString Error::report() const
{
    QStringList parts;
    for (const QString &part : {summary, advice, details}) {
        if (!part.isEmpty())
            parts << part;
    }
    return parts.join(QLatin1String("\n\n"));
}

} // namespace sonar
