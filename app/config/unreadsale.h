// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <QList>
#include <QString>
#include <QVariant>

namespace sonar {

/// A remembered sale that this version can't read. It stays in the settings as it is.
struct UnreadSale
{
    QVariant stored;  ///< exactly
    QString name;     ///< as far as it can be told; plain text, one line, never empty
    QString saleUuid; ///< of the sale that takes its place once it is there; empty if not known
    Error fault;      ///< of its sale file
};

/// `number` from 1 in the user's list names what has no name.
UnreadSale unreadSale(const QVariant &stored, const Error &fault, int number);

/// “One”, “Two”, …: the first of them.
QString quotedNames(const QList<UnreadSale> &sales);

/// What the user is told about them; there is at least one.
Error unreadSalesError(const QList<UnreadSale> &sales);

} // namespace sonar
