// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/loopback/httpmessage.h"

#include <QByteArrayList>

#include <algorithm>
#include <array>

namespace sonar {

namespace {

using Fault = HttpFault;

tl::unexpected<Fault> httpFault(Fault::Kind kind, int status, const QByteArray &what)
{
    return tl::unexpected<Fault>(Fault{kind, status, what});
}

tl::unexpected<Fault> malformed(const QByteArray &what)
{
    return httpFault(Fault::Kind::Malformed, 400, what);
}

/// RFC 9110 §5.6.2.
bool isHttpToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool isVisible(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// Control characters but the tab have no place in a field (RFC 9110 §5.5).
bool isFieldValue(const QByteArray &text)
{
    return std::none_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

QByteArrayList valuesOf(const HttpHeaders &headers, const QByteArray &name)
{
    QByteArrayList values;
    for (const auto &[field, value] : headers) {
        if (field == name)
            values << value;
    }
    return values;
}

/// Splits the target into path and query. `authority` is set for a whole address (RFC 9112 §3.2.2).
bool readTarget(const QByteArray &target, HttpRequest &request,
                std::optional<QByteArray> &authority)
{
    QByteArray rest = target;
    if (target == "*") {
        request.path = target;
        return true;
    }
    constexpr QByteArrayView scheme("http://");
    if (target.first(std::min(target.size(), scheme.size())).toLower() == scheme) {
        rest = target.sliced(scheme.size());
        const auto end =
            std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?'; });
        const auto length = qsizetype(end - rest.begin());
        authority = rest.first(length);
        rest = rest.sliced(length);
        if (!rest.startsWith('/'))
            rest.prepend('/');
    }
    if (!rest.startsWith('/'))
        return false;
    const qsizetype mark = rest.indexOf('?');
    request.path = mark < 0 ? rest : rest.first(mark);
    request.query = mark < 0 ? QByteArray() : rest.sliced(mark + 1);
    return true;
}

/// RFC 9112 §6, without transfer codings: no client of ours uses them.
std::optional<Fault> readFraming(HttpHead &head, qint64 largestBody)
{
    const HttpHeaders &headers = head.request.headers;
    if (!valuesOf(headers, "transfer-encoding").isEmpty())
        return Fault{Fault::Kind::Unsupported, 411, "Send a Content-Length instead of chunks."};
    const QByteArrayList lengths = valuesOf(headers, "content-length");
    if (lengths.isEmpty())
        return std::nullopt;
    const QByteArray &length = lengths.first();
    const bool digits = !length.isEmpty() && std::all_of(length.begin(), length.end(), [](char c) {
        return c >= '0' && c <= '9';
    });
    if (lengths.size() > 1 || !digits)
        return Fault{Fault::Kind::Malformed, 400, "Content-Length isn't one number."};
    bool fits = false;
    head.bodyBytes = length.toLongLong(&fits);
    if (!fits || head.bodyBytes > largestBody)
        return Fault{Fault::Kind::TooLarge, 413, "The body is too large."};
    return std::nullopt;
}

bool hasOption(const HttpHeaders &headers, const QByteArray &name, const QByteArray &option)
{
    for (const QByteArray &value : valuesOf(headers, name)) {
        for (const QByteArray &one : value.toLower().split(',')) {
            if (one.trimmed() == option)
                return true;
        }
    }
    return false;
}

} // namespace

std::optional<QByteArray> HttpRequest::header(const QByteArray &name) const
{
    const QByteArrayList values = valuesOf(headers, name);
    return values.size() == 1 ? std::optional(values.first()) : std::nullopt;
}

bool HttpRequest::hasHeader(const QByteArray &name) const
{
    return !valuesOf(headers, name).isEmpty();
}

HttpResponse &HttpResponse::with(const QByteArray &name, const QByteArray &value)
{
    headers.append({name, value});
    return *this;
}

tl::expected<HttpHead, HttpFault> parseHttpHead(const QByteArray &head, qint64 largestBody)
{
    if (!head.endsWith("\r\n\r\n"))
        return malformed("The request has no end.");
    HttpHead result;
    HttpRequest &request = result.request;
    std::optional<QByteArray> authority;
    bool isHttp10 = false;
    const qsizetype size = head.size() - 4;
    for (qsizetype start = 0; start <= size;) {
        const qsizetype found = head.indexOf("\r\n", start);
        const QByteArray line = head.sliced(start, found - start);
        const bool isRequestLine = start == 0;
        start = found + 2;
        if (isRequestLine) {
            const QByteArrayList parts = line.split(' ');
            if (parts.size() != 3 || !isHttpToken(parts[0]) || !isVisible(parts[1]) ||
                !parts[2].startsWith("HTTP/"))
                return malformed("This isn't an HTTP request.");
            if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0")
                return httpFault(Fault::Kind::Unsupported, 505, "This server speaks HTTP/1.1.");
            isHttp10 = parts[2] == "HTTP/1.0";
            request.method = parts[0];
            if (!readTarget(parts[1], request, authority))
                return malformed("The request's target isn't a path or an http address.");
            continue;
        }
        // A lone CR or LF could hide a line from one of two readers, a space before the colon a
        // name.
        const qsizetype colon = line.indexOf(':');
        if (colon < 1 || !isHttpToken(line.first(colon)) || !isFieldValue(line.sliced(colon + 1)))
            return malformed("A header field is malformed.");
        request.headers.append({line.first(colon).toLower(), line.sliced(colon + 1).trimmed()});
    }
    const auto host = request.header("host");
    if (!host)
        return malformed("A request needs exactly one Host header.");
    if (authority && authority->toLower() != host->toLower())
        return malformed("The address and the Host header differ.");
    if (const auto fault = readFraming(result, largestBody))
        return tl::unexpected<Fault>(*fault);
    result.isLast = isHttp10 || hasOption(request.headers, "connection", "close");
    result.expectsContinue = !isHttp10 && hasOption(request.headers, "expect", "100-continue");
    return result;
}

QByteArray httpReason(int status)
{
    struct Named
    {
        int status;
        const char *reason;
    };
    static constexpr std::array names{
        Named{100, "Continue"},
        Named{200, "OK"},
        Named{204, "No Content"},
        Named{302, "Found"},
        Named{303, "See Other"},
        Named{400, "Bad Request"},
        Named{401, "Unauthorized"},
        Named{403, "Forbidden"},
        Named{404, "Not Found"},
        Named{405, "Method Not Allowed"},
        Named{409, "Conflict"},
        Named{410, "Gone"},
        Named{411, "Length Required"},
        Named{413, "Content Too Large"},
        Named{414, "URI Too Long"},
        Named{415, "Unsupported Media Type"},
        Named{421, "Misdirected Request"},
        Named{422, "Unprocessable Content"},
        Named{425, "Too Early"},
        Named{429, "Too Many Requests"},
        Named{431, "Request Header Fields Too Large"},
        Named{500, "Internal Server Error"},
        Named{501, "Not Implemented"},
        Named{503, "Service Unavailable"},
        Named{505, "HTTP Version Not Supported"},
    };
    const auto *found = std::find_if(names.begin(), names.end(),
                                     [status](const Named &one) { return one.status == status; });
    return found == names.end() ? "Unknown" : found->reason;
}

QByteArray serialized(const HttpResponse &response, bool isLast, bool withBody)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' +
                       httpReason(response.status) + "\r\n";
    for (const auto &[name, value] : response.headers)
        bytes += name + ": " + value + "\r\n";
    bytes += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    if (isLast)
        bytes += "Connection: close\r\n";
    bytes += "\r\n";
    return withBody ? bytes + response.body : bytes;
}

} // namespace sonar
