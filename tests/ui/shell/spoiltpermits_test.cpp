// SPDX-License-Identifier: GPL-3.0-or-later
// What the window makes of spoilt answers about pairs: readiness, permits, limits.
#include "tests/ui/shell/spoiltworld.h"

using namespace sonar;
using namespace sonar::test;

namespace {

/// A right answer whose permit is wrong in one member.
QList<BadAnswer> spoiltPermits(const QByteArray &whole)
{
    QList<BadAnswer> all;
    const auto with = [&](const QByteArray &member, const QByteArray &wrong) {
        const qsizetype value = whole.indexOf('"' + member + "\":") + member.size() + 3;
        const char until = whole[value] == '"' ? '"' : ',';
        const qsizetype end = whole.indexOf(until, value + 1) + (until == '"' ? 1 : 0);
        all << BadAnswer{"a permit's member out of its range",
                         answered(200, QByteArray(whole).replace(value, end - value, wrong)),
                         ErrorKind::Malformed};
    };
    for (const char *number : {"ExpiresAt", "MinPrice", "OpensAt"}) {
        for (const char *wrong : {"null", "-1", "1.5", "18446744073709551616", "1e400", "\"x\""})
            with(number, wrong);
    }
    for (const char *wrong :
         {"null", "\"-1\"", "\"1.5\"", "\"\"",
          "\"115792089237316195423570985008687907853269984665640564039457584007913129639936\""})
        with("MaxAmount", wrong);
    for (const char *bytes : {"SaleUUID", "Wallet", "Payload"}) {
        for (const char *wrong : {"null", "\"0x1\"", "\"0xzz\"", "7"})
            with(bytes, wrong);
    }
    return all;
}

class SpoiltPermits : public SpoiltAnswers
{
protected:
    /// An answer about the first pair.
    QByteArray good(const QByteArray &path)
    {
        return service.goodAnswer({"POST",
                                   path,
                                   {},
                                   R"({"EntityID":"entity-1","PurchasingWalletAddress":")" +
                                       sampleWallet(1).toLatin1() + "\"}"});
    }
    void expectFailureAndRecovery(const char *action, const QByteArray &path, const BadAnswer &bad)
    {
        SCOPED_TRACE(bad.name);
        service.spoilt[path] = bad.script;
        ASSERT_NO_FATAL_FAILURE(actToTheEnd(action));
        ASSERT_NO_FATAL_FAILURE(expectRowErrors(bad.kind));
        EXPECT_TRUE(isConnected());
        expectNothingLost();
        service.spoilt.clear();
        ASSERT_NO_FATAL_FAILURE(actToTheEnd("Check"));
        EXPECT_TRUE(pairsAre(PermitStatus::Ready));
        expectNothingLost();
    }
};

} // namespace

TEST_F(SpoiltPermits, ChecksFailInTheirRows)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    window->showPage(Page::Permits);
    const QByteArray whole = good(AnsweringService::checkPath);
    for (const BadAnswer &bad :
         badAnswers(whole) +
             spoiltMembers(whole, {"ReadyToPurchase", "FailureReason", "LivenessCheckURL"}))
        ASSERT_NO_FATAL_FAILURE(
            expectFailureAndRecovery("Check", AnsweringService::checkPath, bad));
}

TEST_F(SpoiltPermits, RequestsFailInTheirRowsAndThePermitThatWasThereStays)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    window->showPage(Page::Permits);
    const QByteArray whole = good(AnsweringService::permitPath);
    for (const BadAnswer &bad : badAnswers(whole) +
                                    spoiltMembers(whole, {"PermitJSON", "Signature"}) +
                                    spoiltPermits(whole))
        ASSERT_NO_FATAL_FAILURE(
            expectFailureAndRecovery("Request permit", AnsweringService::permitPath, bad));
    ASSERT_NO_FATAL_FAILURE(actToTheEnd("Request permit"));
    EXPECT_TRUE(pairsAre(PermitStatus::Issued));
    EXPECT_EQ(shown().permits.size(), 2);
}

TEST_F(SpoiltPermits, RenewalsFailBesideThePermitThatLives)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    for (const QByteArray &path : {AnsweringService::checkPath, AnsweringService::permitPath}) {
        for (const BadAnswer &bad : badAnswers(good(path))) {
            SCOPED_TRACE(bad.name);
            service.spoilt[path] = bad.script;
            desk()->renew({0});
            ASSERT_TRUE(waitUntil([&] { return desk()->running() == 0; }));
            const PermitRow &row = desk()->rows()[0];
            EXPECT_EQ(row.status, PermitStatus::Issued);
            ASSERT_TRUE(row.error);
            EXPECT_EQ(row.error->kind, bad.kind) << qPrintable(row.error->report());
            EXPECT_TRUE(isConnected());
            expectNothingLost();
            service.spoilt.clear();
            desk()->renew({0});
            ASSERT_TRUE(waitUntil([&] { return pairsAre(PermitStatus::Ready); }));
        }
    }
}

TEST_F(SpoiltPermits, LimitsStayUntilThereAreOthers)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    window->showPage(Page::Permits);
    bool missing = false;
    QObject::connect(desk(), &PermitDesk::rowsChanged, desk(), [&] {
        for (const PermitRow &row : desk()->rows())
            missing = missing || !row.limits;
    });
    const QByteArray whole = good(AnsweringService::limitsPath);
    for (const BadAnswer &bad :
         badAnswers(whole) + spoiltMembers(whole, {"HasCustomCommitmentAmountLimit",
                                                   "MinCommitmentAmount", "MaxCommitmentAmount"})) {
        SCOPED_TRACE(bad.name);
        const QByteArray shownBefore = service.most;
        const int asked = service.asked(AnsweringService::limitsPath);
        service.spoilt[AnsweringService::limitsPath] = bad.script;
        clock.now += 61; // until then nobody asks again
        ASSERT_NO_FATAL_FAILURE(actToTheEnd("Check"));
        ASSERT_TRUE(waitUntil([&] {
            return service.asked(AnsweringService::limitsPath) == asked + 2 &&
                   service.server.open == 0;
        }));
        EXPECT_TRUE(pairsAre(PermitStatus::Ready));
        EXPECT_TRUE(limitsAre(shownBefore));
        EXPECT_TRUE(isConnected());
        expectNothingLost();
        service.spoilt.clear();
        service.most = QByteArray::number(service.most.toInt() + 1);
        // Asked for again at once, as soon as the failure has come through.
        EXPECT_TRUE(waitUntil([&] {
            if (pairsAre(PermitStatus::Ready) && !limitsAre(service.most))
                act("Check");
            return pairsAre(PermitStatus::Ready) && limitsAre(service.most);
        }));
    }
    EXPECT_FALSE(missing);
}
