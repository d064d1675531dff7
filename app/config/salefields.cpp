// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/salefields.h"

#include "app/base/loopback.h"
#include "app/base/uuid.h"
#include "app/config/addressshape.h"

#include <algorithm>

namespace sonar {

namespace {

constexpr qsizetype longestName = 200;
constexpr qsizetype longestUrl = 2000;
constexpr qsizetype longestSymbol = 32;
constexpr qsizetype longestQuote = 80;

/// The value as a person wrote it, short enough to show.
QString quoted(const QString &found)
{
    QString line = found.left(longestQuote).simplified();
    if (found.size() > longestQuote)
        line += QChar(0x2026);
    return QLatin1Char('"') + line + QLatin1Char('"');
}

bool isPrintableAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
}

} // namespace

SaleFields::SaleFields(const JsonDocument &document, int firstLine, QString prefix)
    : m_document(document)
    , m_firstLine(firstLine)
    , m_prefix(std::move(prefix))
{}

QString SaleFields::text(const char *name)
{
    const auto value = required(name);
    const auto text = value ? value->toText() : std::nullopt;
    if (value && !text)
        refuse(name, SaleFile::tr("%1 must be text in quotation marks"));
    return text.value_or(QString());
}

QString SaleFields::textOr(const char *name, const QString &absent)
{
    return has(name) ? text(name) : absent;
}

quint64 SaleFields::integer(const char *name, quint64 least, quint64 most)
{
    const auto value = required(name);
    const auto number = value ? value->toUint64() : std::nullopt;
    if (value && (!number || *number < least || *number > most))
        refuse(name,
               SaleFile::tr("%1 must be a whole number from %2 to %3, without quotation marks")
                   .arg(QStringLiteral("%1"), QString::number(least), QString::number(most)));
    return std::clamp(number.value_or(least), least, most);
}

QStringList SaleFields::texts(const char *name)
{
    const auto value = required(name);
    if (value && !value->isArray())
        refuse(name, SaleFile::tr("%1 must be a list of texts, in square brackets"));
    QStringList items;
    for (const JsonValue &item : value ? value->elements() : std::vector<JsonValue>()) {
        const auto text = item.toText();
        if (!text)
            refuse(name, SaleFile::tr("%1 must hold nothing but texts in quotation marks"));
        items << text.value_or(QString());
    }
    return items;
}

bool SaleFields::has(const char *name) const
{
    const auto value = m_document.root().member(name);
    return value && !value->isNull();
}

int SaleFields::lineOf(const char *name) const
{
    const int line = m_document.lineOf(name);
    return line > 0 ? m_firstLine + line - 1 : m_firstLine;
}

void SaleFields::refuse(const char *name, const QString &sentence, const QString &found)
{
    if (m_fault)
        return;
    const QString field = m_prefix + QLatin1String(name);
    m_fault =
        Error{ErrorKind::Malformed,
              SaleFile::tr("Line %1: %2.").arg(QString::number(lineOf(name)), sentence.arg(field)),
              SaleFile::tr("Correct the sale file, or ask whoever gave it to you for a new one."),
              found.isEmpty() ? QString() : SaleFile::tr("Found: %1").arg(quoted(found)), 0};
}

void SaleFields::require(const char *name, const QString &value, const Check &check)
{
    if (m_fault)
        return;
    if (const QString sentence = check(value); !sentence.isEmpty())
        refuse(name, sentence, value);
}

void SaleFields::adopt(const std::optional<Error> &fault)
{
    if (!m_fault)
        m_fault = fault;
}

std::optional<JsonValue> SaleFields::required(const char *name)
{
    if (!has(name)) {
        refuse(name, SaleFile::tr("%1 is missing"));
        return std::nullopt;
    }
    return m_document.root().member(name);
}

QString refusedName(const QString &value)
{
    if (value.trimmed().isEmpty())
        return SaleFile::tr("%1 is empty");
    if (value.size() > longestName)
        return SaleFile::tr("%1 is too long (at most 200 characters)");
    const auto breaksLine = [](QChar c) {
        return c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
               c == QChar::ParagraphSeparator;
    };
    if (std::any_of(value.begin(), value.end(), breaksLine))
        return SaleFile::tr("%1 has line breaks or control characters");
    return {};
}

QString refusedUuid(const QString &value)
{
    if (!uuidBytes(value))
        return SaleFile::tr("%1 is not a UUID (like 01234567-89ab-cdef-0123-456789abcdef)");
    return {};
}

QString refusedRedirectUri(const QString &value)
{
    const QUrl url(value, QUrl::StrictMode);
    if (value.size() > longestUrl || !isPrintableAscii(value) || !url.isValid() || url.isRelative())
        return SaleFile::tr("%1 is not a complete URL");
    // RFC 8252 §7.3: the browser comes back to a port of this computer.
    if (url.scheme() != QLatin1String("http") || !isLoopbackHost(url.host()))
        return SaleFile::tr(
            "%1 must begin with http:// and name this computer: localhost, 127.0.0.1 or "
            "[::1]");
    if (!url.userInfo().isEmpty())
        return SaleFile::tr("%1 must hold no user name or password");
    if (url.port() < 1)
        return SaleFile::tr("%1 names no port, like the 3000 of http://localhost:3000/");
    // RFC 6749 §3.1.2
    if (url.hasFragment())
        return SaleFile::tr("%1 must not have a part after #");
    return {};
}

QString refusedRpcUrl(const QString &value)
{
    const QUrl url(value, QUrl::StrictMode);
    if (value.size() > longestUrl || !url.isValid() || url.isRelative() || url.host().isEmpty())
        return SaleFile::tr("%1 is not a complete URL");
    if (!isAllowedUrl(url))
        return SaleFile::tr("%1 must begin with https:// (plain http:// is only for this computer) "
                            "and hold no name or password");
    return {};
}

QString refusedServiceUrl(const QString &value)
{
    if (QString sentence = refusedRpcUrl(value); !sentence.isEmpty())
        return sentence;
    const QUrl url(value, QUrl::StrictMode);
    if (url.hasQuery() || url.hasFragment())
        return SaleFile::tr("%1 must not have a part after ? or #");
    return {};
}

QString refusedSymbol(const QString &value)
{
    if (value.size() > longestSymbol)
        return SaleFile::tr("%1 is too long (at most 32 characters)");
    return {};
}

QString refusedAddress(const QString &value, std::optional<ChainType> type)
{
    const bool evm = type != ChainType::Svm && hasAddressShape(ChainType::Evm, value);
    const bool svm = type != ChainType::Evm && hasAddressShape(ChainType::Svm, value);
    // A program that passed it on would find every permit signed by somebody else.
    if (evm && !hasRightChecksum(value))
        return SaleFile::tr(
            "%1 has a wrong checksum: a character was mistyped, or its case changed");
    if (value.isEmpty() || evm || svm)
        return {};
    if (type == ChainType::Svm)
        return SaleFile::tr("%1 is not an address (32 to 44 base58 characters)");
    return SaleFile::tr("%1 is not an address (0x and 40 hex digits)");
}

} // namespace sonar
