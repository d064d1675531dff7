// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/preferences.h"
#include "app/permits/walletinput.h"

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
    QList<Wallet> wallets;      ///< each address once, in its display form
    QList<RefusedLine> refused; ///< the first thousand
    int moreRefused = 0;        ///< lines beyond those
    int repeated = 0;           ///< lines with an address that stood in an earlier one
};

/// One wallet a line: the address and its name, if any, after a comma, semicolon, tab or space; or
/// the name first. Empty lines and lines that begin with # are passed over.
WalletReading readWalletLines(const QString &text, const WalletRules &rules);

/// CSV (RFC 4180; semicolons and tabs part cells, too, or what a line "sep=;" says) in any encoding
/// that utf8Text takes. A line without anything like an address names the columns when one of its
/// cells has the word "address", or is "wallet" or a kind of wallet ("ETH wallet"); what stands
/// above it is passed over. Without one, the column is that whose cells are wallets. A quotation
/// mark that isn't closed costs its line, not those after it.
WalletReading readWalletCsv(const QByteArray &file, const WalletRules &rules);

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

} // namespace sonar
