// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/permitformat.h"

#include "app/permits/localmoment.h"
#include "app/permits/walletaddress.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTextDocument>

#include <limits>

namespace sonar {

namespace {

/// The context of the strings below.
class PermitFormat
{
    Q_DECLARE_TR_FUNCTIONS(PermitFormat)
};

constexpr quint64 uint64Max = std::numeric_limits<quint64>::max();
/// The last second of the year 9999: later times are written as "no end".
constexpr quint64 calendarEnd = 253402300799;

bool hasMinimum(const std::optional<Uint256> &min)
{
    return min && *min != 0;
}

bool hasMaximum(const std::optional<Uint256> &max, PermitType type)
{
    const Uint256 none = type == PermitType::Solana ? Uint256(uint64Max) : uint256Max();
    return max && *max != none;
}

/// A type whose largest amount is that of the chain.
PermitType typeOn(ChainType chain)
{
    return chain == ChainType::Svm ? PermitType::Solana : PermitType::BasicV3;
}

QDateTime toLocal(quint64 unixSeconds)
{
    return QDateTime::fromSecsSinceEpoch(qint64(unixSeconds)).toLocalTime();
}

QString clockTime(const QDateTime &time, const QLocale &locale)
{
    return locale.toString(time.time(), QLocale::ShortFormat);
}

QString day(const QDateTime &time, const QLocale &locale)
{
    return locale.toString(time.date(), QStringLiteral("d MMM"));
}

QString dayAndTime(const QDateTime &time, const QLocale &locale)
{
    return PermitFormat::tr("%1, %2", "day, time").arg(day(time, locale), clockTime(time, locale));
}

QString withZone(const QString &text, const QDateTime &time)
{
    return QStringLiteral("%1 %2").arg(text, time.timeZoneAbbreviation());
}

} // namespace

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString() : Qt::convertFromPlainText(text);
}

QString entityName(const QString &label, const QString &entityId)
{
    const QString line = shownText(label);
    if (!line.isEmpty())
        return line;
    return PermitFormat::tr("Unnamed entity %1").arg(shortened(shownText(entityId)));
}

QString walletName(const QString &address, const QString &name)
{
    const QString line = shownText(name, 60);
    return line.isEmpty() ? shortened(address)
                          : QStringLiteral("%1 %2").arg(shortened(address), line);
}

AmountFormat AmountFormat::of(const Sale &sale, const QLocale &locale)
{
    AmountFormat format;
    format.locale = locale;
    format.chain = sale.chainType();
    if (sale.chain) {
        format.decimals = sale.chain->paymentTokenDecimals;
        format.symbol = shownText(sale.chain->paymentTokenSymbol, 12);
    }
    return format;
}

QString AmountFormat::amount(const Uint256 &baseUnits) const
{
    return formatUnits(baseUnits, decimals.value_or(0), locale);
}

QString AmountFormat::unit() const
{
    return decimals ? symbol : PermitFormat::tr("base units");
}

QString limitsText(const std::optional<Uint256> &min, const std::optional<Uint256> &max,
                   PermitType type, const AmountFormat &format)
{
    if (!min && !max)
        return {};
    const auto withUnit = [&format](const QString &text) {
        const QString unit = format.unit();
        return unit.isEmpty() ? text : QStringLiteral("%1 %2").arg(text, unit);
    };
    if (hasMinimum(min) && hasMaximum(max, type))
        return withUnit(PermitFormat::tr("%1 – %2").arg(format.amount(*min), format.amount(*max)));
    if (hasMinimum(min))
        return PermitFormat::tr("%1 – no limit").arg(withUnit(format.amount(*min)));
    if (hasMaximum(max, type))
        return PermitFormat::tr("up to %1").arg(withUnit(format.amount(*max)));
    return PermitFormat::tr("no limit");
}

QString limitsBaseUnits(const std::optional<Uint256> &min, const std::optional<Uint256> &max,
                        PermitType type)
{
    if (!min && !max)
        return {};
    return PermitFormat::tr("In base units: from %1 to %2")
        .arg(min ? toDecimal(*min) : PermitFormat::tr("no limit"),
             hasMaximum(max, type) ? toDecimal(*max) : PermitFormat::tr("no limit"));
}

QString walletLimitsText(const CommitmentLimits &limits, const AmountFormat &format)
{
    return limitsText(limits.minAmount, limits.maxAmount, typeOn(format.chain), format);
}

QString walletLimitsBaseUnits(const CommitmentLimits &limits, ChainType chain)
{
    return QStringLiteral("%1\n%2").arg(
        limits.hasCustomLimit ? PermitFormat::tr("Set for this wallet")
                              : PermitFormat::tr("The sale's limits for every wallet"),
        limitsBaseUnits(limits.minAmount, limits.maxAmount, typeOn(chain)));
}

QString priceText(const std::optional<quint64> &min, const std::optional<quint64> &max,
                  const QLocale &locale)
{
    if (!min && !max)
        return {};
    const quint64 from = min.value_or(0);
    const quint64 to = max.value_or(uint64Max);
    const QString fromText = formatUnits(Uint256(from), 0, locale);
    const QString toText = formatUnits(Uint256(to), 0, locale);
    if (from == to)
        return from == 0 ? QStringLiteral("0") : fromText;
    if (from == 0 && to == uint64Max)
        return PermitFormat::tr("no limit");
    if (to == uint64Max)
        return PermitFormat::tr("%1 – no limit").arg(fromText);
    return from == 0 ? PermitFormat::tr("up to %1").arg(toText)
                     : PermitFormat::tr("%1 – %2").arg(fromText, toText);
}

QString priceDigits(const std::optional<quint64> &min, const std::optional<quint64> &max)
{
    if (!min || !max)
        return {};
    return *min == *max ? PermitFormat::tr("%1 in contract units").arg(*min)
                        : PermitFormat::tr("From %1 to %2 in contract units")
                              .arg(QString::number(*min), QString::number(*max));
}

QString priceHelp()
{
    return PermitFormat::tr(
        "A price is a whole number in the sale contract's own units. Sonar doesn't publish what "
        "one unit is worth, so Sonar Desktop can't convert it into the payment token. What is "
        "certain: the contract takes a price from the lowest to the highest that the permit "
        "names, and refuses any other. If you can choose, ask the sale's team what the number "
        "means before you commit.");
}

QString localTime(quint64 unixSeconds, const QLocale &locale)
{
    if (unixSeconds > calendarEnd)
        return PermitFormat::tr("no end");
    const QDateTime time = toLocal(unixSeconds);
    return withZone(dayAndTime(time, locale), time);
}

QString localTimeWithSeconds(quint64 unixSeconds, const QLocale &locale)
{
    if (unixSeconds > calendarEnd)
        return PermitFormat::tr("no end");
    const QDateTime time = toLocal(unixSeconds);
    return withZone(PermitFormat::tr("%1, %2", "day, time")
                        .arg(day(time, locale), locale.toString(time, QStringLiteral("HH:mm:ss"))),
                    time);
}

QString exactTime(quint64 unixSeconds, const QLocale &locale)
{
    return localMomentText(unixSeconds, locale);
}

QString windowText(const std::optional<quint64> &opensAt, const std::optional<quint64> &closesAt,
                   const QLocale &locale)
{
    if (!opensAt && !closesAt)
        return {};
    const bool opens = opensAt && *opensAt != 0;
    const bool closes = closesAt && *closesAt <= calendarEnd;
    if (!opens && !closes)
        return PermitFormat::tr("always open");
    if (!opens)
        return PermitFormat::tr("until %1").arg(localTime(*closesAt, locale));
    if (!closes)
        return PermitFormat::tr("from %1").arg(localTime(*opensAt, locale));
    if (*opensAt > calendarEnd)
        return PermitFormat::tr("never open");
    const QDateTime first = toLocal(*opensAt);
    const QDateTime last = toLocal(*closesAt);
    const QString end =
        first.date() == last.date() ? clockTime(last, locale) : dayAndTime(last, locale);
    // The zone once, unless the clocks are changed in between.
    const QString start = first.timeZoneAbbreviation() == last.timeZoneAbbreviation()
                              ? dayAndTime(first, locale)
                              : withZone(dayAndTime(first, locale), first);
    return PermitFormat::tr("%1 – %2").arg(start, withZone(end, last));
}

QString countdown(qint64 seconds)
{
    const qint64 left = qMax<qint64>(seconds, 0);
    constexpr qint64 hour = 3600;
    constexpr qint64 dayLength = 24 * hour;
    if (left >= 10000 * dayLength)
        return PermitFormat::tr("no end");
    if (left >= 2 * dayLength)
        return PermitFormat::tr("%n days", nullptr, int(left / dayLength));
    const auto padded = [](qint64 value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    if (left >= hour)
        return QStringLiteral("%1:%2:%3")
            .arg(left / hour)
            .arg(padded(left % hour / 60), padded(left % 60));
    return QStringLiteral("%1:%2").arg(left / 60).arg(padded(left % 60));
}

QString countdownWords(qint64 seconds)
{
    const qint64 left = qMax<qint64>(seconds, 0);
    if (left >= 2 * 24 * 3600)
        return countdown(left);
    if (left >= 3600)
        return PermitFormat::tr("%1 h %2 min").arg(left / 3600).arg(left % 3600 / 60);
    if (left >= 60)
        return PermitFormat::tr("%1 min %2 s").arg(left / 60).arg(left % 60);
    return PermitFormat::tr("%1 s").arg(left);
}

} // namespace sonar
