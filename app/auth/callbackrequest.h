// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace sonar {

/// The head of an HTTP/1.x request, as far as the callback needs it.
struct HttpRequestHead
{
    QByteArray method;
    QByteArray path;          ///< as sent, still percent-encoded
    QByteArray query;         ///< after the first '?', as sent
    QByteArray host;          ///< the one Host field, or the authority of an absolute-form target
    bool speculative = false; ///< a browser's guess (prefetch, prerender, preview), nobody's click
};

/// Reads a head up to and with its blank line. Nothing when it isn't one of HTTP/1.0 or 1.1 with
/// exactly one Host field and a target in origin-form or absolute-form of http (RFC 9112 §3.2).
std::optional<HttpRequestHead> parseRequestHead(const QByteArray &head);

/// What the service hands back through the browser (RFC 6749 §4.1.2), fully decoded.
struct CallbackParameters
{
    QByteArray code;
    QByteArray state;
    QByteArray error;
    QByteArray errorDescription;
    bool repeated = false; ///< code, state or error stands more than once
};

/// Reads an application/x-www-form-urlencoded query; parameters it doesn't know are ignored.
CallbackParameters parseCallbackQuery(const QByteArray &query);

} // namespace sonar
