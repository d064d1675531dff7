// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for any permit, on random ones (the same in each run) that like to lie at the
// edges of their types.
#include "app/base/hex.h"
#include "app/base/uuid.h"
#include "app/permits/permitdigest.h"
#include "app/permits/permitverification.h"
#include "app/permits/walletaddress.h"
#include "tests/permits/samples.h"

#include <QDateTime>
#include <QTimeZone>

#include <gtest/gtest.h>
#include <sodium.h>

#include <limits>
#include <random>

namespace sonar {

namespace {

constexpr quint64 most64 = std::numeric_limits<quint64>::max();
constexpr qint64 mostNow = std::numeric_limits<qint64>::max();

class RandomPermits
{
public:
    explicit RandomPermits(quint64 seed)
        : m_random(seed)
    {}

    PurchasePermit next(PermitType type)
    {
        PurchasePermit permit;
        permit.type = type;
        permit.entityId = bytes(16);
        permit.saleUuid = bytes(16);
        permit.wallet = bytes(type == PermitType::Solana ? 32 : 20);
        permit.expiresAt = number();
        permit.payload = bytes(int(m_random() % 3) == 0 ? 32 : int(m_random() % 100));
        if (m_random() % 3 == 0)
            permit.payload = QByteArray(31, '\0') + char(m_random() % 3);
        if (type == PermitType::Basic)
            return permit;
        permit.minAmount = amount(type);
        permit.maxAmount = amount(type);
        permit.minPrice = number();
        permit.maxPrice = number();
        if (type == PermitType::BasicV2)
            return permit;
        permit.opensAt = number();
        permit.closesAt = number();
        return permit;
    }

    QByteArray bytes(int size)
    {
        QByteArray random(size, '\0');
        for (char &byte : random)
            byte = char(m_random());
        return random;
    }

    quint64 number()
    {
        static constexpr quint64 edges[] = {0,
                                            1,
                                            quint64(test::sampleNow) - 1,
                                            quint64(test::sampleNow),
                                            quint64(test::sampleNow) + 1,
                                            (quint64(1) << 53) + 1,
                                            quint64(mostNow),
                                            quint64(mostNow) + 1,
                                            most64 - 1,
                                            most64};
        const quint64 choice = m_random() % (std::size(edges) + 4);
        return choice < std::size(edges) ? edges[choice] : m_random() >> (m_random() % 64);
    }

private:
    Uint256 amount(PermitType type)
    {
        if (type == PermitType::Solana)
            return number();
        switch (m_random() % 6) {
        case 0:
            return 0;
        case 1:
            return uint256Max();
        case 2:
            return uint256Max() - 1;
        default:
            break;
        }
        Uint256 value = 0;
        for (int part = 0; part < 4; ++part)
            value = (value << 64) | m_random();
        return value >> unsigned(m_random() % 256);
    }

    std::mt19937_64 m_random;
};

/// The permit that an encoding stands for, read back by the ABI's rules alone.
class AbiReader
{
public:
    explicit AbiReader(const QByteArray &encoded)
        : m_bytes(encoded)
    {}

    QByteArray word() { return m_bytes.mid(std::exchange(m_at, m_at + 32), 32); }
    Uint256 number() { return uint256FromDecimal(decimal(word())).value_or(0); }
    quint64 number64() { return static_cast<quint64>(number()); }
    /// A `bytes` value whose offset is the next word, counted from `start`.
    QByteArray dynamic(qsizetype start)
    {
        const auto offset = qsizetype(number64());
        const auto size = qsizetype(AbiReader(m_bytes.mid(start + offset, 32)).number64());
        const QByteArray rest = m_bytes.mid(start + offset + 32);
        const qsizetype padded = (size + 31) / 32 * 32;
        EXPECT_EQ(rest.size(), padded) << "something follows the last value";
        EXPECT_EQ(rest.mid(size), QByteArray(padded - size, '\0')) << "padding isn't zero";
        return rest.left(size);
    }

private:
    static QString decimal(const QByteArray &bytes)
    {
        Uint256 value = 0;
        for (const char byte : bytes)
            value = (value << 8) | quint8(byte);
        return toDecimal(value);
    }

    QByteArray m_bytes;
    qsizetype m_at = 0;
};

PurchasePermit decodedFromAbi(const QByteArray &encoded, PermitType type)
{
    AbiReader reader(encoded);
    EXPECT_EQ(reader.number(), 32);
    PurchasePermit permit;
    permit.type = type;
    permit.entityId = reader.word().left(16);
    permit.saleUuid = reader.word().left(16);
    permit.wallet = reader.word().right(20);
    permit.expiresAt = reader.number64();
    if (type != PermitType::Basic) {
        permit.minAmount = reader.number();
        permit.maxAmount = reader.number();
        permit.minPrice = reader.number64();
        permit.maxPrice = reader.number64();
    }
    if (type == PermitType::BasicV3) {
        permit.opensAt = reader.number64();
        permit.closesAt = reader.number64();
    }
    permit.payload = reader.dynamic(32);
    return permit;
}

QByteArray solanaReply(const PurchasePermit &permit)
{
    const auto number = [](const char *name, quint64 value) {
        return '"' + QByteArray(name) + "\":" + QByteArray::number(value) + ',';
    };
    return R"({"PermitJSON":{"SaleSpecificEntityID":")" + uuidText(permit.entityId).toLatin1() +
           R"(","SaleUUID":")" + toHex(permit.saleUuid).toLatin1() + R"(","Wallet":")" +
           toBase58(permit.wallet).toLatin1() + R"(",)" + number("ExpiresAt", permit.expiresAt) +
           number("MinAmount", static_cast<quint64>(*permit.minAmount)) +
           number("MaxAmount", static_cast<quint64>(*permit.maxAmount)) +
           number("MinPrice", *permit.minPrice) + number("MaxPrice", *permit.maxPrice) +
           number("OpensAt", *permit.opensAt) + number("ClosesAt", *permit.closesAt) +
           R"("Payload":")" + toHex(permit.payload).toLatin1() + R"("},"Signature":")" +
           toHex(permit.signature).toLatin1() + R"("})";
}

PermitExpectation expectedOf(const PurchasePermit &permit, const QString &signer)
{
    PermitExpectation expected;
    expected.wallet = permit.type == PermitType::Solana ? toBase58(permit.wallet)
                                                        : checksummedAddress(permit.wallet);
    expected.saleUuid = uuidText(permit.saleUuid);
    expected.saleSpecificEntityId = uuidText(permit.entityId);
    expected.signer = signer;
    expected.signerSource = SignerSource::SaleFile;
    return expected;
}

/// The protocol reference's §7, last paragraph, once more.
bool shouldBeUsable(const PurchasePermit &permit, quint64 now)
{
    if (permit.expiresAt <= now)
        return false;
    if (permit.opensAt && (*permit.opensAt > now || now >= *permit.closesAt))
        return false;
    // §9: ZeroAmount; and less than a word, or one that isn't a bool, makes the decoding revert.
    const QByteArray lockup = permit.payload.left(32);
    if (permit.type == PermitType::BasicV3 && lockup != QByteArray(32, '\0') &&
        lockup != QByteArray(31, '\0') + '\1')
        return false;
    return !permit.minAmount || (*permit.maxAmount != 0 && *permit.minAmount <= *permit.maxAmount &&
                                 *permit.minPrice <= *permit.maxPrice);
}

} // namespace

TEST(PermitProperty, SurvivesEncodingSigningAndTheWayOverTheWire)
{
    RandomPermits random(1);
    for (int i = 0; i < 600; ++i) {
        const PermitType type = i % 3 == 0
                                    ? PermitType::Basic
                                    : (i % 3 == 1 ? PermitType::BasicV2 : PermitType::BasicV3);
        PurchasePermit permit = random.next(type);
        // A secret of ones and random bytes is below the curve's order and not zero.
        const test::PermitSigner signer('\x11' + random.bytes(31));
        permit.signature = signer.sign(permit);
        SCOPED_TRACE(test::replyOf(permit).constData());

        const auto received = decodePermit(test::replyOf(permit), ChainType::Evm);
        ASSERT_TRUE(received) << qPrintable(received.error().report());
        EXPECT_EQ(*received, permit);
        PurchasePermit withoutSignature = permit;
        withoutSignature.signature.clear();
        EXPECT_EQ(decodedFromAbi(abiEncode(permit), type), withoutSignature);

        const auto now = qint64(std::min<quint64>(random.number(), quint64(mostNow)));
        const PermitVerification verification =
            verifyPermit(*received, expectedOf(permit, signer.address()), now);
        EXPECT_EQ(verification.signer, signer.address());
        EXPECT_EQ(test::resultOf(verification, PermitCheckKind::Signature), CheckResult::Passed);
        EXPECT_EQ(verification.usable(), shouldBeUsable(permit, quint64(now))) << now;
        // Nobody else's, whoever that is.
        const PermitVerification other =
            verifyPermit(*received, expectedOf(permit, checksummedAddress(random.bytes(20))), now);
        EXPECT_FALSE(other.usable());
    }
}

TEST(PermitProperty, SolanaPermitsSurviveTheSame)
{
    RandomPermits random(2);
    ASSERT_GE(sodium_init(), 0);
    for (int i = 0; i < 300; ++i) {
        PurchasePermit permit = random.next(PermitType::Solana);
        QByteArray publicKey(32, '\0');
        QByteArray secretKey(64, '\0');
        const QByteArray seed = random.bytes(32);
        crypto_sign_seed_keypair(reinterpret_cast<unsigned char *>(publicKey.data()),
                                 reinterpret_cast<unsigned char *>(secretKey.data()),
                                 reinterpret_cast<const unsigned char *>(seed.constData()));
        const QByteArray message = borshEncode(permit);
        permit.signature.resize(64);
        crypto_sign_detached(reinterpret_cast<unsigned char *>(permit.signature.data()), nullptr,
                             reinterpret_cast<const unsigned char *>(message.constData()),
                             static_cast<unsigned long long>(message.size()),
                             reinterpret_cast<const unsigned char *>(secretKey.constData()));
        SCOPED_TRACE(solanaReply(permit).constData());
        const auto received = decodePermit(solanaReply(permit), ChainType::Svm);
        ASSERT_TRUE(received) << qPrintable(received.error().report());
        EXPECT_EQ(*received, permit);
        const auto now = qint64(std::min<quint64>(random.number(), quint64(mostNow)));
        EXPECT_EQ(verifyPermit(*received, expectedOf(permit, toBase58(publicKey)), now).usable(),
                  shouldBeUsable(permit, quint64(now)))
            << now;
        EXPECT_FALSE(
            verifyPermit(*received, expectedOf(permit, toBase58(random.bytes(32))), now).usable());
    }
}

TEST(PermitBoundary, TimesAtTheEdgesOfTheirType)
{
    constexpr auto now = quint64(test::sampleNow);
    const struct
    {
        quint64 expiresAt;
        quint64 opensAt;
        quint64 closesAt;
        qint64 now;
        bool usable;
    } cases[] = {
        {now + 1, now, now + 1, test::sampleNow, true},
        {now, now, now + 1, test::sampleNow, false}, // ExpiresAt == now
        {now + 1, now, now, test::sampleNow, false}, // ClosesAt == now
        {now + 1, now + 1, most64, test::sampleNow, false},
        {most64, 0, most64, test::sampleNow, true},
        {most64, 0, most64, 0, true},
        {most64, 0, most64, mostNow, true},
        {quint64(mostNow), 0, most64, mostNow, false},
        {quint64(mostNow) + 1, 0, most64, mostNow, true},
        {most64, 0, quint64(mostNow), mostNow, false},
        {most64, 0, quint64(mostNow) + 1, mostNow, true},
        {most64, quint64(mostNow), most64, mostNow, true},
        {most64, most64, most64, mostNow, false},
        {most64, most64 - 1, most64, mostNow, false},
        {most64, 0, 0, 0, false},
        {most64, 0, 1, 0, true},
        {0, 0, most64, 0, false}, // ExpiresAt == now == 0
        {1, 0, 1, 0, true},
        {0, 0, most64, -1, false}, // a clock before 1970
        {1, 0, 1, std::numeric_limits<qint64>::min(), true},
    };
    for (const auto &edge : cases) {
        PurchasePermit permit = test::samplePermit();
        permit.expiresAt = edge.expiresAt;
        permit.opensAt = edge.opensAt;
        permit.closesAt = edge.closesAt;
        permit.signature = test::PermitSigner().sign(permit);
        EXPECT_EQ(verifyPermit(permit, test::sampleExpectation(), edge.now).usable(), edge.usable)
            << "expires " << edge.expiresAt << " opens " << edge.opensAt << " closes "
            << edge.closesAt << " at " << edge.now;
    }
}

TEST(PermitBoundary, MomentsAreWrittenAsQtWritesThem)
{
    for (const qint64 seconds : {qint64(0), qint64(1), qint64(86'399), qint64(86'400),
                                 qint64(951'782'399), qint64(951'782'400), qint64(951'868'800),
                                 qint64(4'107'542'399), test::sampleNow, qint64(253'402'300'799)}) {
        const QDateTime moment = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::utc());
        EXPECT_EQ(momentText(quint64(seconds)),
                  moment.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) + QStringLiteral(" UTC"));
    }
    EXPECT_EQ(momentText(253'402'300'800), QStringLiteral("Unix time 253402300800"));
    EXPECT_EQ(momentText(most64), QStringLiteral("Unix time 18446744073709551615"));
}

TEST(PermitBoundary, LimitsAtTheEdgesOfTheirType)
{
    const Uint256 most = uint256Max();
    const struct
    {
        Uint256 minAmount;
        Uint256 maxAmount;
        quint64 minPrice;
        quint64 maxPrice;
        bool usable;
    } cases[] = {
        {0, most, 0, most64, true},
        {0, 0, 0, 0, false}, // no bid but zero
        {0, 1, 0, 0, true},
        {most, most, most64, most64, true},
        {most, most - 1, 0, 0, false},
        {1, 0, 0, 0, false},
        {0, 1, 1, 0, false},
        {0, 1, most64, most64 - 1, false},
        // Above 2^53 and 2^64, where a double or a machine word would see no difference.
        {(Uint256(1) << 64) + 1, Uint256(1) << 64, 0, 0, false},
        {Uint256(1) << 64, (Uint256(1) << 64) + 1, 0, 0, true},
        {Uint256(1) << 255, 1, 0, 0, false},
        {0, 1, (quint64(1) << 53) + 1, quint64(1) << 53, false},
        {0, 1, quint64(1) << 53, (quint64(1) << 53) + 1, true},
    };
    for (const auto &edge : cases) {
        PurchasePermit permit = test::samplePermit();
        permit.minAmount = edge.minAmount;
        permit.maxAmount = edge.maxAmount;
        permit.minPrice = edge.minPrice;
        permit.maxPrice = edge.maxPrice;
        permit.signature = test::PermitSigner().sign(permit);
        SCOPED_TRACE(test::replyOf(permit).constData());
        EXPECT_EQ(decodePermit(test::replyOf(permit), ChainType::Evm).value(), permit);
        EXPECT_EQ(verifyPermit(permit, test::sampleExpectation(), test::sampleNow).usable(),
                  edge.usable);
    }
}

} // namespace sonar
