// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/salefile.h"

#include "app/base/localfile.h"
#include "app/base/textencoding.h"
#include "app/config/salefields.h"

#include <limits>

namespace sonar {

namespace {

constexpr qsizetype largestFile = qsizetype(256) * 1024;
constexpr qsizetype mostRedirectUris = 16;
constexpr int mostDecimals = 77; // 10^77 is the largest power of ten in a uint256

Error tooLarge()
{
    return {ErrorKind::Malformed,
            SaleFile::tr("This is no sale file: it is larger than 256 KiB."),
            SaleFile::tr("Choose another file."),
            {},
            0};
}

Error fileError(const QString &summary, const QString &path, const QString &reason)
{
    return {ErrorKind::File, summary, SaleFile::tr("%1: %2").arg(path, reason), {}, 0};
}

QUrl serviceUrl(SaleFields &fields, const char *name, const QString &usual)
{
    const QString text = fields.textOr(name, usual);
    fields.require(name, text, refusedServiceUrl);
    QUrl url(text, QUrl::StrictMode);
    QString path = url.path();
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    url.setPath(path);
    return url;
}

QStringList redirectUris(SaleFields &fields)
{
    QStringList uris;
    if (fields.has("redirectURI") || !fields.has("redirectURIs")) {
        uris << fields.text("redirectURI");
        fields.require("redirectURI", uris.first(), refusedRedirectUri);
    }
    if (!fields.has("redirectURIs"))
        return uris;
    const QStringList more = fields.texts("redirectURIs");
    if (more.size() > mostRedirectUris)
        fields.refuse("redirectURIs", SaleFile::tr("%1 has more than 16 entries"));
    for (const QString &uri : more) {
        fields.require("redirectURIs", uri, refusedRedirectUri);
        if (!uris.contains(uri))
            uris << uri;
    }
    if (uris.isEmpty())
        fields.refuse("redirectURIs", SaleFile::tr("%1 is empty"));
    return uris;
}

/// An optional address; written the way of `type`, or of either chain when the file names none.
QString address(SaleFields &fields, const char *name, std::optional<ChainType> type)
{
    QString text = fields.textOr(name, {});
    fields.require(name, text,
                   [type](const QString &value) { return refusedAddress(value, type); });
    return text;
}

ChainType chainType(SaleFields &fields)
{
    const QString type = fields.text("type");
    if (type != QLatin1String("evm") && type != QLatin1String("svm"))
        fields.refuse("type", SaleFile::tr("%1 must be \"evm\" or \"svm\""), type);
    return type == QLatin1String("svm") ? ChainType::Svm : ChainType::Evm;
}

Chain readChain(SaleFields &fields)
{
    Chain chain;
    chain.type = chainType(fields);
    if (chain.type == ChainType::Evm)
        chain.chainId = fields.integer("chainId", 1, std::numeric_limits<quint64>::max());
    if (const QString rpcUrl = fields.textOr("rpcURL", {}); !rpcUrl.isEmpty()) {
        fields.require("rpcURL", rpcUrl, refusedRpcUrl);
        chain.rpcUrl = QUrl(rpcUrl, QUrl::StrictMode);
    }
    chain.saleContract = address(fields, "saleContract", chain.type);
    chain.paymentToken = address(fields, "paymentToken", chain.type);
    chain.paymentTokenSymbol = fields.textOr("paymentTokenSymbol", {});
    fields.require("paymentTokenSymbol", chain.paymentTokenSymbol, refusedSymbol);
    // Guessed decimals would show amounts wrong by powers of ten.
    if (!chain.paymentToken.isEmpty() || fields.has("paymentTokenDecimals")) {
        chain.paymentTokenDecimals = int(fields.integer("paymentTokenDecimals", 0, mostDecimals));
    }
    return chain;
}

std::optional<Chain> optionalChain(SaleFields &fields, const JsonDocument &document)
{
    if (!fields.has("chain"))
        return std::nullopt;
    // A document of its own: so its fields have lines, too.
    const auto text = document.exactText("chain").value_or(QByteArray());
    const Result<JsonDocument> inner = JsonDocument::parse(text);
    if (!inner || !inner->root().isObject()) {
        fields.refuse("chain", SaleFile::tr("%1 must be an object in curly brackets"));
        return std::nullopt;
    }
    SaleFields chainFields(*inner, fields.lineOf("chain"), QStringLiteral("chain."));
    Chain chain = readChain(chainFields);
    fields.adopt(chainFields.fault());
    return chain;
}

QString checkedUuid(SaleFields &fields, const char *name)
{
    QString text = fields.text(name);
    fields.require(name, text, refusedUuid);
    return text;
}

Sale readSale(SaleFields &fields, const JsonDocument &document)
{
    Sale sale;
    sale.name = fields.text("name");
    fields.require("name", sale.name, refusedName);
    sale.name = sale.name.trimmed();
    sale.saleUuid = checkedUuid(fields, "saleUUID");
    sale.clientUuid = checkedUuid(fields, "clientUUID");
    sale.redirectUris = redirectUris(fields);
    sale.frontendUrl = serviceUrl(fields, "frontendURL", QStringLiteral("https://app.echo.xyz"));
    sale.apiUrl = serviceUrl(fields, "apiURL", QStringLiteral("https://api.echo.xyz"));
    sale.chain = optionalChain(fields, document);
    sale.permitSigner = address(fields, "permitSigner",
                                sale.chain ? std::optional(sale.chain->type) : std::nullopt);
    return sale;
}

} // namespace

Result<Sale> parseSaleFile(const QByteArray &fileText)
{
    const Result<QByteArray> utf8 = utf8Text(fileText);
    if (!utf8)
        return failure({ErrorKind::Malformed,
                        SaleFile::tr("The sale file can't be read. %1").arg(utf8.error().summary),
                        utf8.error().advice,
                        {},
                        0});
    const QByteArray text = *utf8;
    if (text.size() > largestFile)
        return failure(tooLarge());
    const Result<JsonDocument> document = JsonDocument::parse(text);
    if (!document) {
        Error error = document.error();
        error.summary =
            SaleFile::tr("The sale file is not valid JSON: %1.").arg(document.error().details);
        error.advice =
            SaleFile::tr("Correct the sale file, or ask whoever gave it to you for a new one.");
        return failure(error);
    }
    if (!document->root().isObject()) {
        return failure({ErrorKind::Malformed,
                        SaleFile::tr("Line 1: a sale file is an object in curly brackets."),
                        SaleFile::tr("Choose another file."),
                        {},
                        0});
    }
    SaleFields fields(*document, 1, {});
    Sale sale = readSale(fields, *document);
    if (const auto &fault = fields.fault())
        return failure(*fault);
    sale.fileText = text;
    return sale;
}

Result<Sale> readSaleFile(const QString &path)
{
    const QString summary = SaleFile::tr("The sale file can't be read.");
    // With room for a byte order mark and for UTF-16; the rest is judged there.
    const auto text = readLocalFile(path, 2 * largestFile + 3);
    if (!text && text.error().kind == ErrorKind::Malformed)
        return failure(tooLarge());
    if (!text)
        return failure(fileError(summary, path, text.error().summary));
    return parseSaleFile(*text);
}

Result<void> writeSaleFile(const Sale &sale, const QString &path)
{
    // The address of an RPC server may hold a key.
    const Result<void> written =
        writeLocalFile(path, toSaleFile(sale), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!written)
        return failure(fileError(SaleFile::tr("The sale file can't be saved."), path,
                                 written.error().summary));
    return {};
}

} // namespace sonar
