// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/codecfields.h"

#include <QRegularExpression>
#include <QTimeZone>

namespace sonar {

Error malformedReply(const QString &endpoint, const QString &fault)
{
    return {ErrorKind::Malformed,
            ReplyText::tr("Sonar's answer isn't in the form that this version understands."),
            ReplyText::tr("Nothing that was shown before is lost. Try again; if this continues, "
                          "look for a newer version of this program."),
            ReplyText::tr("Answer: %1\nFault: %2").arg(endpoint, fault.left(300)), 0};
}

Uint256 readAmount(JsonFields &fields, const char *name)
{
    const QString text = fields.text(name);
    if (!fields.ok())
        return 0;
    const auto amount = uint256FromDecimal(text);
    if (!amount)
        fields.refuse(name, ReplyText::tr("is no decimal amount"));
    return amount.value_or(0);
}

std::optional<Uint256> readOptionalAmount(JsonFields &fields, const char *name)
{
    // Servers write an empty string where there is no amount, too.
    if (fields.textOr(name).isEmpty())
        return std::nullopt;
    return readAmount(fields, name);
}

QDateTime readTime(JsonFields &fields, const char *name)
{
    QString text = fields.text(name);
    if (!fields.ok())
        return {};
    // Qt reads milliseconds; the service may write nanoseconds.
    static const QRegularExpression fraction(QStringLiteral("(\\.\\d{3})\\d+"));
    text.replace(fraction, QStringLiteral("\\1"));
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid()) {
        fields.refuse(name, ReplyText::tr("is no ISO 8601 time"));
        return {};
    }
    if (time.timeSpec() == Qt::LocalTime)
        time = QDateTime(time.date(), time.time(), QTimeZone::utc());
    return time.toUTC();
}

int readDecimals(JsonFields &fields, const char *name)
{
    const quint64 decimals = fields.uint64(name);
    if (fields.ok() && decimals > 77)
        fields.refuse(name, ReplyText::tr("is more than 77"));
    return int(std::min<quint64>(decimals, 77));
}

} // namespace sonar
