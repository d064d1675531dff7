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

/// What stands at the address that a sale gives for its contract.
struct ContractFinding
{
    enum class Kind {
        TheSales,   ///< the sale's SettlementSale
        OtherChain, ///< the server is another chain's, so nothing was found out
        NoCode,     ///< no contract at all
        NotASettlementSale,
        OtherSale, ///< a SettlementSale with another UUID
    };
    Kind kind = Kind::TheSales;
    QString text; ///< what differs and what it means for the money; empty for TheSales
};

/// Questions to a sale's contract (protocol reference §9). Each is one eth_call on the latest block
/// and survives the death of the object.
class SaleContract
{
public:
    /// Nothing when the sale has no EVM chain, RPC URL or contract address to ask.
    static std::optional<SaleContract> of(const Sale &sale, TransportLimits limits = rpcLimits());

    /// Why `of` gives nothing, one sentence with what to do; empty when it does.
    static QString whyNone(const Sale &sale);

    /// Whether server and contract are the sale's: eth_chainId, version(), supportsInterface() and
    /// saleUUID(), all at once. An error: it couldn't be found out.
    QCoro::Task<Result<ContractFinding>> identify(CancelToken cancel = {}) const;

    QCoro::Task<Result<quint64>> chainId(CancelToken cancel = {}) const;
    /// hasRole(PURCHASE_PERMIT_SIGNER_ROLE, `address`); 20 bytes.
    QCoro::Task<Result<bool>> isPermitSigner(QByteArray address, CancelToken cancel = {}) const;
    QCoro::Task<Result<SaleStage>> stage(CancelToken cancel = {}) const;
    QCoro::Task<Result<bool>> isPaused(CancelToken cancel = {}) const;
    QCoro::Task<Result<QByteArray>> saleUuid(CancelToken cancel = {}) const; ///< 16 bytes

private:
    struct Site; // shared with the calls under way

    explicit SaleContract(std::shared_ptr<Site> site);
    /// What the call gives, which is nothing at an address without code.
    static QCoro::Task<Result<QByteArray>> call(std::shared_ptr<Site> site, QByteArray calldata,
                                                CancelToken cancel);
    /// The same, where no answer is an error.
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
