// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/chain/jsonrpc.h"
#include "app/config/sale.h"

#include <memory>

namespace sonar {

/// SettlementSale's stage().
enum class SaleStage {
    PreOpen,
    Commitment,
    Cancellation,
    Settlement,
    Done,
    Unrecognised, ///< a later contract's
};

/// Questions to a sale's contract (protocol reference §9). Each is one eth_call on the latest block
/// and survives the death of the object.
class SaleContract
{
public:
    /// Nothing when the sale has no EVM chain, RPC URL or contract address to ask.
    static std::optional<SaleContract> of(const Sale &sale, TransportLimits limits = rpcLimits());

    /// Whether server and contract are the sale's: eth_chainId and saleUUID() as the sale says. An
    /// error names what differs.
    QCoro::Task<Result<void>> confirmIdentity(CancelToken cancel = {}) const;

    QCoro::Task<Result<quint64>> chainId(CancelToken cancel = {}) const;
    /// hasRole(PURCHASE_PERMIT_SIGNER_ROLE, `address`); 20 bytes.
    QCoro::Task<Result<bool>> isPermitSigner(QByteArray address, CancelToken cancel = {}) const;
    QCoro::Task<Result<SaleStage>> stage(CancelToken cancel = {}) const;
    QCoro::Task<Result<bool>> isPaused(CancelToken cancel = {}) const;
    QCoro::Task<Result<QByteArray>> saleUuid(CancelToken cancel = {}) const; ///< 16 bytes

private:
    struct Site; // shared with the calls under way

    explicit SaleContract(std::shared_ptr<Site> site);
    static QCoro::Task<Result<QByteArray>> ask(std::shared_ptr<Site> site, QByteArray calldata,
                                               CancelToken cancel);

    std::shared_ptr<Site> m_site;
};

/// Answers of a contract, strictly: one 32-byte word in the ABI's canonical form, or nothing.
std::optional<bool> boolFromWord(const QByteArray &word);
std::optional<QByteArray> bytes16FromWord(const QByteArray &word);
std::optional<SaleStage> stageFromWord(const QByteArray &word);
/// A JSON-RPC quantity ("0x14a34") up to 2^64 - 1.
std::optional<quint64> quantityFromHex(QStringView text);

} // namespace sonar
