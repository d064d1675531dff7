// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

namespace sonar::sandbox {

/// Writes one JSON object, members in the order they are given, numbers exact.
class JsonObject
{
public:
    JsonObject &text(const char *name, const QString &value);
    JsonObject &number(const char *name, quint64 value);
    JsonObject &boolean(const char *name, bool value);
    JsonObject &json(const char *name, const QByteArray &value); ///< JSON text as it stands
    QByteArray done() const { return '{' + m_text + '}'; }

private:
    QByteArray m_text;
};

/// Of values that are JSON text already.
QByteArray jsonArray(const QByteArrayList &values);
/// Of strings.
QByteArray jsonStrings(const QStringList &values);

} // namespace sonar::sandbox
