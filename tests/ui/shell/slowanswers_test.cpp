// SPDX-License-Identifier: GPL-3.0-or-later
// What the window makes of answers that take too long, with limits that are short.
#include "tests/ui/shell/spoiltworld.h"

using namespace sonar;
using namespace sonar::test;

namespace {

class SlowAnswers : public SpoiltAnswers,
                    public ::testing::WithParamInterface<std::pair<const char *, Scripted>>
{
protected:
    SlowAnswers()
        : SpoiltAnswers({400, 1'000, 65'536})
    {}

    void slow(const QByteArray &path) { service.spoilt[path] = GetParam().second; }
    void expectRecovery()
    {
        service.spoilt.clear();
        EXPECT_TRUE(waitUntil([&] {
            if (!workspace()->isRefreshing() && !isWell())
                refresh();
            return isWell();
        }));
        expectNothingLost();
    }
    void expectSlowRows(const char *action)
    {
        ASSERT_NO_FATAL_FAILURE(actToTheEnd(action));
        ASSERT_NO_FATAL_FAILURE(expectRowErrors(ErrorKind::Timeout));
        EXPECT_TRUE(isConnected());
        expectNothingLost();
        service.spoilt.clear();
        EXPECT_TRUE(waitUntil([&] {
            if (desk()->running() == 0 && !pairsAre(PermitStatus::Ready))
                act("Check");
            return pairsAre(PermitStatus::Ready);
        }));
        expectNothingLost();
    }
};

} // namespace

TEST_P(SlowAnswers, EndAtTheirLimitAndTakeNothingAway)
{
    ASSERT_NO_FATAL_FAILURE(begin());
    slow(AnsweringService::entitiesPath);
    slow(AnsweringService::profilePath);
    ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
    ASSERT_NO_FATAL_FAILURE(expectBanner(ErrorKind::Timeout));
    EXPECT_TRUE(isConnected());
    expectNothingLost();
    expectRecovery();

    clock.now += service.lifetime;
    slow(AnsweringService::refreshPath);
    ASSERT_NO_FATAL_FAILURE(refreshToTheEnd());
    ASSERT_NO_FATAL_FAILURE(expectBanner(ErrorKind::Timeout));
    EXPECT_TRUE(isConnected());
    expectNothingLost();
    expectRecovery();

    window->showPage(Page::Permits);
    slow(AnsweringService::checkPath);
    ASSERT_NO_FATAL_FAILURE(expectSlowRows("Check"));
    slow(AnsweringService::permitPath);
    ASSERT_NO_FATAL_FAILURE(expectSlowRows("Request permit"));

    clock.now += 61; // until then nobody asks for limits again
    slow(AnsweringService::limitsPath);
    ASSERT_NO_FATAL_FAILURE(actToTheEnd("Check"));
    EXPECT_TRUE(limitsAre("2000000"));
    service.spoilt.clear();
    service.most = "3000000";
    EXPECT_TRUE(waitUntil([&] {
        if (desk()->running() == 0 && !limitsAre("3000000"))
            act("Check");
        return desk()->running() == 0 && limitsAre("3000000");
    }));
    expectNothingLost();
}

INSTANTIATE_TEST_SUITE_P(
    Slow, SlowAnswers,
    ::testing::Values(std::pair("OneByteAtATime", Scripted{httpAnswer(200, QByteArray(500, ' ')),
                                                           Scripted::Then::Close, 50}),
                      std::pair("SilenceInTheBody",
                                Scripted{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
                                         Scripted::Then::Hold, 0})),
    [](const auto &row) { return std::string(row.param.first); });
