// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/jsonwriter.h"

#include "app/base/json.h"

namespace sonar::sandbox {

JsonObject &JsonObject::text(const char *name, const QString &value)
{
    return json(name, jsonQuoted(value));
}

JsonObject &JsonObject::number(const char *name, quint64 value)
{
    return json(name, QByteArray::number(value));
}

JsonObject &JsonObject::boolean(const char *name, bool value)
{
    return json(name, value ? "true" : "false");
}

JsonObject &JsonObject::json(const char *name, const QByteArray &value)
{
    if (!m_text.isEmpty())
        m_text += ',';
    m_text += jsonQuoted(QLatin1String(name)) + ':' + value;
    return *this;
}

QByteArray jsonArray(const QByteArrayList &values)
{
    return '[' + values.join(',') + ']';
}

QByteArray jsonStrings(const QStringList &values)
{
    QByteArrayList quoted;
    for (const QString &value : values)
        quoted << jsonQuoted(value);
    return jsonArray(quoted);
}

} // namespace sonar::sandbox
