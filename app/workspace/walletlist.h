// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/preferences.h"

#include <QByteArray>
#include <QList>

namespace sonar {

/// A line that no wallet could be read from.
struct RefusedLine
{
    int number = 0; ///< from 1
    QString text;   ///< plain text, bounded
    QString reason; ///< a sentence
};

/// What came out of a text with wallets.
struct WalletReading
{
    QList<Wallet> wallets; ///< each address once, in its display form
    QList<RefusedLine> refused;
    int repeated = 0; ///< lines with an address that stood in an earlier one
};

/// One wallet a line: the address, then its name if any, after a comma, semicolon, tab or space.
/// Empty lines and lines that begin with # are passed over.
WalletReading readWalletLines(const QString &text, ChainType chain);

/// CSV (RFC 4180; semicolons and tabs part cells, too). A first line without anything like an
/// address, and with a cell "wallet" or one with the word "address", names the columns (the words
/// "name" or "label" beside it); without one, address and name come first.
WalletReading readWalletCsv(const QByteArray &file, ChainType chain);

/// How `added` changes a wallet book.
struct WalletMerge
{
    QList<Wallet> wallets; ///< the whole book afterwards
    int added = 0;
    int renamed = 0;
    int unchanged = 0;
    int left = 0; ///< new ones that a full book has no place for
};
WalletMerge mergeWallets(const QList<Wallet> &book, const QList<Wallet> &added);

/// No more than these are kept in a book.
constexpr int mostWallets = 5000;

} // namespace sonar
