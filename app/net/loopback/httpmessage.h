// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <tl/expected.hpp>

#include <optional>
#include <utility>

namespace sonar {

/// Field names and values. Names of a request are in lower case.
using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// One whole HTTP request.
struct HttpRequest
{
    QByteArray method;   ///< a token (RFC 9110 §5.6.2), in the client's letter case
    QByteArray path;     ///< still percent-encoded; begins with '/', or is "*"
    QByteArray query;    ///< still percent-encoded, without the question mark
    HttpHeaders headers; ///< values without the spaces around them
    QByteArray body;

    /// The field of that name (lower case) if it was sent exactly once.
    std::optional<QByteArray> header(const QByteArray &name) const;
    /// Whether it was sent at all.
    bool hasHeader(const QByteArray &name) const;
};

struct HttpResponse
{
    int status = 200;
    HttpHeaders headers; ///< Content-Length and Connection are added when it is sent
    QByteArray body;

    HttpResponse &with(const QByteArray &name, const QByteArray &value);
};

/// Why a request is refused before anyone sees it. Its connection is closed, since nobody can be
/// sure where such a request ends.
struct HttpFault
{
    enum class Kind {
        Malformed,
        TooLarge,    ///< head or body
        Unsupported, ///< another version of HTTP, or a transfer coding
        TlsHello,    ///< the client speaks https to this plain http server
    };
    Kind kind = Kind::Malformed;
    int status = 400; ///< 0: no answer would be understood
    QByteArray what;  ///< one sentence in English; nothing of the request's contents
};

/// A request without its body, and what its body and connection will be.
struct HttpHead
{
    HttpRequest request;
    qint64 bodyBytes = 0;
    bool isLast = false;          ///< the connection ends with this request (RFC 9112 §9.3, §9.6)
    bool expectsContinue = false; ///< the client waits for leave to send its body
};

/// Reads a request line and its fields up to and with the blank line, strictly (RFC 9112): lines
/// end with CRLF, HTTP/1.0 or 1.1, exactly one Host, a path or a whole http address whose authority
/// equals Host, and a body only by one Content-Length of at most `largestBody` bytes.
tl::expected<HttpHead, HttpFault> parseHttpHead(const QByteArray &head, qint64 largestBody);

/// The whole response as it goes over the wire. `withBody` is false in reply to HEAD.
QByteArray serialized(const HttpResponse &response, bool isLast, bool withBody);

/// "Not Found" for 404; "Unknown" for a status that has no name here.
QByteArray httpReason(int status);

} // namespace sonar
