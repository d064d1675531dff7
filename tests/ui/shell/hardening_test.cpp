// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/hardening.h"

#include <QtGlobal>

#include <gtest/gtest.h>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(Hardening, LeavesNoCoreFileAndLetsNobodyAttach)
{
    const pid_t child = fork(); // it can't be taken back
    ASSERT_GE(child, 0);
    if (child == 0) {
        rlimit limit{1, 1};
        const bool done = sonar::disableCoreDumps() && getrlimit(RLIMIT_CORE, &limit) == 0 &&
                          limit.rlim_cur == 0 && limit.rlim_max == 0 &&
                          prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
        _exit(done ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}
#endif
