// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace sonar {

/// "0x" and the bytes in lower-case hex.
QString toHex(const QByteArray &bytes);

/// The bytes of "0x…" (or "0X…") with an even number of hex digits; nothing else is accepted, in
/// particular no white space and no missing prefix.
std::optional<QByteArray> fromHex(QStringView text);

} // namespace sonar
