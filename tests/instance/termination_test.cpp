// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance/termination.h"

#include "tests/support/waiting.h"

#include <QSignalSpy>

#include <csignal>
#include <gtest/gtest.h>

TEST(Termination, TurnsSigtermIntoARequest)
{
    sonar::Termination termination;
    QSignalSpy requested(&termination, &sonar::Termination::requested);
    std::raise(SIGTERM);
    EXPECT_TRUE(sonar::test::waitUntil([&] { return requested.size() == 1; }));
}
