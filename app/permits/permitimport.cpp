// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/permitimport.h"

#include "app/base/json.h"
#include "app/base/localfile.h"
#include "app/base/textencoding.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace sonar {

namespace {

/// About a hundred thousand permits.
constexpr qsizetype largestFile = 64 * 1024 * 1024;
/// A reply may be as deep as JsonLimits allows by itself; the export's own levels come on top.
constexpr JsonLimits importLimits{largestFile, 48};

struct ImportText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::PermitImport)
};

tl::unexpected<Error> unreadable(const QString &details)
{
    return failure({ErrorKind::Malformed,
                    ImportText::tr("The file holds no permits that this program can read."),
                    ImportText::tr("Open a JSON file that this program exported, or the service's "
                                   "reply with PermitJSON and Signature."),
                    details, 0});
}

/// The exact texts of a JSON list's objects; nothing when an item isn't an object. `list` has been
/// parsed before, so it is valid.
std::optional<QByteArrayList> exactItems(const QByteArray &list)
{
    const simdjson::padded_string text(list.constData(), size_t(list.size()));
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::array array;
    if (parser.iterate(text).get(document) != simdjson::SUCCESS ||
        document.get_array().get(array) != simdjson::SUCCESS)
        return std::nullopt;
    QByteArrayList items;
    for (auto item : array) {
        simdjson::ondemand::object object;
        std::string_view raw;
        if (item.get_object().get(object) != simdjson::SUCCESS ||
            object.raw_json().get(raw) != simdjson::SUCCESS)
            return std::nullopt;
        items << QByteArray(raw.data(), qsizetype(raw.size())).trimmed();
    }
    return items;
}

/// An EVM wallet is written with 0x; base58 has no 0.
ChainType chainOf(const JsonValue &reply)
{
    const auto permit = reply.member("PermitJSON");
    const auto nested = permit ? permit->member("Permit") : std::nullopt;
    const auto holder = nested ? nested : permit;
    const auto wallet = holder ? holder->member("Wallet") : std::nullopt;
    const QString text = wallet ? wallet->toText().value_or(QString()) : QString();
    return text.isEmpty() || text.startsWith(QLatin1String("0x"), Qt::CaseInsensitive)
               ? ChainType::Evm
               : ChainType::Svm;
}

std::optional<Chain> readChain(const JsonValue &object, JsonFields &sale)
{
    JsonFields fields(object, QStringLiteral("sale.chain"));
    Chain chain;
    const QString type = fields.text("type");
    if (type != QLatin1String("evm") && type != QLatin1String("svm"))
        fields.refuse("type", ImportText::tr("is neither evm nor svm"));
    chain.type = type == QLatin1String("svm") ? ChainType::Svm : ChainType::Evm;
    if (chain.type == ChainType::Evm)
        chain.chainId = fields.uint64("chainId");
    chain.saleContract = fields.textOr("saleContract");
    chain.paymentToken = fields.textOr("paymentToken");
    chain.paymentTokenSymbol = fields.textOr("paymentTokenSymbol");
    if (fields.has("paymentTokenDecimals")) {
        const quint64 decimals = fields.uint64("paymentTokenDecimals");
        if (decimals > 77)
            fields.refuse("paymentTokenDecimals", ImportText::tr("is larger than 77"));
        chain.paymentTokenDecimals = int(std::min<quint64>(decimals, 77));
    }
    if (fields.ok())
        return chain;
    sale.refuse("chain", fields.fault());
    return std::nullopt;
}

/// Returns the first fault.
QString readSale(const JsonValue &object, Sale &sale)
{
    JsonFields fields(object, QStringLiteral("sale"));
    sale.name = fields.text("name");
    sale.saleUuid = fields.text("saleUUID");
    sale.apiUrl = QUrl(fields.text("apiURL"), QUrl::StrictMode);
    sale.permitSigner = fields.textOr("permitSigner");
    if (fields.has("chain")) {
        if (const auto chain = fields.object("chain"))
            sale.chain = readChain(*chain, fields);
    }
    return fields.fault();
}

Result<ImportedPermit> readExported(const QByteArray &text, const QString &where, const Sale &sale)
{
    const auto document = JsonDocument::parse(text, importLimits);
    if (!document)
        return unreadable(document.error().details);
    JsonFields fields(document->root(), where);
    ImportedPermit imported;
    imported.claimed.wallet = fields.text("wallet");
    imported.claimed.saleUuid = sale.saleUuid;
    imported.claimed.signer = sale.permitSigner;
    imported.claimed.signerSource =
        sale.permitSigner.isEmpty() ? SignerSource::None : SignerSource::Export;
    imported.receivedAt = QDateTime::fromString(fields.textOr("receivedAt"), Qt::ISODate);
    const auto reply = fields.object("reply");
    if (const auto entity = fields.object("entity")) {
        JsonFields entityFields(*entity, where + QStringLiteral(".entity"));
        imported.entityLabel = entityFields.textOr("label");
        imported.claimed.saleSpecificEntityId = entityFields.text("saleSpecificEntityID");
        if (!entityFields.ok())
            return unreadable(entityFields.fault());
    }
    if (!fields.ok() || !reply)
        return unreadable(fields.fault());

    imported.replyText = document->exactText("reply").value_or(QByteArray());
    const auto permit =
        decodePermit(imported.replyText, sale.chain ? sale.chain->type : chainOf(*reply));
    if (!permit)
        return unreadable(where + QStringLiteral(": ") + permit.error().details);
    imported.permit = *permit;
    return imported;
}

Result<PermitImport> readExport(const JsonDocument &document, const PermitProgress &progress)
{
    JsonFields fields(document.root(), ImportText::tr("The file"));
    if (fields.text("format") != QLatin1String("sonar-desktop/permits"))
        fields.refuse("format", ImportText::tr("is not sonar-desktop/permits"));
    if (fields.uint64("version") != 1)
        fields.refuse("version",
                      ImportText::tr("is not 1: another version of this program wrote the file"));
    const auto sale = fields.object("sale");
    fields.array("permits");
    if (!fields.ok() || !sale)
        return unreadable(fields.fault());

    PermitImport import;
    if (const QString fault = readSale(*sale, import.sale); !fault.isEmpty())
        return unreadable(fault);
    const auto items = exactItems(document.exactText("permits").value_or(QByteArray()));
    if (!items)
        return unreadable(ImportText::tr("permits holds something that is no permit."));
    for (qsizetype i = 0; i < items->size(); ++i) {
        if (progress && !progress(i, items->size()))
            return failure(permitWorkCancelled());
        auto permit = readExported(items->at(i), QStringLiteral("permits[%1]").arg(i), import.sale);
        if (!permit)
            return tl::unexpected(permit.error());
        import.permits << *std::move(permit);
    }
    return import;
}

Result<PermitImport> readBareReply(const QByteArray &text, const JsonValue &root)
{
    ImportedPermit imported;
    imported.replyText = text.trimmed();
    const auto permit = decodePermit(imported.replyText, chainOf(root));
    if (!permit)
        return unreadable(permit.error().details);
    imported.permit = *permit;
    return PermitImport{{}, {imported}};
}

Error notRead(const QString &path, const QString &reason)
{
    return {ErrorKind::File,
            ImportText::tr("%1 can't be read.").arg(QDir::toNativeSeparators(path)),
            reason,
            {},
            0};
}

} // namespace

Error permitWorkCancelled()
{
    return {ErrorKind::Cancelled, ImportText::tr("The work was cancelled."), {}, {}, 0};
}

Result<PermitImport> parsePermitImport(const QByteArray &text, const PermitProgress &progress)
{
    const auto plain = utf8Text(text);
    if (!plain)
        return failure({ErrorKind::Malformed,
                        ImportText::tr("The file can't be read. %1").arg(plain.error().summary),
                        plain.error().advice,
                        {},
                        0});
    const auto document = JsonDocument::parse(*plain, importLimits);
    if (!document)
        return unreadable(document.error().details);
    if (document->root().member("PermitJSON"))
        return readBareReply(*plain, document->root());
    return readExport(*document, progress);
}

Result<PermitImport> readPermitImport(const QString &path, const PermitProgress &progress)
{
    const auto text = readLocalFile(path, largestFile);
    if (!text)
        return failure(notRead(path, text.error().summary));
    return parsePermitImport(*text, progress);
}

} // namespace sonar
