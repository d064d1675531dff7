// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/commitmentexport.h"

#include <QList>
#include <QString>

#include <optional>

namespace sonar {

enum class ExportRange { Selected, All };
/// The first two are files of permits; the others are commitments under them, the last of one
/// alone.
enum class ExportFormat { Json, Csv, Calldata, CastCommands, SafeBatch, PhoneLink };

QList<ExportFormat> exportFormats();
QString exportFormatName(ExportFormat format);
/// Nothing for formats that aren't about a commitment.
std::optional<WalletForm> walletFormOf(ExportFormat format);
/// Of the file, without the dot.
QString exportSuffix(ExportFormat format);
/// For a file dialog.
QString exportFilter(ExportFormat format);
/// `path` with the ending of `format`, unless the user has given it an ending of their own.
QString withExportSuffix(const QString &path, ExportFormat format);
/// What a person should know of the format; may be empty.
QString exportFormatNote(ExportFormat format);

} // namespace sonar
