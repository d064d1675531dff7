// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/commitmentexport.h"

#include "app/base/hex.h"
#include "app/permits/walletaddress.h"
#include "app/permits/walletexport.h"

#include <QCoreApplication>

namespace sonar {

namespace {

struct CommitmentText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::CommitmentExport)
};

/// One line without control characters: after "# " it can't begin a line of its own, which a shell
/// would run.
QString commentLine(const QString &text)
{
    QString line = text.simplified();
    line.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
               c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
    });
    return line;
}

QString amountWords(const Uint256 &amount, const Chain &chain)
{
    const QString number =
        formatUnits(amount, chain.paymentTokenDecimals.value_or(0), QLocale::c());
    if (!chain.paymentTokenDecimals)
        return CommitmentText::tr("%1 base units").arg(number);
    const QString symbol = chain.paymentTokenSymbol.isEmpty() ? CommitmentText::tr("tokens")
                                                              : chain.paymentTokenSymbol.left(24);
    return number + QLatin1Char(' ') + symbol;
}

/// What a person should know before signing, a line each.
QStringList remarks(const Sale &sale, const BidUnderPermit &commitment)
{
    const Bid &bid = commitment.bid;
    const PurchasePermit &permit = commitment.permit.permit;
    QStringList lines;
    lines << CommitmentText::tr("New total %1 at price %2, %3. Approves %4.")
                 .arg(amountWords(bid.amount, *sale.chain), QString::number(bid.price),
                      bid.lockup ? CommitmentText::tr("with lock-up")
                                 : CommitmentText::tr("without lock-up"),
                      amountWords(commitment.approval, *sale.chain));
    lines << CommitmentText::tr("To be sent by %1 before %2.")
                 .arg(checksummedAddress(permit.wallet), momentText(permit.expiresAt));
    if (sale.isSandbox())
        lines << CommitmentText::tr("Sandbox: worthless on a real sale.");
    if (commitment.permit.verification.usable()) {
        if (!commitment.permit.verification.signerConfirmed())
            lines << CommitmentText::tr("NOTE: who signed this permit is not confirmed.");
        return lines;
    }
    lines << CommitmentText::tr("WARNING: this permit did not pass its checks.");
    for (const PermitCheck &check : commitment.permit.verification.checks) {
        if (check.result == CheckResult::Failed)
            lines << QStringLiteral("%1: %2").arg(permitCheckName(check.kind), check.text);
    }
    return lines;
}

QString commented(const QStringList &lines)
{
    QString text;
    for (const QString &line : lines)
        text += QStringLiteral("# ") + commentLine(line) + QLatin1Char('\n');
    return text;
}

/// The title of each call of commitmentCalls.
QStringList callTitles(const QList<ContractCall> &calls)
{
    return {
        CommitmentText::tr("1. approve, to the payment token %1").arg(calls[0].to),
        CommitmentText::tr("2. replaceBidWithApproval, to the sale contract %1").arg(calls[1].to)};
}

QString asCalldata(const QList<ContractCall> &calls)
{
    const QStringList titles = callTitles(calls);
    QString text;
    for (qsizetype i = 0; i < calls.size(); ++i)
        text += commented({titles[i]}) + toHex(calls[i].data) + QLatin1Char('\n');
    return text;
}

QString asCastCommands(const QList<ContractCall> &calls, const Chain &chain, const QString &wallet)
{
    const QStringList titles = callTitles(calls);
    QString text = commented({CommitmentText::tr("Add how you sign, for instance --ledger or "
                                                 "--account NAME, and wait for the first to be "
                                                 "mined before the second.")});
    if (publicRpcUrl(chain.rpcUrl).isEmpty())
        text += commented({CommitmentText::tr("Set ETH_RPC_URL, or add --rpc-url to both: the "
                                              "address of the chain's server may hold a key, so it "
                                              "isn't written here.")});
    // No bid when the approval failed, whether it runs as a script or is pasted.
    for (qsizetype i = 0; i < calls.size(); ++i)
        text += commented({titles[i]}) + castSendCommand(calls[i], chain, wallet) +
                QLatin1String(i + 1 < calls.size() ? " &&\n" : "\n");
    return text;
}

QByteArray asSafeBatch(const QList<ContractCall> &calls, const Sale &sale,
                       const BidUnderPermit &commitment, const QDateTime &now)
{
    QStringList lines;
    for (const QString &line : remarks(sale, commitment))
        lines << commentLine(line);
    return safeBatch({sale.chain->chainId,
                      CommitmentText::tr("Commitment to %1").arg(commentLine(sale.name).left(60)),
                      lines.join(QLatin1Char(' ')),
                      checksummedAddress(commitment.permit.permit.wallet), now},
                     calls);
}

} // namespace

QStringList missingChainValues(const Sale &sale)
{
    if (sale.chainType() != ChainType::Evm)
        return {};
    const Chain chain = sale.chain.value_or(Chain());
    QStringList missing;
    if (chain.chainId == 0)
        missing << CommitmentText::tr("chain id");
    if (!parseEvmAddress(chain.saleContract))
        missing << CommitmentText::tr("sale contract");
    if (!parseEvmAddress(chain.paymentToken))
        missing << CommitmentText::tr("payment token");
    return missing;
}

QString whyNoCommitment(const PurchasePermit &permit)
{
    switch (permit.type) {
    case PermitType::BasicV3:
        return {};
    case PermitType::Solana:
        return CommitmentText::tr("This is a Solana permit. Calldata, cast and Safe are for "
                                  "Ethereum's kind of chain; export it as JSON for the program "
                                  "that places the bid.");
    case PermitType::Allocation:
    case PermitType::Basic:
    case PermitType::BasicV2:
        break;
    }
    return CommitmentText::tr("This permit is of type %1. The sale contract's call takes basic-v3 "
                              "alone, so a bid under this permit would be refused; export it as "
                              "JSON for the program that asked for it.")
        .arg(permitTypeName(permit.type));
}

Result<QByteArray> commitmentText(WalletForm form, const Sale &sale,
                                  const BidUnderPermit &commitment, const QDateTime &now)
{
    const Chain chain = sale.chain.value_or(Chain());
    const auto calls =
        commitmentCalls(chain, commitment.permit.permit, commitment.bid, commitment.approval);
    if (!calls)
        return tl::unexpected(calls.error());
    switch (form) {
    case WalletForm::SafeBatch:
        return asSafeBatch(*calls, sale, commitment, now);
    case WalletForm::Calldata:
        return (commented(remarks(sale, commitment)) + asCalldata(*calls)).toUtf8();
    case WalletForm::CastCommands:
        return (commented(remarks(sale, commitment)) +
                asCastCommands(*calls, chain, checksummedAddress(commitment.permit.permit.wallet)))
            .toUtf8();
    case WalletForm::PhoneLink:
        break;
    }
    return approveLink(chain, commitment.approval).map([&](const QString &link) {
        const QString notes = commitment.permit.verification.usable()
                                  ? QString()
                                  : commented(remarks(sale, commitment));
        return (notes + link + QLatin1Char('\n')).toUtf8();
    });
}

QStringList commitmentPieces(WalletForm form, const Sale &sale, const BidUnderPermit &commitment)
{
    const Chain chain = sale.chain.value_or(Chain());
    const PurchasePermit &permit = commitment.permit.permit;
    const auto calls = commitmentCalls(chain, permit, commitment.bid, commitment.approval);
    QStringList pieces;
    for (const ContractCall &call : calls.value_or(QList<ContractCall>())) {
        if (form == WalletForm::Calldata)
            pieces << toHex(call.data);
        if (form == WalletForm::CastCommands)
            pieces << castSendCommand(call, chain, checksummedAddress(permit.wallet));
    }
    return pieces;
}

} // namespace sonar
