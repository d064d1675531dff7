// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace sonar::sandbox {

/// RFC 4648 §5, without padding.
constexpr auto base64url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray randomBytes(int count);
/// `bytes` from the system's generator, base64url.
QString randomText(int bytes = 32);
/// SHA-256 of the text, base64url without padding.
QString hashText(const QString &text);
/// Nothing but base64url characters.
bool isBase64Url(const QString &text);

} // namespace sonar::sandbox
