// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/permitverification.h"

#include <QLocale>

namespace sonar {

/// A moment in Unix seconds as people here read it, with its zone: "24 November 2026, 14:05:10
/// CET". "no end" when it lies beyond the year 9999.
QString localMomentText(quint64 unixSeconds, const QLocale &locale = QLocale());

/// The text of a check of `permit` for the window: the times that it has in UTC, for files, in
/// local time.
QString localCheckText(const PermitCheck &check, const PurchasePermit &permit,
                       const QLocale &locale = QLocale());
/// Every check with its text for the window.
QList<PermitCheck> localChecks(const PermitVerification &verification, const PurchasePermit &permit,
                               const QLocale &locale = QLocale());

} // namespace sonar
