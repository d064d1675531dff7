// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/requesthead.h"

#include <QList>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace sonar::sandbox {

namespace {

using Fields = QList<std::pair<QByteArray, QByteArray>>; ///< names in lower case

HeadFault malformed(const QByteArray &message)
{
    return {400, "Bad Request", "bad_request", message};
}

/// RFC 9110 §5.6.2.
bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

/// RFC 9112 §3.
std::optional<HeadFault> faultOfLine(const QByteArray &line)
{
    const QByteArrayList parts = line.split(' ');
    if (parts.size() != 3 || !isToken(parts[0]) || parts[1].isEmpty() ||
        !parts[2].startsWith("HTTP/"))
        return malformed("This is no HTTP request.");
    if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0")
        return HeadFault{505, "HTTP Version Not Supported", "version_not_supported",
                         "HTTP/1.1 is spoken here."};
    return std::nullopt;
}

/// RFC 9112 §5: no folded lines, no space before the colon.
std::optional<Fields> fieldsOf(const QByteArrayList &lines)
{
    Fields fields;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 1 || !isToken(line.first(colon)))
            return std::nullopt;
        fields.append({line.first(colon).toLower(), line.sliced(colon + 1).trimmed()});
    }
    return fields;
}

QByteArrayList valuesOf(const Fields &fields, const QByteArray &name)
{
    QByteArrayList values;
    for (const auto &[field, value] : fields) {
        if (field == name)
            values << value;
    }
    return values;
}

/// RFC 9112 §6.
std::optional<HeadFault> faultOfFraming(const Fields &fields, qint64 largestBody)
{
    const QByteArrayList lengths = valuesOf(fields, "content-length");
    const QByteArrayList codings = valuesOf(fields, "transfer-encoding");
    if (!lengths.isEmpty() && !codings.isEmpty())
        return malformed("Content-Length and Transfer-Encoding exclude each other.");
    if (codings.size() > 1 || (codings.size() == 1 && codings[0].toLower() != "chunked"))
        return HeadFault{501, "Not Implemented", "not_implemented",
                         "The only transfer coding known here is chunked."};
    if (lengths.isEmpty())
        return std::nullopt;
    const QByteArray &length = lengths[0];
    const bool digits = !length.isEmpty() && std::all_of(length.begin(), length.end(), [](char c) {
        return c >= '0' && c <= '9';
    });
    if (lengths.size() > 1 || !digits)
        return malformed("Content-Length is not one number.");
    bool fits = false;
    if (length.toLongLong(&fits) > largestBody || !fits)
        return tooLarge();
    return std::nullopt;
}

/// RFC 9112 §3.2: what a whole address names goes before Host, and here they have to agree.
std::optional<HeadFault> faultOfHost(const QByteArray &target, const Fields &fields)
{
    const QByteArrayList hosts = valuesOf(fields, "host");
    if (hosts.size() != 1)
        return malformed("A request has one Host header.");
    if (target.startsWith('/') || target == "*")
        return std::nullopt;
    const QByteArray authority = QUrl::fromEncoded(target).authority().toLatin1().toLower();
    if (authority != hosts[0].toLower())
        return malformed("The address doesn't fit the Host header.");
    return std::nullopt;
}

} // namespace

HeadFault tooLarge()
{
    return {413, "Content Too Large", "too_large", "The request is too large."};
}

std::optional<HeadFault> faultOf(const QByteArray &head, qint64 largestBody)
{
    QByteArrayList lines = head.split('\n');
    for (QByteArray &line : lines) {
        if (line.endsWith('\r'))
            line.chop(1);
    }
    // A server skips empty lines before a request (RFC 9112 §2.2).
    while (lines.size() > 1 && lines.first().isEmpty())
        lines.removeFirst();
    const QByteArray line = lines.takeFirst();
    if (auto fault = faultOfLine(line))
        return fault;
    const auto fields = fieldsOf(lines);
    if (!fields)
        return malformed("A header is malformed.");
    if (auto fault = faultOfHost(line.split(' ').at(1), *fields))
        return fault;
    return faultOfFraming(*fields, largestBody);
}

} // namespace sonar::sandbox
