// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is changed in a signed permit, it isn't usable any more: over every vector.
#include "app/permits/permitverification.h"
#include "tests/permits/vectors.h"

#include <gtest/gtest.h>

#include <functional>

namespace sonar {

namespace {

using Change = std::function<void(PurchasePermit &)>;

struct NamedChange
{
    std::string name;
    Change change;
};

/// One flipped bit in each field that the permit has.
std::vector<NamedChange> changesOf(const PurchasePermit &permit)
{
    std::vector<NamedChange> changes;
    const auto add = [&changes](const char *name, Change change) {
        changes.push_back({name, std::move(change)});
    };
    const auto flipFirst = [](QByteArray &bytes) { bytes[0] = char(bytes[0] ^ 1); };
    const auto flipLast = [](QByteArray &bytes) { bytes.back() = char(bytes.back() ^ 1); };
    add("entity", [=](auto &p) { flipFirst(p.entityId); });
    add("sale", [=](auto &p) { flipLast(p.saleUuid); });
    add("wallet", [=](auto &p) { flipLast(p.wallet); });
    add("expiresAt", [](auto &p) { p.expiresAt ^= 1; });
    if (permit.minAmount) {
        add("minAmount", [](auto &p) { p.minAmount = *p.minAmount ^ 1; });
        add("maxAmount", [](auto &p) { p.maxAmount = *p.maxAmount ^ 1; });
        add("minPrice", [](auto &p) { p.minPrice = *p.minPrice ^ 1; });
        add("maxPrice", [](auto &p) { p.maxPrice = *p.maxPrice ^ 1; });
    }
    if (permit.opensAt) {
        add("opensAt", [](auto &p) { p.opensAt = *p.opensAt ^ 1; });
        add("closesAt", [](auto &p) { p.closesAt = *p.closesAt ^ 1; });
    }
    add("payload longer", [](auto &p) { p.payload.append('\1'); });
    if (!permit.payload.isEmpty()) {
        add("payload", [=](auto &p) { flipLast(p.payload); });
        add("payload shorter", [](auto &p) { p.payload.chop(1); });
    }
    for (qsizetype byte = 0; byte < permit.signature.size(); ++byte)
        changes.push_back({"signature byte " + std::to_string(byte),
                           [byte](auto &p) { p.signature[byte] = char(p.signature[byte] ^ 1); }});
    add("signature longer", [](auto &p) { p.signature.append('\0'); });
    add("signature shorter", [](auto &p) { p.signature.chop(1); });
    add("no signature", [](auto &p) { p.signature.clear(); });
    return changes;
}

void refusesEveryChange(const char *fileName, ChainType chain)
{
    const auto document = test::vectors(fileName);
    const auto permits = test::list(document, "permits");
    ASSERT_FALSE(permits.empty());
    for (const JsonValue &vector : permits) {
        SCOPED_TRACE(test::utf8(vector, "responseText").constData());
        const auto permit = decodePermit(test::utf8(vector, "responseText"), chain);
        ASSERT_TRUE(permit);
        PermitExpectation expected;
        expected.signer = test::text(vector, "signer");
        expected.signerSource = SignerSource::SaleFile;
        for (const NamedChange &tampering : changesOf(*permit)) {
            PurchasePermit changed = *permit;
            tampering.change(changed);
            const PermitVerification verification = verifyPermit(changed, expected, 0);
            ASSERT_FALSE(verification.usable()) << tampering.name;
            ASSERT_EQ(verification.checks[0].kind, PermitCheckKind::Signature);
            ASSERT_EQ(verification.checks[0].result, CheckResult::Failed) << tampering.name;
        }
    }
}

} // namespace

TEST(Tampering, WithAnyPartOfAnEvmPermitIsFound)
{
    refusesEveryChange("permit-vectors.json", ChainType::Evm);
}

TEST(Tampering, WithAnyPartOfASolanaPermitIsFound)
{
    refusesEveryChange("svm-permit-vectors.json", ChainType::Svm);
}

} // namespace sonar
