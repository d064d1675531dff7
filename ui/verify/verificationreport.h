// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/importverification.h"

#include <QString>

namespace sonar {

/// "Ada Lovelace, 0x7099…79C8": one line, safe to show.
QString importedTitle(const ImportedPermit &permit);
/// The wallet in its display form, whole.
QString importedWallet(const PurchasePermit &permit);

/// What may be done with it, in two to six words that fit a chip.
QString standingText(const VerifiedImport &verified);

/// Every permit with its checks one by one, as plain text without control characters: a terminal
/// shows it, and obeys nothing in it.
QString verificationReport(const PermitImport &import, const QList<VerifiedImport> &verified,
                           qint64 now);

/// What `sonar-desktop --verify` says and how it ends.
struct VerifyOutcome
{
    /// 0: every permit is usable; 1: one isn't, or there is none; 2: unreadable; 3: no check
    /// failed, but a signer or an entity isn't confirmed.
    int exitCode = 0;
    QString output;
    QString error;
};
VerifyOutcome verifyPermitFile(const QString &path, const QList<KnownSigner> &known,
                               const QString &givenSigner, qint64 now);

} // namespace sonar
