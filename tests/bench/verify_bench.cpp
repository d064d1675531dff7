// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding and verifying whole permits against what nobody can do without: libsecp256k1's recovery
// of the same signatures from the same digests. Both in turn in short rounds, the best of each, in
// processor time: other programs may run.
#include "app/permits/permitdigest.h"
#include "app/permits/walletaddress.h"
#include "tests/bench/figures.h"
#include "tests/permits/samples.h"

#include <QCoreApplication>
#include <QtEndian>

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <cstdlib>
#include <ctime>

using namespace sonar;
using namespace sonar::bench;

namespace {

constexpr int permits = 50;
constexpr int rounds = 300;

struct Item
{
    QByteArray reply;
    PermitExpectation expected;
    QByteArray digest;
    QByteArray signature;
};

std::vector<Item> makeItems()
{
    const test::PermitSigner signer;
    std::vector<Item> items;
    for (int i = 0; i < permits; ++i) {
        PurchasePermit permit = test::samplePermit();
        qToBigEndian(quint32(i), permit.wallet.data());
        permit.maxAmount = uint256Max() - i;
        permit.signature = signer.sign(permit);
        PermitExpectation expected = test::sampleExpectation();
        expected.wallet = checksummedAddress(permit.wallet);
        items.push_back({test::replyOf(permit), expected, ethereumMessageDigest(abiEncode(permit)),
                         permit.signature});
    }
    return items;
}

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

[[noreturn]] void wrong(const char *what)
{
    std::fprintf(stderr, "bench: %s\n", what);
    std::exit(2);
}

void recoverAll(const std::vector<Item> &items)
{
    for (const Item &item : items) {
        secp256k1_ecdsa_recoverable_signature signature;
        secp256k1_pubkey key;
        if (!secp256k1_ecdsa_recoverable_signature_parse_compact(secp256k1_context_static,
                                                                 &signature, raw(item.signature),
                                                                 item.signature.back() - 27) ||
            !secp256k1_ecdsa_recover(secp256k1_context_static, &key, &signature, raw(item.digest)))
            wrong("a signature belongs to no key");
    }
}

void verifyAll(const std::vector<Item> &items)
{
    for (const Item &item : items) {
        const auto permit = decodePermit(item.reply, ChainType::Evm);
        if (!permit || !verifyPermit(*permit, item.expected, test::sampleNow).usable())
            wrong("a permit in order was refused");
    }
}

double busyMicroseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e6 + double(time.tv_nsec) / 1e3;
}

double microsecondsEach(void (*work)(const std::vector<Item> &), const std::vector<Item> &items)
{
    const double start = busyMicroseconds();
    work(items);
    return (busyMicroseconds() - start) / double(items.size());
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const std::vector<Item> items = makeItems();
    std::vector<double> bare;
    std::vector<double> ours;
    for (int round = 0; round < rounds; ++round) {
        bare.push_back(microsecondsEach(recoverAll, items));
        ours.push_back(microsecondsEach(verifyAll, items));
    }
    std::printf("verify: bare recovery %.1f µs (median %.1f), decode and verify %.1f µs "
                "(median %.1f)\n",
                minimum(bare), median(bare), minimum(ours), median(ours));
    return atLeast("verify: rate of decode + verify against bare recovery",
                   minimum(bare) / minimum(ours), 0.8)
               ? 0
               : 1;
}
