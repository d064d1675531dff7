// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace sonar {

/// A QR code as a square of modules, without the quiet zone of four modules that belongs around it.
struct QrCode
{
    int size = 0;       ///< modules along one side
    QByteArray modules; ///< row by row, 1 for a dark one

    bool isDark(int x, int y) const { return modules.at(y * size + x) == 1; }
};

/// `text` in byte mode with medium error correction (libqrencode); nothing when it is empty or
/// longer than a QR code can hold.
std::optional<QrCode> qrCode(const QByteArray &text);

} // namespace sonar
