// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/commitmentexport.h"

#include "app/base/hex.h"
#include "app/permits/commitmentremarks.h"
#include "app/permits/walletaddress.h"
#include "app/permits/walletexport.h"

#include <QCoreApplication>

namespace sonar {

namespace {

struct CommitmentText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::CommitmentExport)
};

tl::unexpected<Error> notWritten(const QString &summary)
{
    return failure({ErrorKind::InvalidInput, summary, {}, {}, 0});
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

/// Once, before all of them.
QStringList castInstructions(const Chain &chain)
{
    QStringList lines = {
        CommitmentText::tr("Add how you sign, for instance --ledger or --account "
                           "NAME, and wait for each to be mined before the next.")};
    if (publicRpcUrl(chain.rpcUrl).isEmpty())
        lines << CommitmentText::tr("Set ETH_RPC_URL, or add --rpc-url to each: the address of the "
                                    "chain's server may hold a key, so it isn't written here.");
    return lines;
}

QString asCastCommands(const QList<ContractCall> &calls, const Chain &chain, const QString &wallet)
{
    QStringList commands;
    for (const ContractCall &call : calls)
        commands << castSendCommand(call, chain, wallet);
    // No bid when the approval failed, whether it runs as a script or is pasted: no comment may
    // stand between the two, since a shell that doesn't know it for one would end the chain there.
    return commented(callTitles(calls)) + commands.join(QLatin1String(" &&\n")) + QLatin1Char('\n');
}

/// What stands before the first commitment.
QStringList commonRemarks(const Sale &sale, const QList<BidUnderPermit> &commitments)
{
    QStringList lines;
    if (sale.isSandbox())
        lines << CommitmentText::tr("Sandbox: worthless on a real sale.");
    for (const QString &note : contractNotes(commitments))
        lines << CommitmentText::tr("NOTE: %1").arg(note);
    return lines;
}

/// Of one commitment among `count`.
QStringList remarksOf(const Sale &sale, const QList<BidUnderPermit> &commitments, qsizetype index)
{
    const BidUnderPermit &one = commitments[index];
    return commitmentRemarks(sale, one, commitmentTitle(one, index + 1, commitments.size()));
}

Result<QByteArray> asSafeBatch(const QList<ContractCall> &calls, const Sale &sale,
                               const QList<BidUnderPermit> &commitments, const QDateTime &now)
{
    const QByteArray safe = commitments.front().permit.permit.wallet;
    QStringList lines = commonRemarks(sale, commitments);
    for (qsizetype i = 0; i < commitments.size(); ++i) {
        if (commitments[i].permit.permit.wallet != safe)
            return notWritten(
                CommitmentText::tr("A Safe batch is for one Safe; these permits are for "
                                   "different wallets."));
        lines << remarksOf(sale, commitments, i);
    }
    for (QString &line : lines)
        line = oneLine(line);
    const QString name = oneLine(sale.name).left(60);
    return safeBatch({sale.chain->chainId,
                      commitments.size() == 1 ? CommitmentText::tr("Commitment to %1").arg(name)
                                              : CommitmentText::tr("%1 commitments to %2")
                                                    .arg(QString::number(commitments.size()), name),
                      lines.join(QLatin1Char(' ')), checksummedAddress(safe), now},
                     calls);
}

Result<QByteArray> asPhoneLink(const Sale &sale, const QList<BidUnderPermit> &commitments)
{
    if (commitments.size() != 1)
        return notWritten(CommitmentText::tr("A link is for one permit."));
    const BidUnderPermit &one = commitments.front();
    return approveLink(*sale.chain, one.approval).map([&](const QString &link) {
        const QString notes =
            one.permit.verification.usable() && one.permit.verification.signerConfirmed()
                ? QString()
                : commented(commonRemarks(sale, commitments) + remarksOf(sale, commitments, 0));
        return (notes + link + QLatin1Char('\n')).toUtf8();
    });
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
                                  const QList<BidUnderPermit> &commitments, const QDateTime &now)
{
    if (commitments.isEmpty())
        return notWritten(CommitmentText::tr("There is no bid to write."));
    const Chain chain = sale.chain.value_or(Chain());
    QList<QList<ContractCall>> pairs;
    for (const BidUnderPermit &one : commitments) {
        const auto calls = commitmentCalls(chain, one.permit.permit, one.bid, one.approval);
        if (!calls)
            return tl::unexpected(calls.error());
        pairs << *calls;
    }
    if (form == WalletForm::PhoneLink)
        return asPhoneLink(sale, commitments);
    if (form == WalletForm::SafeBatch) {
        QList<ContractCall> calls;
        for (const QList<ContractCall> &pair : pairs)
            calls << pair;
        return asSafeBatch(calls, sale, commitments, now);
    }
    const bool cast = form == WalletForm::CastCommands;
    QStringList blocks;
    QStringList common = commonRemarks(sale, commitments);
    if (cast)
        common << castInstructions(chain);
    for (qsizetype i = 0; i < pairs.size(); ++i) {
        const QString wallet = checksummedAddress(commitments[i].permit.permit.wallet);
        blocks << commented(remarksOf(sale, commitments, i)) +
                      (cast ? asCastCommands(pairs[i], chain, wallet) : asCalldata(pairs[i]));
    }
    return (commented(common) + blocks.join(QLatin1Char('\n'))).toUtf8();
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
