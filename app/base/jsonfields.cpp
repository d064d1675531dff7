// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/json.h"

#include <QCoreApplication>

namespace sonar {

namespace {

struct FieldText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::JsonFields)
};

} // namespace

JsonFields::JsonFields(const JsonValue &object, QString where)
    : m_object(object)
    , m_where(std::move(where))
{
    if (!object.isObject())
        m_fault = FieldText::tr("%1 is no object").arg(m_where);
}

std::optional<JsonValue> JsonFields::required(const char *name)
{
    auto value = m_object.member(name);
    if (!value)
        refuse(name, FieldText::tr("is missing"));
    return value;
}

QString JsonFields::text(const char *name)
{
    const auto value = required(name);
    const auto text = value ? value->toText() : std::nullopt;
    if (value && !text)
        refuse(name, FieldText::tr("is no string"));
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
        refuse(name, FieldText::tr("is neither true nor false"));
    return flag.value_or(false);
}

quint64 JsonFields::uint64(const char *name)
{
    const auto value = required(name);
    const auto number = value ? value->toUint64() : std::nullopt;
    if (value && !number)
        refuse(name, FieldText::tr("is no integer from 0 to 2^64 - 1"));
    return number.value_or(0);
}

std::optional<JsonValue> JsonFields::object(const char *name)
{
    auto value = required(name);
    if (value && !value->isObject()) {
        refuse(name, FieldText::tr("is no object"));
        return std::nullopt;
    }
    return value;
}

std::vector<JsonValue> JsonFields::array(const char *name)
{
    const auto value = required(name);
    if (value && !value->isArray())
        refuse(name, FieldText::tr("is no list"));
    return value ? value->elements() : std::vector<JsonValue>();
}

std::vector<JsonValue> JsonFields::arrayOrNull(const char *name)
{
    const auto value = m_object.member(name);
    return value && value->isNull() ? std::vector<JsonValue>() : array(name);
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
