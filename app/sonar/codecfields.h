// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/json.h"
#include "app/base/uint256.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QList>

namespace sonar {

/// Shared by the codecs: forms that several replies have in common (protocol reference §5).

/// The words of a fault in a reply.
struct ReplyText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::SonarClient)
};

constexpr qsizetype longestText = 1'000; ///< kept of a text that is only shown; characters
/// Of a whole reply, as TransportLimits: some twenty-five thousand entities.
constexpr JsonLimits replyLimits{qsizetype(8) * 1024 * 1024, 32};

/// An Error of kind Malformed that names `fault` in its details; what is known of the answer beside
/// its body is for the caller to add.
Error malformedReply(const QString &endpoint, const QString &fault);

/// Parses the body and reads its root object by `read`; the fields' first fault becomes the error.
template <typename T, typename Read>
Result<T> decodeObject(const QByteArray &body, const QString &endpoint, Read read)
{
    const Result<JsonDocument> document = JsonDocument::parse(body, replyLimits);
    if (!document)
        return failure(malformedReply(endpoint, document.error().details));
    JsonFields fields(document->root(), endpoint);
    T value = fields.ok() ? read(fields) : T();
    if (!fields.ok())
        return failure(malformedReply(endpoint, fields.fault()));
    return value;
}

/// A required decimal string of base units.
Uint256 readAmount(JsonFields &fields, const char *name);
/// The same, when the member may be absent or null.
std::optional<Uint256> readOptionalAmount(JsonFields &fields, const char *name);
/// A required ISO 8601 time; without a zone it is UTC.
QDateTime readTime(JsonFields &fields, const char *name);
/// A required integer from 0 to 77 (decimals of a token).
int readDecimals(JsonFields &fields, const char *name);

} // namespace sonar
