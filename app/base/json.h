// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

#include <simdjson.h>

#include <memory>
#include <optional>
#include <vector>

namespace sonar {

/// What JSON from outside may measure at most.
struct JsonLimits
{
    qsizetype bytes = qsizetype(4) * 1024 * 1024;
    int depth = 32;
};

/// Read-only view of one JSON value; valid while its JsonDocument lives. Integers are exact: no
/// value passes through a double.
class JsonValue
{
public:
    bool isObject() const;
    bool isArray() const;
    bool isNull() const;

    std::optional<QString> toText() const;                   ///< of a string
    std::optional<bool> toBool() const;                      ///< of true or false
    std::optional<quint64> toUint64() const;                 ///< of an integer from 0 to 2^64 - 1
    std::optional<JsonValue> member(const char *name) const; ///< of an object
    std::vector<JsonValue> elements() const; ///< of an array; empty for anything else

private:
    friend class JsonDocument;
    explicit JsonValue(simdjson::dom::element element)
        : m_element(element)
    {}
    simdjson::dom::element m_element;
};

/// One member of an object, with its value as it was written.
struct JsonMember
{
    QString name;    ///< unescaped
    QByteArray text; ///< the value's exact text, without the white space around it
    int line = 0;    ///< on which the value begins, from 1
};

/// `text` as a JSON string, in quotation marks.
QByteArray jsonQuoted(const QString &text);

/// JSON text that has been checked whole: one value, valid UTF-8, inside the limits, no member
/// named twice in an object (RFC 8259 §4 leaves their meaning open, which a signed permit can't).
/// A number may be of any size; one beyond 64 bits can't be read, but its exact text is kept.
class JsonDocument
{
public:
    /// An error of kind Malformed whose details say what and at which line.
    static Result<JsonDocument> parse(const QByteArray &text, JsonLimits limits = {});

    JsonValue root() const;

    /// The exact text of a member of the root object, as it stood in what was parsed, without the
    /// white space around it; nothing if there is no such member.
    std::optional<QByteArray> exactText(const char *member) const;

    /// The root object's members in their order; empty when the root is no object.
    std::vector<JsonMember> members() const;

    /// The line (from 1) on which the root object's member `name` has its value; 0 if there is
    /// none.
    int lineOf(const char *name) const;

private:
    JsonDocument() = default;
    struct Storage;
    std::shared_ptr<const Storage> m_storage;
};

/// Reads an object's fields from top to bottom and remembers the first fault, so that a codec is a
/// list of its fields.
class JsonFields
{
public:
    /// `where` names the object in fault messages ("Entities[3]").
    JsonFields(const JsonValue &object, QString where);

    QString text(const char *name);                               ///< required string
    QString textOr(const char *name, const QString &absent = {}); ///< string, or absent or null
    bool boolean(const char *name);                               ///< required
    quint64 uint64(const char *name);                     ///< required integer from 0 to 2^64 - 1
    std::optional<JsonValue> object(const char *name);    ///< required object
    std::vector<JsonValue> array(const char *name);       ///< required array
    std::vector<JsonValue> arrayOrNull(const char *name); ///< required array, or null for an empty
    bool has(const char *name) const;                     ///< present and not null

    /// Records a fault of the codec's own ("is no UUID").
    void refuse(const char *name, const QString &why);

    bool ok() const { return m_fault.isEmpty(); }
    /// The first fault as "where.name is missing"; empty when ok.
    QString fault() const { return m_fault; }

private:
    std::optional<JsonValue> required(const char *name);

    JsonValue m_object;
    QString m_where;
    QString m_fault;
};

} // namespace sonar
