// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/json.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace sonar {

namespace {

using simdjson::dom::element;

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

struct JsonText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::JsonDocument)
};

/// `line` is where the fault was met, 0 when that isn't known.
Error malformed(const QString &details, int line = 0)
{
    return {ErrorKind::Malformed,
            JsonText::tr("The text is not valid JSON."),
            {},
            line > 0 ? JsonText::tr("line %1: %2").arg(QString::number(line), details) : details,
            0};
}

int lineAt(std::string_view text, size_t offset)
{
    const std::string_view before = text.substr(0, offset);
    return 1 + int(std::count(before.begin(), before.end(), '\n'));
}

/// simdjson doesn't say where it stopped. Qt's parser does; it judges nothing here.
Error syntaxFault(const QByteArray &text, simdjson::error_code code)
{
    QJsonParseError place;
    QJsonDocument::fromJson(text, &place);
    if (place.error == QJsonParseError::NoError)
        return malformed(QLatin1String(simdjson::error_message(code)));
    const size_t offset = size_t(std::clamp<qsizetype>(place.offset, 0, text.size()));
    return malformed(place.errorString(), lineAt({text.constData(), size_t(text.size())}, offset));
}

/// Where the string that opens at `open` ends (after its closing quotation mark), in valid JSON.
size_t endOfString(std::string_view text, size_t open)
{
    size_t i = open + 1;
    while (i < text.size() && text[i] != '"')
        i += text[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text.size());
}

/// Whether `text` is a number by RFC 8259 §6; `isInteger` tells its form.
bool isNumber(std::string_view text, bool &isInteger)
{
    size_t i = 0;
    const auto digits = [&] {
        const size_t first = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9')
            ++i;
        return i > first;
    };
    const auto takes = [&](std::string_view any) {
        const bool found = i < text.size() && any.find(text[i]) != any.npos;
        i += found ? 1 : 0;
        return found;
    };
    takes("-");
    const size_t leading = i;
    if (!digits() || (text[leading] == '0' && i > leading + 1))
        return false;
    const bool hasFraction = takes(".");
    if (hasFraction && !digits())
        return false;
    const bool hasExponent = takes("eE");
    if (hasExponent) {
        takes("+-");
        if (!digits())
            return false;
    }
    isInteger = !hasFraction && !hasExponent;
    return i == text.size();
}

bool fitsSixtyFourBits(std::string_view integer)
{
    const auto fits = [&](auto value) {
        return std::from_chars(integer.data(), integer.data() + integer.size(), value).ec ==
               std::errc();
    };
    return integer.starts_with('-') ? fits(int64_t()) : fits(uint64_t());
}

/// The text with every number that the parser has no room for written as a small fraction of the
/// same length: still a number, and none that anybody reads here, since only integers are read.
QByteArray withoutLargeNumbers(QByteArray text)
{
    const std::string_view view(text.constData(), size_t(text.size()));
    char *bytes = text.data();
    for (size_t i = 0; i < view.size();) {
        if (view[i] == '"') {
            i = endOfString(view, i);
            continue;
        }
        const size_t end = std::min(view.find_first_not_of("0123456789+-.eE", i), view.size());
        const std::string_view number = view.substr(i, end - i);
        bool isInteger = false;
        if (number.size() > 2 && isNumber(number, isInteger) &&
            !(isInteger && fitsSixtyFourBits(number))) {
            const size_t point = i + (number.starts_with('-') ? 2 : 1);
            std::fill(bytes + point, bytes + end, '0');
            bytes[point] = '.';
        }
        i = std::max(end, i + 1);
    }
    return text;
}

/// The line on which an object of this valid JSON names a member for the second time, told by the
/// members' spelling; 0 if it isn't found.
int lineOfRepeatedMember(std::string_view text)
{
    std::vector<QSet<QByteArray>> open;
    for (size_t i = 0; i < text.size();) {
        const size_t start = i++;
        if (text[start] == '{')
            open.emplace_back();
        else if (text[start] == '}' && !open.empty())
            open.pop_back();
        if (text[start] != '"')
            continue;
        i = endOfString(text, start);
        const size_t next = text.find_first_not_of(" \t\r\n", i);
        if (open.empty() || next == text.npos || text[next] != ':')
            continue;
        const QByteArray key(text.data() + start, qsizetype(i - start));
        if (open.back().contains(key))
            return lineAt(text, start);
        open.back().insert(key);
    }
    return 0;
}

/// Whether any object of `value` names a member twice; which one is another question.
bool hasRepeatedMember(const element &value)
{
    if (value.is_array()) {
        const simdjson::dom::array items(value);
        return std::any_of(items.begin(), items.end(), hasRepeatedMember);
    }
    if (!value.is_object())
        return false;
    std::vector<std::string_view> names;
    for (const auto field : simdjson::dom::object(value)) {
        names.push_back(field.key);
        if (hasRepeatedMember(field.value))
            return true;
    }
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
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

QByteArray jsonQuoted(const QString &text)
{
    QByteArray quoted = "\"";
    for (const char c : text.toUtf8()) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            quoted += "\\u00" + QByteArray(1, c).toHex();
        else
            quoted += c;
    }
    return quoted + '"';
}

struct JsonDocument::Storage
{
    simdjson::padded_string text;
    simdjson::dom::parser parser;
    element root;

    int lineOf(std::string_view view) const
    {
        return lineAt(text, size_t(view.data() - text.data()));
    }

    /// Calls `visit` with each root member's name and exact text (a view into `text`) until it
    /// returns false.
    template <typename Visit> void visitMembers(Visit visit) const
    {
        simdjson::ondemand::parser ondemandParser;
        simdjson::ondemand::document document;
        simdjson::ondemand::object object;
        if (ondemandParser.iterate(text).get(document) != simdjson::SUCCESS ||
            document.get_object().get(object) != simdjson::SUCCESS)
            return;
        for (auto field : object) {
            // Compared unescaped: "\u0050ermitJSON" is the member PermitJSON, too.
            std::string_view key;
            simdjson::ondemand::value value;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
                field.value().get(value) != simdjson::SUCCESS)
                return;
            const auto raw = exactValue(value);
            if (!raw || !visit(key, *raw))
                return;
        }
    }

    std::optional<std::string_view> rawMember(const char *name) const
    {
        std::optional<std::string_view> found;
        visitMembers([&](std::string_view key, std::string_view raw) {
            if (key == name)
                found = raw;
            return !found;
        });
        return found;
    }

private:
    static std::optional<std::string_view> exactValue(simdjson::ondemand::value value)
    {
        simdjson::ondemand::json_type type{};
        if (value.type().get(type) != simdjson::SUCCESS)
            return std::nullopt;
        std::string_view raw;
        auto fault = simdjson::SUCCESS;
        if (type == simdjson::ondemand::json_type::object) {
            simdjson::ondemand::object inner;
            fault = value.get_object().get(inner);
            if (fault == simdjson::SUCCESS)
                fault = inner.raw_json().get(raw);
        } else if (type == simdjson::ondemand::json_type::array) {
            simdjson::ondemand::array inner;
            fault = value.get_array().get(inner);
            if (fault == simdjson::SUCCESS)
                fault = inner.raw_json().get(raw);
        } else {
            raw = value.raw_json_token();
        }
        if (fault != simdjson::SUCCESS)
            return std::nullopt;
        // Both end where the next token begins.
        return raw.substr(0, raw.find_last_not_of(" \t\r\n") + 1);
    }
};

Result<JsonDocument> JsonDocument::parse(const QByteArray &text, JsonLimits limits)
{
    if (text.size() > limits.bytes)
        return failure(malformed(JsonText::tr("larger than %1 bytes").arg(limits.bytes)));
    auto storage = std::make_shared<Storage>();
    storage->text = simdjson::padded_string(text.constData(), size_t(text.size()));
    auto fault = storage->parser.allocate(size_t(std::max<qsizetype>(text.size(), 64)),
                                          size_t(limits.depth));
    if (fault == simdjson::SUCCESS)
        fault = storage->parser.parse(storage->text).get(storage->root);
    if (fault != simdjson::SUCCESS) {
        // A number too large matters only where it is read. Which fault it is called differs
        // between the parser's versions.
        const QByteArray smaller = withoutLargeNumbers(text);
        if (smaller != text)
            fault = storage->parser.parse(smaller.constData(), size_t(smaller.size()))
                        .get(storage->root);
        if (fault != simdjson::SUCCESS)
            return failure(syntaxFault(smaller, fault));
    }
    if (hasRepeatedMember(storage->root))
        return failure(malformed(JsonText::tr("“%1” appears twice")
                                     .arg(duplicatedMember(storage->root).value_or(QString())),
                                 lineOfRepeatedMember(storage->text)));
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
    return m_storage->lineOf(*raw);
}

std::vector<JsonMember> JsonDocument::members() const
{
    std::vector<JsonMember> all;
    m_storage->visitMembers([&](std::string_view key, std::string_view raw) {
        all.push_back(
            {fromUtf8(key), QByteArray(raw.data(), qsizetype(raw.size())), m_storage->lineOf(raw)});
        return true;
    });
    return all;
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

} // namespace sonar
