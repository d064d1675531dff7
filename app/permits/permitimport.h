// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/sale.h"
#include "app/permits/permitverification.h"
#include "app/permits/purchasepermit.h"

#include <QDateTime>
#include <QList>

#include <functional>

namespace sonar {

/// One permit as a file holds it.
struct ImportedPermit
{
    QByteArray replyText; ///< exact, but for white space around it
    PurchasePermit permit;
    QString entityLabel;  ///< plain text; may be empty
    QDateTime receivedAt; ///< invalid when the file doesn't say
    /// What the file itself says of wallet, sale, entity and signer (SignerSource::Export). It may
    /// be anybody's file: where the sale is known, its own values are the ones to hold against.
    PermitExpectation claimed;
};

struct PermitImport
{
    /// As far as the file says: name, saleUuid, apiUrl, permitSigner, chain. All empty for a bare
    /// reply.
    Sale sale;
    QList<ImportedPermit> permits;
};

/// Hears now and then that `done` of `all` permits are done, from whatever thread the work is in;
/// false ends the work with an error of kind Cancelled.
using PermitProgress = std::function<bool(qsizetype done, qsizetype all)>;
Error permitWorkCancelled();

/// From the text of an exported JSON file (permitsAsJson, version 1), or of a bare reply of the
/// service {PermitJSON, Signature}, whose wallet tells the chain. The errors (Malformed) say which
/// permit can't be read and why.
Result<PermitImport> parsePermitImport(const QByteArray &text, const PermitProgress &progress = {});

/// Reads and parses a file; an error of kind File when it can't be read.
Result<PermitImport> readPermitImport(const QString &path, const PermitProgress &progress = {});

} // namespace sonar
