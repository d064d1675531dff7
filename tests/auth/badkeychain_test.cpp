// SPDX-License-Identifier: GPL-3.0-or-later
// The token store on a Secret Service that asks, declines, pretends and hangs: what it says is so.
#include "app/auth/keychainjob.h"
#include "app/auth/storedtokens.h"
#include "app/auth/tokenstore.h"

#include "tests/auth/authworld.h"
#include "tests/auth/badservice.h"

using namespace sonar;
using namespace sonar::test;
using storedtokens::Secret;
using storedtokens::Slot;

namespace {

const QString service = QStringLiteral("sonar bad test");
const TokenKey ada{QStringLiteral("ada"), QStringLiteral("https://api.example:443")};
const TokenSet first{"access-s3cret", "refresh-s3cret", 1'790'003'600};
const TokenSet second{"access-2-s3cret", "refresh-2-s3cret", 1'790'007'200};
constexpr int jobLimit = 1'500; // what hangs is given up after this

class BadKeychain : public ::testing::Test
{
protected:
    BadKeychain()
    {
        BadService::behave(QStringLiteral("good"));
        BadService::forget();
    }
    ~BadKeychain() override { BadService::behave(QStringLiteral("good")); }
    Q_DISABLE_COPY_MOVE(BadKeychain)

    Result<void> save(const TokenSet &tokens) { return awaited(store.save(ada, tokens)); }
    Result<void> remove() { return awaited(store.remove(ada)); }
    Result<std::optional<TokenSet>> load() { return awaited(store.load(ada)); }
    static bool isThere() { return !BadService::entries().isEmpty(); }

    KeychainTokenStore store{service, jobLimit};
};

void expectKeychainError(const Error &error, const char *word)
{
    EXPECT_EQ(error.kind, ErrorKind::Keychain);
    EXPECT_TRUE(error.report().contains(QLatin1String(word))) << qPrintable(error.report());
    EXPECT_FALSE(error.advice.isEmpty());
    EXPECT_FALSE(error.report().contains(QStringLiteral("s3cret")));
}

} // namespace

TEST_F(BadKeychain, RemovalThatWasDeclinedPretendedOrHangsIsNoRemoval)
{
    ASSERT_TRUE(save(first));
    for (const auto &[habit, word] :
         {std::pair{"delete-dismissed", "still in the keychain"},
          std::pair{"delete-pretends", "still in the keychain"},
          std::pair{"delete-ignores", "still in the keychain"}, std::pair{"locked", "locked"},
          std::pair{"silent", "did not answer"}, std::pair{"delete-hangs", "did not answer"}}) {
        SCOPED_TRACE(habit);
        BadService::behave(QString::fromLatin1(habit));
        const Result<void> removed = remove();
        ASSERT_FALSE(removed);
        expectKeychainError(removed.error(), word);
        EXPECT_TRUE(isThere());
    }
}

TEST_F(BadKeychain, SavingThatWasDeclinedPretendedOrHangsIsNoSaving)
{
    for (const bool hasOlder : {false, true}) {
        for (const auto &[habit, word] :
             {std::pair{"create-dismissed", "didn't save"},
              std::pair{"create-pretends", "didn't save"},
              std::pair{"create-ignores", "didn't save"}, std::pair{"locked", "locked"},
              std::pair{"read-dismissed", "refused"},
              std::pair{"create-hangs", "did not answer"}}) {
            SCOPED_TRACE(testing::Message() << habit << ' ' << hasOlder);
            BadService::behave(QStringLiteral("good"));
            BadService::forget();
            if (hasOlder) {
                ASSERT_TRUE(save(first));
            }
            BadService::behave(QString::fromLatin1(habit));
            const Result<void> saved = save(second);
            ASSERT_FALSE(saved);
            expectKeychainError(saved.error(), word);
        }
    }
}

TEST_F(BadKeychain, ReadingThatWasDeclinedIsNotNothing)
{
    ASSERT_TRUE(save(first));
    for (const auto &[habit, word] :
         {std::pair{"read-dismissed", "refused"}, std::pair{"locked", "locked"},
          std::pair{"locked-hangs", "did not answer"}, std::pair{"silent", "did not answer"}}) {
        SCOPED_TRACE(habit);
        BadService::behave(QString::fromLatin1(habit));
        const auto loaded = load();
        ASSERT_FALSE(loaded);
        expectKeychainError(loaded.error(), word);
    }
    BadService::behave(QStringLiteral("good"));
    const auto loaded = load();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(*loaded, first);
}

TEST_F(BadKeychain, MissingDefaultCollectionIsNamedWithAWayToGetOne)
{
    BadService::behave(QStringLiteral("no-default"));
    const Result<void> saved = save(first);
    ASSERT_FALSE(saved);
    expectKeychainError(saved.error(), "no default collection");
    EXPECT_TRUE(saved.error().advice.contains(QStringLiteral("Create one")));
    EXPECT_FALSE(isThere());
    const auto loaded = load();
    ASSERT_TRUE(loaded) << qPrintable(loaded.error().report());
    EXPECT_FALSE(*loaded);
}

TEST_F(BadKeychain, ServiceThatAddsInsteadOfReplacingKeepsTheNewerSetAlone)
{
    BadService::behave(QStringLiteral("keeps-both"));
    ASSERT_TRUE(save(first));
    ASSERT_TRUE(save(second));
    EXPECT_EQ(BadService::entries().size(), 1);
    const auto loaded = load();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(*loaded, second);
    ASSERT_TRUE(remove());
    EXPECT_FALSE(isThere());
}

TEST_F(BadKeychain, AsksOnceForEachThingThatIsDone)
{
    const auto questions = [](const char *what, int most) {
        EXPECT_LE(BadService::questions(), most) << what;
        EXPECT_GE(BadService::questions(), 1) << what;
        BadService::behave(QStringLiteral("asks"));
    };
    BadService::behave(QStringLiteral("asks"));
    ASSERT_TRUE(save(first));
    questions("saving, and looking at what was saved", 2);
    ASSERT_EQ(*load(), first);
    questions("reading", 1);
    ASSERT_TRUE(save(second));
    questions("saving again, and looking at it", 2);
    ASSERT_TRUE(remove());
    questions("access, and the removal", 2);
    EXPECT_FALSE(isThere());
}

TEST_F(BadKeychain, OlderFormOfSeveralEntriesIsReadAndSweptByTheNextSave)
{
    const auto older = storedtokens::encode(ada, first, Slot::B);
    ASSERT_TRUE(older);
    const auto put = [](const QString &name, const QString &value) {
        ASSERT_TRUE(awaited(keychain::write(service, name, value, jobLimit)));
    };
    put(storedtokens::pieceEntry(ada, Slot::B, Secret::Access, 0), older->access.at(0));
    put(storedtokens::pieceEntry(ada, Slot::B, Secret::Refresh, 0), older->refresh.at(0));
    put(storedtokens::manifestEntry(ada), older->manifest);
    const auto loaded = load();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(*loaded, first);
    ASSERT_TRUE(save(second));
    EXPECT_EQ(BadService::entries(), QStringList{storedtokens::manifestEntry(ada)});
    EXPECT_EQ(*load(), second);
}
