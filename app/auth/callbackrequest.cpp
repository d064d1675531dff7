// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/callbackrequest.h"

#include <QByteArrayList>

#include <algorithm>
#include <array>
#include <utility>

namespace sonar {

namespace {

bool isVisibleAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// RFC 9110 §5.6.2.
bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool parseRequestLine(const QByteArray &line, HttpRequestHead &head)
{
    const QByteArrayList parts = line.split(' ');
    if (parts.size() != 3 || (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0"))
        return false;
    QByteArray target = parts[1];
    if (!isToken(parts[0]) || !isVisibleAscii(target))
        return false;
    constexpr QByteArrayView scheme("http://");
    if (target.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0) {
        qsizetype end = scheme.size();
        while (end < target.size() && target[end] != '/' && target[end] != '?')
            ++end;
        head.host = target.mid(scheme.size(), end - scheme.size());
        target = target.mid(end);
        if (head.host.isEmpty())
            return false;
        if (!target.startsWith('/'))
            target.prepend('/');
    }
    if (!target.startsWith('/'))
        return false;
    head.method = parts[0];
    const qsizetype mark = target.indexOf('?');
    head.path = mark < 0 ? target : target.left(mark);
    head.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
    return true;
}

/// What browsers call a request that they make on the chance that somebody may want the page.
bool saysSpeculative(const QByteArray &name, const QByteArray &value)
{
    for (const char *header : {"sec-purpose", "purpose", "x-purpose", "x-moz"}) {
        if (name.compare(header, Qt::CaseInsensitive) != 0)
            continue;
        const QByteArray lower = value.toLower();
        return lower.contains("prefetch") || lower.contains("prerender") ||
               lower.contains("preview") || lower.contains("instant");
    }
    return false;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// A '%' without two hex digits stands for itself (URL standard, urlencoded parsing).
QByteArray decoded(const QByteArray &text)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (text[i] == '%' && high >= 0 && low >= 0) {
            bytes.append(char(high * 16 + low));
            i += 2;
        } else {
            bytes.append(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return bytes;
}

} // namespace

std::optional<HttpRequestHead> parseRequestHead(const QByteArray &head)
{
    if (!head.endsWith("\r\n\r\n") || head.contains('\0'))
        return std::nullopt;
    const QByteArray lines = head.left(head.size() - 4);
    HttpRequestHead result;
    bool firstLine = true;
    int hosts = 0;
    for (qsizetype start = 0; start <= lines.size();) {
        qsizetype end = lines.indexOf("\r\n", start);
        if (end < 0)
            end = lines.size();
        const QByteArray line = lines.mid(start, end - start);
        start = end + 2;
        // A lone CR or LF could hide a line from one of two readers.
        if (line.contains('\r') || line.contains('\n'))
            return std::nullopt;
        if (std::exchange(firstLine, false)) {
            if (!parseRequestLine(line, result))
                return std::nullopt;
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        if (colon < 1 || !isToken(line.left(colon)))
            return std::nullopt;
        const QByteArray name = line.left(colon);
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (name.compare("host", Qt::CaseInsensitive) == 0) {
            // The target's own authority goes before the field (RFC 9112 §3.2.2).
            if (result.host.isEmpty())
                result.host = value;
            ++hosts;
        }
        result.speculative = result.speculative || saysSpeculative(name, value);
    }
    if (hosts != 1)
        return std::nullopt;
    return result;
}

CallbackParameters parseCallbackQuery(const QByteArray &query)
{
    CallbackParameters parameters;
    struct Known
    {
        QByteArray name;
        QByteArray *value;
        bool once;
        bool seen = false;
    };
    std::array<Known, 4> known{{{"code", &parameters.code, true},
                                {"state", &parameters.state, true},
                                {"error", &parameters.error, true},
                                {"error_description", &parameters.errorDescription, false}}};
    for (const QByteArray &pair : query.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        const QByteArray name = decoded(equals < 0 ? pair : pair.left(equals));
        for (Known &parameter : known) {
            if (name != parameter.name)
                continue;
            if (std::exchange(parameter.seen, true)) {
                parameters.repeated = parameters.repeated || parameter.once;
                continue;
            }
            *parameter.value = equals < 0 ? QByteArray() : decoded(pair.mid(equals + 1));
        }
    }
    return parameters;
}

} // namespace sonar
