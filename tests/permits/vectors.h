// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/hex.h"
#include "app/base/json.h"

#include <QFile>

namespace sonar::test {

/// Vectors made by an independent implementation; see the README beside them.
inline JsonDocument vectors(const char *fileName)
{
    QFile file(QStringLiteral(TEST_DATA "/") + QLatin1String(fileName));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s: %s", fileName, qPrintable(file.errorString()));
    const auto document = JsonDocument::parse(file.readAll(), {64 * 1024 * 1024, 64});
    if (!document)
        qFatal("%s: %s", fileName, qPrintable(document.error().report()));
    return *document;
}

inline QString text(const JsonValue &object, const char *name)
{
    const auto value = object.member(name);
    return value ? value->toText().value_or(QString()) : QString();
}

inline QByteArray utf8(const JsonValue &object, const char *name)
{
    return text(object, name).toUtf8();
}

inline std::vector<JsonValue> list(const JsonDocument &document, const char *name)
{
    const auto value = document.root().member(name);
    return value ? value->elements() : std::vector<JsonValue>();
}

} // namespace sonar::test
