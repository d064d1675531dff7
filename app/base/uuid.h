// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace sonar {

/// The 16 bytes of a UUID in canonical text: 8-4-4-4-12 hex digits, either case, no braces.
std::optional<QByteArray> uuidBytes(QStringView text);

/// Canonical lower-case text of 16 bytes.
QString uuidText(const QByteArray &bytes);

} // namespace sonar
