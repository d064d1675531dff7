// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/walletexport.h"

#include "app/base/hex.h"
#include "app/permits/calldata.h"
#include "app/permits/walletaddress.h"

#include <QCoreApplication>

#include <algorithm>

namespace sonar {

namespace {

struct WalletExportText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::WalletExport)
};

struct CommitmentAddresses
{
    QByteArray saleContract;
    QByteArray paymentToken;
};

tl::unexpected<Error> incomplete(const QString &summary)
{
    return failure({ErrorKind::InvalidInput,
                    summary,
                    WalletExportText::tr("Complete the chain section of the sale file; the people "
                                         "who run the sale publish these values."),
                    {},
                    0});
}

Result<CommitmentAddresses> addressesOf(const Chain &chain)
{
    if (chain.type != ChainType::Evm || chain.chainId == 0)
        return incomplete(WalletExportText::tr("The sale isn't on a known EVM chain."));
    const auto saleContract = parseEvmAddress(chain.saleContract);
    if (!saleContract)
        return incomplete(WalletExportText::tr("The sale contract's address isn't known."));
    const auto paymentToken = parseEvmAddress(chain.paymentToken);
    if (!paymentToken)
        return incomplete(WalletExportText::tr("The payment token's address isn't known."));
    return CommitmentAddresses{*saleContract, *paymentToken};
}

bool isPlainInShell(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'0' && u <= u'9') || (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') ||
           QStringView(u"-_./:=@,+%").contains(c);
}

} // namespace

Result<QList<ContractCall>> commitmentCalls(const Chain &chain, const PurchasePermit &permit,
                                            const Bid &bid, const Uint256 &approval)
{
    const auto addresses = addressesOf(chain);
    if (!addresses)
        return tl::unexpected(addresses.error());
    const auto placeBid = replaceBidWithApprovalCalldata(addresses->paymentToken, bid, permit);
    if (!placeBid)
        return tl::unexpected(placeBid.error());
    return QList<ContractCall>{{checksummedAddress(addresses->paymentToken),
                                approveCalldata(addresses->saleContract, approval)},
                               {checksummedAddress(addresses->saleContract), *placeBid}};
}

QString shellQuoted(const QString &text)
{
    if (!text.isEmpty() && std::all_of(text.begin(), text.end(), isPlainInShell))
        return text;
    QString quoted = text;
    quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

QString publicRpcUrl(const QUrl &url)
{
    const QString path = url.path(QUrl::FullyEncoded);
    const bool bare = (path.isEmpty() || path == QLatin1String("/")) && !url.hasQuery() &&
                      !url.hasFragment() && url.userInfo().isEmpty();
    return bare ? url.toString(QUrl::FullyEncoded) : QString();
}

QString castSendCommand(const ContractCall &call, const Chain &chain, const QString &from)
{
    QStringList words = {QStringLiteral("cast"), QStringLiteral("send")};
    if (chain.chainId != 0)
        words << QStringLiteral("--chain") << QString::number(chain.chainId);
    if (const QString url = publicRpcUrl(chain.rpcUrl); !url.isEmpty())
        words << QStringLiteral("--rpc-url") << url;
    if (!from.isEmpty())
        words << QStringLiteral("--from") << from;
    words << call.to << toHex(call.data);
    std::transform(words.begin(), words.end(), words.begin(), shellQuoted);
    return words.join(QLatin1Char(' '));
}

Result<QString> approveLink(const Chain &chain, const Uint256 &amount)
{
    const auto addresses = addressesOf(chain);
    if (!addresses)
        return tl::unexpected(addresses.error());
    return QStringLiteral("ethereum:%1@%2/approve?address=%3&uint256=%4")
        .arg(checksummedAddress(addresses->paymentToken), QString::number(chain.chainId),
             checksummedAddress(addresses->saleContract), toDecimal(amount));
}

} // namespace sonar
