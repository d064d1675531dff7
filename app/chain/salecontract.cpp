// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chain/salecontract.h"

#include "app/base/hex.h"
#include "app/base/uuid.h"
#include "app/permits/abi.h"
#include "app/permits/calldata.h"
#include "app/permits/permitdigest.h"
#include "app/permits/walletaddress.h"

#include <QCoreApplication>

#include <algorithm>

namespace sonar {

struct SaleContract::Site
{
    Site(const Sale &sale, QByteArray contract, TransportLimits limits)
        : rpc(sale.chain->rpcUrl, limits)
        , address(std::move(contract))
        , expectedChainId(sale.chain->chainId)
        , expectedSaleUuid(sale.saleUuid)
    {}

    JsonRpc rpc;
    QByteArray address; ///< 20 bytes
    quint64 expectedChainId;
    QString expectedSaleUuid;
};

namespace {

struct ContractText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::SaleContract)
};

constexpr qsizetype abiWordSize = 32;

tl::unexpected<Error> notTheSales(const QString &summary)
{
    return failure({ErrorKind::InvalidInput,
                    summary,
                    ContractText::tr("Check the sale's chain, RPC URL and contract address."),
                    {},
                    0});
}

tl::unexpected<Error> unreadableAnswer(const QString &question)
{
    return failure(
        {ErrorKind::Malformed,
         ContractText::tr("The sale contract's answer to %1 can't be read.").arg(question),
         ContractText::tr("Check the sale's contract address."),
         {},
         0});
}

/// The number in a word's last byte, when nothing stands before it.
std::optional<int> smallNumber(const QByteArray &word)
{
    if (word.size() != abiWordSize || !word.startsWith(QByteArray(abiWordSize - 1, '\0')))
        return std::nullopt;
    return static_cast<unsigned char>(word.back());
}

using Finding = ContractFinding;

/// ICommitmentDataReader, which ExampleSale doesn't have.
const QByteArray &commitmentReader()
{
    static const QByteArray id = QByteArray::fromHex("d0e20eff");
    return id;
}

bool isVersion(const QByteArray &answer)
{
    if (answer.size() != 3 * abiWordSize)
        return false;
    for (qsizetype at = 0; at < answer.size(); at += abiWordSize) {
        if (answer.mid(at, abiWordSize - 4) != QByteArray(abiWordSize - 4, '\0'))
            return false; // an older token's version() gives a string
    }
    return true;
}

/// The contract's own refusal is an answer, and a way to tell contracts apart; any other error
/// isn't.
bool couldntBeAsked(const Result<QByteArray> &answer)
{
    return !answer && !isRevert(answer.error());
}

template <typename T>
Result<T> readAnswer(const Result<QByteArray> &answer,
                     std::optional<T> (*read)(const QByteArray &word), const char *question)
{
    if (!answer)
        return failure(answer.error());
    const std::optional<T> value = read(*answer);
    if (!value)
        return unreadableAnswer(QLatin1String(question));
    return *value;
}

} // namespace

std::optional<bool> boolFromWord(const QByteArray &word)
{
    const auto number = smallNumber(word);
    return number && *number <= 1 ? std::optional(*number == 1) : std::nullopt;
}

std::optional<QByteArray> bytes16FromWord(const QByteArray &word)
{
    if (word.size() != abiWordSize || !word.endsWith(QByteArray(16, '\0')))
        return std::nullopt;
    return word.left(16);
}

std::optional<SaleStage> stageFromWord(const QByteArray &word)
{
    const auto number = smallNumber(word);
    if (!number)
        return std::nullopt;
    return SaleStage(std::min(*number, int(SaleStage::Unrecognised)));
}

std::optional<quint64> quantityFromHex(QStringView text)
{
    // The number parser would take a sign and white space.
    const auto isHexDigit = [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    };
    if (!text.startsWith(u"0x"))
        return std::nullopt;
    const QStringView digits = text.mid(2);
    if (!std::all_of(digits.begin(), digits.end(), isHexDigit))
        return std::nullopt;
    bool fits = false;
    const quint64 value = digits.toULongLong(&fits, 16);
    return fits ? std::optional(value) : std::nullopt;
}

SaleContract::SaleContract(std::shared_ptr<Site> site)
    : m_site(std::move(site))
{}

std::optional<SaleContract> SaleContract::of(const Sale &sale, TransportLimits limits)
{
    if (!sale.chain || sale.chain->type != ChainType::Evm || sale.chain->rpcUrl.isEmpty())
        return std::nullopt;
    const auto address = parseEvmAddress(sale.chain->saleContract);
    if (!address)
        return std::nullopt;
    return SaleContract(std::make_shared<Site>(sale, *address, limits));
}

QString SaleContract::whyNone(const Sale &sale)
{
    if (sale.chainType() != ChainType::Evm)
        return ContractText::tr("The sale is on Solana, where Sonar Desktop can't ask it.");
    if (sale.isSandbox())
        return ContractText::tr("The sandbox has no sale contract.");
    if (!sale.chain || sale.chain->rpcUrl.isEmpty())
        return ContractText::tr("The sale contract can't be asked: the sale has no RPC URL. Add "
                                "one with Edit sale… to have it asked.");
    if (!parseEvmAddress(sale.chain->saleContract))
        return ContractText::tr("The sale contract can't be asked: the sale has no contract "
                                "address. Add it with Edit sale… to have it asked.");
    return {};
}

QCoro::Task<Result<QByteArray>> SaleContract::call(std::shared_ptr<Site> site, QByteArray calldata,
                                                   CancelToken cancel)
{
    const QByteArray params = R"([{"to":")" + toHex(site->address).toLatin1() + R"(","data":")" +
                              toHex(calldata).toLatin1() + R"("},"latest"])";
    const Result<QString> answer =
        co_await site->rpc.call(QStringLiteral("eth_call"), params, cancel);
    if (!answer)
        co_return failure(answer.error());
    const auto bytes = fromHex(*answer);
    if (!bytes)
        co_return unreadableAnswer(QStringLiteral("eth_call"));
    co_return *bytes;
}

QCoro::Task<Result<QByteArray>> SaleContract::ask(std::shared_ptr<Site> site, QByteArray calldata,
                                                  CancelToken cancel)
{
    const Result<QByteArray> answer = co_await call(site, calldata, cancel);
    if (answer && answer->isEmpty())
        co_return notTheSales(ContractText::tr("There is no sale contract at %1 on this chain.")
                                  .arg(checksummedAddress(site->address)));
    co_return answer;
}

QCoro::Task<Result<ContractFinding>> SaleContract::identify(CancelToken cancel) const
{
    const std::shared_ptr<Site> site = m_site;
    const SaleContract contract(site);
    const QString address = checksummedAddress(site->address);
    // All at once: a slow server costs one wait.
    auto chainAnswer = contract.chainId(cancel);
    auto versionAnswer = call(site, functionSelector("version()"), cancel);
    auto readerAnswer = call(site,
                             functionSelector("supportsInterface(bytes4)") + commitmentReader() +
                                 QByteArray(abiWordSize - commitmentReader().size(), '\0'),
                             cancel);
    auto uuidAnswer = call(site, functionSelector("saleUUID()"), cancel);
    const Result<quint64> chain = co_await chainAnswer;
    const Result<QByteArray> version = co_await versionAnswer;
    const Result<QByteArray> reader = co_await readerAnswer;
    const Result<QByteArray> uuid = co_await uuidAnswer;
    if (!chain)
        co_return failure(chain.error());
    if (*chain != site->expectedChainId)
        co_return Finding{
            Finding::Kind::OtherChain,
            ContractText::tr("The RPC server is that of chain %1, and the sale is on chain %2. "
                             "Nobody knows what stands at the sale contract's address there, and "
                             "money sent to it could be lost. Correct the chain or the RPC URL "
                             "with Edit sale… first.")
                .arg(*chain)
                .arg(site->expectedChainId)};
    for (const Result<QByteArray> *answer : {&version, &reader, &uuid}) {
        if (couldntBeAsked(*answer))
            co_return failure(answer->error());
    }
    const auto isEmpty = [](const Result<QByteArray> &answer) {
        return answer && answer->isEmpty();
    };
    if (isEmpty(version) && isEmpty(reader) && isEmpty(uuid)) {
        // Some contracts take every call and say nothing, a Safe for one.
        const QByteArray params = "[\"" + toHex(site->address).toLatin1() + R"(","latest"])";
        const Result<QString> code =
            co_await site->rpc.call(QStringLiteral("eth_getCode"), params, cancel);
        if (!code && code.error().kind == ErrorKind::Cancelled)
            co_return failure(code.error());
        if (code && *code == QLatin1String("0x"))
            co_return Finding{
                Finding::Kind::NoCode,
                ContractText::tr("There is no contract at %1. An approval and a bid sent there "
                                 "would both succeed, but nothing would be committed, and the "
                                 "approval would stay open to whoever holds that address. Correct "
                                 "the address with Edit sale… first.")
                    .arg(address)};
    }
    const auto isReader = reader ? boolFromWord(*reader) : std::nullopt;
    const auto uuidFound = uuid ? bytes16FromWord(*uuid) : std::nullopt;
    if (!version || !isVersion(*version) || !isReader.value_or(false) || !uuidFound)
        co_return Finding{
            Finding::Kind::NotASettlementSale,
            ContractText::tr("The contract at %1 isn't a SettlementSale. A bid sent there would "
                             "commit nothing, even if it seemed to succeed, and the approval would "
                             "stay open to that contract. Correct the address with Edit sale… "
                             "first.")
                .arg(address)};
    if (*uuidFound != uuidBytes(site->expectedSaleUuid))
        co_return Finding{
            Finding::Kind::OtherSale,
            ContractText::tr("The contract at %1 is that of another sale, %2. It would refuse the "
                             "bid, and the approval would stay open to it. Correct the "
                             "address with Edit sale… first.")
                .arg(address, uuidText(*uuidFound))};
    co_return Finding{};
}

QCoro::Task<Result<quint64>> SaleContract::chainId(CancelToken cancel) const
{
    const std::shared_ptr<Site> site = m_site;
    const Result<QString> answer =
        co_await site->rpc.call(QStringLiteral("eth_chainId"), "[]", cancel);
    if (!answer)
        co_return failure(answer.error());
    const auto value = quantityFromHex(*answer);
    if (!value)
        co_return unreadableAnswer(QStringLiteral("eth_chainId"));
    co_return *value;
}

QCoro::Task<Result<bool>> SaleContract::isPermitSigner(QByteArray address, CancelToken cancel) const
{
    const QByteArray question = functionSelector("hasRole(bytes32,address)") +
                                keccak256("PURCHASE_PERMIT_SIGNER_ROLE") + abiRightAligned(address);
    const Result<QByteArray> answer = co_await ask(m_site, question, cancel);
    co_return readAnswer(answer, boolFromWord, "hasRole()");
}

QCoro::Task<Result<SaleStage>> SaleContract::stage(CancelToken cancel) const
{
    const Result<QByteArray> answer = co_await ask(m_site, functionSelector("stage()"), cancel);
    co_return readAnswer(answer, stageFromWord, "stage()");
}

QCoro::Task<Result<bool>> SaleContract::isPaused(CancelToken cancel) const
{
    const Result<QByteArray> answer = co_await ask(m_site, functionSelector("paused()"), cancel);
    co_return readAnswer(answer, boolFromWord, "paused()");
}

QCoro::Task<Result<QByteArray>> SaleContract::saleUuid(CancelToken cancel) const
{
    const Result<QByteArray> answer = co_await ask(m_site, functionSelector("saleUUID()"), cancel);
    co_return readAnswer(answer, bytes16FromWord, "saleUUID()");
}

} // namespace sonar
