// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/auth/storedtokens.h"

#include <gtest/gtest.h>

using namespace sonar;
using namespace sonar::storedtokens;

namespace {

const TokenKey ada{QStringLiteral("ada"), QStringLiteral("https://api.example:443")};

TokenSet bigSet()
{
    return {QByteArray(9'000, 'a'), QByteArray(6'000, 'r'), 1'790'003'600};
}

std::optional<TokenSet> decoded(const TokenKey &key, const Encoded &set)
{
    const auto manifest = decodeManifest(set.manifest);
    return manifest ? decode(key, *manifest, set.access, set.refresh) : std::nullopt;
}

} // namespace

TEST(StoredTokens, GoThereAndBack)
{
    for (const TokenSet &tokens : {TokenSet{"a", "r", 1}, TokenSet{"a", {}, 0}, bigSet(),
                                   TokenSet{QByteArray(2'400, 'x'), QByteArray(2'401, 'y'), 5}}) {
        for (const Slot slot : {Slot::A, Slot::B}) {
            const auto set = encode(ada, tokens, slot);
            ASSERT_TRUE(set);
            EXPECT_EQ(decoded(ada, *set), tokens);
        }
    }
}

TEST(StoredTokens, WholeSetGoesThereAndBackWhereItFits)
{
    for (const TokenSet &tokens :
         {TokenSet{"a", "r", 1}, TokenSet{"a", {}, 0}, bigSet(), TokenSet{"a\"\\b", "{}", 5}}) {
        const auto whole = encodeWhole(ada, tokens, 64 * 1024);
        ASSERT_TRUE(whole);
        EXPECT_EQ(decodeWhole(ada, *whole), tokens);
        EXPECT_FALSE(decodeWhole({QStringLiteral("grace"), ada.serviceId}, *whole));
        EXPECT_FALSE(decodeManifest(*whole));
        const qsizetype size = whole->toUtf8().size();
        EXPECT_TRUE(encodeWhole(ada, tokens, size));
        EXPECT_FALSE(encodeWhole(ada, tokens, size - 1));
        for (qsizetype length = 0; length < size; length += 1 + size / 200)
            EXPECT_FALSE(decodeWhole(ada, whole->left(length))) << length;
    }
    const QString whole = *encodeWhole(ada, {"a", "r", 1}, 1'000);
    for (const auto &[from, to] : std::initializer_list<std::pair<const char *, const char *>>{
             {"\"format\":2", "\"format\":3"},
             {"\"refresh\":\"r\"", "\"refresh\":\"s\""},
             {"\"expiresAt\":1", "\"expiresAt\":2"},
             {"\"expiresAt\":1", "\"expiresAt\":-1"},
             {"\"access\":\"a\",\"refresh\":\"r\"", "\"access\":\"ar\",\"refresh\":\"\""}}) {
        QString changed = whole;
        changed.replace(QLatin1String(from), QLatin1String(to));
        ASSERT_NE(changed, whole) << from;
        EXPECT_FALSE(decodeWhole(ada, changed)) << to;
    }
}

TEST(StoredTokens, SetWithoutAnAccessTokenIsNone)
{
    EXPECT_FALSE(decodeWhole(ada, *encodeWhole(ada, {{}, "r", 1}, 1'000)));
}

TEST(StoredTokens, AsManyPiecesAsAreReadAreWritten)
{
    const auto largest = [](qsizetype size) {
        return encode(ada, {QByteArray(size, 'a'), "r", 1}, Slot::A);
    };
    qsizetype size = 1;
    while (largest(size + 1))
        ++size;
    EXPECT_EQ(largest(size)->access.size(), mostPieces);
    EXPECT_EQ(decoded(ada, *largest(size)), (TokenSet{QByteArray(size, 'a'), "r", 1}));
}

TEST(StoredTokens, NoValueIsLongerThanTheTightestStoreTakes)
{
    const auto set = encode(ada, bigSet(), Slot::A);
    ASSERT_TRUE(set);
    EXPECT_GT(set->access.size(), 3);
    for (const QString &value : QStringList(set->manifest) + set->access + set->refresh)
        EXPECT_LE(value.toUtf8().size(), 2'560);
    EXPECT_FALSE(encode(ada, {QByteArray(50'000, 'a'), "r", 1}, Slot::A));
}

TEST(StoredTokens, AnotherAccountOrServiceReadsNothing)
{
    const auto set = encode(ada, bigSet(), Slot::A);
    EXPECT_FALSE(decoded({QStringLiteral("grace"), ada.serviceId}, *set));
    EXPECT_FALSE(decoded({ada.accountId, QStringLiteral("http://127.0.0.1:4000")}, *set));
    // Nor do the entries of two keys ever meet.
    EXPECT_NE(manifestEntry({QStringLiteral("a"), QStringLiteral("b")}),
              manifestEntry({QStringLiteral("a b"), {}}));
}

TEST(StoredTokens, MixedHalfWrittenAndChangedSetsReadAsNothing)
{
    const auto set = encode(ada, bigSet(), Slot::A);
    const auto other = encode(ada, bigSet(), Slot::A);
    ASSERT_TRUE(set && other);
    Encoded mixed = *set;
    mixed.access[1] = other->access[1];
    EXPECT_FALSE(decoded(ada, mixed));
    Encoded swapped = *set;
    swapped.access.swapItemsAt(0, 1);
    EXPECT_FALSE(decoded(ada, swapped));
    Encoded missing = *set;
    missing.refresh.removeLast();
    EXPECT_FALSE(decoded(ada, missing));
    Encoded more = *set;
    more.refresh << more.refresh.last();
    EXPECT_FALSE(decoded(ada, more));
    Encoded changed = *set;
    changed.access[2].replace(60, 1, QStringLiteral("b"));
    EXPECT_FALSE(decoded(ada, changed));
    Encoded older = *set;
    older.manifest.replace(QStringLiteral("1790003600"), QStringLiteral("1790003601"));
    EXPECT_FALSE(decoded(ada, older));
    Encoded exchanged = *set;
    exchanged.manifest = other->manifest;
    EXPECT_FALSE(decoded(ada, exchanged));
    EXPECT_EQ(decoded(ada, *set), bigSet());
}

TEST(StoredTokens, ManifestsThatAreNoneAreRefused)
{
    const QString right = encode(ada, bigSet(), Slot::A)->manifest;
    ASSERT_TRUE(decodeManifest(right));
    for (int length = 0; length < right.size(); ++length)
        EXPECT_FALSE(decodeManifest(right.left(length))) << length;
    for (const auto &[from, to] : std::initializer_list<std::pair<const char *, const char *>>{
             {"\"format\":1", "\"format\":2"},
             {"\"format\":1", "\"format\":\"1\""},
             {"\"slot\":\"a\"", "\"slot\":\"c\""},
             {"\"slot\":\"a\"", "\"slot\":null"},
             {"\"access\":4", "\"access\":0"},
             {"\"access\":4", "\"access\":17"},
             {"\"access\":4", "\"access\":-1"},
             {"\"refresh\":3", "\"refresh\":17"},
             {"\"expiresAt\":1790003600", "\"expiresAt\":18446744073709551615"},
             {"\"expiresAt\":1790003600", "\"expiresAt\":1e9"},
         }) {
        QString changed = right;
        changed.replace(QLatin1String(from), QLatin1String(to));
        ASSERT_NE(changed, right) << from;
        EXPECT_FALSE(decodeManifest(changed)) << to;
    }
    EXPECT_FALSE(decodeManifest(QStringLiteral("a plain password")));
    EXPECT_FALSE(decodeManifest(QString(QChar(0xd800))));
}
