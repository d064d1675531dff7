// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/permits/walletexport.h"
#include "tests/permits/samples.h"

#include <QTimeZone>

namespace sonar::test {

inline const QDateTime noon = QDateTime::fromSecsSinceEpoch(sampleNow, QTimeZone::utc());

inline Sale saleOnChain()
{
    Sale sale;
    sale.name = QStringLiteral("Example sale");
    sale.apiUrl = QUrl(QStringLiteral("https://api.echo.xyz"));
    Chain chain;
    chain.chainId = 84532;
    chain.saleContract = QStringLiteral("0x810AAA10E6C3A8Cf0D968c7B8379739304b500B0");
    chain.paymentToken = QStringLiteral("0x036CbD53842c5426634e7929541eC2318f3dCF7e");
    chain.paymentTokenSymbol = QStringLiteral("USDC");
    chain.paymentTokenDecimals = 6;
    sale.chain = chain;
    return sale;
}

/// What is left when comment lines are taken out.
inline QByteArrayList bareLines(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    lines.removeIf([](const QByteArray &line) { return line.isEmpty() || line.startsWith('#'); });
    return lines;
}

inline QList<ContractCall> callsOf(const BidUnderPermit &commitment)
{
    return commitmentCalls(*saleOnChain().chain, commitment.permit.permit, commitment.bid,
                           commitment.approval)
        .value();
}

/// The export's text, or "error: " and what it says.
inline QByteArray writtenAll(WalletForm form, const QList<BidUnderPermit> &commitments,
                             const Sale &sale = saleOnChain())
{
    const auto text = commitmentText(form, sale, commitments, noon);
    return text ? *text : "error: " + text.error().summary.toUtf8();
}

} // namespace sonar::test
