// SPDX-License-Identifier: GPL-3.0-or-later
// What the window makes of spoilt answers to a refresh: entities, profile, tokens.
#include "tests/ui/shell/spoiltworld.h"

using namespace sonar;
using namespace sonar::test;

namespace {

/// A right answer whose second entity is wrong in one member.
QList<BadAnswer> spoiltEntities(const QByteArray &whole)
{
    QList<BadAnswer> all;
    for (const QByteArray &member :
         {QByteArray("Label"), QByteArray("EntityID"), QByteArray("SaleSpecificEntityID"),
          QByteArray("EntityType"), QByteArray("SaleEligibility")}) {
        const qsizetype at = whole.lastIndexOf('"' + member + "\":");
        const qsizetype value = at + member.size() + 3;
        const qsizetype end = whole.indexOf('"', value + 1) + 1;
        for (const QByteArray &wrong : {QByteArray("null"), QByteArray("7"), QByteArray("[]")})
            all << BadAnswer{"an entity's member of another type",
                             answered(200, QByteArray(whole).replace(value, end - value, wrong)),
                             ErrorKind::Malformed};
        all << BadAnswer{"an entity without a member",
                         answered(200, QByteArray(whole).insert(at + 1, "No")),
                         ErrorKind::Malformed};
    }
    return all;
}

} // namespace

class SpoiltLists : public SpoiltAnswers
{
protected:
    /// As a sign-in would.
    void connectAgain()
    {
        const Result<void> adopted = QCoro::waitFor(workspace()->session()->adopt(
            {"access-again", "refresh-again", clock.now + service.lifetime}, false));
        ASSERT_TRUE(adopted);
    }
    void expectRecovery()
    {
        service.spoilt.clear();
        ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
        EXPECT_TRUE(isWell());
        EXPECT_FALSE(workspace()->hidesPermits()) << "it is the same person";
        EXPECT_FALSE(banner()->isVisible());
        EXPECT_TRUE(isConnected());
        expectNothingLost();
    }
    QByteArray good(const QByteArray &path) { return service.goodAnswer({"POST", path, {}, {}}); }
};

TEST_F(SpoiltLists, EntitiesStayAndTheErrorIsToldOverThem)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    const QByteArray whole = good(AnsweringService::entitiesPath);
    for (const BadAnswer &bad : badAnswers(whole) + spoiltMembers(whole, {"Entities"})) {
        SCOPED_TRACE(bad.name);
        service.spoilt[AnsweringService::entitiesPath] = bad.script;
        ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
        ASSERT_NO_FATAL_FAILURE(expectBanner(bad.kind));
        EXPECT_TRUE(isConnected());
        expectNothingLost();
        ASSERT_NO_FATAL_FAILURE(expectRecovery());
    }
}

TEST_F(SpoiltLists, ASpoiltEntityIsShownAsUnreadableAndCostsNothingElse)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    const int columns = entityTable()->model()->columnCount();
    for (const BadAnswer &bad : spoiltEntities(good(AnsweringService::entitiesPath))) {
        SCOPED_TRACE(bad.name);
        service.spoilt[AnsweringService::entitiesPath] = bad.script;
        ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
        EXPECT_TRUE(isWell());
        EXPECT_FALSE(banner()->isVisible());
        const Shown now = shown();
        ASSERT_EQ(now.entities.size(), before.entities.size());
        const QStringList sound = before.entities.first(columns);
        EXPECT_TRUE(now.entities.first(columns) == sound || now.entities.last(columns) == sound);
        EXPECT_TRUE(now.entities.contains(QStringLiteral("Unreadable")));
        EXPECT_EQ(now.pairs, before.pairs);
        EXPECT_EQ(now.permits, before.permits);
        ASSERT_NO_FATAL_FAILURE(expectRecovery());
    }
}

TEST_F(SpoiltLists, ProfileIsMissedByNobody)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    int number = 0;
    const QByteArray whole = good(AnsweringService::profilePath);
    for (const BadAnswer &bad : badAnswers(whole) + spoiltMembers(whole, {"EntityID"})) {
        SCOPED_TRACE(bad.name);
        service.spoilt[AnsweringService::profilePath] = bad.script;
        ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
        ASSERT_TRUE(waitUntil([&] { return service.server.open == 0; }));
        EXPECT_TRUE(isWell());
        EXPECT_TRUE(isConnected());
        expectNothingLost();
        // Another address shows that the next answer is taken.
        before.email = QStringLiteral("ada%1@example.test").arg(++number);
        service.email = before.email.toLatin1();
        service.spoilt.clear();
        // Again, should the failure come through only now and take the next call with it.
        ASSERT_TRUE(waitUntil([&] {
            if (workspace()->emailAddress() != before.email && !workspace()->isRefreshing())
                refresh();
            return workspace()->emailAddress() == before.email;
        }));
        expectNothingLost();
    }
}

TEST_F(SpoiltLists, RefreshedTokensAreMissedOnlyWhenTheOldOnesHaveEnded)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    const QByteArray whole = good(AnsweringService::refreshPath);
    for (const BadAnswer &bad :
         badAnswers(whole) + spoiltMembers(whole, {"access_token", "expires_in"})) {
        SCOPED_TRACE(bad.name);
        // Only these end a session (protocol reference §12).
        const bool ends = !qstrcmp(bad.name, "400") || !qstrcmp(bad.name, "403");
        service.spoilt[AnsweringService::refreshPath] = bad.script;
        clock.now += service.lifetime - 100; // due, but the old one still lives
        ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
        EXPECT_EQ(isWell(), !ends);
        expectNothingLost();
        if (!ends) {
            EXPECT_TRUE(isConnected());
            clock.now += 200; // not any more
            ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
            ASSERT_NO_FATAL_FAILURE(expectBanner(bad.kind));
            EXPECT_TRUE(isConnected());
            const auto stored = QCoro::waitFor(store.load(workspace()->session()->key()));
            ASSERT_TRUE(stored && *stored);
            EXPECT_FALSE((*stored)->refreshToken.isEmpty()) << "the session can't go on";
            clock.now += 10; // the service is left alone for a while
        } else {
            EXPECT_EQ(workspace()->session()->state(), Session::State::Ended);
            EXPECT_TRUE(says(window.get(), QStringLiteral("ended")));
            service.spoilt.clear();
            ASSERT_NO_FATAL_FAILURE(connectAgain());
        }
        if (!ends)
            expectNothingLost();
        ASSERT_NO_FATAL_FAILURE(expectRecovery());
    }
}

TEST_F(SpoiltLists, RefusedTokensEndTheSessionButTakeNothingAway)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    for (const QByteArray &path : {AnsweringService::entitiesPath, AnsweringService::profilePath,
                                   AnsweringService::checkPath, AnsweringService::permitPath,
                                   AnsweringService::limitsPath}) {
        SCOPED_TRACE(path.constData());
        service.spoilt[path] = answered(401, R"({"message":"access-0 is no good"})");
        clock.now += 61; // limits are asked for anew
        if (path == AnsweringService::entitiesPath || path == AnsweringService::profilePath)
            ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
        else
            ASSERT_NO_FATAL_FAILURE(
                actToTheEnd(path == AnsweringService::permitPath ? "Request permit" : "Check"));
        ASSERT_TRUE(
            waitUntil([&] { return workspace()->session()->state() == Session::State::Ended; }));
        expectNothingLost();
        EXPECT_TRUE(says(window.get(), QStringLiteral("ended")));
        EXPECT_FALSE(says(window.get(), QStringLiteral("access-0")));
        service.spoilt.clear();
        ASSERT_NO_FATAL_FAILURE(connectAgain());
        ASSERT_NO_FATAL_FAILURE(expectRecovery());
        ASSERT_NO_FATAL_FAILURE(actToTheEnd("Check"));
        EXPECT_TRUE(pairsAre(PermitStatus::Ready));
    }
}

TEST_F(SpoiltLists, WordsOfTheServiceStayPlainText)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    const Scripted hostile =
        answered(400, "{\"message\":\"" + hostileText().toUtf8().replace('"', '\'') + "\"}");
    service.spoilt[AnsweringService::entitiesPath] = hostile;
    ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
    expectBanner(ErrorKind::Rejected);
    EXPECT_TRUE(says(banner(), QStringLiteral("<b>Bold</b>")));
    service.spoilt[AnsweringService::checkPath] = hostile;
    window->showPage(Page::Permits);
    ASSERT_NO_FATAL_FAILURE(actToTheEnd("Check"));
    permitTable()->selectRow(0);
    EXPECT_TRUE(waitUntil([&] { return says(permitsPage(), QStringLiteral("<b>Bold</b>")); }));
    expectNothingLost();
}
