// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/calldata.h"

#include "app/permits/abi.h"
#include "app/permits/permitdigest.h"

#include <QCoreApplication>

namespace sonar {

namespace {

struct CalldataText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::Calldata)
};

constexpr quint64 wordSize = 32;

/// Selector of a function that takes `firstTypes`, then a v3 permit and its signature.
QByteArray purchaseSelector(const QByteArray &name, const QByteArray &firstTypes)
{
    return functionSelector(name + '(' + firstTypes +
                            ",(bytes16,bytes16,address,uint64,uint256,uint256,uint64,uint64,"
                            "uint64,uint64,bytes),bytes)");
}

/// The two arguments that every purchase ends with, after `head`: offsets of the permit and its
/// signature, then both.
Result<QByteArray> withPermit(const QByteArray &head, const PurchasePermit &permit)
{
    if (permit.type != PermitType::BasicV3)
        return failure({ErrorKind::InvalidInput,
                        CalldataText::tr("Sale contracts take permits of type basic-v3; this one "
                                         "is of type %1.")
                            .arg(permitTypeName(permit.type)),
                        CalldataText::tr("Use the permit with the program that asked for it."),
                        {},
                        0});
    const QByteArray tuple = abiPermitTuple(permit);
    const quint64 permitOffset = quint64(head.size()) + 2 * wordSize;
    return head + abiWord(permitOffset) + abiWord(permitOffset + quint64(tuple.size())) + tuple +
           abiBytes(permit.signature);
}

} // namespace

QByteArray functionSelector(const QByteArray &signature)
{
    return keccak256(signature).left(4);
}

QByteArray approveCalldata(const QByteArray &spender, const Uint256 &amount)
{
    return functionSelector("approve(address,uint256)") + abiRightAligned(spender) +
           abiWord(amount);
}

QByteArray balanceOfCalldata(const QByteArray &account)
{
    return functionSelector("balanceOf(address)") + abiRightAligned(account);
}

QByteArray allowanceCalldata(const QByteArray &owner, const QByteArray &spender)
{
    return functionSelector("allowance(address,address)") + abiRightAligned(owner) +
           abiRightAligned(spender);
}

Result<QByteArray> replaceBidWithApprovalCalldata(const QByteArray &token, const Bid &bid,
                                                  const PurchasePermit &permit)
{
    const QByteArray head =
        abiRightAligned(token) + abiBool(bid.lockup) + abiWord(bid.price) + abiWord(bid.amount);
    return withPermit(head, permit).map([](const QByteArray &arguments) {
        return purchaseSelector("replaceBidWithApproval", "address,(bool,uint64,uint256)") +
               arguments;
    });
}

QByteArray entityStatesByIdsCalldata(const QList<QByteArray> &entityIds)
{
    QByteArray data = functionSelector("entityStatesByIDs(bytes16[])") + abiWord(wordSize) +
                      abiWord(quint64(entityIds.size()));
    for (const QByteArray &id : entityIds)
        data += abiLeftAligned(id);
    return data;
}

Result<QByteArray> purchaseCalldata(const Uint256 &amount, const PurchasePermit &permit)
{
    return withPermit(abiWord(amount), permit).map([](const QByteArray &arguments) {
        return purchaseSelector("purchase", "uint256") + arguments;
    });
}

} // namespace sonar
