// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/permits/walletinput.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace sonar {

/// One record of a CSV file.
struct CsvRow
{
    int line = 1;      ///< that it begins in, from 1
    QStringList cells; ///< of a faulty one, the text of its line
    QString fault;     ///< a sentence; empty when it could be read
};

/// A CSV file with wallets, and where in it they stand.
struct WalletTable
{
    QList<CsvRow> rows; ///< without what stands above the wallets
    int addressColumn = 0;
    int nameColumn = -1; ///< -1: names aren't in it
};

/// The error is Malformed, for what isn't text.
Result<WalletTable> readWalletTable(const QByteArray &file, const WalletRules &rules);

} // namespace sonar
