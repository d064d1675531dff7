// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/hex.h"
#include "app/base/json.h"
#include "app/permits/permitexport.h"

#include <algorithm>

namespace sonar {

namespace {

/// What spreadsheets take for a formula; the last four are the first four in full width.
bool beginsFormula(const QString &cell)
{
    static const QString starts = QStringLiteral("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");
    if (cell.isEmpty())
        return false;
    if (starts.contains(cell.front()))
        return true;
    for (const QChar c : cell) {
        if (!c.isSpace())
            return starts.contains(c);
    }
    return false;
}

/// RFC 4180 §2.5 to 2.7; semicolon and tab, too, because some locales split at them.
QByteArray cellText(QString cell)
{
    if (beginsFormula(cell))
        cell.prepend(QLatin1Char('\''));
    QByteArray text = cell.toUtf8();
    const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
        return c == ',' || c == '"' || c == '\r' || c == '\n' || c == ';' || c == '\t';
    });
    if (plain)
        return text;
    return '"' + text.replace('"', "\"\"") + '"';
}

QByteArray lineText(const QStringList &cells)
{
    QByteArrayList texts;
    for (const QString &cell : cells)
        texts << cellText(cell);
    return texts.join(',') + "\r\n";
}

QString moment(const std::optional<quint64> &unixSeconds)
{
    if (!unixSeconds)
        return {};
    // ISO 8601 has four digits for the year; beyond them stands the number itself.
    constexpr quint64 endOfYear9999 = 253402300799;
    if (*unixSeconds > endOfYear9999)
        return QString::number(*unixSeconds);
    return QDateTime::fromSecsSinceEpoch(qint64(*unixSeconds)).toUTC().toString(Qt::ISODate);
}

QString amount(const std::optional<Uint256> &value)
{
    return value ? toDecimal(*value) : QString();
}

QString number(const std::optional<quint64> &value)
{
    return value ? QString::number(*value) : QString();
}

QString yesNo(const std::optional<bool> &value)
{
    if (!value)
        return {};
    return *value ? QStringLiteral("yes") : QStringLiteral("no");
}

QString failedChecks(const PermitVerification &verification)
{
    QStringList names;
    for (const PermitCheck &check : verification.checks) {
        if (check.result == CheckResult::Failed)
            names << permitCheckName(check.kind);
    }
    return names.join(QLatin1Char(' '));
}

/// PermitJSON as the service wrote it.
QString permitJson(const QByteArray &replyText)
{
    const auto document = JsonDocument::parse(replyText);
    return document ? QString::fromUtf8(document->exactText("PermitJSON").value_or(QByteArray()))
                    : QString();
}

const QStringList &headerCells()
{
    static const QStringList cells = {QStringLiteral("Entity"),
                                      QStringLiteral("Sale-specific entity ID"),
                                      QStringLiteral("Wallet"),
                                      QStringLiteral("Type"),
                                      QStringLiteral("Usable"),
                                      QStringLiteral("Failed checks"),
                                      QStringLiteral("Signer"),
                                      QStringLiteral("Expires at"),
                                      QStringLiteral("Min amount"),
                                      QStringLiteral("Max amount"),
                                      QStringLiteral("Min price"),
                                      QStringLiteral("Max price"),
                                      QStringLiteral("Opens at"),
                                      QStringLiteral("Closes at"),
                                      QStringLiteral("Forced lock-up"),
                                      QStringLiteral("Payload"),
                                      QStringLiteral("Signature"),
                                      QStringLiteral("Permit JSON"),
                                      QStringLiteral("Signer confirmed"),
                                      QStringLiteral("Contract asked at"),
                                      QStringLiteral("Notes")};
    return cells;
}

} // namespace

QByteArray permitsAsCsv(const QList<ExportedPermit> &permits, const Sale &)
{
    QByteArray text = lineText(headerCells());
    for (const ExportedPermit &exported : permits) {
        const PurchasePermit &permit = exported.permit;
        text +=
            lineText({exported.entityLabel,
                      exported.saleSpecificEntityId,
                      exported.wallet,
                      permitTypeName(permit.type),
                      yesNo(exported.verification.usable()),
                      failedChecks(exported.verification),
                      exported.verification.signer,
                      moment(permit.expiresAt),
                      amount(permit.minAmount),
                      amount(permit.maxAmount),
                      number(permit.minPrice),
                      number(permit.maxPrice),
                      moment(permit.opensAt),
                      moment(permit.closesAt),
                      yesNo(permit.forcedLockup()),
                      toHex(permit.payload),
                      toHex(permit.signature),
                      permitJson(exported.replyText),
                      yesNo(exported.verification.signerConfirmed()),
                      moment(exported.verification.contractAskedAt
                                 ? std::optional(quint64(*exported.verification.contractAskedAt))
                                 : std::nullopt),
                      permitNotes(exported.verification).join(QLatin1Char(' '))});
    }
    return text;
}

} // namespace sonar
