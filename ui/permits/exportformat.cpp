// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/permits/exportformat.h"

#include <QCoreApplication>

namespace sonar {

namespace {

struct ExportFormatText
{
    Q_DECLARE_TR_FUNCTIONS(ExportFormat)
};

} // namespace

QList<ExportFormat> exportFormats()
{
    return {ExportFormat::Json,         ExportFormat::Csv,       ExportFormat::Calldata,
            ExportFormat::CastCommands, ExportFormat::SafeBatch, ExportFormat::PhoneLink};
}

QString exportFormatName(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Json:
        return ExportFormatText::tr("JSON, with each answer exactly as it came");
    case ExportFormat::Csv:
        return ExportFormatText::tr("CSV, for spreadsheets");
    case ExportFormat::Calldata:
        return ExportFormatText::tr("Calldata, as hex");
    case ExportFormat::CastCommands:
        return ExportFormatText::tr("cast commands, for Foundry");
    case ExportFormat::SafeBatch:
        return ExportFormatText::tr("Safe Transaction Builder batch");
    case ExportFormat::PhoneLink:
        return ExportFormatText::tr("Link and QR code, for a phone (EIP-681)");
    }
    return {};
}

std::optional<WalletForm> walletFormOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Calldata:
        return WalletForm::Calldata;
    case ExportFormat::CastCommands:
        return WalletForm::CastCommands;
    case ExportFormat::SafeBatch:
        return WalletForm::SafeBatch;
    case ExportFormat::PhoneLink:
        return WalletForm::PhoneLink;
    case ExportFormat::Json:
    case ExportFormat::Csv:
        break;
    }
    return std::nullopt;
}

QString exportSuffix(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return QStringLiteral("csv");
    case ExportFormat::Calldata:
    case ExportFormat::PhoneLink:
        return QStringLiteral("txt");
    case ExportFormat::CastCommands:
        return QStringLiteral("sh");
    case ExportFormat::Json:
    case ExportFormat::SafeBatch:
        break;
    }
    return QStringLiteral("json");
}

QString exportFilter(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return ExportFormatText::tr("CSV files (*.csv)");
    case ExportFormat::Calldata:
    case ExportFormat::PhoneLink:
        return ExportFormatText::tr("Text files (*.txt)");
    case ExportFormat::CastCommands:
        return ExportFormatText::tr("Shell scripts (*.sh)");
    case ExportFormat::Json:
    case ExportFormat::SafeBatch:
        break;
    }
    return ExportFormatText::tr("JSON files (*.json)");
}

QString withExportSuffix(const QString &path, ExportFormat format)
{
    for (const ExportFormat other : exportFormats()) {
        const QString ending = exportSuffix(other);
        if (path.endsWith(QLatin1Char('.') + ending, Qt::CaseInsensitive))
            return path.chopped(ending.size()) + exportSuffix(format);
    }
    return path;
}

QString exportFormatNote(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Calldata:
        return ExportFormatText::tr(
            "For each permit two transactions without value, one after the other.");
    case ExportFormat::CastCommands:
        return ExportFormatText::tr("Add how you sign, for instance --ledger. Wait for each to be "
                                    "mined before the next.");
    case ExportFormat::SafeBatch:
        return ExportFormatText::tr("Drop the file on Safe's Transaction Builder. The Safe must be "
                                    "the permit's wallet.");
    case ExportFormat::PhoneLink:
        return ExportFormatText::tr("This link only approves the payment. To commit, use another "
                                    "format.");
    case ExportFormat::Json:
    case ExportFormat::Csv:
        break;
    }
    return {};
}

} // namespace sonar
