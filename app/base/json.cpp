// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/json.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <string_view>

namespace sonar {

namespace {

using simdjson::dom::element;

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString tr(const char *text)
{
    return QCoreApplication::translate("sonar::JsonDocument", text);
}

Error malformed(const QString &details)
{
    return {ErrorKind::Malformed, tr("The text is not valid JSON."), {}, details, 0};
}

/// Objects deeper than the parser's limit can't be met here, so recursion is bounded.
std::optional<QString> duplicatedMember(const element &value)
{
    if (value.is_array()) {
        for (const element item : simdjson::dom::array(value)) {
            if (auto name = duplicatedMember(item))
                return name;
        }
    } else if (value.is_object()) {
        QSet<QByteArray> seen;
        for (const auto field : simdjson::dom::object(value)) {
            const QByteArray key(field.key.data(), qsizetype(field.key.size()));
            if (seen.contains(key))
                return QString::fromUtf8(key.left(64));
            seen.insert(key);
            if (auto name = duplicatedMember(field.value))
                return name;
        }
    }
    return std::nullopt;
}

} // namespace

struct JsonDocument::Storage
{
    simdjson::padded_string text;
    simdjson::dom::parser parser;
    element root;

    /// The exact text of a root member; a view into `text`.
    std::optional<std::string_view> rawMember(const char *name) const
    {
        simdjson::ondemand::parser ondemandParser;
        simdjson::ondemand::document document;
        if (ondemandParser.iterate(text).get(document) != simdjson::SUCCESS)
            return std::nullopt;
        simdjson::ondemand::object object;
        if (document.get_object().get(object) != simdjson::SUCCESS)
            return std::nullopt;
        for (auto field : object) {
            // Compared unescaped: "\u0050ermitJSON" is the member PermitJSON, too.
            std::string_view key;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS)
                return std::nullopt;
            const bool wanted = key == name;
            simdjson::ondemand::value value;
            if (field.value().get(value) != simdjson::SUCCESS)
                return std::nullopt;
            if (!wanted)
                continue;
            simdjson::ondemand::json_type type{};
            if (value.type().get(type) != simdjson::SUCCESS)
                return std::nullopt;
            std::string_view raw;
            if (type == simdjson::ondemand::json_type::object) {
                simdjson::ondemand::object inner;
                if (value.get_object().get(inner) != simdjson::SUCCESS ||
                    inner.raw_json().get(raw) != simdjson::SUCCESS)
                    return std::nullopt;
            } else if (type == simdjson::ondemand::json_type::array) {
                simdjson::ondemand::array inner;
                if (value.get_array().get(inner) != simdjson::SUCCESS ||
                    inner.raw_json().get(raw) != simdjson::SUCCESS)
                    return std::nullopt;
            } else {
                raw = value.raw_json_token();
            }
            const auto end = raw.find_last_not_of(" \t\r\n");
            return raw.substr(0, end == std::string_view::npos ? 0 : end + 1);
        }
        return std::nullopt;
    }
};

Result<JsonDocument> JsonDocument::parse(const QByteArray &text, JsonLimits limits)
{
    if (text.size() > limits.bytes)
        return failure(malformed(tr("larger than %1 bytes").arg(limits.bytes)));
    auto storage = std::make_shared<Storage>();
    storage->text = simdjson::padded_string(text.constData(), size_t(text.size()));
    auto fault = storage->parser.allocate(size_t(std::max<qsizetype>(text.size(), 64)),
                                          size_t(limits.depth));
    if (fault == simdjson::SUCCESS)
        fault = storage->parser.parse(storage->text).get(storage->root);
    if (fault != simdjson::SUCCESS)
        return failure(malformed(QLatin1String(simdjson::error_message(fault))));
    if (const auto name = duplicatedMember(storage->root))
        return failure(malformed(tr("member \"%1\" stands twice").arg(*name)));
    JsonDocument document;
    document.m_storage = std::move(storage);
    return document;
}

JsonValue JsonDocument::root() const
{
    return JsonValue(m_storage->root);
}

std::optional<QByteArray> JsonDocument::exactText(const char *member) const
{
    const auto raw = m_storage->rawMember(member);
    if (!raw)
        return std::nullopt;
    return QByteArray(raw->data(), qsizetype(raw->size()));
}

int JsonDocument::lineOf(const char *name) const
{
    const auto raw = m_storage->rawMember(name);
    if (!raw)
        return 0;
    const char *begin = m_storage->text.data();
    return 1 + int(std::count(begin, raw->data(), '\n'));
}

bool JsonValue::isObject() const
{
    return m_element.is_object();
}

bool JsonValue::isArray() const
{
    return m_element.is_array();
}

bool JsonValue::isNull() const
{
    return m_element.is_null();
}

std::optional<QString> JsonValue::toText() const
{
    std::string_view text;
    if (m_element.get_string().get(text) != simdjson::SUCCESS)
        return std::nullopt;
    return fromUtf8(text);
}

std::optional<bool> JsonValue::toBool() const
{
    bool value = false;
    if (m_element.get_bool().get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return value;
}

std::optional<quint64> JsonValue::toUint64() const
{
    uint64_t value = 0;
    // get_uint64 also takes a double's place only when the tape holds an integer.
    if (m_element.get_uint64().get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return value;
}

std::optional<JsonValue> JsonValue::member(const char *name) const
{
    element value;
    if (!m_element.is_object() || m_element.at_key(name).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return JsonValue(value);
}

std::vector<JsonValue> JsonValue::elements() const
{
    std::vector<JsonValue> items;
    if (m_element.is_array()) {
        for (const element item : simdjson::dom::array(m_element))
            items.push_back(JsonValue(item));
    }
    return items;
}

JsonFields::JsonFields(const JsonValue &object, QString where)
    : m_object(object)
    , m_where(std::move(where))
{
    if (!object.isObject())
        m_fault = tr("%1 is no object").arg(m_where);
}

std::optional<JsonValue> JsonFields::required(const char *name)
{
    auto value = m_object.member(name);
    if (!value)
        refuse(name, tr("is missing"));
    return value;
}

QString JsonFields::text(const char *name)
{
    const auto value = required(name);
    const auto text = value ? value->toText() : std::nullopt;
    if (value && !text)
        refuse(name, tr("is no string"));
    return text.value_or(QString());
}

QString JsonFields::textOr(const char *name, const QString &absent)
{
    return has(name) ? text(name) : absent;
}

bool JsonFields::boolean(const char *name)
{
    const auto value = required(name);
    const auto flag = value ? value->toBool() : std::nullopt;
    if (value && !flag)
        refuse(name, tr("is neither true nor false"));
    return flag.value_or(false);
}

quint64 JsonFields::uint64(const char *name)
{
    const auto value = required(name);
    const auto number = value ? value->toUint64() : std::nullopt;
    if (value && !number)
        refuse(name, tr("is no integer from 0 to 2^64 - 1"));
    return number.value_or(0);
}

std::optional<JsonValue> JsonFields::object(const char *name)
{
    auto value = required(name);
    if (value && !value->isObject()) {
        refuse(name, tr("is no object"));
        return std::nullopt;
    }
    return value;
}

std::vector<JsonValue> JsonFields::array(const char *name)
{
    const auto value = required(name);
    if (value && !value->isArray())
        refuse(name, tr("is no list"));
    return value ? value->elements() : std::vector<JsonValue>();
}

bool JsonFields::has(const char *name) const
{
    const auto value = m_object.member(name);
    return value && !value->isNull();
}

void JsonFields::refuse(const char *name, const QString &why)
{
    if (m_fault.isEmpty())
        m_fault = m_where + QLatin1Char('.') + QLatin1String(name) + QLatin1Char(' ') + why;
}

} // namespace sonar
