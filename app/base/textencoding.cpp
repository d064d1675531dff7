// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/textencoding.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>
#include <optional>

namespace sonar {

namespace {

struct TextEncodingText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::TextEncoding)
};

/// An ASCII character in UTF-16 has a zero byte beside it; in UTF-8 there are none.
std::optional<QStringConverter::Encoding> unmarkedEncoding(const QByteArray &bytes)
{
    const auto zeros = [&bytes](std::initializer_list<int> places) {
        for (int i = 0; i < 4; ++i) {
            const bool expected = std::find(places.begin(), places.end(), i) != places.end();
            if ((bytes[i] == '\0') != expected)
                return false;
        }
        return true;
    };
    if (bytes.size() < 4)
        return std::nullopt;
    if (zeros({1, 3}))
        return QStringConverter::Utf16LE;
    if (zeros({0, 2}))
        return QStringConverter::Utf16BE;
    if (zeros({1, 2, 3}))
        return QStringConverter::Utf32LE;
    if (zeros({0, 1, 2}))
        return QStringConverter::Utf32BE;
    return std::nullopt;
}

tl::unexpected<Error> refused(const QString &reason)
{
    return failure({ErrorKind::Malformed,
                    reason,
                    TextEncodingText::tr("Save it as UTF-8 in an editor, then try again."),
                    {},
                    0});
}

} // namespace

Result<QByteArray> utf8Text(const QByteArray &bytes)
{
    auto encoding = QStringConverter::encodingForData(bytes);
    if (!encoding)
        encoding = unmarkedEncoding(bytes);
    if (!encoding || encoding == QStringConverter::Utf8) {
        if (!bytes.isValidUtf8() || bytes.contains('\0'))
            return refused(TextEncodingText::tr("It isn't text in UTF-8 or UTF-16."));
        return bytes.startsWith("\xEF\xBB\xBF") ? bytes.mid(3) : bytes;
    }
    QStringDecoder decoder(*encoding);
    const QString text = decoder(bytes);
    // The decoder would wait for the rest of what is cut off.
    const int unit = QByteArrayView(decoder.name()).startsWith("UTF-32") ? 4 : 2;
    if (bytes.size() % unit != 0 || decoder.hasError() || !text.isValidUtf16() ||
        text.contains(QChar(0)))
        return refused(TextEncodingText::tr("It begins as text in %1, but doesn't go on as such.")
                           .arg(QLatin1String(decoder.name())));
    return text.toUtf8();
}

} // namespace sonar
