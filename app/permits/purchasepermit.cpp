// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/purchasepermit.h"

#include "app/base/hex.h"
#include "app/base/json.h"
#include "app/base/uuid.h"
#include "app/permits/walletaddress.h"

#include <QCoreApplication>

#include <algorithm>

namespace sonar {

namespace {

constexpr qsizetype idSize = 16;
constexpr qsizetype evmAddressSize = 20;
constexpr qsizetype ed25519SignatureSize = 64;

struct PermitText
{
    Q_DECLARE_TR_FUNCTIONS(sonar::PurchasePermit)
};

std::optional<QByteArray> bareHex(QStringView digits)
{
    return fromHex(QStringLiteral("0x") + digits.toString());
}

tl::unexpected<Error> unreadableReply(const QString &details)
{
    return failure(
        {ErrorKind::Malformed, PermitText::tr("The permit that the service sent can't be read."),
         PermitText::tr("Don't use it. Request the permit again; if that doesn't help, ask the "
                        "people who run the sale."),
         details, 0});
}

/// Reads one of the objects that permits are made of, in the forms of its chain.
class FieldReader
{
public:
    FieldReader(const JsonValue &object, const QString &where, ChainType chain)
        : m_fields(object, where)
        , m_chain(chain)
    {}

    /// Any number of bytes.
    QByteArray bytes(const char *name)
    {
        const auto value = fromHex(m_fields.text(name));
        if (!value)
            m_fields.refuse(name, PermitText::tr("is no 0x hex"));
        return value.value_or(QByteArray());
    }

    /// Solana's forms aren't settled (protocol reference §8): hex with or without its prefix, or
    /// nothing.
    QByteArray payload(const char *name)
    {
        const QString text = m_fields.text(name);
        if (m_chain == ChainType::Svm) {
            if (const auto value = bareHex(text))
                return *value;
        }
        return bytes(name);
    }

    /// §8 says hex of an Ed25519 signature, and not in which of its two spellings.
    QByteArray signature(const char *name)
    {
        const QString text = m_fields.text(name);
        if (m_chain == ChainType::Svm && text.size() == 2 * ed25519SignatureSize) {
            if (const auto value = bareHex(text))
                return *value;
        }
        return bytes(name);
    }

    QByteArray id(const char *name)
    {
        const QString text = m_fields.text(name);
        // Only Solana's permits write ids in other ways (protocol reference §8).
        auto value = m_chain == ChainType::Svm ? idBytes(text) : fromHex(text);
        if (!value || value->size() != idSize) {
            m_fields.refuse(name, PermitText::tr("is no id of 16 bytes"));
            return {};
        }
        return *value;
    }

    QByteArray wallet(const char *name)
    {
        const QString text = m_fields.text(name);
        if (m_chain == ChainType::Svm) {
            if (const auto key = parseSolanaAddress(text))
                return *key;
        } else {
            // The bytes are what was signed: the case of the digits doesn't matter here.
            const auto address = fromHex(text);
            if (address && address->size() == evmAddressSize)
                return *address;
        }
        m_fields.refuse(name, PermitText::tr("is no address"));
        return {};
    }

    quint64 uint64(const char *name) { return m_fields.uint64(name); }

    Uint256 amount(const char *name)
    {
        if (m_chain == ChainType::Svm)
            return m_fields.uint64(name);
        const auto value = uint256FromDecimal(m_fields.text(name));
        if (!value)
            m_fields.refuse(name, PermitText::tr("is no decimal number below 2^256"));
        return value.value_or(0);
    }

    std::optional<JsonValue> object(const char *name) { return m_fields.object(name); }
    QString fault() const { return m_fields.fault(); }

private:
    JsonFields m_fields;
    ChainType m_chain;
};

bool hasAny(const JsonValue &object, std::initializer_list<const char *> names)
{
    return std::any_of(names.begin(), names.end(),
                       [&object](const char *name) { return object.member(name).has_value(); });
}

/// By the fields alone (protocol reference §7). Nothing when they belong to no type, or to two: a
/// guess could show the user other terms than the contract sees.
std::optional<PermitType> typeOf(const JsonValue &permit, ChainType chain)
{
    const bool named = hasAny(permit, {"SaleSpecificEntityID"});
    const bool limited = hasAny(permit, {"MinAmount", "MaxAmount", "MinPrice", "MaxPrice"});
    const bool windowed = hasAny(permit, {"OpensAt", "ClosesAt"});
    const bool nested = hasAny(permit, {"Permit"});
    if (chain == ChainType::Svm)
        return named && !nested ? std::optional(PermitType::Solana) : std::nullopt;
    if (nested && !named && !windowed && !hasAny(permit, {"EntityID"}))
        return PermitType::Allocation;
    if (nested)
        return std::nullopt;
    if (named)
        return windowed ? PermitType::BasicV3 : PermitType::BasicV2;
    if (hasAny(permit, {"EntityID"}) && !limited && !windowed)
        return PermitType::Basic;
    return std::nullopt;
}

/// Fills in what every type but allocation has at this level.
void readPermit(FieldReader &fields, PurchasePermit &permit)
{
    const bool basic = permit.type == PermitType::Basic || permit.type == PermitType::Allocation;
    permit.entityId = fields.id(basic ? "EntityID" : "SaleSpecificEntityID");
    permit.saleUuid = fields.id("SaleUUID");
    permit.wallet = fields.wallet("Wallet");
    permit.expiresAt = fields.uint64("ExpiresAt");
    permit.payload = fields.payload("Payload");
    if (basic)
        return;
    permit.minAmount = fields.amount("MinAmount");
    permit.maxAmount = fields.amount("MaxAmount");
    permit.minPrice = fields.uint64("MinPrice");
    permit.maxPrice = fields.uint64("MaxPrice");
    if (permit.type == PermitType::BasicV2)
        return;
    permit.opensAt = fields.uint64("OpensAt");
    permit.closesAt = fields.uint64("ClosesAt");
}

/// {Permit: <basic>, ReservedAmount, MaxAmount, MinAmount}. Returns the first fault.
QString readAllocation(const JsonValue &object, PurchasePermit &permit)
{
    FieldReader outer(object, QStringLiteral("PermitJSON"), ChainType::Evm);
    permit.reservedAmount = outer.amount("ReservedAmount");
    permit.maxAmount = outer.amount("MaxAmount");
    permit.minAmount = outer.amount("MinAmount");
    const auto nested = outer.object("Permit");
    if (!outer.fault().isEmpty() || !nested)
        return outer.fault();
    if (typeOf(*nested, ChainType::Evm) != PermitType::Basic)
        return PermitText::tr("PermitJSON.Permit is no basic permit");
    FieldReader inner(*nested, QStringLiteral("PermitJSON.Permit"), ChainType::Evm);
    readPermit(inner, permit);
    return inner.fault();
}

} // namespace

QString permitTypeName(PermitType type)
{
    switch (type) {
    case PermitType::Basic:
        return QStringLiteral("basic");
    case PermitType::BasicV2:
        return QStringLiteral("basic-v2");
    case PermitType::BasicV3:
        return QStringLiteral("basic-v3");
    case PermitType::Allocation:
        return QStringLiteral("allocation");
    case PermitType::Solana:
        return QStringLiteral("solana");
    }
    return {};
}

std::optional<QByteArray> idBytes(QStringView text)
{
    auto bytes = text.size() == 2 * idSize ? bareHex(text) : fromHex(text);
    if (bytes && bytes->size() == idSize)
        return bytes;
    return uuidBytes(text);
}

std::optional<bool> PurchasePermit::forcedLockup() const
{
    constexpr qsizetype wordSize = 32;
    // SettlementSale decodes the first word and takes no notice of what follows it.
    const bool readable =
        type == PermitType::BasicV3 ? payload.size() >= wordSize : payload.size() == wordSize;
    if (!readable || !payload.startsWith(QByteArray(wordSize - 1, '\0')))
        return std::nullopt;
    const char last = payload.at(wordSize - 1);
    return last == 0 || last == 1 ? std::optional(last == 1) : std::nullopt;
}

Result<PurchasePermit> decodePermit(const QByteArray &replyText, ChainType chain)
{
    // RFC 8259 §8.1. Such a mark couldn't stand where an export puts the reply.
    if (replyText.startsWith("\xef\xbb\xbf"))
        return unreadableReply(PermitText::tr("The reply begins with a byte order mark."));
    const auto document = JsonDocument::parse(replyText);
    if (!document)
        return unreadableReply(document.error().details);

    PurchasePermit permit;
    FieldReader reply(document->root(), PermitText::tr("The reply"), chain);
    permit.signature = reply.signature("Signature");
    const auto object = reply.object("PermitJSON");
    if (!reply.fault().isEmpty() || !object)
        return unreadableReply(reply.fault());

    const auto type = typeOf(*object, chain);
    if (!type)
        return unreadableReply(PermitText::tr("PermitJSON's fields are those of no known type."));
    permit.type = *type;
    if (*type == PermitType::Allocation) {
        if (const QString fault = readAllocation(*object, permit); !fault.isEmpty())
            return unreadableReply(fault);
        return permit;
    }
    FieldReader fields(*object, QStringLiteral("PermitJSON"), chain);
    readPermit(fields, permit);
    if (!fields.fault().isEmpty())
        return unreadableReply(fields.fault());
    return permit;
}

} // namespace sonar
