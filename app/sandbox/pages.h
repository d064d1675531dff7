// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/httpmessages.h"

#include <QHash>
#include <QStringList>

namespace sonar::sandbox {

/// The pages a browser sees. Templates lie in resources/sandbox; {{name}} in them is replaced by
/// the value of that name, escaped.
class Pages
{
public:
    Pages();

    using Values = QHash<QString, QString>;
    /// `formTargets` are the origins besides our own that a form of the page may end on.
    HttpResponse page(const QString &name, const Values &values,
                      const QStringList &formTargets = {}, int status = 200) const;
    HttpResponse message(int status, const QString &title, const QString &text) const;

    /// Values whose names end in "Html" are markup of ours: a part of a page, rendered.
    QString part(const QString &name, const Values &values) const;

private:
    QString m_style;
    QByteArray m_styleHash;
};

} // namespace sonar::sandbox
