// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"
#include "app/permits/purchasepermit.h"
#include "app/sonar/replies.h"
#include "ui/style/plaintext.h"

#include <QLocale>
#include <QString>

#include <optional>

namespace sonar {

/// For Qt::ToolTipRole: never taken for rich text, whatever it holds.
QString plainToolTip(const QString &text);
/// The label as shown; a nameless entity by its id.
QString entityName(const QString &label, const QString &entityId);
/// "0x7099…79C8 Treasury".
QString walletName(const QString &address, const QString &name);

/// How a sale's amounts are shown: in token units when the sale file tells decimals and symbol,
/// else in base units.
struct AmountFormat
{
    std::optional<int> decimals;
    QString symbol;
    QLocale locale;
    ChainType chain = ChainType::Evm;

    static AmountFormat of(const Sale &sale, const QLocale &locale = QLocale());
    QString amount(const Uint256 &baseUnits) const; ///< without symbol
    QString unit() const;                           ///< symbol, "base units", or empty
};

/// The extremes read as "no limit". Empty when there are no limits to show.
QString limitsText(const std::optional<Uint256> &min, const std::optional<Uint256> &max,
                   PermitType type, const AmountFormat &format);
/// The same in base units, for the tooltip.
QString limitsBaseUnits(const std::optional<Uint256> &min, const std::optional<Uint256> &max,
                        PermitType type);
/// What a wallet may commit; the chain's largest amount reads as "no limit".
QString walletLimitsText(const CommitmentLimits &limits, const AmountFormat &format);
QString walletLimitsBaseUnits(const CommitmentLimits &limits, ChainType chain);
/// Prices are plain uint64 whose unit no source defines (protocol reference §7): as they stand. See
/// priceHelp.
QString priceText(const std::optional<quint64> &min, const std::optional<quint64> &max,
                  const QLocale &locale = QLocale());
/// The same as the permit's own digits, for the tooltip.
QString priceDigits(const std::optional<quint64> &min, const std::optional<quint64> &max);
/// What a price is, for whoever asks: a sentence or a few.
QString priceHelp();
/// [opensAt, closesAt) in local time with its zone.
QString windowText(const std::optional<quint64> &opensAt, const std::optional<quint64> &closesAt,
                   const QLocale &locale = QLocale());
/// Day and time, local, with the zone: "24 Nov, 14:05 CET"; "no end" for times beyond every
/// calendar.
QString localTime(quint64 unixSeconds, const QLocale &locale = QLocale());
QString localTimeWithSeconds(quint64 unixSeconds, const QLocale &locale = QLocale());
/// With seconds, year and zone.
QString exactTime(quint64 unixSeconds, const QLocale &locale = QLocale());

QString countdown(qint64 seconds);      ///< "8:41"
QString countdownWords(qint64 seconds); ///< "8 min 41 s"

} // namespace sonar
