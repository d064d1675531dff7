// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/config/sale.h"

namespace sonar {

/// Reads the text of a .sonarsale file (JSON, UTF-8, at most 256 KiB). Required: name, saleUUID,
/// clientUUID, redirectURI (or a list redirectURIs). Defaults: frontendURL https://app.echo.xyz,
/// apiURL https://api.echo.xyz. Keys it doesn't know are kept in Sale::fileText. The error
/// (Malformed) names the field and the line.
Result<Sale> parseSaleFile(const QByteArray &text);

/// Reads and parses a file; an error of kind File when it can't be read.
Result<Sale> readSaleFile(const QString &path);

/// The sale as the text of a .sonarsale file; unknown keys of Sale::fileText survive.
QByteArray toSaleFile(const Sale &sale);

/// Writes atomically (QSaveFile).
Result<void> writeSaleFile(const Sale &sale, const QString &path);

} // namespace sonar
