// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/json.h"
#include "app/config/sale.h"

#include <QCoreApplication>
#include <QUrl>

#include <functional>
#include <optional>

namespace sonar {

/// The context of a sale file's messages.
struct SaleFile
{
    Q_DECLARE_TR_FUNCTIONS(sonar::SaleFile)
};

/// One object of a sale file, read field by field. Remembers the first fault, with the field's
/// full name and its line. A field that is null counts as absent.
class SaleFields
{
public:
    /// `firstLine` is the line of the file that the document's text begins on; `prefix` goes before
    /// its names.
    SaleFields(const JsonDocument &document, int firstLine, QString prefix);

    /// Required.
    QString text(const char *name);
    /// `absent` if there is none.
    QString textOr(const char *name, const QString &absent);
    quint64 integer(const char *name, quint64 least, quint64 most);
    QStringList texts(const char *name);

    bool has(const char *name) const;
    int lineOf(const char *name) const;

    /// `sentence` says what is wrong, with %1 for the field's name. Nothing happens when a fault is
    /// known already.
    void refuse(const char *name, const QString &sentence, const QString &found = {});

    /// Calls `check` on the value of a field: it returns the sentence that refuses it, or nothing.
    using Check = std::function<QString(const QString &)>;
    void require(const char *name, const QString &value, const Check &check);

    const std::optional<Error> &fault() const { return m_fault; }
    void adopt(const std::optional<Error> &fault);

private:
    std::optional<JsonValue> required(const char *name);

    const JsonDocument &m_document;
    int m_firstLine;
    QString m_prefix;
    std::optional<Error> m_fault;
};

/// The checks: each returns a sentence with %1 for the field's name, or an empty text when `value`
/// is fine.
QString refusedName(const QString &value);
QString refusedUuid(const QString &value);
QString refusedRedirectUri(const QString &value);
QString refusedServiceUrl(const QString &value);
QString refusedRpcUrl(const QString &value);
QString refusedSymbol(const QString &value);
/// An empty text is fine. Written the way of `type`, or of either chain when that isn't known.
QString refusedAddress(const QString &value, std::optional<ChainType> type);

} // namespace sonar
