// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/permitcheck.h"
#include "tests/sandbox/sandboxclient.h"

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::test;

namespace {

const QString usualWallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

QString walletEndingIn(const char *digits)
{
    return QLatin1String("0x") + QString(38, QLatin1Char('0')) + latin(digits);
}

/// A sandbox with Ada signed in, for permits of Borealis Capital.
struct Desk
{
    explicit Desk(const QString &mutation = {}, ChainType chain = ChainType::Evm)
        : sandbox(optionsFor(mutation, chain))
    {
        sandbox.client->signIn();
        entity = sandbox.client->entityId(QStringLiteral("Borealis Capital"));
    }

    static SandboxOptions optionsFor(const QString &mutation, ChainType chain)
    {
        SandboxOptions options;
        options.permitMutation = mutation;
        options.chain = chain;
        return options;
    }

    QByteArray permit(const QString &wallet) { return sandbox.client->permit(entity, wallet).body; }
    QString signer() const { return sandbox.sale.permitSigner.toLower(); }
    qint64 now() const { return sandbox.clock.unixSeconds(); }

    RunningSandbox sandbox;
    QString entity;
};

const QString svmWallet = QStringLiteral("EuaMEX3ehaSdmP1CGudtMmp3UH9MYiv2JZe11Sy9iRYK");

} // namespace

TEST(Permits, CurrentTypeIsSignedForWhatWasAsked)
{
    Desk desk;
    const QByteArray reply = desk.permit(usualWallet);
    EXPECT_EQ(signerOf(reply), desk.signer()) << reply.constData();
    EXPECT_EQ(fieldOf(reply, "Wallet"), usualWallet);
    EXPECT_EQ(fieldOf(reply, "SaleUUID"), latin("0x5a0dbc2e6d434f0e9a517f3e8f1d2c40"));
    EXPECT_EQ(fieldOf(reply, "ExpiresAt"), QString::number(desk.now() + 600));
    EXPECT_LE(fieldOf(reply, "OpensAt").toLongLong(), desk.now());
    EXPECT_GT(fieldOf(reply, "ClosesAt").toLongLong(), desk.now() + 600);
    EXPECT_EQ(fieldOf(reply, "Payload").size(), 66);
    EXPECT_TRUE(reply.contains("\"MinAmount\":\"")) << "uint256 as a string";
    EXPECT_TRUE(reply.contains("\"MinPrice\":1")) << "uint64 as a number";
    const Answer entity = desk.sandbox.client->call(
        latin("ReadEntity"), {{latin("SaleUUID"), QString()}, {latin("EntityID"), desk.entity}});
    EXPECT_EQ(fieldOf(reply, "SaleSpecificEntityID"), fieldOf(entity.body, "SaleSpecificEntityID"));
}

TEST(Permits, EveryTypeIsSignedBySandboxSigner)
{
    Desk desk;
    for (const char *ending : {"11", "12", "13", "14", "15", "16", "17", "20"})
        EXPECT_EQ(signerOf(desk.permit(walletEndingIn(ending))), desk.signer()) << ending;
}

TEST(Permits, TypesAreToldApartByTheirFields)
{
    Desk desk;
    const QByteArray basic = desk.permit(walletEndingIn("11"));
    EXPECT_TRUE(basic.contains("\"EntityID\""));
    EXPECT_FALSE(basic.contains("MinAmount"));
    const QByteArray second = desk.permit(walletEndingIn("12"));
    EXPECT_TRUE(second.contains("\"SaleSpecificEntityID\""));
    EXPECT_TRUE(second.contains("MinAmount"));
    EXPECT_FALSE(second.contains("OpensAt"));
    const QByteArray allocation = desk.permit(walletEndingIn("13"));
    EXPECT_TRUE(allocation.startsWith("{\"PermitJSON\":{\"Permit\":{\"EntityID\""));
    EXPECT_TRUE(allocation.contains("\"ReservedAmount\":\""));
    EXPECT_TRUE(desk.permit(usualWallet).contains("OpensAt"));
}

TEST(Permits, SpecialOnesAreWhatTheirWalletSays)
{
    Desk desk;
    EXPECT_LT(fieldOf(desk.permit(walletEndingIn("14")), "ExpiresAt").toLongLong(), desk.now());
    EXPECT_GT(fieldOf(desk.permit(walletEndingIn("15")), "OpensAt").toLongLong(), desk.now());
    const QByteArray extreme = desk.permit(walletEndingIn("16"));
    EXPECT_EQ(fieldOf(extreme, "MaxPrice"), latin("18446744073709551615"));
    EXPECT_EQ(fieldOf(extreme, "MinPrice"), latin("9007199254740993"));
    EXPECT_EQ(
        fieldOf(extreme, "MaxAmount"),
        latin("115792089237316195423570985008687907853269984665640564039457584007913129639935"));
    EXPECT_TRUE(fieldOf(desk.permit(walletEndingIn("17")), "Payload").endsWith(QLatin1Char('1')));
}

TEST(Permits, MutationsOfTheContentAreSignedRightly)
{
    const QByteArray good = Desk().permit(usualWallet);
    const struct
    {
        const char *mutation;
        const char *field;
    } cases[] = {
        {"wrong-wallet", "Wallet"},
        {"wrong-sale", "SaleUUID"},
        {"wrong-entity", "SaleSpecificEntityID"},
        {"expired", "ExpiresAt"},
    };
    for (const auto &one : cases) {
        Desk desk(latin(one.mutation));
        const QByteArray reply = desk.permit(usualWallet);
        EXPECT_EQ(signerOf(reply), desk.signer()) << one.mutation;
        for (const char *field : {"Wallet", "SaleUUID", "SaleSpecificEntityID", "ExpiresAt"})
            EXPECT_EQ(fieldOf(reply, field) != fieldOf(good, field), qstrcmp(field, one.field) == 0)
                << one.mutation << ": " << field;
    }
    EXPECT_LT(fieldOf(Desk(latin("expired")).permit(usualWallet), "ExpiresAt").toLongLong(),
              Desk().now());
}

TEST(Permits, MutationsOfTheSignatureBreakIt)
{
    const QByteArray good = signatureOf(Desk().permit(usualWallet));
    for (const char *mutation : {"wrong-signer", "changed-field", "high-s", "bad-v", "truncated"}) {
        Desk desk(latin(mutation));
        EXPECT_NE(signerOf(desk.permit(usualWallet)), desk.signer()) << mutation;
    }
    const auto spoiled = [](const char *mutation) {
        return signatureOf(Desk(latin(mutation)).permit(usualWallet));
    };
    EXPECT_EQ(spoiled("truncated"), good.chopped(1));
    EXPECT_LT(spoiled("bad-v").back(), 2);
    EXPECT_EQ(spoiled("high-s").first(32), good.first(32)) << "the same r";
    EXPECT_NE(spoiled("high-s").back(), good.back()) << "v flips with s";
    EXPECT_FALSE(signerOf(Desk(latin("wrong-signer")).permit(usualWallet)).isEmpty())
        << "well-formed, but somebody else's";
}

TEST(Permits, EveryMutationIsListed)
{
    EXPECT_EQ(sandboxMutations().size(), 9);
}

TEST(SolanaPermits, AreSignedOverBorshWithAllAmountsAsNumbers)
{
    Desk desk({}, ChainType::Svm);
    const QByteArray reply = desk.permit(svmWallet);
    EXPECT_TRUE(isSignedBy(reply, desk.sandbox.sale.permitSigner)) << reply.constData();
    EXPECT_EQ(fieldOf(reply, "Wallet"), svmWallet);
    EXPECT_TRUE(reply.contains("\"MaxAmount\":2"));
    EXPECT_EQ(desk.sandbox.client->permit(desk.entity, usualWallet).status, 400);
}

TEST(SolanaPermits, MutationsBreakTheirSignature)
{
    for (const char *mutation : {"wrong-signer", "changed-field", "high-s", "bad-v", "truncated"}) {
        Desk desk(latin(mutation), ChainType::Svm);
        EXPECT_FALSE(isSignedBy(desk.permit(svmWallet), desk.sandbox.sale.permitSigner))
            << mutation;
    }
}
