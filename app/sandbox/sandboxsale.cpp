// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxsale.h"

#include "app/sandbox/jsonwriter.h"
#include "app/sandbox/keccak.h"
#include "app/sandbox/walletforms.h"

namespace sonar::sandbox {

namespace {

constexpr quint64 baseSepolia = 84532;

QString addressOf(ChainType type, const QByteArray &name)
{
    return walletText(type, derived(name, type == ChainType::Evm ? 20 : 32));
}

} // namespace

Sale sandboxSale(const SandboxOptions &options, quint16 port, const QString &permitSigner)
{
    Chain chain;
    chain.type = options.chain;
    chain.chainId = options.chain == ChainType::Evm ? baseSepolia : 0;
    chain.saleContract = addressOf(options.chain, "sale contract");
    chain.paymentToken = addressOf(options.chain, "payment token");
    chain.paymentTokenSymbol = QStringLiteral("USDC");
    chain.paymentTokenDecimals = 6;

    Sale sale;
    sale.name = QStringLiteral("Sandbox sale");
    sale.saleUuid = options.saleUuid;
    sale.clientUuid = QLatin1String(sandboxClientUuid);
    sale.redirectUris = options.redirectUris;
    sale.frontendUrl = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port));
    sale.apiUrl = sale.frontendUrl;
    sale.permitSigner = permitSigner;
    sale.chain = chain;
    return sale;
}

QByteArray readyLine(const Sale &sale)
{
    const bool evm = sale.chainType() == ChainType::Evm;
    JsonObject chain;
    chain.text("type", evm ? QStringLiteral("evm") : QStringLiteral("svm"));
    if (evm)
        chain.number("chainId", sale.chain->chainId);
    chain.text("saleContract", sale.chain->saleContract)
        .text("paymentToken", sale.chain->paymentToken)
        .text("paymentTokenSymbol", sale.chain->paymentTokenSymbol)
        .number("paymentTokenDecimals", quint64(sale.chain->paymentTokenDecimals.value_or(0)));
    return JsonObject()
        .text("name", sale.name)
        .text("saleUUID", sale.saleUuid)
        .text("clientUUID", sale.clientUuid)
        .text("redirectURI", sale.redirectUris.first())
        .json("redirectURIs", jsonStrings(sale.redirectUris))
        .text("frontendURL", sale.frontendUrl.toString())
        .text("apiURL", sale.apiUrl.toString())
        .text("permitSigner", sale.permitSigner)
        .json("chain", chain.done())
        .number("port", quint64(sale.apiUrl.port()))
        .done();
}

} // namespace sonar::sandbox
