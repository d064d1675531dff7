// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/jsonbody.h"

#include "app/base/json.h"

namespace sonar::sandbox {

namespace {

constexpr qsizetype largestBody = 64 * 1024;

/// application/json, with one charset parameter or none (RFC 9110 §5.6.6: empty ones count for
/// nothing, values may be quoted, and no space stands around the equals sign).
bool isJson(const std::optional<QByteArray> &contentType)
{
    QByteArrayList parts = contentType.value_or(QByteArray()).toLower().split(';');
    for (QByteArray &part : parts)
        part = part.trimmed();
    const QByteArray type = parts.takeFirst();
    parts.removeAll(QByteArray());
    const bool isUtf8 = parts.isEmpty() || parts == QByteArrayList{"charset=utf-8"} ||
                        parts == QByteArrayList{"charset=\"utf-8\""};
    return type == "application/json" && isUtf8;
}

tl::unexpected<HttpResponse> refused(const QString &why)
{
    return tl::unexpected<HttpResponse>(errorReply(400, QStringLiteral("invalid_request"), why));
}

} // namespace

tl::expected<QHash<QString, QString>, HttpResponse>
readBody(const HttpRequest &request, const QStringList &required, const QStringList &optional)
{
    if (!isJson(request.header("content-type")))
        return tl::unexpected<HttpResponse>(
            errorReply(415, QStringLiteral("unsupported_media_type"),
                       QStringLiteral("The content type must be application/json.")));
    if (request.header("content-encoding").value_or("identity").toLower() != "identity")
        return tl::unexpected<HttpResponse>(
            errorReply(415, QStringLiteral("unsupported_media_type"),
                       QStringLiteral("The body must be sent without a content coding.")));
    if (request.body.size() > largestBody)
        return tl::unexpected<HttpResponse>(
            errorReply(413, QStringLiteral("too_large"), QStringLiteral("The body is too large.")));
    const auto document = JsonDocument::parse(request.body, {largestBody, 8});
    if (!document || !document->root().isObject())
        return refused(QStringLiteral("The body is not a JSON object."));
    QHash<QString, QString> values;
    for (const JsonMember &member : document->members()) {
        const auto value = document->root().member(member.name.toUtf8().constData());
        const auto text = value ? value->toText() : std::nullopt;
        if (!required.contains(member.name) && !optional.contains(member.name))
            return refused(QStringLiteral("The member \u201C%1\u201D is not known here.")
                               .arg(member.name.left(60)));
        if (value && value->isNull() && optional.contains(member.name))
            continue; // as good as absent
        if (!text)
            return refused(QStringLiteral("%1 is not a string.").arg(member.name));
        values.insert(member.name, *text);
    }
    for (const QString &name : required) {
        if (values.value(name).isEmpty())
            return refused(QStringLiteral("%1 is missing.").arg(name));
    }
    return values;
}

} // namespace sonar::sandbox
