// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/localmoment.h"

#include <QCoreApplication>
#include <QDateTime>

namespace sonar {

namespace {

struct LocalMomentText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::LocalMoment)
};

constexpr quint64 lastOfYear9999 = 253402300799; ///< Unix seconds

} // namespace

QString localMomentText(quint64 unixSeconds, const QLocale &locale)
{
    if (unixSeconds > lastOfYear9999)
        return LocalMomentText::tr("no end");
    const QDateTime time = QDateTime::fromSecsSinceEpoch(qint64(unixSeconds)).toLocalTime();
    return QStringLiteral("%1 %2").arg(
        locale.toString(time, QStringLiteral("d MMMM yyyy, HH:mm:ss")),
        time.timeZoneAbbreviation());
}

QString localCheckText(const PermitCheck &check, const PurchasePermit &permit,
                       const QLocale &locale)
{
    if (check.kind != PermitCheckKind::NotExpired && check.kind != PermitCheckKind::Window)
        return check.text;
    QString text = check.text;
    for (const std::optional<quint64> &moment :
         {std::optional(permit.expiresAt), permit.opensAt, permit.closesAt}) {
        // Beyond the calendars stands a plain number, which is the same in every zone.
        if (moment && *moment <= lastOfYear9999)
            text.replace(momentText(*moment), localMomentText(*moment, locale));
    }
    return text;
}

QList<PermitCheck> localChecks(const PermitVerification &verification, const PurchasePermit &permit,
                               const QLocale &locale)
{
    QList<PermitCheck> checks = verification.checks;
    for (PermitCheck &check : checks)
        check.text = localCheckText(check, permit, locale);
    return checks;
}

} // namespace sonar
