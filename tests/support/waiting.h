// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoro/QCoroTask>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>

#include <functional>

namespace sonar::test {

/// Runs the event loop until `condition` holds; false if it still doesn't after `milliseconds`, which is
/// a limit for broken code, not a time that a test waits.
inline bool waitUntil(const std::function<bool()> &condition, int milliseconds = 20'000)
{
    const QDeadlineTimer deadline(milliseconds);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    return true;
}

} // namespace sonar::test
