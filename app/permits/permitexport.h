// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/config/sale.h"
#include "app/permits/permitverification.h"
#include "app/permits/purchasepermit.h"

#include <QDateTime>
#include <QList>

namespace sonar {

/// One permit as it goes into a file.
struct ExportedPermit
{
    QString entityLabel; ///< plain text from the server
    QString saleSpecificEntityId;
    QString wallet;
    QByteArray replyText; ///< the service's answer, byte for byte
    PurchasePermit permit;
    PermitSignature signature; ///< read once, when the permit came
    PermitVerification verification;
    QDateTime receivedAt; ///< UTC
};

/// {"format":"sonar-desktop/permits","version":1,…}: every reply stands in it byte for byte under
/// "reply", beside our verification report. Schema in the README. The RPC URL stays out: it may
/// hold a key; so does EntityID, which is for the API alone (protocol reference §1).
QByteArray permitsAsJson(const QList<ExportedPermit> &permits, const Sale &sale,
                         const QDateTime &now);

/// RFC 4180 with a header line, CRLF, UTF-8. A cell that a spreadsheet would take for a formula
/// (=, +, -, @, tab, CR, LF or one of the first four in full width, also after spaces) gets a
/// leading apostrophe. The header's words aren't translated: programs read them.
QByteArray permitsAsCsv(const QList<ExportedPermit> &permits, const Sale &sale);

/// Atomically (QSaveFile, mode 0600): what was at `path` stays when anything fails.
Result<void> writeExport(const QString &path, const QByteArray &content);

} // namespace sonar
