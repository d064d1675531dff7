// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/qrcode.h"

#include <qrencode.h>

#include <memory>

namespace sonar {

std::optional<QrCode> qrCode(const QByteArray &text)
{
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(int(text.size()),
                          reinterpret_cast<const unsigned char *>(text.constData()), 0,
                          QR_ECLEVEL_M),
        &QRcode_free);
    if (!code)
        return std::nullopt;
    QrCode square{code->width, QByteArray(qsizetype(code->width) * code->width, '\0')};
    for (qsizetype i = 0; i < square.modules.size(); ++i)
        square.modules[i] = char(code->data[i] & 1); // the other bits say what a module is for
    return square;
}

} // namespace sonar
