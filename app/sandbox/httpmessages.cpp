// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/httpmessages.h"

#include "app/sandbox/jsonwriter.h"

#include <QUrl>

namespace sonar::sandbox {

namespace {

std::optional<int> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return std::nullopt;
}

std::optional<QString> decoded(const QByteArray &text)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            bytes.append(' ');
        } else if (text[i] == '%') {
            if (i + 2 >= text.size())
                return std::nullopt;
            const auto high = hexDigit(text[i + 1]);
            const auto low = hexDigit(text[i + 2]);
            if (!high || !low)
                return std::nullopt;
            bytes.append(char(*high * 16 + *low));
            i += 2;
        } else {
            bytes.append(text[i]);
        }
    }
    const QString result = QString::fromUtf8(bytes);
    if (result.toUtf8() != bytes)
        return std::nullopt;
    return result;
}

} // namespace

HttpResponse jsonReply(const QByteArray &json, int status)
{
    HttpResponse reply;
    reply.status = status;
    reply.body = json;
    reply.with("Content-Type", "application/json").with("Cache-Control", "no-store");
    return reply;
}

HttpResponse errorReply(int status, const QString &code, const QString &message)
{
    return jsonReply(JsonObject().text("message", message).text("code", code).done(), status);
}

HttpResponse redirectReply(const QByteArray &location)
{
    HttpResponse reply;
    reply.status = 303;
    reply.with("Location", location)
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer");
    return reply;
}

std::optional<QList<std::pair<QString, QString>>> parseForm(const QByteArray &text)
{
    QList<std::pair<QString, QString>> fields;
    if (text.isEmpty())
        return fields;
    for (const QByteArray &field : text.split('&')) {
        const qsizetype equals = field.indexOf('=');
        const auto name = decoded(equals < 0 ? field : field.first(equals));
        const auto value = decoded(equals < 0 ? QByteArray() : field.sliced(equals + 1));
        if (!name || !value)
            return std::nullopt;
        fields.append({*name, *value});
    }
    return fields;
}

QByteArray queryValue(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

} // namespace sonar::sandbox
