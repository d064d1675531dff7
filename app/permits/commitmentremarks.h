// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/commitmentexport.h"

namespace sonar {

/// Text that may come from a server as one line without control characters.
QString oneLine(const QString &text);

/// Each line behind "# ", unable to leave it. Not every shell takes that for a comment (zsh doesn't
/// when it is pasted), so nothing that means something to a shell stays in it either.
QString commented(const QStringList &lines);

/// What a person should know of one commitment before signing, a line each: for which entity, how
/// much, by whom, until when, and which checks the permit failed. `title` comes first.
QStringList commitmentRemarks(const Sale &sale, const BidUnderPermit &commitment,
                              const QString &title);
/// The entity as a title: "Entity Borealis Capital, 0x….", of many "2 of 5: entity …".
QString commitmentTitle(const BidUnderPermit &commitment, qsizetype number, qsizetype count);

/// What the sale contract makes of commitments beside each other; whole sentences.
QStringList contractNotes(const QList<BidUnderPermit> &commitments);

} // namespace sonar
